"""What kinds of files are called, and why a file that was met is no submission."""

from __future__ import annotations

from xltools.bilingual import Pair
from xltools.intake.files.container import KIND_WORDS
from xltools.intake.files.input_file import SetAside

_ASIDE = {
    "lock": Pair("Office 打开文件时的锁定文件", "a lock file of Office"),
    "system": Pair("系统文件", "a system file"),
    "empty": Pair("空文件", "an empty file"),
    "narrative": Pair("附件：{what}", "attachment: {what}"),
    "reviewed": Pair("自评报告，已审核", "a narrative, reviewed"),
    "other": Pair("{what}，不是工作簿；要审核的请报送 .xlsx", "{what}, no workbook; ask for .xlsx"),
    "link": Pair("链接，或已列出的同一文件", "a link, or a file listed already"),
    "link_outside": Pair(
        "指向报送文件夹以外的链接，没有跟着打开；要审核的请把文件本身放进来",
        "a link that leads out of the folder; it was not followed: put the file itself there",
    ),
    "special": Pair("不是普通文件", "no regular file"),
    "denied": Pair("没有权限打开的文件夹", "a folder that may not be opened"),
}
_OLD_WORD = Pair("{why}，读不出内容，请另存为 .docx", "{why}, which is not read: ask for .docx")


def kind_words(kind: str) -> Pair:
    """Return what a kind of file is called."""
    return KIND_WORDS.get(kind, KIND_WORDS["unknown"])


def why_aside(item: SetAside) -> Pair:
    """Return why a file was set aside, and what to ask for instead where it matters."""
    why = _ASIDE[item.reason].format(what=kind_words(item.kind or "unknown"))
    return _OLD_WORD.format(why=why) if item.kind == "doc" else why
