"""xltools check: the report of a run on the screen or in a file, and the contract's exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xltools.bilingual import Lang, Pair
from xltools.console import Progress, line_width, wants_colour
from xltools.errors import UsageError
from xltools.findings.report import Report, reaches
from xltools.findings.wording import Wording
from xltools.form.model import Level
from xltools.intake.files.discover import discover
from xltools.intake.files.input_file import InputFile, SetAside
from xltools.intake.files.passwords import read_passwords
from xltools.intake.roster import read_roster
from xltools.jobs.common import emit, note, parse_day, wording, workspace
from xltools.recalc.workspace import Workspace
from xltools.review.run import check_all
from xltools.rules.intake.kinds import why_aside
from xltools.rules.registry import asks_password

if TYPE_CHECKING:
    from xltools.review.decisions import Decision


def run(
    paths: Sequence[Path],
    roster: Path | None,
    format_: str,
    output: Path | None,
    fail_on: Level,
    forms_dir: Path | None,
    lang: Lang,
    quiet: bool,
    verbose: bool,
    password_file: Path | None = None,
    no_cache: bool = False,
    jobs: int | None = None,
    return_dir: Path | None = None,
    decisions: Path | None = None,
    day: str | None = None,
    require_narrative: bool = False,
    previous: Path | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    **_: Any,
) -> int:
    """Check, report, and return 0, 1 or 3."""
    outputs = Outputs(format_, output, return_dir, day)
    outputs.refuse(paths, lang)
    made = _decisions(decisions)
    names = read_roster(roster) if roster is not None else None
    passwords = read_passwords(password_file)
    before = Before(previous)
    ws, many = workspace(forms_dir), jobs or os.cpu_count() or 1
    wanted = _wanted(select, ignore, ws)
    files, aside = discover(paths, passwords)
    if not files and not any(item.reason == "narrative" for item in aside):
        if not quiet:
            say_aside(aside, verbose, lang)
        note("没有找到工作簿（.xlsx）" if lang == "zh" else "no workbook found")
        return 3

    def check() -> Report:
        progress = Progress(quiet, lang)
        return check_all(
            *(files, ws, names, progress), jobs=many, passwords=passwords, use_cache=not no_cache, aside=aside
        )

    report = check()
    locked = [s for s in report.submissions if any(asks_password(f.code) for f in s.findings)]
    if locked and not quiet and (typed := ask_password(len(locked), lang)):
        passwords = (*passwords, typed)
        files, aside = discover(paths, passwords)
        report = check()
    _narratives(report, files, ws, require_narrative, passwords)
    before.compare(report, ws, many, passwords)
    if wanted is not None:
        from xltools.rules.select import narrow

        narrow(report, wanted)
    if not quiet:
        say_aside(report.set_aside, verbose, lang)
    if made:
        from xltools.review.decisions import apply_decisions

        apply_decisions(report, made, str(decisions))
    outputs.write(files, report, made, ws, wording(ws, lang), passwords, quiet)
    return exit_code(report, fail_on)


def _decisions(path: Path | None) -> Sequence[Decision]:
    """Read the coordinator's decisions, before any work: a wrong file is said at once."""
    if path is None:
        return ()
    from xltools.review.decisions import read_decisions

    return read_decisions(path)


def _narratives(
    report: Report, files: Sequence[InputFile], shop: Workspace, require: bool, passwords: Sequence[str]
) -> None:
    """Review the narratives that came along; without any, only say so (and import nothing of theirs)."""
    if any(item.reason == "narrative" for item in report.set_aside):
        from xltools.review.narratives import review_narratives

        review_narratives(report, files, shop, require, passwords)
    else:
        from xltools.review.narrative_absent import no_narratives

        no_narratives(report, shop, require)


def _wanted(select: Sequence[str], ignore: Sequence[str], shop: Workspace) -> frozenset[str] | None:
    """Return the codes to report, or None for all."""
    if not select and not ignore:
        return None
    from xltools.rules.catalogue import catalogue
    from xltools.rules.select import chosen_codes, words

    cards = catalogue(shop.form(name) for name in shop.form_ids)
    return chosen_codes(words(select), words(ignore), cards)


class Before:
    """What --previous names: last year's workbooks, or the JSON report of an earlier round."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.report: Mapping[str, Any] | None = None
        if path is not None and path.suffix.lower() == ".json":
            from xltools.review.against_previous import read_report

            self.report = read_report(path)
        self.files = discover([path])[0] if path is not None and self.report is None else []
        if path is not None and self.report is None and not self.files:
            raise UsageError(Pair(f"--previous {path} 里没有工作簿", f"--previous {path} holds no workbook"))

    def compare(self, report: Report, shop: Workspace, jobs: int, passwords: Sequence[str]) -> None:
        """Add to `report` what only the comparison shows."""
        if self.report is None and not self.files:
            return
        from xltools.review.against_previous import against_last_round, against_last_year

        if self.report is not None:
            against_last_round(report, self.report)
        else:
            last = check_all(self.files, shop, jobs=jobs, passwords=passwords)
            against_last_year(report, last)


@dataclass(frozen=True, slots=True)
class Outputs:
    """What a run is asked to give: a report in some format, a folder of return copies."""

    format: str
    path: Path | None
    returns: Path | None
    day: str | None

    def refuse(self, paths: Sequence[Path], lang: str) -> None:
        """Raise UsageError, before any work, for what cannot be given."""
        if self.format == "xlsx" and self.path is None:
            raise UsageError(
                "--format xlsx 要用 -o 指定输出的文件，如 -o 审核问题.xlsx"
                if lang == "zh"
                else "--format xlsx needs -o FILE.xlsx"
            )
        if self.returns is not None:
            from xltools.jobs.returns import refuse_inside

            refuse_inside(self.returns, paths, lang)
        parse_day(self.day)

    def write(
        self,
        files: Sequence[InputFile],
        report: Report,
        made: Sequence[Decision],
        shop: Workspace,
        wording: Wording,
        passwords: Sequence[str],
        quiet: bool,
    ) -> None:
        """Write what was asked for; `made` are the coordinator's decisions, kept in the findings workbook."""
        lang = wording.lang
        if self.returns is not None or self.format == "xlsx":
            from xltools.jobs.returns import coordinator_book, send_back

            sent = send_back(files, report, shop, self.returns, wording, passwords)
            if self.returns is not None:
                count, where = len(sent.copies), self.returns
                words = f"退回件 {count} 份，在 {where}" if lang == "zh" else f"{count} return copies in {where}"
                note(words, quiet)
            if self.format == "xlsx" and self.path is not None:
                from xltools.writing.files import save

                folder = self.path.absolute().parent
                save(self.path, coordinator_book(files, report, shop, sent, folder, wording, made, self.day or ""))
                note(f"已生成 {self.path}" if lang == "zh" else f"written: {self.path}", quiet)
        if self.format == "json":
            from xltools.output.json_report import report_lines

            emit(chain(report_lines(report, wording), "\n"), self.path)
        elif self.format == "text":
            from xltools.output.text import report_text
            from xltools.output.wrap import folded_text

            text = report_text(report, wording, self.path is None and wants_colour(sys.stdout))
            emit(folded_text(text, line_width(sys.stdout) if self.path is None else None), self.path)


def exit_code(report: Report, fail_on: Level) -> int:
    """Return 1 when anything open reaches `fail_on` (an unreadable workbook is an error), else 0."""
    return 1 if reaches(report.findings, fail_on) else 0


def ask_password(count: int, lang: str) -> str:
    """Ask for a password on a terminal, once a run; "" where there is none, or nothing was typed."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return ""
    from getpass import getpass

    words = (
        f"有 {count} 个文件设有打开密码。密码（直接回车跳过）："
        if lang == "zh"
        else f"{count} files are encrypted. Password: "
    )
    return getpass(words, sys.stderr)


def say_aside(aside: Sequence[SetAside], verbose: bool, lang: Lang) -> None:
    """Say what was met and not checked: nothing is passed over in silence."""
    zh = lang == "zh"
    read = [item for item in aside if item.reason == "reviewed"]
    aside = [item for item in aside if item.reason != "reviewed"]
    for item in read if verbose else ():
        note(f"{'已审核' if zh else 'reviewed'}：{item.shown}（{why_aside(item).text(lang)}）")
    for item in aside if verbose else ():
        owner = item.department or item.code
        note(
            f"未审核：{item.shown}（{why_aside(item).text(lang)}{'，' + owner if owner else ''}）"
            if zh
            else f"not checked: {item.shown} ({why_aside(item).text(lang)}{', ' + owner if owner else ''})"
        )
    if aside and not verbose:
        texts = sum(item.reason == "narrative" for item in aside)
        if zh:
            note(f"另有 {len(aside)} 个文件不是报送件，未审核（其中文字报告 {texts} 个；加 -v 列出）")
        else:
            note(f"{len(aside)} more files are no submissions and were not checked ({texts} narratives; -v lists them)")
