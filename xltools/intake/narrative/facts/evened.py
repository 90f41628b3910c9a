"""Characters: a paragraph as it is matched (one width, one kind of mark, no quotes or blanks) and where each came from."""

from __future__ import annotations

import re
from dataclasses import dataclass

CLASS, SECTION, ITEM = "㊤", "㊥", "㊦"
"""（类）, （款） and （项） behind the name of a budget account, as one character each."""
ACCOUNT = re.compile(f"[{CLASS}{SECTION}{ITEM}]")

LONGEST = 20_000
"""What is longer is no paragraph of prose; the rest of it is not searched for figures."""

_QUOTES = frozenset("“”‘’\"'＂＇「」『』`´〝〞")
_MARKS = {
    ",": "，", ":": "：", ";": "；", "(": "（", ")": "）", "?": "？", "!": "！", "﹕": "：", "∶": "：", "．": ".",
    "％": "%", "﹪": "%", "－": "-", "−": "-", "–": "-", "﹣": "-", "～": "~", "〜": "~", "【": "（", "】": "）",
    "[": "〔", "]": "〕", "［": "〔", "］": "〕", "｡": "。", "､": "、", "\u3000": " ", "\xa0": " ", "\t": " ",
    "㎡": "平方米", "㎢": "平方公里", "＋": "+", "＝": "=", "✕": "×", "＊": "*",
}  # fmt: skip
_LEVELS = {"类": CLASS, "款": SECTION, "项": ITEM}
_NUMERALS = frozenset("一二三四五六七八九十")
_THOUSANDS = re.compile(r"(?<![\d.,，])[1-9]\d{0,2}(?:,\d{3}){1,5}(?!\d)")
_WIDE_THOUSANDS = re.compile(r"(?<![\d.,，])[1-9]\d{0,2}(?:，\d{3}){1,4}(?:\.\d{1,4})?(?=[万亿]?元)")


@dataclass(frozen=True, slots=True)
class Evened:
    """`text` is matched; `origin[i]` is where its character i stands in `source`."""

    source: str
    text: str
    origin: tuple[int, ...]

    def quote(self, start: int, end: int) -> str:
        """Return what the source says between two places of the matched text."""
        end = min(end, len(self.origin))
        return self.source[self.origin[start] : self.origin[end - 1] + 1] if 0 <= start < end else ""


def even(source: str) -> Evened:
    """Return a paragraph in even characters, brackets around one character opened (国（境） is 国境)."""
    kept: list[str] = []
    places: list[int] = []
    half = "".join(map(_half, source[:LONGEST]))
    commas = {
        match.start() + offset
        for pattern in (_THOUSANDS, _WIDE_THOUSANDS)
        for match in pattern.finditer(half)
        for offset, ch in enumerate(match.group())
        if ch in ",，"
    }
    for place, ch in enumerate(half):
        before, after = kept[-1] if kept else "", half[place + 1 : place + 2]
        if ch in _QUOTES or ch in "\u200b\ufeff\xad" or place in commas:
            continue
        if ch == "、" and (before + after == "收支" or half[place - 2 : place + 3] == "收入、支出"):
            continue
        for even_char in _in_company(_MARKS.get(ch, ch), before, after):
            kept.append(even_char)
            places.append(place)
    return _open_small_brackets(source, kept, places)


def _half(ch: str) -> str:
    code = ord(ch)
    letter = 0xFF10 <= code <= 0xFF19 or 0xFF21 <= code <= 0xFF3A or 0xFF41 <= code <= 0xFF5A
    return chr(code - 0xFEE0) if letter else "." if ch == "．" else ch


def _in_company(ch: str, before: str, after: str) -> str:
    """What a character is beside its neighbours: a blank between figures stays, a point behind words is a full stop."""
    if ch == " ":
        return " " if before.isascii() and before.isalnum() and after.isascii() and after.isalnum() else ""
    if (ch == "." and before and not before.isascii()) or (ch == "." and before == "%"):
        return "。"
    return ch


def _open_small_brackets(source: str, kept: list[str], places: list[int]) -> Evened:
    text: list[str] = []
    origin: list[int] = []
    index = 0
    while index < len(kept):
        inner = kept[index + 1] if kept[index] == "（" and kept[index + 2 : index + 3] == ["）"] else ""
        opened = "一" <= inner <= "鿿" and inner not in _NUMERALS
        text.append(_LEVELS.get(inner, inner) if opened else kept[index])
        origin.append(places[index + 1] if opened else places[index])
        index += 3 if opened else 1
    return Evened(source, "".join(text), tuple(origin))
