"""Likely causes of a broken sum: only those that make the rule hold when applied, at most two, most plausible first."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from xltools.bilingual import EMPTY, Pair, joined
from xltools.findings.texts import figure
from xltools.form import model as m
from xltools.rules.diagnosis.equations import Changes, Equation, Figures, rounded

MOST = 2


@dataclass(frozen=True, slots=True)
class Cause:
    """A change of figures that would make rules hold; `rank` orders kinds of slips by how common they are."""

    rank: int
    changes: Changes
    zh: str
    en: str
    mends: frozenset[str] = frozenset()


class Guesser:
    """Looks for likely causes in one submission's figures."""

    def __init__(self, figures: Figures) -> None:
        self.figures = figures
        self.form = figures.form
        self.values = figures.values

    def hint(self, code: str) -> Pair:
        """Return the likely causes of one broken rule as a text, an empty one when there is none."""
        equation = self.figures.broken.get(code)
        if equation is None:
            return EMPTY
        texts = dict.fromkeys(Pair(cause.zh, cause.en) for cause in self.causes(equation))
        return joined(list(texts)[:MOST], "；", "; ")

    def causes(self, equation: Equation) -> list[Cause]:
        """Return the causes that mend `equation` and break nothing, those that mend most first."""
        found: list[Cause] = []
        for cause in self._guesses(equation):
            mends = self.figures.effect(cause.changes)
            if equation.code in mends:
                found.append(Cause(cause.rank, cause.changes, cause.zh, cause.en, mends))
        found.sort(key=lambda c: (-len(c.mends), c.rank))
        best: dict[frozenset[tuple[str, float | None]], Cause] = {}
        for cause in found:
            best.setdefault(frozenset(cause.changes.items()), cause)
        return list(best.values())

    def _guesses(self, equation: Equation) -> Iterator[Cause]:
        if equation.op == "=" and equation.kind != "fixed":
            for name in equation.fields:
                yield from self._digits(name)
                yield from self._scale(name)
                yield from self._sign(name)
                yield from self._several(name, equation)
            yield from self._lines(equation)
            yield from self._missing(equation)
            yield from self._base(equation)
        if equation.kind in ("sum", "same", "rate"):
            yield from self._neighbours(equation)

    # ------------------------------------------------------------------ one figure
    def _digits(self, name: str) -> Iterator[Cause]:
        """Two neighbouring digits transposed (the difference is then divisible by 9)."""
        value, item = self.values.get(name), self.form.field(name)
        if not value:
            return
        digits = str(abs(round(value * 10**item.decimals)))
        for at in range(len(digits) - 1):
            if digits[at] == digits[at + 1] or (at == 0 and digits[1] == "0"):
                continue
            swapped = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
            other = math.copysign(int(swapped) / 10**item.decimals, value)
            yield Cause(
                0,
                {name: other},
                f"可能是“{item.label}”{self._say(name, value)} 相邻两位数字颠倒，应为 {self._say(name, other)}",
                f"two digits of “{item.label}” {self._say(name, value)} may be transposed: {self._say(name, other)}",
            )

    def _scale(self, name: str) -> Iterator[Cause]:
        value, item = self.values.get(name), self.form.field(name)
        if not value or item.type not in ("amount", "percent", "number", "score"):
            return
        said = self._say(name, value)
        if item.type == "amount":
            other = rounded(value / 10_000, item.decimals)
            if other:  # a figure that vanishes in the form's unit was not in yuan
                yield Cause(
                    0,
                    {name: other},
                    f"可能是“{item.label}”{said} 按元填列，应为 {self._say(name, other)}",
                    f"“{item.label}” {said} may be in yuan: {self._say(name, other)}",
                )
        for factor in (100.0, 0.01, 10.0, 0.1):
            other = rounded(value * factor, item.decimals)
            yield Cause(
                2,
                {name: other},
                f"可能是“{item.label}”{said} 小数点错位，应为 {self._say(name, other)}",
                f"the decimal point of “{item.label}” {said} may be misplaced: {self._say(name, other)}",
            )

    def _sign(self, name: str) -> Iterator[Cause]:
        value, item = self.values.get(name), self.form.field(name)
        if value:
            yield Cause(
                1,
                {name: -value},
                f"可能是“{item.label}”{self._say(name, value)} 的正负号反了",
                f"the sign of “{item.label}” {self._say(name, value)} may be wrong",
            )

    def _several(self, name: str, equation: Equation) -> Iterator[Cause]:
        """One other figure in this place would make several rules hold at once."""
        other = equation.solved_for(name, self.values)
        item = self.form.field(name)
        if other is None or self.values.get(name) is None or (equation.kind == "rate" and name != equation.left):
            return  # what a rate gives for its parts is only a neighbourhood
        other = rounded(other, item.decimals)
        mends = self.figures.effect({name: other})
        if len(mends) > 1:
            yield Cause(
                4,
                {name: other},
                f"可能是“{item.label}”填错：改为 {self._say(name, other)}，则 {len(mends)} 条审核公式同时成立",
                f"“{item.label}” may be wrong: with {self._say(name, other)}, {len(mends)} rules hold at once",
            )

    # ------------------------------------------------------------------ lines of a sum
    def _lines(self, equation: Equation) -> Iterator[Cause]:
        """The difference is one line: left out of a total, or counted twice."""
        if equation.kind == "rate":
            return
        left, right = equation.sides(self.values)
        gap = rounded(left - right, equation.decimals)
        totals = [(equation.left, gap)] if equation.kind == "sum" else [(equation.left, gap), (equation.parts[0], -gap)]
        for total, over in totals:
            lines = equation.parts if equation.kind == "sum" else self.figures.lines_of(total)
            for line in lines:
                value = self.values.get(line)
                if not value or abs(abs(over) - abs(value)) > 1e-6:
                    continue
                item, whole = self.form.field(line), self.form.field(total)
                twice = over * value > 0
                said = self._say(line, value)
                yield Cause(
                    1,
                    {total: rounded((self.values.get(total) or 0.0) - over, whole.decimals)},
                    f"差额正好是“{item.label}”{said}，可能“{whole.label}”{'重复计入了' if twice else '漏加了'}这一项",
                    f"the difference is “{item.label}” {said}, which may be "
                    f"{'counted twice in' if twice else 'left out of'} “{whole.label}”",
                )

    def _missing(self, equation: Equation) -> Iterator[Cause]:
        """A line that is blank would close the gap."""
        gap = equation.sides(self.values)
        over = rounded(gap[0] - gap[1], equation.decimals) if math.isfinite(gap[1]) else 0.0
        if equation.kind == "sum":
            blank = [n for n in equation.parts if self.values.get(n) is None]
            if not blank or len(blank) > 2:
                return
            change = over
        elif equation.kind == "same":
            smaller = equation.left if over < 0 else equation.parts[0]
            blank = [n for n in self.figures.lines_of(smaller) if self.values.get(n) is None]
            if not blank or len(blank) > 2:
                return
            whole = self.values.get(smaller) or 0.0
            grown = rounded(whole + abs(over), equation.decimals)
            yield self._blank(blank, abs(over), {smaller: grown, blank[0]: abs(over)})
            return
        else:
            return
        for name in blank:
            if self.figures.effect({name: change}):
                yield self._blank(blank, change, {name: change})
                return

    def _blank(self, names: list[str], gap: float, changes: Changes) -> Cause:
        labels = [self.form.field(n).label for n in names]
        said = self._say(names[0], gap)
        return Cause(
            3,
            changes,
            f"可能漏填了{'或'.join(f'“{w}”' for w in labels)}（差额 {said}）",
            f"{' or '.join(f'“{w}”' for w in labels)} may be missing (difference {said})",
        )

    # ------------------------------------------------------------------ rates
    def _base(self, equation: Equation) -> Iterator[Cause]:
        """A rate calculated on another base, or cut instead of rounded."""
        if equation.kind != "rate":
            return
        part, base = equation.parts
        stated, item = self.values.get(equation.left), self.form.field(equation.left)
        numerator, right = self.values.get(part), equation.sides(self.values)[1]
        if stated is None or numerator is None or not math.isfinite(right):
            return
        mended: Changes = {equation.left: rounded(right, equation.decimals)}
        for other in self.figures.lines_of(base):
            value = self.values.get(other)
            half = 0.5 * 10.0**-equation.decimals + 1e-6
            if value and abs(numerator / value * 100 - stated) <= half:
                labels = self.form.field(other).label, self.form.field(base).label
                yield Cause(
                    0,
                    mended,
                    f"可能以“{labels[0]}”为分母计算，应以“{labels[1]}”为分母，即 {self._say(item.name, right)}",
                    f"it may be based on “{labels[0]}” instead of “{labels[1]}”: {self._say(item.name, right)}",
                )
        scale = 10**equation.decimals
        if abs(math.floor(right * scale + 1e-7) / scale - stated) < 1e-9:
            yield Cause(
                0,
                mended,
                f"可能截去了尾数，没有四舍五入，应为 {self._say(item.name, right)}",
                f"it may be cut instead of rounded: {self._say(item.name, right)}",
            )

    # ------------------------------------------------------------------ neighbours
    def _neighbours(self, equation: Equation) -> Iterator[Cause]:
        """Two figures in neighbouring cells have changed places."""
        for name in equation.fields:
            for other in self._beside(name):
                mine, theirs = self.values.get(name), self.values.get(other)
                if mine == theirs or mine is None:
                    continue
                labels = self.form.field(name).label, self.form.field(other).label
                yield Cause(
                    2,
                    {name: theirs, other: mine},
                    f"可能“{labels[0]}”和“{labels[1]}”两格填反了",
                    f"“{labels[0]}” and “{labels[1]}” may have changed places",
                )

    def _beside(self, name: str) -> list[str]:
        """Return the inputs right above and below, of the same kind."""
        item = self.form.field(name)
        block: list[m.Field] = [f for f in self.form.fields if f.section == item.section and f.is_input]
        at = block.index(item)
        near = block[max(0, at - 1) : at] + block[at + 1 : at + 2]
        return [f.name for f in near if f.type == item.type and not f.locked]

    def _say(self, name: str, value: float) -> str:
        item = self.form.field(name)
        return figure(value, item.decimals, "%" if item.type == "percent" else "")
