"""xltools narrative: writes the narrative report (附件2) of filled workbooks as .docx."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from xltools.bilingual import Pair, joined, same
from xltools.errors import UnreadableFile, UsageError
from xltools.intake.open import load_watched
from xltools.jobs.common import NO_FILE, WRITTEN, CommonOptions, workspace
from xltools.jobs.endings import need_ending
from xltools.jobs.outputs import Outputs
from xltools.jobs.refusals import cannot_read
from xltools.recalc.workspace import Workspace
from xltools.review.one_workbook import check_submission
from xltools.writing.department.make import file_name
from xltools.writing.narrative.report import narrative_docx

_SUFFIX = "_自评报告"
NOT_A_FOLDER = Pair(
    "有 {count} 个工作簿，-o 应为文件夹，现为 {output}",
    "there are {count} workbooks: -o must be a folder, not {output}",
)
STILL_OPEN = Pair(
    "{path}：还有 {count} 项错误，没有生成自评报告；请先用 xltools check 查看并改正，或加 --draft 生成草稿",
    "{path}: {count} errors are open; correct them first, or use --draft",
)
TO_ADD = Pair(
    "请在报告中补充（已用【请补充：…】标出）：{labels}", "to be added in the report (marked 【请补充：…】): {labels}"
)


@dataclass(frozen=True, kw_only=True)
class NarrativeOptions(CommonOptions):
    """What the command was asked for."""

    files: Sequence[Path]
    output: Path | None = None
    draft: bool = False
    force: bool = False


def run(options: NarrativeOptions) -> int:
    """Write one report a workbook; 1 when a workbook was refused (open errors) or could not be read."""
    home, files, output = workspace(options.forms_dir), options.files, options.output
    if output is not None and output.suffix and not output.is_dir():
        need_ending(output, "-o", ".docx")
    if output is not None and output.suffix.lower() == ".docx" and len(files) > 1:
        raise UsageError(NOT_A_FOLDER.format(count=len(files), output=output))
    outputs = Outputs(home, (*files, options.forms_dir), options.force)
    if output is not None and output.suffix.lower() == ".docx":
        outputs.claim((output, "narrative"))
    elif output is not None:
        outputs.enter(output)
    made = [_made(path, home, options) for path in files]
    if output is None or output.suffix.lower() != ".docx":
        outputs.claim(*((report.target, "narrative") for report in made if report is not None))
    for report in filter(None, made):
        outputs.save(report.target, report.data, "narrative")
        options.console.note(WRITTEN.format(path=report.target))
        if report.missing:
            options.console.warn(TO_ADD.format(labels=joined(map(same, report.missing))))
    return 0 if all(made) else 1


@dataclass(frozen=True)
class _Report:
    """A narrative report that is made and not yet written; `missing` are the places it leaves open."""

    target: Path
    data: bytes
    missing: Sequence[str]


def _made(path: Path, home: Workspace, options: NarrativeOptions) -> _Report | None:
    """Return the report of one workbook, or say why there is none."""
    console = options.console
    if not path.is_file():
        raise UsageError(NO_FILE.format(path=path))
    try:
        submission = load_watched(path, str(path), home)
    except UnreadableFile as error:
        console.warn(cannot_read(path, error, home))
        return None
    checked = check_submission(submission, home)
    errors = sum(f.level == "error" and f.is_open for f in checked.findings)
    if errors and not options.draft:
        console.warn(STILL_OPEN.format(path=path, count=errors))
        return None
    model, _blank = home.model(submission.layout)
    data, missing = narrative_docx(submission, model.evaluate(submission.engine_inputs()), options.draft)
    return _Report(_target(options.output, path, submission.code, submission.department), data, missing)


def _target(output: Path | None, path: Path, code: str, department: str) -> Path:
    """Return where a report goes: the file that was named, else a file named after the department."""
    if output is not None and output.suffix.lower() == ".docx":
        return output
    name = file_name(code, department, _SUFFIX) if department else f"{path.stem}{_SUFFIX}.xlsx"
    return (output or Path()) / Path(name).with_suffix(".docx").name
