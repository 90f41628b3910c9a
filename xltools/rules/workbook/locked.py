"""What a locked cell without a formula is to the form: something that counts, a name or a unit, or words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from xltools.bilingual import Pair
from xltools.findings.values import Cell
from xltools.form.address import Ref
from xltools.form.slots import Slot
from xltools.rules.context import RuleContext

Weight = Literal["counts", "names", "words"]


class Altered(NamedTuple):
    """One locked cell that says something else: where, what it is to the form, both contents."""

    ref: Ref
    weight: Weight
    label: Pair
    there: Cell
    right: Cell


def altered(ctx: RuleContext, weight: Weight) -> Iterator[Altered]:
    """Yield the locked cells of one weight that were changed."""
    by_cell = ctx.submission.layout.by_cell
    for ref, where, value in ctx.submission.structure.altered_texts:
        slot = by_cell[ref]
        found = weight_of(ctx, ref, slot)
        if found == weight:
            label = ctx.label(slot.key) if slot.key is not None else ctx.cell_label(where)
            there = value if isinstance(value, str | int | float | bool) or value is None else str(value)
            right = slot.text if isinstance(slot.text, str | int | float | bool) else str(slot.text)
            yield Altered(where, found, label, there, right)


def weight_of(ctx: RuleContext, ref: Ref, slot: Slot) -> Weight:
    """Return what a locked cell is to the form.

    Counts: a constant, a weight or another number, how a row is scored. Names: what a fixed row or its groups are
    called, a unit. Words: titles, labels, help, the texts of rules.
    """
    if slot.role == "constant":
        return "counts"
    if slot.role == "unit":
        return "words" if ref.sheet == ctx.submission.form.checks_sheet or ref.sheet not in _data(ctx) else "names"
    if slot.role != "fixed" or slot.key is None:
        return "words"
    table = ctx.submission.form.table(slot.key.field)
    naming = {table.title_column, table.key_column, *table.group_columns}
    numeric = slot.item is not None and slot.item.numeric
    return "names" if slot.key.column in naming and not numeric else "counts"


def _data(ctx: RuleContext) -> set[str]:
    return {s.sheet.name for s in ctx.submission.layout.sheets if s.sheet.kind == "data"}
