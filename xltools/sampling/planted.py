"""Mistakes for rules that belong to every form: each planted in one cell of a filling whose form has such a cell."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator

from xltools.form import model as m
from xltools.sampling.base import Values

Planter = Callable[[m.Form, Values, random.Random], Values | None]
PLANTERS: dict[str, Planter] = {}
"""Code → what plants its mistake; None where the form has no cell for it."""

UNLISTED, UNREAD, NOTHING_MEASURED = "大于", "见附表", "工作完成情况"


def _planter(code: str) -> Callable[[Planter], Planter]:
    def register(function: Planter) -> Planter:
        PLANTERS[code] = function
        return function

    return register


def _inputs(form: m.Form, values: Values) -> Iterator[m.Field]:
    """Yield the inputs that the sender fills in and has filled in."""
    return (f for f in form.fields if f.is_input and not f.locked and values.get(f.name) not in (None, ""))


def _unread(form: m.Form) -> set[str]:
    """Return the fields that no rule and no computed cell can do without: those whose loss says nothing else."""
    texts = [side for rule in form.rules for side in (rule.left, rule.right, rule.when or "")]
    texts += [f.formula for f in form.fields if f.formula]
    texts += [c.formula for t in form.tables for c in t.columns if c.formula]
    texts += [v for t in form.tables for row in t.rows for v in row.values() if isinstance(v, str)]
    whole = "\n".join(texts)
    return {f.name for f in form.fields if f.name not in whole}


def _one(form: m.Form, values: Values, dice: random.Random, fits: Callable[[m.Field], bool]) -> m.Field | None:
    """Return one fitting input; one that nothing else reads where there is such."""
    fitting = [f for f in _inputs(form, values) if fits(f)]
    alone = [f for f in fitting if f.name in _unread(form)]
    return dice.choice(alone or fitting) if fitting else None


@_planter("VA001")
def _missing(form: m.Form, values: Values, dice: random.Random) -> Values | None:
    known = (form.code_field, form.name_field)
    item = _one(form, values, dice, lambda f: f.required and f.name not in known)
    return None if item is None else values | {item.name: None}


@_planter("VA002")
def _no_number(form: m.Form, values: Values, dice: random.Random) -> Values | None:
    item = _one(form, values, dice, lambda f: f.numeric)
    return None if item is None else values | {item.name: UNREAD}


@_planter("VA003")
def _not_in_list(form: m.Form, values: Values, dice: random.Random) -> Values | None:
    choices = [(t, c) for t in form.tables for c in t.columns if c.type == "choice"]
    for table, column in dice.sample(choices, len(choices)):
        rows = copy.deepcopy(values.get(table.name) or [])
        filled = [row for row in rows if row.get(column.name)]
        if filled:
            dice.choice(filled)[column.name] = UNLISTED
            return values | {table.name: rows}
    item = _one(form, values | {f.name: UNLISTED for f in form.fields if f.choices}, dice, lambda f: bool(f.choices))
    return None if item is None else values | {item.name: UNLISTED}


@_planter("VA004")
def _beyond(form: m.Form, values: Values, dice: random.Random) -> Values | None:
    everything = values | {f.name: f.maximum for f in form.fields if f.maximum and values.get(f.name) is None}
    item = _one(form, everything, dice, lambda f: f.maximum is not None and f.type != "year")
    return None if item is None or item.maximum is None else values | {item.name: item.maximum + 1}


@_planter("VA006")
def _hidden_digits(form: m.Form, values: Values, dice: random.Random) -> Values | None:
    item = _one(form, values, dice, lambda f: f.type == "amount" and bool(values[f.name]))
    if item is None or not isinstance(values[item.name], int | float):
        return None
    return values | {item.name: round(values[item.name] + 0.0013, item.decimals + 3)}


@_planter("VA007")
def _with_unit(form: m.Form, values: Values, dice: random.Random) -> Values | None:
    item = _one(form, values, dice, lambda f: f.type == "amount" and isinstance(values[f.name], int | float))
    return (
        None
        if item is None
        else values | {item.name: f"{values[item.name]:,.{item.decimals}f}{item.unit or form.unit}"}
    )


@_planter("VA011")
def _too_long(form: m.Form, values: Values, dice: random.Random) -> Values | None:
    item = _one(form, values, dice, lambda f: f.type == "longtext" and f.max_length is not None)
    if item is None or item.max_length is None:
        return None
    text = str(values[item.name])
    return values | {item.name: (text * (item.max_length // len(text) + 2))[: item.max_length + 5]}


@_planter("VA016")
def _fraction(form: m.Form, values: Values, dice: random.Random) -> Values | None:
    item = _one(form, values, dice, lambda f: f.type == "integer" and isinstance(values[f.name], int))
    return None if item is None else values | {item.name: values[item.name] + 0.5}


@_planter("KQ005")
def _twice(form: m.Form, values: Values, dice: random.Random) -> Values | None:
    tables = [of for of in form.indicators if len(values.get(of.table) or []) > 1]
    if not tables:
        return None
    of = dice.choice(tables)
    rows = copy.deepcopy(values[of.table])
    one, other = dice.sample(range(len(rows)), 2)
    own = {name: rows[other][name] for name in (of.group, of.weight) if name in rows[other]}
    rows[other] = {k: v for k, v in rows[one].items() if k not in (of.group, of.weight)} | own
    return values | {of.table: rows}


@_planter("KQ008")
def _nothing_measured(form: m.Form, values: Values, dice: random.Random) -> Values | None:
    tables = [of for of in form.indicators if values.get(of.table)]
    if not tables:
        return None
    of = dice.choice(tables)
    rows = copy.deepcopy(values[of.table])
    dice.choice(rows)[of.name] = NOTHING_MEASURED
    return values | {of.table: rows}
