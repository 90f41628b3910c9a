"""ST005: a computed value that the file shows is not what its formula gives."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.form.address import Ref
from xltools.review.cards import Card
from xltools.review.examined import Examined
from xltools.review.findings import Finding, Related
from xltools.review.formulas import agrees, is_error_value, verdict
from xltools.review.words import figure

CARD = Card(
    code="ST005",
    level="notice",
    name="计算结果不是最新的",
    name_en="A computed value is out of date",
    what="文件里保存的计算结果与按现有填报数重算的结果是否一致。",
    why="关闭了自动计算，或改数后没有重算，看到的得分就不是真的。",
    basis="DESIGN 3：以重算结果为准",
    fix="审核以重算结果为准；请用 Excel 或 WPS 打开，按 F9 重算后保存。",
    fix_en="The recalculated value counts; open it, press F9, save.",
    example="“自评总分”显示 95.00，按现有得分应为 96.20。",
    says="{label}显示 {there}，按现有填报数应为 {right}（共 {count} 个单元格）",
    says_en="{label} shows {there}, the figures give {right} ({count} cells in all)",
)


def _is_stale(it: Examined, ref: Ref) -> bool:
    found = it.submission.computed[ref]
    if found.formula is None or found.cached is None or found.cached == "" or is_error_value(found.cached):
        return False
    same = verdict(it.submission.layout.formulas[ref], found) == "same"
    return same and not agrees(found.cached, it.live.get(ref))


def _never_recalculated(it: Examined) -> bool:
    """True when the workbook still shows the blank template's results, which is ST004's to say."""
    live, blank = it.live, it.blank
    formulas = [(ref, c.cached) for ref, c in it.submission.computed.items() if c.formula is not None]
    if not all(agrees(cached, blank.get(ref)) for ref, cached in formulas if cached not in (None, "")):
        return False
    return any(live.get(ref) not in (None, "") and not agrees(live.get(ref), blank.get(ref)) for ref, _ in formulas)


def find(it: Examined) -> Iterator[Finding]:
    """Yield at most one finding, at the first computed cell whose shown value is out of date."""
    sub = it.submission
    if it.altered:  # what lies behind an overwritten formula shows that constant's consequences
        return
    structure = sub.structure
    if structure.missing or structure.unbound or any(r.problem == "error_value" for r in it.odd):
        return  # what the workbook shows then is not what the template would
    live, results = it.live, sub.layout.computed
    stale = [
        (ref, found) for ref, found in sub.computed.items() if found.cached != live.get(ref) and _is_stale(it, ref)
    ]
    if not stale or _never_recalculated(it):
        return
    stale.sort(key=lambda s: s[0] not in results)
    ref, found = stale[0]
    slot = sub.layout.by_cell[ref]
    label = it.label(slot.key) if slot.key is not None else it.cell_label(ref)
    decimals = slot.item.decimals if slot.item is not None else 2
    yield it.say(
        CARD,
        found.ref,
        label,
        stated=found.cached,
        expected=it.live.get(ref),
        count=len(stale),
        there=figure(found.cached, decimals),
        right=figure(it.live.get(ref), decimals),
        related=tuple(Related(c.ref.sheet, c.ref.a1) for _, c in stale[1:20]),
    )
