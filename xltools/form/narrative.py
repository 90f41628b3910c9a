"""What ties the phrases of a narrative report (附件2) to a form's fields: narrative.toml in the form's folder, validated."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from xltools.errors import DefinitionError
from xltools.form.formulas import sum_arguments
from xltools.form.loader import NARRATIVE as FILE
from xltools.form.model import Column, Field, Form, Table
from xltools.form.nearest import nearest

TEMPLATE = "narrative.docx"
NUMBER = "#"
"""Where the number stands in a phrase whose words go on behind it (内设#个科室)."""

_QUOTES = re.compile("[“”‘’\"'「」『』《》]")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way a figure is said: a pattern before the number, what may follow the unit, where it may stand."""

    field: str
    before: re.Pattern[str]
    after: re.Pattern[str] | None = None
    under: tuple[str, ...] = ()  # only in a list under one of these figures
    heads: tuple[str, ...] = ()  # if in a list, then under one of these
    unless: tuple[str, ...] = ()  # not when one of these words stands before it in the sentence
    needs: tuple[str, ...] = ()  # one of these was understood before it in the sentence
    row: int = -1  # of a scoring table: the row whose score is said
    column: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """How the indicators of an open table are told, one paragraph a row under a heading."""

    table: str
    heading: re.Pattern[str]
    title: str
    target: str
    actual: str
    unit: str = ""
    direction: str = ""
    rate: str = ""
    result: str = ""  # the choice column of a qualitative row
    share: str = ""  # and its share


@dataclass(frozen=True, slots=True)
class Passage:
    """A section whose text is a field's: its heading and the field."""

    field: str
    heading: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Part:
    """A section that every narrative must have."""

    name: str
    heading: re.Pattern[str]


@dataclass(frozen=True)
class Phrases:
    """All of a form's narrative.toml. `parents` says under which totals a figure may be listed."""

    form: Form
    titles: tuple[re.Pattern[str], ...]
    phrases: tuple[Phrase, ...]
    rows: tuple[Rows, ...]
    passages: tuple[Passage, ...]
    parts: tuple[Part, ...]
    accepted: Mapping[str, tuple[str, ...]]  # field → other fields whose value a narrative may give instead
    grades: tuple[re.Pattern[str], ...]
    target_words: tuple[str, ...]
    actual_words: tuple[str, ...]
    directions: Mapping[str, tuple[str, ...]]
    residue: tuple[re.Pattern[str], ...]
    placeholder: str
    total_row: str
    parents: Mapping[str, frozenset[str]] = field(default_factory=dict)


def has_narrative(form: Form) -> bool:
    """True when the form's folder ties phrases to its fields."""
    return (form.folder / FILE).is_file()


def plain_label(text: str) -> str:
    """Return a label as it is matched: without quotes, spaces, 其中： and brackets around one character (国（境）)."""
    text = re.sub(r"[（(]([^\d一二三四五六七八九十])[）)]", r"\1", _QUOTES.sub("", "".join(text.split())))
    return text.partition("：")[2] if text.startswith("其中：") else text


_LOADED: dict[tuple[str, str], Phrases] = {}


def phrases_of(form: Form) -> Phrases:
    """Return the form's phrases (loaded once); raise DefinitionError at the first thing that is wrong."""
    path = form.folder / FILE
    key = (str(path), form.digest)
    if key not in _LOADED:
        try:
            data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        except FileNotFoundError:
            raise DefinitionError(f"{path}：缺少这个文件；表格 {form.id} 还没有自评报告的写法") from None
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise DefinitionError(f"{path}：{error}") from None
        _LOADED[key] = _Loader(str(path), form, data).load()
    return _LOADED[key]


class _Loader:
    """Reads and checks one narrative.toml."""

    KEYS = ("document", "figure", "rows", "passage", "part", "grid")

    def __init__(self, path: str, form: Form, data: dict[str, Any]) -> None:
        self.path, self.form, self.data = path, form, data
        self.fields = {f.name: f for f in form.fields}
        self.tables = {t.name: t for t in form.tables}

    def load(self) -> Phrases:
        self._known(self.data, self.KEYS, "")
        document = self._table("document")
        self._known(
            document,
            [
                "titles",
                "grades",
                "target_words",
                "actual_words",
                "directions",
                "residue",
                "placeholder",
                "unless",
                "score_phrase",
            ],
            "document",
        )
        unless = self._texts(document, "unless")
        phrases = [p for item in self._list("figure") for p in self._figure(item, unless)]
        phrases += self._labels({p.field for p in phrases}, unless)
        phrases += self._scores(str(document.get("score_phrase", "")))
        grid = self._table("grid")
        self._known(grid, ("total",), "grid")
        return Phrases(
            form=self.form,
            titles=self._patterns(document, "titles"),
            phrases=tuple(phrases),
            rows=tuple(self._rows(item) for item in self._list("rows")),
            passages=tuple(
                Passage(self._field(i, "field").name, self._pattern(i, "heading")) for i in self._list("passage")
            ),
            parts=tuple(Part(self._text(i, "name"), self._pattern(i, "heading")) for i in self._list("part")),
            accepted={str(i["field"]): self._names(i, "accepts") for i in self._list("figure") if "accepts" in i},
            grades=tuple(self._compiled(self._grade(text)) for text in self._texts(document, "grades")),
            target_words=self._texts(document, "target_words"),
            actual_words=self._texts(document, "actual_words"),
            directions={k: tuple(v) for k, v in document.get("directions", {}).items()},
            residue=self._patterns(document, "residue"),
            placeholder=str(document.get("placeholder", "")),
            total_row=str(grid.get("total", "")),
            parents=_parents(self.form),
        )

    # ------------------------------------------------------------------ kinds of entry
    def _figure(self, item: dict[str, Any], unless: tuple[str, ...]) -> Iterable[Phrase]:
        self._known(item, ("field", "says", "under", "heads", "needs", "unless", "accepts"), "figure")
        name = self._field(item, "field").name
        own = self._texts(item, "unless") if "unless" in item else unless
        for say in self._texts(item, "says"):
            before, _, after = say.partition(NUMBER)
            yield Phrase(
                name,
                self._compiled(before),
                self._compiled(after) if NUMBER in say else None,
                self._names(item, "under"),
                self._names(item, "heads"),
                own,
                self._names(item, "needs"),
            )

    def _labels(self, named: set[str], unless: tuple[str, ...]) -> Iterable[Phrase]:
        """A numeric field's own label is a phrase too, when it is long enough and no other field has it."""
        labels = [plain_label(f.label) for f in self.form.fields]
        for item, label in zip(self.form.fields, labels, strict=True):
            plain = item.numeric and item.type not in ("date", "year", "score") and item.constant is None
            if plain and len(label) >= 4 and labels.count(label) == 1 and item.name not in named:
                yield Phrase(item.name, re.compile(re.escape(label)), unless=unless)

    def _scores(self, words: str) -> Iterable[Phrase]:
        """How the score of a group, and of a row, of the scoring table is said: its title in `words`."""
        for table in self.form.tables:
            if not words or table.subtotal_section is None or table.score_column is None:
                continue
            groups = {row.get(column) for row in table.rows for column in table.group_columns}
            for item in self.form.fields:
                if item.section == table.subtotal_section and item.label in groups:
                    pattern = self._compiled(words.format(re.escape(plain_label(item.label))))
                    yield Phrase(item.name, pattern, heads=(self.form.score_field,))
            for index, row in enumerate(table.rows):
                title = plain_label(str(row.get(table.title_column or "", "")))
                yield Phrase(
                    table.name,
                    self._compiled(words.format(re.escape(title))),
                    row=index,
                    column=table.score_column,
                )

    def _rows(self, item: dict[str, Any]) -> Rows:
        self._known(item, Rows.__slots__, "rows")
        table = self.tables.get(self._text(item, "table"))
        if table is None or table.is_fixed:
            raise self._fail(
                "rows.table", f"“{item.get('table')}”不是可增行的表{nearest(str(item.get('table')), self.tables)}"
            )
        columns = {
            k: self._column(table, item, k).name for k in Rows.__slots__ if k in item and k not in ("table", "heading")
        }
        for key in ("title", "target", "actual"):
            if key not in columns:
                raise self._fail(f"rows.{key}", "缺少这一项")
        return Rows(table.name, self._pattern(item, "heading"), **columns)

    def _grade(self, text: str) -> str:
        """The pattern with the form's grades in place of (#)."""
        grades = "|".join(re.escape(band.grade) for band in self.form.bands)
        if "(#)" not in text:
            raise self._fail("document.grades", "应含 (#)，表示等级的位置")
        return text.replace("(#)", f"(?P<grade>{grades})(?:秀|好|等)?(?![一-鿿])", 1)

    # ------------------------------------------------------------------ values out of TOML
    def _fail(self, key: str, problem: str) -> DefinitionError:
        return DefinitionError(f"{self.path}：{key}：{problem}")

    def _known(self, item: Mapping[str, Any], keys: Iterable[str], where: str) -> None:
        for key in item:
            if key not in keys:
                raise self._fail(f"{where}.{key}".strip("."), f"不认识的键{nearest(key, keys)}")

    def _table(self, key: str) -> dict[str, Any]:
        found = self.data.get(key, {})
        if not isinstance(found, dict):
            raise self._fail(key, f"应写成 [{key}]")
        return found

    def _list(self, key: str) -> list[dict[str, Any]]:
        found = self.data.get(key, [])
        if not isinstance(found, list) or not all(isinstance(i, dict) for i in found):
            raise self._fail(key, f"应写成 [[{key}]]")
        return found

    def _text(self, item: Mapping[str, Any], key: str) -> str:
        found = item.get(key)
        if not isinstance(found, str) or not found:
            raise self._fail(key, "应为文本")
        return found

    def _texts(self, item: Mapping[str, Any], key: str) -> tuple[str, ...]:
        found = item.get(key, [])
        if not isinstance(found, list) or not all(isinstance(i, str) for i in found):
            raise self._fail(key, "应为文本的列表")
        return tuple(found)

    def _field(self, item: Mapping[str, Any], key: str) -> Field:
        name = self._text(item, key)
        if name not in self.fields:
            raise self._fail(key, f"没有名为“{name}”的项目{nearest(name, self.fields)}")
        return self.fields[name]

    def _names(self, item: Mapping[str, Any], key: str) -> tuple[str, ...]:
        for name in (names := self._texts(item, key)):
            self._field({key: name}, key)
        return names

    def _column(self, table: Table, item: Mapping[str, Any], key: str) -> Column:
        name = self._text(item, key)
        try:
            return table.column(name)
        except KeyError:
            raise self._fail(key, f"表“{table.name}”没有列“{name}”") from None

    def _compiled(self, text: str) -> re.Pattern[str]:
        try:
            return re.compile(text)
        except re.error as error:
            raise self._fail(text, f"写法有误：{error}") from None

    def _pattern(self, item: Mapping[str, Any], key: str) -> re.Pattern[str]:
        return self._compiled(self._text(item, key))

    def _patterns(self, item: Mapping[str, Any], key: str) -> tuple[re.Pattern[str], ...]:
        return tuple(self._compiled(text) for text in self._texts(item, key))


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
