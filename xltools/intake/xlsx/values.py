"""What single texts of a workbook's parts mean: references, numbers, strings, flags, and the cell they make."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

from xltools.form.address import column_number
from xltools.intake.xlsx.model import MAX_COL, MAX_ROW, Cell
from xltools.intake.xlsx.package import local

SPACE = " \t\r\n"
new_cell: Callable[[type[Cell], tuple[object, ...]], Cell] = tuple.__new__  # half the time of Cell(...)
PLACES: dict[str, tuple[int, int]] = {}  # references seen, for every book read: forms repeat the same few hundred
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_FRACTION = re.compile(r"[.eE]")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def place_of(ref: str) -> tuple[int, int] | None:
    """(row, column) of an A1 reference; None if it is none, or lies outside the sheet."""
    match = _REFERENCE.fullmatch(ref)
    if match is None:
        return None
    place = int(match[2]), column_number(match[1])
    if not (1 <= place[0] <= MAX_ROW and place[1] <= MAX_COL):
        return None
    if len(PLACES) >= 100_000:
        PLACES.clear()
    PLACES[ref] = place
    return place


def whole(text: str | None, default: int) -> int:
    """A whole number in plain digits, else the default."""
    if text and text.isdigit() and text.isascii() and len(text) < 10:
        return int(text)
    return default


def is_true(text: str | None) -> bool:
    return text is not None and text.strip() in ("1", "true", "on")


def namespaced(element: Element, name: str) -> str:
    """An attribute that has a prefix, whichever the file chose for it (r:id)."""
    ending = ":" + name
    return next((value for key, value in element.attrib.items() if key.endswith(ending)), "")


def _number(text: str) -> tuple[str | float | int, str]:
    """A number as written; whole ones within 15 digits as int. What is no number stays text: nothing sent is lost."""
    if text.isdecimal() and len(text) < 16 and text.isascii():
        return int(text), "n"
    try:
        value = float(text)
    except ValueError:
        return text, "s"
    if not text.isascii() or "_" in text or value - value != 0:  # Python's own liberties: １, 1_0, nan, inf
        return text, "s"
    if value.is_integer() and -1e15 < value < 1e15 and not _FRACTION.search(text):
        return int(value), "n"
    return value, "n"


def _other_value(kind: str, text: str) -> tuple[str | bool | None, str]:
    """The value of a cell that is neither a number nor a shared string."""
    if kind == "b":
        word = text.strip().lower()
        return (word in ("1", "true"), "b") if word in ("0", "1", "true", "false") else _or_nothing(text)
    if kind == "e":
        return (text.strip(), "e") if text.strip() else (None, "")
    if kind == "d":
        return (text.strip(), "d") if text.strip() else (None, "")
    if kind == "str":
        return unescape(text), "s"
    return (text, "s") if kind == "inlineStr" else _or_nothing(text)


def _or_nothing(text: str) -> tuple[str | None, str]:
    return (text, "s") if text else (None, "")


def rich_text(element: Element) -> str:
    """The text of an <si> or <is>: its own or its runs', without the phonetic hints (rPh)."""
    if len(element) == 1 and (only := element[0]).tag == "t":
        return _plain_text(only)
    texts: list[str] = []
    for child in element:
        tag = local(child.tag)
        if tag == "t":
            texts.append(_plain_text(child))
        elif tag == "r":
            texts.extend(_plain_text(part) for part in child if local(part.tag) == "t")
    return "".join(texts)


def _plain_text(element: Element) -> str:
    text = element.text or ""
    if text.strip(SPACE) != text and element.get("xml:space") != "preserve":
        text = text.strip(SPACE)  # as Excel does; only XML's own space, never U+3000
    return unescape(text) if "_x" in text else text


def unescape(text: str) -> str:
    """Undo _xHHHH_ (and _x005F_, which protects a literal one); halves of a surrogate pair are joined, or replaced."""
    if "_x" not in text:
        return text
    plain = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def cell_of(kind: str, text: str | None, formula: str | None, style: int, strings: list[str]) -> Cell | None:
    """The cell of what stands there; None if nothing does. `strings` are the workbook's shared ones."""
    value: str | float | int | bool | None = None
    if not text:
        value, kind = ("", "s") if text is not None and kind in ("str", "inlineStr") else (None, "")
    elif kind == "n":
        value, kind = _number(text)
    elif kind == "s":
        index = whole(text, -1)
        value, kind = (strings[index], "s") if 0 <= index < len(strings) else (None, "")
    elif kind == "str":
        value, kind = unescape(text) if "_x" in text else text, "s"
    else:
        value, kind = _other_value(kind, text)
    if kind or text or formula is not None:
        return new_cell(Cell, (value, kind, formula, style))
    return None
