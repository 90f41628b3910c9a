"""LibreOffice recalculates what we generate and agrees with our engine on every formula cell, rule states included."""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import Any

from tests.support.forms import FORM_IDS, clean, form, room
from tests.support.libreoffice import convert, need_libreoffice
from xltools.form import model as m
from xltools.form.address import Ref
from xltools.form.layout import Layout
from xltools.intake.xlsx.book import read_book
from xltools.recalc.engine import EngineValue
from xltools.writing.department.builder import Filling, build
from xltools.writing.department.inputs import capacities_for, cell_values

FILLINGS = 200 if os.environ.get("XLTOOLS_EVERY") == "1" else 12
"""Over all forms together; each is built, recalculated by LibreOffice and compared cell by cell."""

ODD = (0, -1, "无", "—", "约100", "1,234.5", "≥266米", "2,180.24万元", 0.0900000762939453, "TRUE", " ")


def spoiled(item: m.Field | m.Column, value: Any, chance: random.Random) -> Any:
    """Return a value changed at random: kept, blanked, zeroed, scaled, or something no number at all."""
    roll = chance.random()
    if roll < 0.62:
        return value
    if roll < 0.76:
        return None
    if not item.numeric:
        return value if roll < 0.9 else chance.choice(["无", "，。", "x", "="])
    if roll < 0.9 and isinstance(value, int | float):
        return round(value * chance.choice([0, 0.5, 1.01, 10, 10000]), 2)
    return chance.choice(ODD)


def random_values(form_id: str, chance: random.Random) -> dict[str, Any]:
    """Return the clean filling, spoiled in some places."""
    definition, values = form(form_id), clean(form_id)
    for item in definition.fields:
        if item.is_input and item.type != "longtext":
            values[item.name] = spoiled(item, values.get(item.name), chance)
    for table in definition.tables:
        columns = {c.name: c for c in table.columns}
        for row in values.get(table.name, []):
            for name in list(row):
                if name != table.key_column:
                    row[name] = spoiled(columns[name], row[name], chance)
    for rule in definition.rules:
        if rule.level == "confirm" and rule.table is None and chance.random() < 0.3:
            values[f"核实说明_{rule.code}"] = chance.choice(["有原因的说明", "无", "。。", " "])
    return values


def same(ours: EngineValue, theirs: object) -> bool:
    """True when both give the same: texts to the letter, numbers to 9 digits, nothing and "" alike."""
    ours, theirs = "" if ours is None else ours, "" if theirs is None else theirs
    if isinstance(ours, int | float) and isinstance(theirs, int | float):
        return abs(ours - theirs) <= 1e-9 * max(1.0, abs(ours))
    return ours == theirs


def test_every_formula_of_random_fillings(tmp_path: Path) -> None:
    need_libreoffice()
    chance = random.Random(20240415)
    made: list[tuple[Path, Layout, dict[Ref, EngineValue]]] = []
    for number in range(FILLINGS):
        form_id = FORM_IDS[number % len(FORM_IDS)]
        values = random_values(form_id, chance)
        layout = room().layout(form(form_id), capacities_for(form(form_id), values))
        cells = cell_values(layout, values)
        path = tmp_path / f"{number:03}.xlsx"
        path.write_bytes(build(layout, Filling(cells), {}))
        made.append((path, layout, room().model(layout)[0].evaluate(cells)))
    wrong = []
    for (path, layout, ours), witness in zip(made, convert([p for p, _, _ in made], tmp_path / "out"), strict=True):
        sheets = {s.name: s.cells for s in read_book(witness).sheets}
        for ref in layout.formulas:
            cell = sheets[ref.sheet].get((ref.row, ref.column))
            theirs = None if cell is None else cell.value
            if not same(ours[ref], theirs):
                wrong.append(f"{path.name} {ref.sheet}!{ref.a1}: {ours[ref]!r} against {theirs!r}")
    assert wrong == []
