"""What the narrative rules look at: a narrative, the workbook it belongs to (if any), and how they say a finding."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal, Unpack

from xltools.bilingual import EMPTY, Pair, same
from xltools.findings.card import Card
from xltools.findings.finding import Finding, Related
from xltools.findings.values import Figure, Joined, Quoted, Value
from xltools.form import model as m
from xltools.form.address import Ref
from xltools.form.formulas import rate_arguments
from xltools.form.layout import Key
from xltools.form.narrative import plain_label
from xltools.intake.narrative.document import Paragraph
from xltools.intake.narrative.facts.figures import Passage
from xltools.intake.narrative.facts.numbers import SCALES
from xltools.intake.narrative.figures import starts_anew
from xltools.intake.narrative.mentions import Mention
from xltools.intake.narrative.reading import Narrative
from xltools.intake.narrative.statements import Statement
from xltools.intake.submission import Submission
from xltools.recalc.engine import EngineValue
from xltools.rules.arithmetic.check import contradictions
from xltools.rules.arithmetic.shapes import Shape, shapes
from xltools.rules.arithmetic.verdicts import Discrepancy
from xltools.rules.context import Evidence, RuleContext

Kind = Literal["wrong", "unit", "cut", "base"]
_TINY = Decimal("1e-9")
_SCORE_HALF = Decimal("0.05")
"""A score may be rounded to a tenth, not to a whole point: 4 is not 3.5."""

OTHER_RULES = ("cut", "nothing", "above", "direction", "other_base")
"""Reasons for which a contradiction is said by a rule of its own."""

_HINTS: dict[str, Pair] = {
    "digit": Pair("只差一个数字，像是“{figure}”抄错一位", "one digit apart: “{figure}” looks miscopied"),
    "trailing": Pair("只差末位", "only the last digit differs"),
    "beyond": Pair("超出的部分 ÷ 任务数；所写的像是别的比", "what is beyond the task, of the task"),
    "scale": Pair("像是元与万元写混", "元 and 万元 seem to be mixed up"),
    "this_year_base": Pair("像是除以了本年数", "it seems to be divided by this year's figure"),
}

WHOLE, TITLE = Pair("全文", "the whole"), Pair("题目", "title")
"""Places of a narrative that are no paragraph."""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A statement that differs from the workbook, and in which way."""

    statement: Statement
    expected: int | float | str
    key: Key
    kind: Kind
    other: Key | None = None  # of a wrong base: the field that was divided by


@dataclass
class NarrativeContext:
    """A narrative under review."""

    narrative: Narrative
    submission: Submission | None = None
    values: Mapping[Ref, EngineValue] | None = None
    required: bool = False  # narratives are required: one that stands alone is an error

    # ------------------------------------------------------------------ the workbook's side
    @cached_property
    def examined(self) -> RuleContext | None:
        """The workbook under review, for its values and labels."""
        if self.submission is None or self.values is None:
            return None
        return RuleContext(self.submission, self.values, {})

    @property
    def form(self) -> m.Form:
        """The form whose phrases were used."""
        return self.narrative.form

    @property
    def year(self) -> int:
        """The year that is evaluated, as the workbook says, else the form's."""
        for item in self.form.fields:
            if item.type == "year":
                value = self.workbook_value(Key(item.name))
                return int(value) if isinstance(value, int | float) else self.form.year
        return self.form.year

    def workbook_key(self, statement: Statement) -> Key | None:
        """The cell a statement should agree with: an indicator's row is found by its name."""
        key = statement.key
        if key.row < 0 or self.form.table(key.field).is_fixed:
            return key
        row = self._rows.get((key.field, plain_label(statement.title)))
        return None if row is None else Key(key.field, row, key.column)

    @cached_property
    def _rows(self) -> dict[tuple[str, str], int]:
        found: dict[tuple[str, str], int] = {}
        if self.submission is None:
            return found
        for spec in self.narrative.phrases.rows:
            for key, reading in self.submission.readings.items():
                if key.field == spec.table and key.column == spec.title:
                    found.setdefault((spec.table, plain_label(str(reading.raw))), key.row)
        return found

    def workbook_value(self, key: Key) -> int | float | str | None:
        """What the workbook holds there: the clean input, else the engine's value; None when nothing usable."""
        ctx, submission = self.examined, self.submission
        if ctx is None or submission is None or key not in submission.layout.cells:
            return None
        reading = submission.readings.get(key)
        if reading is not None:
            value: object = reading.value
        elif submission.layout.cells[key] in (self.values or {}):
            value = ctx.value(key)
        else:
            value = None
        if isinstance(value, bool) or not isinstance(value, int | float | str) or value == "":
            return None
        return value

    # ------------------------------------------------------------------ what differs
    @cached_property
    def mismatches(self) -> list[Mismatch]:
        """Every statement that the workbook contradicts."""
        found = []
        agreed = {s.key for s in self.narrative.statements if self._agreed(s)}
        for statement in self.narrative.statements:
            key = self.workbook_key(statement)
            if statement.key in agreed and not self._anchored(statement):
                continue
            if key is None or not statement.item.numeric or statement.half is None:
                continue
            expected = self.workbook_value(key)
            if not isinstance(expected, int | float) or self._accepted(statement, key):
                continue
            kind, other = self._kind(statement, expected)
            found.append(Mismatch(statement, expected, key, kind, other))
        return found

    def _agreed(self, statement: Statement) -> bool:
        key = self.workbook_key(statement)
        return key is not None and statement.half is not None and self._accepted(statement, key)

    def _anchored(self, statement: Statement) -> bool:
        """True when a repeated figure is surely the department's: beside others of the form's, or with year and owner.

        Elsewhere 项目支出 300 万元 may be one project's, 在职人员 58 人 one institution's.
        """
        mention = statement.mention
        if mention is None or statement.key.row >= 0 or starts_anew(mention.before):
            return True
        figures = self.narrative.figures
        return any(m is not mention and m in figures for m in mention.sentence.mentions)

    def _accepted(self, statement: Statement, key: Key) -> bool:
        names = (key.field, *self.narrative.phrases.accepted.get(key.field, ())) if key.row < 0 else ()
        keys = [Key(name) for name in names] or [key]
        values = [self.workbook_value(k) for k in keys]
        return any(isinstance(v, int | float) and says_the_same(statement, v) for v in values)

    def _kind(self, statement: Statement, expected: int | float) -> tuple[Kind, Key | None]:
        stated, want = Decimal(str(statement.value)), Decimal(repr(expected))
        half = statement.half or Decimal(0)
        if statement.item.unit in SCALES and stated:
            for power in (3, 4, 7, 8):
                for sign in (power, -power):
                    if abs(stated.scaleb(sign) - want) <= half.scaleb(sign) + _TINY:
                        return "unit", None
        if is_cut(stated, want, half):
            return "cut", None
        return self._rate_kind(statement, stated, half)

    def _rate_kind(self, statement: Statement, stated: Decimal, half: Decimal) -> tuple[Kind, Key | None]:
        """Of a rate that the form computes of two fields: cut, or taken of another base of the same section."""
        parts = rate_parts(self.form, statement.key)
        if parts is None:
            return "wrong", None
        part, base = (self.workbook_value(Key(name)) for name in parts)
        if not isinstance(part, int | float) or not isinstance(base, int | float) or not base:
            return "wrong", None
        exact = Decimal(repr(part)) / Decimal(repr(base)) * 100
        if is_cut(stated, exact, half):
            return "cut", None
        section = self.form.field(parts[1]).section
        for item in self.form.fields:
            other = self.workbook_value(Key(item.name)) if item.section == section and item.type == "amount" else None
            if item.name in parts or not isinstance(other, int | float) or not other:
                continue
            if abs(Decimal(repr(part)) / Decimal(repr(other)) * 100 - stated) <= half:
                return "base", Key(item.name)
        return "wrong", None

    @cached_property
    def wrong(self) -> set[Mention]:
        """The numbers that were reported already: what was made of them is not reported again."""
        return {x.statement.mention for x in self.mismatches if x.statement.mention is not None}

    # ------------------------------------------------------------------ what the text itself says
    @property
    def passages(self) -> list[Passage]:
        """The narrative as the arithmetic reads it."""
        return self.narrative.passages

    @cached_property
    def contradictions(self) -> list[Discrepancy]:
        """What does not follow from the text's own figures, without what a number reported already brings with it."""
        told = {(m.sentence.paragraph.place, m.value, m.unit) for m in self.wrong}
        year = str(self.narrative.year or "")
        return [one for one in contradictions(self.passages, year) if not self._brought(one, told)]

    def _brought(self, one: Discrepancy, told: set[tuple[str, Decimal, str]]) -> bool:
        return any((self.passages[s.passage].place, s.value, s.unit) in told for s in (one.claim, *one.sources))

    @cached_property
    def shapes(self) -> list[Shape]:
        """Words and marks that a careful reader would point at, a few of them."""
        return shapes(self.passages)

    # ------------------------------------------------------------------ saying it
    def contradict(
        self, card: Card, wrong: Mismatch, values: Mapping[str, Value], *, difference: float | None = None
    ) -> Finding:
        """Return a finding of `card` about a statement that the workbook contradicts."""
        return self.say(
            card,
            wrong.statement.place,
            values,
            label=self.label(wrong.key, wrong.statement.title),
            stated=wrong.statement.value,
            expected=wrong.expected,
            difference=difference,
            related=self.related(wrong.key),
        )

    def say(
        self,
        card: Card,
        place: str | Pair,
        values: Mapping[str, Value],
        *,
        level: m.Level | None = None,
        label: Pair = EMPTY,
        **evidence: Unpack[Evidence],
    ) -> Finding:
        """Return a finding of `card` at a place of the narrative."""
        return Finding(
            code=card.code,
            level=level or card.level,
            file=self.narrative.file,
            department=self.submission.department if self.submission is not None else self.narrative.department,
            field=label,
            values=dict(values),
            place=same(place) if isinstance(place, str) else place,
            **evidence,
        )

    def own(self, card: Card, one: Discrepancy, values: Mapping[str, Value]) -> Finding:
        """Return a finding of `card` about a contradiction of the text's own figures."""
        words = one.reason == "direction" or one.kind == "grade"
        return self.say(
            card,
            self.passages[one.passage].place,
            values,
            level=one.level,
            stated=one.stated if words else float(one.claim.value),
            expected=leading_number(one.recomputed),
            hint=_hint(one),
        )

    def shaped(self, card: Card, shape: Shape) -> Finding:
        """Return a finding of `card` about words or marks."""
        return self.say(card, self.passages[shape.passage].place, {"there": Quoted(shape.quote)}, stated=shape.what)

    def of_sources(self, one: Discrepancy) -> dict[str, Value]:
        """What was stated, from which figures it was computed again, and the result."""
        sources = Joined(tuple(s.text for s in one.sources))
        return {"there": one.quote, "sources": sources, "right": one.recomputed}

    def division(self, one: Discrepancy) -> dict[str, Value]:
        """A rate with its part and base, and what they give."""
        first, second = one.sources
        part, base = (second, first) if one.kind == "completion" else (first, second)
        return {"rate": one.quote, "part": part.raw, "base": base.raw, "right": one.recomputed, "other": one.repair}

    def label(self, key: Key, title: str = "") -> Pair:
        """What the form calls a cell."""
        if self.examined is not None and key in self.examined.submission.layout.cells:
            return self.examined.label(key)
        if key.row < 0:
            return same(self.form.field(key.field).label)
        return same(f"“{title}”{self.form.table(key.field).column(key.column).label}")

    def related(self, key: Key) -> tuple[Related, ...]:
        """The workbook's cell, when there is one."""
        return (self.examined.related(key),) if self.examined is not None else ()

    def cell(self, key: Key) -> str:
        """The workbook's cell in words: 收支情况!B6."""
        return "、".join(f"{r.sheet}!{r.cell}" for r in self.related(key))

    def figure(self, value: int | float | str, item: m.Field | m.Column) -> Figure:
        """A value as the form writes it."""
        return Figure(value, item.decimals, item.unit)

    def paragraphs(self) -> Iterator[Paragraph]:
        """The narrative's paragraphs."""
        return iter(self.narrative.document.paragraphs)


def leading_number(text: str) -> float | str | None:
    """Return the number a text begins with (25.00%, 300.00万元), else the text, None for nothing."""
    found = re.match(r"-?\d{1,20}(?:\.\d{1,10})?", text)
    return float(found.group()) if found else text or None


def _hint(one: Discrepancy) -> Pair:
    return _HINTS[one.reason].format(figure=one.repair or one.stated) if one.reason in _HINTS else EMPTY


def says_the_same(statement: Statement, expected: int | float) -> bool:
    """True when the digits shown are those of the workbook's value."""
    half = statement.half or Decimal(0)
    if statement.item.type == "score":
        half = min(half, _SCORE_HALF)
    return abs(Decimal(str(statement.value)) - Decimal(repr(expected))) <= half + _TINY


def is_cut(stated: Decimal, exact: Decimal, half: Decimal) -> bool:
    """True when the digits shown are those of the exact value with the rest cut off instead of rounded."""
    step = half * 2
    return half > 0 and abs(stated) < abs(exact) and abs(exact - stated) < step and abs(exact - stated) > half


def rate_parts(form: m.Form, key: Key) -> tuple[str, str] | None:
    """Return (part, base) when one of the form's rules computes this field as a rate."""
    for rule in form.rules:
        if key.row < 0 and rule.table is None and rule.op == "=" and rule.left == key.field:
            parts = rate_arguments(rule.right)
            if parts is not None:
                return parts
    return None
