"""ST025: the workbook is of a former edition of its form."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import EMPTY, Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.form.address import Ref
from xltools.rules.context import RuleContext

CARD = Card(
    code="ST025",
    level="notice",
    name=Pair("用的是旧版表格", "Made from a former edition of the form"),
    what=Pair("工作簿是否由现行版本的表格生成。", "Whether the workbook was made from the newest edition of the form."),
    why=Pair(
        "旧版表格按当时的分值、公式和审核规则审核，不算改动表格；汇总时旧版没有的项目为空。",
        "A former edition is checked by its own weights, formulas and rules: it was not tampered with. "
        "What it lacks is blank in a summary.",
    ),
    basis=Pair("下发的表格版本", "The edition of the form that was sent out."),
    says=Pair(
        "填的是旧版表格（版本 {there}，现行 {right}），已按旧版审核",
        "this is a former edition of the form ({there}, the newest is {right}); it was checked as such",
    ),
    fix=Pair(
        "不算问题；如需修改，请在退回件上改，退回件是现行版本。",
        "Nothing to correct; the return copy is the newest edition: change things there.",
    ),
    fix_coordinator=Pair(
        "不算问题；退回件和 template --previous 生成的是现行版本。",
        "Nothing to correct; return copies, and what template --previous makes, are the newest edition.",
    ),
    example=Pair(
        "部门按更正前下发的表格填报。", "The department filled in the form as it was sent before a correction."
    ),
    mended_by_return="renewed",
    since="0.3.0",
)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding where the edition is a former one."""
    form = ctx.submission.form
    if form.newest:
        yield ctx.say(
            CARD,
            Ref(form.meta_sheet, 0, 0),
            EMPTY,
            {"there": form.version, "right": form.newest},
            stated=form.version,
            expected=form.newest,
        )
