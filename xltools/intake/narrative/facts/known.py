"""Figures that every department states under the same name (收入总计, 三公经费, 机关运行经费): told again, they must agree."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, lru_cache

from xltools.form.words import shared_words
from xltools.intake.narrative.facts.evened import ACCOUNT
from xltools.intake.narrative.facts.figures import Figure, Passage
from xltools.intake.narrative.facts.scopes import money_of, stage_of

_MONEY = r"(?:一般公共预算|政府性基金(?:预算)?|国有资本经营(?:预算)?)?(?:财政拨款)?(?:安排的?|开支的?)?"
_YEARED = re.compile(r"^[^，]{0,40}?(?:19|20)\d{2}年度?")
_OWNER = re.compile(rf"^(?:[^，]{{0,40}}?(?:19|20)\d{{2}}年度?)?{_MONEY}")
BUDGETS = ("initial", "adjusted", "budget")
_OTHERS = re.compile(
    r"原因|所属|下属|下辖|直属|其中包括|科目|上级|预计|计划|拟|力争|若|每|平均|人均|累计|上半年|季度|批次|国内|国境外|外宾|外事|"
    r"项目支出|追加|节约|压减"
)
_COMPARED = re.compile(r"[与同较比][^，；。：]{0,8}?(?:上年|去年|(?:19|20)\d{2}年)度?(?:决算数?)?(?:相比)?")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年")
_LAST = re.compile(r"(?:上年|上一年|去年|往年)(?!度?(?:结转|结余|末结转))")
_FAR, _NEAR = 20, 60


def owner_stripped(subject: str) -> str:
    """Return a subject without the office and year it begins with (某局2023年度三公经费)."""
    return _YEARED.sub("", subject, count=1)


@lru_cache(maxsize=4096)
def names_of(subject: str) -> tuple[str, ...]:
    """Return the known facts a subject names: two for 收支总计."""
    plain = _OWNER.sub("", subject, count=1)
    return tuple(name for name, pattern in _names() if pattern.fullmatch(plain) or pattern.fullmatch(subject))


@cache
def _names() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((fact.name, re.compile(fact.says)) for fact in shared_words().fact)


def known_facts(figure: Figure) -> tuple[str, ...]:
    """Return the facts an amount states of the department itself; () where words about it make that unsure."""
    plain = figure.function == "amount" and figure.number.exact and figure.kind and not figure.after.startswith("的")
    if not plain or _OTHERS.search(figure.before) or figure.scope.year == "last":
        return ()
    if ACCOUNT.search(figure.sentence.text) or not plainly_told(figure):
        return ()
    return names_of(figure.scope.subject)


def plainly_told(figure: Figure) -> bool:
    """False where the sentence spoke of another year, or of a budget without saying that this figure is one."""
    before, years = _told_before(figure), years_told(figure)
    if _LAST.search(before) or len(years) > 1 or (figure.scope.year.isdigit() and years - {figure.scope.year}):
        return False
    return bool(figure.scope.stage) or stage_of(before[-_NEAR:]) not in BUDGETS


def years_told(figure: Figure) -> set[str]:
    """Return the years its sentence names before a figure; what is only compared with does not count."""
    return set(_YEAR.findall(_told_before(figure)))


def _told_before(figure: Figure) -> str:
    return _COMPARED.sub("", figure.sentence.passage.text[figure.sentence.span.start : figure.start])


class Known:
    """Where each known fact is told, in reading order; looked up backwards, a few tellings far."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._told: dict[str, list[Figure]] = {}
        for passage in passages:
            for figure in passage.figures:
                for name in known_facts(figure):
                    self._told.setdefault(name, []).append(figure)

    def only(self, name: str, money: str = "") -> Figure | None:
        """Return the telling of a fact of this year's final accounts, when all tellings of it agree."""
        told = [f for f in self._told.get(name, ()) if f.scope.stage in ("", "final") and scope_money(f) == money]
        return told[0] if told and len({f.amount for f in told}) == 1 else None

    def earlier(self, figure: Figure, stages: Sequence[str]) -> Figure | None:
        """Return the nearest telling of the same fact before this one, in one of these stages."""
        for name in known_facts(figure):
            told = self._told[name]
            end = bisect_left(told, _place(figure), key=_place)
            for other in reversed(told[max(0, end - _FAR) : end]):
                if other.scope.stage in stages and other.kind == figure.kind:
                    return other
        return None


def scope_money(figure: Figure) -> str:
    """Which money a figure is of: by its own words, else by the heading nearest above that names one."""
    own = money_of(figure.before)
    return own or next((m for h in reversed(figure.sentence.passage.headings) if (m := money_of(h))), "")


def _place(figure: Figure) -> tuple[int, int]:
    return figure.sentence.passage.index, figure.start
