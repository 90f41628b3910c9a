"""Plants slips of the known kinds in a clean filling, several in one chain of figures, as busy people make them."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations

from tests.support.fillings import filling
from tests.support.forms import FORM_IDS, Values, form, room
from xltools.form.model import Field, Form
from xltools.rules.diagnosis.equations import Equation, Figures, equations
from xltools.writing.department.inputs import capacities_for, cell_values

Plan = dict[str, float | None]


@dataclass(frozen=True)
class Slipped:
    """A filling with slips: the kinds planted, what the slipped figures were, and what the workbook says of it."""

    form_id: str
    kinds: tuple[str, ...]
    right: Plan
    values: Values
    figures: Figures


def figures_of(form_id: str, values: Values) -> Figures:
    """Return the figures of a filling with its rules as the engine shows them."""
    definition = form(form_id)
    layout = room().layout(definition, capacities_for(definition, values))
    model, _ = room().model(layout)
    states = model.evaluate(cell_values(layout, values))
    numbers = {f.name: _number(values.get(f.name)) for f in definition.fields}
    return Figures.standing(definition, layout, numbers, states, {f.name: None for f in definition.fields if f.locked})


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


# ── kinds ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _transposed(value: float, item: Field, dice: random.Random) -> float:
    digits = list(str(abs(round(value * 10**item.decimals))))
    at = dice.randrange(max(1, len(digits) - 1))
    if len(digits) > 1 and digits[at + 1] != "0":
        digits[at], digits[at + 1] = digits[at + 1], digits[at]
    return float(math.copysign(int("".join(digits)) / 10**item.decimals, value))


def _shifted(value: float, item: Field, dice: random.Random) -> float:
    factor = dice.choice((10, 100, 0.1, 0.01))
    shifted = round(value * factor, item.decimals)
    return shifted if factor > 1 or abs(shifted / factor - value) < 1e-9 * abs(value) else value


def _yuan(value: float, item: Field, dice: random.Random) -> float:
    return round(value * 10_000, 2) if item.type == "amount" and abs(value) >= 0.1 else value


def _negative(value: float, item: Field, dice: random.Random) -> float:
    return -value if item.minimum is None else value


_TYPED: dict[str, Callable[[float, Field, random.Random], float]] = {
    "digits": _transposed,
    "point": _shifted,
    "unit": _yuan,
    "sign": _negative,
}


def planted(kind: str, name: str, values: Plan, definition: Form, dice: random.Random) -> Plan:
    """Return the figures that a slip of this kind at this figure changes ({}: it cannot stand there)."""
    value, item = values.get(name), definition.field(name)
    lines = next((e.parts for e in equations(definition) if e.kind == "sum" and e.left == name), ())
    given = [n for n in lines if values.get(n)]
    rate = next((e for e in equations(definition) if e.kind == "rate" and e.left == name), None)
    if not value or item.locked:
        return {}
    if kind in _TYPED:
        return {name: _TYPED[kind](value, item, dice)}
    if kind in ("left_out", "twice") and given:
        part = values[dice.choice(given)] or 0.0
        return {name: round(value - part if kind == "left_out" else value + part, item.decimals)}
    if kind == "unfilled" and given:
        return {name: 0.0}
    if kind == "missing" and not item.required and not item.required_with:
        return {name: None}
    if kind in ("swapped", "copied"):
        other = _partner(kind, name, values, definition, dice)
        if other is not None:
            return {name: values[other], other: value} if kind == "swapped" else {name: values[other]}
    if rate is not None and kind in ("cut", "base", "inverted"):
        return {name: _rate(kind, rate, values, definition, dice)}
    return {}


def _partner(kind: str, name: str, values: Plan, definition: Form, dice: random.Random) -> str | None:
    item = definition.field(name)
    block = [f for f in definition.fields if f.section == item.section and f.is_input]
    at = block.index(item)
    if item.column:
        near = [f for f in block if (f.column == item.column and _next(f, item, block)) or f.row == item.row]
        near = [f for f in near if f.row != item.row or abs(block.index(f) % 3 - at % 3) == 1]
    else:
        near = block[max(0, at - 1) : at] + block[at + 1 : at + 2]
    sums = [e.parts for e in equations(definition) if e.kind == "sum" and name in e.parts]
    if kind == "swapped":
        near += [definition.field(n) for parts in sums for n in parts]
    fitting = [f.name for f in near if f.type == item.type and f is not item and not f.locked and values.get(f.name)]
    return dice.choice(fitting) if fitting else None


def _next(one: Field, other: Field, block: list[Field]) -> bool:
    rows = list(dict.fromkeys(f.row for f in block))
    return abs(rows.index(one.row) - rows.index(other.row)) == 1


def _rate(kind: str, rate: Equation, values: Plan, definition: Form, dice: random.Random) -> float | None:
    part, base = (values.get(n) or 0.0 for n in rate.parts)
    scale = 10**rate.decimals
    if not part or not base:
        return values[rate.left]
    if kind == "cut":
        return math.floor(part / base * 100 * scale) / scale
    if kind == "inverted":
        return round(base / part * 100, rate.decimals)
    section = definition.field(rate.parts[1]).section
    others = [f.name for f in definition.fields if f.section == section and f.type == "amount"]
    others = [n for n in others if n not in rate.parts and values.get(n)]
    return round(part / (values[dice.choice(others)] or 1.0) * 100, rate.decimals) if others else values[rate.left]


KINDS = (*_TYPED, "left_out", "twice", "unfilled", "missing", "swapped", "copied", "cut", "base", "inverted")


# ── cases ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def chains(form_id: str) -> list[list[str]]:
    """Return the figures of each linked component, the small ones left out."""
    found: list[set[str]] = []
    for equation in equations(form(form_id)):
        own = set(equation.fields)
        for other in [c for c in found if c & own]:
            own |= other
            found.remove(other)
        found.append(own)
    return [sorted(c) for c in found if len(c) > 4]


def cases(count: int, sizes: tuple[int, ...], seed: int, forms: tuple[str, ...] = FORM_IDS) -> Iterator[Slipped]:
    """Yield fillings with slips that all show: each breaks a rule, and without any of them a rule stays broken."""
    number = made = 0
    while made < count:
        number += 1
        form_id, size = forms[made % len(forms)], sizes[made % len(sizes)]
        case = _case(form_id, size, random.Random(f"{form_id}-{size}-{seed}-{number}"))
        if case is not None:
            made += 1
            yield case


def _needed(figures: Figures, steps: list[Plan]) -> bool:
    """True when no fewer of the slips, undone, would do."""
    rules = (*figures.broken.values(), *figures.passing.values())
    for count in range(1, len(steps)):
        for some in combinations(steps, count):
            values = figures.values | {n: v for step in some for n, v in step.items()}
            if all(e.holds(values) for e in rules):
                return False
    return True


def _case(form_id: str, size: int, dice: random.Random) -> Slipped | None:
    definition, clean = form(form_id), filling(form_id, dice)
    numbers: Plan = {f.name: _number(clean.get(f.name)) for f in definition.fields}
    chain = dice.choice(chains(form_id))
    kinds: list[str] = []
    changes: Plan = {}
    steps: list[Plan] = []
    for _ in range(40):
        kind, name = dice.choice(KINDS), dice.choice(chain)
        if kind == "swapped" and "swapped" in kinds:
            continue
        made = planted(kind, name, numbers, definition, dice)
        if not made or not changes.keys().isdisjoint(made) or all(numbers[n] == v for n, v in made.items()):
            continue
        if not figures_of(form_id, clean | made).broken:
            continue
        kinds.append(kind)
        steps.append({n: numbers[n] for n in made})
        changes |= made
        if len(kinds) == size:
            figures = figures_of(form_id, clean | changes)
            right = {n: numbers[n] for n in changes}
            judged = set(figures.broken) | set(figures.passing)
            everything = figures_of(form_id, clean)
            shows = figures.broken and set(everything.passing) == judged and not everything.broken
            return (
                Slipped(form_id, tuple(kinds), right, clean | changes, figures)
                if shows and _needed(figures, steps)
                else None
            )
    return None
