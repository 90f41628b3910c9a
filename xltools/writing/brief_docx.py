"""Writes the page of words for the leader as a Word file, by the bureau's template where it has one."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

from xltools.bilingual import Pair
from xltools.errors import UsageError
from xltools.writing.consolidated.plan import Letter
from xltools.writing.narrative.repacked import repacked
from xltools.writing.word_template import filled, in_bounds

TEMPLATE = "brief.docx"
"""A form's folder may hold a template of this name."""
SIGNED = 2
_NO_TEMPLATE = Pair("没有这个 Word 模板：{path}", "there is no such Word template: {path}")
MARGIN = 20
SIZES = {"标题": (17, 30), "一级": (12, 21), "正文": (11, 18.5), "控制": (11, 18.5)}
"""Of the built-in template: points of the letters and of a line, so that a page of words is a page."""
_TEXT = """标题|{{ 标题 }}
控制|{%p for 部分 in 各部分 %}
一级|{{ 部分.标题 }}
控制|{%p for 段 in 部分.段落 %}
正文|{{ 段 }}
控制|{%p endfor %}
控制|{%p endfor %}
正文|{{ 单位 }}
正文|{{ 日期 }}
"""


def default_template() -> bytes:
    """Return the template that is used where the bureau has none; a bureau may start its own from it."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    from xltools.writing.narrative.template import template_bytes

    document = Document(io.BytesIO(template_bytes(_TEXT)))
    for section in document.sections:
        section.top_margin = section.bottom_margin = Mm(MARGIN)
        section.footer_distance = section.header_distance = Mm(MARGIN / 2)
    for name, (size, line) in SIZES.items():
        style = document.styles[f"报告{name}"]
        style.font.size, style.paragraph_format.line_spacing = Pt(size), Pt(line)
    for paragraph in document.paragraphs:
        if paragraph.style is not None and paragraph.style.name == "报告标题":
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(0)
    for paragraph in document.paragraphs[-SIGNED:]:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def brief_docx(letter: Letter, figures: Mapping[str, str], template: Path | None) -> bytes:
    """Return the Word file of a letter.

    A template sees 标题, 单位, 日期, 各部分 (each with 标题 and 段落), 数 (the first page's figures by label) and each
    part's paragraphs by its heading without the number (总体情况, 主要问题, 建议).
    """
    if template is None:
        return _written(letter, figures, default_template(), TEMPLATE)
    if not template.is_file():
        raise UsageError(_NO_TEMPLATE.format(path=template))
    return in_bounds(template, _written, letter, dict(figures), template.read_bytes(), str(template))


def _written(letter: Letter, figures: Mapping[str, str], source: bytes, path: str) -> bytes:
    bureau, day = (*letter.signed, "", "")[:SIGNED]
    context: dict[str, object] = {"标题": letter.title, "单位": bureau, "日期": day, "草稿": "", "数": dict(figures)}
    context["各部分"] = [{"标题": part.title, "段落": list(part.lines)} for part in letter.parts]
    context |= {part.title.rpartition("、")[2]: list(part.lines) for part in letter.parts}
    document = filled(source, context, path)
    buffer = io.BytesIO()
    document.save(buffer)
    return repacked(buffer.getvalue(), letter.title)
