"""IN013: reading the file took too long or too much memory."""

from __future__ import annotations

from xltools.bilingual import Pair
from xltools.findings.card import Card

CARD = Card(
    code="IN013",
    level="error",
    name=Pair("读取时超出时间或内存上限", "Reading it took too long or too much memory"),
    what=Pair("读取时超出时间或内存上限。", "Reading it took too long or too much memory."),
    why=Pair(
        "读不完的文件不能当作通过，也不能让它卡住整批审核。",
        "What cannot be read to the end must not count as passed, nor hold up the batch.",
    ),
    basis=Pair("本程序的读取范围，见 docs/limits.md", "What this program reads: docs/limits.md."),
    says=Pair(
        "读取这个文件{detail}，已停止，其他文件不受影响",
        "reading this file {detail}; it was stopped, the others are not affected",
    ),
    fix=Pair(
        "请用 Excel 或 WPS 打开，另存为 .xlsx 后重新发送。",
        "Open it in Excel or WPS, save it as .xlsx and send it again.",
    ),
    fix_coordinator=Pair(
        "请部门用 Excel 或 WPS 打开，另存为 .xlsx 后重新发送。",
        "Ask the department to open it in Excel or WPS and save it as .xlsx.",
    ),
    example=Pair("损坏的 .xls 使读取程序中断。", "A damaged .xls ended the reading program."),
    cacheable=False,
)
REASONS = {
    "too_slow": Pair("超过了 {seconds} 秒的时间上限", "exceeded the time limit of {seconds} s"),
    "too_much_memory": Pair("超过了 {megabytes} MB 的内存上限", "exceeded the memory limit of {megabytes} MB"),
    "crashed": Pair(
        "使读取程序中断（文件损坏，或内存到了 {megabytes} MB 的上限）",
        "ended the reading program (it is damaged, or memory reached the limit of {megabytes} MB)",
    ),
}
"""Why a file cannot be opened, in the words of this sentence."""
