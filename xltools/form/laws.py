"""The laws a definition must obey before anything is made of it (DESIGN decisions 2, 3 and 9)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from xltools.errors import DefinitionError
from xltools.form import model as m
from xltools.form.formulas import (
    NAME,
    NUMBER_SAFE,
    RANGE_FUNCTIONS,
    FormulaError,
    bare_name,
    rate_arguments,
    sum_arguments,
    uses,
)
from xltools.form.model import ROLE_FIELDS
from xltools.form.nearest import nearest

CODE = re.compile(r"[A-Z]{2}[0-9]{3}")
RESERVED = frozenset({"IN", "ST", "VA", "NA", "BT"})
CASE_STATES = (m.PASSED, *m.FAILED_STATE.values(), m.EXPLAINED, m.MISSING, m.UNREADABLE, m.NOT_APPLICABLE)
MAX_FORMULA = 8000
MAX_CAPACITY = 1000


def enforce(form: m.Form) -> None:
    """Raise DefinitionError at the first law that `form` breaks."""
    _sheets(form)
    _names(form)
    _fields(form)
    _grids(form)
    _tables(form)
    _formulas(form)
    _rules(form)
    _bands(form)
    _written_formulas(form)


def _file(form: m.Form, name: str) -> Path:
    return form.folder / name


def _known(form: m.Form, where: str, word: str, known: Iterable[str], what: str) -> None:
    known = list(known)
    if word not in known:
        raise DefinitionError(f"{where}：没有名为“{word}”的{what}{nearest(word, known)}")


def _sheets(form: m.Form) -> None:
    where = f"{_file(form, 'form.toml')}：sheet"
    for kind in ("guide", "checks", "meta"):
        if sum(s.kind == kind for s in form.sheets) != 1:
            raise DefinitionError(f'{where}：kind = "{kind}" 的工作表应当恰有一张')
    names = [s.name for s in form.sheets]
    for name in names:
        if not 0 < len(name) <= 31 or re.search(r"[\[\]:*?/\\']", name) or names.count(name) > 1:
            raise DefinitionError(f"{where}（{name}）.name：工作表名应不重复、不超过 31 字、不含 [ ] : * ? / \\ '")
    placed = [b for s in form.sheets for b in s.blocks]
    known = [*(s.name for s in form.sections), *(t.name for t in form.tables)]
    for block in placed:
        _known(form, f"{where}.blocks", block, known, "栏目或表格")
    _line_columns(form, where)
    owners = {s.name: s.sheet for s in form.sections} | {t.name: t.sheet for t in form.tables}
    for name, sheet in owners.items():
        _known(form, f"{_file(form, 'fields.toml')}：{name}.sheet", sheet, names, "工作表")
        if placed.count(name) != 1 or name not in next(s for s in form.sheets if s.name == sheet).blocks:
            raise DefinitionError(f"{where}（{sheet}）.blocks：栏目“{name}”应在此列出一次")


def _line_columns(form: m.Form, where: str) -> None:
    """The parts of a field's line stand in columns of their own."""
    for sheet in form.sheets:
        places = [p for key in m.FieldColumns.__slots__ if (p := getattr(sheet.columns, key))]
        if sheet.kind == "data" and (
            len(set(places)) < len(places) or min(sheet.columns.label, sheet.columns.value) < 1
        ):
            raise DefinitionError(f"{where}（{sheet.name}）.columns：两部分写在同一列，或没有 label、value")


def _names(form: m.Form) -> None:
    seen: dict[str, str] = {}
    for name, where in _all_names(form):
        if not NAME.fullmatch(name) or len(name) > 200:
            raise DefinitionError(
                f"{where}：名称“{name}”应以汉字开头，只含汉字、字母、数字和下划线（不含“”（）、/ 和空格）"
            )
        if name in seen:
            raise DefinitionError(f"{where}：名称“{name}”与 {seen[name]} 重复")
        seen[name] = where


def _all_names(form: m.Form) -> Iterable[tuple[str, str]]:
    fields, tables = _file(form, "fields.toml"), _file(form, "tables.toml")
    for field in form.fields:
        yield field.name, f"{fields}：field（{field.name}）.name"
    for table in form.tables:
        yield table.name, f"{tables}：table（{table.name}）.name"
        for column in table.columns:
            yield f"{table.name}_{column.name}", f"{tables}：column（{table.name}.{column.name}）.name"


def _fields(form: m.Form) -> None:
    path = _file(form, "fields.toml")
    names = [f.name for f in form.fields]
    sections = [s.name for s in form.sections]
    for field in form.fields:
        where = f"{path}：field（{field.name}）"
        _known(form, f"{where}.section", field.section, sections, "栏目")
        if sum(x is not None for x in (field.formula, field.constant, field.grade_of)) > 1:
            raise DefinitionError(f"{where}：formula、constant、grade_of 只能有一个")
        if field.type == "choice" and not field.choices:
            raise DefinitionError(f"{where}.choices：choice 类型要列出可选项")
        if len(",".join(field.choices)) > 255 or len(field.hint) > 250:
            raise DefinitionError(f"{where}：可选项合计或提示超过 255 字，Excel 放不下")
        _limits(field, where)
        if field.previous is not None:
            _known(form, f"{where}.previous", field.previous, (f.name for f in form.fields if f.numeric), "数字项")
        for key, others in (("required_with", field.required_with), ("required_unless", field.required_unless)):
            for other in others:
                _known(form, f"{where}.{key}", other, names, "字段")
        if field.grade_of is not None:
            _known(form, f"{where}.grade_of", field.grade_of, names, "字段")
    for key in ("code_field", "name_field", "score_field", "grade_field"):
        _known(form, f"{_file(form, 'form.toml')}：form.{key}", getattr(form, key), names, "字段")
    for key in ROLE_FIELDS:
        if getattr(form, key) is not None:
            _known(form, f"{_file(form, 'form.toml')}：form.{key}", getattr(form, key), names, "字段")
    for name in form.total_fields:
        _known(form, f"{_file(form, 'form.toml')}：form.total_fields", name, names, "字段")
    _heads(form)


def _heads(form: m.Form) -> None:
    """The limit a head is written whole: an amount, the people it is divided by, the most a head."""
    where, numbers = f"{_file(form, 'form.toml')}：form", [f.name for f in form.fields if f.numeric]
    given = [form.per_head_field is not None, bool(form.head_fields), form.per_head_most is not None]
    if any(given) and not all(given):
        raise DefinitionError(f"{where}.per_head_field：per_head_field、head_fields、per_head_most 要一起写")
    for name in form.head_fields:
        _known(form, f"{where}.head_fields", name, numbers, "数字项")
    if form.per_head_field is not None:
        _known(form, f"{where}.per_head_field", form.per_head_field, numbers, "数字项")


def _limits(item: m.Field | m.Column, where: str) -> None:
    if item.minimum is not None and item.maximum is not None and item.minimum > item.maximum:
        raise DefinitionError(f"{where}.minimum：{item.minimum:g} 大于 maximum {item.maximum:g}")


def _grids(form: m.Form) -> None:
    """A cell of a grid has its line and column, each place is taken once, and a number stands there."""
    sections = {s.name: s for s in form.sections}
    taken: dict[tuple[str, str, str], str] = {}
    for field in form.fields:
        where = f"{_file(form, 'fields.toml')}：field（{field.name}）"
        grid = sections[field.section].grid
        if not grid:
            if field.row or field.column:
                raise DefinitionError(f"{where}.row：栏目“{field.section}”没有 grid，不能写 row 和 column")
            continue
        if not field.row:
            raise DefinitionError(f"{where}.row：栏目“{field.section}”有 grid，要写明所在的行")
        _known(form, f"{where}.column", field.column, grid, "列")
        if field.is_input and not field.numeric:
            raise DefinitionError(f"{where}.type：有 grid 的栏目里只能填数字")
        place = (field.section, field.row, field.column)
        if place in taken:
            raise DefinitionError(f"{where}.row：与“{taken[place]}”占了同一格")
        taken[place] = field.name


def _tables(form: m.Form) -> None:
    for table in form.tables:
        where = f"{_file(form, 'tables.toml')}：table（{table.name}）"
        names = [c.name for c in table.columns]
        if not 0 < table.capacity <= MAX_CAPACITY:
            raise DefinitionError(f"{where}.capacity：行数应在 1 到 {MAX_CAPACITY} 之间")
        for key in ("title_column", "reason_column", "key_column", "weight_column", "score_column"):
            value = getattr(table, key)
            if value is not None:
                _known(form, f"{where}.{key}", value, names, "列")
        for name in table.group_columns:
            _known(form, f"{where}.group_columns", name, names, "列")
        for column in table.columns:
            inner = f"{_file(form, 'tables.toml')}：column（{table.name}.{column.name}）"
            if column.type == "choice" and not column.choices:
                raise DefinitionError(f"{inner}.choices：choice 类型要列出可选项")
            _limits(column, inner)
            if column.applies is not None:
                _known(form, f"{inner}.applies.column", column.applies.column, names, "列")
                for value in column.applies.values if (choices := table.column(column.applies.column).choices) else ():
                    _known(form, f"{inner}.applies.values", value, choices, "可选项")
        _weights(table, where)


def _weights(table: m.Table, where: str) -> None:
    """Σ分值 = total is a law of the definition (DOMAIN §5.13)."""
    if table.key_column is not None:
        keys = [row.get(table.key_column) for row in table.rows]
        if None in keys:
            raise DefinitionError(f"{where}：固定行第 {keys.index(None) + 1} 行没有写{table.key_column}")
        for key in keys:
            if keys.count(key) > 1:
                raise DefinitionError(f"{where}：固定行的{table.key_column}“{key}”重复")
    if table.weight_column is None or table.total is None:
        return
    weights = [row.get(table.weight_column) for row in table.rows]
    if not all(isinstance(w, int | float) and not isinstance(w, bool) for w in weights):
        raise DefinitionError(f"{where}：每一固定行都要有数字的{table.weight_column}")
    total = round(sum(float(w) for w in weights if isinstance(w, int | float)), 6)
    if total != table.total:
        raise DefinitionError(f"{where}：各行{table.weight_column}合计 {total:g}，应为 {table.total:g}")


def _formulas(form: m.Form) -> None:
    for field in form.fields:
        if field.formula is not None:
            _formula(form, f"{_file(form, 'fields.toml')}：field（{field.name}）.formula", field.formula[1:], None)
    for table in form.tables:
        for column in table.columns:
            where = f"{_file(form, 'tables.toml')}：column（{table.name}.{column.name}）.formula"
            if column.formula is not None and column.name != m.STATE_COLUMN:
                _formula(form, where, column.formula[1:], table)
        for index, row in enumerate(table.rows):
            for column in table.columns:
                text = row.get(column.name)
                if isinstance(text, str) and text.startswith("="):
                    where = f"{_file(form, 'tables.toml')}：row（{table.name} 第 {index + 1} 行）.{column.name}"
                    _formula(form, where, text[1:], table)


def _formula(form: m.Form, where: str, formula: str, table: m.Table | None) -> None:
    """Check one formula's names, functions and shapes."""
    fields = {f.name: f for f in form.fields}
    spans = {f"{t.name}_{c.name}" for t in form.tables for c in t.columns}
    try:
        found = uses(formula)
    except FormulaError as error:
        raise DefinitionError(f"{where}：{error}") from None
    for use in found:
        if use.kind == "row":
            if table is None:
                raise DefinitionError(f"{where}：[@{use.name}] 只能写在表格的列或带 table 的规则里")
            _known(form, where, use.name, [c.name for c in table.columns], "列")
        elif use.name in fields:
            field = fields[use.name]
            if field.is_input and field.numeric and use.function not in NUMBER_SAFE:
                raise DefinitionError(
                    f"{where}：数字输入项“{use.name}”要写在 N( ) 或 SUM( ) 等函数里，否则填了文字时各软件算法不同"
                )
        elif use.name in spans:
            if use.function not in RANGE_FUNCTIONS:
                raise DefinitionError(f"{where}：整列“{use.name}”只能写在 SUM、COUNT、SUMIF、MAX、MIN、INDEX、MATCH 里")
        else:
            raise DefinitionError(f"{where}：没有名为“{use.name}”的字段或列{nearest(use.name, [*fields, *spans])}")


def _rules(form: m.Form) -> None:
    codes: set[str] = set()
    names = [f.name for f in form.fields]
    for rule in form.rules:
        where = f"{_file(form, 'rules.toml')}：rule（{rule.code}）"
        if not CODE.fullmatch(rule.code) or rule.code[:2] in RESERVED:
            raise DefinitionError(
                f"{where}.code：应为两个大写字母加三位数字，且不以 {'、'.join(sorted(RESERVED))} 开头"
            )
        if rule.code in codes:
            raise DefinitionError(f"{where}.code：编号重复")
        codes.add(rule.code)
        table = None
        if rule.table is not None:
            _known(form, f"{where}.table", rule.table, [t.name for t in form.tables], "表格")
            table = form.table(rule.table)
            _known(form, f"{where}.at", rule.at, [c.name for c in table.columns], "列")
        elif "." in rule.at:
            _known(form, f"{where}.at", rule.at, [f"{t.name}.{c.name}" for t in form.tables for c in t.columns], "列")
        else:
            _known(form, f"{where}.at", rule.at, names, "字段")
        for key in ("left", "right"):
            text: str = getattr(rule, key)
            single = bare_name(text)
            if single is not None and single in names:
                continue
            if single is not None and sum_arguments(text) is None and rate_arguments(text) is None:
                _known(form, f"{where}.{key}", single, names, "字段")
            _formula(form, f"{where}.{key}", text, table)
        if rule.when is not None:
            _formula(form, f"{where}.when", rule.when, table)
        _words(rule, where)
        _cases(form, rule, where)


def _words(rule: m.Rule, where: str) -> None:
    for key in ("says", "says_en"):
        try:
            getattr(rule, key).format(left="", right="")
        except (KeyError, IndexError, ValueError):
            raise DefinitionError(f"{where}.{key}：花括号里只能写 {{left}} 和 {{right}}") from None


def _cases(form: m.Form, rule: m.Rule, where: str) -> None:
    """A case speaks of inputs that exist and of a state that a rule can have."""
    inputs = [f.name for f in form.fields if f.is_input]
    notes = [f"核实说明_{r.code}" for r in form.rules if r.level == "confirm" and r.table is None]
    for number, case in enumerate(rule.cases, start=1):
        inner = f"{where}.cases 第 {number} 个"
        _known(form, f"{inner}.state", case.state, CASE_STATES, "状态")
        for name in case.values:
            _known(form, f"{inner}.values", name, [*inputs, *(t.name for t in form.tables), *notes], "填报项")


def _bands(form: m.Form) -> None:
    lows = [b.low for b in form.bands]
    if not lows or lows != sorted(lows, reverse=True) or len(set(lows)) != len(lows):
        raise DefinitionError(f"{_file(form, 'form.toml')}：band 应从高到低排列，low 不重复")


def _written_formulas(form: m.Form) -> None:
    """Excel's own limits, over every formula that will be written."""
    from xltools.form.layout import Layout

    for ref, formula in Layout(form).formulas.items():
        if len(formula) > MAX_FORMULA:
            raise DefinitionError(
                f"{form.folder}：{ref.sheet}!{ref.a1} 的公式长 {len(formula)} 字，超过 {MAX_FORMULA}；请拆成几列"
            )
