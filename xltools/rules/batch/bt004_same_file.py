"""BT004: one department sent the same workbook twice."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.values import FileName
from xltools.rules.batch.context import BatchContext, Placed, about

CARD = Card(
    code="BT004",
    level="notice",
    name=Pair("同一部门重复报送（内容相同）", "The same workbook twice"),
    what=Pair("同一部门是否重复报送了相同的工作簿。", "Whether one department sent the same workbook twice."),
    why=Pair("重复的只需留一份。", "One of them is enough."),
    basis=Pair("名册与报送件对照", "The roster against the submissions."),
    says=Pair("与 {others} 内容完全相同", "identical to {others}"),
    fix=Pair("同一份只需报送一次，不用再改。", "Once is enough; there is nothing to correct."),
    fix_coordinator=Pair("可删除重复的一份。", "Delete one of them."),
    example=Pair("邮件和网盘各收到一份。", "It came by mail and by the cloud drive."),
    about_copies=True,
)


def find(ctx: BatchContext) -> Iterator[Placed]:
    """Yield one finding at each workbook that came before under another name."""
    for group in ctx.of_one_department():
        for number, checked in enumerate(group):
            twin = next((o for o in group[:number] if o.sha256 == checked.sha256), None)
            if twin is not None:
                yield checked, about(checked, CARD, {"others": FileName(twin.file)})
