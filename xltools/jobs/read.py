"""xltools read: one submission as JSON, what was understood, cell by cell."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xltools.bilingual import Pair
from xltools.errors import UnreadableFile, UsageError
from xltools.intake.files.container import NARRATIVES, kind_of_file
from xltools.intake.files.names import readable
from xltools.intake.files.passwords import read_passwords
from xltools.intake.open import load_watched
from xltools.intake.submission import Submission, jsonable
from xltools.jobs.common import NO_FILE, CommonOptions, workspace
from xltools.jobs.refusals import cannot_read, cannot_read_narrative
from xltools.json_text import json_text
from xltools.recalc.workspace import Workspace

NOT_A_FILE = Pair("{path} 不是普通文件；请给出一个工作簿", "{path} is no regular file; name a workbook")


@dataclass(frozen=True, kw_only=True)
class ReadOptions(CommonOptions):
    """What the command was asked for."""

    file: Path
    password_file: Path | None = None


def run(options: ReadOptions) -> int:
    """Print the JSON; a file that cannot be read is said to be so and answered with 1."""
    file = options.file
    if not file.exists():
        raise UsageError(NO_FILE.format(path=file))
    if not file.is_file():  # a pipe would be waited for, a folder holds many
        raise UsageError(NOT_A_FILE.format(path=file))
    home, passwords = workspace(options.forms_dir), read_passwords(options.password_file)
    try:
        if kind_of_file(file) in NARRATIVES:
            return _narrative(options, home)
        submission = load_watched(file, readable(str(file)), home, passwords)
    except UnreadableFile as error:
        options.console.warn(cannot_read(file, error, home))
        return 1
    sys.stdout.write(json_text(reading_data(submission), indent=2) + "\n")
    return 0


def _narrative(options: ReadOptions, home: Workspace) -> int:
    """Print what a narrative says, by the form that understands most of it."""
    from xltools.intake.narrative.document import read_document
    from xltools.intake.narrative.source import open_narrative
    from xltools.intake.narrative.values import narrative_data
    from xltools.review.narratives import read_by_forms

    file = options.file
    try:
        document = read_document(open_narrative(file, readable(str(file))))
    except UnreadableFile as error:
        options.console.warn(cannot_read_narrative(file, error, home))
        return 1
    data = narrative_data(read_by_forms(document, home)[0])
    sys.stdout.write(json_text(data, indent=2) + "\n")
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
