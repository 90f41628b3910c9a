"""The report as text for a terminal: by department, worst first, a closing line of counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xltools.bilingual import Pair
from xltools.findings.adjusted import HEAD
from xltools.findings.finding import Finding, State
from xltools.findings.folding import by_root, name_of
from xltools.findings.report import Checked, Progress, Report
from xltools.findings.texts import STATUS_SAID, cell_runs, inert
from xltools.findings.wording import Wording
from xltools.form.model import LEVELS, Level
from xltools.output.wrap import Screen, folded_text

FEW = 5
SHOWN = 3
MOST_UNDER = 8
_ORDER = {"unreadable": 0, "failed": 1, "confirm": 2, "passed": 3}
_SIGNS = {"unreadable": "×", "failed": "×", "confirm": "●", "passed": "√"}
_COLOURS = {"unreadable": "31", "failed": "31", "confirm": "33", "passed": "32"}
_LEVEL_COLOURS: dict[Level, str] = {"error": "31", "confirm": "33", "notice": "36"}

_BATCH = Pair("批次", "The batch")
_MISSING = Pair("未报送：{names}", "Not reported: {names}")
_NAMES_BETWEEN = Pair("、", ", ")
COUNTED = Pair(
    "共 {submissions} 个文件：通过 {passed}，待核实 {confirm_files}，有错误 {failed}，打不开 {unreadable}{tail}；"
    "合计 {error} 项错误、{confirm} 项待核实、{notice} 项提示",
    "{submissions} files: {passed} passed, {confirm_files} to confirm, {failed} with errors, {unreadable} unreadable",
)
_TAIL = Pair("，未报送 {missing} 个", "")
_NO_DEPARTMENT = Pair("（未读出部门）", "(no department)")
_SCORE = Pair("　{score:.2f} 分 {grade}", "  {score:.2f} {grade}")
_MORE = Pair("另有 {count} 处同类问题：{cells}", "{count} more of the kind: {cells}")
_UNDER = Pair("连带（先改正上面一项）：{said}{more}", "follows from it (mend it first): {said}{more}")
_UNDER_BETWEEN = Pair("；", "; ")
_UNDER_MORE = Pair(" 等 {count} 项", " and {left} more")
_STATES: dict[State, Pair] = {"explained": Pair("已说明", "explained"), "waived": Pair("已豁免", "waived")}
_ROUND = Pair(
    "与上一轮对照：已解决 {count_0} 项，仍在 {count_1} 项，新出现 {count_2} 项",
    "against the round before: {count_0} solved, {count_1} still open, {count_2} new",
)
_PART = Pair("{word}：{said}", "{word}: {said}")
_CAUSE, _REASON = Pair("可能的原因：", "Likely cause: "), Pair("说明：", "Reason: ")


def pieces(report: Report, wording: Wording, screen: Screen) -> Iterator[str]:
    """Yield the whole report, its lines folded to the screen's columns."""
    yield folded_text(report_text(report, wording, screen.colour), screen.columns)


def report_text(report: Report, wording: Wording, colour: bool = False) -> str:
    """Return the whole report; `colour` adds ANSI colours."""
    return _Writer(wording, colour).report(report)


def paint(text: str, code: str, colour: bool) -> str:
    """Return the text in an ANSI colour, when colours are wanted."""
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text


def folded(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Group findings of one kind on one sheet, in order of their first."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.code, finding.sheet), []).append(finding)
    return list(groups.values())


class _Writer:
    """Writes one report in one language."""

    def __init__(self, wording: Wording, colour: bool) -> None:
        self.wording, self.colour = wording, colour
        self.text = wording.text

    def report(self, report: Report) -> str:
        lines: list[str] = []
        for checked in sorted(report.submissions, key=_rank):
            lines += [*self._department(checked), ""]
        if report.batch:
            lines += [self.text(_BATCH), *(line for f in report.batch for line in self._finding(f)), ""]
        if report.missing:
            names = self.text(_NAMES_BETWEEN).join(f"{name}（{code}）" for code, name in report.missing)
            lines += [self.text(_MISSING).format(names=names), ""]
        lines.append(self._closing(report))
        return "\n".join(lines) + "\n"

    def _closing(self, report: Report) -> str:
        """Return the closing line of counts, and the rules that were changed for this run."""
        counts = report.counts()
        tail = self.text(_TAIL).format(missing=counts["missing"]) if counts["missing"] else ""
        waiting = sum(s.status == "confirm" for s in report.submissions)
        levels = [f.level for f in report.findings if f.is_open]
        counts |= {level: levels.count(level) for level in LEVELS}
        said = [self.text(COUNTED).format(tail=tail, confirm_files=waiting, **counts)]
        if report.adjusted:
            said.append(self.text(HEAD).format(file=report.adjusted[0].file))
            said += [f"  {inert(self.text(one.words))}" for one in report.adjusted]
        return "\n".join(said)

    def _department(self, checked: Checked) -> Iterator[str]:
        name = inert(checked.department) or self.text(_NO_DEPARTMENT)
        code = f"（{inert(checked.code)}）" if checked.code else ""
        sign = paint(_SIGNS[checked.status], _COLOURS[checked.status], self.colour)
        status, score = self.text(STATUS_SAID[checked.status]), ""
        if checked.score is not None:
            score = self.text(_SCORE).format(score=checked.score, grade=checked.grade)
        yield f"{sign} {name}{code}　{status}{score}　{inert(checked.file)}"
        if checked.progress is not None:
            yield from self._progress(checked.progress)
        leading, under = by_root([f for f in checked.findings if f.is_open])
        for level in LEVELS:
            for group in folded([f for f in leading if f.level == level]):
                yield from self._group(group, under)
        for finding in checked.findings:
            if finding.state == "explained":
                yield from self._finding(finding)

    def _progress(self, progress: Progress) -> Iterator[str]:
        """Say what became of the findings of the round before, then which they are."""
        counts = {f"count_{number}": len(found) for number, (_, found) in enumerate(progress.parts)}
        yield f"  {self.text(_ROUND).format(**counts)}"
        for word, found in progress.parts:
            said = [inert(f"{one.code} {one.place}".strip()) for one in found[:MOST_UNDER]]
            left = len(found) - len(said)
            more = self.text(_UNDER_MORE).format(count=len(found), left=left) if left else ""
            if found:
                yield f"       {self.text(_PART).format(word=self.text(word), said=self.text(_NAMES_BETWEEN).join(said))}{more}"

    def _group(self, group: list[Finding], under: Mapping[str, Sequence[Finding]]) -> Iterator[str]:
        shown = group if len(group) <= FEW else group[:SHOWN]
        for finding in shown:
            yield from self._finding(finding)
            yield from self._consequences(under.get(name_of(finding), ()))
        rest = group[len(shown) :]
        if rest:
            places = (self.wording.place(f) for f in rest)
            cells = cell_runs([f.cell for f in rest], len(rest)) or "；".join(place for place in places if place)
            yield f"       {self.text(_MORE).format(count=len(rest), cells=cells)} [{group[0].code}]"
            hidden = [c for f in rest for c in under.get(name_of(f), ())]
            yield from self._consequences(hidden)

    def _consequences(self, findings: Sequence[Finding]) -> Iterator[str]:
        """Say in one line what goes with a finding, every error of it: mend that one first."""
        if not findings:
            return
        level, label = self.wording.level, self.wording.label
        errors = sum(f.level == "error" for f in findings)
        shown = sorted(findings, key=lambda f: LEVELS.index(f.level))[: max(MOST_UNDER, errors)]
        said = [f"{level(f.level)} {label(f)} {f.cell} [{f.code}]".replace("  ", " ") for f in shown]
        left = len(findings) - len(shown)
        more = self.text(_UNDER_MORE).format(count=len(findings), left=left) if left > 0 else ""
        yield f"       {self.text(_UNDER).format(said=self.text(_UNDER_BETWEEN).join(said), more=more)}"

    def _finding(self, finding: Finding) -> Iterator[str]:
        state = _STATES.get(finding.state)
        word = self.wording.level(finding.level) if state is None else self.text(state)
        word = paint(word, _LEVEL_COLOURS[finding.level], self.colour and finding.is_open)
        place = "!".join(p for p in (finding.sheet, finding.cell) if p)
        where = inert(f"{place}　") if place else ""
        yield f"  {word} {where}{inert(self.wording.message(finding))} [{finding.code}]"
        if hint := self.wording.hint(finding):
            yield f"       {self.text(_CAUSE)}{inert(hint)}"
        if finding.explanation:
            yield f"       {self.text(_REASON)}{inert(finding.explanation)}"


def _rank(checked: Checked) -> tuple[int, int, int, str]:
    open_ = [f.level for f in checked.findings if f.is_open]
    return _ORDER[checked.status], -open_.count("error"), -open_.count("confirm"), checked.file
