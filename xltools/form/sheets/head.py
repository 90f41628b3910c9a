"""The head of a data or check sheet: its title, its note, whose workbook it is and in which unit."""

from __future__ import annotations

from xltools.form import model as m
from xltools.form.address import quote_sheet
from xltools.form.formulas import literal
from xltools.form.slots import SheetLayout, Slot, text_height

ROWS = 3
"""Rows that the head takes."""


def write_head(made: SheetLayout, form: m.Form, last: int) -> None:
    """Write the head over the columns up to `last`."""
    sheet, first = made.sheet, made.first_column
    made.put(1, first, "title", sheet.title)
    made.put(2, first, "note", sheet.note or "只填浅黄色单元格。", merge_to=last)
    unit = f"{form.year} 年度　金额单位：{form.unit}"
    name, label = form.name_field, form.field(form.name_field).label
    given = f"IF(COUNTA({name})=0,{literal(label + '：（未填）')},{literal(label + '：')}&{name})"
    made.slots.append(Slot(3, first, "subtitle", formula=f"={given}&{literal('　　' + unit)}"))
    if form.leads:
        home = next(s.name for s in form.sheets if s.kind == "guide")
        made.slots.append(Slot(1, last, "back", text="返回首页", link=f"internal:{quote_sheet(home)}!A1"))
    seen = sum(w for c, w in enumerate(made.widths, 1) if c >= first and c not in made.hidden_columns)
    made.heights |= {1: 30, 2: text_height(sheet.note, seen)}
