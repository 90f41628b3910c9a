"""The form's own rules: reads each rule's state from the recalculated 校验 sheet and says what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from xltools.bilingual import Pair, same
from xltools.findings.finding import QUOTIENT, Finding, NotEvaluated, Related
from xltools.findings.texts import figure
from xltools.findings.values import Figure, Value
from xltools.form import checks
from xltools.form import model as m
from xltools.form.address import Ref
from xltools.form.formulas import bare_name, replace_rows, tokenize, uses
from xltools.form.layout import CheckColumn, Key
from xltools.recalc.engine import EngineValue, Recalculation
from xltools.rules.context import RuleContext
from xltools.rules.diagnosis.equations import rounded
from xltools.rules.form_cards import has_own_words

_BROKEN = frozenset({m.FAILED, m.OPEN, m.NOTED, m.EXPLAINED})
FIGURES = (CheckColumn.LEFT, CheckColumn.RIGHT, CheckColumn.DIFFERENCE)
_NOT_JUDGED = frozenset({m.MISSING, m.UNREADABLE, m.NOT_APPLICABLE})
_OFF = Pair("，相差 {gap}", ", off by {gap}")


@dataclass(frozen=True, slots=True)
class _Sides:
    """Both sides of a rule as the engine has them, and by how much they are apart."""

    left: EngineValue
    right: EngineValue
    difference: float | None
    parts: str = ""  # the left side, a computed rate, by the two figures it comes from


def form_findings(ctx: RuleContext, figures: Recalculation) -> tuple[list[Finding], list[NotEvaluated]]:
    """Return the findings of the form's rules and the rules that could not be judged."""
    findings: list[Finding] = []
    skipped: list[NotEvaluated] = []
    for rule in ctx.submission.form.rules:
        if rule.table is None:
            state = ctx.values.get(_line(ctx, rule, CheckColumn.STATE))
            if state in _BROKEN:
                findings.append(_scalar(ctx, rule, str(state)))
            elif state in _NOT_JUDGED or state not in (m.PASSED,):
                skipped.append(_skipped(ctx, rule, str(state)))
        else:
            found, reasons = _rows(ctx, rule, figures)
            findings += found
            skipped += [_skipped(ctx, rule, reason) for reason in reasons]
    return findings, skipped


def _line(ctx: RuleContext, rule: m.Rule, column: CheckColumn) -> Ref:
    return ctx.submission.layout.check(rule.code, column)


def operand_fields(form: m.Form, rule: m.Rule) -> list[str]:
    """Return the fields a scalar rule's two sides name, in order."""
    names = {f.name for f in form.fields}
    found: dict[str, None] = {}
    for side in (rule.left, rule.right):
        for use in uses(side):
            if use.kind == "name" and use.name in names:
                found[use.name] = None
    return list(found)


def _scalar(ctx: RuleContext, rule: m.Rule, state: str) -> Finding:
    sub = ctx.submission
    left, right, difference = (ctx.values.get(_line(ctx, rule, c)) for c in FIGURES)
    at = sub.locate(sub.layout.at(rule))
    key = Key(rule.at) if "." not in rule.at else Key(rule.at.split(".")[0], 0, rule.at.split(".")[1])
    related = tuple(ctx.related(Key(n)) for n in operand_fields(sub.form, rule) if n != rule.at)
    explanation = ""
    if state == m.EXPLAINED:
        reading = sub.readings.get(Key(m.explanation_name(rule.code)))
        explanation = "" if reading is None else str(reading.raw).strip()
    label = ctx.label(key) if key.row < 0 else same(key.column)
    return _finding(ctx, rule, at, label, _Sides(left, right, _number(difference)), related, explanation)


def _number(value: EngineValue) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _unit(ctx: RuleContext, rule: m.Rule) -> str:
    if rule.unit:
        return rule.unit
    name = bare_name(rule.left)
    return ctx.submission.form.field(name).unit if name else ""


def _finding(
    ctx: RuleContext,
    rule: m.Rule,
    at: Ref,
    label: Pair,
    sides: _Sides,
    related: tuple[Related, ...],
    explanation: str,
) -> Finding:
    """Return the finding of a rule that does not hold: both figures, and by how much they are apart."""
    form = ctx.submission.form
    decimals, unit = checks.decimals_of(form, rule), _unit(ctx, rule)
    if has_own_words(rule):
        left, right = Figure(sides.left, 4 if decimals > 2 else decimals), Figure(sides.right, min(decimals, 2))
    else:
        left, right = Figure(sides.left, decimals, unit), Figure(sides.right, decimals, unit)
    values: dict[str, Value] = {"left": left, "right": right, "off": ""}
    if sides.parts:
        values[QUOTIENT] = sides.parts
    if sides.difference is not None:
        values["off"] = _OFF.format(gap=figure(abs(sides.difference), decimals, unit))
    return ctx.finding(
        rule.code,
        rule.level,
        at,
        label,
        values,
        stated=sides.left,
        expected=sides.right,
        difference=sides.difference,
        related=related,
        explanation=explanation,
        form=form.reference,
    )


def _rows(ctx: RuleContext, rule: m.Rule, figures: Recalculation) -> tuple[list[Finding], list[str]]:
    """Return a rule's findings over the rows of its table, and why rows could not be judged (each reason once)."""
    sub = ctx.submission
    assert rule.table is not None
    span = sub.layout.spans[rule.table, rule.code]
    findings: list[Finding] = []
    reasons: dict[str, None] = {}
    judged = False
    for index in range(span.last - span.first + 1):
        state = ctx.values.get(Ref(span.sheet, span.first + index, span.column))
        if state in _BROKEN:
            findings.append(_row(ctx, rule, index, str(state), figures))
        elif state in (m.UNREADABLE, m.MISSING):
            reasons[str(state)] = None
        judged = judged or state == m.PASSED or state in _BROKEN
    if not judged and not reasons:
        reasons[m.NOT_APPLICABLE] = None
    return findings, list(reasons)


def _row(ctx: RuleContext, rule: m.Rule, index: int, state: str, figures: Recalculation) -> Finding:
    sub = ctx.submission
    table = sub.form.table(rule.table or "")
    key = Key(table.name, index, rule.at)
    at = sub.where.get(key) or sub.locate(sub.layout.at(rule, index))
    first = sub.layout.spans[table.name, rule.code].first

    def address(name: str) -> str:
        span = sub.layout.spans[table.name, name]
        return f"{span.reference.split('!')[0]}!{Ref(span.sheet, first + index, span.column).a1}"

    decimals = checks.decimals_of(sub.form, rule)
    left, right = (
        _figure(ctx, table, index, side, decimals)
        or figures.expression("=" + replace_rows(f"ROUND({side},{decimals})", address))
        for side in (rule.left, rule.right)
    )
    gap = _number(left), _number(right)
    difference = round(gap[0] - gap[1], decimals) if gap[0] is not None and gap[1] is not None else None
    explanation = ""
    if state == m.EXPLAINED and table.reason_column:
        reading = sub.readings.get(Key(table.name, index, table.reason_column))
        explanation = "" if reading is None else str(reading.raw).strip()
    columns = dict.fromkeys(t.text for side in (rule.left, rule.right) for t in tokenize(side) if t.kind == "row")
    related = tuple(_cell(ctx, Key(table.name, index, c)) for c in columns if c != rule.at)
    sides = _Sides(left, right, difference, _quotient(ctx, table, index, rule, gap[0]))
    return _finding(ctx, rule, at, ctx.label(key), sides, related, explanation)


def _quotient(ctx: RuleContext, table: m.Table, index: int, rule: m.Rule, left: float | None) -> str:
    """Return a computed rate by the two figures of the row it comes from (441/500); "" where it is none."""
    tokens = list(tokenize(rule.left))
    if left is None or len(tokens) != 1 or tokens[0].kind != "row" or tokens[0].text == rule.at:
        return ""
    rate = table.column(tokens[0].text)
    names = dict.fromkeys(t.text for t in tokenize((rate.formula or "").removeprefix("=")) if t.kind == "row")
    columns = [c for n in names if (c := table.column(n)).numeric and table.is_input(index, c)]
    figures = {c.name: _figure(ctx, table, index, f"[@{c.name}]", c.decimals) for c in columns}
    top = figures.pop(rule.at, None)
    for bottom in figures.values():
        if top is not None and bottom and rounded(top / bottom, rate.decimals) == left:
            return f"{top:.15g}/{bottom:.15g}"
    return ""


def _figure(ctx: RuleContext, table: m.Table, index: int, side: str, decimals: int) -> float | None:
    """Return a side that is one number or one column of the row, or None where the engine must calculate it."""
    tokens = list(tokenize(side))
    if len(tokens) != 1:
        return None
    if tokens[0].kind == "number":
        return float(tokens[0].text)
    if tokens[0].kind != "row":
        return None
    key = Key(table.name, index, tokens[0].text)
    reading = ctx.submission.readings.get(key)
    value = _number(ctx.value(key) if reading is None or isinstance(reading.value, date) else reading.value)
    return None if value is None else rounded(value, decimals)


def _cell(ctx: RuleContext, key: Key) -> Related:
    sub = ctx.submission
    ref = sub.where.get(key) or sub.locate(sub.layout.cells[key])
    return Related(ref.sheet, ref.a1, ctx.label(key))


def _skipped(ctx: RuleContext, rule: m.Rule, reason: str) -> NotEvaluated:
    sub = ctx.submission
    cells: tuple[Related, ...] = ()
    if rule.table is None and reason in (m.UNREADABLE, m.MISSING):
        found = checks.operands(sub.form, rule)
        dirty = [n for n in found.leaves if (r := sub.readings.get(Key(n))) is not None and r.value is None]
        absent = [n for n in found.needed if Key(n) not in sub.readings]
        cells = tuple(ctx.related(Key(n)) for n in (dirty if reason == m.UNREADABLE else absent))
    return NotEvaluated(
        code=rule.code, file=sub.file, department=sub.department, reason=reason, cells=cells, form=sub.form.reference
    )
