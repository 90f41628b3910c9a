"""IN010: the program failed on the file."""

from __future__ import annotations

from xltools.bilingual import Pair
from xltools.findings.card import Card

CARD = Card(
    code="IN010",
    level="error",
    name=Pair("读取时程序出错", "The program failed on this file"),
    what=Pair("读取时程序出错。", "The program failed on this file."),
    why=Pair("程序没有考虑到的情况，不能当作通过。", "A case the program does not foresee must not count as passed."),
    basis=Pair("本程序的读取范围，见 docs/limits.md", "What this program reads: docs/limits.md."),
    says=Pair("这个文件没有能够读出", "the file could not be read"),
    says_coordinator=Pair(
        "读取这个文件时程序出错（{detail}），其他文件不受影响",
        "the program failed on this file ({detail}); the others are not affected",
    ),
    fix=Pair("请用 Excel 或 WPS 打开，另存一份再发送。", "Open it in Excel or WPS, save a fresh copy and send it."),
    fix_coordinator=Pair(
        "请把这个文件和本行提示反馈给维护者；可先让部门另存一份再报。",
        "Please report the file and this line to the maintainers.",
    ),
    example=Pair("—", "—"),
    cacheable=False,
)
REASONS = {
    "internal": Pair("{error}", "{error}"),
}
"""Why a file cannot be opened, in the words of this sentence."""
