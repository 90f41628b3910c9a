"""What narratives arrive as: Word with automatic numbers, deleted text, nested tables; scans; damaged and hostile files."""

from __future__ import annotations

import builtins
import io
import random
import zipfile
from pathlib import Path

import pytest

from tests.support.forms import clean, said
from tests.support.narratives import FORM, pair, reviewed
from xltools.errors import UnreadableFile
from xltools.intake.narrative.document import read_document, tidy
from xltools.intake.narrative.source import read_narrative
from xltools.rules.narrative.na018_unreadable import REASONS

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NUMBERING = f"""<w:numbering {W}><w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""


def docx(body: str, numbering: str = "") -> bytes:
    """A .docx of nothing but its document part (and numbering)."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        if numbering:
            package.writestr("word/numbering.xml", numbering)
    return buffer.getvalue()


def paragraph(text: str, properties: str = "") -> str:
    """A w:p."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def numbered(text: str, level: int) -> str:
    """A paragraph with an automatic number."""
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="7"/></w:numPr>')


FILL = paragraph("这是一份用来测试读取的自评报告，文字要足够长才算有文字的报告。")


def test_automatic_numbers_are_sections() -> None:
    body = (
        numbered("部门基本情况", 0)
        + numbered("部门职能", 1)
        + FILL
        + numbered("收支情况", 1)
        + numbered("绩效自评情况", 0)
    )
    document = read_document(read_narrative(docx(body, NUMBERING), "a.docx"))
    assert [p.text for p in document.headings] == [
        "一、部门基本情况",
        "（一）部门职能",
        "（二）收支情况",
        "二、绩效自评情况",
    ]
    assert [p.place for p in document.paragraphs if not p.heading] == ["一、（一）第 1 段"]


def test_deleted_text_and_fallbacks_are_not_read_twice() -> None:
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    body = FILL + (
        "<w:p><w:r><w:t>收入总额</w:t></w:r><w:del><w:r><w:delText>1</w:delText></w:r></w:del>"
        "<w:r><w:t>2</w:t><w:tab/><w:instrText>PAGEREF</w:instrText></w:r></w:p>"
        f"<mc:AlternateContent {mc}><mc:Choice>{paragraph('文本框')}</mc:Choice><mc:Fallback>{paragraph('文本框')}</mc:Fallback></mc:AlternateContent>"
    )
    document = read_document(read_narrative(docx(body), "a.docx"))
    assert [p.text for p in document.paragraphs][1:] == ["收入总额2", "文本框"]


def test_tables_and_tables_in_tables() -> None:
    inner = "<w:tbl><w:tr><w:tc>" + paragraph("里") + "</w:tc></w:tr></w:tbl>"
    table = f"<w:tbl><w:tr><w:tc>{paragraph('甲')}</w:tc><w:tc>{paragraph('乙')}{inner}</w:tc></w:tr></w:tbl>"
    document = read_document(read_narrative(docx(FILL + table), "a.docx"))
    assert [g.rows for g in document.grids] == [[["甲", "乙里"]]]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no_text"),
        (b"just some english words", "no_text"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600, "old_narrative"),
        (b"\x00\x01\x02" * 400, "not_text"),
        (b"%PDF-1.4 broken", "corrupt"),
        (docx(""), "no_text"),
        (docx(paragraph("（一）" * 150_000)), "ratio"),
        (docx(paragraph("." * 2_000_000)), "too_large"),
        (docx("<w:tbl><w:tr><w:tc>" * 99 + FILL + "</w:tc></w:tr></w:tbl>" * 99), "too_deep"),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_narrative(data, "x")
    assert caught.value.reason == reason
    assert (reason in REASONS) == (reason != "corrupt")


@pytest.mark.parametrize(
    ("error", "reason"), [("LimitReachedError", "too_large"), ("RecursionError", "too_deep"), ("KeyError", "corrupt")]
)
def test_a_pdf_beyond_the_librarys_bounds_is_not_called_damaged(
    error: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pypdf

    kind = vars(builtins).get(error) or type(error, (Exception,), {})

    def reader(*_: object, **__: object) -> None:
        raise kind

    monkeypatch.setattr(pypdf, "PdfReader", reader)
    with pytest.raises(UnreadableFile) as caught:
        read_narrative(b"%PDF-1.4", "x")
    assert caught.value.reason == reason


def test_a_scan_is_said_to_be_one(tmp_path: Path) -> None:
    import pypdf

    writer = pypdf.PdfWriter()
    writer.add_blank_page(595, 842)
    buffer = io.BytesIO()
    writer.write(buffer)
    book, _, _ = pair(clean(FORM))
    found = reviewed(tmp_path, {"000000_示例部门.xlsx": book, "000000_示例部门_自评报告.pdf": buffer.getvalue()})
    assert [(f.code, f.level) for f in found] == [("NA018", "notice")]
    assert "扫描件" in said(found[0])


def test_only_one_of_the_two_is_a_notice_or_an_error(tmp_path: Path) -> None:
    book, report, _ = pair(clean(FORM))
    for name, files, code in (("a", {"a.xlsx": book}, "NA016"), ("b", {"a.docx": report}, "NA017")):
        folder = tmp_path / name
        folder.mkdir()
        assert [(f.code, f.level) for f in reviewed(folder, files)] == [(code, "notice")]
        assert [(f.code, f.level) for f in reviewed(folder, files, require=True)] == [(code, "error")]


def test_damaged_files_never_stop_a_run(tmp_path: Path) -> None:
    book, report, _ = pair(clean(FORM))
    dice = random.Random(7)
    files = {"a.xlsx": book}
    for number in range(30):
        data = bytearray(report)
        for _ in range(dice.choice((1, 5, 50))):
            data[dice.randrange(len(data))] = dice.randrange(256)
        files[f"{number}.docx"] = bytes(data[: dice.choice((len(data), len(data) // 2))])
    assert all(f.code.startswith("NA") for f in reviewed(tmp_path, files))


@pytest.mark.parametrize(
    "piece", ["收入1万元，", "（", "一、", "1、甲：预期1次，实际1次，", "2023年", "占总额的1%，", "\n", "其中"]
)
def test_endless_text_is_no_trouble(tmp_path: Path, piece: str) -> None:
    text = "这是一份用来测试读取的自评报告，文字要足够长才算有文字的报告。" + piece * (200_000 // len(piece))
    assert all(f.code.startswith("NA") for f in reviewed(tmp_path, {"a.txt": text.encode()}))


def test_entities_are_refused() -> None:
    bomb = '<!DOCTYPE d [<!ENTITY a "aaaa">]>' + f"<w:document {W}><w:body>{FILL}&a;</w:body></w:document>"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("word/document.xml", bomb)
    with pytest.raises(UnreadableFile):
        read_narrative(buffer.getvalue(), "a.docx")


@pytest.mark.parametrize(
    ("raw", "want"),
    [
        ("２０２３ 年度　收入 ２１８０．２４ 万元", "2023年度收入2180.24万元"),
        ("占 95 ％ 。", "占95%。"),
        ("Word and 12 34", "Word and 12 34"),
    ],
)
def test_blanks_that_mean_nothing_go(raw: str, want: str) -> None:
    assert tidy(raw) == want
