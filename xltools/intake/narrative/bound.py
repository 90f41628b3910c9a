"""Which field a figure of any text is: only the department's own, by stage, money, year and the list it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cached_property

from xltools.form.layout import Key
from xltools.form.narrative import Phrase, Phrases
from xltools.intake.narrative.document import Paragraph
from xltools.intake.narrative.facts.figures import Figure, Passage
from xltools.intake.narrative.facts.known import BUDGETS, owner_stripped, plainly_told, scope_money, years_told
from xltools.intake.narrative.facts.lists import Listing, listings
from xltools.intake.narrative.facts.numbers import SCALES
from xltools.intake.narrative.facts.scopes import money_of, stage_of, subject_of, without_money
from xltools.intake.narrative.mentions import Mention
from xltools.intake.narrative.statements import Statement, number_of

ACCOUNT = re.compile(r"[（(](?:类|款|项)[）)]")
_REASON = re.compile(r"原因|由于|因为|所属|下属|下辖|直属|其中：?用于")
_SUFFIX = {"initial": "预算数", "budget": "预算数", "adjusted": "预算数", "final": "决算数"}
_ALL_OF_IT = re.compile(r"(?:支出|合计|总额|总计)$")
_STAGE_WORDS = ("批复", "下达", "追加", "调整")


class Binder:
    """One text and a form's phrases."""

    def __init__(self, passages: Sequence[Passage], phrases: Phrases, year: int | None, kind: str) -> None:
        self.passages, self.phrases, self.kind = passages, phrases, kind
        self.year = str(year) if year else ""
        self.found: dict[Figure, list[str]] = {}
        self._told: dict[Decimal, set[str]] = {}  # the fields that a text gave an amount to, by the amount

    @cached_property
    def open_to(self) -> bool:
        """True when figures of this kind of text can be the form's."""
        return not self.kind or not self.phrases.kinds or self.kind in self.phrases.kinds

    @cached_property
    def _of_all_money(self) -> frozenset[str]:
        """The fields that count all money: the form's totals and what adds up to them."""
        totals = set(self.phrases.form.total_fields)
        return frozenset(totals | {name for name, above in self.phrases.parents.items() if above & totals})

    # ------------------------------------------------------------------ what an older binding may keep
    def keeps(self, mention: Mention, name: str, headings: Sequence[str]) -> bool:
        """True when a number that the form's own phrases named stands in the department's own scope."""
        if not self.open_to or ACCOUNT.search(mention.sentence.paragraph.text):
            return False
        strange = self.kind not in ("", self.phrases.kinds[0] if self.phrases.kinds else "")
        if strange and not subject_of(mention.before):
            return False
        if name in self._of_all_money and not money_of(mention.before):
            return not strange or not any(money_of(h) for h in headings)
        return True

    # ------------------------------------------------------------------ figures of any text
    def statements(self) -> Iterator[Statement]:
        """Yield what the figures of the text state of the form."""
        if not self.open_to:
            return
        self._lists = self._under(listings(self.passages))
        for passage in self.passages:
            if passage.heading or ACCOUNT.search(passage.evened.source):
                continue
            for figure in passage.figures:
                names = self._names(figure)
                if names:
                    self.found[figure] = names
                    self._told.setdefault(figure.amount, set()).update(names)
                    yield from self._say(figure, names)

    def _under(self, lists: Sequence[Listing]) -> dict[Figure, list[Figure]]:
        found: dict[Figure, list[Figure]] = {}
        for listing in lists:
            for member in listing.members:
                found.setdefault(member, []).extend(listing.heads)
        return found

    def _names(self, figure: Figure) -> list[str]:
        number = figure.number
        if figure.function != "amount" or not number.exact or figure.scope.account or _REASON.search(figure.before):
            return []
        if not plainly_told(figure) or years_told(figure) - {self.year} or _in_a_row(figure):
            return []
        stage = figure.scope.stage
        above = [h for h in self._lists.get(figure, []) if not stage or h.scope.stage in ("", stage)]
        heads = [n for h in reversed(above) for n in self._head(h)]
        names = []
        for phrase in self.phrases.phrases:
            if phrase.row < 0 and phrase.field not in names and self._fits(phrase, figure, heads):
                names.append(phrase.field)
        return names

    def _head(self, head: Figure) -> list[str]:
        """The fields a list's total is; of one kind of money the field it equals (财政拨款基本支出 where all is that)."""
        if head in self.found:
            return self.found[head]
        core = without_money(owner_stripped(head.scope.subject))
        same = self._told.get(head.amount, ())
        return [p.field for p in self.phrases.phrases if p.field in same and p.before.fullmatch(core)]

    def _fits(self, phrase: Phrase, figure: Figure, heads: Sequence[str]) -> bool:
        all_money = phrase.field in self._of_all_money
        if not any(phrase.before.fullmatch(words) for words in self._spellings(figure, all_money)):
            return False
        if (phrase.after is not None and not phrase.after.match(figure.after)) or phrase.needs:
            return False
        if phrase.under and not set(phrase.under) & set(heads):
            return False
        if all_money and scope_money(figure) and not money_of(figure.before):
            listed = bool(set(phrase.under or phrase.heads) & set(heads))
            return listed and phrase.field not in self.phrases.form.total_fields
        return not any(word in self._said(figure) for word in self._unless(phrase, figure))

    def _spellings(self, figure: Figure, all_money: bool) -> tuple[str, ...]:
        """What the figure may be called: with its stage behind it; without its money where the field is not of all."""
        subject, stage = owner_stripped(figure.scope.subject), figure.scope.stage
        names = [subject]
        if stage:
            names += [_ALL_OF_IT.sub("", subject), without_money(_ALL_OF_IT.sub("", subject))]
        if all_money:
            names = [n for n in names if bool(money_of(n)) == bool(money_of(subject))]
        suffixes = (_SUFFIX[stage],) if stage in BUDGETS else ("", _SUFFIX["final"]) if stage else ("",)
        return tuple(dict.fromkeys(name + suffix for name in names if name for suffix in suffixes))

    def _said(self, figure: Figure) -> str:
        text = figure.sentence.passage.text
        start = max(text.rfind("；", figure.sentence.span.start, figure.start), figure.sentence.span.start)
        return without_money(text[start : figure.word_start])

    def _unless(self, phrase: Phrase, figure: Figure) -> Iterator[str]:
        for word in phrase.unless:
            staged = stage_of(word) in BUDGETS or word in _STAGE_WORDS
            if not (staged and figure.scope.stage == "final"):
                yield word

    def _say(self, figure: Figure, names: Sequence[str]) -> Iterator[Statement]:
        number, sentence = figure.number, figure.sentence
        for name in names:
            item = self.phrases.form.field(name)
            value, half = number.value, number.half
            if item.unit in SCALES:
                if number.unit not in SCALES:
                    continue
                power = SCALES[number.unit] - SCALES[item.unit]
                value, half = value.scaleb(power), half.scaleb(power)
            elif number.unit != item.unit and not (item.unit in ("个", "份") and number.unit in ("", "个", "家", "项")):
                continue
            text = sentence.passage.evened.quote(sentence.span.start, sentence.span.end)
            yield Statement(Key(name), item, number_of(value), number.raw, text, sentence.passage.place, half)


def _in_a_row(figure: Figure) -> bool:
    """True for one of several figures told under one name (收、支总计各是 a、b): which is which is not said."""
    row = figure.sentence.figures
    place = row.index(figure)
    behind = row[place + 1] if place + 1 < len(row) else None
    return not figure.before or (behind is not None and not behind.before and behind.kind == figure.kind)


def headings_over(paragraphs: Sequence[Paragraph]) -> dict[int, tuple[str, ...]]:
    """Return for each paragraph (by id) the headings above it."""
    found: dict[int, tuple[str, ...]] = {}
    above: list[Paragraph] = []
    for paragraph in paragraphs:
        if paragraph.heading:
            above = [p for p in above if p.level < paragraph.level] + [paragraph]
        found[id(paragraph)] = tuple(p.text for p in above)
    return found
