"""--values: everything that the form does not have or cannot hold is said at once, with its place and nearest word."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.forms import clean, form
from xltools.bilingual import same
from xltools.boundary import walk
from xltools.errors import UsageError
from xltools.writing.department.inputs import read_values

FORM = "guangdong-2023"


def given(folder: Path, data: Any) -> dict[str, Any]:
    """Write the data as JSON, with a mark at the beginning as Notepad does, and read it as values."""
    path = folder / "v.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8-sig")
    return read_values(path, form(FORM))


def refused(folder: Path, data: Any) -> list[str]:
    """Return what is said of the data, a line each without the first where there are several."""
    with pytest.raises(UsageError) as caught:
        given(folder, data)
    lines = str(caught.value).splitlines()
    return [line.strip() for line in (lines[1:] or lines)]


@pytest.mark.parametrize("extra", [{}, {"form": FORM, "sha256": "0", "cells": [1]}])
def test_values_are_taken_alone_or_as_read_gives_them(tmp_path: Path, extra: dict[str, Any]) -> None:
    assert given(tmp_path, {"values": clean(FORM), **extra} if extra else clean(FORM)) == clean(FORM)


def test_all_faults_are_said_at_once(tmp_path: Path) -> None:
    values = clean(FORM) | {"收入总记": 1, "支出总计": float("nan"), "执行数": [1], "产出指标": [{"指标名": "甲"}, 5]}
    assert refused(tmp_path, values) == [
        "v.json：不认识的键“收入总记”，是否应为“收入总计”",
        "v.json · 支出总计：不是有限的数（nan、inf 或过大的数不能用）",
        "v.json · 执行数：应为文本、数字、是或否（true、false），现为 1 项的列表",
        "v.json · 产出指标[1] “甲”：不认识的键“指标名”，是否应为“指标名称”",
        "v.json · 产出指标[2]：应为一组 键 = 值，现为 5",
    ]


def test_rows_of_a_fixed_table_are_known_by_their_key_and_take_what_is_open_in_them(tmp_path: Path) -> None:
    table = form(FORM).table("评分")
    key = table.key_column or ""
    computed = next(r[key] for i, r in enumerate(table.rows) if not table.is_input(i, table.column("自评得分")))
    rows = [{key: "没有这一项", "自评得分": 1}, {key: computed, "自评得分": 1}]
    assert refused(tmp_path, {"评分": rows}) == [
        f"v.json · 评分[1] “没有这一项”：没有{key}“没有这一项”这一行",
        f"v.json · 评分[2] “{computed}”：不认识的键“自评得分”",
    ]
    (line,) = refused(tmp_path, {"评分": [{}] * (len(table.rows) + 1)})
    assert f"有 {len(table.rows) + 1} 行，表格只有 {len(table.rows)} 行" in line


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"form": "project-2023", "values": {}}, "是表格 project-2023 的值，不是 guangdong-2023 的"),
        ([], "应为一组 键 = 值，现为 0 项的列表"),
        ({"form": 5, "values": {}}, "form：应为文本，现为 5"),
    ],
)
def test_what_is_no_values_of_this_form_is_refused(tmp_path: Path, data: Any, said: str) -> None:
    (line,) = refused(tmp_path, data)
    assert line.startswith("--values 用不了：v.json") and said in line


def test_what_no_cell_holds_is_refused_with_its_place(tmp_path: Path) -> None:
    values = clean(FORM) | {"部门名称": "甲" * 1_000_000, "支出总计": 1e308, "产出指标": [{"指标名称": "乙" * 32_768}]}
    assert refused(tmp_path, values | {"执行数": 999_999_999_999_999, "部门职能": "𠀀" * 16_383}) == [
        "v.json · 部门名称：有 1000000 字，一个单元格最多 32767 字",
        "v.json · 支出总计：应为 15 位以内的数字，现为 1e+308",
        f"v.json · 产出指标[1] “{'乙' * 40}”.指标名称：有 32768 字，一个单元格最多 32767 字",
    ]


def test_many_unknown_keys_cost_what_a_few_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(walk, "closest", lambda word, _: asked.append(word) or "")
    monkeypatch.setattr(walk, "nearest", lambda word, _: asked.append(word) or same(""))
    lines = refused(tmp_path, {f"键{number}": 1 for number in range(50_000)})
    assert len(lines) == walk.LISTED and lines[-1].endswith(f"另有 {50_000 - walk.LISTED + 1} 个不认识的键")
    assert len(asked) < 2 * walk.LISTED
    lines = refused(tmp_path, {"产出指标": [{"键": 1}] * 50_000})
    assert len(lines) == walk.LISTED + 1 and "不再列出" in lines[-1]
    assert len(asked) < 3 * walk.GATHERED
