"""The first page of a form: how many reported, the whole in figures, the spread, and what to look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from xltools.findings.texts import figure
from xltools.form import model as m
from xltools.summary.batch import Batch, BatchEntry
from xltools.summary.frames import Indicator, figures
from xltools.summary.numbers import half_up, share
from xltools.summary.tables import FormTables
from xltools.writing.consolidated.plan import Bars, Cell, Column, Grid, KeyFigure, Overview, Paragraphs

TEN = 10
MOST_BARS = 100
STEP = 5


class FirstPage:
    """Makes 总览 and the sheet its charts are drawn from."""

    def __init__(self, batch: Batch, form: m.Form, tables: FormTables) -> None:
        self.batch, self.form, self.tables = batch, form, tables
        self.entries, self.frame = tables.entries, tables.frame
        self.sheet, self.data = tables.names("部门汇总"), tables.names("图表数据")
        self.score = figures(self.frame[form.score_field])

    def overview(self, complete: bool, problems: Sequence[str], verdict: str, several: bool) -> Overview:
        """Return the page."""
        form = self.form
        lines = [f"{self.tables.counted_words}。金额单位：{form.unit}。各数不随筛选变化。"]
        if several:
            lines[0] = f"表格：{form.title}（{form.id}）。" + lines[0]
        strips = [
            ("报送情况（部门）", self._counts()),
            ("整体情况", self._whole()),
            ("得分", self._spread()),
            ("等级分布（部门）", self._grades()),
        ]
        return Overview(
            self.tables.names("总览"),
            f"{form.year} 年度{form.title}　总览",
            lines,
            complete,
            verdict,
            list(problems),
            [(title, found) for title, found in strips if found],
            self._body(),
        )

    # ------------------------------------------------------------------ figures
    def _counts(self) -> list[KeyFigure]:
        states = self._states()
        said = [e for e in states if e.checked.form]
        roster, alone = self.batch.roster, len(self.batch.forms) == 1
        found = [] if roster is None else [KeyFigure("应报" if alone else "名册部门", len(roster.departments))]
        found.append(KeyFigure("已报", len(said)))
        for words, status in (("通过", "passed"), ("待核实", "confirm"), ("有错误", "failed")):
            found.append(KeyFigure(words, sum(e.checked.status == status for e in said)))
        found.append(KeyFigure("打不开（件）", sum(not e.checked.form for e in self.batch.entries)))
        if roster is not None and alone:
            found.append(KeyFigure("未报送", len(self.batch.missing)))
        found.append(KeyFigure("计入合计", len(self.entries)))
        return found

    def _states(self) -> list[BatchEntry]:
        """One entry a department: the workbook that stands for it."""
        return [e for e in self.batch.entries if e.checked.form == self.form.id and not e.spare]

    def _whole(self) -> list[KeyFigure]:
        form, found = self.form, []
        for name in form.total_fields:
            item = form.field(name)
            value = half_up(figures(self.frame[name]).sum(), item.decimals)
            formula = f"ROUND(SUM(«{self.sheet}!{name}»),{item.decimals})"
            found.append(KeyFigure(f"{item.label}（{item.unit}）", value, formula, "amount"))
        if form.executed_field and form.budget_field and form.rate_field:
            executed, budget = form.executed_field, form.budget_field
            if executed in self.frame and self._is_shown(executed) and self._is_shown(budget):
                rate = share(figures(self.frame[executed]).sum(), figures(self.frame[budget]).sum())
                left, right = f"SUM(«{self.sheet}!{executed}»)", f"SUM(«{self.sheet}!{budget}»)"
                formula = f'IF({right}=0,"{m.INCOMPARABLE}",ROUND({left}/{right}*100,2))'
                label = form.field(form.rate_field).label
                found.append(KeyFigure(label, m.INCOMPARABLE if rate is None else rate, formula, "percent"))
        return found

    def _is_shown(self, name: str) -> bool:
        return self.form.field(name).summary

    def _spread(self) -> list[KeyFigure]:
        area = f"«{self.sheet}!{self.form.score_field}»"
        found = []
        for words, function, value in (
            ("平均分", "AVERAGE", self.score.mean()),
            ("中位数", "MEDIAN", self.score.median()),
            ("最高分", "MAX", self.score.max()),
            ("最低分", "MIN", self.score.min()),
        ):
            shown: Cell = half_up(value, 2) if len(self.score) else ""
            found.append(KeyFigure(words, shown, f'IF(COUNT({area})=0,"",ROUND({function}({area}),2))', "score"))
        return found

    def _grades(self) -> list[KeyFigure]:
        area = f"«{self.sheet}!{self.form.grade_field}»"
        grades = self.frame[self.form.grade_field]
        return [
            KeyFigure(b.grade, int((grades == b.grade).sum()), f'COUNTIF({area},"{b.grade}")') for b in self.form.bands
        ]

    # ------------------------------------------------------------------ charts
    def _bins(self) -> list[tuple[str, float, float | None]]:
        """Score ranges of five points, from the lowest band's end up to the full score; (label, from, below)."""
        lows = [b.low for b in self.form.bands if b.low > 0]
        start = min(lows) if lows else 60.0
        top = sum(i.weight for i in self.tables.indicators) or 100.0
        found: list[tuple[str, float, float | None]] = [(f"{start:g} 以下", float("-inf"), start)]
        low = start
        while low < top:
            last = low + STEP >= top
            found.append((f"{low:g}–{min(low + STEP, top):g}", low, None if last else low + STEP))
            low += STEP
        return found

    def chart_data(self) -> Grid:
        """Return the sheet the charts are drawn from; its counts are live."""
        form, area = self.form, f"«{self.sheet}!{self.form.score_field}»"
        bins, rates, lost = self._bins(), self._rates(), self._lost()
        grades = [b.grade for b in form.bands]
        counts = [f.value for f in self._grades()]
        size = max(len(bins), len(rates), len(lost), len(grades))

        def column(
            key: str, title: str, kind: str, values: Sequence[Cell], group: str, width: float, **more: object
        ) -> Column:
            padded = [*values, *[None] * (size - len(values))]
            return Column(key, title, kind, padded, group, width, **more)  # type: ignore[arg-type]

        tests = []
        for _, low, below in bins:
            parts = [f'{area},">={low:g}"'] if low > float("-inf") else []
            parts += [f'{area},"<{below:g}"'] if below is not None else []
            tests.append(f"COUNTIFS({','.join(parts)})")
        inside = [int(sum((low <= s) and (below is None or s < below) for s in self.score)) for _, low, below in bins]
        pad: list[str | None] = [None] * size
        columns = [
            column("grade", "等级", "centre", grades, "等级分布", 8),
            column(
                "grade_n",
                "部门数",
                "integer",
                counts,
                "等级分布",
                8,
                formulas=[*(f.formula for f in self._grades()), *pad][:size],
            ),
            column("bin", "分数段", "centre", [b[0] for b in bins], "得分分布", 12),
            column("bin_n", "部门数", "integer", inside, "得分分布", 8, formulas=[*tests, *pad][:size]),
        ]
        if rates:
            label = form.field(form.rate_field or "").label
            columns += [
                column("dept", "部门", "text", [r[0] for r in rates], "执行率（从低到高）", 26),
                column("rate", label, "percent", [r[1] for r in rates], "执行率（从低到高）", 12),
                column("target", "要求", "percent", [form.rate_target] * len(rates), "执行率（从低到高）", 8),
            ]
        columns += [
            column("indicator", "指标", "text", [r[0] for r in lost], "平均失分（从多到少）", 34),
            column("lost", "平均失分", "score", [r[1] for r in lost], "平均失分（从多到少）", 10),
        ]
        return Grid(self.data, "图表数据", columns, "“总览”各图所用的数据；等级和分数段的部门数由公式得出。", keep=0)

    def _rates(self) -> list[tuple[str, float]]:
        form = self.form
        if form.rate_field is None or form.rate_field not in self.frame:
            return []
        found = figures(self.frame[form.rate_field]).sort_values(kind="stable")
        return [(self.entries[i].name, half_up(v, 2)) for i, v in _pairs(found)[:MOST_BARS]]

    def _lost(self) -> list[tuple[str, float]]:
        found = []
        for indicator in self.tables.indicators:
            scores = figures(self.tables.scores[indicator.key])
            if len(scores):
                found.append((indicator.name, half_up(indicator.weight - scores.mean(), 2)))
        return sorted(found, key=lambda r: -r[1])

    def _body(self) -> list[Bars | Paragraphs]:
        """The charts, and beside the rates and the lost points what to look at in words."""
        data, rates, lost = self.data, self._rates(), self._lost()
        body: list[Bars | Paragraphs] = []
        if self.entries:
            body += [
                Bars("等级分布（部门数）", data, "grade", (("部门数", "grade_n"),), count=len(self.form.bands)),
                Bars("得分分布（部门数）", data, "bin", (("部门数", "bin_n"),), count=len(self._bins())),
            ]
        if rates:
            body.append(self._rate_chart(rates))
        body.append(Paragraphs("需要关注的部门", self._departments()))
        if lost:
            bars = Bars("各指标平均失分（分）", data, "indicator", (("平均失分", "lost"),), lying=True, number="0.00")
            body.append(replace(bars, size="page", count=len(lost)))
        body.append(Paragraphs("需要关注的指标", self._indicators()))
        return body

    def _rate_chart(self, rates: Sequence[tuple[str, float]]) -> Bars:
        label, target = self.form.field(self.form.rate_field or "").label, self.form.rate_target
        title = f"{label}（%）" + (f"，虚线为 {target:g}%" if target is not None else "")
        if len(rates) < len(figures(self.frame[self.form.rate_field])):
            title += f"；只画最低的 {len(rates)} 个部门"
        line = (f"要求 {target:g}%", "target") if target is not None else None
        high = 100.0 if rates[-1][1] <= 100 else None
        bars = Bars(title, self.data, "dept", ((label, "rate"),), line, size="page", count=len(rates))
        return replace(bars, low=_floor(rates), high=high)

    # ------------------------------------------------------------------ what to look at
    def _departments(self) -> list[str]:
        """The ten departments to look at, each with its reasons."""
        marked = []
        for entry in self._states():
            weight, reasons = self._reasons(entry)
            if reasons:
                marked.append((weight, entry, reasons))
        marked.sort(key=lambda r: (-r[0], r[1].code, r[1].name))
        return [f"{e.name or e.checked.file}（{e.code or '无编码'}）：{'；'.join(r)}。" for _, e, r in marked[:TEN]]

    def _reasons(self, entry: BatchEntry) -> tuple[float, list[str]]:
        """How much a department calls for attention, and why in words."""
        form, checked = self.form, entry.checked
        open_ = [f.level for f in checked.findings if f.is_open]
        errors, doubts = open_.count("error"), open_.count("confirm")
        weight, reasons = errors * 4.0 + doubts * 1.5, []
        if errors or doubts:
            parts = [f"{n} 项{w}" for n, w in ((errors, "错误"), (doubts, "待核实")) if n]
            reasons.append(f"有{'、'.join(parts)}{'' if entry.counted else '，未计入合计'}")
        rate = checked.figures.get(form.rate_field or "")
        if form.rate_target is not None and isinstance(rate, int | float) and rate < form.rate_target:
            label = form.field(form.rate_field or "").label
            weight += (form.rate_target - rate) / 4
            reasons.append(f"{label} {figure(half_up(rate, 2), 2, '%')}，低于 {form.rate_target:g}%")
        best = form.bands[0]
        if checked.score is not None and checked.score < best.low:
            weight += (best.low - checked.score) / 3
            place = int((self.score > checked.score).sum()) + 1
            where = f"，居第 {place} 位" if entry.in_total else ""
            reasons.append(f"自评 {checked.score:.2f} 分、等级“{checked.grade or '—'}”{where}")
        return weight, reasons

    def _indicators(self) -> list[str]:
        """The ten indicators that lose the largest share of their weight, and who loses most."""
        found = []
        for indicator in self.tables.indicators:
            scores = figures(self.tables.scores[indicator.key])
            if not len(scores) or not indicator.weight:
                continue
            lost = indicator.weight * len(scores) - scores.sum()
            if lost > 0.005:
                found.append((lost / len(scores) / indicator.weight, indicator, scores, half_up(lost, 2)))
        found.sort(key=lambda r: (-r[0], r[1].table, r[1].row))
        return [self._indicator_words(i, s, lost) for _, i, s, lost in found[:TEN]]

    def _indicator_words(self, indicator: Indicator, scores: pd.Series, lost: float) -> str:
        weight, name = indicator.weight, indicator.name
        mean = half_up(scores.mean(), 2)
        losers = scores[scores < weight - 0.005].sort_values(kind="stable")
        worst = [f"{self.entries[i].name}（{half_up(v, 2):.2f} 分）" for i, v in _pairs(losers)[:3]]
        return (
            f"{name}：分值 {weight:g}，平均得 {mean:.2f} 分（得分率 {half_up(mean / weight * 100, 1):.1f}%），"
            f"{len(losers)} 个部门共失 {lost:.2f} 分；失分最多的是 {'、'.join(worst)}。"
        )


def _pairs(series: pd.Series) -> list[tuple[int, float]]:
    """Return the places and figures of a series, as they stand."""
    return list(zip(map(int, series.index), map(float, series), strict=True))


def _floor(rates: Sequence[tuple[str, float]]) -> float:
    """Where the rate's axis begins: a round number below the lowest, so that differences show."""
    low = min(r[1] for r in rates)
    return max(0.0, float(int(low // 10) * 10 - 10)) if low > 20 else 0.0
