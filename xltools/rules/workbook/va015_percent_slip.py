"""VA015: a fraction where percent is asked, or percent of percent (suspected)."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.values import Figure, Typed
from xltools.form import model as m
from xltools.form.address import Ref
from xltools.form.layout import Key
from xltools.intake.submission import Reading
from xltools.rules.context import RuleContext
from xltools.rules.diagnosis.equations import equations, rounded

CARD = Card(
    code="VA015",
    level="confirm",
    name=Pair("疑似百分数与小数混淆", "Probably a fraction instead of percent"),
    what=Pair(
        "百分数是否按小数填列（0.9553），或漏了小数点（9553）。",
        "Whether a percentage was entered as a fraction (0.9553) or without its decimal point (9553).",
    ),
    why=Pair(
        "表格里 95.53 表示 95.53%，填成 0.9553 就成了不到 1%。",
        "In the form 95.53 means 95.53 %; 0.9553 would be less than 1 %.",
    ),
    basis=Pair("填表说明：比率以百分数填写", "The form's instructions: rates in percent."),
    says=Pair("{label}填的是{there}，疑似应为 {right}", "{label} is {there}, probably meant as {right}"),
    fix=Pair("请改为百分数，如 95.53 表示 95.53%。", "Enter percent: 95.53 means 95.53 %."),
    example=Pair("支出率填成 0.9553。", "The rate of expenditure is 0.9553."),
    may_lead="confirm",
)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per percentage that, a hundred times larger or smaller, would fit."""
    for reading in ctx.numbers:
        item, value = reading.item, reading.value
        if not isinstance(value, int | float) or value == 0:
            continue
        right, unit = None, item.unit
        if item.type == "percent":
            right = (_of_field if reading.key.row < 0 else _of_row)(ctx, reading, float(value))
        elif reading.unit == "%" and not reading.habits:
            right, unit = _of_indicator(ctx, reading, float(value)), reading.unit
        if right is not None:
            yield ctx.say(
                CARD,
                reading.ref,
                ctx.label(reading.key),
                {"there": Typed(value), "right": Figure(right, min(item.decimals, 2), unit)},
                stated=value,
                expected=right,
            )


def _of_field(ctx: RuleContext, reading: Reading, value: float) -> float | None:
    """A rule decides; where none could be judged, a share below 1 % that is no whole number is doubtful."""
    name, sums = reading.key.field, ctx.sums
    own = [e.code for e in equations(ctx.submission.form) if e.kind == "rate" and e.left == name]
    for right in (round(value * 100, 6), round(value / 100, 6)):
        if any(code in own for code in sums.effect({name: right})):
            return right
    for code in own:
        if code in sums.broken and 0 < value <= 1:
            meant = rounded(sums.broken[code].sides(sums.values)[1], reading.item.decimals)
            digits = len(repr(value).partition(".")[2])
            if abs(value * 100 - meant) <= 50 * 10.0**-digits:  # a fraction cut to the digits that were typed
                return meant
    judged = any(code in sums.passing or code in sums.broken for code in own)
    return round(value * 100, 6) if not judged and 0 < value < 1 else None


def _of_row(ctx: RuleContext, reading: Reading, value: float) -> float | None:
    """In a table: a share below 1 that breaks its row's rule, or that no rule judged."""
    if not 0 < value <= 1:
        return None
    sub = ctx.submission
    states = []
    for rule in sub.form.rules:
        if rule.table == reading.key.field and rule.at == reading.key.column:
            span = sub.layout.spans[rule.table, rule.code]
            states.append(ctx.values.get(Ref(span.sheet, span.first + reading.key.row, span.column)))
    return round(value * 100, 6) if not states or any(s in m.FIRES for s in states) else None


_NEAR, _AT_MOST = (0.5, 2.0), (0.8, 1.25)
"""How near a hundredfold must come to the row's other figure; nearer where staying below the target is good."""


def _of_indicator(ctx: RuleContext, reading: Reading, value: float) -> float | None:
    """In a row of percentages: a bare fraction a hundred times smaller than the row's other figure. A small figure by
    itself is no slip: 0.945 % exists."""
    key = reading.key
    measured = ctx.submission.form.indicators_in(key.field)
    if measured is None or not 0 < value <= 2:
        return None
    column = measured.target if key.column == measured.actual else measured.actual
    other = ctx.submission.readings.get(Key(key.field, key.row, column))
    beside = None if other is None or isinstance(other.value, bool) else other.value
    direction = ctx.submission.readings.get(Key(key.field, key.row, measured.direction))
    low, high = _AT_MOST if direction is not None and direction.value == "≤" else _NEAR
    if isinstance(beside, int | float) and beside >= 10 and low <= value * 100 / beside <= high:
        return round(value * 100, 6)
    return None
