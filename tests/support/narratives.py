"""What tests of narratives need: a report written from a filling, its texts changed, and the review of the pair."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from docx import Document

from tests.support.forms import Values, room
from xltools.findings.finding import Finding
from xltools.form.narrative import phrases_of
from xltools.intake.files.discover import discover
from xltools.intake.narrative.document import read_document
from xltools.intake.narrative.reading import Narrative, read_with
from xltools.intake.narrative.source import read_narrative
from xltools.intake.open import load_bytes
from xltools.review.context import RunContext, RunOptions
from xltools.review.run import run
from xltools.writing.department.make import workbook
from xltools.writing.narrative.report import narrative_docx

FORM = "guangdong-2023"
_LEVELS = {"报告一级": 0, "报告二级": 1, "报告三级": 2}
_NUMBER = re.compile("（?[一二三四五六七八九十0-9]+[、）]")


def pair(values: Values, draft: bool = False, form: str = FORM) -> tuple[bytes, bytes, list[str]]:
    """Return a workbook of the values, the narrative written from it, and what is missing in it."""
    shop = room()
    book = workbook(shop, shop.form(form), values)
    submission = load_bytes(book, "表.xlsx", shop)
    model, _ = shop.model(submission.layout)
    report, missing = narrative_docx(submission, model.evaluate(submission.engine_inputs()), draft)
    return book, report, missing


def understood(data: bytes, name: str = "报告.docx", form: str = FORM) -> Narrative:
    """Return a narrative's bytes as read with the form's phrases."""
    return read_with(read_document(read_narrative(data, name)), phrases_of(room().form(form)))


def changed(report: bytes, change: Callable[[Any], None]) -> bytes:
    """Return a .docx with its python-docx document changed."""
    document = Document(io.BytesIO(report))
    change(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def replaced(report: bytes, old: str, new: str) -> tuple[bytes, str]:
    """Replace a text at its first place; return the .docx and where that is, as the Word styles tell it: 一、（四）第 2 段."""
    found: list[str] = []

    def change(document: Any) -> None:
        heads, number = ["", "", ""], 0
        for paragraph in document.paragraphs:
            level = _LEVELS.get(paragraph.style.name)
            if level is not None:
                heads[level:], number = [_NUMBER.match(paragraph.text)[0], "", ""][: 3 - level], 0  # type: ignore[index]
            elif paragraph.text.strip():
                number += 1
            if old in paragraph.text:
                paragraph.text = paragraph.text.replace(old, new, 1)
                found.append("题目" if paragraph.style.name == "报告标题" else "".join(heads) + f"第 {number} 段")
                return

    data = changed(report, change)
    assert found, f"not in the report: {old}"
    return data, found[0]


def reviewed(folder: Path, files: dict[str, bytes], require: bool = False) -> list[Finding]:
    """Return the narrative findings of a run over these files."""
    for name, data in files.items():
        (folder / name).write_bytes(data)
    found, aside = discover([folder])
    report = run(RunContext(room(), found, aside, options=RunOptions(require_narrative=require)))
    return [f for f in report.findings if f.code.startswith("NA")]
