"""The first page of a form: how many reported, the whole in figures, the spread, and what it takes to be complete."""

from __future__ import annotations

from collections.abc import Sequence

from xltools.form import model as m
from xltools.summary.batch import Batch
from xltools.summary.charts import Charts
from xltools.summary.completeness import Completeness, listed
from xltools.summary.entry import BatchEntry
from xltools.summary.frames import figures
from xltools.summary.numbers import half_up, share
from xltools.summary.standing import WORDS, State, state_of
from xltools.summary.tables import FormTables
from xltools.writing.consolidated.plan import CellContent, Grid, KeyFigure, Overview


class FirstPage:
    """Makes 总览 and the sheet its charts are drawn from."""

    def __init__(self, batch: Batch, form: m.Form, tables: FormTables) -> None:
        self.batch, self.form, self.tables = batch, form, tables
        self.entries, self.frame = tables.entries, tables.frame
        self.sheet = tables.names("部门汇总")
        self.score = figures(self.frame[form.score_field])
        self.charts = Charts(form, self.entries, self.frame, tables)

    def overview(self, verdict: Completeness, problems: Sequence[str], several: bool) -> Overview:
        """Return the page."""
        form = self.form
        lines = [f"{self.tables.counted_words}。金额单位：{form.unit}。各数不随筛选变化。"]
        if several:
            lines[0] = f"表格：{form.title}（{form.id}）。" + lines[0]
        lines += self._resting_on_blanks()
        strips = [
            ("报送情况（部门）", self.counts()),
            ("整体情况", self.whole()),
            ("得分（分）和等级（部门）", [*self.spread(), *self.grades()]),
        ]
        return Overview(
            self.tables.names("总览"),
            f"{form.year} 年度{form.title}　总览",
            lines,
            verdict.kind,
            verdict.words,
            verdict.more,
            list(problems),
            [(title, found) for title, found in strips if found],
            list(self.charts.bars),
        )

    def _resting_on_blanks(self) -> list[str]:
        """Say whose scores hold points for figures that were left blank, as former editions give them."""
        own = [e for e in self.entries if self.tables.score_notes.blank(e)]
        if not own:
            return []
        best = any(e.checked.score is not None and e.checked.score >= self.score.max() for e in own)
        more = "，最高分也在其中" if best else ""
        names = listed([e.name for e in own])
        return [f"● {len(own)} 个部门有指标数据没有填写却得了分（{names}），得分偏高{more}；见“排名”的说明。"]

    def chart_data(self) -> Grid:
        """Return the sheet the charts are drawn from."""
        return self.charts.grid()

    # ------------------------------------------------------------------ figures
    def counts(self) -> list[KeyFigure]:
        """How many are due and how each stands: of the roster's departments, strangers apart; else of those who sent."""
        if self.batch.roster is not None and len(self.batch.forms) == 1:
            found = self._of_the_roster()
        else:
            found = self._of_the_form()
        return [*found, KeyFigure("计入合计", len(self.entries))]

    def _of_the_roster(self) -> list[KeyFigure]:
        stand = self.batch.standings
        states = [s.state for s in stand]
        found = [KeyFigure("应报", len(stand)), KeyFigure("已报", sum(s.reported for s in stand))]
        for state in ("passed", "confirm", "failed", "unreadable"):
            found.append(KeyFigure(WORDS[state], states.count(state)))
        found += [KeyFigure(WORDS["undecided"], n) for n in [states.count("undecided")] if n]
        found.append(KeyFigure(WORDS["missing"], states.count("missing")))
        found += [KeyFigure(WORDS["excused"], n) for n in [states.count("excused")] if n]
        apart = len(self.batch.strangers) + len(self.batch.nobodys)
        return found + ([KeyFigure("名册外（件）", apart)] if apart else [])

    def _of_the_form(self) -> list[KeyFigure]:
        """Of several forms, or without a roster, nobody can say who owes this form: what came of it is counted."""
        own: dict[str, list[BatchEntry]] = {}
        for entry in self.batch.speaking:
            if entry.checked.form == self.form.id:
                own.setdefault(entry.checked.owner or entry.checked.file, []).append(entry)
        states: list[State] = [state_of(group[0]) for group in own.values()]
        roster = self.batch.roster
        found = [] if roster is None else [KeyFigure("名册部门", len(roster.departments))]
        found.append(KeyFigure("已报", len(own)))
        for state in ("passed", "confirm", "failed"):
            found.append(KeyFigure(WORDS[state], states.count(state)))
        found += [KeyFigure(WORDS["undecided"], n) for n in [states.count("undecided")] if n]
        return [*found, KeyFigure("打不开（件）", sum(not e.checked.form for e in self.batch.speaking))]

    def whole(self) -> list[KeyFigure]:
        """The sums of the whole, the rate of both sums, and what income and expenditure differ by."""
        form, found = self.form, []
        for name in form.total_fields:
            item = form.field(name)
            value = half_up(figures(self.frame[name]).sum(), item.decimals)
            formula = f"ROUND(SUM(«{self.sheet}!{name}»),{item.decimals})"
            found.append(KeyFigure(f"{item.label}（{item.unit}）", value, formula, "amount"))
        found += self._rate() + self._gap()
        return found

    def _rate(self) -> list[KeyFigure]:
        form = self.form
        executed, budget = form.executed_field, form.budget_field
        if not (executed and budget and form.rate_field and executed in self.frame):
            return []
        if not (self._is_shown(executed) and self._is_shown(budget)):
            return []
        rate = share(figures(self.frame[executed]).sum(), figures(self.frame[budget]).sum())
        left, right = f"SUM(«{self.sheet}!{executed}»)", f"SUM(«{self.sheet}!{budget}»)"
        formula = f'IF({right}=0,"{m.INCOMPARABLE}",ROUND({left}/{right}*100,2))'
        label = form.field(form.rate_field).label
        return [KeyFigure(label, m.INCOMPARABLE if rate is None else rate, formula, "percent")]

    def _gap(self) -> list[KeyFigure]:
        """What the counted income and expenditure differ by: nothing, or a figure whose owners the page names."""
        income, spent = self.form.income_field, self.form.expenditure_field
        if not (income and spent and self._is_shown(income) and self._is_shown(spent)):
            return []
        left, right = (figures(self.frame[n]).sum() for n in (income, spent))
        item = self.form.field(income)
        formula = f"ROUND(SUM(«{self.sheet}!{income}»)-SUM(«{self.sheet}!{spent}»),{item.decimals})"
        return [KeyFigure(f"收支差额（{item.unit}）", half_up(left - right, item.decimals), formula, "amount")]

    def _is_shown(self, name: str) -> bool:
        return self.form.field(name).summary

    def spread(self) -> list[KeyFigure]:
        """Mean, median, highest and lowest score."""
        area = f"«{self.sheet}!{self.form.score_field}»"
        found = []
        for words, function, value in (
            ("平均分", "AVERAGE", self.score.mean()),
            ("中位数", "MEDIAN", self.score.median()),
            ("最高分", "MAX", self.score.max()),
            ("最低分", "MIN", self.score.min()),
        ):
            shown: CellContent = half_up(value, 2) if len(self.score) else ""
            found.append(KeyFigure(words, shown, f'IF(COUNT({area})=0,"",ROUND({function}({area}),2))', "score"))
        return found

    def grades(self) -> list[KeyFigure]:
        """How many departments each grade has."""
        area = f"«{self.sheet}!{self.form.grade_field}»"
        grades = self.frame[self.form.grade_field]
        return [
            KeyFigure(b.grade, int((grades == b.grade).sum()), f'COUNTIF({area},"{b.grade}")') for b in self.form.bands
        ]
