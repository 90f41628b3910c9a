"""One thing a narrative states about a form: which cell it is of, the value, and where and how it was said."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from xltools.form.layout import Key
from xltools.form.model import Column, Field
from xltools.intake.narrative.mentions import Mention


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """`key.row` of an open table counts the narrative's own rows; `title` names the row. `half`: half the last digit."""

    key: Key
    item: Field | Column
    value: int | float | str
    raw: str
    sentence: str
    place: str
    half: Decimal | None = None
    mention: Mention | None = None
    title: str = ""

    @property
    def name(self) -> str:
        """The key as `read` writes it: 收入总计, 产出指标[1].实际完成值."""
        key = self.key
        return key.field if key.row < 0 else f"{key.field}[{key.row + 1}].{key.column}"


def number_of(value: Decimal) -> int | float:
    """Return a decimal as a workbook holds it."""
    return int(value) if value == value.to_integral_value() else float(value)
