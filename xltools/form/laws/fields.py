"""Laws of fields.toml, of all defined names, and of the keys of [form] that name a field."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.boundary.walk import Fault
from xltools.form import model as m
from xltools.form.formulas import NAME
from xltools.form.laws.places import COLUMN, FIELD, NUMERIC, SECTION, known, place

FILE = "fields.toml"
LIST_LIMIT, HINT_LIMIT = 255, 250
"""Characters that Excel takes in a drop-down list and in the text beside an input."""


def names(form: m.Form) -> Iterator[Fault]:
    """Yield names that a workbook cannot carry, or that stand twice."""
    seen: dict[str, str] = {}
    for name, where in _all_names(form):
        if not NAME.fullmatch(name) or len(name) > 200:
            says = Pair(
                "名称“{name}”应以汉字开头，只含汉字、字母、数字和下划线（不含“”（）、/ 和空格）",
                "the name “{name}” must begin with a Chinese character and hold only Chinese, letters, digits and _",
            )
            yield Fault(where, says.format(name=name))
        elif name in seen:
            says = Pair("名称“{name}”与 {other} 重复", "the name “{name}” stands at {other} too")
            yield Fault(where, says.format(name=name, other=seen[name]))
        seen[name] = where


def _all_names(form: m.Form) -> Iterator[tuple[str, str]]:
    for field in form.fields:
        yield field.name, place(FILE, "field", field.name, "name")
    for table in form.tables:
        yield table.name, place("tables.toml", "table", table.name, "name")
        for column in table.columns:
            where = place("tables.toml", "column", f"{table.name}.{column.name}", "name")
            yield f"{table.name}_{column.name}", where


def laws(form: m.Form) -> Iterator[Fault]:
    """Yield what is wrong with the fields, one by one, and with the fields that [form] names."""
    fields = [f.name for f in form.fields]
    numbers = [f.name for f in form.fields if f.numeric]
    sections = [s.name for s in form.sections]
    for field in form.fields:
        where = place(FILE, "field", field.name)
        yield from known(f"{where}.section", field.section, sections, SECTION)
        if sum(x is not None for x in (field.formula, field.constant, field.grade_of)) > 1:
            yield Fault(
                where, Pair("formula、constant、grade_of 只能有一个", "only one of formula, constant, grade_of")
            )
        if len(",".join(field.choices)) > LIST_LIMIT or len(field.hint) > HINT_LIMIT:
            says = Pair(
                "可选项合计或提示超过 255 字，Excel 放不下", "choices or hint are longer than the 255 Excel takes"
            )
            yield Fault(where, says)
        yield from limits(field, where)
        if field.previous is not None:
            yield from known(f"{where}.previous", field.previous, numbers, NUMERIC)
        for key in ("required_with", "required_unless"):
            for other in getattr(field, key):
                yield from known(f"{where}.{key}", other, fields, FIELD)
        if field.nothing and (field.row or not field.numeric or not field.is_input):
            says = Pair("只能写在单独一行的数字输入项上", "stands only at a numeric input with a line of its own")
            yield Fault(f"{where}.nothing", says)
        if field.grade_of is not None:
            yield from known(f"{where}.grade_of", field.grade_of, fields, FIELD)
        if field.type == "year" and form.year and field.default not in (None, form.year):
            says = Pair(
                "预填的年度 {default} 不是这套表格评价的年度 {year}",
                "the year filled in beforehand, {default}, is not the year {year} of this form",
            )
            yield Fault(f"{where}.default", says.format(default=field.default, year=form.year))
    yield from _named_by_the_form(form, fields, numbers)


def limits(item: m.Field | m.Column, where: str) -> Iterator[Fault]:
    """Yield what is wrong with what an input takes."""
    if item.type == "choice" and not item.choices:
        yield Fault(f"{where}.choices", Pair("choice 类型要列出可选项", "a choice needs its choices"))
    if item.minimum is not None and item.maximum is not None and item.minimum > item.maximum:
        says = Pair("{low:g} 大于 maximum {high:g}", "{low:g} is above the maximum {high:g}")
        yield Fault(f"{where}.minimum", says.format(low=item.minimum, high=item.maximum))


def _named_by_the_form(form: m.Form, fields: list[str], numbers: list[str]) -> Iterator[Fault]:
    for key in ("code_field", "name_field", "score_field", "grade_field", *m.ROLE_FIELDS):
        name = getattr(form, key)
        if name is not None:
            yield from known(place("form.toml", "form", key=key), name, fields, FIELD)
    for name in form.total_fields:
        yield from known(place("form.toml", "form", key="total_fields"), name, fields, FIELD)
    where = place("form.toml", "form", key="per_head_field")
    given = [form.per_head_field is not None, bool(form.head_fields), form.per_head_most is not None]
    if any(given) and not all(given):
        says = "per_head_field、head_fields、per_head_most"
        yield Fault(
            where, Pair(f"{says} 要一起写", "per_head_field, head_fields and per_head_most are written together")
        )
    for name in form.head_fields:
        yield from known(place("form.toml", "form", key="head_fields"), name, numbers, NUMERIC)
    if form.per_head_field is not None:
        yield from known(where, form.per_head_field, numbers, NUMERIC)


def grids(form: m.Form) -> Iterator[Fault]:
    """A cell of a grid has its line and column, each place is taken once, and a number stands there."""
    sections = {s.name: s for s in form.sections}
    taken: dict[tuple[str, str, str], str] = {}
    for field in form.fields:
        section = sections.get(field.section)
        if section is None:
            continue
        where = place(FILE, "field", field.name)
        spot = (field.section, field.row, field.column)
        yield from _cell(field, section, where)
        if section.grid and field.row and spot in taken:
            says = Pair("与“{other}”占了同一格", "takes the same cell as “{other}”")
            yield Fault(f"{where}.row", says.format(other=taken[spot]))
        taken[spot] = field.name


def _cell(field: m.Field, section: m.Section, where: str) -> Iterator[Fault]:
    if not section.grid:
        if field.row or field.column:
            says = Pair(
                "栏目“{name}”没有 grid，不能写 row 和 column", "section “{name}” has no grid: no row, no column"
            )
            yield Fault(f"{where}.row", says.format(name=section.name))
        return
    if not field.row:
        says = Pair("栏目“{name}”有 grid，要写明所在的行", "section “{name}” has a grid: say the row")
        yield Fault(f"{where}.row", says.format(name=section.name))
    yield from known(f"{where}.column", field.column, section.grid, COLUMN)
    if field.is_input and not field.numeric:
        yield Fault(f"{where}.type", Pair("有 grid 的栏目里只能填数字", "only numbers can be filled in within a grid"))
