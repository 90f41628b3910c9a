"""Data from outside held against a shape: every fault at once, each with its place and the nearest word."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xltools.bilingual import Pair
from xltools.boundary.read import read_toml
from xltools.boundary.walk import SAYS, Fault, refusal, taken

Amount = int | float | None


class Item(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An entry of a definition."""

    name: str
    kind: Literal["amount", "text"] = "text"
    low: Amount = None
    decimals: Annotated[int, msgspec.Meta(ge=0, le=8)] = 2
    formula: (
        Annotated[str, msgspec.Meta(pattern="^=", extra={SAYS: Pair("应以 = 开头", "must begin with =")})] | None
    ) = None
    values: dict[str, str | int | float | bool | list[dict[str, Amount]] | None] = {}


class File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file of entries."""

    item: tuple[Item, ...] = ()
    note: str = ""


class Earlier(msgspec.Struct, frozen=True):
    """What is read of a file to which keys are only ever added."""

    schema: Literal["x/1"]
    items: list[str] = []


def said(data: object, shape: type[Any] = File) -> list[str]:
    """Return the faults, a line each."""
    return [fault.line.zh for fault in taken(data, shape, "a.toml")[1]]


WRONG: dict[str, tuple[object, list[str]]] = {
    "no table": ([], ["a.toml：应为一组 键 = 值，现为 0 项的列表"]),
    "unknown key": ({"nota": ""}, ["a.toml：不认识的键“nota”，是否应为“note”"]),
    "a mistyped key that is asked for": (
        {"item": [{"nmae": "甲"}]},
        ["a.toml · item[1] “甲”：不认识的键“nmae”，是否应为“name”"],
    ),
    "missing": ({"item": [{"name": "甲"}, {}]}, ["a.toml · item[2].name：缺少这一项"]),
    "not in the list": (
        {"item": [{"name": "甲", "kind": "amont"}]},
        ["a.toml · item[1] “甲”.kind：“amont”不在允许之列（amount、text），是否应为“amount”"],
    ),
    "true is no number": ({"item": [{"name": "甲", "low": True}]}, ["a.toml · item[1] “甲”.low：应为数字，现为 true"]),
    "not finite": (
        {"item": [{"name": "甲", "low": float("nan")}, {"name": "乙", "low": 10**400}]},
        [
            "a.toml · item[1] “甲”.low：不是有限的数（nan、inf 或过大的数不能用）",
            "a.toml · item[2] “乙”.low：不是有限的数（nan、inf 或过大的数不能用）",
        ],
    ),
    "out of bounds": (
        {"item": [{"name": "甲", "decimals": 9}]},
        ["a.toml · item[1] “甲”.decimals：应在 0 到 8 之间，现为 9"],
    ),
    "not in the form": ({"item": [{"name": "甲", "formula": "1"}]}, ["a.toml · item[1] “甲”.formula：应以 = 开头"]),
    "deep within": (
        {"item": [{"name": "甲", "values": {"表": [{"列": 1}, {"列": float("inf"), "行": "x"}]}}]},
        [
            "a.toml · item[1] “甲”.values.表[2] “x”.列：不是有限的数（nan、inf 或过大的数不能用）",
            "a.toml · item[1] “甲”.values.表[2] “x”.行：应为数字，现为 “x”",
        ],
    ),
    "no text": ({"note": "\ud800"}, ["a.toml · note：含有不成字的字符"]),
}


@pytest.mark.parametrize(("data", "lines"), WRONG.values(), ids=list(WRONG))
def test_what_is_wrong_is_said_with_its_place(data: object, lines: list[str]) -> None:
    assert said(data) == lines


def test_all_faults_of_a_file_are_gathered() -> None:
    data = {"item": [{"name": 1, "low": "x"}, 5], "note": 3, "other": 1}
    assert len(said(data)) == 5


def test_keys_added_later_are_no_fault_where_the_shape_allows_them() -> None:
    found, faults = taken({"schema": "x/1", "items": ["a"], "new": {"b": 1}}, Earlier, "r.json")
    assert (found, faults) == (Earlier("x/1", ["a"]), [])


LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(["amount", "=1"])
)
KEYS = st.sampled_from(["item", "note", "name", "kind", "low", "decimals", "formula", "values", "x"])
ANYTHING = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4))
NEAR = st.fixed_dictionaries(
    {},
    optional={
        "note": st.text(max_size=3) | LEAVES,
        "item": st.lists(
            st.fixed_dictionaries(
                {"name": st.text(max_size=3)},
                optional={"kind": LEAVES, "low": LEAVES, "decimals": st.integers(-2, 12), "values": ANYTHING},
            ),
            max_size=3,
        ),
    },
)


@given(ANYTHING | NEAR)
def test_what_has_no_fault_is_of_the_shape_and_what_has_one_is_not(data: Any) -> None:
    found, faults = taken(data, File, "a.toml")
    if found is not None:
        assert msgspec.convert(msgspec.to_builtins(found), File) == found
        return
    assert all(fault.place.startswith("a.toml") and fault.says.zh and fault.says.en for fault in faults)
    softer = [f for f in faults if "不是有限的数" in f.says.zh or "不成字" in f.says.zh]
    if len(softer) < len(faults):
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(data, File)


def test_one_fault_stands_in_one_line_and_several_in_lines_of_their_own() -> None:
    one = Fault("a.toml · x", Pair("错", "wrong"))
    assert refusal(Pair("定义", "definition"), [one]) == Pair("定义：a.toml · x：错", "definition: a.toml · x: wrong")
    assert (
        refusal(Pair("定义", "definition"), [one, one]).en
        == "definition: 2 faults\n  a.toml · x: wrong\n  a.toml · x: wrong"
    )


def test_files_are_read_with_or_without_a_mark_and_their_faults_are_said(tmp_path: Any) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"\xef\xbb\xbfa = 1")
    assert read_toml(path) == ({"a": 1}, [])
    path.write_bytes("a = '甲'".encode("gb18030"))
    assert "第 6 个字节起不是 UTF-8" in read_toml(path)[1][0].line.zh
    path.write_text("a = ", encoding="utf-8")
    assert read_toml(path)[1][0].line.zh.startswith("a：TOML 写法有误")
    assert read_toml(tmp_path / "没有")[1] == [Fault("没有", Pair("没有这个文件", "no such file"))]
