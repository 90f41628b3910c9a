"""VA024: a rate is stated whose base is 0."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.values import Value
from xltools.form.layout import Key
from xltools.rules.context import RuleContext
from xltools.rules.diagnosis.equations import equations

CARD = Card(
    code="VA024",
    level="confirm",
    name=Pair("分母为 0，却填了比率", "A rate of nothing"),
    what=Pair(
        "分母填的是 0 的比率（支出率、采购份额），是否填了不为 0 的数。",
        "Whether a rate whose base is 0 (of spending, of procurement) is stated as another number than 0.",
    ),
    why=Pair("分母为 0 没有比率可算，多半是分母或比率填错。", "There is no rate of 0: the base or the rate is a slip."),
    basis=Pair("比率的定义；分母为 0 的，不可比", "What a rate is: of 0 there is none."),
    says=Pair(
        "{label}填的是 {there}，而分母“{base}”为 0，没有比率可算",
        "{label} is {there}, but its base “{base}” is 0: there is no rate",
    ),
    fix=Pair("请核对分母；分母确为 0 的，比率留空或填“—”。", "Check the base; where it is 0, leave the rate blank."),
    example=Pair("全年预算数为 0，支出率填 96.75。", "A budget of 0 and a rate of 96.75."),
    since="0.4.0",
    may_lead="confirm",
)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per stated rate of a rule whose base is given as 0."""
    sub = ctx.submission
    told: set[str] = set()
    for equation in equations(sub.form):
        if equation.kind != "rate" or equation.left in told:
            continue
        rate, base = (sub.readings.get(Key(name)) for name in (equation.left, equation.parts[1]))
        if rate is None or base is None or base.value != 0 or not isinstance(rate.value, int | float) or not rate.value:
            continue
        told.add(equation.left)
        values: dict[str, Value] = {"there": f"{rate.value:.15g}%", "base": ctx.label(base.key)}
        yield ctx.say(CARD, rate.ref, ctx.label(rate.key), values, stated=rate.value)
