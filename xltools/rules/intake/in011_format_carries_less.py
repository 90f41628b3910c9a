"""IN011: the file is in a format that carries less; said once, with the checks that could not be made."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import EMPTY, Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.form.address import Ref
from xltools.rules.context import RuleContext
from xltools.rules.intake.kinds import kind_words

CARD = Card(
    code="IN011",
    level="notice",
    name=Pair("文件格式保存的内容不全", "The format carries less"),
    what=Pair("文件格式保存的内容不全。", "The format carries less."),
    why=Pair(
        "旧格式没有单元格名称，公式也读不出来；没有做的审核不能当作通过。",
        "Older formats hold no cell names, and their formulas cannot be read; what was not checked must not count as passed.",
    ),
    basis=Pair("本程序的读取范围，见 docs/limits.md", "What this program reads: docs/limits.md."),
    says=Pair(
        "文件是{detail}，{count} 类审核没有做：公式是否被改、工作表保护、下拉选项、单元格名称、宏和外部链接",
        "the file is {detail}; {count} kinds of check could not be made: formulas, protection, drop-downs, names, active content",
    ),
    fix=Pair(
        "填报数已按位置和标签读出并审核；请今后报送 .xlsx。",
        "The inputs were read by place and label; send .xlsx next time.",
    ),
    fix_coordinator=Pair(
        "填报数已按位置和标签读出并审核；请部门今后报送 .xlsx。",
        "The inputs were read by place and label; ask for .xlsx next time.",
    ),
    example=Pair("报来的是 .xls、.et、.xlsb 或 .ods。", "An .xls, .et, .xlsb or .ods came."),
)
_CHECKS = 5
"""The kinds of check its sentence names."""


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding for a workbook that is no .xlsx."""
    sub = ctx.submission
    if sub.lacks:
        yield ctx.say(CARD, Ref("", 0, 0), EMPTY, {"detail": kind_words(sub.format), "count": _CHECKS})
