"""ST023: the name of a fixed row, or a unit, was changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xltools.bilingual import EMPTY, Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding, Related
from xltools.findings.texts import cell_runs
from xltools.findings.values import Typed
from xltools.rules.context import RuleContext
from xltools.rules.workbook.locked import Altered, altered

CARD = Card(
    code="ST023",
    level="confirm",
    name=Pair("固定的指标名称或计量单位被改动", "A fixed indicator name or a unit was changed"),
    what=Pair(
        "表格固定的指标名称、分组和计量单位是否与下发的一致。",
        "Whether the names of fixed rows, their groups and the units are those that were sent out.",
    ),
    why=Pair(
        "名称或单位变了，填的数就可能不是表格要的数。",
        "Under another name or unit the figure may not be what the form asks for.",
    ),
    basis=Pair(
        "填表说明：只填浅黄色单元格；表格内容以本级财政部门下发的为准",
        "The form's instructions: fill in the pale yellow cells only; the form is what the finance department sent out.",
    ),
    says=Pair(
        "{label}是下发时固定的内容：原为 {right}，现为 {there}{more}",
        "{label}: {there}, sent out as {right}{more}",
    ),
    fix=Pair("请恢复为下发时的内容；确需改动的，请说明原因。", "Restore it, or say why."),
    example=Pair("单位“万元”被改成“元”。", "The unit 万元 was changed to 元."),
    mended_by_return="restored",
)


_MORE = Pair("（同样改动的共 {count} 处：{cells}）", " ({count} cells so changed: {cells})")
_MANY = 6
"""From so many cells of a sheet on that were changed in one way, they are one deed and one finding."""


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per such cell, one for a whole column of units that were replaced alike."""
    alike: dict[tuple[str, str, str], list[Altered]] = {}
    for cell in altered(ctx, "names"):
        alike.setdefault((cell.ref.sheet, str(cell.there), str(cell.right)), []).append(cell)
    for cells in alike.values():
        if len(cells) >= _MANY:
            yield _said(ctx, cells[0], cells)
        else:
            yield from (_said(ctx, cell) for cell in cells)


def _said(ctx: RuleContext, cell: Altered, alike: Sequence[Altered] = ()) -> Finding:
    places = [(c.ref.column, c.ref.row, c.ref.a1) for c in alike]
    more = _MORE.format(count=len(alike), cells=cell_runs([a1 for _, _, a1 in sorted(places)])) if alike else EMPTY
    return ctx.say(
        CARD,
        cell.ref,
        cell.label,
        {"there": Typed(cell.there), "right": Typed(cell.right), "more": more},
        stated=cell.there,
        expected=cell.right,
        related=tuple(Related(c.ref.sheet, c.ref.a1, c.label) for c in alike if c is not cell),
    )
