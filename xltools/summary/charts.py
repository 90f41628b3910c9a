"""The charts of 总览 and the sheet they are drawn from: spreads, the highest and lowest, where points are lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from xltools.form import model as m
from xltools.summary.entry import BatchEntry
from xltools.summary.frames import figures
from xltools.summary.numbers import half_up
from xltools.summary.tables import FormTables
from xltools.writing.consolidated.plan import Bars, CellContent, Grid, GridColumn, Kind

MOST = 15
"""Names that a chart shows; more would be no names but stripes."""
STEP, MOST_CLASSES = 5, 5
"""Points of a class of scores, and how many classes below the full score stand by themselves."""
RATE_EDGES = (60.0, 70.0, 80.0, 90.0, 95.0, 100.0)


@dataclass(frozen=True, slots=True)
class Range:
    """A class of a spread: from `low` on, and below `below` (None: no end)."""

    words: str
    low: float
    below: float | None

    def holds(self, value: float) -> bool:
        """True when a figure is in it."""
        return self.low <= value and (self.below is None or value < self.below)

    def count_formula(self, area: str) -> str:
        """The formula that counts the figures of an area which are in it."""
        parts = [f'{area},">={self.low:g}"'] if self.low > float("-inf") else []
        parts += [f'{area},"<{self.below:g}"'] if self.below is not None else []
        return f"COUNTIFS({','.join(parts)})"


def ranges(edges: Sequence[float], last_is_exact: bool) -> list[Range]:
    """Return the classes between rising edges; the last takes in its own upper end, or everything above it."""
    found = [Range(f"{edges[0]:g} 以下", float("-inf"), edges[0])]
    for low, high in pairwise(edges):
        end = high == edges[-1] and last_is_exact
        found.append(Range(f"{low:g}–{high:g}", low, None if end else high))
    if not last_is_exact:
        found.append(Range(f"{edges[-1]:g} 及以上", edges[-1], None))
    return found


def _steps(start: float, top: float) -> list[float]:
    found = []
    while (start := min(start + STEP, top)) < top:
        found.append(start)
    return [*found, top]


@dataclass(frozen=True, slots=True)
class Lost:
    """An indicator: points lost by the departments on average, and points above its weight, which are a mistake."""

    name: str
    lost: float
    over: float


class Charts:
    """Makes 图表数据 and the charts of one form."""

    def __init__(self, form: m.Form, entries: Sequence[BatchEntry], frame: pd.DataFrame, tables: FormTables) -> None:
        self.form, self.entries, self.frame, self.tables = form, entries, frame, tables
        self.sheet, self.data = tables.names("部门汇总"), tables.names("图表数据")
        self.columns: list[GridColumn] = []
        self.bars: list[Bars] = []
        self._make()

    def grid(self) -> Grid:
        """Return the sheet the charts are drawn from; its counts are live."""
        size = max((len(c.values) for c in self.columns), default=0)
        for column in self.columns:
            pad: list[None] = [None] * (size - len(column.values))
            column.values = [*column.values, *pad]
            if column.formulas is not None and not isinstance(column.formulas, str):
                column.formulas = [*column.formulas, *pad]
        note = "“总览”各图所用的数据；等级、分数段、执行率段的部门数由公式得出。"
        return Grid(self.data, "图表数据", self.columns, note, keep=0, reader="proof", hidden=True)

    def _make(self) -> None:
        if not self.entries:
            return
        form = self.form
        self._grades()
        score = form.field(form.score_field)
        lows = [b.low for b in form.bands if b.low > 0]
        start, top = min(lows, default=60.0), sum(i.weight for i in self.tables.indicators) or 100.0
        edges = [start, *(e for e in _steps(start, top) if e > top - MOST_CLASSES * STEP)]
        self._spread("score", "得分分布（部门数）", form.score_field, ranges(edges, True))
        rate = form.rate_field if form.rate_field in self.frame else None
        if rate:
            own = {*RATE_EDGES, form.rate_target or 90.0}
            self._spread("rate", f"{form.field(rate).label}分布（部门数）", rate, ranges(sorted(own), False))
            self._ends("rate", form.field(rate).label, rate, "%")
        self._ends("score", score.label, form.score_field, "分", only_lowest=bool(rate))
        self._losses()

    # ------------------------------------------------------------------ one chart each
    def _grades(self) -> None:
        grades, area = self.frame[self.form.grade_field], f"«{self.sheet}!{self.form.grade_field}»"
        words = [b.grade for b in self.form.bands]
        counts: list[CellContent] = [int((grades == w).sum()) for w in words]
        formulas = [f'COUNTIF({area},"{w}")' for w in words]
        self._pair("grade", "等级分布（部门数）", words, counts, formulas)

    def _spread(self, key: str, title: str, field: str, classes: Sequence[Range]) -> None:
        own, area = figures(self.frame[field]), f"«{self.sheet}!{field}»"
        counts: list[CellContent] = [sum(c.holds(v) for v in own) for c in classes]
        self._pair(f"{key}_in", title, [c.words for c in classes], counts, [c.count_formula(area) for c in classes])

    def _pair(
        self, key: str, title: str, words: Sequence[str], counts: Sequence[CellContent], formulas: Sequence[str]
    ) -> None:
        self._column(key, "分段", "centre", words, title, 12)
        self._column(f"{key}_n", "部门数", "integer", counts, title, 8, formulas)
        series = (("部门数", f"{key}_n"),)
        self.bars.append(Bars(title, self.data, key, series, size="third", low=0.0, count=len(words)))

    def _ends(self, key: str, label: str, field: str, unit: str, *, only_lowest: bool = False) -> None:
        """The highest and the lowest; where all have room in one chart, all."""
        rows = sorted(((e.name, half_up(v, 2)) for e, v in self._figures(field)), key=lambda r: r[1])
        if len(rows) <= MOST:
            self._names(f"{key}_all", f"各部门{label}（{unit}）", rows[::-1])
            return
        if not only_lowest:
            self._names(f"{key}_top", f"{label}最高的 {MOST} 个部门（{unit}）", rows[::-1][:MOST])
        self._names(f"{key}_low", f"{label}最低的 {MOST} 个部门（{unit}）", rows[:MOST])

    def _figures(self, field: str) -> list[tuple[BatchEntry, float]]:
        found = figures(self.frame[field])
        return [(self.entries[int(i)], float(v)) for i, v in zip(found.index, found, strict=True)]

    def _names(self, key: str, title: str, rows: Sequence[tuple[str, float]]) -> None:
        if not rows:
            return
        self._column(key, "部门", "text", [r[0] for r in rows], title, 26)
        self._column(f"{key}_v", "数值", "percent", [r[1] for r in rows], title, 10)
        series = (("", f"{key}_v"),)
        self.bars.append(Bars(title, self.data, key, series, lying=True, number="0.0", low=0.0, count=len(rows)))

    def _losses(self) -> None:
        """Where points are lost; points above an indicator's weight stand as a mark of their own."""
        rows = [r for r in self.losses() if r.lost > 0 or r.over > 0]
        if not rows:
            return
        shown = rows[:MOST]
        title = f"平均失分最多的 {MOST} 项指标（分）" if len(rows) > MOST else "各指标平均失分（分）"
        shown += [r for r in rows[MOST:] if r.over > 0]
        self._column("indicator", "指标", "text", [r.name for r in shown], title, 34)
        self._column("lost", "平均失分", "score", [r.lost for r in shown], title, 10)
        series = [("平均失分", "lost")]
        if any(r.over for r in shown):
            self._column("over", "超出分值", "score", [r.over for r in shown], title, 10)
            series.append(("超出分值（应改正）", "over"))
        bars = Bars(title, self.data, "indicator", tuple(series), lying=True, number="0.0", low=0.0, count=len(shown))
        self.bars.append(bars)

    def losses(self) -> list[Lost]:
        """Return every indicator's lost points and points above its weight, a department on average; most lost first."""
        found = []
        for indicator in self.tables.indicators:
            scores = figures(self.tables.scores[indicator.key])
            if len(scores):
                gap = indicator.weight - scores
                lost, over = gap.clip(lower=0).mean(), (-gap).clip(lower=0).mean()
                found.append(Lost(indicator.name, half_up(lost, 2), half_up(over, 2)))
        return sorted(found, key=lambda r: -r.lost)

    def _column(
        self,
        key: str,
        title: str,
        kind: Kind,
        values: Sequence[CellContent],
        group: str,
        width: float,
        formulas: Sequence[str] | None = None,
    ) -> None:
        self.columns.append(GridColumn(key, title, kind, values, group, width, formulas=formulas))
