"""Understands numbers, dates and reasons as Chinese accountants write them in a cell, and says how unusual that was."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

__all__ = ["HABITS", "NOTHING_WORDS", "Blank", "Written", "core", "plain_text", "read_date", "read_number"]

# The order in which habits are told; "text" stands alone: a plain number that merely is text (or has an apostrophe).
HABITS = (
    *("text", "fullwidth", "thousands", "unit", "percent", "spaces"),
    *("currency", "scaled", "chinese", "parentheses", "sign"),
)


class Blank(Enum):
    """The kinds of nothing. They are told apart because 0, blank, “—” and “无” are four different answers."""

    EMPTY = "empty"
    SPACES = "spaces"
    DASH = "dash"
    NONE_WORD = "none_word"


@dataclass(frozen=True, slots=True)
class Written:
    """What a cell says: the number in the field's unit (None: not understood), what was unusual, which nothing, which
    unit word stood there.
    """

    value: int | float | None
    habits: tuple[str, ...]
    blank: Blank | None
    unit: str | None


# -- characters --------------------------------------------------------------------------------------------------------

_LONGEST = 100  # no number is longer; what is longer is prose
_ZERO_WIDTH = "".join(map(chr, (0xAD, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF)))
_INVISIBLE = "".join(filter(str.isspace, map(chr, range(0x3001)))) + _ZERO_WIDTH + "\u2800\u3164"
# Spaces one can see become " " (a tab or a line break does not: it never separates thousands), the others vanish.
_TIDY = str.maketrans({**dict.fromkeys("\u00a0\u2007\u2009\u202f\u3000", " "), **dict.fromkeys(_ZERO_WIDTH)})
_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
# Money numerals and traditional characters become the everyday ones, in numbers and in units alike.
_EVERYDAY = str.maketrans(
    "壹贰貳叁參肆伍陆陸柒捌玖〇拾佰仟萬億點負两兩圆圓",
    "一二二三三四五六六七八九零十百千万亿点负二二元元",
)

_DASHES = re.compile(r"[-‐‑‒–—―─−﹣]{1,6}|/{1,2}|\\{1,2}")
NOTHING_WORDS = frozenset({"无", "没有", "无此项", "不涉及", "不适用", "n/a", "na", "null"})


def _fold(raw: str) -> tuple[str, set[str]]:
    """The text without what only looks different, and which habits that were."""
    habits = set()
    text = raw.strip(_INVISIBLE).translate(_TIDY)
    if len(text) != len(raw):
        habits.add("spaces")
    half = text.translate(_HALF)
    if half != text:
        habits.add("fullwidth")
    return half.translate(_EVERYDAY), habits


def _in_order(habits: set[str]) -> tuple[str, ...]:
    return tuple(habit for habit in HABITS if habit in habits) or ("text",)


def _which_blank(text: str) -> Blank | None:
    """`text` is folded and not empty."""
    compact = "".join(text.split())
    if _DASHES.fullmatch(compact):
        return Blank.DASH
    return Blank.NONE_WORD if compact.lower() in NOTHING_WORDS else None


# -- Chinese numerals --------------------------------------------------------------------------------------------------

_DIGITS = "零一二三四五六七八九"
_DIGIT = {char: str(number) for number, char in enumerate(_DIGITS)}
_D = f"[{_DIGITS[1:]}]"
# Everything below 万. Two digits side by side (三四十, “thirty or forty”) do not fit, nor does a 零 at the end.
_SECTION = re.compile(rf"(?:零?({_D})千)?(?:零?({_D})百)?(?:零?({_D})?(十))?(?:零?({_D}))?")
# 一万二 and 三百五 leave the last unit out: to one reader 12,000 and 350, to another 10,002 and 305.
_COLLOQUIAL = re.compile(rf"[百千万亿]{_D}(?![十百千万])|[百千]{_D}(?=万)")


def _section(text: str) -> int | None:
    match = _SECTION.fullmatch(text)
    if not text or not match:
        return None
    thousands, hundreds, tens, ten, ones = match.groups(default="")
    digits = (thousands, hundreds, tens or ("一" if ten else ""), ones)
    return int("".join(_DIGIT.get(digit, "0") for digit in digits))


def _chinese_integer(text: str) -> int | None:
    """一千二百三十四 → 1234, 二零二四 → 2024 (everyday characters); None for what is ambiguous or malformed."""
    if text == "零":
        return 0
    if len(text) < 16 and all(char in _DIGIT for char in text) and (len(text) > 2 or "零" in text):
        return int("".join(_DIGIT[char] for char in text))  # 三五 alone may be “three to five”
    return None if _COLLOQUIAL.search(text) else _sections(text)


def _sections(text: str) -> int | None:
    for char, power in (("亿", 10**8), ("万", 10**4)):
        head, found, rest = text.rpartition(char)
        if found:
            high, low = _sections(head), _sections(rest) if rest else 0
            if high is None or low is None or max(high, low) >= power:  # 二亿三亿 and the like
                return None
            return high * power + low
    return _section(text)


# -- numbers as text ---------------------------------------------------------------------------------------------------

_PREFIX = re.compile(r"([-+−﹣负])?\s*(人民币\s*[¥￥]?|[¥￥]|RMB|CNY)?\s*([-+−﹣负])?\s*")
_WHOLE = r"[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]{0,2}(?: [0-9]{3})+|[0-9]+|(?=\.[0-9])"
_NUMBER = re.compile(rf"({_WHOLE})(?:\.([0-9]+))?([^0-9]*)")
_CHINESE = re.compile(rf"([{_DIGITS}十百千万亿]+)(?:点([{_DIGITS}]+))?([^0-9]*)")
_CHINESE_MONEY = re.compile(rf"([{_DIGITS}十百千万亿]+)元(?:([{_DIGITS}])角)?(?:零?([{_DIGITS}])分)?[整正]?")


@dataclass(slots=True)
class _Parts:
    """A number taken apart: digits before and after the point, the words behind it, and whether it says 万 or 亿."""

    whole: str
    fraction: str
    tail: str
    habits: set[str]
    myriads: bool = False


def _digit_parts(body: str) -> _Parts | None:
    match = _NUMBER.fullmatch(body)
    if not match:
        return None
    whole, fraction, tail = match.groups(default="")
    digits = whole.replace(",", "").replace(" ", "")
    return _Parts(digits, fraction, tail, {"thousands"} if digits != whole else set())


def _percent_words(body: str) -> _Parts | None:
    """百分之九十五, 百分之95.5"""
    if not body.startswith("百分之"):
        return None
    rest = body.removeprefix("百分之")
    parts = _Parts("100", "", "", set()) if rest == "百" else None
    parts = parts or _digit_parts(rest) or _chinese_parts(rest, lone_one=True)
    return _Parts(parts.whole, parts.fraction, "%", parts.habits | {"chinese"}) if parts and not parts.tail else None


def _chinese_parts(body: str, lone_one: bool = False) -> _Parts | None:
    if not lone_one and not body.strip("一"):  # in a cell, 一 alone is as often a dash as a one
        return None
    money = _CHINESE_MONEY.fullmatch(body)
    if money and (money[2] or money[3]):
        whole, fraction, tail = money[1], (money[2] or "零") + (money[3] or ""), "元"
    elif match := _CHINESE.fullmatch(body):
        whole, fraction, tail = match.groups(default="")
    else:
        return None
    number = _chinese_integer(whole)
    if number is None:
        return None
    digits = "".join(_DIGIT[char] for char in fraction)
    return _Parts(str(number), digits, tail, {"chinese"}, "万" in whole or "亿" in whole)


def _value(negative: bool, parts: _Parts, power: int) -> int | float:
    """The number times a power of ten, exactly: whole numbers stay whole, the others are rounded once, by float()."""
    if not parts.fraction:
        number, rest = divmod(int(parts.whole + "0" * power), int("1" + "0" * -power))
        if not rest and number < 10**15:  # a spreadsheet keeps 15 digits
            return -number if negative else number
    number_as_float = float(f"{parts.whole or 0}.{parts.fraction or 0}e{power}")
    return -number_as_float if negative and number_as_float else number_as_float


# -- units -------------------------------------------------------------------------------------------------------------

_SCALE = re.compile(r"([十百千]?万?亿?)(.*)", re.DOTALL)
_POWER = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
_SAME_UNIT = {
    **{"名": "人", "位": "人", "年度": "年", "元整": "元", "元正": "元", "㎡": "平方米", "m²": "平方米", "m": "米"},
    **{"千克": "公斤", "kg": "公斤", "千米": "公里", "km": "公里"},
}
# What may stand behind a number where the field has no unit; anything else there (左右, 以上, 多) changes the meaning.
_UNITS = {
    *"元人个项份分次件台套辆架艘米亩吨克升度天日周月年户家场期篇条处座栋幢间所村镇",
    *"批本册张只头株棵宗起例种类班门组支队岁级",
    *("人次", "户次", "场次", "批次", "个月", "小时", "分钟", "课时", "学时"),
    *("公里", "公斤", "公顷", "平方米", "立方米", "平方公里"),
}


@lru_cache(maxsize=512)
def _unit(word: str) -> tuple[str, int, str]:
    """A unit word in one spelling, its power of ten, and what that multiplies: 万元 → (万元, 4, 元)."""
    plain = "".join(word.split()).translate(_HALF).translate(_EVERYDAY)
    match = None if plain in _SAME_UNIT else _SCALE.fullmatch(plain)  # 千克 is a unit of its own, not 1000 克
    scale, base = match.groups() if match else ("", plain)
    base = _SAME_UNIT.get(base, base)
    return scale + base, sum(_POWER[char] for char in scale), base


def _fit(parts: _Parts, unit: str) -> int | None:
    """The power of ten from what is written to the field's unit; None when they do not fit. Adds to the habits."""
    word, power, base = _unit(parts.tail)
    field, field_power, field_base = _unit(unit)
    if not word:
        if not parts.myriads or not field_power:
            return 0
        parts.habits.add("scaled")  # 二千万 for 万元 can only mean 二千万元
        return -field_power
    if word == field:
        parts.habits.add("percent" if word == "%" else "unit")
        return 0
    if "%" in (base, field_base):
        return None
    if not field and base:
        # Nothing to convert to: the figure stays in the unit written, and the caller is told which.
        parts.habits.add("unit")
        return 0 if base in _UNITS else None
    # 2千 for 万元 may be 2千元 or 2千万元; 2千万 is clear.
    if (base and base != field_base) or (not base and power < field_power):
        return None
    if base or field_base == "元" or power == field_power:
        parts.habits.add("unit")
    if power != field_power:
        parts.habits.add("scaled")
    return power - field_power


# -- numbers -----------------------------------------------------------------------------------------------------------

_EMPTY = Written(None, (), Blank.EMPTY, None)
_SPACES = Written(None, (), Blank.SPACES, None)
_NOT_UNDERSTOOD = Written(None, (), None, None)


def read_number(raw: object, unit: str = "", percent_format: bool = False) -> Written:
    """The number in a cell, in the field's unit. Never raises: what is not understood has no value."""
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        value = raw
        if percent_format and _unit(unit)[0] == "%":
            value = round(raw * 100, 10)  # 0.9553 * 100 is 95.53000000000002 or the like
            return Written(value, ("percent",), None, None) if value - value == 0 else _NOT_UNDERSTOOD
        return Written(value, (), None, None) if value - value == 0 else _NOT_UNDERSTOOD  # inf - inf is nan
    if raw is None or raw == "":
        return _EMPTY
    if not isinstance(raw, str):
        return _NOT_UNDERSTOOD
    stripped = raw.strip(_INVISIBLE)
    if not stripped:
        return _SPACES
    return _read_text(raw, unit) if len(stripped) <= _LONGEST else _NOT_UNDERSTOOD


def _read_text(raw: str, unit: str) -> Written:
    text, habits = _fold(raw)
    if blank := _which_blank(text):
        return Written(None, (), blank, None)
    if text.startswith("'"):
        text = text[1:]
        habits.add("text")
    negative, currency, body = _take_front(text, habits)
    parts = _percent_words(body) or _digit_parts(body) or _chinese_parts(body)
    if parts is None or negative is None:
        return _NOT_UNDERSTOOD
    if "parentheses" in habits and "chinese" in parts.habits:  # （二） numbers a paragraph
        return _NOT_UNDERSTOOD
    word = "".join(parts.tail.split()) or None
    power = _fit(parts, unit)
    if power is None or (currency and _unit(unit)[2] not in ("元", "")):
        is_unit = word is not None and (word == "%" or _unit(word)[2] in _UNITS)
        return Written(None, (), None, word if is_unit else None)
    if word and parts.tail != word:
        habits.add("spaces")
    return Written(_value(negative, parts, power), _in_order(habits | parts.habits), None, word)


def _take_front(text: str, habits: set[str]) -> tuple[bool | None, bool, str]:
    """Is it negative (None: two signs), does a currency stand before it, and what is left. Adds to `habits`."""
    inner = text[1:-1].strip() if text.startswith("(") and text.endswith(")") else ""
    body = inner or text
    match = _PREFIX.match(body)
    before, currency, after = match.groups(default="") if match else ("", "", "")
    front = match[0] if match else ""
    sign = before + after
    if inner:
        habits.add("parentheses")
    if currency:
        habits.add("currency")
    if sign == "负":
        habits.add("chinese")
    elif sign and sign != "-":
        habits.add("sign")
    if any(map(str.isspace, front)):
        habits.add("spaces")
    negative = None if len(sign) + bool(inner) > 1 else bool(inner) or sign not in ("", "+")
    return negative, bool(currency), body[len(front) :]


# -- dates -------------------------------------------------------------------------------------------------------------

_TIME = r"(?:(?:\s+|T)[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?Z?)?"
_DATES = (
    re.compile(rf"([0-9]{{4}})([-/.])([0-9]{{1,2}})\2([0-9]{{1,2}}){_TIME}"),
    re.compile(rf"([0-9]{{4}})\s*(年)\s*([0-9]{{1,2}})\s*月\s*([0-9]{{1,2}})\s*[日号]{_TIME}"),
    re.compile(r"([0-9]{4})()([0-9]{2})([0-9]{2})"),
)
_CHINESE_DATE = re.compile(rf"([{_DIGITS}○O]{{4}})年([{_DIGITS}十]{{1,4}})月([{_DIGITS}十]{{1,4}})[日号]")
_LAST_SERIAL = 2_958_466  # the day after 9999-12-31
_LIKELY_YEARS = range(1950, 2100)


def read_date(
    raw: object, date1904: bool = False, is_date_format: bool = False
) -> tuple[dt.date | None, tuple[str, ...]]:
    """The date in a cell and what was unusual about it. Never raises: what is not understood is None.

    A number without a date format is a date only in a likely year, or as 20240305: else 2024 would be a day in 1905.
    """
    if isinstance(raw, dt.date):
        return raw.date() if isinstance(raw, dt.datetime) else raw, ()
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        date = _serial_date(raw, date1904)
        if date and (is_date_format or date.year in _LIKELY_YEARS):
            return date, ()
        written = _text_date(plain_text(raw)) if 19_500_000 < raw < 21_000_000 else None
        return written, ("text",) if written else ()
    if not isinstance(raw, str) or len(raw) > _LONGEST:
        return None, ()
    text, habits = _fold(raw)
    date = _text_date(text.removeprefix("'"))
    if date is None and (date := _chinese_date(text)):
        habits.add("chinese")
    if " " in text and ":" not in text:
        habits.add("spaces")
    return date, _in_order(habits) if date else ()


def _serial_date(serial: float, date1904: bool) -> dt.date | None:
    if not 0 <= serial < _LAST_SERIAL - (1462 if date1904 else 0):  # nan and inf are outside as well
        return None
    days = int(serial)
    if date1904:
        return dt.date(1904, 1, 1) + dt.timedelta(days)
    if days in (0, 60):  # "1900-01-00" and 29 February 1900, a day that only spreadsheets know
        return None
    return dt.date(1899, 12, 30 if days > 60 else 31) + dt.timedelta(days)


def _text_date(text: str) -> dt.date | None:
    for pattern in _DATES:
        if match := pattern.fullmatch(text):
            return _date(int(match[1]), int(match[3]), int(match[4]))
    return None


def _chinese_date(text: str) -> dt.date | None:
    match = _CHINESE_DATE.fullmatch("".join(text.split()))
    if not match:
        return None
    year = int("".join(_DIGIT.get(char, "0") for char in match[1]))
    month, day = (_chinese_integer(part) for part in match.groups()[1:])
    return _date(year, month, day) if month and day else None


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day) if year >= 1900 else None
    except ValueError:
        return None


# -- text --------------------------------------------------------------------------------------------------------------


def core(text: str) -> str:
    """Return the letters and digits of a text: what is left where blanks and punctuation do not count."""
    return "".join(filter(str.isalnum, text))


def plain_text(raw: object) -> str:
    """What stands in the cell as its writer would see it: 2024, not 2024.0."""
    if isinstance(raw, str):
        return raw
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e21:
        return str(int(raw))
    return raw.isoformat() if isinstance(raw, dt.date) else str(raw)
