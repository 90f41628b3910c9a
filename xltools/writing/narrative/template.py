"""Makes a form's Word template (narrative.docx) from its text (narrative.txt), laid out by GB/T 9704.

Run `python -m xltools.writing.narrative.template FOLDER` after narrative.txt was changed; a bureau that edits the Word
file itself needs neither.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from xltools.bilingual import Pair
from xltools.errors import DefinitionError
from xltools.writing.narrative.repacked import repacked

TEXT = "narrative.txt"
BODY = 16  # 三号
LINE = 28.5
LINE_BREAK = "⏎"
_NO_STYLE = Pair(
    "{where} 第 {number} 行：没有样式“{style}”（{known}、换页、表格）",
    "{where}, line {number}: there is no style “{style}” ({known}、换页、表格)",
)
STYLES = {
    # name: (font, size, bold, centred, first-line indent in characters, keep with next)
    "附件": ("黑体", 16, False, False, 0, False),
    "标题": ("方正小标宋简体", 22, False, True, 0, True),
    "一级": ("黑体", 16, False, False, 2, True),
    "二级": ("楷体", 16, False, False, 2, True),
    "三级": ("仿宋", 16, True, False, 2, True),
    "正文": ("仿宋", 16, False, False, 2, False),
    "署名": ("仿宋", 16, False, False, 0, True),
    "落款": ("仿宋", 16, False, False, 0, False),
    "控制": ("仿宋", 16, False, False, 0, False),
    "表题": ("方正小标宋简体", 18, False, True, 0, True),
    "表头": ("黑体", 10.5, False, True, 0, False),
    "表格": ("仿宋", 10.5, False, False, 0, False),
}
"""What Word takes where 方正小标宋 is not installed."""


def template_bytes(text: str, where: str = TEXT) -> bytes:
    """Return the Word template of a text: one paragraph a line, `style|words`."""
    document = Document()
    _page(document)
    _styles(document)
    for number, line in enumerate(text.splitlines(), start=1):
        style, _, words = line.partition("|")
        if not line.strip():
            continue
        if style == "换页":
            _paragraph(document, "附件", words).paragraph_format.page_break_before = True
        elif style == "表格":
            _table(document, words)
        elif style in STYLES:
            _paragraph(document, style, words)
        else:
            raise DefinitionError(_NO_STYLE.format(where=where, number=number, style=style, known="、".join(STYLES)))
    buffer = io.BytesIO()
    document.save(buffer)
    return repacked(buffer.getvalue(), "部门整体支出绩效自评报告")


def _page(document: Any) -> None:
    """A4; margins 37, 35, 28, 26 mm; page numbers outside at the foot, 草稿 at the head."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(20), Mm(26)
    document.settings.odd_and_even_pages_header_footer = True
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        edge = paragraph.paragraph_format
        edge.right_indent = edge.left_indent = Pt(14)
        _run(paragraph, "— ", "宋体", 14)
        _field(paragraph, "PAGE")
        _run(paragraph, " —", "宋体", 14)
    for header in (section.header, section.even_page_header):
        paragraph = header.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = _run(paragraph, "{{ 草稿 }}", "黑体", 16)
        run.font.color.rgb = RGBColor(0xC0, 0, 0)


def _run(paragraph: Any, text: str, font: str, size: float) -> Any:
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    _font(run._element.get_or_add_rPr(), font)
    return run


def _font(properties: Any, font: str) -> None:
    """Set one font for Chinese and Latin; GB/T 9704 sets figures in the text's own font."""
    fonts = properties.get_or_add_rFonts()
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        if fonts.get(qn(f"w:{kind}")) is not None:
            del fonts.attrib[qn(f"w:{kind}")]
    for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{kind}"), font)


def _field(paragraph: Any, code: str) -> None:
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        run = _run(paragraph, "", "宋体", 14)
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._element.append(element)


def _styles(document: Any) -> None:
    normal = document.styles["Normal"]
    normal.font.size = Pt(BODY)
    _font(normal.element.get_or_add_rPr(), "仿宋")
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    for name, (font, size, bold, centred, indent, keep) in STYLES.items():
        style = document.styles.add_style(f"报告{name}", 1)
        style.base_style = normal
        style.font.size, style.font.bold = Pt(size), bold
        _font(style.element.get_or_add_rPr(), font)
        spacing = style.paragraph_format
        spacing.space_before = spacing.space_after = Pt(0)
        spacing.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        spacing.line_spacing = Pt({"标题": 36, "表题": 30, "表头": 16, "表格": 16}.get(name, LINE))
        spacing.keep_with_next = keep
        spacing.widow_control = False
        if centred:
            spacing.alignment = WD_ALIGN_PARAGRAPH.CENTER
        elif name == "正文":
            spacing.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        elif name in ("署名", "落款"):
            spacing.space_before = Pt(2 * LINE if name == "署名" else 0)
            spacing.alignment, spacing.right_indent = WD_ALIGN_PARAGRAPH.RIGHT, Pt(2 * size)
        if indent:
            properties = style.element.get_or_add_pPr()
            element = properties.get_or_add_ind()
            element.set(qn("w:firstLineChars"), str(indent * 100))
            element.set(qn("w:firstLine"), str(int(indent * size * 20)))


def _paragraph(document: Any, style: str, words: str) -> Any:
    paragraph = document.add_paragraph(words.replace(LINE_BREAK, "\n"), style=f"报告{style}")
    if style in ("一级", "二级", "三级"):
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), str(("一级", "二级", "三级").index(style)))
        paragraph._element.get_or_add_pPr().append(level)
    if style == "标题":
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(LINE)
    return paragraph


def _table(document: Any, words: str) -> None:
    """A table with a header that repeats on every page and one template row for all of a table's rows."""
    name, *heads = words.split("|")
    labels, widths = zip(*((h.partition(":")[0], float(h.partition(":")[2])) for h in heads), strict=True)
    table = document.add_table(rows=5, cols=len(labels))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    head, opening, body, closing, total = table.rows
    repeat = OxmlElement("w:tblHeader")
    head._tr.get_or_add_trPr().append(repeat)
    body._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell, label in zip(head.cells, labels, strict=True):
        _fill(cell, label, "表头", True)
    _fill(opening.cells[0], f'{{%tr for 行 in 行列("{name}") %}}', "表格", False)
    _fill(closing.cells[0], "{%tr endfor %}", "表格", False)
    for cell, label in zip(body.cells, labels, strict=True):
        _fill(cell, f"{{{{ 行.{label} }}}}", "表格", label not in ("三级指标", "扣分原因"))
    for cell, label in zip(total.cells, labels, strict=True):
        _fill(cell, f'{{{{ 合计("{name}", "{label}") }}}}', "表格", True)


def _fill(cell: Any, text: str, style: str, centred: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = f"报告{style}"
    paragraph.add_run(text)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    properties = cell._tc.get_or_add_tcPr()
    middle = OxmlElement("w:vAlign")
    middle.set(qn("w:val"), "center")
    properties.append(middle)


def main(folder: Path) -> None:
    """Write narrative.docx beside narrative.txt."""
    text = (folder / TEXT).read_text(encoding="utf-8")
    (folder / "narrative.docx").write_bytes(template_bytes(text, str(folder / TEXT)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
