"""What only the whole batch shows (BT): who did not report, who reported twice, who is unknown to the roster."""

from __future__ import annotations

from xltools.intake.roster import Roster
from xltools.review.cards import Card
from xltools.review.findings import Checked, Finding, Report

_BASIS = "名册与报送件对照"

UNKNOWN = Card(
    "BT003",
    "error",
    "名册中没有这个部门",
    "A department the roster does not know",
    "报送件的部门编码（或名称）是否在名册中。",
    "编码填错会使汇总重复或漏掉部门。",
    _BASIS,
    "请核对部门编码；确为新增部门的，先补入名册。",
    "Check the code; add the department to the roster if it is new.",
    "编码 101010 填成 101001。",
    "名册中没有编码为“{code}”的部门",
    "the roster has no department with code “{code}”",
)
TWICE = Card(
    "BT002",
    "error",
    "同一部门报送多份且内容不同",
    "Reported twice with different content",
    "同一部门、同一轮次是否报送了多份不同的工作簿。",
    "不知以哪一份为准，汇总会重复。",
    _BASIS,
    "请与部门确认以哪一份为准，把其余的移出文件夹。",
    "Ask which one counts and move the others away.",
    "同时收到“自评表.xlsx”和“自评表（最终版2）.xlsx”。",
    "这个部门还报送了 {others}，内容不同",
    "this department also sent {others}, with other content",
)
SAME = Card(
    "BT004",
    "notice",
    "同一部门重复报送（内容相同）",
    "The same workbook twice",
    "同一部门是否重复报送了相同的工作簿。",
    "重复的只需留一份。",
    _BASIS,
    "可删除重复的一份。",
    "Delete one of them.",
    "邮件和网盘各收到一份。",
    "与 {others} 内容完全相同",
    "identical to {others}",
)

CARDS = (TWICE, UNKNOWN, SAME)


def batch_findings(report: Report, roster: Roster | None, lang: str) -> None:
    """Add the batch's findings to `report`, at the workbook they are about, and list who sent nothing."""
    read = [s for s in report.submissions if s.form]
    _duplicates(read, lang)
    if roster is not None:
        known = {d.code for d in roster.departments}
        names = {d.name for d in roster.departments}
        for checked in read:
            if checked.code not in known and checked.department not in names:
                _add(checked, UNKNOWN, lang, code=checked.code or checked.department)
        codes, said = {s.code for s in read}, {s.department for s in read}
        report.missing = [(d.code, d.name) for d in roster.departments if d.code not in codes and d.name not in said]
    for checked in read:
        checked.settle()


def _duplicates(read: list[Checked], lang: str) -> None:
    groups: dict[tuple[str, str, int], list[Checked]] = {}
    for checked in read:
        if checked.code or checked.department:
            groups.setdefault((checked.form, checked.code or checked.department, checked.round), []).append(checked)
    for group in groups.values():
        for number, checked in enumerate(group[1:], start=1):
            twins = [o for o in group[:number] if o.sha256 == checked.sha256]
            if twins:
                _add(checked, SAME, lang, others=twins[0].file)
        different = list({c.sha256: c for c in group}.values())
        if len(different) > 1:
            for checked in different:
                others = "、".join(o.file for o in different if o is not checked)
                _add(checked, TWICE, lang, others=others)


def _add(checked: Checked, card: Card, lang: str, **values: object) -> None:
    checked.findings.append(
        Finding(
            card.code, card.level, "open", checked.file, checked.department, "", "", "", card.sentence(lang, **values)
        )
    )
