"""IN006: the file's inner structure is suspicious."""

from __future__ import annotations

from xltools.bilingual import Pair
from xltools.findings.card import Card

CARD = Card(
    code="IN006",
    level="error",
    name=Pair("文件结构异常", "The file's structure is suspicious"),
    what=Pair("文件结构异常。", "The file's structure is suspicious."),
    why=Pair("正常软件不会存出这样的文件。", "Ordinary programs do not save such files."),
    basis=Pair("本程序的读取范围，见 docs/limits.md", "What this program reads: docs/limits.md."),
    says=Pair(
        "文件的内部结构异常（{detail}），为安全起见没有读取",
        "the file's inner structure is suspicious ({detail}); it was not read",
    ),
    fix=Pair("请用 Excel 或 WPS 另存一份再发送。", "Save a fresh copy in Excel or WPS and send it."),
    fix_coordinator=Pair("请部门用 Excel 或 WPS 另存一份再发送。", "Ask the department to save a fresh copy."),
    example=Pair("同一部件出现两次。", "A part of the package stands in it twice."),
)
REASONS = {
    "escaping_member": Pair("在压缩包里的路径越界", "its path leaves the archive"),
    "duplicate_member": Pair("压缩包里有两个同名文件", "the archive holds the name twice"),
    "too_deep": Pair("嵌套过深", "nested too deep"),
    "endless_key": Pair("加密参数异常，密码要推导几个小时", "its password would take hours to derive"),
    "dtd": Pair("含有外部实体声明", "declares outside entities"),
    "duplicate_part": Pair("同名部件出现两次", "a part stands twice"),
    "escaping_part": Pair("部件路径越界", "a part leaves the package"),
    "unsupported_compression": Pair("压缩方式异常", "odd compression"),
}
"""Why a file cannot be opened, in the words of this sentence."""
