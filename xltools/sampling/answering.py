"""Answers in a filling: the reason that a rule asks for, so that what comes along with a broken rule is explained."""

from __future__ import annotations

import copy
import random
from collections.abc import Collection

from xltools.form import model as m
from xltools.form.model import explanation_name
from xltools.sampling.base import Values, row_of
from xltools.sampling.rows import REASONS
from xltools.sampling.standing import Standing


def answered(values: Values, standing: Standing, codes: Collection[str], dice: random.Random) -> Values:
    """Return the filling with a reason wherever one of these rules asks for it and takes one."""
    changed = copy.deepcopy(values)
    for code in sorted(codes):
        rule = standing.form.rule(code)
        if rule.table is not None:
            _rows(changed, standing, rule, dice)
        elif rule.level == "confirm":
            changed[explanation_name(code)] = dice.choice(REASONS)
    return changed


def _rows(values: Values, standing: Standing, rule: m.Rule, dice: random.Random) -> None:
    table = standing.form.table(rule.table or "")
    column = rule.given or (table.reason_column if rule.level == "confirm" else None)
    if column is None:
        return
    rows = values.setdefault(table.name, [])
    for number in range(len(table.rows) or len(rows)):
        if standing.state(rule, number) in m.FIRES:
            _row(table, rows, number)[column] = dice.choice(REASONS)


def _row(table: m.Table, rows: list[Values], number: int) -> Values:
    """Return the values of a row; of a fixed one by its key, added where the filling has none of it."""
    if not table.is_fixed or table.key_column is None:
        return rows[number]
    return row_of(table, rows, table.rows[number][table.key_column])
