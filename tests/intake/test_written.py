"""What accountants write in a cell, case by case, and laws that hold for any text."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xltools.intake.cells.written import HABITS, Blank, plain_text, read_date, read_number

UNITS = ["", "万元", "元", "%", "人", "个", "份", "分", "万人", "米"]

# raw, field's unit, value, habits
UNDERSTOOD: list[tuple[str, str, float, str]] = [
    ("1234.5", "万元", 1234.5, "text"),
    ("'1234.5", "万元", 1234.5, "text"),
    ("0", "万元", 0, "text"),
    ("-5", "", -5, "text"),
    (".5", "", 0.5, "text"),
    ("95.53", "%", 95.53, "text"),
    ("0.0900000762939453", "万元", 0.0900000762939453, "text"),
    # full width
    ("０", "万元", 0, "fullwidth"),
    ("－5", "", -5, "fullwidth"),
    ("２，１８０．２４万元", "万元", 2180.24, "fullwidth thousands unit"),
    ("2，180.24", "万元", 2180.24, "fullwidth thousands"),
    # thousands
    ("2,180.24", "万元", 2180.24, "thousands"),
    ("1,234,567", "元", 1234567, "thousands"),
    ("2 180.24", "万元", 2180.24, "thousands"),
    ("2\u00a0180\u00a0000", "元", 2180000, "thousands"),
    # spaces
    (" 5\n", "", 5, "spaces"),
    ("\u200b5\u202c", "", 5, "spaces"),
    ("\u30005\u3000", "", 5, "spaces"),
    ("- 5", "", -5, "spaces"),
    # units
    ("2180.24万元", "万元", 2180.24, "unit"),
    ("2180.24 万元", "万元", 2180.24, "unit spaces"),
    ("2180.24 万 元", "万元", 2180.24, "unit spaces"),
    ("2370人", "人", 2370, "unit"),
    ("2370名", "人", 2370, "unit"),
    ("13个", "个", 13, "unit"),
    ("5份", "份", 5, "unit"),
    ("97.8分", "分", 97.8, "unit"),
    ("266米", "", 266, "unit"),
    ("2180.24万元", "", 2180.24, "unit"),
    ("5千克", "公斤", 5, "unit"),
    # another unit of the same kind
    ("1,234.5元", "万元", 0.12345, "thousands unit scaled"),
    ("20000元", "万元", 2, "unit scaled"),
    ("0.5亿元", "万元", 5000.0, "unit scaled"),
    ("0.5亿", "万元", 5000.0, "unit scaled"),
    ("2千万元", "万元", 2000, "unit scaled"),
    ("2千万", "万元", 2000, "unit scaled"),
    ("2000万", "万元", 2000, "unit"),
    ("2000万", "元", 20_000_000, "unit scaled"),
    ("3.5万", "元", 35000.0, "unit scaled"),
    ("2万", "人", 20000, "scaled"),
    ("2万", "", 20000, "scaled"),
    ("2万人", "人", 20000, "unit scaled"),
    ("2370人", "万人", 0.237, "unit scaled"),
    ("2万", "万人", 2, "unit"),
    # currency
    ("￥2180.24", "万元", 2180.24, "currency"),
    ("¥ 2,180.24", "元", 2180.24, "thousands spaces currency"),
    ("人民币2180.24元", "元", 2180.24, "unit currency"),
    ("人民币壹仟元整", "元", 1000, "unit currency chinese"),
    ("-￥5", "元", -5, "currency"),
    # percentages
    ("95.53%", "%", 95.53, "percent"),
    ("95.53％", "％", 95.53, "fullwidth percent"),
    ("１２％", "%", 12, "fullwidth percent"),
    ("95.53 %", "%", 95.53, "percent spaces"),
    ("百分之九十五", "%", 95, "percent chinese"),
    ("百分之九十五点五三", "%", 95.53, "percent chinese"),
    ("百分之百", "%", 100, "percent chinese"),
    ("百分之一", "%", 1, "percent chinese"),
    ("百分之95.5", "%", 95.5, "percent chinese"),
    # Chinese numerals
    ("零", "", 0, "chinese"),
    ("十", "", 10, "chinese"),
    ("十三", "个", 13, "chinese"),
    ("一个", "个", 1, "unit chinese"),
    ("两百", "", 200, "chinese"),
    ("二〇二四", "", 2024, "chinese"),
    ("一千零五", "", 1005, "chinese"),
    ("一万零二", "", 10002, "chinese"),
    ("一千二百三十四点五", "万元", 1234.5, "chinese"),
    ("一亿零二万", "", 100_020_000, "chinese"),
    ("三万亿", "", 3 * 10**12, "chinese"),
    ("负五", "", -5, "chinese"),
    ("二千万", "万元", 2000, "scaled chinese"),
    ("二千万元", "万元", 2000, "unit scaled chinese"),
    ("一亿二千万元", "万元", 12000, "unit scaled chinese"),
    ("三点五万元", "万元", 3.5, "unit chinese"),
    ("壹仟贰佰叁拾肆元伍角", "元", 1234.5, "unit chinese"),
    ("壹仟贰佰叁拾肆元伍角陆分", "元", 1234.56, "unit chinese"),
    ("壹仟圆零伍分", "元", 1000.05, "unit chinese"),
    ("壹万贰仟元整", "万元", 1.2, "unit scaled chinese"),
    # signs
    ("(123.45)", "万元", -123.45, "parentheses"),
    ("（123.45）", "万元", -123.45, "fullwidth parentheses"),
    ("(1,234万元)", "万元", -1234, "thousands unit parentheses"),
    ("(0)", "", 0, "parentheses"),
    ("−5", "", -5, "sign"),
    ("+5", "", 5, "sign"),
    ("＋5", "", 5, "fullwidth sign"),
]

NOT_UNDERSTOOD: list[tuple[object, str]] = [
    *((raw, "") for raw in ("约100", "100左右", "100以上", "≥266米", "100多", "100-200", "100~200", "1/2", "50:50")),
    *((raw, "") for raw in ("1.2.3", "12,34.5", "1,5", "1,2345", "0,123", "1234,567", "1,234 567", "1 2", "1\n234")),
    *(
        (raw, "")
        for raw in ("5.", "5。", "5；", "5、", ".", "'", "1e3", "0x10", "1O0", "=5", "#REF!", "√", "五五开", "²")
    ),
    *((raw, "") for raw in ("--5", "+-5", "(-5)", "()", "((5))", "（二）", "(5", "5)", "5%%", "%5", "$5", "$")),
    # Chinese, but ambiguous or out of order
    *((raw, "") for raw in ("一", "一一一", "三五", "三四十", "一万二", "三百五", "一百二万", "一万二亿", "二亿三亿")),
    *((raw, "") for raw in ("万", "亿", "百", "点五", "五点", "一百零", "二万三万", "十百", "十三十")),
    # the wrong unit
    *[("266米", "人"), ("2370人", "万元"), ("95%", "万元"), ("95%", ""), ("百分之五", "人"), ("95.5分", "%")],
    *[("2万", "%"), ("2万%", "%"), ("￥5", "人"), ("5人次", "人"), ("5‰", "%"), ("5个百分点", "%"), ("5角", "元")],
    *[("2千", "万元"), ("3万5千", "元"), ("贰億萬圓", "元")],
    *((raw, "") for raw in (True, False, math.nan, math.inf, -math.inf, b"5", [5], "9" * 101, "文" * 40000)),
]

BLANKS: list[tuple[object, Blank]] = [
    *((raw, Blank.EMPTY) for raw in (None, "")),
    *((raw, Blank.SPACES) for raw in (" ", "\u3000", "\u00a0", "\u200b", "\ufeff \n\t", " " * 1000)),
    *((raw, Blank.DASH) for raw in ("-", "—", "——", "－", "–", "/", "\\", "／", " — ", "— —", "---", "−")),
    *(
        (raw, Blank.NONE_WORD)
        for raw in ("无", "没有", "无此项", "不涉及", "不适用", "N/A", "n/a", "NA", "Ｎ／Ａ", "null")
    ),
    *((raw, Blank.NONE_WORD) for raw in (" 无 ", "无\n")),
]


@pytest.mark.parametrize(("raw", "unit", "value", "habits"), UNDERSTOOD)
def test_number_is_understood(raw: str, unit: str, value: float, habits: str) -> None:
    written = read_number(raw, unit)
    assert (written.value, type(written.value)) == (value, type(value))
    assert written.habits == tuple(habits.split())
    assert written.blank is None


@pytest.mark.parametrize(("raw", "unit"), NOT_UNDERSTOOD, ids=lambda case: repr(case)[:30])
def test_number_is_not_understood(raw: object, unit: str) -> None:
    written = read_number(raw, unit)
    assert (written.value, written.habits, written.blank) == (None, (), None)


@pytest.mark.parametrize(("raw", "blank"), BLANKS)
def test_kinds_of_nothing(raw: object, blank: Blank) -> None:
    written = read_number(raw, "万元")
    assert (written.value, written.habits, written.blank) == (None, (), blank)


@pytest.mark.parametrize(
    ("raw", "field", "unit"),
    [
        ("5", "万元", None),
        ("5 万元", "万元", "万元"),
        ("5元", "万元", "元"),
        ("5%", "%", "%"),
        ("2万", "人", "万"),
        ("266米", "", "米"),
        ("266米", "人", "米"),
        ("95%", "人", "%"),
        ("100左右", "人", None),
        (5, "人", None),
    ],
)
def test_unit_that_stood_in_the_cell(raw: object, field: str, unit: str | None) -> None:
    assert read_number(raw, field).unit == unit


@pytest.mark.parametrize(
    ("raw", "unit", "percent", "value", "habits"),
    [
        (2180.24, "万元", False, 2180.24, ()),
        (7, "人", False, 7, ()),
        (0.0900000762939453, "万元", False, 0.0900000762939453, ()),
        (0.9553, "%", False, 0.9553, ()),
        (0.9553, "%", True, 95.53, ("percent",)),
        (1, "%", True, 100, ("percent",)),
        (0.9553, "万元", True, 0.9553, ()),
        (1e308, "%", True, None, ()),
        (math.nan, "%", True, None, ()),
        ("95.53", "%", True, 95.53, ("text",)),
    ],
)
def test_number_cells(raw: object, unit: str, percent: bool, value: float | None, habits: tuple[str, ...]) -> None:
    written = read_number(raw, unit, percent_format=percent)
    assert (written.value, written.habits) == (value, habits)


def test_more_digits_than_a_spreadsheet_keeps() -> None:
    assert read_number("123456789012345").value == 123456789012345
    value = read_number("1234567890123456789").value
    assert isinstance(value, float)
    assert value == 1234567890123456789.0


def test_minus_zero_is_zero() -> None:
    assert str(read_number("-0.00").value) == "0.0"
    assert str(read_number("(0)").value) == "0"


@pytest.mark.parametrize(
    "raw",
    ["1" * 10**6, "1," * 50, " " * 10**6 + "5 " * 50, "零一" * 50, "十万" * 50, "(" * 100, "1 234" * 20],
    ids=range(7),
)
def test_hostile_text_is_no_number(raw: str) -> None:
    for unit in UNITS:
        assert read_number(raw, unit).value is None
        assert read_date(raw) == (None, ())


MESSY = st.text(
    alphabet="0123456789０９,.，．+-−()（） \u3000\u200b\n%％万亿千百十元角分人米零一二两壹拾点负约￥'年月日/T:eE一"
)


@given(
    st.one_of(st.text(), MESSY, st.integers(), st.floats(), st.booleans(), st.none()),
    st.sampled_from(UNITS),
    st.booleans(),
)
def test_never_raises_and_never_says_two_things(raw: object, unit: str, percent: bool) -> None:
    written = read_number(raw, unit, percent)
    assert written.value is None or (written.blank is None and math.isfinite(written.value))
    assert list(written.habits) == [habit for habit in HABITS if habit in written.habits]
    assert written.value is not None or not written.habits
    assert bool(written.habits) == (isinstance(raw, str) and written.value is not None) or percent
    read_date(raw)
    plain_text(raw)


MONEY = st.decimals(0, 10**9, places=2, allow_nan=False)


@given(MONEY, st.sampled_from(["", "万元", " 万元"]), st.booleans(), st.booleans())
def test_every_spelling_of_an_amount_is_that_amount(amount: object, tail: str, grouped: bool, fullwidth: bool) -> None:
    text = (f"{amount:,}" if grouped else f"{amount}") + tail
    if fullwidth:
        text = "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)
    assert read_number(text, "万元").value == float(str(amount))


@given(MONEY)
def test_yuan_become_wan_yuan_exactly(amount: object) -> None:
    assert read_number(f"{amount}元", "万元").value == float(f"{amount}e-4")


def in_chinese(number: int) -> str:
    """The other direction, written differently: four digits at a time, 零 for every gap."""
    groups: list[str] = []
    rest = number
    while rest:
        rest, last = divmod(rest, 10**4)
        groups.append(f"{last:04}")
    words = ""
    for group, scale in reversed(list(zip(groups, ("", "万", "亿"), strict=False))):
        pairs = zip(group, "千百十 ", strict=True)
        said = "".join("零" if digit == "0" else "零一二三四五六七八九"[int(digit)] + power for digit, power in pairs)
        words += said.replace(" ", "").rstrip("零") + (scale if int(group) else "") + ("零" if group[-1] == "0" else "")
    while "零零" in words:
        words = words.replace("零零", "零")
    return words.strip("零") or "零"


@given(st.integers(0, 10**12 - 1))
def test_chinese_numerals_round_trip(number: int) -> None:
    words = in_chinese(number)
    assert read_number(words + "个", "个").value == number
    upper = words.translate(str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟"))
    assert read_number(upper + "元整", "元").value == number


MARCH_5 = dt.date(2024, 3, 5)


@pytest.mark.parametrize(
    ("raw", "habits"),
    [
        (45356, ""),
        (45356.75, ""),
        (20240305, "text"),
        *(
            (raw, "text")
            for raw in ("2024年3月5日", "2024-3-5", "2024/3/5", "2024.3.5", "20240305", "2024-03-05", "2024年03月05号")
        ),
        *((raw, "text") for raw in ("2024-03-05T00:00:00", "2024-03-05 08:30", "'2024-3-5")),
        ("２０２４年３月５日", "fullwidth"),
        ("2024 年 3 月 5 日", "spaces"),
        (" 2024-3-5\n", "spaces"),
        *(
            (raw, "chinese")
            for raw in ("二〇二四年三月五日", "二○二四年三月五日", "二零二四年三月五日", "贰零贰肆年叁月零伍日")
        ),
    ],
)
def test_date_is_understood(raw: object, habits: str) -> None:
    assert read_date(raw) == (MARCH_5, tuple(habits.split()))


@pytest.mark.parametrize(
    "raw",
    [
        *(None, "", " ", "无", True, math.nan, math.inf, -1, 0, 60, 2024, 202403, 20241305, 1e300),
        *(
            "2024年",
            "2024年3月",
            "2024-3",
            "2024-2-30",
            "2024-13-1",
            "2024-3/5",
            "24-3-5",
            "3/5/2024",
            "45356",
            "1899-12-31",
        ),
        *("二〇二四年三月", "二〇二四年十三月五日", "二〇二四年三月三十二日", "2024-3-5左右"),
    ],
)
def test_date_is_not_understood(raw: object) -> None:
    assert read_date(raw) == (None, ())


@pytest.mark.parametrize(
    ("serial", "date1904", "date"),
    [
        (1, False, "1900-01-01"),
        (59, False, "1900-02-28"),
        (61, False, "1900-03-01"),
        (2958465, False, "9999-12-31"),
        (0, True, "1904-01-01"),
        (43894, True, "2024-03-05"),
        (2957003, True, "9999-12-31"),
    ],
)
def test_serial_numbers(serial: int, date1904: bool, date: str) -> None:
    assert read_date(serial, date1904, is_date_format=True) == (dt.date.fromisoformat(date), ())


@pytest.mark.parametrize(("serial", "date1904"), [(0, False), (60, False), (2958466, False), (2957004, True)])
def test_serial_numbers_that_are_no_day(serial: int, date1904: bool) -> None:
    assert read_date(serial, date1904, is_date_format=True) == (None, ())


@given(st.dates(dt.date(1900, 3, 1)))
def test_dates_round_trip(date: dt.date) -> None:
    assert read_date((date - dt.date(1899, 12, 30)).days, is_date_format=True)[0] == date
    assert read_date(f"{date.year}年{date.month}月{date.day}日")[0] == date
    year = "".join("〇一二三四五六七八九"[int(digit)] for digit in f"{date.year:04}")
    month, day = (in_chinese(part).removeprefix("一" if 9 < part < 20 else "") for part in (date.month, date.day))
    assert read_date(f"{year}年{month}月{day}日") == (date, ("chinese",))


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (None, ""),
        (2024.0, "2024"),
        (2024, "2024"),
        (2180.24, "2180.24"),
        (-0.0, "0"),
        (True, "TRUE"),
        (" 5 ", " 5 "),
        (MARCH_5, "2024-03-05"),
        (math.inf, "inf"),
    ],
)
def test_plain_text(raw: object, text: str) -> None:
    assert plain_text(raw) == text
