"""IN001: the file is damaged or incomplete; also what is said of a reason that no other rule knows."""

from __future__ import annotations

from xltools.bilingual import Pair
from xltools.findings.card import Card

CARD = Card(
    code="IN001",
    level="error",
    name=Pair("文件损坏，打不开", "The file is damaged"),
    what=Pair("文件损坏，打不开。", "The file is damaged."),
    why=Pair("损坏的文件读出的数不可信。", "Figures read from a damaged file cannot be trusted."),
    basis=Pair("本程序的读取范围，见 docs/limits.md", "What this program reads: docs/limits.md."),
    says=Pair("文件损坏或不完整，打不开（{detail}）", "the file is damaged or incomplete ({detail})"),
    fix=Pair("请重新导出并发送；发送前先在本机打开确认。", "Save it again, open it once to make sure, and send it."),
    fix_coordinator=Pair(
        "请部门重新导出并发送；发送前先在本机打开确认。", "Ask the department to save and send it again."
    ),
    example=Pair("邮件没有传完，文件只有一半。", "The mail broke off; half of the file came."),
)
REASONS = {
    "truncated": Pair("内容不完整", "incomplete"),
    "bad_crc": Pair("校验和不符", "wrong checksum"),
    "bad_xml": Pair("内部文本有误", "broken text inside"),
    "corrupt": Pair("压缩数据有误", "broken compression"),
    "bad_size": Pair("长度不符", "wrong length"),
    "missing_part": Pair("缺少部件", "a part is missing"),
    "cannot_open": Pair("系统不允许打开", "the system refuses to open it"),
    "not_a_file": Pair("不是普通文件", "no regular file"),
}
"""Why a file cannot be opened, in the words of this sentence."""
