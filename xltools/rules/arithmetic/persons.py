"""Persons, scores and counts: 在职 against 编制, a grade against its score, a number of things against their names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from xltools.intake.narrative.facts.figures import Figure, Passage, Sentence
from xltools.rules.arithmetic.verdicts import Discrepancy, discrepancy

_POSTS = re.compile(
    r"(?:核定|人员|批准|总|共有|现有|核准){0,3}编制(?:总数|人数|数|总量)?(?:共|共有|为|是|：|有)*+$|^编制(?:总数|数|人数)?(?:为|共|：)?$"
)
_STAFF = re.compile(
    r"(?:实有|现有|年末|年底|实际|目前){0,3}(?:在职|在编|在岗)(?:在编|在职)?(?:行政|事业|工勤)?(?:干部|职工|人员|人数|实有|总数){0,3}(?:共|有|为|是|：|数)*+$"
)
_KINDS = ("行政", "事业", "工勤", "参公", "参照")
_UNIT = re.compile(r"领导|职数|机关编制|本级|所属|下属|下辖|直属|二级|临聘|编外|劳务|其中|聘用|借调")
_GRADE = re.compile(
    r"(?:等级|评级|等次|档次|结果|级别|结论)(?:评定|确定)?(?:为|是|：|评定为|属于)?(?P<g>优秀?|良好?|中等?|较?差|合格|不合格)(?:等次|等级|档|级)?(?=[，。；）、\n]|$)"
    r"|(?:评定?|评价|自评|定级|为|属于|属|被评)为?(?P<g2>优秀?|良好?|中|差)(?:等次|等级|级|档)?(?=[，。；）\n]|$)"
)
_BANDS = re.compile(
    r"\d分?(?:以上|≤|<|（?含)|[\d]{2,3}[-~—至]\d{2,3}分|满分(?!100|为100|均为100)|总分(?!100|为100)(?=\d)"
)
_SCORE = re.compile(r"得分|总分|评分|分数|自评|评价|综合|考核")
_HUNDRED = Decimal(100)
_SURE = {
    "优": (Decimal(90), Decimal(101)),
    "良": (Decimal(75), Decimal(90)),
    "中": (Decimal(60), Decimal(80)),
    "差": (Decimal(0), Decimal(70)),
}
"""From and below which score a grade can be, by any of the official scales (财预〔2020〕10号: 90/80/60; some 90/75/60)."""


def persons(passages: Sequence[Passage]) -> Iterator[Discrepancy]:
    """Yield staff beyond the posts told for them in the same sentence or the one before."""
    for passage in passages:
        posts: Figure | None = None
        for sentence in passage.sentences:
            for figure in sentence.figures:
                if figure.kind not in ("人", "个") or not figure.number.exact or figure.function != "amount":
                    continue
                if _UNIT.search(figure.before) or figure.after.startswith(("的", "以")):
                    continue
                if _POSTS.search(figure.before) or "编制" in figure.after[:4]:
                    posts = figure
                elif posts is not None and _STAFF.search(figure.before) and _kind(posts) == _kind(figure):
                    near = sentence.passage.text.count("。", posts.end, figure.start) <= 1
                    if near and figure.amount > posts.amount:
                        yield discrepancy("staff", figure, posts.number.raw, (posts,), "confirm")
                    posts = None


def _kind(figure: Figure) -> tuple[str, ...]:
    return tuple(k for k in _KINDS if k in figure.before)


def grades(passages: Sequence[Passage]) -> Iterator[Discrepancy]:
    """Yield grades that no official scale gives to the score told beside them."""
    for passage in passages:
        if _BANDS.search(passage.text):
            continue
        for sentence in passage.sentences:
            yield from _grades(sentence)


def _grades(sentence: Sentence) -> Iterator[Discrepancy]:
    text, start = sentence.text, sentence.span.start
    for match in _GRADE.finditer(text):
        scores = [f for f in sentence.figures if f.number.unit == "分" and f.end <= start + match.start()]
        score = scores[-1] if scores else None
        if score is None or not score.number.exact or not _SCORE.search(score.lead) or score.amount > _HUNDRED:
            continue
        between = sentence.passage.text[score.end : start + match.start()]
        if len(between) > _NEAR or "；" in between or score.amount < _LEAST:
            continue
        low, high = _SURE[(match["g"] or match["g2"]).removeprefix("较")[0].replace("合", "中").replace("不", "差")]
        if not low <= score.amount < high:
            one = discrepancy("grade", score, "", (score,), "confirm")
            end = start + match.end()
            quote = sentence.passage.evened.quote(one.start, end)
            yield replace(one, end=end, quote=quote, stated=match["g"] or match["g2"], recomputed=_grade(score.amount))


def _grade(score: Decimal) -> str:
    return next(grade for grade, least in _NATIONAL if score >= least)


_NATIONAL = (("优", Decimal(90)), ("良", Decimal(80)), ("中", Decimal(60)), ("差", Decimal(0)))
_NEAR = 24
_LEAST = Decimal(30)
