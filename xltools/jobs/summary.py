"""xltools summary: the consolidated workbook for the bureau, or its tables as CSV or JSON."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from xltools.bilingual import Lang
from xltools.console import Progress
from xltools.errors import UsageError
from xltools.findings.report import Report
from xltools.intake.files.discover import discover
from xltools.intake.files.passwords import read_passwords
from xltools.intake.roster import Roster, read_roster
from xltools.jobs.check import say_aside
from xltools.jobs.common import note, parse_day, workspace
from xltools.recalc.workspace import Workspace
from xltools.review.decisions import apply_decisions, read_decisions
from xltools.review.run import check_all


def run(
    paths: Sequence[Path],
    output: Path,
    roster: Path | None,
    include: str | None,
    forms_dir: Path | None,
    lang: Lang,
    quiet: bool,
    verbose: bool = False,
    day: str | None = None,
    previous: Path | None = None,
    decisions: Path | None = None,
    by_unit: bool = False,
    format_: str = "xlsx",
    bureau: str = "",
    jobs: int | None = None,
    password_file: Path | None = None,
    **_: Any,
) -> int:
    """Check, settle what counts, write; return 0, 1 (not complete) or 3."""
    parse_day(day)
    if by_unit and roster is None:
        raise UsageError("--by-unit 按名册的“归口科室”分开，要同时给出 --roster 名册")
    names = read_roster(roster) if roster is not None else None
    made = read_decisions(decisions) if decisions is not None else ()
    passwords = read_passwords(password_file)
    shop = workspace(forms_dir)
    report = _checked(paths, shop, names, lang, quiet, verbose, jobs, passwords)
    if report is None:
        return 3
    if decisions is not None:
        apply_decisions(report, made, str(decisions))
    before = _checked([previous], shop, None, lang, True, False, jobs, passwords) if previous is not None else None
    from xltools.summary.batch import settle
    from xltools.summary.book import Imprint
    from xltools.summary.previous import Previous

    ids = list(dict.fromkeys(s.form for s in report.submissions if s.form))
    forms = {name: shop.form(name) for name in sorted(ids)}
    batch = settle(report, forms, names, include == "failed", lang)
    last = Previous(before) if before is not None else None
    imprint = Imprint(bureau, day or "")
    if format_ != "xlsx":
        return _tidy(batch, output, format_, lang, quiet)
    problems = _write(batch, output, imprint, last)
    if by_unit:
        for office in batch.offices:
            target = _beside(output, office)
            _write(batch.only(office), target, Imprint(bureau, day or "", office), last)
            note(f"已生成 {target}" if lang == "zh" else f"written: {target}", quiet)
    return _say(output, problems, lang, quiet)


def _checked(
    paths: Sequence[Path],
    shop: Workspace,
    roster: Roster | None,
    lang: Lang,
    quiet: bool,
    verbose: bool,
    jobs: int | None,
    passwords: Sequence[str],
) -> Report | None:
    """Check the workbooks under `paths`; None when there is none."""
    files, aside = discover(paths, passwords)
    if not files:
        note("没有找到工作簿（.xlsx）" if lang == "zh" else "no workbook found")
        return None
    many = jobs or os.cpu_count() or 1
    progress = Progress(quiet, lang)
    report = check_all(files, shop, roster, progress, True, jobs=many, passwords=passwords, aside=aside)
    if not quiet:
        say_aside(report.set_aside, verbose, lang)
    return report


def _write(batch: Any, output: Path, imprint: Any, previous: Any) -> list[str]:
    from xltools.summary.book import make_book
    from xltools.writing.consolidated.book import consolidated
    from xltools.writing.files import save

    gc.collect()
    gc.freeze()  # the results stay to the end: looking through them again and again costs a tenth of the time
    book = make_book(batch, imprint, previous)
    save(output, consolidated(book.plan, linker(output)))
    return book.problems


def _tidy(batch: Any, output: Path, format_: str, lang: Lang, quiet: bool) -> int:
    from xltools.summary.book import Imprint, make_book
    from xltools.summary.tidy import write_csv, write_json

    problems = make_book(batch, Imprint()).problems
    (write_csv if format_ == "csv" else write_json)(batch, problems, output, lang)
    return _say(output, problems, lang, quiet)


def _say(output: Path, problems: Sequence[str], lang: str, quiet: bool) -> int:
    """Say what was written; refuse to call it complete when it is not."""
    note(f"已生成 {output}" if lang == "zh" else f"written: {output}", quiet)
    for problem in problems:
        note(f"× 未完成：{problem}" if lang == "zh" else f"× not complete: {problem}")
    return 1 if problems else 0


def _beside(output: Path, office: str) -> Path:
    """Return the file of one office beside the whole."""
    from xltools.writing.department.make import file_name

    return output.with_name(Path(file_name(output.stem, office)).name)


def linker(output: Path) -> Callable[[str], str | None]:
    """Return what gives a link from the output's folder to a file that was sent, where there is such a file."""
    folder = output.absolute().parent

    def link(shown: str) -> str | None:
        path = Path(shown)
        try:
            if not path.is_file():
                return None
            relative = os.path.relpath(path.absolute(), folder)
        except (OSError, ValueError):
            return None
        return "external:" + relative.replace(os.sep, "/").replace("%", "%25").replace("#", "%23")

    return link
