"""The operator's own files: whatever is wrong with them, one line says it."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.support.forms import room
from tests.support.hostile import made
from xltools.bilingual import Pair
from xltools.errors import UnreadableFile, UsageError
from xltools.intake.open import load_bytes
from xltools.intake.own_files import TEXT_BYTES, read_json, read_tables, why
from xltools.intake.roster import read_roster
from xltools.writing.department.inputs import read_values
from xltools.writing.department.make import workbook

WHAT = Pair("文件", "file")


def roster_xlsx(*rows: tuple[object, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in (("部门编码", "部门名称", "财政核定全年预算数"), *rows):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_roster_is_read_by_our_own_reader(tmp_path: Path) -> None:
    path = tmp_path / "名册.xlsx"
    path.write_bytes(roster_xlsx(("101", "甲局", "1,234.5"), (), (102, "乙局", 7)))
    found = read_roster(path).departments
    assert [(d.code, d.name, d.values["财政核定全年预算数"]) for d in found] == [
        ("101", "甲局", 1234.5),
        ("102", "乙局", 7),
    ]


def test_the_row_of_a_fault_is_the_sheets_own(tmp_path: Path) -> None:
    path = tmp_path / "名册.xlsx"
    path.write_bytes(roster_xlsx(("101", "甲局", 1), (), ("102", "", 2)))
    with pytest.raises(UsageError, match="第 4 行缺少部门名称"):
        read_roster(path)


@pytest.mark.parametrize(
    "content",
    [
        lambda: ("部门编码,部门名称\n101," + "甲" * 200_000 + "\n").encode(),
        lambda: b"\xff\xfe\x00\xd8" * 10,
        lambda: b"",
        lambda: '部门编码,部门名称\n101,"没有收口'.encode() * 3,
    ],
)
def test_a_text_roster_that_is_none(content: Callable[[], bytes], tmp_path: Path) -> None:
    path = tmp_path / "名册.csv"
    path.write_bytes(content())
    with pytest.raises(UsageError) as caught:
        read_roster(path)
    assert caught.value.pair.zh.count("\n") == 0 and len(caught.value.pair.zh) < 400
    assert caught.value.pair.en != caught.value.pair.zh


@pytest.mark.parametrize(
    "name", ["cells.xlsx", "entities.xlsx", "noise.xlsx", "stub.xls", "directory.xlsx", "empty.xlsx"]
)
def test_a_hostile_roster_is_one_line(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(made(name))
    with pytest.raises(UsageError):
        read_roster(path)


def test_dates_that_were_typed_stay_dates(tmp_path: Path) -> None:
    import datetime

    path = tmp_path / "a.xlsx"
    path.write_bytes(roster_xlsx((datetime.date(2024, 5, 6), "甲", 45_000)))
    (table,) = read_tables(path, WHAT).values()
    assert table[1].cells == ("2024-05-06", "甲", 45_000)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"a": "\\ud800"}', "代理"),
        ("[" * 200_000, "深"),
        ('{"a": ' + "9" * 5_000 + "}", "有一个整数超过 4300 位"),
        ("{", "第 1 行第 2 个字符：这里应有带双引号的名称"),
        ("", "这里应有一个值"),
        ('{"a": 1}}', "第 1 行第 9 个字符：后面有多余的内容"),
        ('{"a" 1}', "这里缺少冒号"),
        ("[1 2]", "这里缺少逗号"),
        ('{"a": "甲', "双引号没有配对"),
        ('{"a": "甲\0"}', "控制字符"),
        ('{"a": "\\x"}', "反斜杠"),
    ],
)
def test_what_json_cannot_hold_is_refused(text: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=says):
        read_json(path, WHAT)


def test_json_with_a_mark_and_with_pairs_of_surrogates(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"a": "\U00020000"}), encoding="utf-8-sig")
    assert read_json(path, WHAT) == {"a": "\U00020000"}


def test_values_of_a_hundred_thousand_rows_are_refused_at_once(tmp_path: Path) -> None:
    forms = (room().form(name) for name in room().form_ids)
    form = next(f for f in forms if any(not t.is_fixed for t in f.tables))
    table = next(t for t in form.tables if not t.is_fixed)
    path = tmp_path / "a.json"
    path.write_text(json.dumps({table.name: [{}] * 100_000}), encoding="utf-8")
    with pytest.raises(UsageError, match="最多"):
        read_values(path, form)


def test_a_file_that_is_none(tmp_path: Path) -> None:
    for path, says in ((tmp_path / "没有", "没有这个文件"), (tmp_path, "不是普通文件")):
        with pytest.raises(UsageError, match=says):
            read_json(path, WHAT)


@pytest.mark.parametrize("line", ["\n", "a\n", ","])
def test_a_text_table_costs_little_however_it_is_made(line: str, tmp_path: Path) -> None:
    import tracemalloc

    path = tmp_path / "名册.csv"
    path.write_text(line * (TEXT_BYTES // len(line)), encoding="utf-8")
    tracemalloc.start()
    try:
        if line == ",":
            assert read_tables(path, WHAT) == {"": []}
        else:
            with pytest.raises(UsageError, match="行"):
                read_tables(path, WHAT)
        assert tracemalloc.get_traced_memory()[1] < 200 << 20
    finally:
        tracemalloc.stop()
    path.write_text(line * (TEXT_BYTES // len(line) + 1), encoding="utf-8")
    with pytest.raises(UsageError, match="8 MB"):
        read_tables(path, WHAT)


@pytest.mark.parametrize(
    ("data", "says"),
    [('{"收入": 1}'.encode("gbk"), "第 3 个字节起不是 UTF-8"), ('{"收入": 1}'.encode("utf-16"), "UTF-16")],
)
def test_another_encoding_is_named_in_plain_words(data: bytes, says: str, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(data)
    with pytest.raises(UsageError, match=says):
        read_json(path, WHAT)


def test_a_value_of_thirty_digits_is_a_number_as_in_every_spreadsheet() -> None:
    form = room().form("guangdong-2023")
    values = {"收入总计": 123456789012345678901234567890, "支出总计": -1e300}
    sent = load_bytes(workbook(room(), form, values), "a", room())
    assert float(sent.values()["收入总计"]) == pytest.approx(123456789012345678901234567890.0)


@pytest.mark.parametrize("reason", ["dtd", "bad_xml", "too_many_tags", "ratio", "unsupported_compression", "truncated"])
def test_why_a_table_cannot_be_opened_is_no_programs_word(reason: str) -> None:
    assert re.fullmatch("[一-鿿]+", why(UnreadableFile(reason)).zh)
