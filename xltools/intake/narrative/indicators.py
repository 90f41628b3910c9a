"""Reads the paragraphs that tell one indicator each: name：预期 target，实际 what was done，rate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from xltools.form.layout import Key
from xltools.form.model import Column, Table
from xltools.form.narrative import Phrases, Rows
from xltools.intake.narrative.document import Document, Paragraph
from xltools.intake.narrative.mentions import Mention, flat, sentences
from xltools.intake.narrative.statements import Statement, number_of

_AT_ONCE = re.compile(r"(?:完成值?|达到?|为|是|：|共|全年)*")
_RATE_WORDS = re.compile(r"(?:率|比例|比重|度|质量|情况)$")
_REASON = re.compile(r"(?:偏差)?原因")
_REASON_TEXT = re.compile(r"偏差原因[：:](.+)$")
_LONGEST_TITLE = 60


def indicator_statements(document: Document, phrases: Phrases) -> Iterator[Statement]:
    """Yield what is said of each indicator, table by table."""
    for spec in phrases.rows:
        table = phrases.form.table(spec.table)
        row = 0
        for heading in document.headings:
            if not spec.heading.search(heading.text) or any(
                o.heading.search(heading.text) for o in phrases.rows if o is not spec
            ):
                continue
            for paragraph in document.under(heading):
                found = list(_Indicator(paragraph, phrases, spec, table, row).statements())
                row += bool(found)
                yield from found


class _Indicator:
    """One indicator's paragraph."""

    def __init__(self, paragraph: Paragraph, phrases: Phrases, spec: Rows, table: Table, row: int) -> None:
        self.paragraph, self.phrases, self.spec, self.table, self.row = paragraph, phrases, spec, table, row
        body = paragraph.text[len(paragraph.mark) :]
        self.title, self.colon, _ = body.replace(":", "：", 1).partition("：")
        self.text = flat(paragraph.text)
        found = [(s.offset, m) for s in sentences(paragraph) for m in s.mentions]
        start = self.text.find("：") + 1
        self.target_at = _first(self.text, phrases.target_words, start)
        self.actual_at = _first(self.text, phrases.actual_words, start)
        reason = _REASON.search(self.text, max(self.actual_at, start))
        end = reason.start() if reason else len(self.text)
        split = self.actual_at if self.actual_at >= 0 else end
        self.targets = [m for o, m in found if self.target_at >= 0 and self.target_at < o + m.start < split]
        self.actuals = [(o + m.start, m) for o, m in found if self.actual_at >= 0 and split < o + m.start < end]

    def statements(self) -> Iterator[Statement]:
        """Yield the row's name and what was understood; nothing when this paragraph tells no indicator."""
        if not self.colon or len(self.title) > _LONGEST_TITLE or self.target_at < 0 > self.actual_at:
            return
        yield self._say(self.spec.title, self.title)
        target = self.targets[0] if len(self.targets) == 1 else None
        if target is not None:
            yield self._number(self.spec.target, target)
            unit = target.unit or _unit_behind(target)
            if self.spec.unit and unit:
                yield self._say(self.spec.unit, unit, mention=target)
            direction = self._direction(target)
            if direction and self.spec.direction:
                yield self._say(self.spec.direction, direction, mention=target)
        actual = self._actual(target)
        if actual is not None:
            yield self._number(self.spec.actual, actual)
        rate = self._named(self.spec.rate, actual)
        if rate is not None and target is not None:
            yield self._number(self.spec.rate, rate)
        yield from self._qualitative()
        yield from self._reason()

    def _actual(self, target: Mention | None) -> Mention | None:
        """The number right behind 实际; of a percentage told at length, the last rate of the paragraph."""
        if not self.actuals:
            return None
        start, first = self.actuals[0]
        word = next(w for w in self.phrases.actual_words if self.text.startswith(w, self.actual_at))
        between = self.text[self.actual_at + len(word) : start]
        same = target is None or target.unit == first.unit
        if target is not None and same and _AT_ONCE.fullmatch(between) and first.exact:
            return first
        if target is None or target.unit != "%":
            return None
        rates = [m for _, m in self.actuals if m.unit == "%" and m.exact and _RATE_WORDS.search(m.before)]
        if not rates:
            return None
        generic = self._is_named(rates[-1], self.spec.rate)
        return None if generic and target.value != 100 else rates[-1]

    def _named(self, column: str, taken: Mention | None) -> Mention | None:
        found = [m for _, m in self.actuals if m is not taken and self._is_named(m, column)]
        return found[-1] if column and found else None

    def _is_named(self, mention: Mention, column: str) -> bool:
        return bool(column) and mention.before.rstrip("为：是达到").endswith(self.table.column(column).label)

    def _direction(self, target: Mention) -> str:
        words = self.phrases.directions
        behind = self.text[target.sentence.offset + target.end :]
        for direction, said in words.items():
            if any(target.before.endswith(w) for w in said) or any(behind.startswith(w) for w in said if w[0] == "以"):
                return direction
        return ""

    def _qualitative(self) -> Iterator[Statement]:
        if self.targets or self.actual_at < 0 or not self.spec.result:
            return
        column = self.table.column(self.spec.result)
        said = self.text[self.actual_at :]
        results = [c for c in sorted(column.choices, key=len, reverse=True) if c in said]
        if not results:
            return
        yield self._say(self.spec.result, results[0])
        ruling = column.applies
        if ruling is not None and len(ruling.values) == 1 and ruling.column == self.spec.direction:
            yield self._say(self.spec.direction, ruling.values[0])
        share = self._named(self.spec.share, None)
        if share is not None:
            yield self._number(self.spec.share, share)

    def _reason(self) -> Iterator[Statement]:
        """Why it was missed: what stands behind 偏差原因：, to the end of the paragraph."""
        found = _REASON_TEXT.search(self.paragraph.text)
        if found and self.table.reason_column:
            yield self._say(self.table.reason_column, found.group(1).rstrip("。"))

    def _number(self, column: str, mention: Mention) -> Statement:
        return self._say(column, number_of(mention.value), mention.raw, mention.half, mention)

    def _say(
        self,
        column: str,
        value: int | float | str,
        raw: str = "",
        half: Decimal | None = None,
        mention: Mention | None = None,
    ) -> Statement:
        item: Column = self.table.column(column)
        sentence = mention.sentence.text if mention is not None else self.text
        key = Key(self.table.name, self.row, column)
        return Statement(key, item, value, raw or str(value), sentence, self.paragraph.place, half, mention, self.title)


def _first(text: str, words: tuple[str, ...], start: int) -> int:
    places = [p for w in words if (p := text.find(w, start)) >= 0]
    return min(places, default=-1)


def _unit_behind(mention: Mention) -> str:
    """A unit this program does not know: the short word right behind the number."""
    return mention.after if 0 < len(mention.after) <= 4 else ""
