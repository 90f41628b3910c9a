"""Whatever a TOML file or a wrong value holds is said in plain words: no parser's, no Python's."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from xltools.boundary.plain import shown
from xltools.boundary.read import read_object, read_toml

FOREIGN = re.compile(r"[A-Za-z]{4,}")
"""Words of a parser; ours are Chinese, with TOML, JSON and UTF in them."""

BROKEN: dict[str, tuple[bytes, str]] = {
    "no end": (b"[file\n", "第 1 行第 6 个字符"),
    "no value": (b"a = \n", "第 1 行第 5 个字符"),
    "twice": (b"a = 1\na = 2\n", "写法有误"),
    "cut": (b'a = """x', "不完整"),
    "half a character": (b'a = "\\ud800"', "写法有误"),
    "GBK": ("a = '甲'".encode("gbk"), "第 6 个字节起不是 UTF-8"),
    "UTF-16": ("a = 1".encode("utf-16"), "UTF-16"),
    "too many digits": (b"a = " + b"9" * 5_000, "过长"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_said_in_plain_words(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(BROKEN[name][0])
    for read in (read_toml, read_object):
        made, (fault,) = read(path)
        assert made == {} and not FOREIGN.search(fault.says.zh.replace("JSON", "").replace("TOML", "")), fault
    assert BROKEN[name][1] in read_toml(path)[1][0].says.zh


def test_values_are_shown_as_the_file_writes_them() -> None:
    cases = {
        "空值": None,
        "true": True,
        "“甲”": "甲",
        "“甲甲…”": "甲" * 9,
        "2 项的列表": [1, [2]],
        "1 个键的一组": {"a": 1},
        "7": 7,
        "0.5": 0.5,
        "过大的数": int("f" * 7_000, 16),
        "日期或时间": date(2024, 1, 1),
    }
    assert {shown(value, 2).zh: value for value in cases.values()} == cases
