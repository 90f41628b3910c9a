"""VA009: a date that belongs to another year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.rules.context import RuleContext

CARD = Card(
    code="VA009",
    level="confirm",
    name=Pair("日期不在合理的年份", "A date of another year"),
    what=Pair(
        "日期是否在被评价的年度或其后一年之内；填报日期是否在年度结束以后。",
        "Whether a date lies in the year under evaluation or the year after, and the date of filling in after its end.",
    ),
    why=Pair(
        "年份不对，多半是沿用了往年的表格，或者年份按错了键。",
        "A wrong year is mostly left over from an earlier form, or a slip of the keys.",
    ),
    basis=Pair("绩效自评在被评价年度的次年进行", "The evaluation takes place in the year after the one evaluated."),
    says=Pair("{label}为 {there}，应在 {when}", "{label} is {there}, expected {when}"),
    fix=Pair("请核对日期的年份。", "Check the year of the date."),
    example=Pair("2023 年度的表格，填报日期写成 2042-03-20。", "In the form of 2023 the date is 2042-03-20."),
    may_lead="confirm",
)

_WITHIN = Pair("{first} 年或 {last} 年", "in {first} or {last}")
_AFTER = Pair("{last} 年（{year} 年度结束以后）", "in {last}, after the end of {year}")


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per date outside the year under evaluation and the year after it; what is written after the
    year's end lies in the year after."""
    form = ctx.submission.form
    for reading in ctx.own:
        if not isinstance(reading.value, date):
            continue
        after = reading.key.field in form.plausible.common.written_after
        first = form.year + 1 if after else form.year
        if not first <= reading.value.year <= form.year + 1:
            when = (
                _AFTER.format(year=form.year, last=form.year + 1)
                if after
                else _WITHIN.format(first=first, last=first + 1)
            )
            yield ctx.say(
                CARD,
                reading.ref,
                ctx.label(reading.key),
                {"there": reading.value.isoformat(), "when": when},
                stated=reading.value.isoformat(),
            )
