"""Everything a narrative says of a form: title, figures, indicators, score table, grade, passages; as `read` gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from xltools.form.layout import Key
from xltools.form.model import Form, Table
from xltools.form.narrative import Phrases, plain_label
from xltools.intake.narrative.bound import Binder, headings_over
from xltools.intake.narrative.document import Document, Grid
from xltools.intake.narrative.facts.figures import Figure as Told
from xltools.intake.narrative.facts.figures import Passage
from xltools.intake.narrative.facts.kinds import Title, title_of
from xltools.intake.narrative.facts.source import passages_of
from xltools.intake.narrative.figures import Figure, recognised
from xltools.intake.narrative.indicators import indicator_statements
from xltools.intake.narrative.mentions import Sentence, flat, sentences
from xltools.intake.narrative.statements import Statement, number_of

_YEAR = re.compile(r"((?:19|20)\d{2})年")
_ATTACHMENT = re.compile(r"^附件\d*(?:[-—]\d+)?[：、]?")
_NAMED = re.compile(r"(?:部门|单位)(?:（单位）|（部门）)?名称[：:](?:（公章）)?([一-鿿（）]{3,40})")
_SCORE_CELL = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(slots=True)
class Narrative:
    """A narrative as understood with one form's phrases."""

    document: Document
    phrases: Phrases
    year: int | None
    department: str
    title: str
    sentences: list[Sentence]
    figures: dict[Any, Figure]  # Mention → Figure
    passages: list[Passage]
    read: Title
    statements: list[Statement] = field(default_factory=list)
    grade: Statement | None = None
    bound: dict[Told, list[str]] = field(default_factory=dict)

    @property
    def form(self) -> Form:
        """The form whose phrases were used."""
        return self.phrases.form

    @property
    def file(self) -> str:
        """The file, as the report calls it."""
        return self.document.source.file

    def of(self, key: Key) -> list[Statement]:
        """Everything said of one field."""
        return [s for s in self.statements if s.key == key]


def read_with(document: Document, phrases: Phrases, year: int | None = None) -> Narrative:
    """Understand a narrative with a form's phrases; `year` is the one evaluated, where something else decides it."""
    title, own, department = _title(document, phrases)
    year = year or own
    said = [s for p in document.paragraphs if not p.heading for s in sentences(p)]
    rows = list(indicator_statements(document, phrases))
    told = {id(s.mention.sentence.paragraph) for s in rows if s.mention is not None}
    passages = passages_of(document)
    read = title_of(passages)
    year, department = year or read.year, _fuller(department, read.department)
    binder = Binder(passages, phrases, year or read.likely_year, read.kind)
    above = headings_over(document.paragraphs)
    figures: dict[Any, Figure] = {}
    for sentence in said:
        if id(sentence.paragraph) not in told:
            for mention, figure in recognised(sentence.mentions, phrases, year).items():
                if binder.keeps(mention, figure.key.field, above[id(sentence.paragraph)]):
                    figures[mention] = figure
    found = Narrative(document, phrases, year, department, title, said, figures, passages, read)
    found.statements = [statement_of(f) for f in figures.values()] + rows
    known = {(s.key, s.value) for s in found.statements}
    found.statements += [s for s in binder.statements() if (s.key, s.value) not in known]
    found.bound = binder.found
    for number, grid in enumerate(document.grids, start=1):
        found.statements += _grid(grid, number, phrases)
    found.grade = _grade(found)
    return found


def _fuller(one: str, other: str) -> str:
    """The department by the form's own titles, or by any title where that says none or less."""
    return other if not one or (one in other and one != other) else one


def statement_of(figure: Figure) -> Statement:
    """Return a number of a sentence as what it states."""
    mention = figure.mention
    sentence = mention.sentence
    value = number_of(figure.value)
    return Statement(
        figure.key, figure.item, value, mention.raw, sentence.text, sentence.paragraph.place, figure.half, mention
    )


def _title(document: Document, phrases: Phrases) -> tuple[str, int | None, str]:
    """The title line, the year and the department it names; "" and None where it does not."""
    text = flat(document.title)
    matches = [m for pattern in phrases.titles if (m := pattern.search(text))]
    if not matches:
        return "", None, ""
    match = min(matches, key=lambda m: m.start())
    before = _ATTACHMENT.sub("", text[: match.start()])
    year = _YEAR.search(before) or _YEAR.search(text, match.start())
    name = re.sub(r"(?:19|20)\d{2}年度?|^关于|的$|[^一-鿿（）]", "", before)
    if len(name) < 3:
        labelled = _NAMED.search(text)
        name = labelled.group(1) if labelled else ""
    return before + match.group(), int(year.group(1)) if year else None, name[-60:]


def _grade(found: Narrative) -> Statement | None:
    """The grade, when a paragraph that states the score says one, and only one."""
    form = found.form
    said: dict[str, Statement] = {}
    scored = {id(s.mention.sentence.paragraph) for s in found.of(Key(form.score_field)) if s.mention}
    for sentence in found.sentences:
        if id(sentence.paragraph) not in scored:
            continue
        for pattern in found.phrases.grades:
            for match in pattern.finditer(sentence.text):
                item = form.field(form.grade_field)
                said.setdefault(
                    match["grade"],
                    Statement(
                        Key(form.grade_field),
                        item,
                        match["grade"],
                        match["grade"],
                        sentence.text,
                        sentence.paragraph.place,
                    ),
                )
    return next(iter(said.values())) if len(said) == 1 else None


def _grid(grid: Grid, number: int, phrases: Phrases) -> Iterator[Statement]:
    """What a score table in the narrative says, when its header names a scoring table's columns."""
    for table in phrases.form.tables:
        if not table.is_fixed or table.title_column is None or table.score_column is None:
            continue
        for index, row in enumerate(grid.rows):
            labels = [plain_label(re.sub(r"[（(].{1,4}[）)]$", "", cell)) for cell in row]
            places = {c.name: labels.index(c.label) for c in table.columns if c.label in labels}
            if table.title_column in places and table.score_column in places:
                yield from _grid_rows(table, places, grid.rows[index + 1 :], number, phrases)
                return


def _grid_rows(
    table: Table, places: dict[str, int], rows: list[list[str]], number: int, phrases: Phrases
) -> Iterator[Statement]:
    titles = {plain_label(str(r.get(table.title_column or ""))): i for i, r in enumerate(table.rows)}
    form = phrases.form
    for line, row in enumerate(rows, start=1):
        where = f"第 {number} 个表第 {line} 行"
        cells = {name: row[place] for name, place in places.items() if place < len(row)}
        title = cells.get(table.title_column or "", "")
        index = titles.get(plain_label(title))
        score = cells.get(table.score_column or "", "")
        if index is None and any(plain_label(cell) == phrases.total_row for cell in row) and phrases.total_row:
            if _SCORE_CELL.fullmatch(score):
                item = form.field(form.score_field)
                yield _cell_statement(Key(form.score_field), item, score, row, where)
            continue
        if index is None:
            continue
        for name, text in cells.items():
            column = table.column(name)
            number_cell = column.numeric and _SCORE_CELL.fullmatch(text)
            words_cell = not column.numeric and text and (table.is_input(index, column))
            if number_cell or words_cell:
                yield _cell_statement(Key(table.name, index, name), column, text, row, where)


def _cell_statement(key: Key, item: Any, text: str, row: list[str], where: str) -> Statement:
    value: int | float | str = text
    half = None
    if item.numeric:
        number = Decimal(text)
        value, half = number_of(number), Decimal(5).scaleb(int(number.as_tuple().exponent) - 1)
    return Statement(key, item, value, text, " ".join(c for c in row if c), where, half)
