"""科室汇总: one row an office of the bureau: who reported, who passed, what its departments add up to, what is open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd

from xltools.form import model as m
from xltools.summary.entry import NO_OFFICE
from xltools.summary.frames import figures
from xltools.summary.numbers import half_up
from xltools.summary.tables import OFFICE, FormTables
from xltools.summary.totals import field_column, number_of, plain_sum
from xltools.writing.consolidated.plan import CellContent, Grid, GridColumn, Total, TotalRow

DUE, CAME, PASSED, COUNTED = "_due", "_came", "_passed", "_n"


class OfficeTable:
    """The sheet of one form; sums are taken live from the rows of 部门汇总."""

    def __init__(self, tables: FormTables) -> None:
        self.tables, self.form, self.batch = tables, tables.form, tables.batch
        self.sheet = tables.names("部门汇总")
        self.offices = self._own()
        self.owner = pd.Series([e.office for e in tables.entries], dtype=object)
        self.mine = f"--(«{self.sheet}!{OFFICE}»=«{OFFICE}@»)"
        self.totals: dict[str, Total] = {}

    def _own(self) -> list[str]:
        """The offices of the roster; of several forms only those that have to do with this one."""
        if len(self.batch.forms) == 1:
            return self.batch.offices
        seen = {e.office for e in self.batch.speaking if e.checked.form == self.form.id}
        return [o for o in self.batch.offices if o in seen]

    def grid(self) -> Grid | None:
        """Return the sheet; None without a roster that names offices."""
        if not self.tables.with_office or not self.offices:
            return None
        form = self.form
        columns = [GridColumn(OFFICE, "归口科室", "text", self.offices, width=16)]
        columns += self._reported()
        counts = [int((self.owner == o).sum()) for o in self.offices]
        live = f"SUMPRODUCT({self.mine})" if self.tables.entries else None
        columns.append(GridColumn(COUNTED, "计入部门", "integer", counts, "计入合计", width=8, formulas=live))
        self._sum(columns[-1], 0)
        for name in form.total_fields:
            columns.append(self._amounts(name))
        columns += [*self._rates(columns), *self._scores(), *self._open()]
        note = f"{form.title}：{self.tables.counted_words}。报送率为已报占应报，通过率为通过占已报，下属单位也算部门。"
        if self.tables.entries:
            note += f"合计各数由“{self.sheet}”的行实时算出，不受其筛选影响。"
        title = f"按归口科室汇总　{self.tables.year}"
        totals = [TotalRow("合计", self.totals)]
        return Grid(
            self.tables.names("科室汇总"), title, columns, f"{note}金额单位：{form.unit}。", totals, 1, reader="leader"
        )

    def _sum(self, column: GridColumn, decimals: int) -> None:
        self.totals[column.key] = plain_sum(column.key, pd.Series(column.values, dtype=object), decimals)

    # ------------------------------------------------------------------ who reported
    def _reported(self) -> list[GridColumn]:
        if len(self.batch.forms) > 1:
            return []
        group = "报送和审核（部门）"
        by = {o: [s for s in self.batch.standings if (s.line.office or NO_OFFICE) == o] for o in self.offices}
        due: list[CellContent] = [len(by[o]) for o in self.offices]
        came: list[CellContent] = [sum(s.reported for s in by[o]) for o in self.offices]
        passed: list[CellContent] = [sum(s.state == "passed" for s in by[o]) for o in self.offices]
        columns = []
        for key, title, values in ((DUE, "应报", due), (CAME, "已报", came), (PASSED, "通过", passed)):
            columns.append(GridColumn(key, title, "integer", values, group, 7))
            self._sum(columns[-1], 0)
        columns.insert(2, self._share("_came_rate", "报送率（%）", CAME, DUE, came, due, group))
        columns.append(self._share("_passed_rate", "通过率（%）", PASSED, CAME, passed, came, group))
        return columns

    def _share(
        self,
        key: str,
        title: str,
        part: str,
        whole: str,
        parts: Sequence[CellContent],
        wholes: Sequence[CellContent],
        group: str,
    ) -> GridColumn:
        values = [_percent(p, w) for p, w in zip(parts, wholes, strict=True)]
        both = _percent(sum(map(number_of, parts)), sum(map(number_of, wholes)))
        self.totals[key] = Total(both, f'IF(«{whole}^0»=0,"—",ROUND(«{part}^0»/«{whole}^0»*100,1))')
        formula = f'IF(«{whole}@»=0,"—",ROUND(«{part}@»/«{whole}@»*100,1))'
        return GridColumn(key, title, "percent", values, group, 8, 1, formula)

    # ------------------------------------------------------------------ what they add up to
    def _amounts(self, name: str) -> GridColumn:
        item, frame = self.form.field(name), self.tables.frame
        sums = [half_up(figures(frame[name][self.owner == o]).sum(), item.decimals) for o in self.offices]
        column = field_column(item, pd.Series(sums, dtype=object), "计入合计")
        if self.tables.entries:
            column.formulas = f"ROUND(SUMPRODUCT({self.mine},«{self.sheet}!{name}»),{item.decimals})"
        column.look = "bar"
        self._sum(column, item.decimals)
        return column

    def _rates(self, columns: Sequence[GridColumn]) -> list[GridColumn]:
        form, totals = self.form, self.totals
        if form.executed_field not in totals or form.budget_field not in totals:
            return []
        executed, budget = str(form.executed_field), str(form.budget_field)
        by = {c.key: c.values for c in columns}
        rates: list[CellContent] = []
        for part, whole in zip(by[executed], by[budget], strict=True):
            rates.append(half_up(number_of(part) / number_of(whole) * 100, 2) if whole else m.INCOMPARABLE)
        formula = f'IF(«{budget}@»=0,"{m.INCOMPARABLE}",ROUND(«{executed}@»/«{budget}@»*100,2))'
        top, base = number_of(totals[executed].value), number_of(totals[budget].value)
        value: CellContent = half_up(top / base * 100, 2) if base else m.INCOMPARABLE
        live = f'IF(«{budget}^0»=0,"{m.INCOMPARABLE}",ROUND(«{executed}^0»/«{budget}^0»*100,2))'
        totals["_rate"] = Total(value, live)
        title = (form.field(form.rate_field).label if form.rate_field else "执行率") + "（%）"
        return [GridColumn("_rate", title, "percent", rates, "计入合计", 16, formulas=formula, below=form.rate_target)]

    def _scores(self) -> list[GridColumn]:
        score = self.tables.frame[self.form.score_field]
        means: list[CellContent] = []
        for office in self.offices:
            found = figures(score[self.owner == office])
            means.append(half_up(found.sum() / len(found), 2) if len(found) else "")
        found = figures(score)
        value: CellContent = half_up(found.mean(), 2) if len(found) else ""
        area, formula = f"«{self.sheet}!{self.form.score_field}»", None
        if self.tables.entries:
            here = f"(«{self.sheet}!{OFFICE}»=«{OFFICE}@»)"
            count = f"SUMPRODUCT({here}*ISNUMBER({area}))"
            formula = f'IF({count}=0,"",ROUND(SUMPRODUCT(--{here},{area})/{count},2))'
        self.totals["_mean"] = Total(value, f'IF(COUNT({area})=0,"",ROUND(AVERAGE({area}),2))')
        return [GridColumn("_mean", "平均得分", "score", means, "计入合计", 9, formulas=formula)]

    # ------------------------------------------------------------------ what is open
    def _open(self) -> list[GridColumn]:
        open_ = Counter(
            (e.office, f.level)
            for e in self.batch.speaking
            if e.checked.form in (self.form.id, "")
            for f in e.checked.findings
            if f.is_open
        )
        columns = []
        for level in ("error", "confirm"):
            counts: list[CellContent] = [open_[office, level] for office in self.offices]
            column = GridColumn(f"_{level}", m.LEVEL_WORDS[level], "integer", counts, "待处理问题（项）", 7)
            columns.append(column)
            self._sum(column, 0)
        return columns


def _percent(part: CellContent, whole: CellContent) -> CellContent:
    base = number_of(whole)
    return half_up(number_of(part) / base * 100, 1) if base else "—"
