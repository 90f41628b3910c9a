"""Ways to break a rule of a form in a filling: by its figures, or by one of its own cases that fire."""

from __future__ import annotations

import copy
import math
import random
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from xltools.form import model as m
from xltools.form.indicators import IndicatorTable
from xltools.rules.diagnosis.equations import Equation, equations
from xltools.sampling.amounts import Amounts, broken, within_limits
from xltools.sampling.base import Values, laid_over
from xltools.sampling.rows import PERCENT, WHOLE

SHIFTS = 60
"""Times that figures are shifted until just the wanted inequality is broken."""
LEAST = (1, 0.99, 0.96)
"""By so much the amounts that no case gives are smaller than in proportion."""
PLAIN = 0.25
"""Share of the fillings tried that give totals only."""
OFF = (0.5, -0.5, 1.2, -1.2, 3, -3, 0.08, -0.08)
"""By so much a stated rate is off, in points."""


@dataclass(frozen=True)
class Way:
    """One way to break a rule: its figures themselves (no case), or a case that fires, laid over in a manner."""

    code: str
    case: m.Case | None = None
    manner: int = 0


MANNERS = 4
"""How a case's row is laid into an open table: its figures alone, its choices too, all but its name, in place of all."""


def ways(form: m.Form, code: str) -> list[Way]:
    """Return the ways to break a rule, the plainest first."""
    rule = form.rule(code)
    found = [Way(code)] if any(e.code == code for e in equations(form)) else []
    opened = {t.name for t in form.tables if not t.is_fixed}
    for case in rule.cases:
        if case.state in m.FIRES:
            manners = MANNERS if opened & case.values.keys() else 1
            found += [Way(code, case, manner) for manner in range(manners)]
    return found


def applied(form: m.Form, values: Values, chosen: Collection[Way], dice: random.Random, size: float) -> Values | None:
    """Return the filling with each rule broken in its way; None where the figures cannot be made so."""
    wanted = {way.code for way in chosen}
    kept: set[str] = set()
    if dice.random() < PLAIN:
        values = without_lines(form, values)
    for way in chosen:
        if way.case is not None:
            values = _completed(form, _laid(form, values, form.rule(way.code), way, dice))
            kept |= way.case.values.keys()
    amounts = Amounts.of(form, values, wanted, kept)
    by_figures = [e for e in equations(form) if e.code in {way.code for way in chosen if way.case is None}]
    least = dice.choice(LEAST)
    for number in range(SHIFTS):
        changed = amounts.varied(values, dice, size, least, kept)
        if any(not e.linear for e in by_figures) or (number and by_figures):
            changed = amounts.shifted(changed, dice)
        for equation in by_figures:
            if equation.kind == "rate" and equation.op == "=":
                changed |= _other_rate(equation, changed, dice)
        if within_limits(form, changed) and {e.code for e in by_figures} <= broken(form, changed) <= wanted:
            return changed
    return None


def without_lines(form: m.Form, values: Values) -> Values:
    """Return the filling with only the totals of sums all of whose lines may be left out."""
    lefts, changed = {e.left for e in equations(form)}, dict(values)
    for equation in equations(form):
        optional = [n for n in equation.parts if n not in lefts and not form.field(n).required]
        if equation.kind == "sum" and optional == list(equation.parts):
            changed |= dict.fromkeys(optional)
    return changed


def _other_rate(equation: Equation, values: Values, dice: random.Random) -> Values:
    stated = values.get(equation.left)
    if not isinstance(stated, int | float):
        return {}
    return {equation.left: round(stated + dice.choice(OFF), equation.decimals)}


def _laid(form: m.Form, values: Values, rule: m.Rule, way: Way, dice: random.Random) -> Values:
    """Return the filling with a case laid over it."""
    assert way.case is not None
    changes = dict(way.case.values)
    for table in form.tables:
        rows = changes.get(table.name)
        if table.is_fixed or not isinstance(rows, list):
            continue
        own = copy.deepcopy(values.get(table.name) or [])
        if way.manner == MANNERS - 1:
            of = form.indicators_in(table.name)
            unit = {of.unit: next((r[of.unit] for r in own if r.get(of.unit)), None)} if of is not None else {}
            changes[table.name] = [unit | row for row in rows]
            continue
        given = rows[way.case.row if rule.table == table.name else 0] if rows else None
        if own and given is not None:
            place = _place(form.indicators_in(table.name), own, given, dice)
            own[place] = _merged(form, table, own[place], given, way.manner)
            changes[table.name] = own
    return laid_over(form, values, changes)


def _completed(form: m.Form, values: Values) -> Values:
    """Return the filling with what it must give in place of the figures that it no longer gives."""
    changed = dict(values)
    for item in form.fields:
        stands_in = item.required_unless and any(changed.get(n) in (None, "") for n in item.required_unless)
        if stands_in and item.numeric and changed.get(item.name) in (None, ""):
            changed[item.name] = item.minimum or 0
    return changed


def _place(of: IndicatorTable | None, rows: list[Values], given: Values, dice: random.Random) -> int:
    """Return which row a case's row is laid over: one of the same direction where there is such."""
    alike = [n for n, row in enumerate(rows) if of is not None and row.get(of.direction) == given.get(of.direction)]
    return dice.choice(alike or range(len(rows)))


def _merged(form: m.Form, table: m.Table, row: Values, given: Values, manner: int) -> Values:
    """Return a row of the filling with what makes the case's row fire; the more of it, the higher the manner."""
    types, of = {c.name: c.type for c in table.columns}, form.indicators_in(table.name)
    judged = () if of is None else (of.direction, of.target, of.actual)
    kinds = (("text", "score", "choice"), ("text", "score"), ("text",))[manner]

    def stays(name: str) -> bool:
        own = types[name] in kinds and name in row and name not in judged and name != table.reason_column
        return own and (name not in given or name == table.title_column or manner < MANNERS - 2)

    made = {name: value for name, value in row.items() if stays(name)}
    made |= {name: value for name, value in given.items() if name not in made}
    if manner == 0 and of is not None and row.get(of.direction) == given.get(of.direction):
        made |= _in_proportion(of.target, of.actual, row, given, row.get(of.unit) == PERCENT)
    return made


def _in_proportion(target: str, actual: str, row: Values, given: Values, of_a_whole: bool) -> Values:
    """Return the row's own target with what was reached of it in the case; of a whole never more than all, so the
    target is lower there."""
    base, mine, done = given.get(target), row.get(target), given.get(actual)
    if not isinstance(base, int | float) or not isinstance(mine, int | float) or not isinstance(done, int | float):
        return {}
    if not base or not mine:
        return {}
    share = done / base
    if of_a_whole and share * mine > WHOLE:
        mine = math.floor(WHOLE / share)
    return {target: mine, actual: round(share * mine, 2)} if mine else {}


def every_way(form: m.Form, wanted: Collection[str], dice: random.Random) -> Iterator[tuple[Way, ...]]:
    """Yield ways to break all of the rules, again and again, each rule's plainest first."""
    known = {code: ways(form, code) for code in wanted}
    number = 0
    while all(known.values()):
        yield tuple(
            some[number] if number < len(some) and len(known) == 1 else dice.choice(some) for some in known.values()
        )
        number += 1
