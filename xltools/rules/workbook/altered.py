"""Compares what the sender's file holds in a formula cell with what the template has there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from xltools.form.address import Ref
from xltools.intake.submission import Computed, Submission
from xltools.recalc.engine import EngineValue

Alteration = Literal["same", "constant", "deleted", "other", "absent"]
_FRACTION = re.compile(r"(?<![\w.])\d{1,15}\.\d{1,40}(?:E[+-]?\d{1,3})?(?![\w.])")
"""A number with decimals: some programs write 0.005 as 0.0050000000000000001."""
_STRING = re.compile(r'("(?:[^"]|"")*")')


@lru_cache(maxsize=8_192)  # the same few formulas in book after book
def canonical(formula: str) -> str:
    """Return a formula with only those spellings levelled that a re-save changes: case, spaces, prefixes, quotes
    round plain sheet names, TRUE() for TRUE, absolute marks of a sheet."""
    parts = _STRING.split(formula)
    for index in range(0, len(parts), 2):
        text = parts[index].replace(" ", "").replace("_xlfn.", "").replace("_xlws.", "").upper()
        text = re.sub(r"'([^'!]+)'!", r"\1!", text).replace("$'", "'")
        text = re.sub(r"\b(TRUE|FALSE)(?!\()", r"\1()", text)
        text = _FRACTION.sub(lambda found: f"{float(found[0]):.12g}", text)
        parts[index] = text
    return "".join(parts)


def alteration(template: str, found: Computed) -> Alteration:
    """Say what stands in a formula cell: the same formula, a constant, nothing, another formula."""
    if found.formula is not None:
        plain = found.formula.removeprefix("=")
        if plain == template[1:] or canonical(plain) == canonical(template[1:]):
            return "same"
        return "other" if found.cached in (None, "") or not _reads_nothing(plain) else "constant"
    if found.cached is None or found.cached == "":
        return "deleted"
    return "constant"


_FUNCTION = re.compile(r"[A-Z][A-Z0-9.]*\(")


@lru_cache(maxsize=1_024)
def _reads_nothing(formula: str) -> bool:
    """True for a formula that reads no cell and no name, as =97.29+2: a constant, however it is written."""
    parts = _STRING.split(canonical(formula))
    return not any(c.isalpha() for c in _FUNCTION.sub("", "".join(parts[::2])))


def agrees(stated: object, computed: EngineValue) -> bool:
    """True when a pasted value says the same as the formula would (numbers as far as anyone can see them)."""
    if type(stated) is type(computed) and stated == computed:
        return True
    if computed is None:
        computed = ""
    if isinstance(stated, bool) or isinstance(computed, bool):
        return stated is computed
    if isinstance(stated, int | float) and isinstance(computed, int | float):
        return abs(stated - computed) <= max(1e-6, 1e-9 * abs(computed)) or _shown(stated) == _shown(computed)
    return str(stated if stated is not None else "") == str(computed)


def _shown(value: float) -> str:
    return f"{value:.2f}"


def _in_new_row(sub: Submission, ref: Ref) -> bool:
    """True for a cell of a row that the sender inserted: no formula ever stood there."""
    new = sub.structure.new_rows
    if not new:
        return False
    return any(
        span.sheet == ref.sheet and (table, ref.row - span.first) in new
        for (table, _), span in sub.layout.spans.items()
    )


_ERRORS = frozenset({"#REF!", "#DIV/0!", "#NAME?", "#VALUE!", "#N/A", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"})


def is_error_value(cached: object) -> bool:
    """True for what a workbook shows in place of a result."""
    return isinstance(cached, str) and cached[:1] == "#" and cached in _ERRORS


def find_altered(sub: Submission) -> Iterator[tuple[Ref, Computed, Alteration]]:
    """Yield the formula cells that no longer hold the template's formula. Of a format whose formulas cannot be seen
    (said once, IN011): the form's own results that show something, to be compared all the same."""
    if sub.lacks:
        own = sub.layout.computed
        yield from ((r, c, "constant") for r, c in sub.computed.items() if r in own and c.cached not in (None, ""))
        return
    formulas = sub.layout.formulas
    structure = sub.structure
    moved = bool(structure.renamed or structure.shifted or structure.new_rows or structure.unbound)
    # another edition of the form, or of this program, writes other formulas: that is said once (ST017), not here
    layout = sub.layout
    other_build = sub.meta.get("template", layout.stamp) != layout.stamp
    plain_texts = layout.formula_texts
    for ref, found in sub.computed.items():
        if found.formula == plain_texts[ref]:
            continue
        template = formulas[ref]
        result = alteration(template, found)
        if result == "same" or (result == "deleted" and _in_new_row(sub, ref)):
            continue
        if result == "other" and (other_build or (moved and same_shape(_as_named(sub, found.formula or ""), template))):
            continue
        if layout.by_cell[ref].role == "subtitle":
            continue  # a line of words at the top of a sheet: nothing follows from it
        yield ref, found, result


_REFERENCE = re.compile(r"(?:'[^']+'|[一-鿿A-Za-z_][一-鿿\w]*)!\$?[A-Z]{1,3}\$?\d+|\$?[A-Z]{1,3}\$?\d+(?!\w|\()")


def _as_named(sub: Submission, formula: str) -> str:
    """Return a formula with the template's names of sheets that were renamed: a link has them in its text."""
    for named, now in sub.structure.renamed:
        formula = formula.replace(now, named)
    return formula


def same_shape(formula: str, template: str) -> bool:
    """True when two formulas differ in nothing but the addresses they read."""
    return _shape(formula) == _shape(template)


def _shape(formula: str) -> str:
    """Return a formula without its addresses: where rows were inserted or a sheet renamed, addresses shift lawfully."""
    parts = _STRING.split(formula.removeprefix("="))
    for index in range(0, len(parts), 2):
        parts[index] = _REFERENCE.sub("#", parts[index].replace(" ", "").upper())
    return "".join(parts)


MOST, FEWEST = 0.5, 3
"""The share of a sheet's (or a table's) formulas that must be gone, and how many at least, to speak of all of them."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """A sheet, or one table of it, whose formulas are values now: which cells, of how many."""

    sheet: str
    table: str
    cells: tuple[Ref, ...]
    total: int


def pasted_over(sub: Submission, altered: Iterable[tuple[Ref, Computed, Alteration]]) -> list[Pasted]:
    """Return where all or most formulas were replaced by values; a sheet as a whole where that is so, else its tables.

    Cells that show nothing count as replaced too: a formula that gave nothing leaves an empty cell when it is pasted.
    """
    if sub.lacks:
        return []
    gone: dict[str, list[Ref]] = {}
    for ref, _, result in altered:
        if result in ("constant", "deleted"):
            gone.setdefault(ref.sheet, []).append(ref)
    found: list[Pasted] = []
    for sheet, cells in gone.items():
        held = [ref for ref in sub.computed if ref.sheet == sheet]
        if _is_most(cells, held):
            found.append(Pasted(sheet, "", tuple(cells), len(held)))
            continue
        for table in sorted({key.field for ref in cells if (key := sub.layout.by_cell[ref].key) and key.row >= 0}):
            own = [ref for ref in cells if _in_table(sub, ref, table)]
            all_ = [ref for ref in held if _in_table(sub, ref, table)]
            if _is_most(own, all_):
                found.append(Pasted(sheet, table, tuple(own), len(all_)))
    return found


def _is_most(gone: Sequence[Ref], held: Sequence[Ref]) -> bool:
    return len(gone) >= FEWEST and len(gone) > MOST * len(held)


def _in_table(sub: Submission, ref: Ref, table: str) -> bool:
    key = sub.layout.by_cell[ref].key
    return key is not None and key.row >= 0 and key.field == table
