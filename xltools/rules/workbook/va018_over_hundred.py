"""VA018: a share of a whole above 100 %."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.form import model as m
from xltools.rules.context import RuleContext
from xltools.rules.indicators import indicators

CARD = Card(
    code="VA018",
    level="confirm",
    name=Pair("满意度、合格率等超过 100%", "A satisfaction or share above 100 %"),
    what=Pair(
        "满意度、合格率、覆盖率等占总体的比率是否超过 100%。",
        "Whether a share of a whole (satisfaction, passes, coverage) is above 100 %.",
    ),
    why=Pair("部分不能大于总体，超过 100% 多半是填错。", "A part is never more than the whole; it is mostly a slip."),
    basis=Pair(
        "指标的含义；名称中的字词见 plausible.toml", "What the indicator means; its words stand in plausible.toml."
    ),
    says=Pair("{label}为 {there}，这类比率不超过 100%", "{label} is {there}; such a share is at most 100 %"),
    fix=Pair("请核对后改正；确实如此的，写明原因。", "Check and correct it; say why where it is right."),
    fix_coordinator=Pair(
        "请部门核对后改正；确实如此的，可以豁免并写明理由。",
        "Let the department check it; waive it with a reason where it is right.",
    ),
    example=Pair("服务对象满意度填成 200%。", "A satisfaction of 200 %."),
    since="0.3.0",
    may_lead="confirm",
)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per target or actual above 100 % in a row whose name says that it is a share; of a name that
    only looks like one the target is said, as 提示."""
    common = ctx.submission.form.plausible.common
    for row in indicators(ctx):
        share = row.named(common.shares)
        if row.named(common.signed) or not (share or (row.ends(common.rates) and not row.named(common.unbounded))):
            continue
        for reading in (row.target, row.actual) if share else (row.target,):
            if reading is not None and reading.unit == "%" and row.number(reading) > 100:
                there, label = f"{row.number(reading):.15g}%", ctx.label(reading.key)
                level: m.Level = CARD.level if share else "notice"
                yield ctx.say(CARD, reading.ref, label, {"there": there}, level, stated=row.number(reading))
