"""低支出率: every department whose rate is under the target, with what it says about it; none is left out."""

from __future__ import annotations

from xltools.form import model as m
from xltools.summary.batch import Batch
from xltools.summary.entry import BatchEntry
from xltools.summary.numbers import half_up, is_number
from xltools.summary.tables import FormTables
from xltools.writing.consolidated.plan import CellContent, Grid, GridColumn

RATE_WIDTH = 20
"""Of a column headed by the rate's whole name, which then stands on one line."""


def low_rates(tables: FormTables) -> Grid | None:
    """Return the sheet, the lowest rate first; None where the form has no target."""
    form = tables.form
    if form.rate_field is None or form.rate_target is None:
        return None
    rows = under_target(tables.batch, form)
    target, item = form.rate_target, form.field(form.rate_field)
    columns = [
        GridColumn("_no", "序号", "centre", list(range(1, len(rows) + 1)), width=6),
        GridColumn("_name", "部门名称", "text", [e.name for e, _ in rows], width=27),
    ]
    if tables.with_office:
        columns.append(GridColumn("_office", "归口科室", "text", [e.office for e, _ in rows], width=13))
    for name in (form.budget_field, form.executed_field):
        if name is not None and form.field(name).summary:
            field = form.field(name)
            amounts = [v if is_number(v := e.checked.figures.get(name)) else None for e, _ in rows]
            columns.append(
                GridColumn(name, f"{field.label}（{field.unit}）", "amount", amounts, width=13, decimals=field.decimals)
            )
    short: list[CellContent] = [half_up(target - rate, 2) for _, rate in rows]
    columns += [
        GridColumn("_rate", f"{item.label}（%）", "percent", [rate for _, rate in rows], width=RATE_WIDTH),
        GridColumn(
            "_short",
            f"低于 {target:g}%（百分点）",
            "percent",
            short,
            width=12,
            formulas=f"ROUND({target:g}-«_rate@»,2)",
        ),
        GridColumn("_why", "部门说明的原因", "wrap", [_reason(e, item.label) for e, _ in rows], width=40),
        GridColumn(
            "_counted",
            "是否计入",
            "centre",
            ["计入" if e.counted else "未计入" for e, _ in rows],
            width=9,
            look="state",
        ),
    ]
    note = f"{item.label}低于 {target:g}% 的部门全部列出，共 {len(rows)} 个，含审核没有通过、未计入合计的。金额单位：{form.unit}。"
    title = f"{item.label}低于 {target:g}% 的部门　{tables.year}"
    return Grid(
        tables.names("低支出率"), title, columns, note, keep=2, empty=f"没有低于 {target:g}% 的部门", reader="leader"
    )


def under_target(batch: Batch, form: m.Form) -> list[tuple[BatchEntry, float]]:
    """Return the workbooks that speak for a department and whose rate is under the target, the lowest first."""
    found = []
    for entry in batch.speaking:
        rate = entry.checked.figures.get(form.rate_field or "")
        if entry.checked.form == form.id and is_number(rate) and rate < (form.rate_target or 0):
            found.append((entry, float(rate)))
    return sorted(found, key=lambda r: r[1])


def _reason(entry: BatchEntry, label: str) -> str:
    own = [f.explanation for f in entry.checked.findings if f.field.zh == label and f.explanation]
    return "；".join(dict.fromkeys(own)) or "（没有说明）"
