"""The steps of a round, each of which can be run again: what is due is done, what is done is left alone."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from xltools.bilingual import Pair
from xltools.errors import UsageError
from xltools.findings.finding import Finding
from xltools.findings.report import Checked, Report
from xltools.intake.roster import Roster
from xltools.jobs import summary
from xltools.jobs.common import CommonOptions, wording, workspace
from xltools.jobs.older import Older
from xltools.jobs.outputs import Sort
from xltools.jobs.returns import Post, Sent, coordinator_book, send_back
from xltools.jobs.reviewing import ReviewOptions, context_of, reviewed
from xltools.jobs.round.home import (
    BRIEF,
    FINDINGS,
    INBOX,
    ISSUED,
    LEADER,
    LEAFLET,
    REMINDER,
    SETTINGS,
    SUMMARY,
    UNFINISHED,
    Home,
    write_new,
)
from xltools.jobs.round.settings import Settings
from xltools.output.notices import Letter, as_file
from xltools.review.context import RunContext, RunOptions
from xltools.review.typed import TypedIn, read_typed, typed_in
from xltools.writing.department.make import file_name, workbook
from xltools.writing.seal import sealed

MANY = 20
"""Workbooks that take so long that it is said before."""
ISSUING = Pair("正在生成 {count} 份填报表，请稍候", "making {count} workbooks, one moment")
_LEAFLET = Pair(
    "各部门：\n\n请填写随附的 {year} 年度{title}（每个部门一份，文件名以部门编码开头），填好后按原文件名发回。"
    "只填浅黄色单元格；首页“报送检查”显示“可以报送”再发。",
    "To all departments:\n\nPlease fill in the workbook that comes with this letter and send it back under its name. "
    "Fill in the yellow cells only; send it when its first page says that it may be sent.",
)

_RENAMED = Pair(
    "没有 {name}，填写过的处理意见在“{other}”里：请把它改名为 {name}（不再需要的，移出这个文件夹），再运行",
    "{name} is not there, and what was typed stands in {other}: name it {name} (or move it away) and run again",
)
_OTHER_FORMAT = (".xls", ".et", ".ods", ".xlsm", ".xlsb")
"""Formats in which a findings workbook may be saved but is not read back."""


@dataclass
class Outcome:
    """What a run of `round next` did; the words are made of it at the end."""

    roster: Roster
    home: Home
    issued: list[Path] = field(default_factory=list)
    report: Report | None = None
    posted: list[Path] = field(default_factory=list)
    settled: list[Path] = field(default_factory=list)
    typed: int = 0
    unread: list[Path] = field(default_factory=list)
    verdict: str = ""

    @property
    def current(self) -> list[Checked]:
        """The submissions that speak for their departments."""
        return [] if self.report is None else [s for s in self.report.submissions if not s.superseded]

    @property
    def open_findings(self) -> list[Finding]:
        """What is open at the submissions that count, and in the batch."""
        batch = self.report.batch if self.report is not None else []
        return [f for s in self.current for f in s.findings if f.is_open] + [f for f in batch if f.is_open]


def issue(home: Home, settings: Settings, roster: Roster, options: CommonOptions) -> list[Path]:
    """Make the workbook of every department of the roster that has none yet; what is there stays as it is."""
    room = workspace(settings.forms_dir)
    form = room.form(settings.form)
    places = [(home / ISSUED / file_name(d.code, d.name), d) for d in roster.departments]
    due = [(path, department) for path, department in places if not path.exists()]
    if len(due) >= MANY:
        options.console.note(ISSUING.format(count=len(due)))
    older = Older(room, settings.previous, options.console) if due and settings.carried and settings.previous else None
    for path, department in due:
        file, carried = older.given_to(department, form) if older is not None else ("", None)
        values = carried.values if carried is not None and file else None
        write_new(path, sealed(workbook(room, form, values, department), "filled" if file else "blank"))
    made = [path for path, _ in due]
    text = _LEAFLET.format(year=form.year, title=form.title).text(options.lang)
    lines = [text, *letter_of(settings).lines(form, wording(room, options.lang))]
    home.put(home / ISSUED / LEAFLET, as_file("\n".join(lines) + "\n"))
    return made


def letter_of(settings: Settings) -> Letter:
    """Return what notices say at their end."""
    return Letter(settings.deadline, settings.contact, settings.signed, settings.day)


def typed_beside(home: Home) -> dict[Path, TypedIn]:
    """Return the workbooks beside 审核结果 that are copies of it with something typed, or are named as if they were."""
    own = {SETTINGS, SUMMARY, LEADER, FINDINGS, home.roster.name}
    found: dict[Path, TypedIn] = {}
    for path in sorted(home.folder.iterdir()):
        if not path.is_file() or path.name in own or path.name.startswith(("~$", ".")):
            continue
        suffix = path.suffix.lower()
        if suffix == ".xlsx" and (typed := typed_in(path)):
            found[path] = typed
        elif suffix in _OTHER_FORMAT and path.stem.startswith(Path(FINDINGS).stem):
            found[path] = TypedIn()
    return found


def refuse_renamed(home: Home) -> None:
    """Raise UsageError where 审核结果 is gone and what was typed into it stands under another name: without it an excused
    department would be dunned and a waived finding be sent back."""
    if not (home / FINDINGS).exists() and (beside := typed_beside(home)):
        raise UsageError(_RENAMED.format(name=FINDINGS, other=min(beside).name))


def _unread(home: Home, kept: TypedIn) -> list[Path]:
    """Return the copies of 审核结果 in which stands what the findings workbook itself does not say."""
    words = {(d.id, d.verdict, d.reason, d.name) for d in kept.decisions}
    talks = {*kept.missing.values()}
    return [
        path
        for path, typed in typed_beside(home).items()
        if not typed
        or any((d.id, d.verdict, d.reason, d.name) not in words for d in typed.decisions)
        or not talks.issuperset(typed.missing.values())
    ]


def check(home: Home, settings: Settings, options: CommonOptions, outcome: Outcome, jobs: int | None) -> None:
    """Check what is in the inbox, once; write return copies, notices and the findings workbook, which keeps what was
    typed, then the consolidated workbook, the leader's version and the page of words. Nothing where nothing came."""
    how = RunOptions(use_cache=True, harvest=True, returns=True, require_narrative=settings.require_narrative)
    wanted = _review(home, settings, options, jobs)
    context = context_of(wanted, how, lambda _: None)
    if not context.files and not context.has_narratives:
        return
    kept = read_typed(home / FINDINGS) if (home / FINDINGS).exists() else TypedIn()
    outcome.typed = len(kept.lines) + len(kept.missing)
    outcome.unread = _unread(home, kept)
    context, report = reviewed(replace(context, decisions=context.decisions.with_kept(kept)), wanted)
    outcome.report = report
    _write(home, settings, options, context, outcome)
    _sum_up(home, settings, options, context, outcome)


def _review(home: Home, settings: Settings, options: CommonOptions, jobs: int | None) -> ReviewOptions:
    return ReviewOptions(
        paths=[home / INBOX],
        roster=home.roster,
        previous=settings.previous,
        password_file=settings.passwords,
        rules=settings.rules,
        jobs=jobs,
        **_common(settings, options) | {"quiet": options.quiet},
    )


def _common(settings: Settings, options: CommonOptions) -> dict[str, Any]:
    """Return the options that every job takes, as the settings have them."""
    day = settings.day.isoformat() if settings.day is not None else options.day
    return {
        "forms_dir": settings.forms_dir,
        "lang": options.lang,
        "quiet": True,
        "verbose": False,
        "day": day,
    }


def _write(home: Home, settings: Settings, options: CommonOptions, context: RunContext, outcome: Outcome) -> None:
    report = outcome.report
    assert report is not None
    words = wording(context.workspace, options.lang)

    def folder_of(checked: Checked | None) -> Path:
        return home.folder if checked is None else home.returned(checked.round + 1)

    sent: Sent = send_back(context, report, words, Post(folder_of, _Places(home, outcome), letter_of(settings)))
    outcome.settled = home.settle(outcome.posted)
    if home / REMINDER not in outcome.posted:
        home.retire(home / REMINDER)
    day = settings.day.isoformat() if settings.day is not None else ""
    book = coordinator_book(context, report, sent, home.folder.absolute(), words, day, True)
    home.put(home / FINDINGS, sealed(book, "findings"))


@dataclass(frozen=True)
class _Places:
    """What goes to departments is put into the round's folder: nothing there is refused, what differs is kept."""

    home: Home
    outcome: Outcome

    def claim(self, *targets: tuple[Path | None, Sort]) -> None:
        """Nothing is refused."""

    def save(self, path: Path, data: bytes, kind: Sort) -> None:
        """Write one output."""
        self.home.put(path, data if kind == "plain" else sealed(data, kind), always=True)
        self.outcome.posted.append(path)


def _sum_up(home: Home, settings: Settings, options: CommonOptions, context: RunContext, outcome: Outcome) -> None:
    """Write the consolidated workbook, the leader's version and the page of words of the run that was just made."""
    report = outcome.report
    if report is None or not context.files:
        return
    made = {name: home / _unfinished(name) for name in (SUMMARY, LEADER, BRIEF)}
    wanted = summary.SummaryOptions(
        paths=[home / INBOX],
        output=made[SUMMARY],
        roster=home.roster,
        include="failed" if settings.include_failed else None,
        format_="xlsx",
        bureau=settings.bureau,
        leader=made[LEADER],
        brief=made[BRIEF] if len({s.form for s in outcome.current if s.form}) == 1 else None,
        **_common(settings, options),
    )
    outcome.verdict = summary.summed_of(wanted, context, report)[1].verdict.words
    for name, path in made.items():
        if path.exists():
            home.take(path, home / name)


def _unfinished(name: str) -> str:
    path = Path(name)
    return f"{path.stem}{UNFINISHED}{path.suffix}"
