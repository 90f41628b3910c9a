"""The proof of the totals: each one twice, by the live formula and by an independent sum, side by side."""

from __future__ import annotations

from dataclasses import dataclass

from xltools.form.model import Form
from xltools.summary.batch import Batch
from xltools.summary.entry import REPLACED
from xltools.summary.numbers import exact_sum, half_up
from xltools.writing.consolidated.plan import CellContent, Grid, GridColumn

SAME, OTHER = "一致", "不一致"


@dataclass(slots=True)
class Check:
    """One total: its name, where it stands, the formula over the sheet, what that gives, and what it must be."""

    what: str
    sheet: str
    shown: str | None  # template of the total that people see, or None
    shown_value: CellContent
    formula: str | None  # template over all rows, filter or not
    value: float
    independent: float
    decimals: int = 2

    @property
    def difference(self) -> float:
        """What the two differ by."""
        return half_up(self.value - self.independent, self.decimals)


def form_checks(batch: Batch, form: Form, tables: dict[str, Grid]) -> list[Check]:
    """Return the checks of one form's sheets. The independent sums start from what the check found, not the tables."""
    entries = batch.totalled(form.id)
    checks: list[Check] = []
    summary, accounts, points = (tables.get(n) for n in ("部门汇总", "收支汇总", "指标得分"))
    places = {f.name: f.decimals for f in form.fields}
    if summary is not None:
        count = f"ROWS(«{summary.name}!_code»)" if entries else "0"
        checks.append(Check("部门数", summary.name, None, "", count, summary.rows, len({id(e) for e in entries}), 0))
        for key in (f.name for f in form.fields if f.summary and f.type in ("amount", "integer")):
            found = exact_sum((e.checked.figures.get(key) for e in entries), places[key])
            checks.append(_column_check(summary, key, found, places[key]))
        if form.score_field:
            checks.append(_score_check(summary, form, [e.checked.score for e in entries]))
    if accounts is not None:
        for at, item in enumerate(form.fields):
            if item.type == "amount" and not item.summary and any(c.key == item.name for c in accounts.columns):
                given = (e.checked.harvest.values[at] for e in entries if e.checked.harvest is not None)
                checks.append(_column_check(accounts, item.name, exact_sum(given, item.decimals), item.decimals))
    if points is not None:
        scores = exact_sum((e.checked.score for e in entries), 2)
        values = _sum(points.column("_total"))
        formula = f"ROUND(SUM(«{points.name}!_total»),2)"
        checks.append(Check("各指标得分合计之和", points.name, None, "", formula, half_up(values, 2), scores))
    return checks


def _sum(column: GridColumn) -> float:
    """What a program that adds the column gets."""
    return sum((float(v) for v in column.values if isinstance(v, int | float)), 0.0)


def _column_check(grid: Grid, key: str, independent: float, decimals: int) -> Check:
    column = grid.column(key)
    value = half_up(_sum(column), decimals)
    total = grid.totals[0].cells[key].value
    title = f"{column.group}·{column.title}" if column.group else column.title
    formula = f"ROUND(SUM(«{grid.name}!{key}»),{decimals})"
    return Check(title, grid.name, f"«{grid.name}!{key}^0»", total, formula, value, independent, decimals)


def _score_check(grid: Grid, form: Form, scores: list[float | None]) -> Check:
    column = grid.column(form.score_field)
    value = half_up(_sum(column), 2)
    formula = f"ROUND(SUM(«{grid.name}!{form.score_field}»),2)"
    return Check("得分之和（平均得分的分子）", grid.name, None, "", formula, value, exact_sum(scores, 2))


def batch_checks(batch: Batch, found: int, sources: Grid, left_out: Grid) -> list[Check]:
    """Return the checks of the run as a whole: no file and no department without an answer."""
    entries = batch.entries
    checks = [
        Check(
            "来源中的文件数 = 收到的文件数",
            sources.name,
            None,
            "",
            f"ROWS(«{sources.name}!_file»)",
            sources.rows,
            found,
            0,
        )
        if sources.rows
        else Check("来源中的文件数 = 收到的文件数", sources.name, None, "", None, 0, found, 0)
    ]
    counted, replaced = sum(e.counted for e in entries), len(batch.replaced)
    formula = None
    if sources.rows:
        area = f"«{sources.name}!_counted»"
        formula = f'ROWS({area})-COUNTIF({area},"未计入")-COUNTIF({area},"{REPLACED}")'
    what = "计入的 = 收到的减去“未计入”所列的，再减去已被代替的"
    checks.append(Check(what, left_out.name, None, "", formula, counted, found - left_out.rows - replaced, 0))
    return checks


def control_grid(name: str, checks: list[Check]) -> Grid:
    """Return the sheet 核对: both figures, their difference, the verdict, all live."""
    keys = [c.difference for c in checks]
    columns = [
        GridColumn("what", "核对项目", "text", [c.what for c in checks], width=44),
        GridColumn("sheet", "所在工作表", "text", [c.sheet for c in checks], width=22),
        GridColumn(
            "shown",
            "表上的合计（随筛选变化）",
            "amount",
            [c.shown_value for c in checks],
            width=20,
            formulas=[c.shown for c in checks],
        ),
        GridColumn(
            "live",
            "公式合计（全部行）",
            "amount",
            [c.value for c in checks],
            width=20,
            formulas=[c.formula for c in checks],
        ),
        GridColumn("proof", "独立计算的合计", "amount", [c.independent for c in checks], width=20),
        GridColumn("gap", "差额", "amount", keys, width=14, formulas="ROUND(«live@»-«proof@»,2)"),
        GridColumn(
            "verdict",
            "结论",
            "centre",
            [SAME if g == 0 else OTHER for g in keys],
            width=12,
            look="state",
            formulas=f'IF(«gap@»=0,"{SAME}","{OTHER}")',
        ),
    ]
    return Grid(
        name,
        "合计核对",
        columns,
        "每个合计算两遍：一遍是工作表里的公式，一遍由程序直接从审核结果另算，两者必须一致；有一项不一致，本汇总就不算完成。",
        keep=1,
        empty="没有可核对的合计",
        reader="proof",
    )
