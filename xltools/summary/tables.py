"""The sheets of figures of one form: 部门汇总, 下属单位, 指标得分, 收支汇总, 绩效指标明细, 自评说明, 来源位置."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from xltools.form import model as m
from xltools.summary.batch import Batch
from xltools.summary.entry import BatchEntry
from xltools.summary.frames import (
    details_frame,
    figures,
    indicators_of,
    score_column,
    scores_frame,
    shown_columns,
    values_frame,
)
from xltools.summary.numbers import half_up, is_number
from xltools.summary.previous import Previous, change_columns
from xltools.summary.score_notes import ScoreNotes
from xltools.summary.totals import field_column, field_total, kind_of, number_of, plain_mean, plain_sum
from xltools.writing.consolidated.names import Names
from xltools.writing.consolidated.plan import CellContent, Grid, GridColumn, Total, TotalRow

CODE, NAME, OFFICE = "_code", "_name", "_office"
TOTAL = "_total"


def section_title(form: m.Form, name: str) -> str:
    """Return a section's title without its number (“一、收入（决算数）” → “收入（决算数）”)."""
    title = next((s.title for s in form.sections if s.name == name), name)
    head, mark, rest = title.partition("、")
    return rest if mark and len(head) <= 3 and all(ch in "一二三四五六七八九十" for ch in head) else title


def who_columns(entries: Sequence[BatchEntry], with_office: bool) -> list[GridColumn]:
    """The columns that say whose row it is."""
    columns = [
        GridColumn(CODE, "部门编码", "code", [e.code for e in entries], width=11),
        GridColumn(NAME, "部门名称", "text", [e.name for e in entries], width=29),
    ]
    if with_office:
        columns.append(GridColumn(OFFICE, "归口科室", "text", [e.office for e in entries], width=14))
    return columns


class FormTables:
    """All sheets of figures of one form in a batch."""

    def __init__(self, batch: Batch, form: m.Form, names: Names, previous: Previous | None = None) -> None:
        self.batch, self.form, self.names, self.previous = batch, form, names, previous
        self.entries = batch.totalled(form.id)
        self.frame = values_frame(form, self.entries)
        self.scores = scores_frame(form, self.entries, score_column)
        self.indicators = indicators_of(form)
        self.score_notes = ScoreNotes(form, self.indicators)
        self.with_office = batch.roster is not None
        self.year = f"{form.year} 年度"
        self.marked = frozenset(i for i, e in enumerate(self.entries) if e.mark)

    def sheets(self) -> list[Grid]:
        """Return the sheets that have something to say, in order."""
        made = [self.departments(), self.units(), self.points(), self.accounts(), self.details()]
        return [g for g in (*made, self.texts()) if g is not None]

    # ------------------------------------------------------------------ 部门汇总
    @property
    def counted_words(self) -> str:
        """How the totals came about, in words."""
        words = f"计入 {len(self.entries)} 个部门"
        within = len(self.batch.counted(self.form.id)) - len(self.entries)
        if within:
            words += f"（另有 {within} 个下属单位已含在主管部门数内，不重复计入）"
        if self.marked:
            words += f"，其中 {len(self.marked)} 个未通过审核、按要求计入（部门名称为黄底，见“计入说明”）"
        return words

    def departments(self) -> Grid:
        """One row a department with every summary field of the form."""
        form, entries = self.form, self.entries
        columns = who_columns(entries, self.with_office)
        keep = len(columns)
        columns.append(GridColumn("_state", "审核状态", "centre", [e.status for e in entries], width=9, look="state"))
        if self.marked:
            columns.append(GridColumn("_mark", "计入说明", "wrap", [e.mark for e in entries], width=22))
        columns += self._results()
        special = {form.score_field, form.grade_field, form.review_field}
        for item in form.fields:
            if item.summary and item.name not in special:
                columns.append(field_column(item, self.frame[item.name], section_title(form, item.section)))
        self._looks(columns)
        if self.previous is not None:
            columns += change_columns(form, entries, self.frame, self.previous)
        columns += self._counts()
        files = [e.checked.file for e in entries]
        columns.append(
            GridColumn("_file", "报送文件", "link", [e.file_name for e in entries], "来源", width=30, links=files)
        )
        return Grid(
            self.names("部门汇总"),
            f"部门汇总　{self.year}",
            columns,
            f"{self.form.title}：{self.counted_words}。金额单位：{form.unit}。首行随筛选变化：金额、人数为合计，得分为平均，"
            f"{form.field(form.rate_field).label if form.rate_field else '执行率'}为合计数之比。名次按得分从高到低，同分同名次。",
            [TotalRow("合计／平均", self._totals(columns))],
            keep,
            self.marked,
            "没有计入合计的部门",
        )

    def _results(self) -> list[GridColumn]:
        """Rank, grade, own score and the bureau's, and their difference."""
        form, group = self.form, "得分"
        score = self.frame[form.score_field]
        ranks = figures(score).rank(ascending=False, method="min")
        rank = [int(ranks[i]) if i in ranks.index else None for i in range(len(score))]
        grade = self.frame[form.grade_field].tolist()
        columns = [
            GridColumn("_rank", "名次", "integer", rank, group, 6.5),
            GridColumn(form.grade_field, "等级", "centre", grade, group, 6.5),
            field_column(form.field(form.score_field), score, group),
        ]
        if form.review_field is not None:
            review = self.frame[form.review_field]
            columns.append(field_column(form.field(form.review_field), review, group))
            gap: list[CellContent] = [
                half_up(r - s, 2) if is_number(r) and is_number(s) else "" for r, s in zip(review, score, strict=True)
            ]
            own, other = f"«{form.score_field}@»", f"«{form.review_field}@»"
            formula = f'IF(COUNT({own},{other})=2,ROUND({other}-{own},2),"")'
            columns.append(GridColumn("_gap", "复核增减", "score", gap, group, 9, formulas=formula))
        return columns

    def _looks(self, columns: list[GridColumn]) -> None:
        """Bars behind amounts of the whole, marks under the target of the rate."""
        for column in columns:
            if column.key in self.form.total_fields:
                column.look = "bar"
            elif column.key == self.form.rate_field:
                column.below = self.form.rate_target
            elif column.key == self.form.score_field:
                best = self.form.bands[0].low
                column.look, column.scale = "heat", (self.form.bands[-2].low if len(self.form.bands) > 1 else 0, best)

    def _counts(self) -> list[GridColumn]:
        """How many findings of each level are open, how many explained."""
        group, found = "审核问题（项）", [e.checked.findings for e in self.entries]
        columns = [
            GridColumn(
                f"_{level}",
                words,
                "integer",
                [sum(f.is_open and f.level == level for f in own) for own in found],
                group,
                7.5,
            )
            for level, words in m.LEVEL_WORDS.items()
        ]
        settled = [sum(not f.is_open for f in own) for own in found]
        return [*columns, GridColumn("_settled", "已说明", "integer", settled, group, 7.5)]

    def _totals(self, columns: Sequence[GridColumn]) -> dict[str, Total]:
        cells: dict[str, Total] = {}
        fields = {f.name: f for f in self.form.fields}
        for column in columns:
            if column.key in fields:
                total = field_total(self.form, fields[column.key], self.frame)
            elif column.kind == "integer" and column.key != "_rank":
                total = plain_sum(column.key, pd.Series(column.values, dtype=object), 0)
            elif column.key.startswith("_was_") or column.key.startswith("_change_"):
                total = plain_sum(column.key, pd.Series(column.values, dtype=object), column.decimals)
            else:
                total = None
            if total is not None:
                cells[column.key] = total
        return cells

    # ------------------------------------------------------------------ 下属单位
    def units(self) -> Grid | None:
        """The second level: units under their head, with what they add up to beside the head's own figures."""
        form, units = self.form, self.batch.units(self.form.id)
        if not units:
            return None
        heads = {e.code: e for e in self.batch.counted(form.id) if e.head is None}
        rows: list[BatchEntry] = []
        for code in dict.fromkeys(e.head.code for e in units if e.head is not None):
            rows += [heads[code]] if code in heads else []
            rows += [e for e in units if e.head is not None and e.head.code == code]
        frame = values_frame(form, rows)
        columns = who_columns(rows, False)
        columns.append(
            GridColumn(
                "_head", "主管部门", "text", [e.head.name if e.head is not None else e.name for e in rows], width=24
            )
        )
        ways = ["计入合计" if e.in_total else "已含在主管部门数内，不另计" for e in rows]
        columns.append(
            GridColumn("_level", "层级", "centre", ["下属单位" if e.head else "主管部门" for e in rows], width=10)
        )
        columns.append(GridColumn("_way", "计入方式", "text", ways, width=26))
        wanted = (*form.total_fields, *([form.rate_field] if form.rate_field else ()), form.score_field)
        columns += [field_column(form.field(n), frame[n], "") for n in wanted]
        columns.append(GridColumn(form.grade_field, "等级", "centre", frame[form.grade_field].tolist(), width=7))
        return Grid(
            self.names("下属单位"),
            f"主管部门与下属单位　{self.year}",
            columns,
            "两级都列出，只计一次：主管部门的数已含下属单位时，下属单位不另计入合计；名册“口径”列写“本级”的主管部门，"
            f"其下属单位另行计入。金额单位：{form.unit}。",
            keep=2,
        )

    # ------------------------------------------------------------------ 指标得分
    def points(self) -> Grid | None:
        """Departments × indicators with weight, mean, share of the weight and points lost."""
        if not self.indicators:
            return None
        columns = who_columns(self.entries, self.with_office)
        keep = len(columns)
        tops: list[dict[str, Total]] = [{}, {}, {}, {}]
        for indicator in self.indicators:
            values = self.scores[indicator.key]
            columns.append(
                GridColumn(
                    indicator.key,
                    indicator.name,
                    "score",
                    values.tolist(),
                    "·".join(indicator.groups),
                    10.5,
                    look="heat",
                    scale=(indicator.weight * 0.5, indicator.weight),
                    above=indicator.weight,
                )
            )
            self._points_totals(indicator.key, indicator.weight, values, tops)
        first, last = self.indicators[0].key, self.indicators[-1].key
        sums = self.scores.astype(float).sum(axis=1).tolist()
        total = pd.Series([half_up(v, 2) for v in sums], dtype=object)
        columns.append(
            GridColumn(TOTAL, "合计", "score", total.tolist(), "", 9.5, formulas=f"ROUND(SUM(«{first}@»:«{last}@»),2)")
        )
        self._points_totals(TOTAL, sum(i.weight for i in self.indicators), total, tops)
        over = any((figures(self.scores[i.key]) > i.weight).any() for i in self.indicators)
        labels = ("分值", "平均得分", "得分率（%）", "失分合计（超分已抵减）" if over else "失分合计")
        return Grid(
            self.names("指标得分"),
            f"指标得分　{self.year}",
            columns,
            f"{self.form.title}：{self.counted_words}。颜色越深失分越多（深色为得分不到分值一半），白色为满分，红底为超出分值、应改正。"
            "上方各行随筛选变化；失分合计为各部门失分之和。",
            [TotalRow(label, cells) for label, cells in zip(labels, tops, strict=True)],
            keep,
            self.marked,
        )

    @staticmethod
    def _points_totals(key: str, weight: float, values: pd.Series, tops: list[dict[str, Total]]) -> None:
        found = figures(values)
        mean = plain_mean(key, values)
        tops[0][key] = Total(half_up(weight, 2))
        tops[1][key] = mean
        rate: CellContent = half_up(number_of(mean.value) / weight * 100, 2) if is_number(mean.value) and weight else ""
        tops[2][key] = Total(rate, f'IF(OR(«{key}^1»="",«{key}^0»=0),"",ROUND(«{key}^1»/«{key}^0»*100,2))', "percent")
        lost = half_up(weight * len(found) - found.sum(), 2)
        tops[3][key] = Total(lost, f"ROUND(«{key}^0»*SUBTOTAL(102,«{key}»)-SUBTOTAL(109,«{key}»),2)")

    # ------------------------------------------------------------------ 收支汇总
    def accounts(self) -> Grid | None:
        """The whole account by department, the balance beside it."""
        form = self.form
        items = [f for f in form.fields if f.type == "amount" and f.constant is None]
        if not items:
            return None
        columns = who_columns(self.entries, self.with_office)
        keep = len(columns)
        totals: dict[str, Total] = {}
        ends = {form.expenditure_field and form.field(form.expenditure_field).section}
        for number, item in enumerate(items):
            columns.append(field_column(item, self.frame[item.name], section_title(form, item.section)))
            totals[item.name] = plain_sum(item.name, self.frame[item.name], item.decimals)
            last = number + 1 == len(items) or items[number + 1].section != item.section
            if last and form.income_field and item.section in ends:
                columns.append(self._balance(totals))
        return Grid(
            self.names("收支汇总"),
            f"收支汇总　{self.year}",
            columns,
            f"{self.form.title}：{self.counted_words}。金额单位：{form.unit}。首行为合计，随筛选变化。",
            [TotalRow("合计", totals)],
            keep,
            self.marked,
        )

    def _balance(self, totals: dict[str, Total]) -> GridColumn:
        form = self.form
        income, spent = str(form.income_field), str(form.expenditure_field)
        left, right = form.field(income), form.field(spent)
        gap: list[CellContent] = [
            half_up(a - b, left.decimals) if is_number(a) and is_number(b) else ""
            for a, b in zip(self.frame[income], self.frame[spent], strict=True)
        ]
        formula = f'IF(COUNT(«{income}@»,«{spent}@»)=2,ROUND(«{income}@»-«{spent}@»,{left.decimals}),"")'
        totals["_balance"] = plain_sum("_balance", pd.Series(gap, dtype=object), left.decimals)
        title = f"平衡差额（{left.label}－{right.label}）"
        group = section_title(form, right.section)
        return GridColumn("_balance", title, "amount", gap, group, 15, left.decimals, formula)

    # ------------------------------------------------------------------ 绩效指标明细, 自评说明, 来源位置
    def details(self) -> Grid | None:
        """All rows of the open tables of all departments."""
        shown = shown_columns(self.form)
        if not shown:
            return None
        everyone = self.batch.counted(self.form.id)
        frame = details_frame(self.form, everyone)
        owners = [everyone[i] for i in frame["_entry"]]
        columns = who_columns(owners, self.with_office)
        keep = 2
        columns.append(GridColumn("_table", "指标类别", "text", [t.split("、")[-1] for t in frame["_table"]], width=10))
        for column in shown:
            kind = kind_of(column)
            columns.append(
                GridColumn(
                    column.name,
                    column.label + (f"（{column.unit}）" if column.unit else ""),
                    "wrap" if kind == "text" and column.width > 14 else kind,
                    frame[column.name].tolist(),
                    width=min(column.width, 26 if kind == "text" else 9.5),
                    decimals=column.decimals,
                )
            )
        return Grid(
            self.names("绩效指标明细"),
            f"绩效指标明细　{self.year}",
            columns,
            f"{len(everyone)} 个部门共 {len(frame)} 项指标，可按任一列筛选。",
            keep=keep,
            empty="没有填报绩效指标",
        )

    def texts(self) -> Grid | None:
        """The long texts of all departments side by side."""
        everyone = self.batch.counted(self.form.id)
        frame = values_frame(self.form, everyone)
        items = [f for f in self.form.fields if f.type == "longtext"]
        given = [f for f in items if frame[f.name].notna().any()]
        if not given:
            return None
        columns = who_columns(everyone, False)
        columns += [
            GridColumn(f.name, f.label, "wrap", frame[f.name].tolist(), section_title(self.form, f.section), 42)
            for f in given
        ]
        silent = [f.label for f in items if f not in given]
        note = "各部门自评说明原文。" + (f"没有部门填写的不列：{'、'.join(silent)}。" if silent else "")
        return Grid(
            self.names("自评说明"),
            f"自评说明　{self.year}",
            columns,
            note + "文字较长、格内显示不全时，双击单元格或看编辑栏。",
        )

    def places(self) -> Grid:
        """For every figure of 部门汇总 the sheet and cell it came from."""
        form = self.form
        columns = who_columns(self.entries, False)
        files = [e.checked.file for e in self.entries]
        columns.append(
            GridColumn("_file", "报送文件", "link", [e.file_name for e in self.entries], width=30, links=files)
        )
        known: dict[tuple[str, str], str] = {}  # the same few addresses stand in every row: keep each text once
        for at, item in enumerate(f for f in form.fields if f.summary):
            found = [e.checked.harvest.places[at] for e in self.entries if e.checked.harvest is not None]
            places = [known.setdefault(p, "!".join(filter(None, p))) for p in found]
            columns.append(GridColumn(item.name, item.label, "text", places, section_title(form, item.section), 15))
        return Grid(
            self.names("来源位置"),
            f"数据来源位置　{self.year}",
            columns,
            "“部门汇总”每个数取自报送文件的哪张工作表、哪个单元格；点文件名可打开原文件。",
            keep=2,
            reader="proof",
        )
