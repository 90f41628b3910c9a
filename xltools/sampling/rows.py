"""The rows of an invented filling: how many, their targets and what was reached; the scores that are judged."""

from __future__ import annotations

import math
import random

from xltools.form import model as m
from xltools.form.indicators import IndicatorTable
from xltools.sampling.base import Values

PERCENT = "%"
WHOLE = 100
REASONS = ("因项目跨年实施", "因场地维修延期", "上级追加任务", "受天气影响推迟")
REACHED = (1, 1.04, 0.93, 1.29, 1.6)
"""Shares of a target that are reached: just, more, less, nearly so much and more than asks for a reason."""
MUCH = 1.3
LOST = (0.5, 0.75, 0.9)
"""Shares of a judged row's weight that are left where points are lost."""


def vary_rows(form: m.Form, values: Values, dice: random.Random) -> None:
    """Vary the rows of open tables: targets, what was reached and, where nobody gave weights, how many they are."""
    for table in form.tables:
        rows = values.get(table.name)
        if table.is_fixed or not rows:
            continue
        made = [dict(row) for row in rows]
        if may_vary(form, table, rows):
            made = numbered(
                table, rows, dice.choice((max(1, table.min_rows), len(rows), len(rows) + 3, table.capacity))
            )
        values[table.name] = made
        if (of := form.indicators_in(table.name)) is not None:
            for row in made:
                _reach(of, table, row, dice)


def numbered(table: m.Table, rows: list[Values], count: int) -> list[Values]:
    """Return `count` rows like those given, each with a name of its own."""
    made = [dict(rows[n % len(rows)]) for n in range(count)]
    for number, row in enumerate(made):
        if table.title_column:
            row[table.title_column] = f"{row[table.title_column]}{number + 1}"
    return made


def may_vary(form: m.Form, table: m.Table, rows: list[Values]) -> bool:
    """True for an open table that may have another number of rows: nobody gave its rows weights of their own."""
    if table.is_fixed:
        return False
    of = form.indicators_in(table.name)
    weight = of.weight if of is not None else table.weight_column
    return not weight or not any(weight in row for row in rows)


def _reach(of: IndicatorTable, table: m.Table, row: Values, dice: random.Random) -> None:
    target = row.get(of.target)
    if not isinstance(target, int | float) or not target or row.get(of.direction) != of.at_least:
        return
    most = WHOLE if row.get(of.unit) == PERCENT else math.inf  # shares of a whole
    row[of.target] = target = min(most, round(target * dice.uniform(0.5, 3), dice.choice((0, 0, 1, 2))))
    row[of.actual] = actual = min(most, round(target * dice.choice(REACHED), 2))
    if table.reason_column and (actual < target or actual >= MUCH * target or table.reason_column in row):
        row[table.reason_column] = dice.choice(REASONS)


def vary_scores(form: m.Form, values: Values, dice: random.Random) -> None:
    """Vary the judged scores: full marks keep their evidence, lost points get a reason."""
    for table in form.tables:
        if not table.is_fixed or table.score_column is None or table.weight_column is None:
            continue
        weights = {row.get(table.key_column or ""): row[table.weight_column] for row in table.rows}
        for row in values.get(table.name, []):
            weight = weights[row[table.key_column or ""]]
            if table.score_column not in row or dice.random() < 0.7 or not isinstance(weight, int | float):
                continue
            row[table.score_column] = round(weight * dice.choice(LOST), 1)
            if table.reason_column:
                row[table.reason_column] = dice.choice(REASONS)
