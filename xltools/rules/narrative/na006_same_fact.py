"""NA006: the same fact is told twice with different figures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.values import Quoted, Value
from xltools.form.layout import Key
from xltools.intake.narrative.facts.numbers import SCALES
from xltools.intake.narrative.mentions import Mention, Sentence
from xltools.intake.narrative.statements import Statement
from xltools.rules.narrative.context import NarrativeContext

CARD = Card(
    code="NA006",
    level="confirm",
    name=Pair("同一事项前后数字不同", "The same fact told twice with different figures"),
    what=Pair(
        "同一件事（同样的对象、动作和单位）在报告中出现两次，数字是否相同。",
        "Whether one fact (same thing, action and unit) that is told twice has the same figure.",
    ),
    why=Pair("前后矛盾的数字，读报告的人不知以哪个为准。", "Of two figures the reader does not know which counts."),
    basis=Pair("报告自身前后对照", "The narrative against itself."),
    says=Pair("“{fact}”此处写 {there}，{place2}写 {other}", "“{fact}” is {there} here and {other} in {place2}"),
    fix=Pair(
        "请核对后统一；确为两件事的，请写明区别。",
        "Check and make them agree; if they are two facts, say how they differ.",
    ),
    example=Pair(
        "前文写“全年共报送信息稿件 538 篇”，后文写“全年共报送信息稿件 1546 篇”。",
        "“全年共报送信息稿件 538 篇” first, “全年共报送信息稿件 1546 篇” later.",
    ),
)
_WHOLE = re.compile(r"全年|本年度?|年度|累计|(?:19|20)\d{2}年")
_SMALL = re.compile(
    r"^(?:、|实际|全年|本年度?|年度|累计|共计?|总计|已|我(?:部门|单位|办|局|委|院|中心)|本(?:部门|单位|办|局)|"
    r"(?:19|20)\d{2}年度?|向|为|对|在|各|分别为?|并|还|及时|积极|"
    r"编发|完成)+"
)
_UNSURE = re.compile(
    r"其中|预期|目标|计划|拟|预计|每|人均|同比|增长|增加|减少|下降|比上年|较上年|平均|第|季度|上半年|下半年|\d月"
)
_NAMED_HEAD = re.compile(r"项目|工程|街道|镇|村|校|院|局|中心|支队|大队|所|馆|公司")
_SHORTEST = 6


def find(ctx: NarrativeContext) -> Iterator[Finding]:
    """Yield one finding per repetition that contradicts the first telling."""
    first: dict[tuple[str, str], Mention] = {}
    for sentence in ctx.narrative.sentences:
        if not _WHOLE.search(sentence.text) or _about_one_thing(sentence):
            continue
        for mention in sentence.mentions:
            fact = _fact(mention, ctx.narrative.phrases.actual_words)
            if not fact or mention in ctx.narrative.figures:
                continue
            known = first.setdefault((fact, mention.unit), mention)
            if known is not mention and known.value != mention.value and known.year == mention.year:
                yield _say(
                    ctx, fact, mention.sentence.paragraph.place, mention.raw, known.sentence.paragraph.place, known.raw
                )
    yield from _totals(ctx)
    yield from _well_known(ctx)


def _well_known(ctx: NarrativeContext) -> Iterator[Finding]:
    """Figures that every department states, and those of a budget account, told twice."""
    for one in ctx.contradictions:
        if one.kind != "repeat":
            continue
        first = one.sources[0]
        values: dict[str, Value] = {
            "fact": one.claim.words.rstrip("为：") or first.words.rstrip("为："),
            "there": Quoted(one.claim.raw),
            "place2": ctx.passages[first.passage].place,
            "other": Quoted(first.raw),
        }
        yield ctx.own(CARD, one, values)


def _fact(mention: Mention, actual_words: tuple[str, ...]) -> str:
    """What is counted, without the small words around it; "" when it is too little to know the same again."""
    if not mention.exact or mention.after or mention.unit in SCALES or mention.unit in ("", "%", "‰", "分", "百分点"):
        return ""
    start = max(mention.sentence.text.rfind(word, 0, mention.start) for word in actual_words)
    said = mention.sentence.text[max(start, 0) : mention.start]
    if _UNSURE.search(mention.before) or (start < 0 and _UNSURE.search(said)):
        return ""
    words = mention.before.lstrip("、")
    while (shorter := _SMALL.sub("", words)) != words:
        words = shorter
    return words if len(words) >= _SHORTEST and "、" not in words and not re.search(r"\d", words) else ""


def _about_one_thing(sentence: Sentence) -> bool:
    """True in a paragraph that is headed by a project's or a place's name: its figures are that thing's alone."""
    text = sentence.paragraph.text[len(sentence.paragraph.mark) :]
    head, colon, _ = text.partition("：")
    return bool(colon) and len(head) <= 30 and bool(_NAMED_HEAD.search(head))


def _totals(ctx: NarrativeContext) -> Iterator[Finding]:
    """The form's totals and its score, where no workbook decides which telling is right."""
    form = ctx.form
    for name in (*form.total_fields, form.score_field):
        said = [s for s in ctx.narrative.of(Key(name)) if s.half is not None]
        if not said or ctx.workbook_value(Key(name)) is not None:
            continue
        for other in said[1:]:
            if _differ(said[0], other):
                yield _say(ctx, form.field(name).label, other.place, other.raw, said[0].place, said[0].raw)


def _differ(one: Statement, other: Statement) -> bool:
    if isinstance(one.value, str) or isinstance(other.value, str):
        return False
    halves = float(max(one.half or 0, other.half or 0))
    return abs(one.value - other.value) > halves + 1e-9


def _say(ctx: NarrativeContext, fact: str, place: str, there: str, place2: str, other: str) -> Finding:
    return ctx.say(CARD, place, {"fact": fact, "there": Quoted(there), "place2": place2, "other": Quoted(other)})
