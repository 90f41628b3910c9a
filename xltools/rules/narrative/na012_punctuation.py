"""NA012: doubled or clashing punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.values import Quoted
from xltools.rules.narrative.context import NarrativeContext

CARD = Card(
    code="NA012",
    level="notice",
    name=Pair("标点重复", "Doubled punctuation"),
    what=Pair(
        "报告中是否有重复或相撞的标点（“，，”“、、”“。。”“，。”）。",
        "Whether punctuation is doubled or clashes (“，，”, “、、”, “。。”, “，。”).",
    ),
    why=Pair("多半是删改时漏掉了文字。", "Mostly words were lost in editing."),
    basis=Pair("标点符号用法", "The use of punctuation."),
    says=Pair("标点重复：{there}", "doubled punctuation: {there}"),
    fix=Pair("请核对此处是否漏了文字，并改正标点。", "See whether words are missing there and correct it."),
    example=Pair("“《工作》7 期、、报送稿件 538 篇”。", "“《工作》7 期、、报送稿件 538 篇”."),
)
_DOUBLED = re.compile(r"([，、；：,;])\1{1,9}|(?<!。)。。(?!。)|[，、；]。|。[，、；]|，、|、，|，；|；，")
_AROUND = 8


def find(ctx: NarrativeContext) -> Iterator[Finding]:
    """Yield one finding per paragraph."""
    for paragraph in ctx.paragraphs():
        match = _DOUBLED.search(paragraph.text)
        if match:
            around = paragraph.text[max(0, match.start() - _AROUND) : match.end() + _AROUND]
            yield ctx.say(CARD, paragraph.place, {"there": Quoted(around)}, stated=match.group())
