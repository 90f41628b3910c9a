"""IN008: an empty file."""

from __future__ import annotations

from xltools.bilingual import EMPTY, Pair
from xltools.findings.card import Card

CARD = Card(
    code="IN008",
    level="error",
    name=Pair("空文件", "An empty file"),
    what=Pair("空文件。", "An empty file."),
    why=Pair("空文件没有内容可审核。", "There is nothing to check in it."),
    basis=Pair("本程序的读取范围，见 docs/limits.md", "What this program reads: docs/limits.md."),
    says=Pair("文件是空的（0 字节）", "the file is empty (0 bytes)"),
    fix=Pair("请重新发送。", "Send it again."),
    fix_coordinator=Pair("请部门重新发送。", "Ask the department to send it again."),
    example=Pair("网盘同步失败留下的空文件。", "What a failed sync of a cloud drive left."),
)
REASONS = {
    "empty": EMPTY,
}
"""Why a file cannot be opened, in the words of this sentence."""
