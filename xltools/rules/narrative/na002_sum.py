"""NA002: the parts that a sentence lists do not add up to the total it states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.intake.narrative.mentions import SCALES, Mention, Sentence
from xltools.rules.narrative.context import NarrativeContext

CARD = Card(
    code="NA002",
    level="error",
    name=Pair("报告中列出的各项之和不等于合计", "The parts listed do not add up to the total stated"),
    what=Pair(
        "句中写“……合计 N，分别为 a、b、c”的，a、b、c 之和是否等于 N（每个数按写出的位数容许半个单位的误差）。",
        "Whether in “a total of N, being a, b and c” the parts add up to N (each figure may be off by half a unit of its last digit).",
    ),
    why=Pair(
        "同一句话里合计与分项不等，说明有一个数写错或漏列了一项。",
        "Where total and parts of one sentence differ, a figure is wrong or a part is missing.",
    ),
    basis=Pair("报告自身写明的数字", "The figures that the narrative itself states."),
    says=Pair(
        "“{total}”分别列出 {count} 项，合计 {sum}，与总数相差 {gap}",
        "“{total}” is made up of {count} parts that add up to {sum}, {gap} off",
    ),
    fix=Pair(
        "请逐项核对，补上漏列的项目或改正写错的数。",
        "Check each part; add what is missing or correct the wrong figure.",
    ),
    example=Pair(
        "“支出总额 2180.24 万元，分别为基本支出 1900.21 万元，项目支出 380.03 万元”，两项之和是 2280.24。",
        "“支出总额 2180.24 万元，分别为基本支出 1900.21 万元，项目支出 380.03 万元”: the parts add up to 2280.24.",
    ),
)
_CHANGE = re.compile(r"增加|减少|增长|下降|同比|其中|提高|降低")
_AND_SO_ON = re.compile(r"等(?:[。；，）]|$)")


def find(ctx: NarrativeContext) -> Iterator[Finding]:
    """Yield one finding per exhaustive list that does not add up, its numbers not yet reported."""
    for sentence in ctx.narrative.sentences:
        for head, parts in lists(sentence):
            if head in ctx.wrong or any(p in ctx.wrong for p in parts) or not _is_sum(sentence, head, parts):
                continue
            total, values = _values(head, parts)
            allowed = max(m.half for m in (head, *parts)).scaleb(_scale(head) - _scale(parts[0])) * (len(parts) + 1)
            gap = total - sum(values, Decimal(0))
            if abs(gap) > allowed:
                yield ctx.say(
                    CARD,
                    sentence.paragraph.place,
                    {
                        "total": f"{head.before[-12:]}{head.raw}",
                        "count": len(parts),
                        "sum": f"{sum(values, Decimal(0))}{parts[0].unit}",
                        "gap": f"{abs(gap)}{parts[0].unit}",
                    },
                    stated=float(total),
                    expected=float(sum(values)),
                    difference=float(gap),
                )


def lists(sentence: Sentence) -> Iterator[tuple[Mention, list[Mention]]]:
    """Yield each total with the numbers listed under it by 分别为."""
    heads: dict[Mention, list[Mention]] = {}
    for mention in sentence.mentions:
        if mention.head is not None and mention.exhaustive:
            heads.setdefault(mention.head, []).append(mention)
    yield from heads.items()


def _scale(mention: Mention) -> int:
    return SCALES.get(mention.unit, 0)


def _values(head: Mention, parts: list[Mention]) -> tuple[Decimal, list[Decimal]]:
    """All figures in the unit of the first part."""
    unit = _scale(parts[0])
    return head.value.scaleb(_scale(head) - unit), [p.value.scaleb(_scale(p) - unit) for p in parts]


def _is_sum(sentence: Sentence, head: Mention, parts: list[Mention]) -> bool:
    """True when the list is complete and plain: one number a clause, one kind of unit, up to the end of the sentence."""
    if len(parts) < 2 or not head.exact:
        return False
    kinds = {"money" if m.unit in SCALES else m.unit for m in (head, *parts)}
    if len(kinds) != 1 or kinds & {"%", "", "分"}:
        return False
    if any(not p.exact or p.after or p.brackets != parts[0].brackets or _CHANGE.search(p.before) for p in parts):
        return False
    text = sentence.text[head.end :]
    end = min((p for ch in "；。" if (p := text.find(ch)) >= 0), default=len(text))
    listed = re.sub(r"（[^（）]*）", "", text[:end]) if parts[0].brackets == head.brackets else text[:end]
    if _AND_SO_ON.search(listed + "。"):
        return False
    clauses = [c for c in re.split("[，、：（）]", listed) if c and c not in ("分别为", "分别是")]
    return len(clauses) == len(parts) and all(re.search(r"\d", c) for c in clauses)
