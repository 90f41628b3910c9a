"""From the options of check and summary to a run: everything that can be refused is refused before the work."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from xltools.bilingual import Pair
from xltools.console import Console, ProgressLine
from xltools.errors import UsageError
from xltools.findings.report import Checked, Report
from xltools.intake.files.discover import discover
from xltools.intake.files.input_file import SetAside
from xltools.intake.files.passwords import read_passwords
from xltools.intake.roster import Roster, read_roster
from xltools.jobs.common import CommonOptions, parse_day, workspace
from xltools.jobs.outputs import Outputs
from xltools.recalc.workspace import Workspace
from xltools.review.adjustments import AdjustmentsFile
from xltools.review.checking import check_files
from xltools.review.context import DecisionsFile, LastRound, LastYear, RunContext, RunOptions
from xltools.review.run import concluded
from xltools.rules.intake.kinds import why_aside
from xltools.rules.registry import asks_password

NOTHING = Pair("没有找到工作簿（.xlsx）", "no workbook found")
NO_PREVIOUS = Pair("--previous {path} 里没有工作簿", "--previous {path} holds no workbook")
ASK = Pair("有 {count} 个文件设有打开密码。密码（直接回车跳过）：", "{count} files are encrypted. Password: ")
REVIEWED = Pair("已审核：{file}（{why}）", "reviewed: {file} ({why})")
ASIDE = Pair("未审核：{file}（{why}{owner}）", "not checked: {file} ({why}{owner})")
OWNER = Pair("，{name}", ", {name}")
MORE_ASIDE = Pair(
    "另有 {count} 个文件不是报送件，未审核（其中文字报告 {texts} 个；加 -v 列出）",
    "{count} more files are no submissions and were not checked ({texts} narratives; -v lists them)",
)


@dataclass(frozen=True, kw_only=True)
class ReviewOptions(CommonOptions):
    """What check and summary are asked for alike."""

    paths: Sequence[Path]
    roster: Path | None = None
    previous: Path | None = None
    decisions: Path | None = None
    rules: Path | None = None
    password_file: Path | None = None
    jobs: int | None = None
    force: bool = False


def outputs_of(options: ReviewOptions, *more: Path | None) -> Outputs:
    """Return what writes the outputs of a run, which never stand on what it reads, `more` included."""
    own = (options.roster, options.previous, options.decisions, options.rules)
    more = (*more, options.password_file, options.forms_dir)
    return Outputs(workspace(options.forms_dir), (*options.paths, *own, *more), options.force)


def context_of(
    options: ReviewOptions, run: RunOptions, codes: Callable[[Workspace], frozenset[str] | None]
) -> RunContext:
    """Return the run that was asked for. Raises UsageError for what cannot be."""
    day = parse_day(options.day)
    decisions = _decisions(options.decisions)
    roster = read_roster(options.roster) if options.roster is not None else None
    passwords = tuple(read_passwords(options.password_file))
    previous = _previous(options.previous)
    home = workspace(options.forms_dir)
    wanted = codes(home)
    adjustments = _adjustments(options.rules, home, roster)
    files, aside = discover(options.paths, passwords)
    run = replace(run, jobs=options.jobs or os.cpu_count() or 1)
    found = RunContext(home, files, aside, roster, passwords, previous, decisions, wanted, run)
    return replace(found, adjustments=adjustments, day=day)


def _adjustments(path: Path | None, home: Workspace, roster: Roster | None) -> AdjustmentsFile:
    if path is None:
        return AdjustmentsFile()
    from xltools.review.adjustments_file import Known, read_adjustments
    from xltools.rules.catalogue import entries

    return read_adjustments(path, Known(entries(home.every_edition()), home.form_ids, roster))


def _decisions(path: Path | None) -> DecisionsFile:
    if path is None:
        return DecisionsFile()
    from xltools.review.typed import read_typed

    typed = read_typed(path)
    return DecisionsFile(str(path), typed.current, typed)


def _previous(path: Path | None) -> LastYear | LastRound | None:
    """Return what --previous names: last year's workbooks, or the JSON report of an earlier round."""
    if path is None:
        return None
    if path.suffix.lower() == ".json":
        from xltools.review.earlier_report import read_report

        return LastRound(read_report(path))
    files, _ = discover([path])
    if not files:
        raise UsageError(NO_PREVIOUS.format(path=path))
    return LastYear(files)


def reviewed(context: RunContext, options: ReviewOptions) -> tuple[RunContext, Report]:
    """Run, with a password if one is asked for and given; return the run as it was made in the end, and its report."""
    console = options.console
    results = check_files(context, ProgressLine(console))
    locked = sum(_is_locked(checked) for checked in results)
    if locked and (typed := console.ask_secret(ASK.format(count=locked))):
        known = {f: c for f, c in zip(context.files, results, strict=True) if not _is_locked(c)}
        passwords = (*context.passwords, typed)
        files, aside = discover(options.paths, passwords)
        context = replace(context, passwords=passwords, files=files, set_aside=aside)
        results = check_files(context, ProgressLine(console), known)
    report = concluded(context, results)
    say_aside(report.set_aside, console, options.verbose)
    return context, report


def _is_locked(checked: Checked) -> bool:
    return any(asks_password(f.code) for f in checked.findings)


def say_aside(aside: Sequence[SetAside], console: Console, verbose: bool) -> None:
    """Say what was met and not checked: nothing is passed over in silence."""
    rest = [item for item in aside if item.reason != "reviewed"]
    if not verbose:
        if rest:
            texts = sum(item.reason == "narrative" for item in rest)
            console.note(MORE_ASIDE.format(count=len(rest), texts=texts))
        for item in rest:
            if item.reason == "link_outside":  # it may be somebody's workbook
                console.warn(ASIDE.format(file=item.shown, why=why_aside(item), owner=""))
        return
    for item in aside:
        if item.reason == "reviewed":
            console.note(REVIEWED.format(file=item.shown, why=why_aside(item)))
    for item in rest:
        name = item.department or item.code
        owner = OWNER.format(name=name) if name else ""
        console.note(ASIDE.format(file=item.shown, why=why_aside(item), owner=owner))
