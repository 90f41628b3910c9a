"""BT007: most figures are those of another department."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import EMPTY, Pair
from xltools.findings.card import Card
from xltools.findings.report import Checked
from xltools.findings.values import FileName
from xltools.rules.batch.context import BatchContext, Placed, about
from xltools.rules.batch.likeness import SHARE, alike

CARD = Card(
    code="BT007",
    level="confirm",
    name=Pair("数字与别的部门大量相同", "Figures copied from another department"),
    what=Pair(
        "不为零的金额和数量有没有大部分与另一部门完全相同。",
        "Whether most of the amounts and counts other than 0 are those of another department.",
    ),
    why=Pair(
        "两个部门的数字不会大量相同，多半是在别人的表格上改的，没有改完。",
        "Two departments do not share most figures; mostly another one's workbook was edited and not finished.",
    ),
    basis=Pair("整批对照", "The batch compared with itself."),
    says=Pair(
        "{count} 项数字与 {others} 完全相同（占 {share}%）{who}",
        "{count} figures are those of {others} ({share} %){who}",
    ),
    fix=Pair("请核对数字是否为本部门的；确属同一套账的，请说明。", "Make sure the figures are this department's own."),
    example=Pair("30 项金额中有 28 项与另一部门一样。", "28 of 30 amounts are another department's."),
)
_UNDECIDED = Pair("，尚不能判断哪一份是照抄的", "; which one is the copy is not decided")
_CROWD = 50
"""A figure that more workbooks share says nothing of copying."""


def find(ctx: BatchContext) -> Iterator[Placed]:
    """Yield a finding at the one of two workbooks that is a copy of the other, at both where the roster cannot tell (an
    index keeps this far from every pair)."""
    read = ctx.read
    holders: dict[int, list[int]] = {}
    for index, checked in enumerate(read):
        for mark in () if checked.traits is None else checked.traits.fingerprint:
            holders.setdefault(mark, []).append(index)
    shared: dict[tuple[int, int], int] = {}
    for owners in holders.values():
        if 1 < len(owners) <= _CROWD:
            for place, one in enumerate(owners):
                for other in owners[place + 1 :]:
                    shared[one, other] = shared.get((one, other), 0) + 1
    for (one, other), count in sorted(shared.items()):
        if not _same_owner(read[one], read[other]) and (share := alike(read[one], read[other])) >= SHARE:
            pair = (read[one], read[other])
            strange = [checked for checked in pair if _is_anothers(ctx, checked)]
            who = EMPTY if len(strange) == 1 else _UNDECIDED
            for checked, twin in (pair, pair[::-1]):
                if len(strange) != 1 or checked is strange[0]:
                    name = twin.department or FileName(twin.file)
                    values = {"count": count, "others": name, "share": f"{share * 100:.0f}", "who": who}
                    yield checked, about(checked, CARD, values)


def _is_anothers(ctx: BatchContext, checked: Checked) -> bool:
    """True when a workbook's budget is not what the bureau approved for its department."""
    known = ctx.budget(checked)
    return known is not None and known[0].differs_from(known[1])


def _same_owner(one: Checked, other: Checked) -> bool:
    return one.form != other.form or one.owner == other.owner or one.department == other.department
