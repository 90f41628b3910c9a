"""The form's rules as sums over its figures: which hold, and which would hold if a figure were another one."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from xltools.form import checks
from xltools.form import model as m
from xltools.form.address import Ref
from xltools.form.formulas import bare_name, rate_arguments, sum_arguments
from xltools.form.layout import CheckColumn, Key, Layout
from xltools.intake.submission import Submission
from xltools.recalc.engine import EngineValue

Changes = Mapping[str, float | None]
_BROKEN = frozenset(m.FAILED_STATE.values()) | {m.EXPLAINED}


@dataclass(frozen=True, slots=True)
class Equation:
    """A scalar rule whose two sides are plain enough to calculate with: a figure against a sum of figures, another
    figure, a rate of two, or a fixed number."""

    code: str
    kind: Literal["sum", "same", "rate", "fixed"]
    left: str
    op: str
    parts: tuple[str, ...]
    decimals: int
    base_decimals: int = 2
    fixed: float = 0.0

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields it reads."""
        return (self.left, *self.parts)

    def sides(self, values: Changes) -> tuple[float, float]:
        """Return both figures, as 校验 shows them."""
        left = rounded(values.get(self.left) or 0.0, self.decimals)
        if self.kind == "rate":
            part, base = (values.get(n) or 0.0 for n in self.parts)
            return left, (part / base * 100 if base else math.inf)
        right = self.fixed if self.kind == "fixed" else math.fsum(values.get(n) or 0.0 for n in self.parts)
        return left, rounded(right, self.decimals)

    def allowed(self, values: Changes) -> float:
        """Return by how much the sides of an equality of amounts may differ: a sum's figures are rounded each."""
        given = sum(values.get(n) is not None for n in self.parts)
        return (given + 1) * 0.5 * 10.0**-self.decimals if self.kind == "sum" else 0.0

    @property
    def linear(self) -> bool:
        """True for an equality of amounts: a total and its lines, or two figures."""
        return self.op == "=" and self.kind in ("sum", "same")

    def holds(self, values: Changes) -> bool:
        """True when the rule holds, by the tolerance of form.checks."""
        left, right = self.sides(values)
        half = 0.5 * 10.0**-self.decimals
        if self.kind == "rate" and self.op == "=":
            base = abs(values.get(self.parts[1]) or 0.0)
            if not base:
                return False
            spread = 100 * 0.5 * 10.0**-self.base_decimals * (1 + abs(right / 100)) / base
            off = abs((values.get(self.left) or 0.0) - right)
            return rounded(off, checks.RATE_DIGITS) <= rounded(half + spread, checks.RATE_DIGITS)
        gap = rounded(left - right, self.decimals)
        if self.op == "=":
            return abs(gap) <= self.allowed(values) + 1e-9
        verdicts: dict[str, bool] = {"<=": gap <= 0, ">=": gap >= 0, "<": gap < 0, ">": gap > 0, "<>": gap != 0}
        return verdicts[self.op]

    def solved_for(self, name: str, values: Changes) -> float | None:
        """Return the value of `name` that makes an equality hold, all else as it is."""
        if self.op != "=" or self.kind == "fixed":
            return None
        left, right = self.sides(values)
        if name == self.left:
            return right if math.isfinite(right) else None
        if self.kind != "rate":
            return (values.get(name) or 0.0) + left - right
        part, base = (values.get(n) or 0.0 for n in self.parts)
        if name == self.parts[0]:
            return left * base / 100
        return part / left * 100 if left else None


def rounded(value: float, decimals: int) -> float:
    """Round half up, as spreadsheets do."""
    if not math.isfinite(value):
        return value
    scale = 10.0**decimals
    return math.copysign(math.floor(abs(value) * scale + 0.5 + 1e-7) / scale, value)


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _number_in(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


_KNOWN: dict[tuple[str, str], tuple[Equation, ...]] = {}


def equations(form: m.Form) -> tuple[Equation, ...]:
    """Return the form's rules that can be calculated with (found once a form)."""
    key = (form.id, form.digest)
    if key not in _KNOWN:
        _KNOWN[key] = tuple(_equations(form))
    return _KNOWN[key]


def _equations(form: m.Form) -> Iterator[Equation]:
    inputs = {f.name: f for f in form.fields if f.numeric and f.formula is None and f.constant is None}
    for rule in form.rules:
        left = bare_name(rule.left)
        if rule.table is not None or left not in inputs or left is None:
            continue
        decimals = checks.decimals_of(form, rule)
        total, rate, same = sum_arguments(rule.right), rate_arguments(rule.right), bare_name(rule.right)
        if total is not None and set(total) <= inputs.keys():
            yield Equation(rule.code, "sum", left, rule.op, total, decimals)
        elif rate is not None and set(rate) <= inputs.keys():
            yield Equation(rule.code, "rate", left, rule.op, rate, decimals, inputs[rate[1]].decimals)
        elif same in inputs and same is not None:
            yield Equation(rule.code, "same", left, rule.op, (same,), decimals)
        elif rule.right.replace(".", "", 1).isdigit():
            yield Equation(rule.code, "fixed", left, rule.op, (), decimals, fixed=float(rule.right))


@dataclass
class Figures:
    """The numbers of one submission and how its rules stand; `effect` says what another number would change."""

    form: m.Form
    values: dict[str, float | None]
    broken: dict[str, Equation]
    passing: dict[str, Equation]
    sent: Mapping[str, float | None]
    """What the bureau put into cells that are locked for staff (None: not told): never the staff's slip."""

    @classmethod
    def of(cls, submission: Submission, values: Mapping[Ref, EngineValue]) -> Figures:
        """Return the figures of a submission, its rules as the engine's `values` show them."""
        form = submission.form
        numbers: dict[str, float | None] = {}
        for item in form.fields:
            reading = submission.readings.get(Key(item.name))
            numbers[item.name] = None if reading is None else _number(reading.value)
        sent = {f.name: None for f in form.fields if f.locked} | {
            name: _number_in(text) for name, text in submission.prefilled.items() if name in numbers
        }
        return cls.standing(form, submission.layout, numbers, values, sent)

    @classmethod
    def standing(
        cls,
        form: m.Form,
        layout: Layout,
        numbers: dict[str, float | None],
        values: Mapping[Ref, EngineValue],
        sent: Mapping[str, float | None],
    ) -> Figures:
        """Return numbers with the rules that hold and the rules that are broken, where engine and equation agree."""
        broken: dict[str, Equation] = {}
        passing: dict[str, Equation] = {}
        for equation in equations(form):
            state = values.get(layout.check(equation.code, CheckColumn.STATE))
            holds = equation.holds(numbers)
            if state == m.PASSED and holds:
                passing[equation.code] = equation
            elif state in _BROKEN and not holds:
                broken[equation.code] = equation
        return cls(form, numbers, broken, passing, sent)

    def mended(self, changes: Changes, rest: Iterable[str]) -> Figures:
        """Return the figures with these changes, which stand now; `rest` are the rules still to be explained."""
        values = {**self.values, **changes}
        broken = {code: self.broken[code] for code in rest if not self.broken[code].holds(values)}
        judged = {**self.passing, **self.broken}
        passing = {code: e for code, e in judged.items() if e.holds(values)}
        return Figures(self.form, values, broken, passing, {**self.sent, **dict.fromkeys(changes)})

    def within(self, name: str, value: float | None) -> bool:
        """True when a figure may be this number: within the limits of its field."""
        item = self.form.field(name)
        return value is None or not (
            (item.minimum is not None and value < item.minimum) or (item.maximum is not None and value > item.maximum)
        )

    def effect(self, changes: Changes) -> frozenset[str]:
        """Return the codes that would hold with these changes; none when a rule that holds would break, or when a
        figure would leave its limits."""
        if not all(self.within(name, value) for name, value in changes.items()):
            return frozenset()
        tried = {**self.values, **changes}
        touched = changes.keys()
        for equation in self.passing.values():
            if not touched.isdisjoint(equation.fields) and not equation.holds(tried):
                return frozenset()
        return frozenset(
            code
            for code, equation in self.broken.items()
            if not touched.isdisjoint(equation.fields) and equation.holds(tried)
        )

    def amounts(self, names: Iterable[str]) -> dict[str, float]:
        """Return those of `names` that hold an amount other than 0."""
        found = {}
        for name in names:
            value = self.values.get(name)
            if value and self.form.field(name).type == "amount":
                found[name] = value
        return found
