"""How rows are scored: workbook (LibreOffice), engine and an independent statement of each method agree to the cent."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.support.forms import FORM_IDS, clean, form, room
from tests.support.libreoffice import convert, need_libreoffice
from xltools.form import model as m
from xltools.form.layout import Key, Layout
from xltools.form.scoring import Scoring, told
from xltools.intake.xlsx.book import read_book
from xltools.writing.department.builder import Filling, build
from xltools.writing.department.inputs import capacities_for, cell_values

Row = dict[str, Any]
POINTS = 10_000 if os.environ.get("XLTOOLS_EVERY") == "1" else 100
"""Rows of each direction and method; LibreOffice is asked about as many workbooks as hold them."""
DIRECTIONS = ("≥", "≤", "等于", "定性")
SCORED = [(f, t.name) for f in FORM_IDS for t in form(f).tables if t.scoring is not None]
ROWS = 400
EXTREMES = (0, 0.0001, 0.5, 1, 3, 7, 10, 15, 19.99, 20, 20.01, 95, 100, 130, 1e6, -1, -10)


# ── the methods, stated once more ────────────────────────────────────────────────────────────────────────────────────
def _up(target: Fraction, actual: Fraction, zero: str) -> Fraction | None:
    if target > 0:
        return min(Fraction(1), max(Fraction(0), actual) / target)
    return None if zero == "not_applicable" else Fraction(actual >= target)


def _down(target: Fraction, actual: Fraction, down: str) -> Fraction:
    if actual <= target:
        return Fraction(1)
    if target <= 0:
        return Fraction(0)
    if down == "inverse":
        return target / actual
    return Fraction(0) if actual >= 2 * target else 1 - (actual - target) / target


def _equal(target: Fraction, actual: Fraction, equal: str) -> Fraction:
    if equal == "exact" or target < 0:
        return Fraction(actual == target)
    if target == 0:
        return Fraction(actual <= 0)
    return Fraction(1) if actual >= target else max(Fraction(0), actual) / target


def share(method: Scoring, row: Row) -> Fraction | None:
    """Return the part of its weight that a row reaches; None: not applicable."""
    if row[method.direction] == "定性":
        return Fraction(str(row[method.share])) / 100
    target, actual = Fraction(str(row[method.target])), Fraction(str(row[method.actual]))
    if row[method.direction] == "≥":
        return _up(target, actual, method.zero)
    if row[method.direction] == "≤":
        return _down(target, actual, method.down)
    return _equal(target, actual, method.equal)


def half_up(value: Fraction) -> Fraction:
    """Return a score rounded to two decimals."""
    return Fraction((value * 200 + 1) // 2, 100)


def scores(method: Scoring, rows: list[Row], total: Fraction) -> list[Fraction | None]:
    """Return each row's score: a row that does not apply gives its weight to the others."""
    shares = [share(method, row) for row in rows]
    given = [Fraction(str(row["分值"])) for row in rows]
    base = sum((w for w, s in zip(given, shares, strict=True) if s is not None), Fraction(0))
    exact = [None if s is None else s * w * total / base for w, s in zip(given, shares, strict=True)]
    return [None if e is None else half_up(e) if method.rounding == "row" else e for e in exact]


# ── the rows, and what each witness makes of them ────────────────────────────────────────────────────────────────────
def rows_of(table: m.Table, direction: str, count: int, chance: random.Random) -> list[Row]:
    """Return rows of one direction: extremes against each other, then at random."""
    assert table.scoring is not None
    method = table.scoring
    pairs = [(t, a) for t in EXTREMES for a in EXTREMES]
    chance.shuffle(pairs)
    made: list[Row] = []
    for number in range(count):
        target, actual = pairs[number] if number < min(len(pairs), count // 2) else _drawn(chance)
        row: Row = {table.title_column or "": f"测试指标{number}", method.direction: direction}
        row["分值"] = chance.choice((0.5, 1, 2, 5, 10, 0.33))
        if any(c.name == "二级指标" for c in table.columns):
            row["二级指标"] = "数量指标"
        if direction == "定性":
            row |= {
                "完成档次": "达成预期",
                method.share: chance.choice((0, 60, 80, 100, round(chance.uniform(0, 100), 2))),
            }
        else:
            row |= {method.target: target, method.actual: actual}
        made.append(row)
    return made


def _drawn(chance: random.Random) -> tuple[float, float]:
    target = round(chance.uniform(0.5, 200), chance.choice((0, 1, 2, 4)))
    actual = round(target * chance.choice((1, chance.uniform(0, 1), chance.uniform(1, 2), 2, 2.5)), 4)
    return target, actual


Case = tuple[Layout, dict[Key, Any], list[Row]]


def cases(form_id: str, table: m.Table, direction: str) -> list[Case]:
    """Return fillings that hold the points of one direction."""
    chance = random.Random(f"{form_id}{table.name}{direction}")
    made = []
    for start in range(0, POINTS, ROWS):
        rows = rows_of(table, direction, min(ROWS, POINTS - start), chance)
        values = clean(form_id) | {table.name: rows}
        layout = room().layout(form(form_id), capacities_for(form(form_id), values))
        made.append((layout, cell_values(layout, values), rows))
    return made


def expected(form_id: str, table: m.Table, rows: list[Row]) -> list[Fraction | None]:
    """Return the scores that the independent statement gives."""
    assert table.scoring is not None
    return scores(table.scoring, rows, _total(form_id, table))


def _total(form_id: str, table: m.Table) -> Fraction:
    definition = form(form_id)
    scoring = next(t for t in definition.tables if t.weight_column and t.is_fixed)
    weights = [c.formula or "" for c in table.columns if c.name == table.scoring.weight] if table.scoring else []
    key = scoring.key_column or ""
    row = next((r for r in scoring.rows if f'"{r[key]}"' in weights[0]), None)
    row = row or next(r for r in scoring.rows if r[key] == "产出指标")
    return Fraction(str(row[scoring.weight_column or ""]))


def wrong(
    table: m.Table, rows: list[Row], want: list[Fraction | None], read: Callable[[Key], Any]
) -> list[tuple[Row, Any, Any]]:
    """Return the rows of which a witness says another score, by half a hundredth of a cent or more."""
    assert table.scoring is not None
    found = []
    for number, (row, right) in enumerate(zip(rows, want, strict=True)):
        got = read(Key(table.name, number, table.scoring.score))
        same = got in ("", None) if right is None else isinstance(got, int | float) and abs(got - right) < 0.00005
        if not same:
            found.append((row, right and float(right), got))
    return found


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize(("form_id", "name"), SCORED)
def test_engine(form_id: str, name: str, direction: str) -> None:
    table = form(form_id).table(name)
    for layout, cells, rows in cases(form_id, table, direction):
        values = room().model(layout)[0].evaluate(cells)
        want = expected(form_id, table, rows)
        assert wrong(table, rows, want, lambda key, v=values, lay=layout: v[lay.cells[key]])[:3] == []


@pytest.mark.parametrize(("form_id", "name"), SCORED[-1:] + SCORED[:1])
def test_libreoffice(form_id: str, name: str, tmp_path: Path) -> None:
    need_libreoffice()
    table = form(form_id).table(name)
    made = [case for direction in DIRECTIONS for case in cases(form_id, table, direction)]
    paths = [tmp_path / f"{number:03}.xlsx" for number in range(len(made))]
    for path, (layout, cells, _) in zip(paths, made, strict=True):
        path.write_bytes(build(layout, Filling(cells), {}))
    for witness, (layout, _, rows) in zip(convert(paths, tmp_path / "out"), made, strict=True):
        sheets = {s.name: s.cells for s in read_book(witness).sheets}

        def read(key: Key, layout: Layout = layout, sheets: dict[str, Any] = sheets) -> Any:
            ref = layout.cells[key]
            cell = sheets[ref.sheet].get((ref.row, ref.column))
            return None if cell is None else cell.value

        assert wrong(table, rows, expected(form_id, table, rows), read)[:3] == []


WORKED = (
    ("project-2023", "≤", 10, 15, 5.0),
    ("project-2023", "≤", 10, 20, 0.0),
    ("project-2023", "等于", 100, 95, 9.5),
    ("project-2023", "≥", 100, 95, 9.5),
    ("project-2023", "≥", 100, -5, 0.0),
    ("project-2023", "等于", 0, 0, 10.0),
    ("project-2023", "等于", 0, 1, 0.0),
    ("guangdong-2023", "≤", 10, 15, 6.67),
    ("guangdong-2023", "等于", 100, 95, 0.0),
    ("dazhou-2023", "≤", 0, 1, 0.0),
)


@pytest.mark.parametrize(("form_id", "direction", "target", "actual", "score"), WORKED)
def test_worked_examples(form_id: str, direction: str, target: float, actual: float, score: float) -> None:
    """The examples of the official description, of a row with weight 10."""
    table = next(t for t in form(form_id).tables if t.scoring)
    method = table.scoring
    assert method is not None
    row: Row = {method.direction: direction, method.target: target, method.actual: actual}
    reached = share(method, row)
    assert reached is not None
    assert float(half_up(reached * 10)) == score
    layout = room().layout(form(form_id))
    model, _ = room().model(layout)
    named = {"二级指标": "数量指标"} if any(c.name == "二级指标" for c in table.columns) else {}
    rows = [{table.title_column: "测试指标", "分值": 10} | named | row]
    cells = cell_values(layout, clean(form_id) | {table.name: rows})
    rate = model.evaluate(cells)[layout.cells[Key(table.name, 0, method.rate)]]
    assert isinstance(rate, int | float)
    assert round(rate * 10 + 1e-9, 2) == score


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_the_method_stands_in_the_workbook(form_id: str) -> None:
    definition = form(form_id)
    guide = next(s for s in room().layout(definition).sheets if s.sheet.kind == "guide")
    shown = "\n".join(str(slot.text) for slot in guide.slots)
    for table in definition.tables:
        for words in told(table.scoring) if table.scoring else ():
            assert words.zh in shown
