"""The formulas that say how an input or a table row stands: 未填, 数据有误, 超出范围, 可评."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from xltools.form import model as m
from xltools.form.formulas import literal

IGNORED_IN_REASONS = (
    " ",
    "　",
    "无",
    "。",
    "，",
    "、",
    "；",
    "：",
    "！",
    "？",
    "（",
    "）",
    "—",
    "…",
    "·",
    ".",
    ",",
    ";",
    ":",
    "!",
    "?",
    "-",
    "_",
    "/",
    "(",
    ")",
)
"""What does not make a reason: blanks, punctuation, the word “无”. Taken out before the length is looked at."""
_LITERAL = 200
"""Characters of a text in one literal (Excel takes 255)."""


def number_text(value: float) -> str:
    """Return a number as a formula's literal in canonical form (5, 0.1)."""
    return repr(int(value)) if float(value).is_integer() else repr(value)


def any_equal(cell: str, values: Iterable[str]) -> str:
    """Return the test that `cell` holds one of `values`."""
    return any_of([f"{cell}={literal(v)}" for v in values])


def has_reason(cell: str, words: Sequence[str] = ()) -> str:
    """Return the test that a cell holds a real reason. With the form's `words`, neither one of them alone is one, nor
    one character, however often it is repeated. Written so that the text without its punctuation stands there once."""
    text = cell
    for ignored in IGNORED_IN_REASONS:
        text = f'SUBSTITUTE({text},{literal(ignored)},"")'
    if not words:
        return f"LEN({text})>0"
    listed = "&".join(map(literal, _pieces(tuple(words))))
    return f'AND(LEN(SUBSTITUTE({cell},LEFT({cell},1),""))>0,NOT(ISNUMBER(FIND("|"&{text}&"|",{listed}))))'


def is_reason(text: str, words: Sequence[str] = ()) -> bool:
    """True when a text is a real reason: the same test as `has_reason`, for what is read in Python."""
    substance = _substance(text)
    if not words:
        return bool(substance.strip())
    return bool(text.replace(text[:1], "")) and f"|{substance}|" not in "".join(_pieces(tuple(words)))


def _substance(text: str) -> str:
    """Return a text without what does not make a reason."""
    for ignored in IGNORED_IN_REASONS:
        text = text.replace(ignored, "")
    return text


@lru_cache
def _pieces(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return ||word|word|…| in pieces that a literal can hold: nothing at all is no reason either. What a cell's text
    loses, the words have lost too."""
    listed = "|".join(("", "", *dict.fromkeys(filter(None, map(_substance, words))), ""))
    return tuple(listed[n : n + _LITERAL] for n in range(0, len(listed), _LITERAL))


def beyond(figure: str, item: m.Field | m.Column) -> list[str]:
    """Return the tests that a figure is outside one of its limits."""
    limits = (("<", item.minimum), (">", item.maximum))
    return [f"{figure}{sign}{number_text(limit)}" for sign, limit in limits if limit is not None]


def out_of_range(cell: str, item: m.Field | m.Column) -> str | None:
    """Return the test that a number is outside its limits, or None when it has none."""
    tests = beyond(f"N({cell})", item)
    return any_of(tests) if tests else None


def any_of(tests: Sequence[str]) -> str:
    """Return the test that one of these holds."""
    return tests[0] if len(tests) == 1 else f"OR({','.join(tests)})"


def is_required(field: m.Field, number: Callable[[str], float | None]) -> bool:
    """True when this field must be filled; `number` gives another field's number. Says what `required_test` says, for
    what is read in Python."""
    if field.required:
        return True
    if field.required_with:
        return any(number(name) for name in field.required_with)
    return any(number(name) is None for name in field.required_unless)


def required_test(field: m.Field) -> str:
    """Return the test that this field must be filled: TRUE(), FALSE(), or by what else is given."""
    if field.required:
        return "TRUE()"
    if field.required_with:
        tests = [f"N({name})<>0" for name in field.required_with]
        return tests[0] if len(tests) == 1 else f"OR({','.join(tests)})"
    if field.required_unless:
        return f"COUNT({','.join(field.required_unless)})<{len(field.required_unless)}"
    return "FALSE()"


def _unless_broken(rules: Sequence[m.Rule]) -> str:
    """Return the expression that is √, or 见 CODE for the first of `rules` that is broken."""
    good = '"√"'
    for rule in reversed(rules):
        good = (
            f"IF({m.state_name(rule.code)}={literal(m.FAILED_STATE[rule.level])},{literal('见 ' + rule.code)},{good})"
        )
    return good


def written_date(cell: str) -> str:
    """Return the test that a text looks like a date: it begins with the year and has a mark behind it. Whether the day
    exists, the check says."""
    marks = ",".join(f"ISNUMBER(FIND({literal(mark)},{cell}))" for mark in (".", "-", "/", "年"))
    return f'AND(LEFT({cell},2)="20",LEN({cell})>=8,LEN({cell})<=11,OR({marks}))'


def field_state(field: m.Field, rules: Sequence[m.Rule]) -> str:
    """Return the formula of an input's 填报状态: "", 未填, 数据有误, 超出范围, 见 CODE, √."""
    good = _unless_broken(rules)
    missing = {"TRUE()": '"未填"', "FALSE()": '""'}.get(required_test(field), f'IF({required_test(field)},"未填","")')
    if field.choices:
        return f'=IF(COUNTA({field.name})=0,{missing},IF({any_equal(field.name, field.choices)},{good},"数据有误"))'
    if not field.numeric:
        return f"=IF(COUNTA({field.name})=0,{missing},{good})"
    test = out_of_range(field.name, field)
    ranged = good if test is None else f'IF({test},"超出范围",{good})'
    wrong = '"数据有误"'
    if field.as_text:
        wrong = f"IF({written_date(field.name)},{good},{wrong})"
    if field.nothing:
        wrong = f"IF({any_equal(field.name, field.nothing)},{missing},{wrong})"
    return f"=IF(COUNTA({field.name})=0,{missing},IF(COUNT({field.name})=0,{wrong},{ranged}))"


def grid_state(fields: Sequence[m.Field], rules: Sequence[m.Rule]) -> str:
    """Return the formula of the 填报状态 of one line of a grid, over all its inputs."""
    names = ",".join(f.name for f in fields)
    good = _unless_broken(rules)
    missing = [f"IF(AND(COUNTA({f.name})=0,{t}),1,0)" for f in fields if (t := required_test(f)) != "FALSE()"]
    ranged = [f"IF({limits},1,0)" for f in fields if (limits := out_of_range(f.name, f)) is not None]
    result = f'IF(COUNTA({names})=0,"",{good})'
    for tests, word in ((ranged, m.OUT_OF_RANGE), (missing, m.MISSING)):
        if tests:
            result = f"IF({'+'.join(tests)}>0,{literal(word)},{result})"
    return f"=IF(COUNTA({names})>COUNT({names}),{literal(m.UNREADABLE)},{result})"


def row_state(table: m.Table, row: int, address: Callable[[str], str]) -> str:
    """Return the formula of one row's 行状态; `address` gives a column's cell in this row."""
    inputs = table.columns_in(row)
    bad, missing, ranged = [], [], []
    for column in (c for c in table.columns if c.staff and not c.fixed):
        cell = address(column.name)
        if column not in inputs:
            if column.required and table.cell_formula(row, column) is not None:
                missing.append(f"IF(ISNUMBER({cell}),0,1)")
            continue
        where = None if column.applies is None else any_equal(address(column.applies.column), column.applies.values)
        if column.choices:
            test = f"IF(COUNTA({cell})=0,0,IF({any_equal(cell, column.choices)},0,1))"
            bad.append(test if where is None else f"IF({where},{test},0)")
        elif column.numeric:
            test = f"COUNTA({cell})-COUNT({cell})"
            bad.append(test if where is None else f"IF({where},{test},0)")
            limits = out_of_range(cell, column)
            if limits is not None:
                ranged.append(f"IF({limits},1,0)" if where is None else f"IF({where},IF({limits},1,0),0)")
        if column.required:
            missing.append(f"IF(COUNTA({cell})=0,1,0)" if where is None else f"IF({where},IF(COUNTA({cell})=0,1,0),0)")
    result = literal(m.READY)
    for tests, word in ((ranged, m.OUT_OF_RANGE), (missing, m.MISSING), (bad, m.UNREADABLE)):
        if tests:
            result = f"IF({'+'.join(tests)}>0,{literal(word)},{result})"
    if not table.is_fixed or not missing:
        cells = ",".join(address(c.name) for c in inputs)
        result = f"IF(COUNTA({cells})=0,{literal(m.EMPTY_ROW)},{result})" if cells else result
    return "=" + result


def grade_formula(bands: Sequence[m.Band], score: str, ready: str) -> str:
    """Return the formula that names the band of `score` where the test `ready` holds (bands best first)."""
    result = literal(bands[-1].grade)
    for band in reversed(bands[:-1]):
        result = f"IF({score}>={number_text(band.low)},{literal(band.grade)},{result})"
    return f'=IF({ready},{result},"")'
