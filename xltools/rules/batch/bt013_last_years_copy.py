"""BT013: a workbook that is mostly last year's."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.values import FileName
from xltools.rules.batch.context import AgainstLastYear, about
from xltools.rules.batch.likeness import SHARE, alike

CARD = Card(
    code="BT013",
    level="confirm",
    name=Pair("数字与上年大量相同", "A copy of last year's workbook"),
    what=Pair(
        "不为零的金额和数量有没有大部分与上年的工作簿完全相同。",
        "Whether most of the amounts and counts other than 0 are those of last year's workbook.",
    ),
    why=Pair(
        "在上年的表格上改的，容易有没改到的数字。",
        "Where last year's workbook was edited, figures are easily left unchanged.",
    ),
    basis=Pair("上年的工作簿与本年的对照", "Last year's workbook against this year's."),
    says=Pair(
        "大部分数字（{share}%）与上年的 {file} 完全相同", "most figures ({share} %) are those of last year's {file}"
    ),
    fix=Pair("请逐项核对是否为本年的数字。", "Check every figure: is it this year's?"),
    example=Pair("40 项金额中有 38 项与上年一样。", "38 of 40 amounts are last year's."),
)


def find(ctx: AgainstLastYear) -> Iterator[Finding]:
    """Yield one finding for a workbook whose figures are last year's."""
    share = alike(ctx.checked, ctx.last)
    if share >= SHARE and ctx.checked.sha256 != ctx.last.sha256:
        yield about(ctx.checked, CARD, {"file": FileName(ctx.last.file), "share": f"{share * 100:.0f}"})
