"""BT009: a self-evaluation that may be lenient."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.rules.batch.context import BatchContext, Placed, about

CARD = Card(
    code="BT009",
    level="notice",
    name=Pair("自评可能偏宽", "The self-evaluation may be lenient"),
    what=Pair(
        "有没有写出存在的问题；有未完成的指标，判定的指标是否仍全部满分。",
        "Whether problems are told at all, and whether every judged score is full although an indicator missed its target.",
    ),
    why=Pair(
        "没有问题、没有扣分的自评，与未完成的指标对不上。",
        "A self-evaluation without problems and deductions does not fit unmet indicators.",
    ),
    basis=Pair("绩效自评工作的常见问题", "Common problems of self-evaluation."),
    says=Pair("{what}", "{what}"),
    fix=Pair("请补充存在的问题，或核实判定的得分。", "Tell the problems met, or check the judged scores."),
    fix_coordinator=Pair(
        "请部门补充存在的问题，或核实判定的得分。", "Ask for the problems met, or check the judged scores."
    ),
    example=Pair("“存在的主要问题”只写了“无”。", "The problems met read “无”."),
)
_NOTHING = Pair("{label}没有写出具体内容", "{label} says nothing")
_FULL = Pair("{row}没有达到目标，判定的指标仍全部满分", "{row} missed its target, yet every judged score is full")


def find(ctx: BatchContext) -> Iterator[Placed]:
    """Yield findings at every workbook without problems, or with full scores although a target was missed."""
    for checked in ctx.read:
        if checked.traits is None:
            continue
        said = [_NOTHING.format(label=label) for label in checked.traits.no_problem]
        row = checked.traits.full_but_unmet
        for what in [*said, _FULL.format(row=row)] if row.zh else said:
            yield checked, about(checked, CARD, {"what": what})
