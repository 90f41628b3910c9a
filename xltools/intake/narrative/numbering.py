"""Word's automatic numbers (一、（一）1.), counted as Word shows them: they are not in the paragraph's text."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from xltools.intake.xlsx.package import Package, local

_CHINESE = frozenset({"chinesecounting", "chinesecountingthousand", "ideographdigital", "japanesecounting"})
_DIGITS = "零一二三四五六七八九"
_LEVELS, _LONGEST = 9, 60
"""Levels that a list of Word has, and characters around a number."""


def chinese(number: int) -> str:
    """Return a number below 100 in Chinese: 十二."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return head + (_DIGITS[ones] if ones else "")


class Numbering:
    """The lists of a document: format and text of each level, and how far each was counted."""

    def __init__(self, package: Package, part: str) -> None:
        self._abstract: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._number: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        package.elements(part, "", self._take)

    def _take(self, element: Element) -> None:
        name = local(element.tag)
        if name == "abstractNum":
            levels = {}
            for level in (e for e in element if local(e.tag) == "lvl"):
                parts = {local(e.tag): _attribute(e, "val") for e in level}
                at = _small(_attribute(level, "ilvl"), 0)
                if at < _LEVELS:
                    text = parts.get("lvlText", "")[:_LONGEST]
                    levels[at] = (parts.get("numFmt", "").lower(), text, _small(parts.get("start", ""), 1))
            self._abstract[_attribute(element, "abstractNumId")] = levels
        elif name == "num":
            link = next((_attribute(e, "val") for e in element if local(e.tag) == "abstractNumId"), "")
            self._number[_attribute(element, "numId")] = link

    def label(self, number: str | None, level_text: str) -> str:
        """Return what Word shows before a paragraph of this list and level, or ""."""
        abstract = self._number.get(number or "", "")
        levels = self._abstract.get(abstract)
        level = _small(level_text, 0)
        if not levels or level not in levels or number == "0":
            return ""
        counts = self._counts.setdefault(abstract, {})
        counts[level] = counts.get(level, levels[level][2] - 1) + 1
        for deeper in [n for n in counts if n > level]:
            del counts[deeper]
        text = levels[level][1]
        for other, (kind, _, start) in levels.items():
            count = counts.get(other, start)
            text = text.replace(f"%{other + 1}", chinese(count) if kind in _CHINESE else str(count))
        return text if levels[level][0] not in ("bullet", "none") else ""


def _small(text: str, default: int) -> int:
    """A number as Word writes one here, else the default."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else default


def _attribute(element: Element, name: str) -> str:
    return next((v for k, v in element.attrib.items() if local(k) == name), "")
