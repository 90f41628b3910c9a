"""ST017: the workbook was made from another version of this form."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import EMPTY, Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.values import Quoted
from xltools.form.address import Ref
from xltools.rules.context import RuleContext

CARD = Card(
    code="ST017",
    level="confirm",
    name=Pair("表格定义与现用的不同", "Made from another version of the form"),
    what=Pair("工作簿是否由现用的表格定义生成。", "Whether the workbook was made from the definition in use."),
    why=Pair(
        "定义（分值、公式、审核规则）变动后，旧表的算法可能与现行规定不同。",
        "After a change of weights, formulas or rules an old workbook may calculate differently.",
    ),
    basis=Pair("下发的表格版本", "The edition of the form that was sent out."),
    says=Pair(
        "工作簿由版本 {there} 的定义生成，现用版本为 {right}，定义内容有差异",
        "the workbook was made from version {there}, the definition in use is {right} and differs",
    ),
    fix=Pair(
        "请核对用的是不是最新下发的表格；本次按现行表格审核。",
        "See whether this is the workbook last sent; it was checked as the present one.",
    ),
    fix_coordinator=Pair(
        "请确认部门用的是最新下发的表格；本次按现用定义审核。",
        "Make sure the department used the workbook last sent; it was checked by the present definition.",
    ),
    example=Pair("部门用了更正前下发的旧表。", "The department used the workbook sent before the correction."),
    may_lead="confirm",
)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield at most one finding: _meta says another version or digest than the definition in use."""
    meta, form = ctx.submission.meta, ctx.submission.form
    if (
        not meta
        or meta.get("form", form.id) != form.id
        or (meta.get("digest") == form.digest and meta.get("version") == form.version)
    ):
        return
    if meta.get("digest", "") == "" and meta.get("version") == form.version:
        return
    yield ctx.say(
        CARD,
        Ref(form.meta_sheet, 0, 0),
        EMPTY,
        {"there": Quoted(meta.get("version", "")), "right": Quoted(form.version)},
        stated=meta.get("version", ""),
        expected=form.version,
    )
