"""Plays the staff: changes cells of a workbook the way Excel leaves them, part by part, everything else untouched."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from xml.sax.saxutils import escape


def sheet_part(data: bytes, sheet: str) -> str:
    """Return the name of the part that holds a sheet (workbooks of our own builder: sheets in order)."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = re.findall(r'<sheet name="([^"]+)"', package.read("xl/workbook.xml").decode("utf-8"))
    return f"xl/worksheets/sheet{names.index(escape(sheet)) + 1}.xml"


def edit_part(data: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """Return the package with one part's text changed; entry order and times stay."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as copy:
        for entry in package.infolist():
            content = package.read(entry)
            if entry.filename == part:
                before = content.decode("utf-8")
                after = change(before)
                if after == before:
                    raise ValueError(f"nothing changed in {part}")
                content = after.encode("utf-8")
            copy.writestr(entry, content)
    return made.getvalue()


def set_cell(data: bytes, sheet: str, cell: str, value: float | str | None, formula: str | None = None) -> bytes:
    """Return the workbook with a cell's content replaced (its style stays): a paste, a typing, a deletion."""

    def change(text: str) -> str:
        pattern = re.compile(rf'<c r="{cell}"((?: s="\d+")?)[^>]*?(?:/>|>.*?</c>)', re.S)
        match = pattern.search(text)
        if match is None:
            raise ValueError(f"{sheet} has no cell {cell}")
        return text[: match.start()] + _cell(cell, match.group(1), value, formula) + text[match.end() :]

    return edit_part(data, sheet_part(data, sheet), change)


def _cell(cell: str, style: str, value: float | str | None, formula: str | None) -> str:
    written = f"<f>{escape(formula)}</f>" if formula else ""
    if value is None:
        return f'<c r="{cell}"{style}>{written}</c>' if written else f'<c r="{cell}"{style}/>'
    if isinstance(value, str) and written:
        return f'<c r="{cell}"{style} t="str">{written}<v>{escape(value)}</v></c>'
    if isinstance(value, str):
        return f'<c r="{cell}"{style} t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f'<c r="{cell}"{style}>{written}<v>{value!r}</v></c>'
