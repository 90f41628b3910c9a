"""Laws of every formula: names that are defined, functions and shapes that all spreadsheet programs compute alike."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.boundary.nearest import nearest
from xltools.boundary.walk import Fault
from xltools.form import model as m
from xltools.form.formulas import NUMBER_SAFE, RANGE_FUNCTIONS, FormulaError, Use, uses
from xltools.form.laws.places import COLUMN, known, place
from xltools.form.layout import Layout

MAX_FORMULA = 8000
"""Characters Excel takes in a formula, with room for the addresses that stand for names."""
_NO_ROW = Pair(
    "[@{name}] 只能写在表格的列或带 table 的规则里", "[@{name}] stands only in a table's column or a rule with a table"
)
_BARE_INPUT = Pair(
    "数字输入项“{name}”要写在 N( ) 或 SUM( ) 等函数里，否则填了文字时各软件算法不同",
    "the numeric input “{name}” must stand in N( ) or SUM( ): programs differ when a text is typed into it",
)
_BARE_COLUMN = Pair(
    "整列“{name}”只能写在 SUM、COUNT、SUMIF、MAX、MIN、INDEX、MATCH 里",
    "the whole column “{name}” stands only inside SUM, COUNT, SUMIF, MAX, MIN, INDEX, MATCH",
)
_UNKNOWN = Pair("没有名为“{name}”的字段或列{near}", "there is no field or column “{name}”{near}")


def laws(form: m.Form) -> Iterator[Fault]:
    """Yield what is wrong with the formulas of fields, columns and fixed rows."""
    for field in form.fields:
        if field.formula is not None:
            where = place("fields.toml", "field", field.name, "formula")
            yield from formula_laws(form, where, field.formula[1:], None)
    for table in form.tables:
        for column in table.columns:
            if column.formula is not None and column.name != m.STATE_COLUMN:
                where = place("tables.toml", "column", f"{table.name}.{column.name}", "formula")
                yield from formula_laws(form, where, column.formula[1:], table)
        for number, row in enumerate(table.rows, start=1):
            for key, text in row.items():
                if isinstance(text, str) and text.startswith("="):
                    where = place("tables.toml", "row", f"{table.name} {number}", key)
                    yield from formula_laws(form, where, text[1:], table)


def formula_laws(form: m.Form, where: str, formula: str, table: m.Table | None) -> Iterator[Fault]:
    """Yield what is wrong with the names, functions and shape of one formula, written without "="."""
    try:
        found = uses(formula)
    except FormulaError as error:
        yield Fault(where, error.says)
        return
    fields = {f.name: f for f in form.fields}
    spans = {f"{t.name}_{c.name}" for t in form.tables for c in t.columns}
    for use in dict.fromkeys(found):
        if use.kind == "row":
            if table is None:
                yield Fault(where, _NO_ROW.format(name=use.name))
            else:
                yield from known(where, use.name, [c.name for c in table.columns], COLUMN)
        else:
            says = _wrong_name(use, fields, spans)
            if says is not None:
                yield Fault(where, says)


def _wrong_name(use: Use, fields: dict[str, m.Field], spans: set[str]) -> Pair | None:
    field = fields.get(use.name)
    if field is not None:
        bare = field.is_input and field.numeric and use.function not in NUMBER_SAFE
        return _BARE_INPUT.format(name=use.name) if bare else None
    if use.name in spans:
        return None if use.function in RANGE_FUNCTIONS else _BARE_COLUMN.format(name=use.name)
    return _UNKNOWN.format(name=use.name, near=nearest(use.name, [*fields, *spans]))


def written(form: m.Form) -> Iterator[Fault]:
    """Yield formulas that are longer than Excel takes, over every formula that will be written."""
    says = Pair(
        "公式长 {length} 字，超过 {most}；请拆成几列", "the formula has {length} characters, over {most}: split it"
    )
    for ref, formula in Layout(form).formulas.items():
        if len(formula) > MAX_FORMULA:
            yield Fault(f"{ref.sheet}!{ref.a1}", says.format(length=len(formula), most=MAX_FORMULA))
