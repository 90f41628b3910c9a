"""The texts that go to a department by OA or chat: what is wrong in order of weight, by when, which file to correct."""

from __future__ import annotations

from collections.abc import Sequence

from xltools.findings.finding import Finding
from xltools.findings.folding import by_root
from xltools.findings.report import Checked
from xltools.findings.wording import cell_runs, inert
from xltools.form.model import LEVELS, Form, Level

SHOWN = 3
"""Of one kind of finding on one sheet, so many are said in full; the others by their cells."""
_HEADS: dict[str, dict[Level, str]] = {
    "zh": {"error": "必须改正", "confirm": "请核实：改正，或写明原因", "notice": "提示（不影响报送）"},
    "en": {
        "error": "To be corrected",
        "confirm": "To be confirmed: correct it or give the reason",
        "notice": "Notices",
    },
}
_DIGITS = "一二三"


def notice(checked: Checked, form: Form | None, returned: str, lang: str = "zh") -> str:
    """Return the notice for one department; `returned` is the name of its return copy, "" when there is none."""
    lines = _opening(checked, returned, lang)
    leading, under = by_root([f for f in checked.findings if f.is_open])
    sections = [(level, [f for f in leading if f.level == level]) for level in LEVELS]
    for number, (level, findings) in enumerate(s for s in sections if s[1]):
        head = _HEADS[lang][level]
        title = f"{_DIGITS[number]}、{head}（{len(findings)} 项）" if lang == "zh" else f"{head} ({len(findings)})"
        lines += ["", title, *_items(findings, lang)]
    follow = [f for findings in under.values() for f in findings]
    if follow:
        where = "；".join(f"{f.sheet} {f.cell} {f.field}" for f in follow)
        zh = f"另有 {len(follow)} 项由以上问题引起，改正后一般随之消失，见“问题清单”：{where}。"
        en = f"{len(follow)} more follow from these and mostly go away with them: {where}."
        lines += ["", zh if lang == "zh" else en]
    return _text([*lines, *_closing(form, lang)])


def _text(lines: Sequence[str]) -> str:
    """Return the lines as a text; nothing in a line can begin another."""
    return "\n".join(map(inert, lines)) + "\n"


def _opening(checked: Checked, returned: str, lang: str) -> list[str]:
    file = checked.file.replace("\\", "/").rsplit("/", 1)[-1]
    name = checked.department
    if lang == "en":
        whom = f"{name} ({checked.code})" if checked.code else name
        lines = [f"{whom or 'To whom it may concern'}:", f"we have checked the workbook “{file}” that you sent."]
        if returned:
            lines.append(f"Please correct the return copy “{returned}” and send it again; its formulas are restored.")
        return lines
    whom = f"{name}（{checked.code}）" if name and checked.code else name or checked.code
    lines = [f"{whom or '报送单位'}：", f"你单位报送的“{file}”已审核（第 {checked.round + 1} 次），审核意见如下。"]
    if returned:
        lines.append(
            f"请在退回件“{returned}”中改正后重新报送。该件“问题清单”列出了每一处，点“位置”可直接跳到单元格；公式、保护和下拉列表已在退回件中恢复。"
        )
    elif checked.status == "unreadable":
        lines.append("这个文件没有能够审核，请按下面的意见重新发送。")
    return lines


def _items(findings: Sequence[Finding], lang: str) -> list[str]:
    """Return numbered lines, findings of one kind on one sheet together."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.code, finding.sheet), []).append(finding)
    lines: list[str] = []
    number = 0
    for group in groups.values():
        shown = group if len(group) <= SHOWN + 1 else group[:SHOWN]
        for finding in shown:
            number += 1
            place = " ".join(p for p in (finding.sheet, finding.cell) if p) or finding.place
            gap = "　" if lang == "zh" else "  "
            lines.append(f"{number}. {place}{gap if place else ''}{finding.message}")
            if finding.hint:
                lines.append(f"   可能的原因：{finding.hint}" if lang == "zh" else f"   Likely cause: {finding.hint}")
        rest = group[len(shown) :]
        if rest:
            cells = cell_runs([f.cell for f in rest], len(rest))
            more = f"   同类问题还有 {len(rest)} 处：{cells}" if lang == "zh" else f"   {len(rest)} more: {cells}"
            lines.append(more)
    return lines


def _closing(form: Form | None, lang: str) -> list[str]:
    if form is None:
        return []
    words = [form.guide.deadline, form.guide.contact]
    return ["", *[w for w in words if w]] if lang == "zh" else ["", f"By when: {form.guide.deadline}"]


def reminder(departments: Sequence[tuple[str, str]], form: Form | None, lang: str = "zh") -> str:
    """Return the notice for those who have not reported, (code, name) each."""
    if lang == "en":
        lines = ["Not reported yet:", *[f"- {name} ({code})" for code, name in departments]]
        lines.append("Please fill in the workbook that was sent to you and return it with the report.")
    else:
        what = f"{form.year} 年度{form.title}" if form is not None else "绩效自评表"
        lines = [f"以下 {len(departments)} 个部门尚未报送{what}："]
        lines += [f"{number}. {name}（{code}）" for number, (code, name) in enumerate(departments, start=1)]
        lines.append("请尽快填好下发的工作簿，连同自评报告一并报送；已报送的请告知发送时间和方式，以便查找。")
    return _text([*lines, *_closing(form, lang)])


def as_file(text: str) -> bytes:
    """Return a text as Windows Notepad of any age shows it: UTF-8 with its mark, Windows line ends."""
    return b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode("utf-8")
