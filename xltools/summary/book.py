"""Puts the consolidated workbook together: the sheets in order, the proof, and whether it may be called complete."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from xltools import __version__
from xltools.summary.batch import Batch
from xltools.summary.brief import Brief, BriefWriter
from xltools.summary.completeness import Completeness, completeness_of
from xltools.summary.control import Check, batch_checks, control_grid, form_checks
from xltools.summary.lists import Lists
from xltools.summary.low_rates import low_rates
from xltools.summary.offices import OfficeTable
from xltools.summary.overview import FirstPage
from xltools.summary.previous import Previous
from xltools.summary.problem_types import problem_types
from xltools.summary.ranking import ranking
from xltools.summary.tables import FormTables
from xltools.writing.consolidated.names import Names, suffixes
from xltools.writing.consolidated.plan import Cover, Grid, Overview, Page, Plan, TotalRow

NO_BUREAU, NO_DAY = "编制单位：________________", "日期：______年____月____日"


@dataclass(slots=True)
class ConsolidatedBook:
    """A consolidated workbook ready to be written; `problems` keep it from being used, `verdict` says what it is."""

    plan: Plan
    checks: list[Check]
    verdict: Completeness
    problems: list[str] = field(default_factory=list)
    briefs: list[Brief] = field(default_factory=list)

    def leaders(self) -> Plan:
        """Return the leader's version: the sheets meant for reading and printing, figures without their formulas."""
        sheets: list[Page] = [_still(s) for s in self.plan.sheets if not isinstance(s, Grid) or _is_leaders(s)]
        return Plan(self.plan.title, self.plan.subject, self.plan.cover, sheets)


def _is_leaders(grid: Grid) -> bool:
    return grid.reader == "leader" or grid.hidden  # what charts are drawn from goes with them


def _still(page: Page) -> Page:
    """Return a page whose figures stand by themselves."""
    if isinstance(page, Grid):
        columns = [replace(c, formulas=None) for c in page.columns]
        totals = [
            TotalRow(row.label, {k: replace(t, formula=None) for k, t in row.cells.items()}) for row in page.totals
        ]
        return replace(page, columns=columns, totals=totals)
    if isinstance(page, Overview):
        return replace(page, strips=[(t, [replace(f, formula=None) for f in own]) for t, own in page.strips])
    return page


@dataclass(frozen=True, slots=True)
class Imprint:
    """What the cover says besides the forms."""

    bureau: str = ""
    day: str = ""
    part: str = ""


def make_book(batch: Batch, imprint: Imprint, previous: Previous | None = None) -> ConsolidatedBook:
    """Return the workbook of a batch, its totals proved: the leader's sheets first, then the work, then the proof."""
    shared = Names()
    lists = Lists(batch, shared)
    sources, left_out = lists.sources(), lists.left_out()
    ends = suffixes({name: name for name in batch.forms})
    sets = [FormTables(batch, form, Names(ends[name]), previous) for name, form in batch.forms.items()]
    grids = [tables.sheets() for tables in sets]
    checks: list[Check] = []
    for tables, made in zip(sets, grids, strict=True):
        named = {base: g for base, name in tables.names.given.items() for g in made if g.name == name}
        checks += form_checks(batch, tables.form, named)
    checks += batch_checks(batch, len(batch.entries), sources, left_out)
    problems = [*batch.problems, *_differences(checks)]
    verdict = completeness_of(batch, problems, len(checks))
    plan = Plan(f"{_title(batch)}汇总", "、".join(batch.forms), _cover(batch, imprint))
    pages = [FirstPage(batch, tables.form, tables) for tables in sets]
    briefs = [BriefWriter(batch, page, previous).brief(imprint.bureau, imprint.day) for page in pages]
    for page, brief in zip(pages, briefs, strict=True):
        plan.sheets += [page.overview(verdict, problems, len(sets) > 1), brief.letter(page.tables.names("情况说明"))]
    plan.sheets += [] if pages else [_bare(batch, verdict, problems)]
    for tables in sets:
        own = (ranking(tables, previous), OfficeTable(tables).grid(), low_rates(tables))
        plan.sheets += [g for g in own if g is not None]
    plan.sheets += [problem_types(batch, shared), lists.missing()]
    for made in grids:
        plan.sheets += made
    plan.sheets += [lists.findings(), left_out, lists.duplicates(), lists.settled()]
    plan.sheets += [control_grid(shared("核对"), checks), sources, *(tables.places() for tables in sets)]
    plan.sheets += [page.chart_data() for page in pages]
    return ConsolidatedBook(plan, checks, verdict, problems, briefs)


def _differences(checks: Sequence[Check]) -> list[str]:
    return [
        f"{c.sheet}“{c.what}”两次合计不一致：公式 {c.value:,.2f}，独立计算 {c.independent:,.2f}，相差 {c.difference:,.2f}"
        for c in checks
        if c.difference != 0
    ]


def _title(batch: Batch) -> str:
    titles = list(dict.fromkeys(form.title for form in batch.forms.values()))
    return titles[0] if len(titles) == 1 else "绩效自评"


def _cover(batch: Batch, imprint: Imprint) -> Cover:
    forms = list(batch.forms.values())
    years = sorted({f.year for f in forms})
    lines = [f"表格：{f.title}（{f.version} 版）" for f in forms]
    scope = "含审核未通过的报送件，已逐行标明" if batch.include_failed else "只含审核通过（含已书面说明）的报送件"
    lines.append(f"合计口径：{scope}")
    lines += [f"规则调整：{one.words.zh}" for one in batch.adjusted]
    return Cover(
        f"{_title(batch)}汇总" + (f"（{imprint.part}）" if imprint.part else ""),
        "、".join(f"{y}" for y in years) + " 年度" if years else "",
        imprint.bureau or NO_BUREAU,
        imprint.day or NO_DAY,
        lines,
        f"xltools {__version__}",
    )


def _bare(batch: Batch, verdict: Completeness, problems: Sequence[str]) -> Overview:
    """The first page of a run in which nothing could be read."""
    lines = [f"收到 {len(batch.entries)} 个文件，没有一个读得出内容；原因见“未计入”和“问题清单”。"]
    words = (verdict.kind, verdict.words, verdict.more, list(problems))
    return Overview("总览", "绩效自评汇总　总览", lines, *words, [], [])
