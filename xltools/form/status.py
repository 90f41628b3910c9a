"""The words of 填报状态 in workbooks whose first page leads: the gravest that is wrong with a line, said so that it can be mended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from xltools.form import model as m
from xltools.form.formulas import literal
from xltools.form.states import (
    any_equal,
    any_of,
    beyond,
    has_reason,
    number_text,
    out_of_range,
    required_test,
    written_date,
)

STATUS_COLUMN = "填报状态"
"""The heading of the column that says how each line stands."""
EMPTY_TEXT = f"{m.DOUBTFUL}没有实际内容"
OLD_TEXT = f"{m.DOUBTFUL}还是上年的文字"
GOOD, NOT_DONE = "√", "未完成"
BAD, OPEN = (m.WRONG, m.UNREADABLE, m.OUT_OF_RANGE), (m.DOUBTFUL, m.MISSING, NOT_DONE)
"""How the words begin that are marked as wrong, and as open."""
_COLON = "："


def brief_of(rule: m.Rule) -> str:
    """Return a broken rule in a few words, with the sign of its level."""
    return (m.WRONG if rule.level == "error" else m.DOUBTFUL) + (rule.brief or rule.name)


def _gravest(rules: Iterable[m.Rule], state_of: Callable[[m.Rule], str], words: Callable[[m.Rule], str]) -> str:
    """Return the expression that names the first broken rule, errors before what is to be confirmed, or says √."""
    told = [r for r in rules if r.level != "notice"]
    result = literal(GOOD)
    for rule in sorted(told, key=lambda r: r.level == "error"):
        result = f"IF({state_of(rule)}={literal(m.FAILED_STATE[rule.level])},{literal(words(rule))},{result})"
    return result


def _of_field(rules: Sequence[m.Rule]) -> str:
    in_order = list(reversed(rules))  # the first of a level is asked first
    return _gravest(in_order, lambda r: m.state_name(r.code), lambda r: f"{brief_of(r)} {r.code}")


def _limits(item: m.Field | m.Column) -> str:
    low = "" if item.minimum is None else f"不小于 {number_text(item.minimum)}"
    high = "" if item.maximum is None else f"不大于 {number_text(item.maximum)}"
    return "、".join(w for w in (low, high) if w)


def _asked(item: m.Field | m.Column) -> str:
    """Return what should stand in a cell that holds something else."""
    if item.choices:
        return "请从下拉列表中选"
    return "应填日期，如 2024-04-15" if item.type == "date" else "只填数字"


def field_status(form: m.Form, field: m.Field, rules: Sequence[m.Rule]) -> str:
    """Return the formula of an input's 填报状态."""
    name, good, needed = field.name, _of_field(rules), _needed(form, field)
    missing = {"TRUE()": literal(m.MISSING), "FALSE()": '""'}.get(needed, f'IF({needed},{literal(m.MISSING)},"")')
    wrong = literal(m.UNREADABLE + _COLON + _asked(field))
    if field.choices:
        return f"=IF(COUNTA({name})=0,{missing},IF({any_equal(name, field.choices)},{good},{wrong}))"
    if not field.numeric:
        return f"=IF(COUNTA({name})=0,{missing},{_with_content(form, field, good)})"
    if (test := out_of_range(name, field)) is not None:
        good = f"IF({test},{literal(m.OUT_OF_RANGE + _COLON + _limits(field))},{good})"
    if field.as_text:
        wrong = f"IF({written_date(name)},{good},{wrong})"
    if field.nothing:
        wrong = f"IF({any_equal(name, field.nothing)},{missing},{wrong})"
    return f"=IF(COUNTA({name})=0,{missing},IF(COUNT({name})=0,{wrong},{good}))"


def _needed(form: m.Form, field: m.Field) -> str:
    """Return the test that a field must be filled; not where what it stands in for is missing and told so itself."""
    test = required_test(field)
    told = [
        f"AND(COUNTA({name})=0,{required_test(other)})"
        for name in field.required_unless
        if required_test(other := form.field(name)) != "FALSE()"
    ]
    return f"AND({test},NOT(OR({','.join(told)})))" if told else test


def _with_content(form: m.Form, field: m.Field, good: str) -> str:
    """Return `good` for a text that says something of this year, by the same list as the check; “无” alone can be honest."""
    if field.name in form.last_years:
        good = f"IF(EXACT({field.name},{m.last_year_name(field.name)}),{literal(OLD_TEXT)},{good})"
    if field.type != "longtext" or not field.required or not form.no_reason:
        return good
    nothing = f'SUBSTITUTE(SUBSTITUTE({field.name},"无",""),"。","")=""'
    return f"IF({nothing},{good},IF({has_reason(field.name, form.no_reason)},{good},{literal(EMPTY_TEXT)}))"


def grid_status(fields: Sequence[m.Field], rules: Sequence[m.Rule]) -> str:
    """Return the formula of the 填报状态 of one line of a grid, over all its inputs."""
    names = ",".join(f.name for f in fields)
    result = f'IF(COUNTA({names})=0,"",{_of_field(rules)})'
    ranged = [f"IF({limits},1,0)" for f in fields if (limits := out_of_range(f.name, f)) is not None]
    missing = [f"IF(AND(COUNTA({f.name})=0,{t}),1,0)" for f in fields if (t := required_test(f)) != "FALSE()"]
    for tests, word in ((ranged, m.OUT_OF_RANGE), (missing, m.MISSING)):
        if tests:
            result = f"IF({'+'.join(tests)}>0,{literal(word)},{result})"
    wrong = literal(f"{m.UNREADABLE}{_COLON}只填数字")
    return f"=IF(COUNTA({names})>COUNT({names}),{wrong},{result})"


def row_state(table: m.Table, row: int, address: Callable[[str], str]) -> str:
    """Return the formula of one row's 行状态: what applies in the same case is counted together, so that it stays short."""
    bad: list[str] = []
    missing: list[str] = []
    ranged: list[str] = []
    for where, columns in _cases(table, row, address):
        needed = [address(c.name) for c in columns if c.required]
        numbers = [address(c.name) for c in columns if c.numeric and not c.choices]
        wrong = [f"COUNTA({','.join(numbers)})-COUNT({','.join(numbers)})"] if numbers else []
        wrong += [_unknown(address(c.name), c) for c in columns if c.choices]
        limits = [test for c in columns if c.numeric for test in beyond(address(c.name), c)]  # no text gets this far
        for found, tests in (
            (missing, [f"{len(needed)}-COUNTA({','.join(needed)})"] if needed else []),
            (bad, wrong),
            (ranged, [f"IF({any_of(limits)},1,0)"] if limits else []),
        ):
            if tests:
                found.append("+".join(tests) if where is None else f"IF({where},{'+'.join(tests)},0)")
    missing += [f"1-COUNT({address(c.name)})" for c in _computed(table, row)]
    result = literal(m.READY)
    for tests, word in ((ranged, m.OUT_OF_RANGE), (missing, m.MISSING), (bad, m.UNREADABLE)):
        if tests:
            result = f"IF({'+'.join(tests)}>0,{literal(word)},{result})"
    cells = ",".join(address(c.name) for c in table.columns_in(row))
    if cells and not (table.is_fixed and missing):
        result = f"IF(COUNTA({cells})=0,{literal(m.EMPTY_ROW)},{result})"
    return "=" + result


def row_status(table: m.Table, row: int, rules: Sequence[m.Rule], address: Callable[[str], str]) -> str:
    """Return the formula of one row's 填报状态, from its 行状态 and the states of the rules beside it. Only one of its
    parts says something: side by side they need no more than seven levels."""
    state = address(m.STATE_COLUMN)
    own = [r for r in reversed(rules) if not table.column(r.at).bureau]
    missing, bad, ranged = _row_faults(table, row, address)
    parts = [
        f'IF({state}={literal(word)},TRIM({literal(word + _COLON)}&{"&".join(faults)}),"")'
        for word, faults in ((m.MISSING, missing), (m.UNREADABLE, bad), (m.OUT_OF_RANGE, ranged))
        if faults
    ]
    judged = _gravest(own, lambda r: address(r.code), brief_of)
    result = "&".join([*parts, f'IF({state}={literal(m.READY)},{judged},"")']) if parts else judged
    if computed := _computed(table, row):
        blank = f"COUNT({address(computed[0].name)})=0"
        result = f"IF({blank},{literal(f'{m.UNCOMPUTED}{_COLON}缺数据')},{result})"
    if not table.is_fixed:
        result = f'IF({state}={literal(m.EMPTY_ROW)},"",{result})'
    return "=" + result


def _computed(table: m.Table, row: int) -> list[m.Column]:
    """Return the columns whose formula must give a number in this row."""
    return [c for c in table.columns if c.staff and c.required and table.cell_formula(row, c) is not None]


def _cases(
    table: m.Table, row: int, address: Callable[[str], str]
) -> Iterator[tuple[str | None, tuple[m.Column, ...]]]:
    """Yield a row's inputs, those side by side that apply in the same case together with the test of the case."""
    for applies, columns in groupby(table.columns_in(row), key=lambda c: c.applies):
        yield None if applies is None else any_equal(address(applies.column), applies.values), tuple(columns)


def _unknown(cell: str, column: m.Column) -> str:
    """Return the expression that is 1 where a cell holds what its list does not."""
    return f"COUNTA({cell})-IF({any_equal(cell, column.choices)},1,0)"


def _row_faults(table: m.Table, row: int, address: Callable[[str], str]) -> tuple[list[str], list[str], list[str]]:
    """Return the expressions that name which of a row's inputs lack, cannot be read, are out of range."""
    found: tuple[list[str], list[str], list[str]] = ([], [], [])
    for where, columns in _cases(table, row, address):
        told: tuple[list[tuple[str, str]], ...] = ([], [], [])
        for column in columns:
            cell = address(column.name)
            if column.required:
                told[0].append((column.label, f"COUNTA({cell})=0"))
            if column.choices:
                told[1].append((column.label, f"{_unknown(cell, column)}>0"))
            elif column.numeric:
                told[1].append((column.label, f"COUNTA({cell})>COUNT({cell})"))
                if (limits := out_of_range(cell, column)) is not None:
                    told[2].append((f"{column.label} {_limits(column)}", limits))
        for own, faults in zip(found, told, strict=True):
            named = "&".join(f'IF({test},{literal(label + " ")},"")' for label, test in faults)
            if named:
                own.append(named if where is None else f'IF({where},{named},"")')
    return found
