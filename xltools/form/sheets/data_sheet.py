"""A data sheet: its sections and tables in their order, one below the other."""

from __future__ import annotations

from xltools.form import model as m
from xltools.form.formulas import literal
from xltools.form.sheets.field_lines import grid_block, section_block
from xltools.form.sheets.head import ROWS, write_head
from xltools.form.sheets.places import Places
from xltools.form.sheets.table_rows import all_columns, table_block
from xltools.form.slots import SheetLayout, Slot

_SIGNATURE = (
    "填报人：________________　　负责人：________________　　联系电话：________________　　日期：________________"
)


def data_sheet(places: Places, sheet: m.Sheet) -> SheetLayout:
    """Lay out one data sheet."""
    form = places.form
    tables = {t.name: t for t in form.tables if t.name in sheet.blocks}
    sections = {s.name: s for s in form.sections if s.name in sheet.blocks}
    made = SheetLayout(sheet, wide=form.leads)
    _columns(places, made, list(tables.values()), list(sections.values()))
    write_head(made, form, len(made.widths))
    row, titled = ROWS + 1, any(t.sheet == sheet.name for t in form.tables)
    for block in sheet.blocks:
        if block in tables:
            row = table_block(places, made, tables[block], row)
        elif sections[block].grid:
            row, titled = grid_block(places, made, sections[block], row), True
        else:
            row, titled = section_block(places, made, sections[block], row, with_header=not titled), True
    if not tables:
        last = ROWS + 2 if sections[sheet.blocks[0]].grid else ROWS + 1
        made.header_rows, made.freeze = (1, last), (last, 0)
    if sheet.signature and form.leads and form.guide.signers:
        made.slots.append(Slot(row + 1, made.first_column, "subtitle", formula=_signed(form)))
    elif sheet.signature:
        made.put(row + 1, made.first_column, "signature", _SIGNATURE)
    return made


_FIRST_DAY = 366
"""Numbers up to here are no date that all programs write alike."""


def _signed(form: m.Form) -> str:
    """Return the formula of the line for signing: what stands elsewhere in the workbook is shown, not asked again."""
    parts = []
    for field in map(form.field, form.guide.signers):
        name, given = field.name, f"COUNTA({field.name})>0"
        shown = name
        if field.type == "date":
            day = f'YEAR({name})&"年"&MONTH({name})&"月"&DAY({name})&"日"'
            given, shown = f"N({name})>{_FIRST_DAY}", f'IFERROR({day},"________________")'
        parts.append(f'{literal(field.label + "：")}&IF({given},{shown},"________________")')
    return "=" + '&"　　"&'.join(parts)


def _columns(places: Places, made: SheetLayout, tables: list[m.Table], sections: list[m.Section]) -> None:
    """Set widths and hidden columns: the sheet's own widths, else as wide as the widest table's column."""
    sheet = made.sheet
    widths: list[float] = list(sheet.widths)
    hidden: set[int] = set()
    for table in tables:
        for position, column in enumerate(all_columns(places, table)):
            if position >= len(widths):
                widths.append(column.width)
            widths[position] = max(widths[position], column.width) if not sheet.widths else widths[position]
            if column.hidden:
                hidden.add(position + 1)
    for section in (s for s in sections if s.grid):
        widths += [14.0] * (sheet.columns.label + len(section.grid) + 1 - len(widths))
    made.widths, made.hidden_columns = widths, sorted(hidden)
    made.print_columns = max((len(t.columns) for t in tables), default=len(widths))
