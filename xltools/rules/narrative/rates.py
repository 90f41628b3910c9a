"""Shares and rates of a sentence (占……的 R%, 完成……的 R%) against the part and the base that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from xltools.findings.values import Value
from xltools.intake.narrative.mentions import SCALES, Mention, Sentence
from xltools.rules.narrative.context import Kind, NarrativeContext, is_cut

_RATE = re.compile(r"^、?(?P<verb>占|完成)(?P<base>[一-鿿]{0,16}?)的?(?:比例|比重|比)?(?:为|达到?|的)?$")
_TAIL = re.compile(r"(?:总额|总数|合计|金额|数|额)$")
_TINY = Decimal("1e-9")


@dataclass(frozen=True, slots=True)
class Verdict:
    """One rate that its figures do not give. `named`: the sentence says of what it is."""

    kind: Kind
    place: str
    named: bool
    stated: float
    expected: float
    words: dict[str, Value]


def judged(ctx: NarrativeContext) -> Iterator[Verdict]:
    """Yield the rates that were understood and do not follow; those already reported left out."""
    paragraphs: dict[int, list[Sentence]] = {}
    for sentence in ctx.narrative.sentences:
        paragraphs.setdefault(id(sentence.paragraph), []).append(sentence)
    for said in paragraphs.values():
        for number, sentence in enumerate(said):
            before = [m for s in said[:number] for m in s.mentions]
            for index, rate in enumerate(sentence.mentions):
                verdict = _judge(ctx, rate, sentence.mentions[:index], before)
                if verdict is not None:
                    yield verdict


def _judge(ctx: NarrativeContext, rate: Mention, here: list[Mention], before: list[Mention]) -> Verdict | None:
    match = _RATE.match(rate.before)
    if rate.unit != "%" or match is None or not rate.exact or rate in ctx.wrong or not here:
        return None
    part = here[-1]
    between = rate.sentence.text[part.end : rate.start - len(rate.before)]
    if between not in ("，", "（", "，（") or not part.exact or part.unit in ("%", "") or part in ctx.wrong:
        return None
    named = bool(match["base"])
    bases = _bases(match, part, [*before, *here])
    if not bases or any(b in ctx.wrong for b in bases):
        return None
    verdicts = [_of(rate, part, base) for base in bases]
    if None in verdicts or any(
        _of(rate, p, b) is None for p in here[:-1] for b in bases if _alike(p, b) and p is not b
    ):
        return None
    if len({b.value for b in bases}) > 1:
        return None
    base, expected = bases[-1], verdicts[-1]
    assert expected is not None
    kind: Kind = "cut" if is_cut(rate.value, expected, rate.half) else "wrong"
    other = next(
        (o for o in [*before, *here] if o is not part and _alike(o, part) and _of(rate, part, o) is None), None
    )
    if kind == "wrong" and named and other is not None and other not in bases:
        kind = "base"
    digits = max(0, -int(rate.value.as_tuple().exponent))
    return Verdict(
        kind,
        rate.sentence.paragraph.place,
        named,
        float(rate.value),
        float(expected),
        {
            "rate": rate.raw if not rate.before else f"{rate.before.lstrip('、')}{rate.raw}",
            "part": part.raw,
            "base": base.raw,
            "right": f"{expected:.{digits}f}%",
            "other": other.raw if other is not None else "",
        },
    )


def _bases(match: re.Match[str], part: Mention, earlier: list[Mention]) -> list[Mention]:
    """The figures that can be the base: those whose words end with the base's name; of a bare 占, the list's total."""
    name = match["base"]
    if not name:
        head = part.head
        whole = match["verb"] == "占" and head is not None and _alike(head, part) and head.exact and not part.brackets
        return [head] if whole and head is not None and head.value >= part.value else []
    core = _TAIL.sub("", name)
    if len(core) < 2:
        return []
    near = [m for m in earlier if match["verb"] == "占" or m.sentence is part.sentence]
    return [
        m
        for m in near
        if m is not part
        and m.exact
        and _alike(m, part)
        and m.year == part.year
        and m.value
        and _subject(m).endswith(core)
    ]


def _subject(mention: Mention) -> str:
    words = re.sub(r"(?:为|是|共|共计|达到?|：|安排|批复|下达)+$", "", mention.before)
    return _TAIL.sub("", words)


def _alike(one: Mention, other: Mention) -> bool:
    return one.unit == other.unit or (one.unit in SCALES and other.unit in SCALES)


def _of(rate: Mention, part: Mention, base: Mention) -> Decimal | None:
    """None when the rate is part of base, by the interval of all shown digits; else the exact rate."""
    if not base.value:
        return None
    scale = SCALES.get(part.unit, 0) - SCALES.get(base.unit, 0)
    ratio = part.value.scaleb(scale) / base.value
    exact = ratio * 100
    slack = 100 * (part.half.scaleb(scale) + base.half * abs(ratio)) / abs(base.value)
    return None if abs(exact - rate.value) <= rate.half + slack + _TINY else exact
