"""Puts the consolidated workbook together: the sheets in order, the proof, and whether it may be called complete."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from xltools import __version__
from xltools.summary.batch import Batch
from xltools.summary.control import Check, batch_checks, control_grid, form_checks
from xltools.summary.lists import Lists
from xltools.summary.overview import FirstPage
from xltools.summary.previous import Previous
from xltools.summary.tables import FormTables
from xltools.writing.consolidated.names import Names, suffixes
from xltools.writing.consolidated.plan import Cover, Overview, Plan


@dataclass(slots=True)
class ConsolidatedBook:
    """A consolidated workbook ready to be written; `problems` keep it from being complete."""

    plan: Plan
    checks: list[Check]
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Imprint:
    """What the cover says besides the forms."""

    bureau: str = ""
    day: str = ""
    part: str = ""


def make_book(batch: Batch, imprint: Imprint, previous: Previous | None = None) -> ConsolidatedBook:
    """Return the workbook of a batch, its totals proved."""
    found = len(batch.entries)
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
    checks += batch_checks(batch, found, sources, left_out)
    problems = [*batch.problems, *_differences(checks)]
    verdict = _verdict(batch, checks, problems)
    plan = Plan(f"{_title(batch)}汇总", "、".join(batch.forms), _cover(batch, imprint))
    pages = [FirstPage(batch, tables.form, tables) for tables in sets]
    several = len(sets) > 1
    plan.sheets += [page.overview(not problems, problems, verdict, several) for page in pages] or [
        _bare(batch, problems, verdict)
    ]
    for made in grids:
        plan.sheets += made
    plan.sheets += [lists.findings(), left_out, lists.missing(), lists.duplicates(), lists.settled()]
    plan.sheets += [control_grid(shared("核对"), checks), sources, *(tables.places() for tables in sets)]
    plan.sheets += [page.chart_data() for page in pages]
    return ConsolidatedBook(plan, checks, problems)


def _differences(checks: Sequence[Check]) -> list[str]:
    return [
        f"{c.sheet}“{c.what}”两次合计不一致：公式 {c.value:,.2f}，独立计算 {c.independent:,.2f}，相差 {c.difference:,.2f}"
        for c in checks
        if c.difference != 0
    ]


def _verdict(batch: Batch, checks: Sequence[Check], problems: Sequence[str]) -> str:
    if problems:
        return f"× 未完成：有 {len(problems)} 个问题没有解决，以下数字不能作为正式汇总使用"
    counted, out = sum(e.counted for e in batch.entries), len(batch.left_out)
    if not counted:
        return f"● 没有报送件计入合计：收到 {len(batch.entries)} 件，都未计入（原因见“未计入”）"
    within = sum(e.counted and not e.in_total for e in batch.entries)
    words = f"√ 汇总完整：收到 {len(batch.entries)} 件，计入 {counted} 件"
    words += f"（其中 {within} 件为下属单位，已含在主管部门数内）" if within else ""
    words += f"，未计入 {out} 件（原因见“未计入”）" if out else ""
    return f"{words}；{len(checks)} 项合计核对一致（见“核对”）"


def _title(batch: Batch) -> str:
    titles = list(dict.fromkeys(form.title for form in batch.forms.values()))
    return titles[0] if len(titles) == 1 else "绩效自评"


def _cover(batch: Batch, imprint: Imprint) -> Cover:
    forms = list(batch.forms.values())
    years = sorted({f.year for f in forms})
    lines = [f"表格：{f.title}（{f.id}，版本 {f.version}）" for f in forms]
    scope = "含审核未通过的报送件，已逐行标明" if batch.include_failed else "只含审核通过（含已书面说明）的报送件"
    lines += [f"合计口径：{scope}", f"xltools {__version__}"]
    return Cover(
        f"{_title(batch)}汇总" + (f"（{imprint.part}）" if imprint.part else ""),
        "、".join(f"{y}" for y in years) + " 年度" if years else "",
        imprint.bureau or "编制单位：________________",
        imprint.day or "日期：______年____月____日",
        lines,
    )


def _bare(batch: Batch, problems: Sequence[str], verdict: str) -> Overview:
    """The first page of a run in which nothing could be read."""
    lines = [f"收到 {len(batch.entries)} 个文件，没有一个读得出内容；原因见“未计入”和“问题清单”。"]
    return Overview("总览", "绩效自评汇总　总览", lines, not problems, verdict, list(problems), [], [])
