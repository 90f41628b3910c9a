"""The texts that go to a department by OA or chat: what is wrong in order of weight, by when, which file to correct."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from xltools.bilingual import Pair, same
from xltools.findings.finding import Finding
from xltools.findings.folding import by_root
from xltools.findings.report import Checked
from xltools.findings.texts import cell_runs, day_said, inert
from xltools.findings.wording import Wording
from xltools.form.model import LEVELS, Form, Level
from xltools.intake.files.names import name_of

SHOWN = 3
"""Of one kind of finding on one sheet, so many are said in full; the others by their cells."""
_HEADS: dict[Level, Pair] = {
    "error": Pair("必须改正", "To be corrected"),
    "confirm": Pair("请核实：改正，或写明原因", "To be confirmed: correct it or give the reason"),
    "notice": Pair("提示（不影响报送）", "Notices"),
}
_HEAD = Pair("{number}、{head}（{count} 项{some}）", "{head} ({count}{some})")
_OF_THESE = Pair("，其中 {count} 项退回件中已经改好", ", {count} of them mended in the return copy")
_DIGITS = "一二三"
_FOLLOW = Pair(
    "另有 {count} 项由以上问题引起，改正后一般随之消失，见“问题清单”：{places}。",
    "{count} more follow from these and mostly go away with them: {places}.",
)
_BETWEEN = Pair("；", "; ")
_GREETING = Pair("{whom}：", "{whom}:")
_NAMED, _NOBODY = Pair("{name}（{code}）", "{name} ({code})"), Pair("报送单位", "To whom it may concern")
ADDRESSED = Pair(
    "你单位报送的“{file}”已审核（第 {turn} 次），审核意见如下。", "we have checked the workbook “{file}” that you sent."
)
_RETURNED = Pair(
    "请在退回件“{copy}”中改正后重新报送。该件“问题清单”列出了每一处，点“位置”可直接跳到单元格。",
    "Please correct the return copy “{copy}” and send it again.",
)
_NOT_CHECKED = Pair(
    "这个文件没有能够审核，请按下面的意见重新发送。",
    "This file could not be checked; please send it again as said below.",
)
_IN_ALL = Pair("共 {error} 项错误、{confirm} 项待核实。", "{error} errors, {confirm} to confirm.")
_SETTLED = Pair("另有 {count} 项退回件中已经改好，发回退回件即可。", " {count} more are put right in the return copy.")
_MENDED = Pair("（退回件中已经改好，不用再改）", " (mended in the return copy)")
_GAP = Pair("　", "  ")
_CAUSE = Pair("   可能的原因：{hint}", "   Likely cause: {hint}")
_MORE = Pair("   同类问题还有 {count} 处：{cells}", "   {count} more: {cells}")
_DEADLINE, _CONTACT = Pair("{text}", "By when: {text}"), Pair("{text}", "Contact: {text}")
REMINDED = Pair("以下 {count} 个部门尚未报送{what}：", "Not reported yet:")
_WHAT, _ANY = Pair("{year} 年度{title}", ""), Pair("绩效自评表", "")
_LISTED = Pair("{number}. {name}（{code}）", "- {name} ({code})")
_PLEASE_SEND = Pair(
    "请尽快填好下发的工作簿，连同自评报告一并报送；已报送的请告知发送时间和方式，以便查找。",
    "Please fill in the workbook that was sent to you and return it with the report.",
)


@dataclass(frozen=True)
class Letter:
    """What stands at the end of a notice: by when, whom to ask, who signs and when."""

    deadline: str = ""
    contact: str = ""
    signed: str = ""
    day: date | None = None

    def lines(self, form: Form | None, wording: Wording) -> list[str]:
        """Return the last lines of a notice; where the bureau says nothing, what the form says."""
        guide = form.guide if form is not None else None
        deadline = self.deadline or (guide.deadline if guide is not None else "")
        contact = self.contact or (guide.contact if guide is not None else "")
        said = [wording.text(line).format(text=t) for line, t in ((_DEADLINE, deadline), (_CONTACT, contact)) if t]
        day = "" if self.day is None else wording.text(day_said(self.day))
        end = [text for text in (self.signed, day) if text]
        return [line for block in (said, end) if block for line in ("", *block)]


def notice(
    checked: Checked,
    form: Form | None,
    returned: str,
    wording: Wording,
    letter: Letter | None = None,
    settled: Sequence[Finding] = (),
) -> str:
    """Return the notice for one department; `returned` is the name of its return copy, "" when there is none, and
    `settled` what the copy has put right by itself."""
    wording = wording.to("department")
    lines = list(_opening(checked, returned, wording))
    done = frozenset(id(f) for f in settled)
    open_ = [f for f in checked.findings if f.is_open]
    left = [f for f in open_ if id(f) not in done]
    lines.append(wording.text(_IN_ALL).format(**{level: sum(f.level == level for f in left) for level in LEVELS}))
    if len(left) < len(open_):
        lines[-1] += wording.text(_SETTLED).format(count=len(open_) - len(left))
    leading, under = by_root(open_)
    sections = [(level, found) for level in LEVELS if (found := [f for f in leading if f.level == level])]
    follow = [f for findings in under.values() for f in findings]
    for digit, (level, findings) in zip(_DIGITS, sections, strict=False):
        if level == LEVELS[-1]:
            lines, follow = [*lines, *_following(follow, wording)], []
        mended = sum(id(f) in done for f in findings)
        some = _OF_THESE.format(count=mended) if mended else same("")
        title = _HEAD.format(number=digit, head=_HEADS[level], count=len(findings), some=some)
        lines += ["", wording.text(title), *_items(findings, wording, done)]
    lines += _following(follow, wording)
    return _text([*lines, *(letter or Letter()).lines(form, wording)])


def _following(follow: Sequence[Finding], wording: Wording) -> list[str]:
    """Return the words for what follows from the findings said above."""
    if not follow:
        return []
    places = wording.text(_BETWEEN).join(f"{f.sheet} {f.cell} {wording.label(f)}" for f in follow)
    return ["", wording.text(_FOLLOW).format(count=len(follow), places=places)]


def _text(lines: Sequence[str]) -> str:
    """Return the lines as a text; nothing in a line can begin another."""
    return "\n".join(map(inert, lines)) + "\n"


def _opening(checked: Checked, returned: str, wording: Wording) -> Iterator[str]:
    name, code = checked.department, checked.code
    whom = _NAMED.format(name=name, code=code) if name and code else name or code or _NOBODY
    yield wording.text(_GREETING.format(whom=whom))
    yield wording.text(ADDRESSED).format(file=name_of(checked.file), turn=checked.round + 1)
    if returned:
        yield wording.text(_RETURNED).format(copy=returned)
    elif checked.status == "unreadable":
        yield wording.text(_NOT_CHECKED)


def _items(findings: Sequence[Finding], wording: Wording, done: Collection[int]) -> Iterator[str]:
    """Yield numbered lines, findings of one kind on one sheet together."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.code, finding.sheet), []).append(finding)
    number = 0
    for group in groups.values():
        shown = group if len(group) <= SHOWN + 1 else group[:SHOWN]
        for finding in shown:
            number += 1
            place = " ".join(p for p in (finding.sheet, finding.cell) if p) or wording.place(finding)
            yield f"{number}. {place}{wording.text(_GAP) if place else ''}{wording.message(finding)}" + (
                wording.text(_MENDED) if id(finding) in done else ""
            )
            if hint := wording.hint(finding):
                yield wording.text(_CAUSE).format(hint=hint)
        rest = group[len(shown) :]
        if rest:
            yield wording.text(_MORE).format(count=len(rest), cells=cell_runs([f.cell for f in rest], len(rest)))


def reminder(
    departments: Sequence[tuple[str, str]], form: Form | None, wording: Wording, letter: Letter | None = None
) -> str:
    """Return the notice for those who have not reported, (code, name) each."""
    what = _WHAT.format(year=form.year, title=form.title) if form is not None else _ANY
    lines = [wording.text(REMINDED.format(count=len(departments), what=what))]
    for number, (code, name) in enumerate(departments, start=1):
        lines.append(wording.text(_LISTED).format(number=number, name=name, code=code))
    return _text([*lines, wording.text(_PLEASE_SEND), *(letter or Letter()).lines(form, wording)])


def as_file(text: str) -> bytes:
    """Return a text as Windows Notepad of any age shows it: UTF-8 with its mark, Windows line ends."""
    return b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode("utf-8")
