"""IN005: the file exceeds the limits."""

from __future__ import annotations

from xltools.bilingual import Pair
from xltools.findings.card import Card

CARD = Card(
    code="IN005",
    level="error",
    name=Pair("文件超出读取上限", "The file exceeds the limits"),
    what=Pair("文件超出读取上限。", "The file exceeds the limits."),
    why=Pair(
        "过大的文件会拖慢或卡住电脑，也可能是恶意文件。",
        "A file that is too large slows down or blocks the computer and may be malicious.",
    ),
    basis=Pair("本程序的读取范围，见 docs/limits.md", "What this program reads: docs/limits.md."),
    says=Pair("文件超出读取上限（{detail}），没有读取", "the file exceeds what is read ({detail})"),
    fix=Pair(
        "请删除多余的内容（整列格式、图片、附表）后重新发送。", "Remove what does not belong there and send it again."
    ),
    fix_coordinator=Pair(
        "请部门删除多余的内容（整列格式、图片、附表）后重新发送。",
        "Ask the department to remove what does not belong there.",
    ),
    example=Pair("压缩包展开后超过 256 MB。", "An archive that unpacks to more than 256 MB."),
)
REASONS = {
    "too_many": Pair("内容过多", "too much in it"),
    "too_large": Pair("过大", "too large"),
    "ratio": Pair("压缩比异常", "odd compression ratio"),
}
"""Why a file cannot be opened, in the words of this sentence."""
