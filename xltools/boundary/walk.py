"""Holds raw data (TOML, JSON) against a typed shape and gathers everything that is wrong, each with its place."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple, TypeVar

import msgspec
from msgspec import inspect as kinds

from xltools.bilingual import Pair, joined, same
from xltools.boundary.nearest import closest, nearest
from xltools.boundary.plain import shown

T = TypeVar("T")

SAYS = "says"
"""In a Meta's `extra`: the Pair that is said where its pattern does not match."""
SHOWN = 40
"""Characters of a wrong value that a message shows."""
LISTED = 20
"""Faults that a message lists."""

GATHERED = 1_000
"""Faults after which entries and keys are looked at no further."""


class Fault(NamedTuple):
    """One thing that is wrong: where (`fields.toml · field[3] “执行数”.type`, entries counted from 1) and what."""

    place: str
    says: Pair

    @property
    def line(self) -> Pair:
        """Place and words in one line."""
        return Pair(f"{self.place}：{self.says.zh}", f"{self.place}: {self.says.en}")


def taken(data: object, shape: type[T], place: str) -> tuple[T | None, list[Fault]]:
    """Return the data as a `shape`, or nothing and everything that is wrong with it."""
    try:
        made = msgspec.convert(data, shape)
    except msgspec.ValidationError as error:
        return None, faults(data, shape, place) or [Fault(place, same(str(error)))]
    if _sound(data):  # what is whole is not walked: msgspec is ten times as fast
        return made, []
    found = faults(data, shape, place)
    return (None, found) if found else (made, [])


def faults(data: object, shape: object, place: str) -> list[Fault]:
    """Return everything in which the data differs from `shape`. Keys that a Struct does not know are faults where it
    forbids them; numbers must be finite and texts writable everywhere."""
    found: list[Fault] = []
    _walk(data, _kind(shape), place, found)
    return found


def refusal(what: Pair, found: Sequence[Fault]) -> Pair:
    """Return what is said of something that has these faults: one in the same line, several a line each."""
    if len(found) == 1:
        line = found[0].line
        return Pair(f"{what.zh}：{line.zh}", f"{what.en}: {line.en}")
    lines = [fault.line for fault in found[:LISTED]]
    if (rest := len(found) - LISTED) > 0:
        lines.append(Pair(f"…另有 {rest} 项", f"… and {rest} more"))
    head = Pair(f"{what.zh}：有 {len(found)} 处错误", f"{what.en}: {len(found)} faults")
    if len(found) >= GATHERED:
        lines[LISTED:] = [Pair("…其余不再列出", "… the rest is not listed")]
        head = Pair(f"{what.zh}：有 {GATHERED} 处以上错误", f"{what.en}: {GATHERED} faults or more")
    return joined([head, *lines], zh="\n  ", en="\n  ")


def below(place: str, key: object) -> str:
    """Return the place of a key in what stands at `place`."""
    return f"{place}{'.' if place.count(' · ') else ' · '}{key}"


def entry(place: str, number: int, item: object) -> str:
    """Return the place of a list's entry, counted from 1 and called by its code, name or first text."""
    name = ""
    if isinstance(item, dict):
        first = next((v for k, v in item.items() if k != "table" and isinstance(v, str)), "")
        name = next((v for k in ("code", "name") if isinstance(v := item.get(k), str)), first)
    return f"{place}[{number}]" + (f" “{name[:SHOWN]}”" if name else "")


def unknown_key(place: str, key: str, known: Iterable[str]) -> Fault:
    """Return the fault of a key that is not known at `place`."""
    says = Pair("不认识的键“{key}”{near}", "unknown key “{key}”{near}")
    return Fault(place, says.format(key=key[:SHOWN], near=nearest(key, known)))


def unknown_keys(place: str, keys: Iterable[str], known: Iterable[str]) -> list[Fault]:
    """Return the faults of keys that are not known at `place`; beyond some only how many: a nearest word is dear."""
    others, words = list(keys), list(known)
    found = [unknown_key(place, key, words) for key in others[: LISTED - 1]]
    if (rest := len(others) - len(found)) > 0:
        found.append(Fault(place, Pair(f"另有 {rest} 个不认识的键", f"{rest} more unknown keys")))
    return found


@cache
def _kind(shape: object) -> kinds.Type:
    return kinds.type_info(shape)


def _walk(data: object, kind: kinds.Type, place: str, found: list[Fault]) -> None:
    words: Pair | None = None
    if isinstance(kind, kinds.UnionType):
        kind = next((k for k in kind.types if _fits(data, k)), kind)
    if isinstance(kind, kinds.Metadata):
        words = (kind.extra or {}).get(SAYS)
        kind = kind.type
    if not _fits(data, kind):
        found.append(Fault(place, _misfit(data, kind)))
    elif isinstance(kind, kinds.StructType):
        _struct(_dict(data), kind, place, found)
    elif isinstance(kind, kinds.DictType):
        for key, value in _dict(data).items():
            if len(found) >= GATHERED:
                return
            _walk(value, kind.value_type, below(place, key), found)
    elif isinstance(kind, kinds.ListType | kinds.VarTupleType):
        assert isinstance(data, list | tuple)
        for number, value in enumerate(data, start=1):
            if len(found) >= GATHERED:
                return
            _walk(value, kind.item_type, entry(place, number, value), found)
    else:
        says = _wrong_leaf(data, kind, words)
        if says is not None:
            found.append(Fault(place, says))


def _dict(data: object) -> dict[str, Any]:
    assert isinstance(data, dict)
    return data


def _struct(data: dict[str, Any], kind: kinds.StructType, place: str, found: list[Fault]) -> None:
    fields = {field.encode_name: field for field in kind.fields}
    unknown = [str(key) for key in data if key not in fields] if kind.forbid_unknown_fields else []
    found += unknown_keys(place, unknown, fields)
    mistyped = {closest(key, fields) for key in unknown[: LISTED - 1]}
    for name, field in fields.items():
        if name in data:
            _walk(data[name], field.type, below(place, name), found)
        elif field.required and name not in mistyped:
            found.append(Fault(below(place, name), Pair("缺少这一项", "this is missing")))


def _fits(data: object, kind: kinds.Type) -> bool:
    """True when the data is of the sort asked for, whatever it holds."""
    match kind:
        case kinds.Metadata():
            return _fits(data, kind.type)
        case kinds.UnionType():
            return any(_fits(data, k) for k in kind.types)
        case kinds.AnyType():
            return True
        case kinds.BoolType():
            return isinstance(data, bool)
        case kinds.IntType():
            return isinstance(data, int) and not isinstance(data, bool)
        case kinds.FloatType():
            return isinstance(data, int | float) and not isinstance(data, bool)
        case kinds.StrType() | kinds.LiteralType():
            return isinstance(data, str)
        case kinds.NoneType():
            return data is None
        case kinds.ListType() | kinds.VarTupleType():
            return isinstance(data, list | tuple)
        case kinds.DictType() | kinds.StructType():
            return isinstance(data, dict)
    raise TypeError(f"no shape of a boundary: {kind}")


_SORTS: tuple[tuple[tuple[type[kinds.Type], ...], Pair], ...] = (
    ((kinds.StrType, kinds.LiteralType), Pair("文本", "a text")),
    ((kinds.FloatType,), Pair("数字", "a number")),
    ((kinds.IntType,), Pair("整数", "a whole number")),
    ((kinds.BoolType,), Pair("是或否（true、false）", "true or false")),
    ((kinds.ListType, kinds.VarTupleType), Pair("列表", "a list")),
    ((kinds.DictType, kinds.StructType), Pair("一组 键 = 值", "a table of keys and values")),
)


def _misfit(data: object, kind: kinds.Type) -> Pair:
    members = kind.types if isinstance(kind, kinds.UnionType) else (kind,)
    plain = [k.type if isinstance(k, kinds.Metadata) else k for k in members]
    if any(isinstance(k, kinds.FloatType) for k in plain):
        plain = [k for k in plain if not isinstance(k, kinds.IntType)]
    sorts = [words for types, words in _SORTS if any(isinstance(k, types) for k in plain)]
    asked = joined(sorts, zh="、", en=" or ")
    return Pair("应为{asked}，现为 {shown}", "expected {asked}, found {shown}").format(
        asked=asked, shown=shown(data, SHOWN)
    )


def _wrong_leaf(data: object, kind: kinds.Type, words: Pair | None) -> Pair | None:
    if isinstance(kind, kinds.LiteralType) and data not in kind.values:
        known = [str(v) for v in kind.values]
        says = Pair("“{data}”不在允许之列（{list}）{near}", "“{data}” is not one of {list}{near}")
        listed = Pair("、".join(known), ", ".join(known))
        return says.format(data=str(data)[:SHOWN], list=listed, near=nearest(str(data), known))
    if isinstance(data, str):
        if isinstance(kind, kinds.StrType) and kind.pattern is not None and re.search(kind.pattern, data) is None:
            return words or Pair("写法不对", "not in the form asked for")
        return None if _writable(data) else Pair("含有不成字的字符", "holds characters that are no text")
    if isinstance(data, int | float) and not isinstance(data, bool):
        return _wrong_number(data, kind)
    return None


def _wrong_number(data: int | float, kind: kinds.Type) -> Pair | None:
    if not _finite(data):
        return Pair("不是有限的数（nan、inf 或过大的数不能用）", "not a finite number (nan, inf and too large)")
    low, high = getattr(kind, "ge", None), getattr(kind, "le", None)
    if (low is not None and data < low) or (high is not None and data > high):
        return Pair(f"应在 {low} 到 {high} 之间，现为 {data}", f"expected {low} to {high}, found {data}")
    return None


def _sound(data: object) -> bool:
    """True when all numbers are finite and all texts writable, whatever their places."""
    if isinstance(data, str):
        return data.isascii() or _writable(data)
    if isinstance(data, dict):
        return all(map(_sound, data.values()))
    if isinstance(data, list):
        return all(map(_sound, data))
    return isinstance(data, bool) or not isinstance(data, int | float) or _finite(data)


def _finite(number: int | float) -> bool:
    try:
        return math.isfinite(float(number))
    except OverflowError:
        return False


def _writable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
