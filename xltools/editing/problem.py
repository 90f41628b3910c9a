"""One thing that is wrong with a definition, at the cell of 定义.xlsx where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from xltools.bilingual import Pair, joined, same
from xltools.form.address import a1


class Problem(NamedTuple):
    """What is wrong and where; without a sheet it is of the definition as a whole, without a row of the sheet."""

    sheet: str
    row: int
    column: int
    says: Pair

    @property
    def cell(self) -> str:
        """The cell's address, "" where there is none."""
        return a1(self.row, self.column) if self.row else ""

    @property
    def place(self) -> str:
        """The sheet and the cell."""
        return f"{self.sheet}!{self.cell}" if self.row else self.sheet

    @property
    def line(self) -> Pair:
        """Place and words in one line."""
        return joined([same(self.place), self.says], zh="：", en=": ") if self.place else self.says


def in_order(problems: Iterable[Problem], sheets: Iterable[str]) -> list[Problem]:
    """Return each problem once, sheet by sheet and from top to bottom."""
    order = {name: number for number, name in enumerate(sheets)}
    return sorted(dict.fromkeys(problems), key=lambda p: (order.get(p.sheet, len(order)), p.row, p.column))
