"""The cells above a column: what they add up to, as a live formula and as its value."""

from __future__ import annotations

import pandas as pd

from xltools.form import model as m
from xltools.summary.frames import figures
from xltools.summary.numbers import half_up, share
from xltools.writing.consolidated.plan import CellContent, GridColumn, Kind, Total

INCOMPARABLE = m.INCOMPARABLE
KINDS: dict[m.FieldType, Kind] = {
    "amount": "amount",
    "percent": "percent",
    "score": "score",
    "integer": "integer",
    "year": "integer",
    "number": "number",
    "code": "code",
    "longtext": "wrap",
}
_WIDTHS: dict[Kind, float] = {"amount": 12.5, "percent": 9.5, "score": 9.5, "integer": 9.0, "number": 12.0}


def kind_of(item: m.Field | m.Column) -> Kind:
    """Return how a field or column of the form is shown."""
    return KINDS.get(item.type, "text")


def field_column(item: m.Field, values: pd.Series, group: str) -> GridColumn:
    """Return a form's field as a column, its unit in the header."""
    kind = kind_of(item)
    unit = f"（{item.unit}）" if item.unit and item.unit != "分" else ""
    return GridColumn(
        item.name,
        item.label + unit,
        kind,
        values.tolist(),
        group,
        width=max(_WIDTHS.get(kind, 12.0), min(16.0, 2.2 * -(-len(item.label) // 2) + 3)),
        decimals=item.decimals,
    )


def number_of(value: CellContent) -> float:
    """Return a figure as a float, anything else as nothing."""
    return float(value) if isinstance(value, int | float) else 0.0


def plain_sum(key: str, values: pd.Series, decimals: int) -> Total:
    """The sum of what the filter shows."""
    return Total(half_up(figures(values).sum(), decimals), f"ROUND(SUBTOTAL(109,«{key}»),{decimals})")


def plain_mean(key: str, values: pd.Series, decimals: int = 2) -> Total:
    """The mean of what the filter shows."""
    found = figures(values)
    value = half_up(found.mean(), decimals) if len(found) else ""
    return Total(value, f'IF(SUBTOTAL(102,«{key}»)=0,"",ROUND(SUBTOTAL(101,«{key}»),{decimals}))')


def rate_of(executed: str, budget: str, frame: pd.DataFrame) -> Total:
    """The rate of the whole: both sums divided, never a mean of rates."""
    value = share(figures(frame[executed]).sum(), figures(frame[budget]).sum())
    left, right = f"SUBTOTAL(109,«{executed}»)", f"SUBTOTAL(109,«{budget}»)"
    return Total(
        INCOMPARABLE if value is None else value, f'IF({right}=0,"{INCOMPARABLE}",ROUND({left}/{right}*100,2))'
    )


def field_total(form: m.Form, item: m.Field, frame: pd.DataFrame) -> Total | None:
    """What stands above a field's column: a sum, a mean, the rate of the whole, or nothing."""
    parts = (form.executed_field, form.budget_field)
    if item.name == form.rate_field and all(n is not None and form.field(n).summary for n in parts):
        return rate_of(str(form.executed_field), str(form.budget_field), frame)
    match item.type:
        case "amount":
            return plain_sum(item.name, frame[item.name], item.decimals)
        case "integer":
            return plain_sum(item.name, frame[item.name], 0)
        case "score" | "percent":
            return plain_mean(item.name, frame[item.name])
        case _:
            return None
