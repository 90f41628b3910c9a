"""xltools read: one submission as JSON, what was understood, cell by cell."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from xltools.bilingual import Lang
from xltools.errors import UnreadableFile, UsageError
from xltools.intake.files.container import NARRATIVES, kind_of_file
from xltools.intake.files.names import readable
from xltools.intake.files.passwords import read_passwords
from xltools.intake.open import load
from xltools.intake.submission import Submission, jsonable
from xltools.jobs.common import note, wording, workspace
from xltools.rules.unreadable import unreadable_narrative, unreadable_workbook


def run(file: Path, forms_dir: Path | None, lang: Lang, password_file: Path | None = None, **_: Any) -> int:
    """Print the JSON; a file that cannot be read is said to be so and answered with 1."""
    if not file.exists():
        raise UsageError(f"没有这个文件：{file}")
    if kind_of_file(file) in NARRATIVES:
        return _narrative(file, forms_dir, lang)
    shop = workspace(forms_dir)
    try:
        submission = load(file, readable(str(file)), shop, read_passwords(password_file))
    except UnreadableFile as error:
        found = unreadable_workbook(error, str(file))
        note(f"{file}：{wording(shop, lang).message(found)} [{found.code}]")
        return 1
    sys.stdout.write(json.dumps(reading_data(submission), ensure_ascii=False, indent=2) + "\n")
    return 0


def _narrative(file: Path, forms_dir: Path | None, lang: Lang) -> int:
    """Print what a narrative says, by the form that understands most of it."""
    from xltools.intake.narrative.document import read_document
    from xltools.intake.narrative.source import open_narrative
    from xltools.intake.narrative.values import narrative_data
    from xltools.review.narratives import read_by_forms

    shop = workspace(forms_dir)
    try:
        document = read_document(open_narrative(file, readable(str(file))))
    except UnreadableFile as error:
        found = unreadable_narrative(error, "")
        note(f"{file}：{wording(shop, lang).message(found)} [{found.code}]")
        return 1
    data = narrative_data(read_by_forms(document, shop)[0])
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")
    return 0


def reading_data(submission: Submission) -> dict[str, Any]:
    """Return what `read` gives: form, version, file, hash, flat values, and each cell as evidence."""
    cells = []
    for reading in submission.readings.values():
        key = reading.key
        problem = (
            reading.problem
            or (f"blank:{reading.blank}" if reading.blank else None)
            or (f"unusual:{','.join(reading.habits)}" if reading.habits else None)
        )
        cells.append(
            {
                "field": key.field if key.row < 0 else f"{key.field}[{key.row + 1}].{key.column}",
                "sheet": reading.ref.sheet,
                "cell": reading.ref.a1,
                "raw": reading.raw,
                "value": jsonable(reading.value),
                "formula": reading.formula,
                "cached": reading.raw if reading.formula is not None else None,
                "problem": problem,
            }
        )
    layout = submission.layout
    for ref, key in layout.computed.items():
        found = submission.computed.get(ref)
        if found is not None and found.present:
            cells.append(
                {
                    "field": key.field if key.row < 0 else f"{key.field}[{key.row + 1}].{key.column}",
                    "sheet": found.ref.sheet,
                    "cell": found.ref.a1,
                    "raw": found.cached,
                    "value": found.cached,
                    "formula": found.formula,
                    "cached": found.cached,
                    "problem": None,
                }
            )
    return {
        "form": submission.form.id,
        "version": submission.meta.get("version", ""),
        "file": submission.file,
        "sha256": submission.sha256,
        "values": submission.values(),
        "cells": cells,
        "format": submission.format,
        "not_carried": list(submission.lacks),
    }
