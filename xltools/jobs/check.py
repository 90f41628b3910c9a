"""xltools check: the report of a run on the screen or in a file, and the contract's exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from xltools.bilingual import Pair
from xltools.console import line_width, wants_colour
from xltools.errors import UsageError
from xltools.findings.report import Report, reaches
from xltools.form.model import Level
from xltools.jobs.common import WRITTEN, emit, wording
from xltools.jobs.endings import format_of
from xltools.jobs.outputs import Outputs
from xltools.jobs.reviewing import NOTHING, ReviewOptions, context_of, outputs_of, reviewed, say_aside
from xltools.output.formats import FORMATS, pieces
from xltools.output.wrap import FILE, Screen
from xltools.recalc.workspace import Workspace
from xltools.review.context import RunContext, RunOptions

if TYPE_CHECKING:
    from xltools.review.typed import TypedIn

NEEDS_OUTPUT = Pair("--format xlsx 要用 -o 指定输出的文件，如 -o 审核问题.xlsx", "--format xlsx needs -o FILE.xlsx")
ENDINGS = {name: one.endings for name, one in FORMATS.items()} | {"xlsx": (".xlsx",)}
KEPT = Pair("已保留 {path} 中填写的 {count} 条意见", "{count} lines typed into {path} are kept")
BEFORE = Pair(
    "原来的 {path} 有人改动过，另存为 {kept}，其中的意见已经带入新文件",
    "{path} had been changed: it is kept as {kept}, and its decisions go on in the new file",
)
COPIES = Pair("退回件 {count} 份，在 {folder}", "{count} return copies in {folder}")


@dataclass(frozen=True, kw_only=True)
class CheckOptions(ReviewOptions):
    """What the command was asked for."""

    format_: str | None = None
    output: Path | None = None
    return_dir: Path | None = None
    fail_on: Level = "error"
    require_narrative: bool = False
    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    no_cache: bool = False


def run(options: CheckOptions) -> int:
    """Check, report, and return 0, 1 or 3."""
    options = replace(options, format_=format_of(options.output, options.format_, ENDINGS, "text"))
    outputs = _refuse(options)
    how = RunOptions(
        use_cache=not options.no_cache,
        returns=options.return_dir is not None,
        require_narrative=options.require_narrative,
    )
    context = context_of(options, how, lambda home: _wanted(options, home))
    if not context.files and not context.has_narratives:
        say_aside(context.set_aside, options.console, options.verbose)
        options.console.warn(NOTHING)
        return 3
    kept = _forerunner(options)
    context, report = reviewed(replace(context, decisions=context.decisions.with_kept(kept)), options)
    _write(options, context, report, outputs)
    return 1 if reaches(report.findings, options.fail_on) else 0


def _refuse(options: CheckOptions) -> Outputs:
    """Return the run's outputs. Raises UsageError, before any work, for those that cannot be given."""
    if options.format_ == "xlsx" and options.output is None:
        raise UsageError(NEEDS_OUTPUT)
    if options.return_dir is not None:
        from xltools.jobs.returns import refuse_inside

        refuse_inside(options.return_dir, options.paths)
    outputs = outputs_of(options)
    outputs.claim((options.output, "findings" if options.format_ == "xlsx" else "plain"))
    return outputs


def _forerunner(options: CheckOptions) -> TypedIn:
    """Return what the coordinator typed into the findings workbook that this run writes anew."""
    from xltools.review.typed import TypedIn, typed_in

    if options.format_ != "xlsx" or options.output is None or not options.output.exists():
        return TypedIn()
    kept = typed_in(options.output) or TypedIn()
    if kept:
        options.console.note(KEPT.format(path=options.output, count=len(kept.lines) + len(kept.missing)))
    return kept


def _wanted(options: CheckOptions, home: Workspace) -> frozenset[str] | None:
    """Return the codes to report, or None for all."""
    if not options.select and not options.ignore:
        return None
    from xltools.rules.catalogue import catalogue
    from xltools.rules.select import chosen_codes, words

    cards = catalogue(home.every_edition())
    return chosen_codes(words(options.select), words(options.ignore), cards)


def _write(options: CheckOptions, context: RunContext, report: Report, outputs: Outputs) -> None:
    """Write what was asked for."""
    console, output = options.console, options.output
    words = wording(context.workspace, options.lang)
    if options.return_dir is not None or options.format_ == "xlsx":
        from xltools.jobs.returns import Post, coordinator_book, send_back

        folder = options.return_dir
        sent = send_back(context, report, words, None if folder is None else Post(lambda _: folder, outputs))
        if folder is not None:
            console.note(COPIES.format(count=len(sent.copies), folder=folder))
        if options.format_ == "xlsx" and output is not None:
            data = coordinator_book(context, report, sent, output.absolute().parent, words, options.day or "")
            before = outputs.keep(output)
            outputs.save(output, data, "findings")
            if before is not None:
                console.note(BEFORE.format(path=output.name, kept=before.name))
            console.note(WRITTEN.format(path=output))
    if options.format_ in FORMATS:
        screen = Screen(line_width(sys.stdout), wants_colour(sys.stdout)) if output is None else FILE
        emit(pieces(options.format_, report, words, screen), outputs, output)
