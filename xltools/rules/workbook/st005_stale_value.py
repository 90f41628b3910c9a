"""ST005: a computed value that the file shows is not what its formula gives."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding, Related
from xltools.findings.values import Figure
from xltools.form.address import Ref
from xltools.rules.context import RuleContext
from xltools.rules.workbook.altered import agrees, alteration, is_error_value
from xltools.rules.workbook.locked import altered

CARD = Card(
    code="ST005",
    level="notice",
    name=Pair("计算结果不是最新的", "A computed value is out of date"),
    what=Pair(
        "文件里保存的计算结果与按现有填报数重算的结果是否一致。",
        "Whether the results stored in the file are those of the present inputs.",
    ),
    why=Pair(
        "关闭了自动计算，或改数后没有重算，看到的得分就不是真的。",
        "With automatic calculation off, or after a change without recalculation, the score shown is not the real one.",
    ),
    basis=Pair("以按填报数重算的结果为准（docs/limits.md）", "The recalculated value counts (docs/limits.md)."),
    says=Pair(
        "{label}显示 {there}，按现有填报数应为 {right}（共 {count} 个单元格）",
        "{label} shows {there}, the figures give {right} ({count} cells in all)",
    ),
    fix=Pair(
        "审核以重算结果为准；请用 Excel 或 WPS 打开，按 F9 重算后保存。",
        "The recalculated value counts; open it, press F9, save.",
    ),
    example=Pair(
        "“自评总分”显示 95.00，按现有得分应为 96.20。", "The total score shows 95.00; the present scores give 96.20."
    ),
)


def _is_stale(ctx: RuleContext, ref: Ref) -> bool:
    found = ctx.submission.computed[ref]
    if found.formula is None or found.cached is None or found.cached == "" or is_error_value(found.cached):
        return False
    same = alteration(ctx.submission.layout.formulas[ref], found) == "same"
    return same and not agrees(found.cached, ctx.live.get(ref))


def _never_recalculated(ctx: RuleContext) -> bool:
    """True when the workbook still shows the blank template's results, which is ST004's to say."""
    live, blank = ctx.live, ctx.blank
    formulas = [(ref, c.cached) for ref, c in ctx.submission.computed.items() if c.formula is not None]
    if not all(agrees(cached, blank.get(ref)) for ref, cached in formulas if cached not in (None, "")):
        return False
    return any(live.get(ref) not in (None, "") and not agrees(live.get(ref), blank.get(ref)) for ref, _ in formulas)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield at most one finding, at the first computed cell whose shown value is out of date."""
    sub = ctx.submission
    if ctx.altered:  # what lies behind an overwritten formula shows that constant's consequences
        return
    if any(altered(ctx, "counts")):  # a changed constant moves what the formulas show, and is told at its cell
        return
    structure = sub.structure
    if structure.missing or structure.unbound or any(r.problem == "error_value" for r in ctx.odd):
        return  # what the workbook shows then is not what the template would
    live, results = ctx.live, sub.layout.computed
    stale = [
        (ref, found) for ref, found in sub.computed.items() if found.cached != live.get(ref) and _is_stale(ctx, ref)
    ]
    if not stale or _never_recalculated(ctx):
        return
    stale.sort(key=lambda s: s[0] not in results)
    ref, found = stale[0]
    slot = sub.layout.by_cell[ref]
    label = ctx.label(slot.key) if slot.key is not None else ctx.cell_label(ref)
    decimals = slot.item.decimals if slot.item is not None else 2
    yield ctx.say(
        CARD,
        found.ref,
        label,
        {"count": len(stale), "there": Figure(found.cached, decimals), "right": Figure(ctx.live.get(ref), decimals)},
        stated=found.cached,
        expected=ctx.live.get(ref),
        related=tuple(Related(c.ref.sheet, c.ref.a1) for _, c in stale[1:20]),
    )
