"""Writes the narrative report (附件2) of a filled workbook with the form's Word template."""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Mapping
from typing import Any

from xltools.bilingual import Pair
from xltools.errors import DefinitionError, UsageError
from xltools.form.narrative import TEMPLATE, phrases_of
from xltools.intake.submission import Submission
from xltools.recalc.engine import EngineValue
from xltools.writing.narrative.repacked import repacked
from xltools.writing.narrative.words import TemplateWords

DRAFT = "草稿（工作簿还有未改正的错误，不作报送之用）"
_BODY = "报告正文"
_OPEN = re.compile("(【请[^】]*】)")
_NO_TEMPLATE = Pair(
    "表格 {form} 没有自评报告的 Word 模板（{path}）",
    "the form {form} has no Word template of the narrative report ({path})",
)
_FAULTY = Pair(
    "{path}：模板中的写法有误：{error}；可从原来的模板重新修改",
    "{path}: the template is faulty: {error}; start again from the original",
)


def narrative_docx(
    submission: Submission, values: Mapping[Any, EngineValue], draft: bool = False
) -> tuple[bytes, list[str]]:
    """Return the report and what has to be added by hand (the labels of texts nobody gave)."""
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined, TemplateError
    from jinja2.sandbox import SandboxedEnvironment

    form = submission.form
    path = form.folder / TEMPLATE
    if not path.is_file():
        raise UsageError(_NO_TEMPLATE.format(form=form.id, path=path))
    phrases = phrases_of(form)
    words = TemplateWords(submission, values, phrases)
    context = words.context() | {"草稿": DRAFT if draft else ""}
    try:
        document = DocxTemplate(io.BytesIO(path.read_bytes()))
        document.render(context, SandboxedEnvironment(undefined=StrictUndefined), autoescape=True)
    except (TemplateError, KeyError, ValueError, TypeError) as error:
        raise DefinitionError(_FAULTY.format(path=path, error=error)) from None
    _clean(document.docx, [len(t.group_columns) for t in form.tables if t.group_columns])
    highlight(document.docx)
    buffer = io.BytesIO()
    document.save(buffer)
    title = f"{form.year} 年度{phrases.name} {submission.department}"
    return repacked(buffer.getvalue(), title), words.missing


def highlight(document: Any) -> None:
    """Mark what has to be added or looked at by hand, so that it cannot be overlooked on paper or on a screen."""
    from docx.enum.text import WD_COLOR_INDEX

    cells = (p for t in document.tables for row in t.rows for cell in row.cells for p in cell.paragraphs)
    for paragraph in (*document.paragraphs, *cells):
        for run in list(paragraph.runs):
            parts = _OPEN.split(run.text)
            if len(parts) < 2:
                continue
            last = run
            for number, part in enumerate(parts):
                if number:
                    following = copy.deepcopy(run._element)
                    last._element.addnext(following)
                    last = type(run)(following, paragraph)
                last.text = part
                last.font.highlight_color = WD_COLOR_INDEX.YELLOW if number % 2 else None
            for one in [r for r in paragraph.runs if not r.text]:
                one._element.getparent().remove(one._element)


def _clean(document: Any, groups: list[int]) -> None:
    """Take out the paragraphs that came out empty, and join the cells of one group in the score table."""
    for paragraph in list(document.paragraphs):
        if paragraph.style.name == _BODY and not paragraph.text.strip():
            paragraph._element.getparent().remove(paragraph._element)
    for table in document.tables:
        for column in range(min(groups, default=0)):
            _join(table, column)


def _join(table: Any, column: int) -> None:
    """Merge equal neighbours of a column downwards, within the group of the column before it."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    above: tuple[str, ...] | None = None
    for row in table.rows[1:]:
        cells = row.cells
        here = tuple(cell.text for cell in cells[: column + 1])
        properties = cells[column]._tc.get_or_add_tcPr()
        merge = OxmlElement("w:vMerge")
        merge.set(qn("w:val"), "continue" if here == above else "restart")
        place = properties.find(qn("w:vAlign"))
        if place is not None:
            place.addprevious(merge)
        else:
            properties.append(merge)
        above = here
