"""Opens an xlsxwriter workbook the way all our outputs are written: reproducible, strict, whole or not at all."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from xltools.bilingual import Pair
from xltools.errors import XltoolsError
from xltools.form.formulas import FUNCTIONS
from xltools.form.values import MOST_TEXT, units
from xltools.temporary import spool
from xltools.writing.styles import FONT

EPOCH = datetime(2024, 1, 1)
"""The creation date of every package we write: the clock has no place in an output."""


_CALLED = re.compile(r"[\w.]+(?=\()")
_OTHERS = {
    "AVERAGE",
    "DAY",
    "EXACT",
    "FIND",
    "HYPERLINK",
    "IFERROR",
    "MONTH",
    "ROW",
    "ROWS",
    "SUBTOTAL",
    "SUMPRODUCT",
    "YEAR",
}
_OLD = FUNCTIONS | _OTHERS
"""Functions that Excel 2007 has."""


@lru_cache(maxsize=10_000)
def _calls_nothing_new(formula: str) -> bool:
    return formula.startswith("=") and _OLD.issuperset(_CALLED.findall(formula))


_CUT = "…（过长，其余见原件）"


def shortened(text: str) -> str:
    """Return a text that a cell can hold: programs write longer ones than a spreadsheet lets anybody type."""
    if len(text) <= MOST_TEXT // 2 or units(text) <= MOST_TEXT:
        return text
    whole = text.encode("utf-16-le", "surrogatepass")[: 2 * (MOST_TEXT - len(_CUT))]
    return whole.decode("utf-16-le", "ignore") + _CUT


class GrowingSheet(Worksheet):  # type: ignore[misc]
    """A worksheet with rows that have the height they were given until somebody types in them: then they grow.
    A text that no cell holds is cut aloud."""

    growing: frozenset[int] = frozenset()  # rows from 0

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        """Take the "=" off; the library's forty searches for newer functions are for formulas that call a strange one."""
        if _calls_nothing_new(formula):
            return formula[1:]
        return str(super()._prepare_formula(formula, expand_future_functions))

    def _write_string(self, row: int, col: int, string: str, cell_format: Format | None = None) -> int:
        return int(super()._write_string(row, col, shortened(string), cell_format))

    def _xml_start_tag_unencoded(self, tag: str, attributes: Sequence[tuple[str, object]] = ()) -> None:
        if tag == "row" and attributes[0][1] - 1 in self.growing:  # type: ignore[operator]
            attributes = [pair for pair in attributes if pair[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, attributes)


class Writer:
    """One workbook being written in memory; its formats are shared by look."""

    def __init__(self, title: str, subject: str = "", keywords: str = "", *, lean: bool = False) -> None:
        """With `lean`, cells leave memory row by row: each sheet must be written from top to bottom, one at a time."""
        self._buffer = io.BytesIO()
        self.book: Workbook = xlsxwriter.Workbook(
            self._buffer,
            {
                "in_memory": not lean,
                "constant_memory": lean,
                "tmpdir": str(spool()) if lean else None,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "default_date_format": "yyyy-mm-dd",
            },
        )
        self.book.set_properties(
            {"title": title, "subject": subject, "author": "xltools", "created": EPOCH, "keywords": keywords}
        )
        self.book.set_calc_mode("auto")
        self.book.formats[0].set_font_name(FONT)
        self.book.formats[0].set_font_size(10)
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def format(self, *styles: dict[str, Any]) -> Format:
        """Return the format that lays `styles` over each other (made once)."""
        merged: dict[str, Any] = {"font_name": FONT, "font_size": 10}
        for style in styles:
            merged |= style
        key = tuple(sorted(merged.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(merged)
        return self._formats[key]

    def mark(self, style: dict[str, Any]) -> Format:
        """Return a format for a conditional format (colours only)."""
        key = (("mark", True), *sorted(style.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(style)
        return self._formats[key]

    def sheet(self, name: str) -> GrowingSheet:
        """Add a worksheet."""
        made = self.book.add_worksheet(name, GrowingSheet)
        assert isinstance(made, GrowingSheet)
        return made

    def name(self, name: str, reference: str) -> None:
        """Define a workbook-level name for an absolute reference without "="."""
        ensure(self.book.define_name(name, "=" + reference), f"名称 {name}")

    def finish(self) -> bytes:
        """Close the workbook and return its bytes."""
        self.book.close()
        return self._buffer.getvalue()


@contextmanager
def strict() -> Iterator[None]:
    """Make every xlsxwriter warning an exception: it drops what it does not like in silence."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        try:
            yield
        except UserWarning as warning:
            raise XltoolsError(
                Pair(
                    f"写工作簿时出错：{warning}；请把表格定义和这一行提示一起反馈",
                    f"writing failed: {warning}; please report it with the definition",
                )
            ) from warning


def ensure(result: object, what: str) -> None:
    """Raise XltoolsError when xlsxwriter answered with a negative number, its way of dropping something."""
    if isinstance(result, int) and result < 0:
        raise XltoolsError(
            Pair(f"写工作簿时出错：{what} 未被接受（{result}）", f"writing failed: {what} was not accepted ({result})")
        )
