"""VA014: an amount in yuan where ten thousands of yuan are asked (suspected)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from statistics import median

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.texts import figure
from xltools.findings.values import Figure
from xltools.form.layout import Key
from xltools.rules.context import RuleContext

CARD = Card(
    code="VA014",
    level="confirm",
    name=Pair("疑似按元填列", "Probably in yuan"),
    what=Pair(
        "金额是否大出一万倍：改小一万倍后审核公式成立，比各项总计的一般水平大一千倍以上，或人均高得不可能（全表按元填列）。",
        "Whether an amount is ten thousand times too large: a rule holds when it is made smaller, it is a thousand times beyond the other totals, or the amount a head is impossible (everything is in yuan).",
    ),
    why=Pair(
        "表格以万元为单位，按元填列会使合计和汇总数放大一万倍。",
        "The form is in ten thousands of yuan; an amount in yuan makes totals ten thousand times larger.",
    ),
    basis=Pair("表格单位：万元", "The form's unit: ten thousand yuan."),
    says=Pair(
        "{label}填的是 {there}，疑似按元填列，折合 {shrunk}（{why}{more}）",
        "{label} is {there}, probably yuan instead of ten thousands: {shrunk} ({why}{more})",
    ),
    fix=Pair("请核对单位；确实无误的，联系财政部门说明。", "Check the unit; tell the bureau if it is right."),
    example=Pair("项目支出 280.03 万元，填成 2800300。", "Project expenditure of 280.03 is entered as 2800300."),
    may_lead="confirm",
)
TEN_THOUSAND, FAR = 10_000, 1_000
_MORE = Pair("；这样填的共 {count} 项", "; {count} such figures")
_BY_RULES = Pair("改后有 {count} 条审核公式成立", "{count} rules would hold")
_BY_PEERS = Pair("其余总计一般为 {level}", "the other totals are around {level}")
_BY_HEADS = Pair("人均 {level}", "{level} a head")


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per amount, or per block of amounts, that is ten thousand times too large."""
    if "万元" not in ctx.submission.form.unit:
        return
    suspects = dict(_by_heads(ctx))
    if not suspects:
        suspects = dict(_by_rules(ctx))
        covered = {name for names in suspects for name in names}
        suspects |= {(name,): why for name, why in _by_peers(ctx) if name not in covered}
    for names, why in suspects.items():
        key = Key(names[0])
        reading = ctx.submission.readings[key]
        value = float(ctx.sums.values[names[0]] or 0)
        item = reading.item
        yield ctx.say(
            CARD,
            reading.ref,
            ctx.label(key),
            {
                "there": Figure(value, item.decimals, item.unit),
                "shrunk": Figure(value / TEN_THOUSAND, item.decimals, item.unit),
                "why": why,
                "more": _MORE.format(count=len(names)) if len(names) > 1 else "",
            },
            stated=value,
            expected=round(value / TEN_THOUSAND, item.decimals),
            related=tuple(ctx.related(Key(n)) for n in names[1:]),
        )


def _by_heads(ctx: RuleContext) -> Iterator[tuple[tuple[str, ...], Pair]]:
    """Yield all amounts of a workbook whose amount a head is impossible, and possible ten thousand times smaller:
    where everything is in yuan, every rule on that amount holds."""
    form, sums = ctx.submission.form, ctx.sums
    if form.per_head_field is None or form.per_head_most is None:
        return
    if any(form.per_head_field in equation.fields for equation in sums.broken.values()):
        return  # it is the amount alone
    amount, people = (
        sums.values.get(form.per_head_field) or 0.0,
        sum(sums.values.get(n) or 0.0 for n in form.head_fields),
    )
    if people <= 0 or not form.per_head_most < amount / people <= form.per_head_most * TEN_THOUSAND:
        return
    others = sums.amounts(f.name for f in form.fields if f.is_input and not f.locked and f.name != form.per_head_field)
    if len(others) >= 2 and median(map(abs, others.values())) >= FAR:
        yield (
            (form.per_head_field, *others),
            _BY_HEADS.format(level=figure(amount / people, 2, form.unit)),
        )


def _by_rules(ctx: RuleContext) -> Iterator[tuple[tuple[str, ...], Pair]]:
    """Yield the amounts that, ten thousand times smaller, make a broken rule hold and break none."""
    sums = ctx.sums
    done: set[str] = set()
    blocks = [(n,) for n in sums.values] + [
        tuple(f.name for f in ctx.submission.form.fields if f.section == s.name) for s in ctx.submission.form.sections
    ]
    if not sums.broken:
        return
    for block in blocks:
        found = {n: v for n, v in sums.amounts(block).items() if ctx.submission.form.field(n).is_input}
        if not found or done & found.keys() or not any(abs(v) >= FAR for v in found.values()):
            continue
        mends = sums.effect({n: round(v / TEN_THOUSAND, 6) for n, v in found.items()})
        telling = [c for c in mends if _tells(ctx, c, found) and (sums.broken[c].op == "=" or _far_apart(ctx, c))]
        if telling:
            done |= found.keys()
            yield tuple(found), _BY_RULES.format(count=len(mends))


def _tells(ctx: RuleContext, code: str, scaled: Collection[str]) -> bool:
    """True when some amount of the rule keeps its size: a rule whose amounts all shrink says nothing about units."""
    return not ctx.sums.amounts(ctx.sums.broken[code].fields).keys() <= set(scaled)


def _far_apart(ctx: RuleContext, code: str) -> bool:
    """True when the sides of an inequality are far enough apart for a slip of units (not just an excess)."""
    left, right = ctx.sums.broken[code].sides(ctx.sums.values)
    return right != 0 and abs(left / right) >= FAR


def _by_peers(ctx: RuleContext) -> Iterator[tuple[str, Pair]]:
    """Yield the amounts a thousand times beyond the form's totals, whose own size says what is usual here."""
    sums, form = ctx.sums, ctx.submission.form
    totals = sums.amounts(form.total_fields)
    for name, value in sums.amounts(f.name for f in form.fields if f.is_input).items():
        peers = [abs(v) for n, v in totals.items() if n != name]
        if len(peers) >= 2 and abs(value) >= FAR * median(peers):
            level = figure(median(peers), 2, form.unit)
            yield name, _BY_PEERS.format(level=level)
