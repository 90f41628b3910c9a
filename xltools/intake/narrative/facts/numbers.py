"""Numbers: each quantity of a matched text with its unit, sign, shown digits; no dates, codes, marks or document numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

SCALES = {"元": 0, "千元": 3, "万元": 4, "百万元": 6, "千万元": 7, "亿元": 8}
_SAME = {"名": "人", "位": "人", "个百分点": "百分点", "个点": "百分点", "万块": "万元", "人民币元": "元"}
_COUNTED = (
    *("人次", "户次", "场次", "批次", "条次", "车次", "台次", "件次", "个月", "小时", "平方米", "平方公里", "立方米"),
    *("公里", "千米", "公顷", "公斤", "千克", "分钟", "辆", "艘", "米", "亩", "吨", "处", "座", "栋", "幢", "间", "所"),
    *("人", "名", "位", "个", "件", "份", "篇", "期", "次", "条", "项", "户", "家", "场", "宗", "起", "台", "套", "村"),
    *("批", "本", "册", "张", "只", "头", "株", "棵", "例", "种", "类", "班", "门", "组", "支", "队", "枚", "幅", "部"),
    *("块", "天", "字", "堂", "轮", "架", "根", "盏", "眼", "口", "桩", "单", "笔", "届", "页", "街道", "镇", "人天"),
)
_UNITS = (
    *("个百分点", "百分点", "个点", "百万元", "千万元", "亿元", "万元", "千元", "万块", "元", "%", "‰", "分"),
    *_COUNTED,
    *(f"万{unit}" for unit in _COUNTED),
    *(f"亿{unit}" for unit in ("吨", "人次", "立方米", "斤", "公斤")),
    *("万", "亿"),
)
_UNIT = "|".join(sorted(map(re.escape, dict.fromkeys(_UNITS)), key=len, reverse=True))
_UNIT_AFTER = re.compile(rf"(?:（)?(?P<more>[余多])?(?P<unit>{_UNIT})(?P<more2>[余多])?")
_DIGITS = re.compile(r"(?<![\dA-Za-z.])(?P<sign>[-+])?(?P<digits>\d{1,16}(?:\.\d{1,8})?)(?![\d])")
_CHINESE = re.compile(
    r"百分之(?P<percent>[零一二两三四五六七八九十百点]{1,8})"
    r"|(?P<whole>[一二两三四五六七八九十][一二两三四五六七八九十百千万]{0,9})(?=(?:亿元|万元|元|人|名|个|项|家|件|辆|台))"
)
_ANY = re.compile(rf"{_DIGITS.pattern}|{_CHINESE.pattern}")
_DATE = re.compile(
    r"(?:19|20)\d{2}年?(?:-|—{1,2}|至|~|到)(?:19|20)?\d{2}年|(?:19|20)\d{2}年(?:度|初|末|底)?(?:\d{1,2}月(?:\d{1,2}[日号])?)?"
    r"|(?:19|20)\d{2}[./-]\d{1,2}[./-]\d{1,2}(?![\d.])|\d{1,2}月(?:份|底|末|初)?(?:\d{1,2}[日号])?|\d{1,2}[日号](?![一-鿿])"
    r"|\d{1,2}：\d{2}(?!\d)|[一二三四]季度|\d{1,2}[至-]\d{1,2}月"
)
_NAMES = re.compile(
    r"《[^《》]{0,80}》|〔[^〔〕]{0,20}〕\d{0,6}号?|（\d{1,2}）|[①-⑳]|第[\d一二三四五六七八九十百]{1,6}"
)
_MARK = re.compile(r"(?:^|(?<=[。；：，！？]))\d{1,2}(?:[、）]|\.(?!\d))")
_LOOSE_BEFORE = re.compile(
    r"(?:约|近|超|超过|逾|超出|不足|不到|至少|最多|多达|将近|大约|接近|不低于|不少于|不超过|不高于|不大于|不小于|低于|高于|"
    r"大于|小于|≥|≤|>|<|＞|＜|~|—|突破|达到或超过|约为|控制在|\d-)$"
)
_LOOSE_AFTER = re.compile(
    r"^(?:余|多|左右|以上|以下|以内|之内|上下|以外|—|~|至\d|到\d|-\d|/(?!预算|全年|年初|计划|安排|下达|总|应))"
)
_JOINED = re.compile(r"^[、，和与及/；]$")
_NO_NOUN = ("", "，", "。", "；", "、", "（", "）", "\n")
_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2}
_POWER = {"十": 10, "百": 100, "千": 1000, "万": 10_000}


@dataclass(slots=True, eq=False)
class Number:
    """A quantity. `half`: half a unit of the last digit shown (0 of what is counted). `exact`: nothing said 约 or 以上."""

    start: int
    end: int
    value: Decimal
    half: Decimal
    unit: str
    raw: str
    exact: bool

    @property
    def kind(self) -> str:
        """Return what can be compared: money, or the unit itself."""
        return "money" if self.unit in SCALES else self.unit

    @property
    def amount(self) -> Decimal:
        """The value in 元 when it is money, else as it is."""
        return self.value.scaleb(SCALES.get(self.unit, 0))

    @property
    def slack(self) -> Decimal:
        """Half the last digit, in 元 when it is money."""
        return self.half.scaleb(SCALES.get(self.unit, 0))

    @property
    def decimals(self) -> int:
        """Digits shown behind the point."""
        return max(0, -int(self.value.as_tuple().exponent))


def numbers(text: str) -> list[Number]:
    """Return the quantities of a matched text, in order; units told once for several (a、b万元) given to each."""
    taken = [m.span() for pattern in (_DATE, _NAMES, _MARK) for m in pattern.finditer(text)]
    taken.sort()
    found = list(_scan(text, taken))
    for before, after in zip(reversed(found[:-1]), reversed(found[1:]), strict=True):
        if not before.unit and after.unit and _JOINED.match(text[before.end : after.start]):
            before.unit = after.unit
            before.half = _half(before.value, after.unit)
    return found


def _scan(text: str, taken: list[tuple[int, int]]) -> Iterator[Number]:
    at = last = 0
    for match in _ANY.finditer(text):
        start, end = match.span()
        while at < len(taken) and taken[at][1] <= start:
            at += 1
        if start < last or any(a < end and start < b for a, b in taken[at : at + 3]):
            continue
        value = _value(match)
        if value is None:
            continue
        number = _number(text, match, value)
        last = number.end
        yield number


def _number(text: str, match: re.Match[str], value: Decimal) -> Number:
    start, end = match.span()
    ranged = bool(match["sign"]) and start > 0 and text[start - 1] in "%元）"
    if ranged:
        start, value = start + 1, abs(value)
    more = ranged and match["sign"] == "-"
    unit = "%" if match["percent"] else ""
    if not unit and (behind := _UNIT_AFTER.match(text, end)):
        closed = not behind.group().startswith("（") or text[behind.end() : behind.end() + 1] == "）"
        if closed:
            unit, more = behind["unit"], more or bool(behind["more"] or behind["more2"])
            end = behind.end() + (1 if behind.group().startswith("（") else 0)
    unit = _SAME.get(unit, unit)
    if unit in ("万", "亿") and text[end : end + 1] in _NO_NOUN:
        unit += "元"
    before, after = text[max(0, start - 6) : start], text[end : end + 4]
    exact = not (more or _LOOSE_BEFORE.search(before) or _LOOSE_AFTER.match(after) or before.endswith("至"))
    return Number(start, end, value, _half(value, unit), unit, text[start:end], exact)


def _half(value: Decimal, unit: str) -> Decimal:
    whole = value == value.to_integral_value() and int(value.as_tuple().exponent) >= 0
    if whole and unit not in SCALES and unit not in ("%", "‰", "百分点") and unit[:1] not in ("万", "亿"):
        return Decimal(0)
    return Decimal(5).scaleb(int(value.as_tuple().exponent) - 1)


def _value(match: re.Match[str]) -> Decimal | None:
    if match["digits"]:
        return Decimal(match["digits"]) * (-1 if match["sign"] == "-" else 1)
    return chinese_number(match["percent"] or match["whole"])


def chinese_number(text: str) -> Decimal | None:
    """Return the value of a Chinese numeral (三百二十, 九十五点五); None when it is none."""
    whole, point, decimals = text.partition("点")
    total = section = digit = 0
    for ch in whole:
        if ch in _DIGIT:
            digit = _DIGIT[ch]
        elif ch == "万":
            total, section, digit = (total + section + digit) * 10_000, 0, 0
        elif ch in _POWER:
            section += (digit or 1) * _POWER[ch]
            digit = 0
    value = Decimal(total + section + digit)
    if not point:
        return value
    if not decimals or any(c not in _DIGIT for c in decimals):
        return None
    return value + Decimal("0." + "".join(str(_DIGIT[c]) for c in decimals))
