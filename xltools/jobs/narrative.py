"""xltools narrative: writes the narrative report (附件2) of filled workbooks as .docx."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from xltools.bilingual import Lang
from xltools.errors import UnreadableFile, UsageError
from xltools.intake.open import load
from xltools.jobs.common import note, wording, workspace
from xltools.review.one_workbook import check_submission
from xltools.rules.unreadable import unreadable_workbook
from xltools.writing.department.make import file_name
from xltools.writing.files import save
from xltools.writing.narrative.report import narrative_docx

_SUFFIX = "_自评报告"


def run(
    files: Sequence[Path],
    output: Path | None,
    draft: bool,
    forms_dir: Path | None,
    lang: Lang,
    quiet: bool,
    **_: Any,
) -> int:
    """Write one report a workbook; 1 when a workbook was refused (open errors) or could not be read."""
    shop = workspace(forms_dir)
    single = output is not None and output.suffix.lower() == ".docx"
    if single and len(files) > 1:
        raise UsageError(f"有 {len(files)} 个工作簿，-o 应为文件夹，现为 {output}")
    refused = 0
    for path in files:
        if not path.is_file():
            raise UsageError(f"没有这个文件：{path}")
        try:
            submission = load(path, str(path), shop)
        except UnreadableFile as error:
            found = unreadable_workbook(error, str(path))
            note(f"{path}：{wording(shop, lang).message(found)} [{found.code}]")
            refused += 1
            continue
        checked = check_submission(submission, shop)
        errors = sum(f.level == "error" and f.is_open for f in checked.findings)
        if errors and not draft:
            note(
                f"{path}：还有 {errors} 项错误，没有生成自评报告；请先用 xltools check 查看并改正，或加 --draft 生成草稿"
                if lang == "zh"
                else f"{path}: {errors} errors are open; correct them first, or use --draft"
            )
            refused += 1
            continue
        model, _blank = shop.model(submission.layout)
        data, missing = narrative_docx(submission, model.evaluate(submission.engine_inputs()), draft)
        target = _target(output, path, submission.code, submission.department)
        save(target, data)
        note(f"已生成 {target}" if lang == "zh" else f"written: {target}", quiet)
        if missing:
            note(
                f"请在报告中补充（已用【请补充：…】标出）：{'、'.join(missing)}"
                if lang == "zh"
                else f"to be added in the report (marked 【请补充：…】): {', '.join(missing)}"
            )
    return 1 if refused else 0


def _target(output: Path | None, path: Path, code: str, department: str) -> Path:
    """Return where a report goes: the file that was named, else a file named after the department."""
    if output is not None and output.suffix.lower() == ".docx":
        return output
    name = file_name(code, department, _SUFFIX) if department else f"{path.stem}{_SUFFIX}.xlsx"
    return (output or Path()) / Path(name).with_suffix(".docx").name
