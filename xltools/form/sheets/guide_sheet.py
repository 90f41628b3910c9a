"""The first sheet: how to fill in, and the master check that counts what all other sheets hold."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.form import model as m
from xltools.form.address import Ref, absolute, quote_sheet
from xltools.form.formulas import literal
from xltools.form.scoring import told
from xltools.form.sheets.checks_sheet import CheckColumn, run_of
from xltools.form.sheets.places import Places
from xltools.form.slots import Role, SheetLayout, Slot, text_height

READY_WORDS = "可以报送"
LEGEND: tuple[Role, ...] = ("legend_input", "legend_computed", "legend_bureau")
_PURPOSE, _MASTER, _FIRST_PART = 2, 3, 5
"""Rows of the purpose, the master check and the first heading."""
_WORDS, _LAST = 2, 4
"""Columns from which and up to which the words stand."""


def guide_sheet(places: Places, sheet: m.Sheet) -> SheetLayout:
    """Lay out the first sheet; all others must stand already."""
    made = SheetLayout(sheet, widths=list(sheet.widths) or [6, 24, 50, 40], print_columns=_LAST)
    guide, form, width = places.form.guide, places.form, sum(made.widths)
    places.master = Ref(sheet.name, _MASTER, _WORDS)
    made.put(1, 1, "title", f"{form.year} 年度{form.title}")
    made.put(_MASTER, 1, "label", "报送检查")
    made.slots.append(Slot(_MASTER, _WORDS, "master", formula=_master_formula(places), merge_to=_LAST))
    made.put(_PURPOSE, 1, "note", guide.purpose, merge_to=_LAST)
    made.heights |= {1: 36, _PURPOSE: text_height(guide.purpose, width), _MASTER: 34}
    row = _FIRST_PART
    for title, lines, marks in (
        ("填报步骤", guide.steps, ()),
        ("计分方法", methods(form), ()),
        ("图例", guide.legend, LEGEND),
        ("报送", (guide.deadline, guide.contact, guide.source_note), ()),
    ):
        if lines:
            row = _part(made, row, title, [w for w in lines if w], marks) + 1
    made.last_row = row - 1
    return made


def methods(form: m.Form) -> tuple[str, ...]:
    """Return how the rows of the tables are scored; tables scored alike are named together."""
    tables: dict[tuple[str, ...], list[str]] = {}
    for table in form.tables:
        if table.scoring is not None:
            tables.setdefault(tuple(words.zh for words in told(table.scoring)), []).append(table.label)
    return tuple(w for lines, names in tables.items() for w in (f"“{'”“'.join(names)}”各行：{lines[0]}", *lines[1:]))


def _part(made: SheetLayout, row: int, title: str, lines: list[str], marks: tuple[Role, ...]) -> int:
    """Write a heading and its lines, marked by an example cell or numbered; return the row below."""
    made.put(row, 1, "heading", title, merge_to=_LAST)
    for number, words in enumerate(lines):
        row += 1
        if number < len(marks):
            made.put(row, 1, marks[number], "示例")
        else:
            made.put(row, 1, "unit", number + 1)
        made.put(row, _WORDS, "step", words, merge_to=_LAST)
        made.heights[row] = text_height(words, sum(made.widths) - made.widths[0])
    return row + 1


def _master_formula(places: Places) -> str:
    form = places.form
    levels, counts = run_of(form, CheckColumn.LEVEL), run_of(form, CheckColumn.COUNT)
    unreadable, missing = [], []
    for name, column, first, final in _state_runs(places):
        area = f"{quote_sheet(name)}!{absolute(first, column)}:{absolute(final, column)}"
        unreadable += [f"COUNTIF({area},{literal(m.UNREADABLE)})", f"COUNTIF({area},{literal(m.OUT_OF_RANGE)})"]
        missing.append(f"COUNTIF({area},{literal(m.MISSING)})")
    for table in form.tables:
        if table.min_rows and not table.is_fixed:
            empty = f"COUNTIF({table.name}_{m.STATE_COLUMN},{literal(m.EMPTY_ROW)})"
            missing.append(f"MAX(0,{table.min_rows}-{places.capacities[table.name]}+{empty})")
    errors = f"SUMIF({levels},{literal('错误')},{counts})+{'+'.join(unreadable)}"
    confirms = f"SUMIF({levels},{literal('核实')},{counts})"
    gaps = "+".join(missing)
    words = f'"还有 "&({errors})&" 项错误、"&({confirms})&" 项待核实、"&({gaps})&" 项未填"'
    return f"=IF({errors}+{confirms}+{gaps}=0,{literal(READY_WORDS)},{words})"


def _state_runs(places: Places) -> Iterator[tuple[str, int, int, int]]:
    """Yield (sheet, column, first row, last row) of every run of state cells."""
    runs: dict[tuple[str, int], list[int]] = {}
    for ref in places.state_cells:
        runs.setdefault((ref.sheet, ref.column), []).append(ref.row)
    spans = [s for (_, column), s in places.spans.items() if column == m.STATE_COLUMN]
    last = {(s.sheet, s.column): s for s in spans}
    for (sheet, column), rows in runs.items():
        if (sheet, column) not in last:
            yield sheet, column, min(rows), max(rows)
    for span in spans:
        yield span.sheet, span.column, span.first, span.last
        later = [r for r in runs.get((span.sheet, span.column), []) if r > span.last]
        if later and span is last[span.sheet, span.column]:
            yield span.sheet, span.column, min(later), max(later)
