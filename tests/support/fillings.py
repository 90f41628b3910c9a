"""Random clean fillings of the forms on hand, from a seed; and eight typical shapes of the clean filling."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable
from functools import cache

from tests.support.forms import Values, clean, form, room
from xltools.form import model as m
from xltools.sampling.amounts import Amounts, broken, within_limits
from xltools.sampling.breaking import without_lines
from xltools.sampling.rows import may_vary, numbered
from xltools.sampling.sampler import Sampler

SIZES = 4
"""Tests take smaller and larger departments than a bureau would like to look at."""


def fillings(form_id: str, count: int, seed: int = 2023) -> Iterable[Values]:
    """Yield `count` different clean fillings."""
    for number in range(count):
        yield filling(form_id, random.Random(f"{form_id}-{seed}-{number}"))


def filling(form_id: str, dice: random.Random) -> Values:
    """Return one clean filling."""
    return _staffed(form(form_id), _sampler(form_id).drawn(dice, SIZES))


def _staffed(definition: m.Form, values: Values) -> Values:
    """Give a department as many people as its pay needs: amounts vary a thousandfold, and nobody earns so much."""
    paid = [(values.get(h.field) or 0) / (h.beyond / 4) for h in definition.plausible.heads]
    people = {n for h in definition.plausible.heads for n in (*h.heads, *h.apart, h.posts) if values.get(n)}
    times = max(
        [
            1,
            *(
                math.ceil(p / max(1, sum(values[n] for n in h.heads if n in people)))
                for p, h in zip(paid, definition.plausible.heads, strict=True)
            ),
        ]
    )
    return values | {name: values[name] * times for name in people}


@cache
def _sampler(form_id: str) -> Sampler:
    return Sampler(form(form_id), room())


# ── eight shapes ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _as_it_is(_: m.Form, values: Values) -> Values:
    return values


def _optional(definition: m.Form, values: Values) -> list[str]:
    """Return the optional number fields that hold a zero, but for those that another field makes required."""
    named = {n for f in definition.fields for n in (*f.required_with, *f.required_unless)}
    return [
        f.name
        for f in definition.fields
        if f.numeric and f.is_input and not f.required and values.get(f.name) == 0 and f.name not in named
    ]


def _blanks(definition: m.Form, values: Values) -> Values:
    return values | dict.fromkeys(_optional(definition, values))


def _dashes(definition: m.Form, values: Values) -> Values:
    return values | dict.fromkeys(_optional(definition, values), "—")


def _no_breakdown(definition: m.Form, values: Values) -> Values:
    """Only totals, none of their optional lines; and none of the optional texts."""
    texts = dict.fromkeys(f.name for f in definition.fields if f.type == "longtext" and not f.required)
    return without_lines(definition, values | texts)


def _many_rows(definition: m.Form, values: Values) -> Values:
    return _with_rows(definition, values, lambda table, rows: table.capacity)


def _few_rows(definition: m.Form, values: Values) -> Values:
    return _with_rows(definition, values, lambda table, rows: max(1, table.min_rows))


def _with_rows(definition: m.Form, values: Values, count: Callable[[m.Table, list[Values]], int]) -> Values:
    changed = dict(values)
    for table in definition.tables:
        rows = values.get(table.name)
        if rows and may_vary(definition, table, rows):
            changed[table.name] = numbered(table, rows, count(table, rows))
    return changed


def _small(definition: m.Form, values: Values) -> Values:
    """A small department: everything a fiftieth, so that a unit slip cannot be told from its size alone."""
    return _scaled(definition, values, 0.02)


def _no_carry_over(definition: m.Form, values: Values) -> Values:
    """Zero in the lines that may be negative (carry-over, other income), as far as the figures allow."""
    for item in definition.fields:
        if item.type == "amount" and item.minimum is None and values.get(item.name):
            changed = _scaled(definition, values | {item.name: 0}, 1)
            holds = within_limits(definition, changed) and not broken(definition, changed)
            values = changed if holds else values
    return values


def _scaled(definition: m.Form, values: Values, factor: float) -> Values:
    return Amounts.of(definition, values).varied(values, random.Random(0), factor, 1)


SHAPES: dict[str, Callable[[m.Form, Values], Values]] = {
    "as-it-is": _as_it_is,
    "blanks": _blanks,
    "dashes": _dashes,
    "no-carry-over": _no_carry_over,
    "no-breakdown": _no_breakdown,
    "many-rows": _many_rows,
    "few-rows": _few_rows,
    "small": _small,
}


def shaped(form_id: str, shape: str) -> Values:
    """Return the clean filling in one of the eight shapes."""
    return SHAPES[shape](form(form_id), clean(form_id))
