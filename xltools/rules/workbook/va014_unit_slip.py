"""VA014: an amount in yuan where ten thousands of yuan are asked (suspected)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xltools.bilingual import Pair, joined, same
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.texts import cell_runs
from xltools.findings.values import Figure
from xltools.form.address import Ref
from xltools.form.layout import Key
from xltools.rules.context import RuleContext
from xltools.rules.workbook.units import suspects

CARD = Card(
    code="VA014",
    level="confirm",
    name=Pair("疑似单位填错（元、千元、亿元）", "Probably in another unit"),
    what=Pair(
        "金额是否按元、千元或亿元填列：改成万元后审核公式成立，远远超过支出等限度，比各项总计的一般水平大一千倍以上，或人均高（低）得不可能。",
        "Whether an amount is in yuan, thousands or hundreds of millions: in ten thousands a rule holds; it is far beyond the expenditure, or a thousand times the other totals; or the amount a head is impossible.",
    ),
    why=Pair(
        "表格以万元为单位，单位填错会使合计和汇总数放大或缩小成千上万倍。",
        "The form is in ten thousands of yuan; another unit makes totals thousands of times too large or too small.",
    ),
    basis=Pair("表格单位：万元", "The form's unit: ten thousand yuan."),
    says=Pair(
        "{label}填的是 {there}，疑似按{unit}填列，折合 {shrunk}（{why}{more}）",
        "{label} is {there}, probably in {unit}: {shrunk} ({why}{more})",
    ),
    fix=Pair("请核对单位；确实无误的，写明原因。", "Check the unit; say why where it is right."),
    fix_coordinator=Pair(
        "请部门核对单位；确认无误的，可以豁免并写明理由。",
        "Let the department check; waive it with a reason if right.",
    ),
    example=Pair("项目支出 280.03 万元，填成 2800300。", "Project expenditure of 280.03 is entered as 2800300."),
    may_lead="confirm",
    of_a_block=True,
)
_MORE = Pair("；这样填的共 {count} 项：{cells}", "; {count} such figures: {cells}")


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per amount, or per block of amounts, that stands in another unit."""
    if "万元" not in ctx.submission.form.unit:
        return
    for suspect in suspects(ctx):
        first, *others = suspect.names
        item, value = ctx.submission.form.field(first), float(ctx.sums.values[first] or 0)
        meant = value / suspect.slip.factor
        places = [ctx.submission.readings[Key(n)].ref for n in suspect.names]
        cells = joined((same(text) for text in _cells(places)), "；", "; ")
        yield ctx.say(
            CARD,
            ctx.submission.readings[Key(first)].ref,
            ctx.label(Key(first)),
            {
                "there": Figure(value, item.decimals, item.unit),
                "unit": suspect.slip.unit,
                "shrunk": Figure(meant, item.decimals, item.unit),
                "why": suspect.why,
                "more": _MORE.format(count=len(suspect.names), cells=cells) if others else "",
            },
            stated=value,
            expected=round(meant, item.decimals),
            related=tuple(ctx.related(Key(n)) for n in others),
        )


def _cells(places: Sequence[Ref]) -> Iterator[str]:
    """Yield the cells of a block, those of each sheet in runs; the sheet is said where there are several."""
    sheets: dict[str, list[str]] = {}
    for ref in sorted(places, key=lambda r: (r.column, r.row)):
        sheets.setdefault(ref.sheet, []).append(ref.a1)
    for sheet, cells in sheets.items():
        runs = cell_runs(cells)  # all of them are marked
        yield runs if len(sheets) == 1 else f"{sheet} {runs}"
