"""What a parser has against a text, in plain words: where it stands and what is wrong there."""

from __future__ import annotations

import json
import re

from xltools.bilingual import Pair, same

LONGEST = 4_300
"""Digits of a whole number that are read."""
_NOT_UTF8 = Pair("第 {at} 个字节起不是 UTF-8；请另存为 UTF-8", "not UTF-8 from byte {at} on; save it as UTF-8")
_UTF16 = Pair("编码是 UTF-16；请另存为 UTF-8", "it is in UTF-16; save it as UTF-8")
_TOO_LONG = Pair("有一个整数超过 {most} 位", "a whole number has more than {most} digits")
_TOO_DEEP = Pair("嵌套过深", "it is nested too deep")
_AT = Pair("第 {line} 行第 {column} 个字符：{what}", "line {line}, character {column}: {what}")
_WRONG = Pair("写法有误", "not well written")
_CUT = Pair("写法有误，或末尾不完整", "not well written, or its end is missing")
_JSON: tuple[tuple[str, Pair], ...] = (
    ("Expecting value", Pair("这里应有一个值", "a value is missing")),
    ("Expecting property name", Pair("这里应有带双引号的名称", "a name in double quotes is missing")),
    ("Expecting ','", Pair("这里缺少逗号", "a comma is missing")),
    ("Expecting ':'", Pair("这里缺少冒号", "a colon is missing")),
    ("Illegal trailing comma", Pair("最后一项后面多了逗号", "a comma too many")),
    ("Unterminated string", Pair("双引号没有配对", "the double quote is not closed")),
    ("Invalid control character", Pair("文本里有控制字符", "a text holds a control character")),
    ("Invalid \\", Pair("反斜杠的写法有误", "a backslash is used wrongly")),
    ("Extra data", Pair("后面有多余的内容", "something follows the end")),
)
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


def said_of(error: ValueError | RecursionError, data: bytes = b"") -> Pair:
    """Return what was wrong with `data`, a text of JSON or TOML."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _UTF16
    if isinstance(error, UnicodeDecodeError):
        return _NOT_UTF8.format(at=error.start + 1)
    if isinstance(error, RecursionError):
        return _TOO_DEEP
    if isinstance(error, json.JSONDecodeError):
        what = next((words for start, words in _JSON if error.msg.startswith(start)), _WRONG)
        return _AT.format(line=error.lineno, column=error.colno, what=what)
    if "digits" in str(error):
        return _TOO_LONG.format(most=LONGEST)
    place = _PLACE.search(str(error))
    return _CUT if place is None else _AT.format(line=place[1], column=place[2], what=_WRONG)


def said_of_pattern(error: re.error) -> Pair:
    """Return what is wrong with a pattern."""
    return _WRONG if error.pos is None else _CHARACTER.format(at=error.pos + 1)


_CHARACTER = Pair("第 {at} 个字符处不对", "wrong at character {at}")
_NULL, _YES, _NO = Pair("空值", "null"), same("true"), same("false")
_MANY, _KEYS = Pair("{count} 项的列表", "a list of {count}"), Pair("{count} 个键的一组", "a table of {count} keys")
_HUGE = Pair("过大的数", "a number too large")
_TIME = Pair("日期或时间", "a date or time")


def shown(data: object, most: int) -> Pair:
    """Return a value of JSON or TOML as a message shows it, a text in quotes and cut after `most` characters."""
    match data:
        case None:
            return _NULL
        case bool():
            return _YES if data else _NO
        case str():
            return same(f"“{data[:most]}…”" if len(data) > most else f"“{data}”")
        case list() | tuple():
            return _MANY.format(count=len(data))
        case dict():
            return _KEYS.format(count=len(data))
        case int() | float():
            return same(str(data)) if isinstance(data, float) or abs(data) < 10**most else _HUGE
    return _TIME
