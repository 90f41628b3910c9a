"""Amounts of one workbook that stand in another unit than the form's: found by relations inside the workbook."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations
from statistics import median
from typing import NamedTuple

from xltools.bilingual import Pair
from xltools.findings.texts import figure
from xltools.form.layout import Key
from xltools.rules.context import RuleContext
from xltools.rules.diagnosis.equations import Equation
from xltools.rules.slipped_units import HUNDRED_MILLION, TEN_THOUSAND, THOUSANDS, YUAN, Slip, slip_between

FAR = 1_000
"""How far beyond what is usual an amount is doubtful by itself."""
MOST_TOGETHER, FEW_PIECES = 4, 10
"""So many groups of amounts are tried together; of more than a few groups only two."""
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
    whole = next(chain(_by_heads(ctx), _in_thousands(ctx), _by_sent(ctx)), None)
    found = list(_by_rules(ctx))
    if whole is not None:
        base = next((s for s in found if whole.names[0] in s.names and s.slip == whole.slip), None)
        return [whole if base is None else whole._replace(names=_without_contradicted(ctx, whole, base))]
    covered = {name for suspect in found for name in suspect.names}
    for suspect in (*_by_bounds(ctx), *_blocks(ctx, _by_peers(ctx))):
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


def _in_thousands(ctx: RuleContext) -> Iterator[Suspect]:
    """Yield all amounts of a workbook whose amount a head nobody is paid, and somebody is at a tenth of it. Ten times
    too much is not much: counted are only those whom the department pays, at least as many as it has posts for."""
    form, values = ctx.submission.form, ctx.sums.values
    limit = next((h for h in form.plausible.heads if values.get(h.field)), None)
    if limit is None or any(limit.field in equation.fields for equation in ctx.sums.broken.values()):
        return
    paid = sum(values.get(n) or 0.0 for n in limit.heads) - sum(values.get(n) or 0.0 for n in limit.apart)
    people, own = max(paid, values.get(limit.posts or "") or 0.0), _own(ctx)
    others = [n for n in own if n != limit.field]
    if people <= 0 or limit.field not in own or len(others) < 2:
        return
    each = own[limit.field] / people
    if limit.beyond < each <= limit.beyond * THOUSANDS.factor:
        yield Suspect((limit.field, *others), THOUSANDS, _BY_HEADS.format(level=figure(each, 2, form.unit)))


def _by_rules(ctx: RuleContext) -> Iterator[Suspect]:
    """Yield the blocks of amounts that, ten thousand times smaller, make a broken rule hold and break none."""
    own = _own(ctx) if ctx.sums.broken else {}
    pieces = [p for p in _tied(ctx, own) if any(abs(own[n]) >= FAR for n in p)]
    while pieces and (best := _best(ctx, own, pieces)) is not None:
        pieces = [p for p in pieces if not p <= best.keys()]
        mends = ctx.sums.effect(best)
        yield Suspect(tuple(n for n in own if n in best), YUAN, _BY_RULES.format(count=len(mends)))


def _without_contradicted(ctx: RuleContext, whole: Suspect, base: Suspect) -> tuple[str, ...]:
    """Return the amounts of a workbook in another unit without those that the rules show to stand in the form's: the
    rules on `base` would not hold if they shrank too; and without small ones that nothing ties to it."""
    own = _own(ctx)
    shrunk = {n: round(own[n] / TEN_THOUSAND, 6) for n in base.names}
    mends, names = ctx.sums.effect(shrunk), set(base.names)
    for piece in _tied(ctx, own):
        more = shrunk | {n: round(own[n] / TEN_THOUSAND, 6) for n in piece}
        if any(abs(own[n]) >= FAR for n in piece) and mends <= ctx.sums.effect(more):
            names |= piece
    return tuple(n for n in whole.names if n in names)


def _tied(ctx: RuleContext, own: Mapping[str, float]) -> list[frozenset[str]]:
    """Return the amounts in groups that stand in one unit, whichever: an equality that holds ties its figures."""
    groups = {name: frozenset((name,)) for name in own}
    for equation in ctx.sums.passing.values():
        names = [n for n in equation.fields if n in own] if equation.op == "=" else []
        one = frozenset[str]().union(*(groups[n] for n in names))
        groups |= dict.fromkeys(one, one)
    return list(dict.fromkeys(groups.values()))


def _best(ctx: RuleContext, own: Mapping[str, float], pieces: list[frozenset[str]]) -> dict[str, float] | None:
    """Return what tells most, of the groups and of those that meet in broken rules: its amounts in the form's unit."""
    meeting = [frozenset(e.fields) for e in ctx.sums.broken.values()]
    found: list[tuple[int, int, dict[str, float]]] = []
    most = MOST_TOGETHER if len(pieces) <= FEW_PIECES else 2
    for size in range(1, most + 1):
        for chosen in combinations(pieces, size):
            if not _meet(chosen, meeting):
                continue
            shrunk = {n: round(own[n] / TEN_THOUSAND, 6) for piece in chosen for n in piece}
            mends = ctx.sums.effect(shrunk)
            if any(_tells(ctx, c, shrunk) and (ctx.sums.broken[c].op == "=" or _far_apart(ctx, c)) for c in mends):
                found.append((len(mends), -len(shrunk), shrunk))
    return max(found, key=lambda one: one[:2])[2] if found else None


def _meet(chosen: Sequence[frozenset[str]], meeting: Sequence[frozenset[str]]) -> bool:
    """True when the groups hang together by the rules that are broken: two slips far from each other are no block."""
    joined, rest = chosen[0], list(chosen[1:])
    while rest:
        touching = frozenset[str]().union(*(m for m in meeting if not m.isdisjoint(joined)))
        near = [p for p in rest if not p.isdisjoint(touching)]
        if not near:
            return False
        joined = joined.union(*near)
        rest = [p for p in rest if p not in near]
    return True


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


def _blocks(ctx: RuleContext, found: Iterable[Suspect]) -> Iterator[Suspect]:
    """Yield the suspects of one section of the form as one block."""
    sections: dict[str, list[Suspect]] = {}
    for suspect in found:
        sections.setdefault(ctx.submission.form.field(suspect.names[0]).section, []).append(suspect)
    for first, *others in sections.values():
        yield first._replace(names=(*first.names, *(n for s in others for n in s.names)))


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
