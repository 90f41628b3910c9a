"""Makes invented fillings of a form, each of them held against the whole check before it is given out."""

from __future__ import annotations

import copy
import math
import random
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from xltools.bilingual import Pair, joined, same
from xltools.boundary.nearest import nearest
from xltools.boundary.walk import refusal
from xltools.errors import UsageError, XltoolsError
from xltools.form import model as m
from xltools.recalc.workspace import Workspace
from xltools.sampling.amounts import Amounts, broken, within_limits
from xltools.sampling.answering import answered
from xltools.sampling.base import Values, clean_values
from xltools.sampling.breaking import applied, every_way, ways
from xltools.sampling.planted import PLANTERS
from xltools.sampling.rows import vary_rows, vary_scores
from xltools.sampling.standing import Standing, told
from xltools.writing.department.make import workbook

SIZES = 1.5
"""The amounts of a filling are up to e to this power times larger or smaller than those of the clean one."""
ATTEMPTS = 160
"""Fillings that are tried until a rule is given up."""
EACH, LEAST_TRIES = 1, 6
"""Times that every way is tried, and fillings at least, before what came along each time is taken to come along always."""
DRAWS = 200
CLOSE = 0.99
"""By so much at most an amount is smaller than in proportion."""
NOTHING: Mapping[str, Any] = MappingProxyType({})
WHOLE = 16
"""Fillings that look right on 校验 and are held against the whole check before the rule is given up."""

_NO_BASE = Pair("表格 {id} 的样例不能用", "the clean filling of the form {id} cannot be used")
_NO_AMOUNTS = Pair(
    "表格 {id} 按样例找不到前后一致的金额：请核对样例和公式",
    "no consistent amounts were found for the form {id}: look at its clean filling and its formulas",
)
_NOT_FOUND = Pair(
    "没有找到满足全部规则的填报；试过的填报会报：{codes}", "no filling holds every rule; those tried are told {codes}"
)
_NO_RULE = Pair(
    "--break 不认识“{code}”{near}；xltools template {id} --break list 列出可用的编号",
    "--break does not know “{code}”{near}; xltools template {id} --break list shows the codes",
)
_NOT_ALONE = Pair(
    "{codes} 不能单独违反：试了 {tries} 份，总会同时违反 {also}；可写 --break {all}",
    "{codes} cannot be broken alone: of {tries} fillings each breaks {also} too; --break {all} may be given",
)
_NOT_BROKEN = Pair("试了 {tries} 份，没有找到违反 {codes} 的填报", "of {tries} fillings none breaks {codes}")


class CannotBreak(XltoolsError):
    """Rules that no filling was found to break, or not without others; `also` are these."""

    def __init__(self, pair: Pair, also: frozenset[str]) -> None:
        super().__init__(pair)
        self.also = also


class Sample(NamedTuple):
    """One invented filling and its workbook."""

    values: Values
    data: bytes


class Sampler:
    """Invented fillings of one form."""

    def __init__(self, form: m.Form, room: Workspace) -> None:
        clean, faults = clean_values(form)
        if clean is None or faults:
            raise UsageError(refusal(_NO_BASE.format(id=form.id), faults))
        self.form, self.room, self.base = form, room, clean
        self._amounts = Amounts.of(form, clean)
        self._usual: frozenset[str] | None = None

    @property
    def usual(self) -> frozenset[str]:
        """What is said of the clean filling itself: notices at most, and no fault of a filling like it."""
        if self._usual is None:
            self._usual = told(workbook(self.room, self.form, self.base), self.room)
        return self._usual

    def drawn(self, dice: random.Random, sizes: float = SIZES) -> Values:
        """Return one filling that holds every rule between figures, not yet checked."""
        for _ in range(DRAWS):
            size = math.exp(dice.uniform(-sizes, sizes))
            values = self._amounts.varied(copy.deepcopy(self.base), dice, size, CLOSE)
            if within_limits(self.form, values) and not broken(self.form, values):
                break
        else:
            raise UsageError(_NO_AMOUNTS.format(id=self.form.id))
        vary_rows(self.form, values, dice)
        vary_scores(self.form, values, dice)
        return values

    def _made(self, values: Values) -> tuple[Sample, frozenset[str]]:
        """Return a filling's workbook, and what the whole check says of it."""
        sample = Sample(values, workbook(self.room, self.form, values))
        return sample, told(sample.data, self.room) - self.usual

    def clean(self, dice: random.Random, own: Mapping[str, Any] = NOTHING) -> Sample:
        """Return one filling of which the check says nothing; `own` are values that it must have."""
        seen: Counter[str] = Counter()
        for _ in range(WHOLE):
            sample, found = self._made({**self.drawn(dice), **own})
            if not found:
                return sample
            seen.update(found)
        raise CannotBreak(_NOT_FOUND.format(codes=_listed(seen)), frozenset(seen))

    def breaking(self, codes: Collection[str], dice: random.Random, own: Mapping[str, Any] = NOTHING) -> Sample:
        """Return one filling that breaks just these rules; raise CannotBreak where none was found."""
        self.refuse_unknown(codes)
        wanted, tried = frozenset(codes), Counter[frozenset[str]]()
        tries = looked = 0
        always: frozenset[str] | None = None
        for values in self._attempts(wanted, dice):
            tries += 1
            standing = Standing(self.form, self.room, values)
            got = standing.broken - self.usual
            if got > wanted & self._own:
                values = answered(values, standing, got - wanted, dice)
                got = Standing(self.form, self.room, values).broken - self.usual
            if got == wanted & self._own and looked < WHOLE:
                looked += 1
                sample, got = self._made({**values, **own})
                if got == wanted - self.usual:
                    return sample
            tried[got] += 1
            if got >= wanted & self._own:
                always = got - wanted if always is None else always & got
            if always and tries >= self._enough(wanted):
                break
        also = {got - wanted: times for got, times in tried.items() if got >= wanted & self._own and got - wanted}
        named = _listed(sorted(wanted))
        if not also:
            raise CannotBreak(_NOT_BROKEN.format(tries=tries, codes=named), frozenset())
        least = min(also, key=lambda more: (len(more), -also[more]))
        both = ",".join(sorted(wanted | least))
        says = _NOT_ALONE.format(tries=tries, codes=named, also=_listed(sorted(least)), all=both)
        raise CannotBreak(says, least)

    def _enough(self, wanted: frozenset[str]) -> int:
        return max(LEAST_TRIES, EACH * sum(len(ways(self.form, code)) for code in wanted & self._own))

    @property
    def _own(self) -> frozenset[str]:
        return frozenset(rule.code for rule in self.form.rules)

    @property
    def known(self) -> list[str]:
        """The codes that can be asked for: the form's rules that a case shows firing, and the mistakes of any form."""
        return [*(r.code for r in self.form.rules if ways(self.form, r.code)), *PLANTERS]

    def refuse_unknown(self, codes: Collection[str]) -> None:
        """Raise UsageError for a code that cannot be asked for."""
        for code in codes:
            if code not in self.known:
                near = nearest(code, self.known)
                raise UsageError(_NO_RULE.format(code=code, near=near, id=self.form.id))

    def _attempts(self, wanted: frozenset[str], dice: random.Random) -> Iterator[Values]:
        own, planted = sorted(wanted & self._own), sorted(wanted - self._own)
        chosen = every_way(self.form, own, dice)
        for number in range(ATTEMPTS):
            values: Values | None = copy.deepcopy(self.base)
            if own:
                size = 1.0 if number % 2 else math.exp(dice.uniform(-SIZES, SIZES))
                values = applied(self.form, copy.deepcopy(self.base), next(chosen), dice, size)
            for code in planted if values is not None else ():
                values = PLANTERS[code](self.form, values, dice)  # type: ignore[arg-type]
                if values is None:
                    break
            if values is not None:
                yield values


def _listed(codes: Collection[str] | Mapping[str, int]) -> Pair:
    return joined([same(code) for code in codes], "、", ", ")
