"""排名: the departments by score, with grade, change against last year, rate, and what a score rests on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xltools.form import model as m
from xltools.summary.entry import BatchEntry
from xltools.summary.frames import Indicator, figures
from xltools.summary.numbers import half_up, is_number
from xltools.summary.previous import Previous
from xltools.summary.tables import FormTables
from xltools.writing.consolidated.plan import Cell, Column, Grid

_WORD = re.compile(r"[一-鿿][一-鿿A-Za-z0-9_]*")


def ranking(tables: FormTables, previous: Previous | None) -> Grid:
    """Return the sheet: who counts in the totals by rank, then the units whose figures their heads hold."""
    form = tables.form
    score = figures(tables.frame[form.score_field])
    ranks = score.rank(ascending=False, method="min")
    order = sorted(range(len(tables.entries)), key=lambda i: (i not in score.index, -float(score.get(i, 0.0)), i))
    units = [e for e in tables.batch.counted(form.id) if not e.in_total]
    rows = [tables.entries[i] for i in order] + units
    places: list[Cell] = [int(ranks[i]) if i in ranks.index else "—" for i in order]
    places += ["—"] * len(units)
    columns = [
        Column("_rank", "名次", "centre", places, width=6),
        Column("_name", "部门名称", "text", [e.name for e in rows], width=29),
    ]
    if tables.with_office:
        columns.append(Column("_office", "归口科室", "text", [e.office for e in rows], width=12))
    label = form.field(form.score_field)
    columns += [
        Column("_score", label.label, "score", [e.checked.score for e in rows], width=9, decimals=label.decimals),
        Column("_grade", "等级", "centre", [e.checked.grade for e in rows], width=6),
    ]
    if previous is not None:
        columns += _change(form, rows, previous)
    if form.rate_field is not None:
        item = form.field(form.rate_field)
        rates = [r if is_number(r := e.checked.figures.get(item.name)) else None for e in rows]
        columns.append(Column("_rate", f"{item.label}（%）", "percent", rates, width=12, below=form.rate_target))
    notes = [_note(e, form, tables.indicators) for e in rows]
    columns.append(Column("_note", "说明", "wrap", notes, width=28 if previous is None else 22))
    left = len({e.checked.owner for e in tables.batch.left_out if e.checked.form == form.id})
    note = "按得分从高到低，同分同名次。" + (f"没有通过审核、未计入的 {left} 个部门不参加排名。" if left else "")
    if units:
        note += f"末尾 {len(units)} 个下属单位的数已含在主管部门内，不单独排名。"
    title = f"部门排名　{tables.year}"
    return Grid(
        tables.names("排名"), title, columns, note, keep=2, empty="没有计入的部门", reader="leader", portrait=True
    )


def _change(form: m.Form, rows: Sequence[BatchEntry], previous: Previous) -> list[Column]:
    was = [v if is_number(v := previous.figures(e).get(form.score_field)) else None for e in rows]
    change: list[Cell] = [
        "" if before is None or e.checked.score is None else half_up(e.checked.score - before, 2)
        for e, before in zip(rows, was, strict=True)
    ]
    formula = 'IF(COUNT(«_score@»,«_was@»)=2,ROUND(«_score@»-«_was@»,2),"")'
    return [
        Column("_was", "上年得分", "score", was, width=9),
        Column("_change", "增减", "score", change, width=8, formulas=formula),
    ]


def _note(entry: BatchEntry, form: m.Form, indicators: Sequence[Indicator]) -> str:
    """Say what a reader must know of a score: points above the weight, points for what was left blank, a unit."""
    parts = [entry.mark] if entry.mark else []
    if not entry.in_total:
        parts.append("下属单位")
    over = over_weight(entry, form, indicators)
    if over:
        parts.append(f"● 超出分值：{'、'.join(i.name for i in over)}")
    blank = blank_scores(entry, form, indicators)
    if blank:
        parts.append(f"● 数据未填而得分：{'、'.join(i.name for i in blank)}")
    return "；".join(parts)


def over_weight(entry: BatchEntry, form: m.Form, indicators: Sequence[Indicator]) -> list[Indicator]:
    """Return the indicators for which a department gave itself more than they weigh."""
    return [i for i in indicators if (s := _score(entry, form, i)) is not None and s > i.weight + 1e-9]


def blank_scores(entry: BatchEntry, form: m.Form, indicators: Sequence[Indicator]) -> list[Indicator]:
    """Return the indicators whose points were computed although every figure they come from was left blank."""
    inputs = {f.name for f in form.fields if f.is_input}
    harvest = entry.checked.harvest
    if harvest is None:
        return []
    values = dict(zip((f.name for f in form.fields), harvest.values, strict=True))
    found = []
    for indicator in indicators:
        table = form.table(indicator.table)
        formula = table.cell_formula(indicator.row, table.column(str(table.score_column)))
        asked = {w for w in _WORD.findall(formula or "") if w in inputs}
        if asked and all(values[w] in (None, "") for w in asked) and (_score(entry, form, indicator) or 0) > 0:
            found.append(indicator)
    return found


def _score(entry: BatchEntry, form: m.Form, indicator: Indicator) -> float | None:
    table, harvest = form.table(indicator.table), entry.checked.harvest
    rows = harvest.tables.get(table.name, ()) if harvest is not None else ()
    if indicator.row >= len(rows):
        return None
    at = next(i for i, c in enumerate(table.columns) if c.name == table.score_column)
    value = rows[indicator.row][at]
    return float(value) if is_number(value) else None
