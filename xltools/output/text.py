"""The report as text for a terminal: by department, worst first, a closing line of counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from xltools.findings.finding import Finding
from xltools.findings.folding import by_root, name_of
from xltools.findings.report import Checked, Report
from xltools.findings.wording import LEVEL_EN, STATUS_WORDS, cell_runs, inert
from xltools.form.model import LEVEL_WORDS, LEVELS

FEW = 5
SHOWN = 3
MOST_UNDER = 8
_ORDER = {"unreadable": 0, "failed": 1, "confirm": 2, "passed": 3}
_SIGNS = {"unreadable": "×", "failed": "×", "confirm": "●", "passed": "√"}
_COLOURS = {"unreadable": "31", "failed": "31", "confirm": "33", "passed": "32", "error": "31", "confirm_": "33"}


def report_text(report: Report, lang: str = "zh", colour: bool = False) -> str:
    """Return the whole report; `colour` adds ANSI colours."""
    lines: list[str] = []
    for checked in sorted(report.submissions, key=_rank):
        lines += _department(checked, lang, colour)
        lines.append("")
    if report.batch:
        lines.append("批次" if lang == "zh" else "The batch")
        lines += [line for f in report.batch for line in _finding(f, lang, colour)]
        lines.append("")
    if report.missing:
        names = ("、" if lang == "zh" else ", ").join(f"{name}（{code}）" for code, name in report.missing)
        lines += [f"{'未报送' if lang == 'zh' else 'Not reported'}：{names}", ""]
    lines.append(closing(report, lang))
    return "\n".join(lines) + "\n"


def _rank(checked: Checked) -> tuple[int, int, int, str]:
    open_ = [f.level for f in checked.findings if f.is_open]
    return _ORDER[checked.status], -open_.count("error"), -open_.count("confirm"), checked.file


def closing(report: Report, lang: str) -> str:
    """Return the closing line of counts."""
    c = report.counts()
    if lang == "en":
        return (
            f"{c['submissions']} files: {c['passed']} passed, {c['confirm']} to confirm, {c['failed']} with errors, "
            f"{c['unreadable']} unreadable"
        )
    tail = f"，未报送 {c['missing']} 个" if c["missing"] else ""
    levels = [f.level for f in report.findings if f.is_open]
    return (
        f"共 {c['submissions']} 个文件：通过 {c['passed']}，待核实 {_files(report, 'confirm')}，有错误 {c['failed']}，"
        f"打不开 {c['unreadable']}{tail}；合计 {levels.count('error')} 项错误、{levels.count('confirm')} 项待核实、"
        f"{levels.count('notice')} 项提示"
    )


def _files(report: Report, status: str) -> int:
    return sum(s.status == status for s in report.submissions)


def paint(text: str, code: str, colour: bool) -> str:
    """Return the text in an ANSI colour, when colours are wanted."""
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text


def _department(checked: Checked, lang: str, colour: bool) -> list[str]:
    name = inert(checked.department) or ("（未读出部门）" if lang == "zh" else "(no department)")
    code = f"（{inert(checked.code)}）" if checked.code else ""
    sign = paint(_SIGNS[checked.status], _COLOURS[checked.status], colour)
    score = ""
    if checked.score is not None:
        score = (
            f"　{checked.score:.2f} 分 {checked.grade}" if lang == "zh" else f"  {checked.score:.2f} {checked.grade}"
        )
    lines = [f"{sign} {name}{code}　{STATUS_WORDS[lang][checked.status]}{score}　{inert(checked.file)}"]
    open_ = [f for f in checked.findings if f.is_open]
    leading, under = by_root(open_)
    for level in LEVELS:
        for group in folded([f for f in leading if f.level == level]):
            lines += _group(group, under, lang, colour)
    explained = [f for f in checked.findings if f.state == "explained"]
    for finding in explained:
        lines += _finding(finding, lang, colour)
    return lines


def folded(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Group findings of one kind on one sheet, in order of their first."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.code, finding.sheet), []).append(finding)
    return list(groups.values())


def _group(group: list[Finding], under: Mapping[str, Sequence[Finding]], lang: str, colour: bool) -> Iterable[str]:
    shown = group if len(group) <= FEW else group[:SHOWN]
    for finding in shown:
        yield from _finding(finding, lang, colour)
        yield from _consequences(under.get(name_of(finding), ()), lang)
    rest = group[len(shown) :]
    if rest:
        cells = cell_runs([f.cell for f in rest], len(rest)) or "；".join(f.place for f in rest if f.place)
        more = f"另有 {len(rest)} 处同类问题：{cells}" if lang == "zh" else f"{len(rest)} more of the kind: {cells}"
        yield f"       {more} [{group[0].code}]"
        hidden = [c for f in rest for c in under.get(name_of(f), ())]
        yield from _consequences(hidden, lang)


def _consequences(findings: Sequence[Finding], lang: str) -> Iterable[str]:
    """Say in one line what goes with a finding, every error of it: mend that one first."""
    if not findings:
        return
    word = LEVEL_WORDS if lang == "zh" else LEVEL_EN
    shown = sorted(findings, key=lambda f: LEVELS.index(f.level))
    shown = shown[: max(MOST_UNDER, sum(f.level == "error" for f in shown))]
    said = [f"{word[f.level]} {f.field} {f.cell} [{f.code}]".replace("  ", " ") for f in shown]
    left = len(findings) - len(shown)
    if lang == "zh":
        more = f" 等 {len(findings)} 项" if left else ""
        yield f"       连带（先改正上面一项）：{'；'.join(said)}{more}"
    else:
        more = f" and {left} more" if left else ""
        yield f"       follows from it (mend it first): {'; '.join(said)}{more}"


def _finding(finding: Finding, lang: str, colour: bool) -> list[str]:
    word = LEVEL_WORDS[finding.level] if lang == "zh" else LEVEL_EN[finding.level]
    if finding.state != "open":
        word = {"explained": "已说明", "waived": "已豁免"}[finding.state] if lang == "zh" else finding.state
    word = paint(word, {"error": "31", "confirm": "33", "notice": "36"}[finding.level], colour and finding.is_open)
    place = "!".join(p for p in (finding.sheet, finding.cell) if p)
    where = inert(f"{place}　") if place else ""
    lines = [f"  {word} {where}{inert(finding.message)} [{finding.code}]"]
    if finding.hint:
        lines.append(f"       {'可能的原因' if lang == 'zh' else 'Likely cause'}：{inert(finding.hint)}")
    if finding.explanation:
        lines.append(f"       {'说明' if lang == 'zh' else 'Reason'}：{inert(finding.explanation)}")
    return lines
