"""BT002: one department sent several workbooks of a round that differ."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.values import FileName, Joined
from xltools.rules.batch.context import BatchContext, Placed, about

CARD = Card(
    code="BT002",
    level="error",
    name=Pair("同一部门报送多份且内容不同", "Reported twice with different content"),
    what=Pair(
        "同一部门、同一轮次是否报送了多份不同的工作簿。",
        "Whether one department sent several workbooks of one round that differ.",
    ),
    why=Pair("不知以哪一份为准，汇总会重复。", "Nobody knows which one counts; a summary would count twice."),
    basis=Pair("名册与报送件对照", "The roster against the submissions."),
    says=Pair("你单位还报送了 {others}，内容不同", "you also sent {others}, with other content"),
    says_coordinator=Pair(
        "这个部门还报送了 {others}，内容不同", "this department also sent {others}, with other content"
    ),
    fix=Pair(
        "同一轮次只报送一份；请告知财政部门以哪一份为准。",
        "Send one workbook a round; tell the bureau which one counts.",
    ),
    fix_coordinator=Pair(
        "请与部门确认以哪一份为准，把其余的移出文件夹。", "Ask which one counts and move the others away."
    ),
    example=Pair(
        "同时收到“自评表.xlsx”和“自评表（最终版2）.xlsx”。", "“自评表.xlsx” and “自评表（最终版2）.xlsx” both came."
    ),
    about_copies=True,
)


def find(ctx: BatchContext) -> Iterator[Placed]:
    """Yield one finding at each of the workbooks that differ; equal ones count once."""
    for group in ctx.of_one_department():
        different = list({c.sha256: c for c in group}.values())
        for checked in different if len(different) > 1 else ():
            others = tuple(FileName(o.file) for o in different if o is not checked)
            yield checked, about(checked, CARD, {"others": Joined(others)})
