"""Lists: which figures are told as parts of which (其中, 包括, 分别为, 主要用于, a numbered list under a total)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from xltools.intake.narrative.facts.evened import ACCOUNT
from xltools.intake.narrative.facts.figures import Figure, Passage, Sentence

OPENER = re.compile(
    r"(?P<all>分别(?:为|是)|(?:由|均由)(?=[^，。；]{2,60}(?:构成|组成))|构成(?:如下|为|是|：)|组成(?:如下|：))"
    r"|(?P<some>其中|包括|包含|主要用于|用于以下|具体(?:为|是|如下|情况如下|包括|支出|用于)|主要为|主要是|主要有|明细(?:为|如下)|"
    r"如下|以下方面|以下几个?方面|按[^，。；：]{2,16}(?:分|划分|分类)(?=[，：])|"
    r"[从分按][^，。；：]{0,6}(?:部门|结构|构成|分类|类别|级次|来源|性质|科目|用途|类型|方式)(?:来?看|情况)(?=[，：]))"
)
_MARK = re.compile(r"^(?:（[\d一二三四五六七八九十]{1,3}）|[\d]{1,2}[、.）]|[一二三四五六七八九十]{1,3}[、是]|[①-⑳])")
_OPEN_END = re.compile(r"(?:其中|包括|如下|方面|用于|具体|情况|主要是|主要为|分别为|分别是)[^，。；]{0,8}[：，]?$|：$")
_AHEAD = 70  # how far behind a figure 构成 may stand
_MOST_ITEMS, _MOST_SENTENCES, _MOST_LISTS = 80, 240, 16


@dataclass(slots=True, eq=False)
class Item:
    """A member of a list over several sentences: its figures, and the mark it begins with."""

    figures: list[Figure] = field(default_factory=list)
    mark: str = ""
    depth: str = ""  # ㊤, ㊥ or ㊦: the deepest account named
    words: str = ""


@dataclass(slots=True, eq=False)
class Listing:
    """Parts told under figures. `heads`: the amounts told before the opener, nearest last."""

    heads: list[Figure]
    members: list[Figure]
    says_all: bool
    opener: str
    sentence: Sentence
    brackets: bool = False
    items: list[Item] = field(default_factory=list)


def listings(passages: Sequence[Passage]) -> list[Listing]:
    """Return every list of a text, those within one sentence first, then those over several."""
    found: list[Listing] = []
    for passage in passages:
        before: list[Figure] = []
        for sentence in passage.sentences:
            found += _within(sentence, before)
            before = sentence.figures or before
    found += _over_several(passages)
    return found


def _within(sentence: Sentence, previous: list[Figure]) -> list[Listing]:
    """Return a listing for each opener inside the sentence: all figures behind it, up to the end of sentence or bracket.

    A sentence that begins so (…主要原因是调资。其中：) lists parts of the last one that has figures.
    """
    figures = sentence.figures
    text = sentence.passage.text
    found: list[Listing] = []
    if figures and previous:
        opener = OPENER.search(text, sentence.span.start, figures[0].start)
        heads = [f for f in previous if f.function in ("amount", "change")]
        if opener is not None and heads and text[opener.start() - 1] == "。":
            found.append(Listing(heads, list(figures), bool(opener["all"]), opener.group(), sentence))
    for index, figure in enumerate(figures[1:], start=1):
        before = figures[index - 1]
        between = text[before.end : figure.start]
        opener = OPENER.search(text, before.end, min(sentence.span.end, figure.start + _AHEAD))
        opener = opener if opener is not None and opener.start() < figure.start else None
        bracket = between.startswith("（") and before.function != "rate"
        if opener is None and not bracket:
            continue
        if opener is not None and (
            "；" in text[before.end : opener.start()] or "；" in text[opener.end() : figure.start]
        ):
            continue
        end = _closing(text, before.end, sentence.span.end) if bracket else sentence.span.end
        members = [f for f in figures[index:] if f.start < end]
        heads = [f for f in figures[:index] if f.function in ("amount", "change")]
        if heads and members:
            says = opener is not None and bool(opener["all"])
            found.append(Listing(heads, members, says, opener.group() if opener else "（", sentence, bracket))
    return found if len(found) <= _MOST_LISTS else []


def _closing(text: str, start: int, ceiling: int) -> int:
    depth = 0
    for place in range(start, ceiling):
        if text[place] == "（":
            depth += 1
        elif text[place] == "）":
            depth -= 1
            if depth == 0:
                return place
    return ceiling


def _over_several(passages: Sequence[Passage]) -> Iterator[Listing]:
    """Yield lists whose members are sentences or paragraphs of their own, behind a sentence that opens one."""
    flat = [s for p in passages for s in p.sentences]
    heads: list[Figure] = []
    for place, sentence in enumerate(flat):
        if sentence.passage.heading:
            heads = []
            continue
        opened = _opens(sentence)
        amounts = [f for f in sentence.figures if f.function == "amount" and f.start < (opened or 0)]
        if amounts:
            heads = amounts
        elif sentence.figures and not opened:
            heads = [f for f in sentence.figures if f.function == "amount"] or heads
        if opened is not None and heads and (amounts or _MARK.match(sentence.text) is None):
            items = _items(flat, place, opened)
            if len(items) >= 2:
                members = [f for item in items for f in item.figures]
                yield Listing(heads, members, False, "：", sentence, False, items)
        if not opened and not amounts:
            told = [f for f in sentence.figures if f.function == "amount"]
            heads = told or (heads if not ACCOUNT.search(sentence.text) else [])


def _opens(sentence: Sentence) -> int | None:
    """Where a sentence opens a list of sentences: at its end (…如下：), or before its first marked item (其中：1.…)."""
    text = sentence.passage.text
    end = sentence.span.end
    if end == len(text) and _OPEN_END.search(text[max(0, end - 20) : end].rstrip("。")):
        return end
    for match in re.finditer(
        r"(?:其中|方面|如下|包括|具体为|用于)[：，]?(?=(?:1[、.．](?!\d)|（[1一]）|一是|①))", sentence.text
    ):
        return sentence.span.start + match.end()
    return None


def _items(flat: Sequence[Sentence], place: int, opened: int) -> list[Item]:
    """The items behind the opener, until a heading or a paragraph that is none."""
    items: list[Item] = []
    first = flat[place]
    rest = first.passage.text[opened : first.span.end]
    started = bool(rest.strip("。： "))
    if started:
        items.append(_item(rest, [f for f in first.figures if f.start >= opened]))
    home = first.passage
    for sentence in flat[place + 1 : place + 1 + _MOST_SENTENCES]:
        text = sentence.text
        if (sentence.passage.heading and not ACCOUNT.search(text)) or len(items) > _MOST_ITEMS:
            break
        begins = sentence.span.start == 0
        marked = bool(_MARK.match(text)) or bool(ACCOUNT.search(text))
        if marked and (begins or sentence.passage is home or ACCOUNT.search(text) or items):
            for piece, figures in _pieces(sentence):
                items.append(_item(piece, figures))
        elif (begins and sentence.passage is not home and not items) or (begins and sentence.passage is not home):
            break
        elif items:
            items[-1].figures += sentence.figures
    return items


def _pieces(sentence: Sentence) -> Iterator[tuple[str, list[Figure]]]:
    """Split a sentence at ； before a further mark (1.…；2.…)."""
    text, start = sentence.passage.text, sentence.span.start
    cuts = [start]
    for place in range(start, sentence.span.end - 1):
        if text[place] == "；" and _MARK.match(text[place + 1 : place + 8]):
            cuts.append(place + 1)
    for begin, end in zip(cuts, [*cuts[1:], sentence.span.end], strict=True):
        yield text[begin:end], [f for f in sentence.figures if begin <= f.start < end]


def _item(text: str, figures: list[Figure]) -> Item:
    mark = _MARK.match(text)
    depth = next((c for c in "㊦㊥㊤" if c in text[:120]), "")
    return Item(list(figures), mark.group() if mark else "", depth, text[:40])
