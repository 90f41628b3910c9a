"""Laws of form.toml: its sheets and what stands on them, its grades."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import astuple

from xltools.bilingual import Pair
from xltools.boundary.walk import Fault
from xltools.form import model as m
from xltools.form.laws.places import BLOCK, FIELD, SHEET, known, place

FILE = "form.toml"
_NAME = Pair(
    "工作表名应不重复、不超过 31 字、不含 [ ] : * ? / \\ '",
    "a sheet's name stands once, has at most 31 characters and none of [ ] : * ? / \\ '",
)


def laws(form: m.Form) -> Iterator[Fault]:
    """Yield what is wrong with the sheets."""
    for kind in ("guide", "checks", "meta"):
        if sum(s.kind == kind for s in form.sheets) != 1:
            says = Pair(f'kind = "{kind}" 的工作表应当恰有一张', f'exactly one sheet has kind = "{kind}"')
            yield Fault(place(FILE, "sheet"), says)
    fields = [f.name for f in form.fields]
    for name in form.guide.signers:
        yield from known(place(FILE, "guide", "", "signers"), name, fields, FIELD)
    names = [s.name for s in form.sheets]
    for name in dict.fromkeys(names):
        if not 0 < len(name) <= 31 or re.search(r"[\[\]:*?/\\']", name) or names.count(name) > 1:
            yield Fault(place(FILE, "sheet", name, "name"), _NAME)
    blocks = [*(s.name for s in form.sections), *(t.name for t in form.tables)]
    for sheet in form.sheets:
        for block in sheet.blocks:
            yield from known(place(FILE, "sheet", sheet.name, "blocks"), block, blocks, BLOCK)
        yield from _line_columns(sheet)
    yield from _homes(form, names)


def _line_columns(sheet: m.Sheet) -> Iterator[Fault]:
    """The parts of a field's line stand in columns of their own."""
    places = [p for p in astuple(sheet.columns) if p]
    if sheet.kind == "data" and (len(set(places)) < len(places) or min(sheet.columns.label, sheet.columns.value) < 1):
        says = Pair("两部分写在同一列，或没有 label、value", "two parts in one column, or no label or value")
        yield Fault(place(FILE, "sheet", sheet.name, "columns"), says)


def _homes(form: m.Form, names: list[str]) -> Iterator[Fault]:
    """Every section and table stands once on the sheet it names."""
    placed = [b for s in form.sheets for b in s.blocks]
    owners = [("fields.toml", "section", s.name, s.sheet) for s in form.sections]
    owners += [("tables.toml", "table", t.name, t.sheet) for t in form.tables]
    for file, kind, name, sheet in owners:
        if sheet not in names:
            yield from known(place(file, kind, name, "sheet"), sheet, names, SHEET)
        elif placed.count(name) != 1 or not any(s.name == sheet and name in s.blocks for s in form.sheets):
            says = Pair("栏目“{name}”应在此列出一次", "“{name}” is to be listed here once")
            yield Fault(place(FILE, "sheet", sheet, "blocks"), says.format(name=name))


def bands(form: m.Form) -> Iterator[Fault]:
    """Yield what is wrong with the grades."""
    lows = [b.low for b in form.bands]
    if not lows or lows != sorted(lows, reverse=True) or len(set(lows)) != len(lows):
        says = Pair("band 应从高到低排列，low 不重复", "bands stand from high to low, each low once")
        yield Fault(place(FILE, "band"), says)
