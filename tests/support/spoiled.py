"""Submissions spoiled in several ways at once, from a seed, and what puts each of them right again."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from tests.support.damage import Package
from tests.support.fillings import filling
from tests.support.forms import built, form, room
from xltools.form import model as m
from xltools.form.address import Ref
from xltools.form.layout import Key, Layout
from xltools.writing.department.inputs import capacities_for, cell_values

LIVE = (
    "=1+1",
    '=HYPERLINK("http://example.org","看")',
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1:A9)",
    "http://example.org/a b#c",
    "internal:校验!A1",
    "mailto:a@example.org",
    "{=A1}",
    '约三百\n换行“引号”"双"&<>\'',
    "_x000D_甲",
    "　前后空格　",
    "𠮷野家" * 3,
    "长" * 700,
)
"""Texts that would like to be a formula, a link or a command, or that some program takes badly."""
DIRTY_NUMBERS = (
    "约三百",
    "≥95",
    "１，２３４．５万元",
    "2,180.24万元",
    "—",
    "无",
    "95.53%",
    "12.3456789",
    "见附表",
    "3 000",
)


@dataclass
class Spoiled:
    """A submission: its bytes, and the inputs that were spoiled with the value that puts each right."""

    name: str
    form_id: str
    data: bytes
    right: dict[Key, m.Scalar] = field(default_factory=dict)


def spoiled(form_id: str, seed: int) -> Spoiled:
    """Return one submission with two to eight damages to its cells and some to its build."""
    dice = random.Random(f"muddled {form_id} {seed}")
    definition = form(form_id)
    values = filling(form_id, dice)
    layout = room().layout(definition, capacities_for(definition, values))
    clean = cell_values(layout, values)
    package = Package(built(form_id, values))
    result = Spoiled(f"{form_id}_{seed:03d}", form_id, b"")
    open_inputs = [
        k for k, slot in layout.inputs.items() if slot.role == "input" and not k.field.startswith("核实说明")
    ]
    filled = [k for k in open_inputs if k in clean]
    for key in dice.sample(filled, min(len(filled), dice.randint(2, 8))):
        _spoil(package, layout, key, dice)
        result.right[key] = clean.get(key)
    _spoil_build(package, layout, dice)
    result.data = package.data()
    return result


def _spoil(package: Package, layout: Layout, key: Key, dice: random.Random) -> None:
    ref, item = layout.cells[key], layout.inputs[key].item
    assert item is not None
    if dice.random() < 0.2:
        package.empty(ref)
    elif item.numeric and item.type not in ("date", "year"):
        if dice.random() < 0.5:
            package.number(ref, dice.choice((-5.0, 123456.789, 1e9, 0.1 + 0.2, 99.999, 7)))
        else:
            package.text(ref, dice.choice((*DIRTY_NUMBERS, *LIVE[:6])))
    else:
        package.text(ref, dice.choice((*LIVE, "无", "—", "大于")))


def _spoil_build(package: Package, layout: Layout, dice: random.Random) -> None:
    """Overwrite formulas, take protection away, write beside the form, add a sheet."""
    data = [s.sheet.name for s in layout.sheets if s.sheet.kind == "data"]
    for ref in dice.sample(list(layout.computed), dice.randint(0, 2)):
        if dice.random() < 0.5:
            package.number(ref, 88.0)
        else:
            package.formula(ref, "N(A1)+2", 2)
    if dice.random() < 0.3:
        package.unprotected(dice.choice(data))
    if dice.random() < 0.3:
        package.without_validations(dice.choice(data))
    if dice.random() < 0.4:
        home = layout.sheet(dice.choice(data))
        package.text(Ref(home.sheet.name, home.last_row + 3, 2), dice.choice(LIVE))
    if dice.random() < 0.2:
        package.added("附表")
