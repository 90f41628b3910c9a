"""Damages that VA014 must tell: an amount in yuan where ten thousands of yuan are asked (suspected)."""

from __future__ import annotations

from tests.support.acts import given, set_field
from tests.support.stage import NotHere, Result, Stage, damage, first, spot
from xltools.rules.diagnosis.equations import equations


@damage("VA014", "part of a sum")
def _(s: Stage) -> Result:
    part = first(p for e in s.sums() for p in s.free_parts(e) if s.values[p] >= 0.5)
    return set_field(s, part, s.values[part] * 10_000, "VA014")


@damage("VA014", "total")
def _(s: Stage) -> Result:
    total = first(e.left for e in s.sums() if s.values[e.left] >= 0.5 and given(s, e.parts))
    return set_field(s, total, s.values[total] * 10_000, "VA014")


@damage("VA014", "base of a rate")
def _(s: Stage) -> Result:
    base = first(e.parts[1] for e in s.sums("rate") if s.values.get(e.parts[1]))
    return set_field(s, base, s.values[base] * 10_000, "VA014")


@damage("VA014", "the whole workbook")
def _(s: Stage) -> Result:
    """Everything in yuan, so every rule holds; what the bureau had filled in stays as it was."""
    name, most = s.form.per_head_field, s.form.per_head_most
    people = sum(s.values.get(n) or 0 for n in s.form.head_fields)
    if name is None or most is None or (s.values.get(name) or 0) / people * 10_000 <= most:  # too small to be told
        raise NotHere
    for item in s.form.fields:
        if (
            item.type == "amount"
            and item.is_input
            and not item.locked
            and isinstance(s.values.get(item.name), int | float)
        ):
            s.values[item.name] = round(s.values[item.name] * 10_000)
    return None, spot("VA014", s.at(name))


@damage("VA014", "a block beyond what limits it")
def _(s: Stage) -> Result:
    """All its figures in yuan, so its own sums and limits hold."""
    for bound in s.form.plausible.bound:
        filled = [n for n in bound.fields if s.values.get(n)]
        limit = next((s.values[n] for n in bound.by if s.values.get(n)), 0)
        linked = {n for e in equations(s.form) for n in e.fields if not e.code.startswith("PR")} & set(filled)
        largest = max((s.values[n] for n in filled), default=0) * 10_000
        if limit and largest > limit * bound.times and largest >= 1_000 and bound.fields[0] in filled and not linked:
            for name in filled:
                s.values[name] = round(s.values[name] * 10_000)
            return None, spot("VA014", s.at(filled[0]))
    raise NotHere
