"""KQ013: the form asks for satisfaction, and no indicator is about it."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.rules.quality.context import QualityContext

CARD = Card(
    code="KQ013",
    level="notice",
    name=Pair("缺少满意度指标", "No indicator of satisfaction"),
    what=Pair(
        "表格要求填写满意度指标的，是否填了。",
        "Whether there is an indicator of satisfaction where the form asks for one.",
    ),
    why=Pair(
        "服务对象是否满意是绩效的一个方面，缺了这一组，该组分值也就落空。",
        "Whether those served are content is a part of the result; without it its points are lost.",
    ),
    basis=Pair(
        "项目支出绩效自评表：产出、效益、满意度都要有指标",
        "The form: outputs, benefits and satisfaction all have indicators.",
    ),
    says=Pair(
        "{label}里没有{group}",
        "{label}: there is no row of {group}",
    ),
    fix=Pair(
        "请补充服务对象满意度的目标和调查结果。",
        "Add the target and the result of a survey of those served.",
    ),
    example=Pair(
        "只有产出和效益指标，没有服务对象满意度。",
        "Outputs and benefits only, nothing of satisfaction.",
    ),
    since="0.3.0",
)


def find(ctx: QualityContext) -> Iterator[Finding]:
    """Yield one finding where a table has rows and none of satisfaction."""
    for table, asked in ctx.lacking:
        if asked.kind == "satisfaction":
            yield ctx.say_table(CARD, table, {"group": asked.label})
