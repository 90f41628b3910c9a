"""Money by its source: a document cited with two amounts, a total told as one source's, the same words in another order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from xltools.intake.narrative.facts.figures import Figure, Passage, Sentence
from xltools.intake.narrative.facts.lists import Listing
from xltools.rules.arithmetic.verdicts import Discrepancy, discrepancy, one_digit_apart

_DOCUMENT = re.compile(r"(?P<mark>[一-鿿]{2,8}(?:〔|（)(?:19|20)\d{2}(?:〕|）)\d{1,4}号)")
_HANDED = re.compile(r"下达|安排|拨付|批复")
_PLAIN = re.compile(r"(?:资金|经费|补助)(?:共|合计|为)?$")
_SOURCE = re.compile(r"中央|省级|自治区|市级|县级|区级|县财政|市财政|区财政|省财政|本级")
_ALL = re.compile(r"共|合计|总|等|及|和|与|累计")
_SMALL = re.compile(r"[\d.]|[的个项名共为计万元]|补助|专项|[（）、.]|(?:19|20)\d{2}年度?")
_LONG, _MOST = 8, 400


def by_source(passages: Sequence[Passage], lists: Sequence[Listing]) -> Iterator[Discrepancy]:
    """Yield amounts that contradict what was told of the same document, source or purpose."""
    yield from _documents(passages)
    yield from _ascribed(passages, lists)
    yield from _in_other_order(passages)


def _money(sentence: Sentence) -> list[Figure]:
    return [f for f in sentence.figures if f.function == "amount" and f.kind == "money" and f.number.exact]


def _documents(passages: Sequence[Passage]) -> Iterator[Discrepancy]:
    """A document that handed down a 万元 cannot have handed down more for one purpose."""
    told: dict[str, Figure] = {}
    for passage in passages:
        for sentence in passage.sentences:
            marks = {m["mark"] for m in _DOCUMENT.finditer(sentence.text)}
            money = _money(sentence)
            if len(marks) != 1 or len(money) != 1 or not _HANDED.search(money[0].before):
                continue
            mark, figure = marks.pop(), money[0]
            known = told.get(mark)
            if known is None and _PLAIN.search(figure.before):
                told[mark] = figure
            elif known is not None and figure.amount > known.amount + known.slack + figure.slack:
                yield discrepancy("repeat", figure, known.number.raw, (known,), "confirm")


def _ascribed(passages: Sequence[Passage], lists: Sequence[Listing]) -> Iterator[Discrepancy]:
    """A total of several sources, told again as the one source's (中央下达 = 中央 + 县级)."""
    parts: dict[tuple[str, object], Figure] = {}
    totals = {h.amount for listing in lists for h in listing.heads if h.kind == "money" and h.function == "amount"}
    for listing in lists:
        members = [m for m in listing.members if m.kind == "money" and m.function == "amount" and m.number.exact]
        named = [(found.group(), m) for m in members if (found := _SOURCE.search(m.before))]
        whole = sum(m.amount for _, m in named)
        if len({name for name, _ in named}) >= 2 and len(named) == len(members) <= 4 and whole in totals:
            for name, member in named:
                parts.setdefault((name, whole), member)
    wholes = {whole for _, whole in parts}
    heads = {h for listing in lists for h in listing.heads}
    for passage in passages:
        for figure in passage.figures if wholes else ():
            if (
                figure.amount not in wholes
                or figure in heads
                or figure.function != "amount"
                or _ALL.search(figure.before)
            ):
                continue
            source = _SOURCE.search(figure.before)
            part = parts.get((source.group(), figure.amount)) if source is not None else None
            if part is not None and part.amount != figure.amount and _PLAIN.search(figure.before):
                yield discrepancy("repeat", figure, part.number.raw, (part,), "confirm")


def _in_other_order(passages: Sequence[Passage]) -> Iterator[Discrepancy]:
    """The same words in another order (补助重点项目资金, 重点项目补助资金), the amounts one digit apart."""
    told: dict[tuple[str, ...], Figure] = {}
    for passage in passages:
        for sentence in passage.sentences:
            for figure in _money(sentence):
                letters = "".join(sorted(_SMALL.sub("", figure.before)))
                if len(letters) < _LONG or figure.scope.year == "last" or figure.scope.account or len(told) > _MOST:
                    continue
                known = told.setdefault((letters, figure.scope.stage, figure.scope.year), figure)
                same = known.number.unit == figure.number.unit and known.before != figure.before
                decimals = max(known.number.decimals, figure.number.decimals)
                other = same and known.amount != figure.amount and "其他" not in figure.before
                if other and one_digit_apart(known.number.value, figure.number.value, decimals):
                    yield discrepancy("repeat", figure, known.number.raw, (known,), "confirm", "digit")
