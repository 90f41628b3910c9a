"""Any file: named by its content, read where it can be, accounted for always."""

# mypy: disable-error-code="import-untyped"

from __future__ import annotations

import gzip
import io
import json
import os
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.forms import FORM_IDS, built, checked, room, said
from tests.support.libreoffice import SOFFICE, convert
from tests.support.sent import (
    OLE2,
    codes_by_file,
    edited,
    encrypted,
    found_in,
    ole2,
    packed,
    parts_of,
    report_of,
    workbook,
)
from xltools.errors import UnreadableFile, UsageError
from xltools.intake.files import bounds as bounds_module
from xltools.intake.files.bounds import bounds
from xltools.intake.files.container import KIND_WORDS, kind_of, kind_of_file
from xltools.intake.files.input_file import SetAside
from xltools.intake.files.passwords import read_passwords
from xltools.intake.narrative.source import open_narrative
from xltools.intake.open import load, load_bytes
from xltools.jobs.read import reading_data
from xltools.rules.intake.kinds import why_aside


def zipped(*names: str, first: tuple[str, bytes] | None = None) -> bytes:
    parts = dict([first] if first else [])
    return packed(parts | dict.fromkeys(names, b"<x/>"))


KINDS: dict[str, tuple[bytes, str]] = {
    "an empty file": (b"", "empty"),
    "strict or odd part names": (zipped("[Content_Types].xml", "book/main.xml"), "xlsx"),
    "backslashes": (zipped("xl\\workbook.xml"), "xlsx"),
    "xlsb": (zipped("[Content_Types].xml", "xl/workbook.bin"), "xlsb"),
    "docx": (zipped("[Content_Types].xml", "word/document.xml"), "docx"),
    "pptx": (zipped("[Content_Types].xml", "ppt/presentation.xml"), "pptx"),
    "ods": (zipped("content.xml", first=("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")), "ods"),
    "odt": (zipped("content.xml", first=("mimetype", b"application/vnd.oasis.opendocument.text")), "odt"),
    "numbers": (zipped("Index/Document.iwa"), "numbers"),
    "ofd": (zipped("OFD.xml"), "ofd"),
    "zip": (zipped("a.txt"), "zip"),
    "half a zip": (workbook()[:900], "zip"),
    "xls": (ole2("Workbook"), "xls"),
    "old xls": (ole2("Book"), "xls"),
    "xls in capitals": (ole2("WORKBOOK"), "xls"),
    "encrypted": (ole2("EncryptionInfo", "EncryptedPackage"), "encrypted"),
    "doc": (ole2("WordDocument", "1Table"), "doc"),
    "msg": (ole2("__properties_version1.0"), "mail"),
    "other ole2": (ole2("Something"), "ole2"),
    "a name in the text only": (OLE2.ljust(600, b"\0") + "Workbook".encode("utf-16-le") + bytes(200), "ole2"),
    "pdf": (b"%PDF-1.7\n", "pdf"),
    "rtf": (b"{\\rtf1 }", "rtf"),
    "html": ("<html><body><table><tr><td>收入</td></tr></table>".encode("gbk"), "html"),
    "xml 2003": (
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
        "xml_workbook",
    ),
    "csv": ("部门,金额\n甲,1\n乙,2\n".encode("gb18030"), "csv"),
    "utf-16 text": ("说明\t1\n".encode("utf-16"), "text"),
    "text": ("自评报告全文。".encode(), "text"),
    "7z": (b"7z\xbc\xaf\x27\x1c", "7z"),
    "rar": (b"Rar!\x1a\x07\x01\x00", "rar"),
    "gz": (b"\x1f\x8b\x08", "gz"),
    "gnumeric": (gzip.compress(b'<gnm:Workbook xmlns:gnm="http://www.gnumeric.org/v10.dtd"/>'), "gnumeric"),
    "ods, its kind not first": (zipped("content.xml", "mimetype"), "zip"),
    "png": (b"\x89PNG\r\n\x1a\n", "picture"),
    "program": (b"MZ\x90\x00", "program"),
    "noise": (bytes(range(256)), "unknown"),
}


@pytest.mark.parametrize("case", KINDS)
def test_a_file_is_what_it_holds(case: str) -> None:
    data, expected = KINDS[case]
    assert kind_of(data) == expected
    assert expected in KIND_WORDS


@pytest.mark.parametrize("case", KINDS)
def test_whatever_calls_itself_a_workbook_is_answered(case: str, tmp_path: Path) -> None:
    path = tmp_path / "自评表.xlsx"
    path.write_bytes(KINDS[case][0])
    report = report_of(path)
    (found,) = report.findings
    assert report.submissions[0].status == "unreadable"
    assert found.code.startswith("IN") and found.code != "IN010"
    assert said(found).count("。") >= 1


def test_a_folder_is_accounted_for_to_the_last_file(tmp_path: Path) -> None:
    names = {
        "甲/自评表.xlsx": workbook(),
        "甲/自评表.dat": edited("docProps/core.xml", lambda c: c + b" "),
        "甲/~$自评表.xlsx": b"x",
        "甲/.DS_Store": b"x",
        "甲/Thumbs.db": b"x",
        "甲/空.xlsx": b"",
        "甲/报告.docx": KINDS["docx"][0],
        "甲/报告.pdf": KINDS["pdf"][0],
        "甲/旧报告.wps": KINDS["doc"][0],
        "甲/照片.png": KINDS["png"][0],
        "甲/演示.pptx": KINDS["pptx"][0],
    }
    for name, content in names.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    report = report_of(tmp_path)
    aside = {Path(item.shown).name: item for item in report.set_aside}
    assert {Path(s.file).name for s in report.submissions} | set(aside) == {Path(name).name for name in names}
    assert {name: item.reason for name, item in aside.items()} == {
        "~$自评表.xlsx": "lock",
        ".DS_Store": "system",
        "Thumbs.db": "system",
        "空.xlsx": "empty",
        "报告.docx": "narrative",
        "报告.pdf": "narrative",
        "旧报告.wps": "narrative",
        "照片.png": "other",
        "演示.pptx": "other",
    }
    assert "另存为 .docx" in why_aside(aside["旧报告.wps"]).zh
    assert "图片" in why_aside(aside["照片.png"]).zh
    assert [s.status for s in report.submissions if s.file.endswith(".dat")] != ["unreadable"]
    department = report.submissions[0].department
    assert department and aside["报告.docx"].department == department  # the only workbook beside it


def test_a_narrative_belongs_to_whom_its_name_says(tmp_path: Path) -> None:
    for code, name in (("101001", "农业农村局"), ("101002", "水务局")):
        strings = {b">000000<": f">{code}<".encode(), "示例部门".encode(): name.encode()}
        data = workbook()
        for old, new in strings.items():
            data = edited("xl/sharedStrings.xml", lambda c, o=old, n=new: c.replace(o, n), data)  # type: ignore[misc]
        (tmp_path / f"{code}.xlsx").write_bytes(data)
    for name in ("水务局自评报告.docx", "101001报告.pdf", "无名.docx"):
        (tmp_path / name).write_bytes(KINDS["docx"][0])
    owners = {Path(item.shown).name: item.code for item in report_of(tmp_path).set_aside}
    assert owners == {"水务局自评报告.docx": "101002", "101001报告.pdf": "101001", "无名.docx": ""}


def test_a_path_that_is_not_there_stops_the_job(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        found_in(tmp_path / "没有")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_links_pipes_and_odd_names_are_named_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(workbook())
    os.mkfifo(tmp_path / "pipe.xlsx")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "gone.xlsx").symlink_to(tmp_path / "nowhere")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + "表".encode("gbk") + b"\x1b[31m.xlsx")).write_bytes(b"PK")
    found, aside = found_in(tmp_path)
    assert {Path(item.shown).name: item.problem for item in found} == {
        "a.xlsx": "",
        "gone.xlsx": "cannot_open",
        "表?[31m.xlsx": "",
    }
    assert {Path(item.shown).name: item.reason for item in aside} == {"pipe.xlsx": "special", "loop": "link"}
    json.dumps([item.shown for item in found]).encode("utf-8")
    assert report_of(tmp_path / "pipe.xlsx").findings[0].code == "IN001"


def test_names_that_look_alike_are_shown_apart(tmp_path: Path) -> None:
    for mark in "\x01\x02\ue001":
        (tmp_path / f"王{mark}局.xlsx").write_bytes(workbook())
    (tmp_path / "包.zip").write_bytes(zipped_members("a\x01.xlsx", "a\x02.xlsx"))
    found, _ = found_in(tmp_path)
    shown = [item.shown for item in found]
    assert len(set(shown)) == len(shown) == 5
    assert {Path(name).name for name in shown} == {
        "王?局.xlsx",
        "王?局〔2〕.xlsx",
        "王?局〔3〕.xlsx",
        "a?.xlsx",
        "a?〔2〕.xlsx",
    }
    assert all(item.is_plain for item in found)


def zipped_members(*names: str) -> bytes:
    return packed(dict.fromkeys(names, workbook()))


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right on Windows")
def test_a_link_that_leads_out_of_the_inbox_is_set_aside(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (tmp_path / "外.xlsx").write_bytes(workbook())
    (inbox / "里.xlsx").write_bytes(workbook())
    (inbox / "外.xlsx").symlink_to(tmp_path / "外.xlsx")
    found, aside = found_in(inbox)
    assert [Path(item.shown).name for item in found] == ["里.xlsx"]
    assert [(Path(item.shown).name, item.reason) for item in aside] == [("外.xlsx", "link_outside")]
    assert "没有跟着打开" in why_aside(aside[0]).zh
    named, _ = found_in(inbox / "外.xlsx")  # what the operator names is opened
    assert len(named) == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管.xlsx")
    for reads in (lambda p: kind_of_file(p), lambda p: load(p, "管", room()), lambda p: open_narrative(p, "管")):
        with pytest.raises(UnreadableFile) as caught:
            reads(tmp_path / "管.xlsx")
        assert caught.value.reason == "not_a_file"


# ── other formats ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def conversions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    if SOFFICE is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    folder = tmp_path_factory.mktemp("converted")
    (folder / "自评表.xlsx").write_bytes(workbook())
    return {ending: convert([folder / "自评表.xlsx"], folder / ending, ending)[0] for ending in ("xls", "ods")}


@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_legacy_formats_give_the_same_values(conversions: dict[str, Path], ending: str) -> None:
    original, other = load_bytes(workbook(), "原", room()), load(conversions[ending], "旧", room())
    assert other.values() == original.values()
    assert other.format == ending
    data = reading_data(other)
    assert "formulas" in data["not_carried"]
    assert reading_data(original)["not_carried"] == []


@pytest.mark.parametrize("name", ["WORKBOOK", "workbook"])
def test_an_xls_whose_stream_is_in_other_letters(conversions: dict[str, Path], name: str) -> None:
    data = conversions["xls"].read_bytes()
    other = data.replace("Workbook\0".encode("utf-16-le"), f"{name}\0".encode("utf-16-le"))
    assert other != data
    assert load_bytes(other, "旧", room()).values() == load_bytes(data, "旧", room()).values()


@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_legacy_formats_raise_no_false_alarm(conversions: dict[str, Path], ending: str, tmp_path: Path) -> None:
    path = tmp_path / "自评表.et"  # as WPS calls it
    shutil.copy(conversions[ending], path)
    report = report_of(path)
    assert report.submissions[0].form
    new = {f.code for f in report.findings} - {f.code for f in checked(workbook()).findings}
    assert new == {"IN011"}
    (less,) = (f for f in report.findings if f.code == "IN011")
    assert less.level == "notice" and "公式" in said(less) and KIND_WORDS[ending].zh in said(less)


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
def test_a_text_that_an_old_format_keeps_as_0_is_no_overwriting(tmp_path: Path) -> None:
    for form_id in FORM_IDS:
        (tmp_path / f"{form_id}.xlsx").write_bytes(built(form_id))
    sent = [tmp_path / f"{form_id}.xlsx" for form_id in FORM_IDS]
    for path in convert(sent, tmp_path / "xls", "xls"):
        assert {f.code for f in report_of(path).findings if f.code == "ST001"} == set(), path.name


def test_a_broken_legacy_file_is_a_finding(conversions: dict[str, Path], tmp_path: Path) -> None:
    data = conversions["xls"].read_bytes()
    for number, broken in enumerate((data[:3000], data[: len(data) // 2], data[:512] + bytes(len(data) - 512))):
        path = tmp_path / f"{number}.xls"
        path.write_bytes(broken)
        (found,) = report_of(path).findings
        assert found.code in ("IN001", "IN007", "IN013")


def test_passwords(tmp_path: Path) -> None:
    path = tmp_path / "加密.xlsx"
    path.write_bytes(encrypted(workbook(), "秘密123"))
    (locked,) = report_of(path).findings
    assert locked.code == "IN003" and "--password-file" in said(locked)
    listed = tmp_path / "密码.txt"
    listed.write_text("错的\n秘密123\n", encoding="gb18030")
    passwords = read_passwords(listed)
    opened = load(path, "加密", room(), passwords)
    assert opened.by_password
    assert opened.values() == load_bytes(workbook(), "原", room()).values()
    assert "IN003" not in {f.code for f in report_of(path, passwords=passwords).findings}


def test_password_files_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "空.txt").write_text("\n \n", encoding="utf-8")
    for name in ("空.txt", "没有.txt"):
        with pytest.raises(UsageError):
            read_passwords(tmp_path / name)


@pytest.mark.parametrize("header", [b'<keyData spinCount="2147483647"/>', b"<!DOCTYPE x [<!ENTITY a 'b'>]>"])
def test_an_encryption_header_that_would_never_end_is_refused(header: bytes) -> None:
    with pytest.raises(UnreadableFile) as caught:
        load_bytes(ole2("EncryptionInfo", "EncryptedPackage") + header, "x", room(), ["x"])
    assert caught.value.reason in ("endless_key", "dtd")


# ── active content ────────────────────────────────────────────────────────────────────────────────────────────────────


def _with(name: str, content: bytes = b"x") -> Callable[[], bytes]:
    return lambda: packed(parts_of(workbook()) | {name: content})


def _hidden() -> bytes:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(workbook()))
    book.create_sheet("暗表").sheet_state = "veryHidden"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


ACTIVE: dict[str, tuple[Callable[[], bytes], str]] = {
    "macros": (_with("xl/vbaProject.bin"), "宏"),
    "power query": (_with("xl/connections.xml", b"<connections/>"), "外部数据连接"),
    "ole object": (_with("xl/embeddings/oleObject1.bin"), "嵌入的对象"),
    "dde": (
        _with(
            "xl/externalLinks/externalLink1.xml",
            b'<externalLink><ddeLink ddeService="cmd" ddeTopic="/C calc"/></externalLink>',
        ),
        "DDE",
    ),
    "external workbook": (
        _with("xl/externalLinks/externalLink1.xml", b"<externalLink><externalBook/></externalLink>"),
        "引用其他工作簿",
    ),
    "very hidden": (_hidden, "隐藏工作表"),
}


@pytest.mark.parametrize("case", ACTIVE)
def test_active_content_is_to_be_confirmed(case: str) -> None:
    make, words = ACTIVE[case]
    found = [f for f in checked(make()).findings if f.code == "IN012"]
    assert len(found) == 1
    assert found[0].level == "confirm" and words in said(found[0])


def test_a_clean_workbook_holds_nothing_active() -> None:
    assert not [f for f in checked(workbook()).findings if f.code.startswith("IN")]


# ── odd but readable ──────────────────────────────────────────────────────────────────────────────────────────────────

SHEET = "xl/worksheets/sheet3.xml"
ODD: dict[str, Callable[[], bytes]] = {
    "dimension says A1": lambda: edited(
        SHEET, lambda c: c.replace(b"<sheetData>", b'<dimension ref="A1"/><sheetData>', 1)
    ),
    "no styles": lambda: packed({n: c for n, c in parts_of(workbook()).items() if n != "xl/styles.xml"}),
    "backslashes in part names": lambda: packed({n.replace("/", "\\"): c for n, c in parts_of(workbook()).items()}),
    "other case": lambda: packed({n.upper() if "sheet" in n else n: c for n, c in parts_of(workbook()).items()}),
    "float residue": lambda: edited(SHEET, lambda c: c.replace(b"<v>1250</v>", b"<v>1250.0000000000002</v>")),
    "no relationships": lambda: packed({n: c for n, c in parts_of(workbook()).items() if not n.endswith(".rels")}),
    "prefixed": lambda: edited(
        SHEET,
        lambda c: (
            c.replace(b"<worksheet xmlns=", b"<worksheet xmlns:x=", 1)
            .replace(b"<", b"<x:")
            .replace(b"<x:/", b"</x:")
            .replace(b"<x:?xml", b"<?xml")
        ),
    ),
}


@pytest.mark.parametrize("case", ODD)
def test_what_can_be_read_is_read(case: str) -> None:
    expected = load_bytes(workbook(), "原", room()).values()
    values = load_bytes(ODD[case](), "异", room()).values()
    if case == "float residue":
        assert values.keys() == expected.keys()
    elif case == "no styles":
        assert {k: v for k, v in values.items() if k != "日期"} == {k: v for k, v in expected.items() if k != "日期"}
    else:
        assert values == expected


# ── bounds ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_bounds_are_the_operators(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "上限.toml"
    path.write_text("[file]\nfile_bytes = 1000\n[archive]\nmembers = 2\n", encoding="utf-8")
    monkeypatch.setenv(bounds_module.VARIABLE, str(path))
    assert bounds().file.file_bytes == 1000 and bounds().file.parts > 1000 and bounds().archive.members == 2
    (tmp_path / "a.xlsx").write_bytes(workbook())
    assert report_of(tmp_path / "a.xlsx").findings[0].code == "IN005"
    for text in (
        "[file]\nfile_byte = 1\n",
        "[files]\n",
        "[work]\nseconds = 0\n",
        "[work]\nseconds = '1'\n",
        "x",
        "file = 1\n",
    ):
        other = tmp_path / f"{abs(hash(text))}.toml"
        other.write_text(text, encoding="utf-8")
        monkeypatch.setenv(bounds_module.VARIABLE, str(other))
        with pytest.raises(UsageError):
            bounds()


def test_every_reason_for_setting_aside_has_words() -> None:
    for reason in ("lock", "system", "empty", "narrative", "other", "link", "special", "denied"):
        for lang in ("zh", "en"):
            assert why_aside(SetAside("x", reason)).text(lang)


def test_copies_of_one_department(tmp_path: Path) -> None:
    later = edited("docProps/core.xml", lambda c: re.sub(rb"(modified [^>]*>)\d{4}", rb"\g<1>2031", c))
    (tmp_path / "自评表.xlsx").write_bytes(workbook())
    (tmp_path / "自评表（最终版2）.xlsx").write_bytes(later)
    report = report_of(tmp_path)
    first, second = report.submissions
    assert first.superseded.endswith("自评表（最终版2）.xlsx") and not second.superseded
    assert "IN015" in codes_by_file(report)["自评表.xlsx"]
