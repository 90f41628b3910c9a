"""Compiles each rule `left op right` into the formulas of its line on 校验: guard, both figures, difference, state."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from xltools.form import model as m
from xltools.form.formulas import bare_name, rate_arguments, replace_rows, sum_arguments, tokenize, uses
from xltools.form.formulas import literal as text
from xltools.form.states import any_equal, has_reason, number_text, required_test

RATE_DIGITS = 6
"""Decimals at which a rate and what it is allowed to be off are compared."""


@dataclass(frozen=True, slots=True)
class Operands:
    """What a scalar rule reads: `leaves` all numeric inputs behind it, `needed` those that must be given, `groups`
    the breakdowns of which at least one part must be given, `columns` whole table columns (表_列)."""

    leaves: tuple[str, ...]
    needed: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    columns: tuple[str, ...]


def operands(form: m.Form, rule: m.Rule) -> Operands:
    """Collect the operands of a scalar rule, through computed fields down to inputs."""
    by_name = {f.name: f for f in form.fields}
    leaves: dict[str, None] = {}
    columns: dict[str, None] = {}

    def descend(formula: str) -> None:
        for use in uses(formula):
            field = by_name.get(use.name)
            if field is None:
                if _is_input_column(form, use.name):
                    columns[use.name] = None
            elif field.formula is not None:
                descend(field.formula[1:])
            elif field.is_input and field.numeric:
                leaves[field.name] = None

    needed: dict[str, None] = {}
    groups: list[tuple[str, ...]] = []
    for operand in (rule.left, rule.right):
        descend(operand)
        parts = sum_arguments(operand)
        if parts is not None and all(p in by_name for p in parts):
            if not any(by_name[p].required for p in parts):
                groups.append(parts)
            needed.update({p: None for p in parts if by_name[p].required})
        else:
            names = (by_name.get(use.name) for use in uses(operand))
            needed.update({f.name: None for f in names if f is not None and f.is_input and f.numeric})
    if rule.when:
        descend(rule.when)
    for made in _score_formulas(form) if rule.scores else ():
        descend(made[1:])
    return Operands(tuple(leaves), tuple(needed), tuple(groups), tuple(columns))


def _score_formulas(form: m.Form) -> Iterator[str]:
    """Yield the formulas of the fixed rows that make the score."""
    for table in form.tables:
        yield from (v for row in table.rows for v in row.values() if isinstance(v, str) and v.startswith("="))


def _rows_in_state(form: m.Form, *states: str) -> str:
    """Return the test that a row of any table is in one of these states."""
    counts = (f"COUNTIF({t.name}_{m.STATE_COLUMN},{text(s)})" for t in form.tables for s in states)
    return f"{'+'.join(counts)}>0"


def _is_input_column(form: m.Form, name: str) -> bool:
    for table in form.tables:
        for column in table.columns:
            if f"{table.name}_{column.name}" == name:
                return column.numeric and column.formula is None and not column.fixed and not table.is_fixed
    return False


def decimals_of(form: m.Form, rule: m.Rule) -> int:
    """Return the decimals a rule's figures are compared at: those of its left operand, else two."""
    name = bare_name(rule.left)
    if name is not None and any(f.name == name for f in form.fields):
        return form.field(name).decimals
    tokens = list(tokenize(rule.left))
    if rule.table and len(tokens) == 1 and tokens[0].kind == "row":
        return form.table(rule.table).column(tokens[0].text).decimals
    return 2


def guard(form: m.Form, rule: m.Rule) -> str:
    """Return the formula that says whether a scalar rule can be judged: 可评, 数据有误, 未填 or 不适用."""
    found = operands(form, rule)
    result = text(m.READY)
    if rule.when:
        result = f"IF({rule.when},{result},{text(m.NOT_APPLICABLE)})"
    optional = [n for n in found.needed if required_test(form.field(n)) == "FALSE()"]
    required = [n for n in found.needed if n not in optional and not form.field(n).required_unless]
    unless = [n for n in found.needed if form.field(n).required_unless]
    if optional or unless:
        names = (*optional, *unless)
        result = f"IF(COUNT({','.join(names)})<{len(names)},{text(m.NOT_APPLICABLE)},{result})"
    if required:
        always = [n for n in required if form.field(n).required]
        missing = text(m.MISSING)
        if not always or any(form.field(n).nothing for n in required):
            tests = ",".join(f"AND(COUNT({n})=0,{required_test(form.field(n))})" for n in required)
            missing = f"IF(OR({tests}),{missing},{text(m.NOT_APPLICABLE)})"
        result = f"IF(COUNT({','.join(required)})<{len(required)},{missing},{result})"
    if rule.scores:
        result = f"IF({_rows_in_state(form, m.MISSING)},{text(m.MISSING)},{result})"
        result = f"IF({_rows_in_state(form, m.UNREADABLE, m.OUT_OF_RANGE)},{text(m.UNREADABLE)},{result})"
    for group in found.groups:
        result = f"IF(COUNT({','.join(group)})=0,{text(m.NOT_APPLICABLE)},{result})"
    readable = [*found.leaves, *found.columns]
    if readable:
        names_text = ",".join(readable)
        nothing = [f"IF({any_equal(n, words)},1,0)" for n in found.leaves if (words := form.field(n).nothing)]
        read = "+".join((f"COUNT({names_text})", *nothing))
        result = f"IF(COUNTA({names_text})>{read},{text(m.UNREADABLE)},{result})"
    return "=" + result


def figure(operand: str, decimals: int) -> str:
    """Return an operand as a rounded figure that no text can break."""
    value = f"N({operand})" if bare_name(operand) else operand
    return f"ROUND({value},{decimals})"


def _tolerance(form: m.Form, rule: m.Rule) -> str | None:
    """Return the tolerance of an equality: of a sum, (stated parts + 1) half units of the last decimal, because each
    figure is rounded once; else none."""
    parts = sum_arguments(rule.right)
    if parts is None or rule.op != "=" or not all(any(f.name == p for f in form.fields) for p in parts):
        return None
    half = 0.5 * 10 ** -decimals_of(form, rule)
    return f"ROUND((COUNT({','.join(parts)})+1)*{number_text(round(half, 10))},6)"


def _rate_test(form: m.Form, rule: m.Rule, rate: tuple[str, str]) -> str:
    """Return the test of a stated rate by the interval that the shown digits of rate, part and base allow."""
    part, base = rate
    half = number_text(round(0.5 * 10 ** -decimals_of(form, rule), 10))
    spread = number_text(round(0.5 * 10 ** -form.field(base).decimals, 10))
    ratio = f"N({part})/N({base})"
    allowed = f"{half}+100*{spread}*(1+ABS({ratio}))/ABS(N({base}))"
    return f"ROUND(ABS(N({rule.left})-{ratio}*100),{RATE_DIGITS})<=ROUND({allowed},{RATE_DIGITS})"


def passes(form: m.Form, rule: m.Rule, left: str, right: str, difference: str) -> str:
    """Return the test that the rule holds, over the cells that carry its figures."""
    rate = rate_arguments(rule.right)
    if rule.op == "=" and rate is not None and bare_name(rule.left):
        return _rate_test(form, rule, rate)
    tolerance = _tolerance(form, rule)
    if tolerance is not None:
        return f"ABS({difference})<={tolerance}"
    return f"{left}{rule.op}{right}"


def verdict(rule: m.Rule, test: str, explained: str | None, given: str | None = None) -> str:
    """Return the expression that gives 通过 or the state of a broken rule. `explained` tests that there is a reason;
    what `given` tests is all that the rule asks for."""
    failed = text(m.FAILED_STATE[rule.level])
    if rule.level == "confirm" and explained is not None:
        failed = f"IF({explained},{text(m.EXPLAINED)},{failed})"
    if given is not None:
        failed = f"IF({given},{text(m.PASSED)},{failed})"
    return f"IF({test},{text(m.PASSED)},{failed})"


REAL = "有"
"""What a hidden column says in a row whose text says something."""


def real_text(column: str) -> str:
    """Return what the hidden column is called that says whether a row's text in `column` says something."""
    return f"{column}有内容"


def real_columns(form: m.Form, table: m.Table) -> list[str]:
    """Return the columns of a table whose texts its rules ask for, in a form whose first page leads: looked at once a
    row, however many rules ask."""
    rules = [r for r in form.rules if r.table == table.name] if form.leads else []
    reasons = [table.reason_column for r in rules if r.level == "confirm" and table.reason_column]
    return list(dict.fromkeys([*reasons, *(r.given for r in rules if r.given)]))


def real_formula(form: m.Form, cell: str) -> str:
    """Return the formula of such a column in one row."""
    return f'=IF(COUNTA({cell})=0,"",IF({has_reason(cell, form.no_reason)},{text(REAL)},""))'


def row_verdict(form: m.Form, rule: m.Rule, address: Callable[[str], str]) -> str:
    """Return the formula of a row rule's state in one row."""
    assert rule.table is not None
    table = form.table(rule.table)
    decimals = decimals_of(form, rule)
    state = address(m.STATE_COLUMN)
    left = replace_rows(f"ROUND({rule.left},{decimals})", address)
    right = replace_rows(f"ROUND({rule.right},{decimals})", address)

    def real(column: str | None) -> str | None:
        if not column:
            return None
        if form.leads:
            return f"{address(real_text(column))}={text(REAL)}"
        return has_reason(address(column), form.no_reason)

    reason = real(table.reason_column) if rule.level == "confirm" else None
    judged = verdict(rule, f"{left}{rule.op}{right}", reason, real(rule.given))
    if rule.when:
        judged = f"IF({replace_rows(rule.when, address)},{judged},{text(m.NOT_APPLICABLE)})"
    otherwise = f'IF({state}={text(m.EMPTY_ROW)},"",IF({state}={text(m.OUT_OF_RANGE)},{text(m.UNREADABLE)},{state}))'
    if form.leads and table.column(rule.at).bureau:
        otherwise = text(m.NOT_APPLICABLE)  # what the bureau has to fill is nothing that staff left out
    return f"=IF({state}<>{text(m.READY)},{otherwise},{judged})"


def row_summary(rule: m.Rule, failed_rows: str) -> str:
    """Return the formula of a row rule's state on 校验, from its state column: the gravest state that any row has.
    `failed_rows` is the cell that counts the rows in which the rule is broken."""
    result = text(m.NOT_APPLICABLE)
    explained = (m.EXPLAINED,) if rule.level == "confirm" else ()
    for state in reversed((m.UNREADABLE, m.MISSING, *explained, m.PASSED)):
        result = f"IF(COUNTIF({rule.table}_{rule.code},{text(state)})>0,{text(state)},{result})"
    return f"=IF({failed_rows}>0,{text(m.FAILED_STATE[rule.level])},{result})"


def beside(form: m.Form, field: m.Field) -> str | None:
    """Return the formula of 自动计算 beside a stated figure: the right side of the rule that controls it."""
    for rule in form.rules:
        if rule.op != "=" or rule.left != field.name or rule.table is not None:
            continue
        parts = sum_arguments(rule.right)
        if parts is not None:
            return f'=IF(COUNT({",".join(parts)})=0,"",ROUND({rule.right},{field.decimals}))'
        rate = rate_arguments(rule.right)
        if rate is not None:
            part, base = rate
            value = f"IF(N({base})=0,{text(m.INCOMPARABLE)},ROUND({rule.right},{field.decimals}))"
            return f'=IF(COUNT({part},{base})<2,"",{value})'
    return None


def told_twice(form: m.Form, field: m.Field) -> str | None:
    """Return the other field that a rule wants to be the same as this one, where both must be given."""
    names = {f.name for f in form.fields}
    for rule in form.rules:
        pair = (rule.left, rule.right)
        if rule.op == "=" and rule.table is None and field.name in pair and names.issuperset(pair):
            return rule.right if rule.left == field.name else rule.left
    return None
