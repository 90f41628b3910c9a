"""Figures that every department states under the same name (收入总计, 三公经费, 机关运行经费): told again, they must agree."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from xltools.intake.narrative.facts.figures import Figure, Passage

_MONEY = r"(?:一般公共预算|政府性基金(?:预算)?|国有资本经营(?:预算)?)?(?:财政拨款)?(?:安排的?|开支的?)?"
_OWNER = re.compile(rf"^(?:[^，]{{0,40}}?(?:19|20)\d{{2}}年度?)?{_MONEY}")
_NAMES = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("收入总计", r"(?:决算)?(?:总收入|收入(?:决算)?总[计额]|收支(?:决算)?总[计额]|收入支出(?:决算)?总[计额])"),
        ("支出总计", r"(?:决算)?(?:总支出|支出(?:决算)?总[计额]|收支(?:决算)?总[计额]|收入支出(?:决算)?总[计额])"),
        ("本年收入合计", r"(?:本年)?收入合计"),
        ("本年支出合计", r"(?:本年)?支出合计"),
        ("机关运行经费", r"机关运行经费(?:财政拨款)?(?:支出)?"),
        ("政府采购支出总额", r"政府采购支出(?:总额|合计|总计)"),
        ("三公经费", r"三公经费(?:财政拨款)?(?:支出)?(?:合计|总额|总计)?"),
        ("公务接待费", r"公务接待(?:经费|费用?)(?:支出)?"),
        ("因公出国境费", r"因公出国境?(?:费用?|经费)(?:支出)?"),
        ("公务用车购置及运行维护费", r"公务(?:用)?车购置(?:及|和|与)运行(?:维护)?费用?(?:支出)?"),
        ("公务用车运行维护费", r"公务(?:用)?车运行(?:维护)?费用?(?:支出)?"),
        ("公务用车购置费", r"公务(?:用)?车购置(?:费用?)?(?:支出)?"),
    )
)
BUDGETS = ("initial", "adjusted", "budget")
_OTHERS = re.compile(
    r"原因|所属|下属|下辖|直属|其中包括|科目|上级|预计|计划|拟|力争|若|每|平均|人均|累计|上半年|季度|批次|国内|国境外|外宾|外事|"
    r"项目支出|追加|节约|压减"
)
_FAR = 20
_ACCOUNT = re.compile("[㊤㊥㊦]")


@lru_cache(maxsize=4096)
def names_of(subject: str) -> tuple[str, ...]:
    """Return the known facts a subject names: two for 收支总计."""
    plain = _OWNER.sub("", subject, count=1)
    return tuple(name for name, pattern in _NAMES if pattern.fullmatch(plain) or pattern.fullmatch(subject))


def known_facts(figure: Figure) -> tuple[str, ...]:
    """Return the facts an amount states of the department itself; () where words about it make that unsure."""
    plain = figure.function == "amount" and figure.number.exact and figure.kind and not figure.after.startswith("的")
    if not plain or _OTHERS.search(figure.before) or figure.scope.year == "last":
        return ()
    if _ACCOUNT.search(figure.sentence.text):
        return ()
    return names_of(figure.scope.subject)


class Known:
    """Where each known fact is told, in reading order; looked up backwards, a few tellings far."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._told: dict[str, list[Figure]] = {}
        for passage in passages:
            for figure in passage.figures:
                for name in known_facts(figure):
                    self._told.setdefault(name, []).append(figure)

    def earlier(self, figure: Figure, stages: Sequence[str]) -> Figure | None:
        """Return the nearest telling of the same fact before this one, in one of these stages."""
        for name in known_facts(figure):
            told = self._told[name]
            end = bisect_left(told, _place(figure), key=_place)
            for other in reversed(told[max(0, end - _FAR) : end]):
                if other.scope.stage in stages and other.kind == figure.kind:
                    return other
        return None


def _place(figure: Figure) -> tuple[int, int]:
    return figure.sentence.passage.index, figure.start
