"""Loads narrative.toml, which ties the phrases of a narrative report (附件2) to a form's fields, or refuses it with every fault."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from xltools.bilingual import Pair
from xltools.boundary.nearest import nearest
from xltools.boundary.plain import said_of_pattern
from xltools.boundary.read import read_toml
from xltools.boundary.walk import Fault, below, entry, taken
from xltools.errors import DefinitionError
from xltools.form.formulas import sum_arguments
from xltools.form.loader import NARRATIVE as FILE
from xltools.form.loader import refuse
from xltools.form.model import Form
from xltools.form.phrases import (
    NUMBER,
    TEMPLATE,
    Part,
    Passage,
    Phrase,
    Phrases,
    Rows,
    has_narrative,
    plain_label,
)

__all__ = [
    "TEMPLATE",
    "Part",
    "Passage",
    "Phrase",
    "Phrases",
    "Rows",
    "has_narrative",
    "phrases_of",
    "plain_label",
]


class _Document(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    titles: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    target_words: tuple[str, ...] = ()
    actual_words: tuple[str, ...] = ()
    directions: dict[str, tuple[str, ...]] = {}
    residue: tuple[str, ...] = ()
    placeholder: str = ""
    unless: tuple[str, ...] = ()
    score_phrase: str = ""
    kinds: tuple[str, ...] = ()
    name: str = "部门整体支出绩效自评报告"


class _Figure(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    field: str
    says: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] | None = None  # not given: the document's
    accepts: tuple[str, ...] = ()


class _Rows(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    table: str
    heading: str
    title: str
    target: str
    actual: str
    unit: str = ""
    direction: str = ""
    rate: str = ""
    result: str = ""
    share: str = ""


class _Passage(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    field: str
    heading: str


class _Part(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str
    heading: str


class _Grid(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    total: str = ""


class NarrativeFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    document: _Document = _Document()
    figure: tuple[_Figure, ...] = ()
    rows: tuple[_Rows, ...] = ()
    passage: tuple[_Passage, ...] = ()
    part: tuple[_Part, ...] = ()
    grid: _Grid = _Grid()


_LOADED: dict[tuple[str, str], Phrases] = {}


def phrases_of(form: Form) -> Phrases:
    """Return the form's phrases (loaded once); raise DefinitionError with everything that is wrong."""
    key = (str(form.folder / FILE), form.digest)
    if key not in _LOADED:
        phrases, found = examined(form)
        if found or phrases is None:
            raise DefinitionError(refuse(form.folder, found))
        _LOADED[key] = phrases
    return _LOADED[key]


def examined(form: Form) -> tuple[Phrases | None, list[Fault]]:
    """Return the form's phrases, if the file has their shape, and everything that is wrong with it."""
    missing = Pair(
        "缺少这个文件；表格 {id} 还没有自评报告的写法",
        "this file is missing: the form {id} says nothing of narratives yet",
    )
    raw, found = read_toml(form.folder / FILE, missing.format(id=form.id))
    file, wrong = (None, []) if found else taken(raw, NarrativeFile, FILE)
    if file is None:
        return None, [*found, *wrong]
    loader = _Loader(form, file)
    return loader.load(), [*wrong, *loader.found]


class _Loader:
    """Ties one narrative.toml to its form; `found` is what does not fit."""

    def __init__(self, form: Form, file: NarrativeFile) -> None:
        self.form, self.file = form, file
        self.fields = {f.name: f for f in form.fields}
        self.tables = {t.name: t for t in form.tables}
        self.found: list[Fault] = []

    def load(self) -> Phrases:
        file, document, top = self.file, self.file.document, below(FILE, "document")
        figures = [(entry(below(FILE, "figure"), n, {"name": i.field}), i) for n, i in enumerate(file.figure, start=1)]
        phrases = [p for place, item in figures for p in self._figure(place, item)]
        phrases += self._labels({p.field for p in phrases})
        phrases += self._scores(document.score_phrase)
        return Phrases(
            form=self.form,
            titles=self._patterns(below(top, "titles"), document.titles),
            phrases=tuple(phrases),
            rows=tuple(self._rows(below(FILE, "rows"), number, item) for number, item in enumerate(file.rows, start=1)),
            passages=tuple(self._passages()),
            parts=tuple(self._parts()),
            accepted={i.field: self._names(below(place, "accepts"), i.accepts) for place, i in figures if i.accepts},
            grades=self._grades(below(top, "grades"), document.grades),
            target_words=document.target_words,
            actual_words=document.actual_words,
            directions=document.directions,
            residue=self._patterns(below(top, "residue"), document.residue),
            placeholder=document.placeholder,
            total_row=file.grid.total,
            kinds=document.kinds,
            name=document.name,
            parents=_parents(self.form),
        )

    def _figure(self, place: str, item: _Figure) -> Iterator[Phrase]:
        self._name(below(place, "field"), item.field)
        for number, say in enumerate(item.says, start=1):
            before, _, after = say.partition(NUMBER)
            says = f"{below(place, 'says')}[{number}]"
            yield Phrase(
                item.field,
                self._pattern(says, before),
                self._pattern(says, after) if NUMBER in say else None,
                self._names(below(place, "under"), item.under),
                self._names(below(place, "heads"), item.heads),
                self.file.document.unless if item.unless is None else item.unless,
                self._names(below(place, "needs"), item.needs),
            )

    def _labels(self, named: set[str]) -> Iterator[Phrase]:
        """A numeric field's own label is a phrase too, when it is long enough and no other field has it."""
        labels = [plain_label(f.label) for f in self.form.fields]
        for item, label in zip(self.form.fields, labels, strict=True):
            plain = item.numeric and item.type not in ("date", "year", "score") and item.constant is None
            if plain and len(label) >= 4 and labels.count(label) == 1 and item.name not in named:
                yield Phrase(item.name, re.compile(re.escape(label)), unless=self.file.document.unless)

    def _scores(self, words: str) -> Iterator[Phrase]:
        """How the score of a group, and of a row, of the scoring table is said: its title in `words`."""
        place = below(below(FILE, "document"), "score_phrase")
        for table in self.form.tables:
            if not words or table.subtotal_section is None or table.score_column is None:
                continue
            groups = {row.get(column) for row in table.rows for column in table.group_columns}
            for item in self.form.fields:
                if item.section == table.subtotal_section and item.label in groups:
                    pattern = self._pattern(place, words.replace("{}", re.escape(plain_label(item.label))))
                    yield Phrase(item.name, pattern, heads=(self.form.score_field,))
            for index, row in enumerate(table.rows):
                title = plain_label(str(row.get(table.title_column or "", "")))
                pattern = self._pattern(place, words.replace("{}", re.escape(title)))
                yield Phrase(table.name, pattern, row=index, column=table.score_column)

    def _rows(self, top: str, number: int, item: _Rows) -> Rows:
        place = entry(top, number, {"name": item.table})
        columns = {
            key: name
            for key in ("title", "target", "actual", "unit", "direction", "rate", "result", "share")
            if (name := getattr(item, key))
        }
        table = self.tables.get(item.table)
        if table is None or table.is_fixed:
            says = Pair("“{name}”不是可增行的表{near}", "“{name}” is no table that staff add rows to{near}")
            near = nearest(item.table, [t.name for t in self.form.tables if not t.is_fixed])
            self.found.append(Fault(below(place, "table"), says.format(name=item.table, near=near)))
        else:
            known = [c.name for c in table.columns]
            says = Pair("表“{table}”没有列“{name}”{near}", "table “{table}” has no column “{name}”{near}")
            self.found += [
                Fault(below(place, key), says.format(table=item.table, name=name, near=nearest(name, known)))
                for key, name in columns.items()
                if name not in known
            ]
        return Rows(item.table, self._pattern(below(place, "heading"), item.heading), **columns)

    def _passages(self) -> Iterator[Passage]:
        for number, item in enumerate(self.file.passage, start=1):
            place = entry(below(FILE, "passage"), number, {"name": item.field})
            self._name(below(place, "field"), item.field)
            yield Passage(item.field, self._pattern(below(place, "heading"), item.heading))

    def _parts(self) -> Iterator[Part]:
        for number, item in enumerate(self.file.part, start=1):
            place = entry(below(FILE, "part"), number, {"name": item.name})
            yield Part(item.name, self._pattern(below(place, "heading"), item.heading))

    def _grades(self, place: str, texts: Sequence[str]) -> tuple[re.Pattern[str], ...]:
        """Return the patterns with the form's grades in place of (#)."""
        grades = "|".join(re.escape(band.grade) for band in self.form.bands)
        said = f"(?P<grade>{grades})(?:秀|好|等)?(?![一-鿿])"
        for number, text in enumerate(texts, start=1):
            if "(#)" not in text:
                says = Pair("应含 (#)，表示等级的位置", "(#) must say where the grade stands")
                self.found.append(Fault(f"{place}[{number}]", says))
        return self._patterns(place, [text.replace("(#)", said, 1) for text in texts])

    def _name(self, place: str, name: str) -> None:
        if name not in self.fields:
            says = Pair("没有名为“{name}”的项目{near}", "there is no field “{name}”{near}")
            self.found.append(Fault(place, says.format(name=name, near=nearest(name, self.fields))))

    def _names(self, place: str, names: tuple[str, ...]) -> tuple[str, ...]:
        for name in names:
            self._name(place, name)
        return names

    def _pattern(self, place: str, text: str) -> re.Pattern[str]:
        try:
            return re.compile(text)
        except re.error as error:
            says = Pair("“{text}”写法有误：{error}", "“{text}” is no pattern: {error}")
            self.found.append(Fault(place, says.format(text=text, error=said_of_pattern(error))))
            return re.compile("")

    def _patterns(self, place: str, texts: Sequence[str]) -> tuple[re.Pattern[str], ...]:
        return tuple(self._pattern(f"{place}[{number}]", text) for number, text in enumerate(texts, start=1))


def _parents(form: Form) -> dict[str, frozenset[str]]:
    """Return for each part of a sum the totals it is listed under, as the form's own rules say."""
    direct: dict[str, set[str]] = {}
    for rule in form.rules:
        for part in (sum_arguments(rule.right) or ()) if rule.op == "=" and rule.table is None else ():
            direct.setdefault(part, set()).add(rule.left)
    found: dict[str, frozenset[str]] = {}
    for name in direct:
        above, todo = set[str](), [name]
        while todo:
            fresh = direct.get(todo.pop(), set()) - above
            above |= fresh
            todo += fresh
        found[name] = frozenset(above)
    return found
