"""Amounts of one workbook that stand in another unit than the form's: found by relations inside the workbook."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import chain
from statistics import median
from typing import NamedTuple

from xltools.bilingual import Pair
from xltools.findings.texts import figure
from xltools.form.layout import Key
from xltools.rules.context import RuleContext
from xltools.rules.diagnosis.equations import Equation, equations
from xltools.rules.slipped_units import HUNDRED_MILLION, TEN_THOUSAND, YUAN, Slip, slip_between

FAR = 1_000
"""How far beyond what is usual an amount is doubtful by itself."""
_BY_RULES = Pair("改后有 {count} 条审核公式成立", "{count} rules would hold")
_BY_PEERS = Pair("其余总计一般为 {level}", "the other totals are around {level}")
_BY_HEADS = Pair("人均 {level}", "{level} a head")
_BY_SENT = Pair("财政部门的数为 {level}", "the bureau's figure is {level}")
_BY_BOUND = Pair("“{label}”只有 {level}", "“{label}” is only {level}")


class Suspect(NamedTuple):
    """Amounts that stand in one other unit, and by what that shows."""

    names: tuple[str, ...]
    slip: Slip
    why: Pair


def suspects(ctx: RuleContext) -> list[Suspect]:
    """Return what is suspected: the whole workbook, or single amounts and blocks. What the bureau locked or prefilled
    is never suspected."""
    whole = next(chain(_by_heads(ctx), _by_sent(ctx)), None)
    if whole is not None:
        return [whole]
    found = list(_by_rules(ctx))
    covered = {name for suspect in found for name in suspect.names}
    for suspect in (*_by_bounds(ctx), *_by_peers(ctx)):
        if covered.isdisjoint(suspect.names):
            covered |= set(suspect.names)
            found.append(suspect)
    return found


def _own(ctx: RuleContext) -> dict[str, float]:
    """Return the amounts that the department gave."""
    form, sent = ctx.submission.form, ctx.sums.sent
    return ctx.sums.amounts(f.name for f in form.fields if f.is_input and not f.locked and f.name not in sent)


def _by_sent(ctx: RuleContext) -> Iterator[Suspect]:
    """Yield all amounts where a figure that must equal the bureau's is another unit's, and nothing else is wrong with
    it: then it did not slip alone."""
    own, form = _own(ctx), ctx.submission.form
    for equation in ctx.sums.broken.values():
        right = ctx.sums.values.get(equation.parts[0]) if equation.kind == "same" and equation.op == "=" else None
        if equation.left not in own or not right or not form.field(equation.parts[0]).locked:
            continue
        slip = slip_between(own[equation.left], right)
        alone = [e for e in ctx.sums.broken.values() if equation.left in e.fields and e is not equation]
        if slip is not None and not alone and len(own) > 2:
            names = (equation.left, *(n for n in own if n != equation.left))
            yield Suspect(names, slip, _BY_SENT.format(level=figure(right, 2, form.unit)))


def _by_heads(ctx: RuleContext) -> Iterator[Suspect]:
    """Yield all amounts of a workbook whose amount a head is impossible, and possible in the form's unit: where
    everything is in another unit, every rule on that amount holds."""
    form, sums, common = ctx.submission.form, ctx.sums, ctx.submission.form.plausible.common
    people = sum(sums.values.get(n) or 0.0 for n in form.head_fields)
    name = form.per_head_field
    if name is not None and not sums.values.get(name) and common.per_head_else:
        name = common.per_head_else
    if name is None or form.per_head_most is None or people <= 0:
        return
    if any(name in equation.fields for equation in sums.broken.values()):
        return  # it is the amount alone
    own = _own(ctx)
    each, others = own.get(name, 0.0) / people, {n: v for n, v in own.items() if n != name}
    slip = None
    if form.per_head_most < each <= form.per_head_most * TEN_THOUSAND:
        slip = YUAN if len(others) >= 2 and median(map(abs, others.values())) >= FAR else None
    elif 0 < each < common.per_head_least and name == form.per_head_field and len(others) >= 2:
        slip = HUNDRED_MILLION
    if slip is not None:
        yield Suspect((name, *others), slip, _BY_HEADS.format(level=figure(each, 4 if each < 1 else 2, form.unit)))


def _by_rules(ctx: RuleContext) -> Iterator[Suspect]:
    """Yield the amounts that, ten thousand times smaller, make a broken rule hold and break none."""
    sums, form = ctx.sums, ctx.submission.form
    done: set[str] = set()
    own = _own(ctx) if sums.broken else {}
    blocks = [(n,) for n in own] + [tuple(f.name for f in form.fields if f.section == s.name) for s in form.sections]
    blocks += [e.fields for e in equations(form) if e.kind == "sum" and e.op == "="]  # a total and its lines: a column
    for block in blocks:
        found = {n: own[n] for n in block if n in own}
        if not found or done & found.keys() or not any(abs(v) >= FAR for v in found.values()):
            continue
        mends = sums.effect({n: round(v / TEN_THOUSAND, 6) for n, v in found.items()})
        telling = [c for c in mends if _tells(ctx, c, found) and (sums.broken[c].op == "=" or _far_apart(ctx, c))]
        if telling:
            done |= found.keys()
            yield Suspect(tuple(found), YUAN, _BY_RULES.format(count=len(mends)))


def _tells(ctx: RuleContext, code: str, scaled: Collection[str]) -> bool:
    """True when some amount of the rule keeps its size: a rule whose amounts all shrink says nothing about units."""
    return not ctx.sums.amounts(ctx.sums.broken[code].fields).keys() <= set(scaled)


def _far_apart(ctx: RuleContext, code: str) -> bool:
    """True when the sides of an inequality are far enough apart for a slip of units (not just an excess)."""
    equation: Equation = ctx.sums.broken[code]
    left, right = equation.sides(ctx.sums.values)
    return right != 0 and abs(left / right) >= FAR


def _by_bounds(ctx: RuleContext) -> Iterator[Suspect]:
    """Yield the blocks that are far beyond what limits them, and within it ten thousand times smaller."""
    own, form = _own(ctx), ctx.submission.form
    for bound in form.plausible.bound:
        block: Mapping[str, float] = {n: own[n] for n in bound.fields if n in own}
        limit = next((n for n in bound.by if (ctx.sums.values.get(n) or 0.0) > 0 and n not in block), None)
        if not block or limit is None:
            continue
        most, largest = float(ctx.sums.values[limit] or 0.0), max(block.values())
        if most * bound.times < largest <= most * bound.times * TEN_THOUSAND and largest >= FAR:
            level = figure(most, 2, form.unit)
            yield Suspect(tuple(block), YUAN, _BY_BOUND.format(label=ctx.label(Key(limit)), level=level))


def _by_peers(ctx: RuleContext) -> Iterator[Suspect]:
    """Yield the amounts a thousand times beyond the form's totals, whose own size says what is usual here."""
    form = ctx.submission.form
    totals = ctx.sums.amounts(form.total_fields)
    own = _own(ctx)
    usual = median([abs(v) for v in own.values() if v] or [0.0])  # where most are so large, the few are the slips
    for name, value in own.items():
        peers = [abs(v) for n, v in totals.items() if n != name]
        if len(peers) >= 2 and abs(value) >= FAR * max(usual, median(peers)):
            yield Suspect((name,), YUAN, _BY_PEERS.format(level=figure(median(peers), 2, form.unit)))
