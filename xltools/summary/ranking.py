"""排名: the departments by score, with grade, change against last year, rate, and what a score rests on."""

from __future__ import annotations

from collections.abc import Sequence

from xltools.form import model as m
from xltools.summary.entry import BatchEntry
from xltools.summary.frames import figures
from xltools.summary.low_rates import RATE_WIDTH
from xltools.summary.numbers import half_up, is_number
from xltools.summary.previous import Previous
from xltools.summary.score_notes import ScoreNotes
from xltools.summary.tables import FormTables
from xltools.writing.consolidated.plan import CellContent, Grid, GridColumn


def ranking(tables: FormTables, previous: Previous | None) -> Grid:
    """Return the sheet: who counts in the totals by rank, then the units whose figures their heads hold."""
    form = tables.form
    score = figures(tables.frame[form.score_field])
    ranks = score.rank(ascending=False, method="min")
    order = sorted(range(len(tables.entries)), key=lambda i: (i not in score.index, -float(score.get(i, 0.0)), i))
    units = [e for e in tables.batch.counted(form.id) if not e.in_total]
    rows = [tables.entries[i] for i in order] + units
    places: list[CellContent] = [int(ranks[i]) if i in ranks.index else "—" for i in order]
    places += ["—"] * len(units)
    columns = [
        GridColumn("_rank", "名次", "centre", places, width=6),
        GridColumn("_name", "部门名称", "text", [e.name for e in rows], width=29),
    ]
    if tables.with_office:
        columns.append(GridColumn("_office", "归口科室", "text", [e.office for e in rows], width=12))
    label = form.field(form.score_field)
    columns += [
        GridColumn("_score", label.label, "score", [e.checked.score for e in rows], width=9, decimals=label.decimals),
        GridColumn("_grade", "等级", "centre", [e.checked.grade for e in rows], width=6),
    ]
    if previous is not None:
        columns += _change(form, rows, previous)
    if form.rate_field is not None:
        item = form.field(form.rate_field)
        rates = [r if is_number(r := e.checked.figures.get(item.name)) else None for e in rows]
        columns.append(
            GridColumn("_rate", f"{item.label}（%）", "percent", rates, width=RATE_WIDTH, below=form.rate_target)
        )
    notes = [_note(e, tables.score_notes) for e in rows]
    columns.append(GridColumn("_note", "说明", "wrap", notes, width=24 if previous is None else 18))
    left = len({e.checked.owner for e in tables.batch.left_out if e.checked.form == form.id})
    note = "按得分从高到低，同分同名次。" + (f"没有通过审核、未计入的 {left} 个部门不参加排名。" if left else "")
    if units:
        note += f"末尾 {len(units)} 个下属单位的数已含在主管部门内，不单独排名。"
    title = f"部门排名　{tables.year}"
    return Grid(
        tables.names("排名"), title, columns, note, keep=2, empty="没有计入的部门", reader="leader", portrait=True
    )


def _change(form: m.Form, rows: Sequence[BatchEntry], previous: Previous) -> list[GridColumn]:
    was = [v if is_number(v := previous.figures(e).get(form.score_field)) else None for e in rows]
    change: list[CellContent] = [
        "" if before is None or e.checked.score is None else half_up(e.checked.score - before, 2)
        for e, before in zip(rows, was, strict=True)
    ]
    formula = 'IF(COUNT(«_score@»,«_was@»)=2,ROUND(«_score@»-«_was@»,2),"")'
    return [
        GridColumn("_was", "上年得分", "score", was, width=9),
        GridColumn("_change", "增减", "score", change, width=8, formulas=formula),
    ]


def _note(entry: BatchEntry, notes: ScoreNotes) -> str:
    """Say what a reader must know of a score: points above the weight, points for what was left blank, a unit."""
    parts = [entry.mark] if entry.mark else []
    if not entry.in_total:
        parts.append("下属单位")
    over = notes.over_weight(entry)
    if over:
        parts.append(f"● 超出分值：{'、'.join(i.name for i in over)}")
    blank = notes.blank(entry)
    if blank:
        parts.append(f"● 数据未填而得分：{'、'.join(i.name for i in blank)}")
    return "；".join(parts)
