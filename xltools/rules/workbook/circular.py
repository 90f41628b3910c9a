"""Formulas that the sender typed into inputs and that lead back to their own cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from xltools.form.address import Ref, parse_a1
from xltools.form.layout import Key
from xltools.intake.submission import Submission

_PLACE = re.compile(
    r"(?:(?:'(?P<quoted>(?:[^']|'')+)'|(?P<sheet>[\w.]+))!)?"
    r"(?P<first>\$?[A-Z]{1,3}\$?[0-9]{1,7})(?::(?P<last>\$?[A-Z]{1,3}\$?[0-9]{1,7}))?(?![\w(])|(?P<name>[一-鿿]\w*)"
)
_TEXT = re.compile(r'"(?:[^"]|"")*"')
_LONGEST = 8192
"""Characters of a formula that a spreadsheet allows."""


def circles(sub: Submission) -> frozenset[Ref]:
    """Return the inputs whose formula reads, by itself or through other inputs' formulas, its own cell."""
    formulas = {r.ref: r.formula for r in sub.readings.values() if r.formula}
    reads = {ref: set(_read(sub, ref, text, formulas)) for ref, text in formulas.items()}
    return frozenset(ref for ref in reads if _leads_back(ref, reads))


def _read(sub: Submission, home: Ref, formula: str, among: Mapping[Ref, str]) -> Iterator[Ref]:
    """Yield those of `among` that a formula reads."""
    for match in _PLACE.finditer(_TEXT.sub("", formula[:_LONGEST])):
        if match["name"]:
            place = sub.where.get(Key(match["name"]))
            if place in among and place is not None:
                yield place
            continue
        sheet = (match["quoted"] or "").replace("''", "'") or match["sheet"] or home.sheet
        first = parse_a1(match["first"])
        last = parse_a1(match["last"] or match["first"])
        if first is None or last is None:
            continue
        (top, bottom), (left, right) = sorted((first[0], last[0])), sorted((first[1], last[1]))
        yield from (r for r in among if r.sheet == sheet and top <= r.row <= bottom and left <= r.column <= right)


def _leads_back(start: Ref, reads: Mapping[Ref, set[Ref]]) -> bool:
    seen: set[Ref] = set()
    waiting = list(reads[start])
    while waiting:
        ref = waiting.pop()
        if ref == start:
            return True
        if ref not in seen:
            seen.add(ref)
            waiting.extend(reads.get(ref, ()))
    return False
