"""NA012: doubled or clashing punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.wording import quoted
from xltools.rules.narrative.context import NarrativeContext

CARD = Card(
    code="NA012",
    level="notice",
    name="标点重复",
    name_en="Doubled punctuation",
    what="报告中是否有重复或相撞的标点（“，，”“、、”“。。”“，。”）。",
    why="多半是删改时漏掉了文字。",
    basis="标点符号用法",
    fix="请核对此处是否漏了文字，并改正标点。",
    fix_en="See whether words are missing there and correct it.",
    example="“《工作》7 期、、报送稿件 538 篇”。",
    says="标点重复：{there}",
    says_en="doubled punctuation: {there}",
)
_DOUBLED = re.compile(r"([，、；：])\1+|(?<!。)。。(?!。)|[，、；]。|。[，、；]|，、|、，|，；|；，")
_AROUND = 8


def find(ctx: NarrativeContext) -> Iterator[Finding]:
    """Yield one finding per paragraph."""
    for paragraph in ctx.paragraphs():
        match = _DOUBLED.search(paragraph.text)
        if match:
            around = paragraph.text[max(0, match.start() - _AROUND) : match.end() + _AROUND]
            yield ctx.say(CARD, paragraph.place, stated=match.group(), there=quoted(around))
