"""Last year's figures beside this year's: matched by code, then by name, field by field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from xltools.findings.report import Report
from xltools.form import model as m
from xltools.intake.directory import Directory
from xltools.summary.entry import BatchEntry
from xltools.summary.numbers import half_up, is_number
from xltools.summary.totals import field_column
from xltools.writing.consolidated.plan import CellContent, GridColumn


class Previous:
    """Last year's readable workbooks: the summary figures of each department."""

    def __init__(self, report: Report) -> None:
        read = sorted((s for s in report.submissions if s.form), key=lambda s: s.round)
        self._known = Directory((s.code, s.department, s.figures) for s in read)

    def figures(self, entry: BatchEntry) -> dict[str, Any]:
        """Return the department's figures of last year; empty when it sent none."""
        return self._known.find(entry.code, entry.name) or {}


def change_columns(
    form: m.Form, entries: Sequence[BatchEntry], frame: pd.DataFrame, previous: Previous
) -> list[GridColumn]:
    """Last year's figure and the change of each total and of the score; amounts also in percent."""
    columns: list[GridColumn] = []
    own = [previous.figures(e) for e in entries]
    for name in (form.score_field, *form.total_fields):
        item = form.field(name)
        if not item.summary:
            continue
        was = [v if is_number(v := f.get(name)) else None for f in own]
        now = frame[name].tolist()
        group, places = "较上年", item.decimals
        before = field_column(item, pd.Series(was, dtype=object), group)
        before.key, before.title = f"_was_{name}", f"上年{before.title}"
        change: list[CellContent] = [
            half_up(a - b, places) if is_number(a) and b is not None else "" for a, b in zip(now, was, strict=True)
        ]
        both = f"COUNT(«{name}@»,«_was_{name}@»)=2"
        columns += [
            before,
            GridColumn(
                f"_change_{name}",
                f"{item.label}增减",
                before.kind,
                change,
                group,
                before.width,
                places,
                f'IF({both},ROUND(«{name}@»-«_was_{name}@»,{places}),"")',
            ),
        ]
        if item.type == "amount":
            columns.append(_percent(item, now, was, both))
    return columns


def _percent(item: m.Field, now: Sequence[CellContent], was: Sequence[Any], both: str) -> GridColumn:
    name = item.name
    values: list[CellContent] = []
    for a, b in zip(now, was, strict=True):
        if not isinstance(a, int | float) or b is None:
            values.append("")
        else:
            values.append(m.INCOMPARABLE if b == 0 else half_up((a - b) / abs(b) * 100, 2))
    formula = (
        f'IF({both},IF(«_was_{name}@»=0,"{m.INCOMPARABLE}",'
        f'ROUND((«{name}@»-«_was_{name}@»)/ABS(«_was_{name}@»)*100,2)),"")'
    )
    return GridColumn(f"_percent_{name}", f"{item.label}增减（%）", "percent", values, "较上年", 11, 2, formula)
