"""A narrative written from a workbook is clean, reproducible, read back whole, and laid out by GB/T 9704."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document
from docx.shared import Mm

from tests.support.fillings import fillings
from tests.support.forms import clean, room, said
from tests.support.libreoffice import convert, need_libreoffice
from tests.support.narratives import FORM, pair, reviewed, understood
from xltools.cli import main
from xltools.intake.narrative.reading import Narrative
from xltools.intake.narrative.values import narrative_data
from xltools.writing.narrative.template import TEXT, template_bytes
from xltools.writing.narrative.titles import title_lines

COUNT = 20


def unread(narrative: Narrative) -> list[str]:
    """The numbers of a written narrative that are nothing of the form (names' own digits and 附件3 aside)."""
    told = {(s.mention.before, s.mention.raw) for s in narrative.statements if s.mention is not None}
    return [
        f"{m.before}{m.raw}"
        for s in narrative.sentences
        for m in s.mentions
        if (m.before, m.raw) not in told
        and not m.before.endswith("附件")
        and not re.match(r"[^：]*：(预期|定性)", s.text[m.end :])
    ]


@pytest.mark.parametrize("number", range(COUNT))
def test_random_filling(tmp_path: Path, number: int) -> None:
    values = next(v for i, v in enumerate(fillings(FORM, number + 1)) if i == number)
    book, report, missing = pair(values)
    assert missing == []
    assert [said(f) for f in reviewed(tmp_path, {"a.xlsx": book, "a.docx": report})] == []
    narrative = understood(report)
    assert unread(narrative) == []
    back = narrative_data(narrative)["values"]
    form = room().form(FORM)
    for item in form.fields:
        given = values.get(item.name)
        if item.name in back and isinstance(given, int | float):
            assert back[item.name] == given, item.name
    for table in ("产出指标", "效益指标"):
        for mine, theirs in zip(values[table], back[table], strict=True):
            for column in ("指标名称", "方向", "年度目标值", "实际完成值", "完成档次", "达成比例"):
                assert theirs.get(column) == mine.get(column)


@pytest.mark.parametrize("name", ["dazhou-2023", "project-2023"])
@pytest.mark.parametrize("number", range(6))
def test_other_forms_have_their_own_narrative(tmp_path: Path, name: str, number: int) -> None:
    values = next(v for i, v in enumerate(fillings(name, number + 1)) if i == number)
    book, report, _ = pair(values, form=name)
    assert [said(f) for f in reviewed(tmp_path, {"a.xlsx": book, "a.docx": report}) if f.code != "NA011"] == []
    narrative = understood(report, form=name)
    assert unread(narrative) == []
    back = narrative_data(narrative)["values"]
    for item in room().form(name).fields:
        given = values.get(item.name)
        if item.name in back and isinstance(given, int | float):
            assert back[item.name] == given, item.name
    table = next(r.table for r in narrative.phrases.rows)
    assert len(back[table]) == len(values[table])


def test_same_workbook_same_bytes_and_no_clock() -> None:
    _, one, _ = pair(clean(FORM))
    _, two, _ = pair(clean(FORM))
    assert one == two
    with zipfile.ZipFile(io.BytesIO(one)) as package:
        assert {i.date_time for i in package.infolist()} == {(2024, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("name", [FORM, "dazhou-2023", "project-2023"])
def test_the_committed_template_is_made_of_its_text(name: str) -> None:
    folder = room().form(name).folder
    built = template_bytes((folder / TEXT).read_text(encoding="utf-8"))
    with (
        zipfile.ZipFile(io.BytesIO(built)) as new,
        zipfile.ZipFile(folder / "narrative.docx") as old,
    ):
        assert new.namelist() == old.namelist()
        stale = [n for n in new.namelist() if new.read(n) != old.read(n)]
    assert stale == []


def test_page_type_and_table() -> None:
    _, report, _ = pair(clean(FORM))
    document = Document(io.BytesIO(report))
    section = document.sections[0]
    assert [round(getattr(section, n) / Mm(1)) for n in ("page_width", "page_height")] == [210, 297]
    margins = [round(getattr(section, f"{n}_margin") / Mm(1)) for n in ("top", "bottom", "left", "right")]
    assert margins == [37, 35, 28, 26]
    styles = {p.text.partition("\n")[0]: p.style for p in document.paragraphs}
    assert styles["2023年度示例部门"].font.size.pt == 22
    assert styles["一、部门基本情况"].font.size.pt == 16
    body = document.styles["报告正文"]
    assert body.font.size.pt == 16 and 28 <= body.paragraph_format.line_spacing.pt <= 29
    assert "w:tblHeader" in document.tables[0].rows[0]._tr.xml
    assert "PAGE" in section.footer.paragraphs[0]._p.xml and "PAGE" in section.even_page_footer.paragraphs[0]._p.xml


def test_draft_marks_every_page_and_errors_are_refused(tmp_path: Path) -> None:
    book, _, _ = pair(clean(FORM) | {"收入总计": 1.0})
    path = tmp_path / "错.xlsx"
    path.write_bytes(book)
    refused = CliRunner().invoke(main, ["narrative", str(path), "-o", str(tmp_path / "报告")], standalone_mode=False)
    assert refused.return_value == 1 and list(tmp_path.rglob("*.docx")) == []
    target = tmp_path / "草稿.docx"
    made = CliRunner().invoke(main, ["narrative", str(path), "-o", str(target), "--draft"], standalone_mode=False)
    assert made.return_value == 0
    section = Document(str(target)).sections[0]
    assert "草稿" in section.header.paragraphs[0].text and "草稿" in section.even_page_header.paragraphs[0].text


@pytest.mark.parametrize(
    ("whose", "lines"),
    [
        ("示例区财政局", ["2023年度示例区财政局", "部门整体支出绩效自评报告"]),
        (
            "中国共产党广州市番禺区委员会办公室",
            ["2023年度中国共产党广州市番禺区委员会", "办公室部门整体支出绩效自评报告"],
        ),
        (
            "广州市番禺区住房和城乡建设局建设工程质量安全监督站",
            ["2023年度广州市番禺区住房和城乡建设局", "建设工程质量安全监督站", "部门整体支出绩效自评报告"],
        ),
    ],
)
def test_a_title_cuts_no_word(whose: str, lines: list[str]) -> None:
    assert title_lines(f"2023年度{whose}", "部门整体支出绩效自评报告") == lines
    _, report, _ = pair(clean(FORM) | {"部门名称": whose})
    assert understood(report).department == whose
    assert "\n".join(lines) in {p.text for p in Document(io.BytesIO(report)).paragraphs}


def test_it_is_signed_and_dated_and_nothing_in_it_is_the_writers_own() -> None:
    _, report, _ = pair(clean(FORM) | {"日期": "2024-04-09"})
    texts = [p.text for p in Document(io.BytesIO(report)).paragraphs]
    at = texts.index("2024年4月9日")
    assert texts[at - 1] == clean(FORM)["部门名称"] and texts[at + 1] == "附件3"
    with zipfile.ZipFile(io.BytesIO(report)) as package:
        listed = {n: package.read(n).decode("utf-8") for n in package.namelist() if n.endswith((".rels", ".xml"))}
    assert not [n for n in listed if "Effects" in n or "thumbnail" in n or "customXml" in n]
    assert not [
        n
        for n, text in listed.items()
        if n.endswith((".rels", "Types].xml")) and re.search("Effects|thumb|customXml", text)
    ]


def test_one_part_that_is_the_whole_is_not_told_twice() -> None:
    values = clean(FORM) | {"本年收入合计": 1000.0, "收入总计": 1000.0, "使用非财政拨款结余": 0, "年初结转和结余": None}
    _, report, _ = pair(values)
    text = "\n".join(p.text for p in Document(io.BytesIO(report)).paragraphs)
    assert "收入总额1000.00万元，全部为本年收入。" in text


def test_a_qualitative_target_is_told_in_words() -> None:
    row = {"指标名称": "推动改革", "方向": "定性", "年度目标值": "全力推动改革", "完成档次": "达成预期", "达成比例": 90}
    _, report, _ = pair(clean(FORM) | {"效益指标": [row]})
    text = "\n".join(p.text for p in Document(io.BytesIO(report)).paragraphs)
    assert "推动改革：预期全力推动改革，实际达成预期，达成比例90.00%。" in text
    (back,) = narrative_data(understood(report))["values"]["效益指标"]
    assert (back["方向"], back["完成档次"], back["达成比例"]) == ("定性", "达成预期", 90)


def test_what_nobody_gave_is_marked_listed_and_found(tmp_path: Path) -> None:
    book, report, missing = pair({k: v for k, v in clean(FORM).items() if k not in ("部门职能", "资产管理说明")})
    assert missing == ["部门职能", "资产管理方面"]
    text = "\n".join(p.text for p in Document(io.BytesIO(report)).paragraphs)
    marked = {r.text for p in Document(io.BytesIO(report)).paragraphs for r in p.runs if r.font.highlight_color}
    assert marked == {"【请补充：部门职能】", "【请补充：资产管理方面】"}
    assert "【请补充：部门职能】" in text and "【请补充：资产管理方面】" in text
    found = reviewed(tmp_path, {"a.xlsx": book, "a.docx": report})
    assert [(f.code, f.level) for f in found] == [("NA011", "notice")] * 2


def test_senders_text_stays_text(tmp_path: Path) -> None:
    nasty = '</w:t>{{ 7*7 }}{% raw %}<w:br/>&amp; "引号" \x0b 第二行\n第三行'
    _, report, _ = pair(clean(FORM) | {"部门职能": nasty})
    text = "\n".join(p.text for p in Document(io.BytesIO(report)).paragraphs)
    assert "{{ 7*7 }}" in text and "</w:t>" in text and "&amp;" in text and "49" not in text.partition("（二）")[0]


def test_read_of_a_narrative_makes_a_workbook(tmp_path: Path) -> None:
    _, report, _ = pair(clean(FORM))
    (tmp_path / "报告.docx").write_bytes(report)
    read = CliRunner().invoke(main, ["read", str(tmp_path / "报告.docx")], standalone_mode=False)
    data = json.loads(read.stdout)
    assert data["form"] == FORM and set(data) >= {"version", "file", "sha256", "values", "cells", "not_found"}
    assert all(cell["sentence"] for cell in data["cells"])
    (tmp_path / "值.json").write_text(json.dumps(data), encoding="utf-8")
    arguments = ["template", FORM, "--values", str(tmp_path / "值.json"), "-o", str(tmp_path / "表.xlsx")]
    assert CliRunner().invoke(main, arguments, standalone_mode=False).return_value == 0
    assert (tmp_path / "表.xlsx").is_file()


def test_a_pdf_of_it_says_the_same(tmp_path: Path) -> None:
    need_libreoffice()
    book, report, _ = pair(clean(FORM))
    source = tmp_path / "docx"
    source.mkdir()
    (source / "a.docx").write_bytes(report)
    pdf = convert([source / "a.docx"], tmp_path, "pdf")[0].read_bytes()
    back, want = narrative_data(understood(pdf))["values"], narrative_data(understood(report))["values"]
    fields = [f.name for f in room().form(FORM).fields if f.numeric]
    assert {n: back.get(n) for n in fields} == {n: want.get(n) for n in fields}
    together = tmp_path / "both"
    together.mkdir()
    assert [said(f) for f in reviewed(together, {"a.xlsx": book, "a.pdf": pdf}) if f.level != "notice"] == []
