"""BT008: the scores of the whole batch look inflated."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import mean

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.report import Checked
from xltools.rules.batch.context import BatchContext, Placed

CARD = Card(
    code="BT008",
    level="notice",
    name=Pair("整批得分偏高", "Scores of the whole batch look inflated"),
    what=Pair(
        "整批部门是否都是最高等级，或平均分是否在 99 分以上。",
        "Whether all departments have the best grade, or their mean score is 99 or more.",
    ),
    why=Pair("得分没有差别，自评就失去意义。", "Scores that do not differ mean nothing."),
    basis=Pair("绩效自评工作的常见问题", "Common problems of self-evaluation."),
    says=Pair("{count} 个部门{what}", "{count} departments: {what}"),
    fix=Pair("请抽查扣分项和佐证材料。", "Look into some of them."),
    example=Pair("全部 80 个部门都是“优”。", "All 80 departments are “优”."),
)
_BEST = Pair("全部为“{grade}”", "all graded “{grade}”")
_MEAN = Pair("平均 {mean} 分", "mean score {mean}")
FEWEST, HIGH, GOOD = 5, 99, 90
"""Workbooks that make a batch, a mean that is too high, one that is where all have the same grade."""


def find(ctx: BatchContext) -> Iterator[Placed]:
    """Yield one finding per form whose departments hardly differ at the top."""
    by_form: dict[str, list[Checked]] = {}
    for checked in ctx.read:
        if checked.score is not None and not checked.superseded:
            by_form.setdefault(checked.form, []).append(checked)
    for scored in by_form.values():
        level = mean(s.score for s in scored if s.score is not None)
        one_grade = len({s.grade for s in scored}) == 1
        if len(scored) < FEWEST or not (level >= HIGH or (one_grade and level >= GOOD)):
            continue
        what = _BEST.format(grade=scored[0].grade) if one_grade else _MEAN.format(mean=f"{level:.2f}")
        yield None, Finding(code=CARD.code, level=CARD.level, values={"count": len(scored), "what": what})
