"""A total behind its parts: a 万元、b 万元，合计 c 万元; 三个乡镇共 220 万元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from xltools.intake.narrative.facts.figures import Figure, Passage
from xltools.intake.narrative.facts.known import names_of
from xltools.intake.narrative.facts.lists import OPENER
from xltools.rules.arithmetic.sums import depth, fits, gap, residue, say, telling
from xltools.rules.arithmetic.verdicts import TINY, Discrepancy, closing_digit

_CLOSING = re.compile(
    r"^[，、]?(?:以上|上述|三项|两项)?[^，。；：]{0,8}(?:合计|共计|总计)[^，。；：]{0,10}(?:为|是|：|约)?$"
    r"|^资金总额(?:为|：)?$"
)
_COUNTED = re.compile(r"^[一-鿿]{0,4}(?:合计|共计|总计|共)(?:为|：)?$")
_COUNTERS = "个项批类笔家"
_MOST = 24
_OF_ITS_OWN = re.compile(r"(?P<noun>[一-鿿]{0,40}?)(?:人员|人数|职工){0,3}(?:合计|共计|总计)")
_OF_ALL = re.compile(r"以上|上述|[两三四五]项|各类|全部|全[局院校所站中系]|本?单位|部门|机关|现有|实有|年末|总|等")


def closing_totals(passages: Sequence[Passage], told: set[tuple[int, int]]) -> Iterator[Discrepancy]:
    """Yield the totals that the parts told before them do not make; `told`: where a total is known to be wrong."""
    for passage in passages:
        for sentence in passage.sentences:
            for one in _in_sentence(sentence.figures):
                if (one.passage, one.end) not in told:
                    yield one


def _adjoins(figures: Sequence[Figure], index: int) -> bool:
    """True when a count stands right before the words of a total (三个乡镇共 220 万元)."""
    count, total = figures[index - 1], figures[index]
    return count.number.unit[:1] in _COUNTERS and count.end == total.word_start and bool(count.number.unit)


def _counted(figures: Sequence[Figure], index: int, parts: Sequence[Figure]) -> bool:
    """True when the words of a total say how many parts it has, and so many are told."""
    return bool(index) and _adjoins(figures, index) and 2 <= figures[index - 1].number.value <= len(parts)


def _all_told(figures: Sequence[Figure], index: int, parts: Sequence[Figure]) -> bool:
    """True for a total behind all amounts of its sentence, joined by marks alone, that one digit's repair closes exactly."""
    total = figures[index]
    others = [f for f in figures[:index] if f.number.unit[:1] not in _COUNTERS or not f.number.unit]
    if (
        names_of(total.scope.subject)
        or len(others) != len(parts)
        or OPENER.search(total.sentence.text[: total.start - total.sentence.span.start])
    ):
        return False
    exact = 2 * min((f.slack for f in (total, *parts) if f.slack), default=TINY)
    return closing_digit(parts, total, gap(total, parts), exact / 10) is not None


def _of_its_own(total: Figure, parts: Sequence[Figure]) -> bool:
    """True for persons of a sort that stands beside the others (编制 6 人，在职 3 人，离退休人员合计 3 人): a 合计 of its own."""
    named = _OF_ITS_OWN.match(total.before.lstrip("，、")) if total.kind == "人" else None
    noun = _OF_ALL.sub("", named["noun"]) if named else ""
    return bool(noun) and not all(noun in p.scope.subject or noun in p.before for p in parts)


def _in_sentence(figures: Sequence[Figure]) -> Iterator[Discrepancy]:
    for index, total in enumerate(figures):
        if total.function != "amount" or not total.number.exact:
            continue
        if not _CLOSING.match(total.before) and not (
            index and _COUNTED.match(total.before) and _adjoins(figures, index)
        ):
            continue
        text, floor = total.sentence.passage.text, total.sentence.span.start
        level = depth(text, total.start, floor)
        near = figures[max(0, index - _MOST) : index]
        parts = [f for f in near if f.function == "amount" and f.kind == total.kind]
        parts = [p for p in parts if depth(text, p.start, floor) == level]
        if _counted(figures, index, parts):
            parts = parts[-int(figures[index - 1].number.value) :]
        if len(parts) < 2 or _of_its_own(total, parts) or any(fits(total, parts[k:]) for k in range(len(parts) - 1)):
            continue
        if not all(p.number.exact for p in parts) or len({p.scope.stage for p in parts}) > 1:
            continue
        digit = closing_digit(parts, total, gap(total, parts), residue(total, parts))
        sure = _counted(figures, index, parts) or _all_told(figures, index, parts)
        if sure or (digit is not None and telling(total, parts)):
            yield say(total, parts, digit)
