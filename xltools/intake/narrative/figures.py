"""Which field a number in a sentence is: the words before it must be one of the form's phrases, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from xltools.form.layout import Key
from xltools.form.model import Column, Field, Form
from xltools.form.narrative import Phrase, Phrases
from xltools.intake.narrative.facts.numbers import SCALES
from xltools.intake.narrative.mentions import Mention

_LEADS = re.compile(
    r"、|和|及|与|以及|(?:截至|截止)?(?:19|20)\d{2}年(?:度|末|底)?(?:\d{1,2}月(?:\d{1,2}日)?)?|截至年?末|年末|年底|本年度?|当年|全年|年度|"
    r"其中|分别为|分别是|包括|包含|主要(?:为|是|包括)|(?:本|我|我们|该)(?:部门|单位|办|局|委|中心|院|校|街道?|镇|乡|厅|所|站|机关)|"
    r"部门|单位|实际|实现|共|共有|共计|总计|目前|现有|现|有|全部|按照?|核定|安排"
)
_LINKS = re.compile(r"(?:为|是|达到?|共计?|共有|合计|总计|小计|总额|有|约?计|：|的|由)$")

_LONGEST, _MOST_CUTS, _MOST_LINKS = 200, 16, 8
"""Characters before a number that can be a phrase with its small words, and how many of these stand around it."""

_ANEW = re.compile(r"(?:19|20)\d{2}年|本年度|(?:本|我)(?:部门|单位|办|局|委)")


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """A number that was understood: what it is of the form, its value in that field's unit, half its last digit."""

    key: Key
    item: Field | Column
    mention: Mention
    value: Decimal
    half: Decimal

    @property
    def number(self) -> int | float:
        """The value as a workbook holds it."""
        return int(self.value) if self.value == int(self.value) and "." not in str(self.value) else float(self.value)


def recognised(mentions: list[Mention], phrases: Phrases, year: int | None) -> dict[Mention, Figure]:
    """Return the figures among the numbers of one sentence."""
    found: dict[Mention, Figure] = {}
    for mention in mentions:
        remainders = _remainders(mention.before) if mention.exact else ()
        for phrase in phrases.phrases:
            words = _matches(phrase, mention, remainders)
            if words is None or not _stands(phrase, phrases, mention, words, found, year):
                continue
            figure = figure_of(phrases.form, phrase_key(phrase), mention)
            if figure is not None:
                found[mention] = figure
                break
    return found


def starts_anew(words: str) -> bool:
    """True for words before a number that name the year or whose figure it is (2023年度本部门)."""
    return bool(_ANEW.search(words))


def phrase_key(phrase: Phrase) -> Key:
    """Return what a phrase is said of: a field, or a row's score."""
    return Key(phrase.field) if phrase.row < 0 else Key(phrase.field, phrase.row, phrase.column)


def item_of(form: Form, key: Key) -> Field | Column:
    """Return the field or column of a key."""
    return form.field(key.field) if key.row < 0 else form.table(key.field).column(key.column)


def figure_of(form: Form, key: Key, mention: Mention) -> Figure | None:
    """Return the number as a figure of that field, or None when its unit cannot be the field's."""
    item = item_of(form, key)
    scaled = in_unit(mention, item.unit)
    return None if scaled is None else Figure(key, item, mention, *scaled)


def in_unit(mention: Mention, unit: str) -> tuple[Decimal, Decimal] | None:
    """Return value and half digit in `unit`; None when the units are of different kinds."""
    if unit in SCALES:
        if mention.unit not in SCALES:
            return None
        power = SCALES[mention.unit] - SCALES[unit]
        return _plain(mention.value.scaleb(power)), mention.half.scaleb(power)
    if mention.unit != unit and not (unit in ("个", "份") and mention.unit in ("", "个", "份", "家", "项")):
        return None
    return mention.value, mention.half


def _plain(value: Decimal) -> Decimal:
    return value if value != 0 else Decimal(0)


def _matches(phrase: Phrase, mention: Mention, remainders: Collection[str]) -> str | None:
    """Return the words that are the phrase, or None."""
    if phrase.after is not None:
        if not phrase.after.match(mention.after):
            return None
    elif mention.after:
        return None
    return next((words for words in remainders if phrase.before.fullmatch(words)), None)


def _remainders(before: str) -> Collection[str]:
    """The words before a number, and what is left of them without the small words, a closed list, around a phrase."""
    if len(before) > _LONGEST:
        return ()
    found: dict[str, None] = {}
    for begin in islice(_cuts(before), _MOST_CUTS):
        rest = before[begin:]
        found[rest] = None
        for _ in range(_MOST_LINKS):
            link = _LINKS.search(rest)
            if link is None:
                break
            rest = rest[: link.start()]
            found[rest] = None
    return found


def _cuts(text: str) -> Iterator[int]:
    position = 0
    yield 0
    while position < len(text):
        match = _LEADS.match(text, position)
        if match is None:
            return
        position = match.end()
        yield position


def _stands(
    phrase: Phrase, phrases: Phrases, mention: Mention, words: str, found: dict[Mention, Figure], year: int | None
) -> bool:
    """True when the number stands where the phrase may: the right list, the report's year, no word that forbids it."""
    said = mention.year
    if said is not None and said != year and (isinstance(said, int) or said not in words):
        return False
    if phrase.needs and not any(f.key.field in phrase.needs for f in found.values()):
        return False
    head = found.get(mention.head) if mention.head is not None else None
    head_name = head.key.field if head is not None else ""
    if phrase.under and head_name not in phrase.under:
        return False
    if mention.head is not None and not phrase.under:
        allowed = phrases.parents.get(phrase.field, frozenset()) | set(phrase.heads) | {_same(phrases, phrase.field)}
        if head_name not in allowed and phrase.row < 0:
            return False
    return not any(word in _before(mention, words, found) for word in phrase.unless)


def _same(phrases: Phrases, name: str) -> str:
    return name if name not in phrases.parents else ""


def _before(mention: Mention, words: str, found: dict[Mention, Figure]) -> str:
    """The words of the sentence that bear on the number, without what was already understood: since the last
    semicolon, or since the last clause that names the year or whose figure it is."""
    text = mention.sentence.text
    own = mention.before.replace(words, "", 1)
    begin = text.rfind("；", 0, mention.start) + 1
    for match in _ANEW.finditer(text, begin, mention.start):
        begin = match.start()
    pieces, position = [], begin
    for other in found:
        if other.end > begin:
            pieces.append(text[position : other.start - len(other.before)])
            position = other.end
    pieces.append(text[position : mention.start - len(mention.before)])
    return "".join(pieces) + own
