"""What the figures of a form are to each other: what adds up to what, what stands beside what, what is carried over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xltools.form import model as m
from xltools.rules.diagnosis.equations import Equation, equations


@dataclass(frozen=True, slots=True)
class Relations:
    """The roles of a form's figures, as its equations and sections tell them. Every mapping is by field name."""

    of: dict[str, tuple[Equation, ...]]  # the equations that read a figure
    lines: dict[str, tuple[str, ...]]  # a total's own lines
    below: dict[str, tuple[str, ...]]  # its lines at any depth
    above: dict[str, tuple[str, ...]]  # the totals over a line, from the nearest upwards
    beside: dict[str, tuple[str, ...]]  # the inputs next to it, of its type
    partners: dict[str, tuple[str, ...]]  # the inputs that it may have changed places with
    carried: tuple[str, ...]  # what comes from last year's workbook


_KNOWN: dict[tuple[str, str], Relations] = {}


def relations(form: m.Form) -> Relations:
    """Return the roles of the form's figures (found once a form)."""
    key = (form.id, form.digest)
    if key not in _KNOWN:
        _KNOWN[key] = _relations(form)
    return _KNOWN[key]


def _relations(form: m.Form) -> Relations:
    known = equations(form)
    of: dict[str, tuple[Equation, ...]] = {}
    for equation in known:
        for name in equation.fields:
            of[name] = (*of.get(name, ()), equation)
    lines = {e.left: e.parts for e in reversed(known) if e.kind == "sum" and e.op == "="}
    inputs = {f.name: f for f in form.fields if f.is_input and f.numeric and not f.locked}
    beside = {name: tuple(_beside(form, item, inputs)) for name, item in inputs.items()}
    return Relations(
        of,
        lines,
        {total: tuple(_below(total, lines)) for total in lines},
        {line: tuple(_above(line, lines)) for line in of},
        beside,
        {name: _partners(name, beside, of, lines, inputs) for name in inputs},
        tuple(f.name for f in form.fields if f.previous and f.name in inputs and f.type == "amount"),
    )


def _below(total: str, lines: dict[str, tuple[str, ...]]) -> Iterator[str]:
    for line in lines.get(total, ()):
        yield line
        yield from _below(line, lines)


def _above(line: str, lines: dict[str, tuple[str, ...]]) -> Iterator[str]:
    for total, parts in lines.items():
        if line in parts:
            yield total
            yield from _above(total, lines)
            return


def _beside(form: m.Form, item: m.Field, inputs: dict[str, m.Field]) -> Iterator[str]:
    """Yield the inputs above and below it, and in a grid those left and right of it."""
    block = [f for f in form.fields if f.section == item.section and f.name in inputs]
    if not item.column:
        at = block.index(item)
        near = block[max(0, at - 1) : at] + block[at + 1 : at + 2]
    else:
        section = next(s for s in form.sections if s.name == item.section)
        rows = list(dict.fromkeys(f.row for f in block))
        place = {f.name: (rows.index(f.row), section.grid.index(f.column)) for f in block}
        row, column = place[item.name]
        near = [f for f in block if abs(place[f.name][0] - row) + abs(place[f.name][1] - column) == 1]
    yield from (f.name for f in near if f.type == item.type)


def _partners(
    name: str,
    beside: dict[str, tuple[str, ...]],
    of: dict[str, tuple[Equation, ...]],
    lines: dict[str, tuple[str, ...]],
    inputs: dict[str, m.Field],
) -> tuple[str, ...]:
    """Return its neighbours, the figures that some rule reads together with it, those that add up to the same total at
    any depth, its like in another block (budget and final), and what it opened or closed the year with."""
    own, found = inputs[name], dict.fromkeys(beside[name])
    for equation in of.get(name, ()):
        found |= dict.fromkeys(equation.fields)
    for total in _above(name, lines):
        found |= dict.fromkeys(_below(total, lines))
    for other, item in inputs.items():
        carried = other == own.previous or name == item.previous
        if carried or (item.label == own.label and item.section != own.section):
            found[other] = None
    return tuple(n for n in found if n != name and n in inputs and inputs[n].type == own.type)
