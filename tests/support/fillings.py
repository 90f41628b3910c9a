"""Random clean fillings of any form: consistent amounts that round badly, from a seed; and eight typical shapes."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import cache

from tests.support.forms import Values, clean, form
from xltools.form import model as m
from xltools.rules.diagnosis.equations import Equation, equations

HIDDEN = 1000
"""Amounts are made in thousandths of the last decimal: what people type is rounded, line by line."""

_NOTES = ("因项目跨年实施", "因场地维修延期", "上级追加任务", "受天气影响推迟")


def fillings(form_id: str, count: int, seed: int = 2023) -> Iterable[Values]:
    """Yield `count` different clean fillings."""
    for number in range(count):
        yield filling(form_id, random.Random(f"{form_id}-{seed}-{number}"))


def filling(form_id: str, dice: random.Random) -> Values:
    """Return one clean filling."""
    definition = form(form_id)
    for _ in range(200):
        values = clean(form_id)
        _amounts(definition, values, dice)
        if _orders_hold(definition, values):
            break
    else:
        raise AssertionError(f"no consistent amounts found for {form_id}")
    _rows(definition, values, dice)
    _scores(definition, values, dice)
    return values


# ── amounts ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def _solution(form_id: str) -> tuple[tuple[str, dict[str, int]], ...]:
    """Return each dependent amount as a sum of free ones: the form's equalities, solved once."""
    definition = form(form_id)
    given = {n for n, v in clean(form_id).items() if isinstance(v, int | float)}
    amounts = {f.name for f in definition.fields if f.type == "amount" and f.is_input} & given
    solved: dict[str, dict[str, int]] = {}
    for equation in equations(definition):
        if equation.op != "=" or equation.kind not in ("sum", "same") or equation.left not in amounts:
            continue
        row: dict[str, int] = {equation.left: 1}
        for part in equation.parts:
            if part in amounts:
                row[part] = row.get(part, 0) - 1
        row = _substituted(row, solved)
        pivot = next((n for n in (equation.left, *reversed(list(row))) if abs(row.get(n, 0)) == 1), None)
        if pivot is None:
            continue
        sign = -row.pop(pivot)
        own = {n: c * sign for n, c in row.items() if c}
        solved = {name: _substituted(terms, {pivot: own}) for name, terms in solved.items()}
        solved[pivot] = own
    return tuple(solved.items())


def _substituted(terms: dict[str, int], solved: dict[str, dict[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, factor in terms.items():
        for inner, inner_factor in solved.get(name, {name: 1}).items():
            found[inner] = found.get(inner, 0) + factor * inner_factor
    return {n: c for n, c in found.items() if c}


def _amounts(definition: m.Form, values: Values, dice: random.Random) -> None:
    factor = math.exp(dice.uniform(-4, 4))
    fields = {f.name: f for f in definition.fields if f.type == "amount" and f.is_input}
    exact: dict[str, int] = {}
    for name, item in fields.items():
        value = values.get(name)
        if isinstance(value, int | float):
            exact[name] = round(value * factor * dice.uniform(0.99, 1.0) * 10**item.decimals * HIDDEN)
    for name, terms in _solution(definition.id):
        exact[name] = sum(exact[n] * c for n, c in terms.items())
    for name, number in exact.items():
        values[name] = _half_up(number, HIDDEN) / 10 ** fields[name].decimals
    for equation in equations(definition):
        if equation.kind == "rate" and isinstance(values.get(equation.left), int | float):
            _rate(equation, exact, values)


def _half_up(number: int, unit: int) -> int:
    sign = 1 if number >= 0 else -1
    return sign * ((abs(number) * 2 + unit) // (2 * unit))


def _rate(equation: Equation, exact: dict[str, int], values: Values) -> None:
    part, base = equation.parts
    if exact.get(base):
        share = Fraction(exact.get(part, 0) * 100 * 10**equation.decimals, exact[base])
        values[equation.left] = math.floor(share + Fraction(1, 2)) / 10**equation.decimals
    else:
        values[equation.left] = None


def _orders_hold(definition: m.Form, values: Values) -> bool:
    """True when nothing is below its limit and every inequality between figures holds, with no tolerance at all."""
    for item in definition.fields:
        value = values.get(item.name)
        if isinstance(value, int | float) and item.minimum is not None and value < item.minimum:
            return False
    for equation in equations(definition):
        left = values.get(equation.left)
        right = equation.fixed if equation.kind == "fixed" else values.get((*equation.parts, "")[0])
        if equation.kind not in ("same", "fixed") or left is None or right is None:
            continue
        if (equation.op == "<=" and left > right) or (equation.op == ">=" and left < right):
            return False
    return True


# ── tables ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _rows(definition: m.Form, values: Values, dice: random.Random) -> None:
    """Vary the rows of open tables whose weights nobody gave: how many, their targets, what was reached."""
    for table in definition.tables:
        rows = values.get(table.name)
        if table.is_fixed or not rows or any("分值" in row for row in rows):
            continue
        wanted = dice.choice((max(1, table.min_rows), len(rows), len(rows) + 3, table.capacity))
        made = [dict(rows[n % len(rows)]) for n in range(wanted)]
        for number, row in enumerate(made):
            if table.title_column:
                row[table.title_column] = f"{row[table.title_column]}{number + 1}"
            _reach(table, row, dice)
        values[table.name] = made


def _reach(table: m.Table, row: Values, dice: random.Random) -> None:
    target = row.get("年度目标值")
    if not isinstance(target, int | float) or not target or row.get("方向") != "≥":
        return
    most = 100 if row.get("单位") == "%" else math.inf  # shares of a whole
    row["年度目标值"] = min(most, round(target * dice.uniform(0.5, 3), dice.choice((0, 0, 1, 2))))
    row["实际完成值"] = min(most, round(row["年度目标值"] * dice.choice((1, 1.04, 0.93, 1.29, 1.6)), 2))
    missed = row["实际完成值"] < row["年度目标值"] or row["实际完成值"] >= 1.3 * row["年度目标值"]
    if table.reason_column and (missed or table.reason_column in row):
        row[table.reason_column] = dice.choice(_NOTES)


def _scores(definition: m.Form, values: Values, dice: random.Random) -> None:
    """Vary the judged scores: full marks keep their evidence, lost points get a reason."""
    for table in definition.tables:
        if not table.is_fixed or table.score_column is None or table.weight_column is None:
            continue
        weights = {row.get(table.key_column or ""): row[table.weight_column] for row in table.rows}
        for row in values.get(table.name, []):
            weight = weights[row[table.key_column or ""]]
            if table.score_column not in row or dice.random() < 0.7 or not isinstance(weight, int | float):
                continue
            row[table.score_column] = round(weight * dice.choice((0.5, 0.75, 0.9)), 1)
            if table.reason_column:
                row[table.reason_column] = dice.choice(_NOTES)


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
    lefts = {e.left for e in equations(definition)}
    changed = values | {f.name: None for f in definition.fields if f.type == "longtext" and not f.required}
    for equation in equations(definition):
        optional = [n for n in equation.parts if n not in lefts and not definition.field(n).required]
        if equation.kind == "sum" and optional == list(equation.parts):
            changed |= dict.fromkeys(optional)
    return changed


def _many_rows(definition: m.Form, values: Values) -> Values:
    return _with_rows(definition, values, lambda table, rows: table.capacity)


def _few_rows(definition: m.Form, values: Values) -> Values:
    return _with_rows(definition, values, lambda table, rows: max(1, table.min_rows))


def _with_rows(definition: m.Form, values: Values, count: Callable[[m.Table, list[Values]], int]) -> Values:
    changed = dict(values)
    for table in definition.tables:
        rows = values.get(table.name)
        if table.is_fixed or not rows or any("分值" in row for row in rows):
            continue
        made = [dict(rows[n % len(rows)]) for n in range(count(table, rows))]
        for number, row in enumerate(made):
            if table.title_column:
                row[table.title_column] = f"{row[table.title_column]}{number + 1}"
        changed[table.name] = made
    return changed


def _small(definition: m.Form, values: Values) -> Values:
    """A small department: everything a fiftieth, so that a unit slip cannot be told from its size alone."""
    return _scaled(definition, values, 0.02)


def _no_carry_over(definition: m.Form, values: Values) -> Values:
    """Zero in the lines that may be negative (carry-over, other income), as far as the figures allow."""
    for item in definition.fields:
        if item.type == "amount" and item.minimum is None and values.get(item.name):
            changed = _scaled(definition, values | {item.name: 0}, 1)
            values = changed if _orders_hold(definition, changed) else values
    return values


def _scaled(definition: m.Form, values: Values, factor: float) -> Values:
    changed = dict(values)
    exact = {
        f.name: round(values[f.name] * factor * 10**f.decimals * HIDDEN)
        for f in definition.fields
        if f.type == "amount" and f.is_input and isinstance(values.get(f.name), int | float)
    }
    for name, terms in _solution(definition.id):
        exact[name] = sum(exact[n] * c for n, c in terms.items())
    for name, number in exact.items():
        changed[name] = _half_up(number, HIDDEN) / 10 ** definition.field(name).decimals
    for equation in equations(definition):
        if equation.kind == "rate" and isinstance(values.get(equation.left), int | float):
            _rate(equation, exact, changed)
    return changed


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
