"""What is found (a discrepancy, as values) and how a stated figure is held against the interval of the shown digits."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from xltools.intake.narrative.facts.clauses import whole_word, words_before
from xltools.intake.narrative.facts.figures import Figure, Passage
from xltools.intake.narrative.facts.numbers import SCALES

Kind = Literal[
    "sum", "part", "share", "growth", "difference", "completion", "balance", "count", "product", "repeat", "grade", "staff",
    "nothing", "score",
]  # fmt: skip
Level = Literal["confirm", "notice"]
Reason = Literal[
    "",
    "cut",
    "trailing",
    "digit",
    "shifted",
    "other_base",
    "this_year_base",
    "nothing",
    "above",
    "direction",
    "beyond",
    "scale",
]

TINY = Decimal("1e-9")
_LONGEST_QUOTE, _WORDS = 60, 24
_FINE = 2


@dataclass(frozen=True, slots=True)
class Source:
    """A figure a recomputation was made from: its words, and the number as written."""

    words: str
    raw: str
    passage: int
    value: Decimal
    unit: str

    @property
    def text(self) -> str:
        """The figure with the words before it."""
        return f"{self.words}{self.raw}"


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """One figure that does not follow. `recomputed` in the unit of `stated`; `repair`: the figure one digit would mend."""

    kind: Kind
    passage: int
    start: int
    end: int
    quote: str
    claim: Source
    stated: str
    recomputed: str
    sources: tuple[Source, ...]
    level: Level
    reason: Reason = ""
    repair: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """A stated rate against part and base: whether it fits, the exact rate, and if it is cut or a last digit off."""

    fits: bool
    exact: Decimal | None
    cut: bool = False
    trailing: bool = False


def rate_check(rate: Figure, part: Decimal, part_slack: Decimal, base: Decimal, base_slack: Decimal) -> Check:
    """Hold a stated percentage against part ÷ base, by the intervals of all shown digits."""
    if base == 0 or abs(base) <= base_slack:
        return Check(False, None)
    exact = part / base * 100
    slack = 100 * (part_slack + base_slack * abs(part / base)) / abs(base)
    stated, half = rate.number.value, _half(rate)
    off = abs(exact - stated)
    if off <= half + slack + TINY:
        return Check(True, exact)
    near = slack if rate.number.decimals else Decimal(0)  # 9 % for 8 % is no rounding
    cut = abs(stated) < abs(exact) and off < 2 * half + near + (TINY if rate.number.decimals else 0)
    return Check(False, exact, cut, off <= 3 * half + slack + TINY if rate.number.decimals else off < 2 * half)


def together(figures: Sequence[Figure]) -> Figure:
    """Return the sum of some figures of one unit as a figure: 170人+24人."""
    number = figures[0].number
    raw = "+".join(f.number.raw for f in figures)
    whole = replace(number, value=sum((f.number.value for f in figures), Decimal(0)), raw=raw)
    return replace(figures[0], number=whole, word_start=figures[0].start)


def shown_slacks(one: Figure, other: Figure) -> list[Decimal]:
    """The slacks of two amounts of one unit; a zero left out at the end (4万元 beside 4.4万元) counts as shown."""
    slacks = [one.slack, other.slack]
    fine = max(one.number.decimals, other.number.decimals)
    for place, figure in enumerate((one, other)):
        if figure.kind == "money" and fine > figure.number.decimals and one.number.unit == other.number.unit:
            slacks[place] = figure.slack.scaleb(figure.number.decimals - fine)
    return slacks


def share_check(rate: Figure, part: Figure, base: Figure) -> Check:
    """Hold a percentage against two figures; a zero left out at the end (20万元 beside 62.51万元) counts as shown."""
    slacks = shown_slacks(part, base)
    whole = part.kind == "money" and part.number.unit == base.number.unit
    if whole and not any(
        f.number.decimals for f in (rate, part, base)
    ):  # 9万元 of 12万元, 80%: no digit was rounded away
        slacks = [slack / 10 for slack in slacks]
    check = rate_check(rate, part.amount, slacks[0], base.amount, slacks[1])
    if check.fits or check.exact is None or slacks == [part.slack, base.slack]:
        return check
    wide = rate_check(rate, part.amount, part.slack, base.amount, base.slack)
    return Check(False, check.exact, check.cut, True) if wide.fits else check


def percent(exact: Decimal, like: Figure) -> str:
    """Return a rate with the decimals of a stated one."""
    return f"{exact:.{like.number.decimals}f}%"


def false_rate(kind: Kind, rate: Figure, part: Figure, whole: Figure, sources: Sequence[Figure]) -> Discrepancy | None:
    """Return what is said of a rate that part ÷ whole does not give: a rate of nothing, a cut or last digit, a slip."""
    if whole.amount == 0:
        return discrepancy("nothing", rate, "", sources, "confirm", "nothing")
    check = share_check(rate, part, whole)
    if check.exact is None:
        return None
    exact = percent(check.exact, rate)
    if check.cut or check.trailing:
        return discrepancy(kind, rate, exact, sources, "notice", "cut" if check.cut else "trailing")
    digit = one_digit_apart(rate.number.value, check.exact.quantize(rate.number.half * 2), rate.number.decimals)
    reason: Reason = "scale" if mixed_units(rate, part, whole) else "digit" if digit else ""
    return discrepancy(kind, rate, exact, sources, "confirm", reason)


def mixed_units(rate: Figure, part: Figure, whole: Figure) -> bool:
    """True when the rate is right but for 元 written as 万元, or the other way about."""
    if part.kind != "money" or part.number.unit == whole.number.unit:
        return False
    return any(
        rate_check(rate, part.amount.scaleb(p), part.slack.scaleb(p), whole.amount, whole.slack).fits for p in (4, -4)
    )


def _half(rate: Figure) -> Decimal:
    """Half the last digit; 0 % or 80 % among rates with two decimals is 80.00 with the zeros left out (100 % is not)."""
    number = rate.number
    if number.decimals or number.value == 100:
        return number.half
    others = (f.number for f in rate.sentence.figures if f.number.unit == "%")
    return Decimal("0.05") if any(n.decimals >= _FINE for n in others) else number.half


def source(figure: Figure) -> Source:
    """Return a figure as the origin of a recomputation."""
    words = figure.sentence.passage.evened.quote(figure.word_start, figure.start)
    number = figure.number
    return Source(
        words[whole_word(words, max(0, len(words) - _WORDS)) :],
        number.raw,
        figure.sentence.passage.index,
        number.value,
        number.unit,
    )


def quoted(passage: Passage, start: int, end: int) -> str:
    """Return the source's words from a whole word on: from the clause that begins at `start`, or the last ones before."""
    floor = start
    while end - floor > _LONGEST_QUOTE:
        marks = [p for p in range(floor + 1, end) if passage.text[p - 1] in "，；：。（、"]
        nearer = next((p for p in marks if end - p <= _LONGEST_QUOTE), None)
        if nearer is None:
            break
        floor = nearer
    return passage.evened.quote(floor, end).strip("，。；：、 ")


def discrepancy(
    kind: Kind,
    claim: Figure,
    recomputed: str,
    sources: Sequence[Figure],
    level: Level = "confirm",
    reason: Reason = "",
    repair: str = "",
    start: int | None = None,
) -> Discrepancy:
    """Build a finding about `claim`, quoted from the first of its sources in the same sentence (or from its clause)."""
    passage = claim.sentence.passage
    near = [s.word_start for s in sources if s.sentence is claim.sentence and s.start < claim.start]
    begin = start if start is not None else min([claim.word_start, *near])
    begin = words_before(passage.text, claim.sentence.span.start, begin) if begin else 0
    return Discrepancy(
        kind,
        passage.index,
        begin,
        claim.end,
        quoted(passage, begin, claim.end),
        source(claim),
        claim.number.raw,
        recomputed,
        tuple(source(s) for s in sources),
        level,
        reason,
        repair,
    )


def shown(value: Decimal, like: Figure, unit: str | None = None) -> str:
    """Return a value in the unit and with the digits of a figure."""
    scaled = value.scaleb(-SCALES.get(like.number.unit, 0))
    decimals = max(like.number.decimals, 0)
    text = f"{scaled:.{decimals}f}"
    return f"{text}{like.number.unit if unit is None else unit}"


def one_digit_apart(one: Decimal, other: Decimal, decimals: int) -> bool:
    """True when two figures, written with as many decimals, differ in one digit, or two neighbours are swapped."""
    if (one < 0) != (other < 0):
        return False
    left, right = (f"{abs(v):.{decimals}f}" for v in (one, other))
    if len(left) != len(right):
        return False
    places = [i for i, (a, b) in enumerate(zip(left, right, strict=True)) if a != b]
    if len(places) == 1:
        return True
    swapped = len(places) == 2 and left[places[0]] == right[places[1]] and left[places[1]] == right[places[0]]
    return swapped and (places[1] - places[0] == 1 or left[places[0] + 1] == ".")


def closing_digit(parts: Sequence[Figure], total: Figure, gap: Decimal, allowed: Decimal) -> Figure | None:
    """Return the figure that one digit (or two neighbours swapped) would mend so that the parts make the total.

    `gap` is total less parts; what remains of it must be within `allowed`.
    """
    for figure in (*parts, total):
        wanted = figure.amount + (-gap if figure is total else gap)
        scale = SCALES.get(figure.number.unit, 0)
        decimals = max(figure.number.decimals, _FINE if scale else 0)
        text = f"{abs(figure.number.value):.{decimals}f}"
        for changed in _near_spellings(text):
            near = Decimal(changed).scaleb(scale) * (-1 if figure.amount < 0 else 1)
            if abs(near - wanted) <= allowed:
                return figure
    return None


def _near_spellings(text: str) -> Iterator[str]:
    """Yield a number's spelling with one digit changed, or two neighbours swapped."""
    places = [i for i, c in enumerate(text) if c.isdigit()]
    for place in places:
        for digit in "0123456789":
            if digit != text[place]:
                yield text[:place] + digit + text[place + 1 :]
    for left, right in itertools.pairwise(places):
        if text[left] != text[right]:
            swapped = list(text)
            swapped[left], swapped[right] = swapped[right], swapped[left]
            yield "".join(swapped)
