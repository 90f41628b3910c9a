"""What `round new` and `round next` do, and the few lines in which they say what happened and what to open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from xltools.bilingual import Pair, joined, same
from xltools.errors import UsageError
from xltools.findings.report import Status, reaches
from xltools.intake.roster import Roster, read_roster
from xltools.jobs.common import CommonOptions, workspace
from xltools.jobs.round.home import (
    BRIEF,
    DONE,
    FINDINGS,
    INBOX,
    ISSUED,
    LEADER,
    REMINDER,
    ROSTER,
    ROSTER_ENDINGS,
    SETTINGS,
    SUMMARY,
    Home,
    refuse_in_inbox,
    refuse_link,
    write_new,
)
from xltools.jobs.round.settings import read_settings, written
from xltools.jobs.round.steps import Outcome, check, issue, refuse_renamed
from xltools.writing.own_books import roster_book

NO_FOLDER = Pair("请写明新一轮的文件夹，如 xltools round new 2023年度自评", "name the folder of the new round")
NO_FORM = Pair("请用 --form 写明哪一种表格：{known}", "name the form with --form: {known}")
ONLY_NEW = Pair(
    "--form、--roster、--bureau 只用于 round new；以后改“{file}”和名册", "these are for round new only: {file}"
)
IS_ONE = Pair(
    "{folder} 已经是一轮的文件夹；继续做用 xltools round next {folder}",
    "{folder} is a round's folder already; go on with xltools round next {folder}",
)
ROSTER_KIND = Pair("名册应为 {endings} 文件，现为 {path}", "a roster is a file of {endings}, not {path}")
MADE = Pair(
    "已建好 {folder}：\n1. 打开“{settings}”，填报送截止、联系方式等\n2. {roster}\n3. 运行 xltools round next {folder}，"
    "生成要下发的填报表；以后把收到的文件放进“{inbox}”，再运行同一条命令",
    "{folder} is ready:\n1. open {settings} and say by when, whom to ask\n2. {roster}\n3. run xltools round next {folder}: "
    "it makes the workbooks to send out; put what comes back into {inbox} and run it again",
)
HAS_ROSTER = Pair("核对“{name}”（{count} 个部门）", "look through {name} ({count} departments)")
FILL_ROSTER = Pair("打开“{name}”，填写部门（每个部门一行）", "open {name} and list the departments")
ISSUED_NOW = Pair(
    "下发：新生成 {count} 份填报表，在“{folder}”，请连同“填报通知.txt”发给部门",
    "to send out: {count} new workbooks in {folder}, with a letter",
)
WAITING = Pair(
    "“{folder}”里还没有报送件：收到后放进去（压缩包、子文件夹都可以），再运行 xltools round next",
    "nothing came yet: put what comes back into {folder} (archives and folders too) and run xltools round next",
)
STATES: dict[Status | Literal["missing", "excused"], Pair] = {
    "passed": Pair("通过", "passed"),
    "confirm": Pair("待核实", "to confirm"),
    "failed": Pair("有错误", "with errors"),
    "unreadable": Pair("打不开", "unreadable"),
    "missing": Pair("未报送", "not reported"),
    "excused": Pair("免报", "excused"),
}
STATE = Pair("{state} {count}", "{count} {state}")
HEAD = Pair("名册 {due} 个部门：{states}{strangers}", "{due} departments: {states}{strangers}")
STRANGERS = Pair("；名册外 {count} 份", "; {count} files of nobody on the roster")
BACK = Pair(
    "退回：{count} 个部门的退回件和通知在{folders}，请发给部门{settled}",
    "to send back: return copies and notices of {count} departments in {folders}{settled}",
)
NONE_BACK = Pair("退回：没有要退回的{settled}", "nothing goes back{settled}")
REMIND = Pair("；催报的通知是“{name}”", "; a reminder for those who sent nothing: {name}")
SETTLED = Pair("；不用再发的 {count} 份已移到“{done}”", "; {count} that are settled were moved to {done}")
TYPED = Pair("处理意见：已保留填写过的 {count} 条", "decisions: {count} lines typed before are kept")
KEPT = Pair("改动过的旧文件另存了一份：{files}", "what you had changed is kept as {files}")
UNREAD = Pair(
    "{files}里填写的没有读：处理意见只从 {name} 读，请抄过去（不再需要的，移出这个文件夹）",
    "what was typed into {files} was not read: type it into {name}, or move them away",
)
OPEN_THIS = Pair("请打开 {file}，先看“下一步”；汇总：{verdict}", "open {file}; the summary: {verdict}")
ALL_DONE = Pair("全部办结，请打开 {files}。{verdict}", "everybody is done: open {files}. {verdict}")


@dataclass(frozen=True, kw_only=True)
class RoundOptions(CommonOptions):
    """What the command was asked for."""

    action: str = "next"
    folder: Path | None = None
    form: str | None = None
    roster: Path | None = None
    bureau: str = ""
    jobs: int | None = None


def run(options: RoundOptions) -> int:
    """Start a round, or do what is due in it; 0, 1 (errors are open) or 3 (nothing came yet)."""
    if options.action == "new":
        print(new(options).text(options.lang))
        return 0
    if options.form or options.roster or options.bureau:
        raise UsageError(ONLY_NEW.format(file=SETTINGS))
    outcome = next_(options.folder or Path(), options)
    for line in outcome_lines(outcome):
        print(line.text(options.lang))
    if outcome.report is None:
        return 0 if outcome.issued else 3
    return 1 if reaches(outcome.open_findings, "error") else 0


def new(options: RoundOptions) -> Pair:
    """Make a round's folder; return what is to be done next."""
    if options.folder is None:
        raise UsageError(NO_FOLDER)
    folder, room = options.folder, workspace(options.forms_dir)
    if (folder / SETTINGS).exists():
        raise UsageError(IS_ONE.format(folder=folder))
    if options.form is None:
        raise UsageError(NO_FORM.format(known=joined(map(same, room.form_ids))))
    form = room.form(options.form)
    given = _roster(options.roster)
    refuse_in_inbox(folder / SETTINGS)
    refuse_link(folder / SETTINGS)
    present = next((p for e in ROSTER_ENDINGS if (p := folder / f"{ROSTER}{e}").exists()), None)
    place = present or folder / f"{ROSTER}{options.roster.suffix.lower() if options.roster else '.xlsx'}"
    if present is None:
        refuse_link(place)
    (folder / INBOX).mkdir(parents=True, exist_ok=True)
    (folder / ISSUED).mkdir(exist_ok=True)
    if present is None:
        write_new(place, options.roster.read_bytes() if options.roster is not None else roster_book(form=form))
    write_new(folder / SETTINGS, written(form.id, options.bureau, options.forms_dir))
    count = len(given.departments) if given is not None else 0
    roster = (HAS_ROSTER if count else FILL_ROSTER).format(name=place.name, count=count)
    return MADE.format(folder=folder, settings=SETTINGS, roster=roster, inbox=INBOX)


def _roster(path: Path | None) -> Roster | None:
    """Read the roster that was given, so that a wrong one is refused before anything is made."""
    if path is None:
        return None
    if path.suffix.lower() not in ROSTER_ENDINGS:
        raise UsageError(ROSTER_KIND.format(endings=joined(map(same, ROSTER_ENDINGS)), path=path))
    return read_roster(path)


def next_(folder: Path, options: RoundOptions) -> Outcome:
    """Do what is due in a round: issue, check, send back, sum up. Each part can be run again."""
    home = Home(folder)
    settings = read_settings(home / SETTINGS, workspace(options.forms_dir).form_ids)
    outcome = Outcome(read_roster(home.roster), home)
    home.refuse_open()
    refuse_renamed(home)
    (home / INBOX).mkdir(exist_ok=True)
    outcome.issued = issue(home, settings, outcome.roster, options)
    check(home, settings, options, outcome, options.jobs)
    return outcome


def outcome_lines(outcome: Outcome) -> Iterator[Pair]:
    """Yield what happened and what to open, in a few lines."""
    if outcome.issued:
        yield ISSUED_NOW.format(count=len(outcome.issued), folder=ISSUED)
    if outcome.report is None:
        yield WAITING.format(folder=INBOX)
        return
    counts, strangers = standing(outcome)
    states = joined((STATE.format(state=STATES[s], count=counts[s]) for s in STATES if counts[s]), "，", ", ")
    apart = STRANGERS.format(count=strangers) if strangers else same("")
    yield HEAD.format(due=len(outcome.roster.departments), states=states, strangers=apart)
    yield _back(outcome)
    if outcome.typed:
        yield TYPED.format(count=outcome.typed)
    if outcome.unread:
        yield UNREAD.format(files=_named(outcome, outcome.unread), name=FINDINGS)
    if outcome.home.kept:
        yield KEPT.format(files=_named(outcome, outcome.home.kept))
    if set(counts) <= {"passed", "excused"}:
        yield ALL_DONE.format(files=_quoted((SUMMARY, LEADER, BRIEF)), verdict=outcome.verdict)
    else:
        yield OPEN_THIS.format(file=FINDINGS, verdict=outcome.verdict)


def standing(outcome: Outcome) -> tuple[Counter[str], int]:
    """Return how the departments of the roster stand, and how many files are of nobody on it."""
    assert outcome.report is not None
    states: dict[str, list[str]] = {}
    strangers = 0
    for checked in outcome.current:
        line = outcome.roster.find(checked.code, checked.department)
        if line is None:
            strangers += 1
        else:
            states.setdefault(line.code, []).append(checked.status)
    order = ("failed", "confirm", "unreadable", "passed")
    missing = {code for code, _ in outcome.report.missing}
    counts: Counter[str] = Counter()
    for department in outcome.roster.departments:
        found = states.get(department.code, [])
        absent = "missing" if department.code in missing else "excused"
        counts[next((s for s in order if s in found), absent)] += 1
    return counts, strangers


def _back(outcome: Outcome) -> Pair:
    settled = SETTLED.format(count=len(outcome.settled), done=DONE) if outcome.settled else same("")
    remind = REMIND.format(name=REMINDER) if outcome.home / REMINDER in outcome.posted else same("")
    more = joined((settled, remind), "", "")
    folders = sorted({path.parent for path in outcome.posted} - {outcome.home.folder})
    if not folders:
        return NONE_BACK.format(settled=more)
    count = sum(path.suffix == ".txt" and path.parent in folders for path in outcome.posted)
    return BACK.format(count=count, folders=_named(outcome, folders), settled=more)


def _named(outcome: Outcome, paths: list[Path]) -> Pair:
    """Return files and folders of the round by their names in it."""
    return _quoted(p.relative_to(outcome.home.folder).as_posix() for p in paths)


def _quoted(names: Iterable[str]) -> Pair:
    return joined(Pair(f"“{name}”", f"“{name}”") for name in names)
