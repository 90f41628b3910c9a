"""Is a form sound? Looks at what only its workbook shows: the blank one, the clean filling, every case of every rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from xltools.bilingual import EMPTY, LANGS, Pair, joined, same
from xltools.boundary.walk import Fault
from xltools.errors import XltoolsError
from xltools.findings.texts import LEVEL_SAID
from xltools.findings.wording import Wording
from xltools.form import model as m
from xltools.form import narrative
from xltools.form.address import a1
from xltools.form.laws.places import place
from xltools.form.layout import Key, Layout
from xltools.form.loader import BASE_CASE, NARRATIVE
from xltools.recalc.engine import Model
from xltools.recalc.workspace import Workspace
from xltools.rules.catalogue import card_finder
from xltools.sampling.base import clean_values, laid_over
from xltools.sampling.standing import Standing, checked
from xltools.writing.department.builder import blank
from xltools.writing.department.inputs import value_faults
from xltools.writing.department.make import workbook

WRITTEN = Pair(
    "各项写法：填报项 {inputs} 个、表格 {tables} 个、规则 {rules} 条",
    "how it is written: {inputs} inputs, {tables} tables, {rules} rules",
)
BLANK = Pair("空白填报表：{count} 个公式没有错误值", "the blank workbook: {count} formulas, none an error")
CLEAN = Pair(
    "样例（没有问题的填报）：审核没有错误，也没有待核实", "the clean filling: nothing to correct or to confirm"
)
CASES = Pair("规则用例：{count} 个逐一算过", "the rules' cases: all {count} were computed")
BOTH = Pair("每条规则都有会报的用例和不报的用例", "every rule has a case that fires and one that does not")
PHRASES = Pair("自评报告的写法", "the phrases of the narrative report")
COLUMNS = Pair("指标质量所用的列和分组", "the columns and groups by which indicators are judged")

_ERROR = Pair(
    "空白填报表的 {cell} 算出 {value}；请改公式", "in the blank workbook {cell} gives {value}; mend the formula"
)
_NOT_CLEAN = Pair("样例审核后有{level} {code}：{message}", "the clean filling has {level} {code}: {message}")
_OTHER_STATE = Pair("这个用例应得“{wanted}”，实得“{got}”", "this case must give {wanted}, but gives {got}")
_NO_CASE = Pair("规则 {code} 没有{what}的用例，看不出它{why}", "rule {code} has no case that {what}")
_FIRES = (Pair("会报", "fires"), Pair("会不会报", ""))
_SILENT = (Pair("不报", "stays silent"), Pair("会不会误报", ""))
_NOTHING = Pair("空", "nothing")


@dataclass
class Step:
    """One thing that was looked at, and what is wrong with it."""

    says: Pair
    faults: list[Fault] = field(default_factory=list)


def steps(form: m.Form, room: Workspace) -> Iterator[Step]:
    """Look at a form whose laws hold, a step after the other; what cannot be computed ends the walk with its reason."""
    inputs = sum(f.is_input for f in form.fields)
    yield Step(WRITTEN.format(inputs=inputs, tables=len(form.tables), rules=len(form.rules)))
    if (form.folder / NARRATIVE).is_file():
        yield Step(PHRASES, narrative.examined(form)[1])
    if form.indicators:
        yield Step(COLUMNS)
    layout = room.layout(form)
    step = Step(BLANK.format(count=len(layout.formulas)))
    try:
        step.faults += _blank(form, layout)
    except XltoolsError as error:
        step.faults.append(Fault("", error.pair))
    yield step
    yield Step(BOTH, list(_shown(form)))
    if step.faults:
        return
    values, faults = clean_values(form)
    if values is None or faults:
        yield Step(CLEAN, faults)
        return
    try:
        yield Step(CLEAN, list(_not_clean(form, room, values)))
        yield Step(CASES.format(count=sum(len(r.cases) for r in form.rules)), list(_cases(form, room, values)))
    except XltoolsError as error:
        yield Step(CASES.format(count=0), [Fault("", error.pair)])


def _blank(form: m.Form, layout: Layout) -> Iterator[Fault]:
    """Yield the formulas that give an error while nothing is filled in."""
    owners = {ref: key for key, ref in layout.cells.items()}
    for ref, value in Model(layout, blank(layout)).evaluate({}).items():
        if isinstance(value, str) and value.startswith("#"):
            cell = f"{ref.sheet}!{a1(ref.row, ref.column)}"
            yield Fault(_formula_place(form, owners.get(ref)), _ERROR.format(cell=cell, value=value))


def _formula_place(form: m.Form, key: Key | None) -> str:
    if key is None:
        return ""
    if not key.column:
        return place("fields.toml", "field", key.field, "formula")
    table = next((t for t in form.tables if t.name == key.field), None)
    if table is not None and table.is_fixed and key.column in table.rows[max(0, key.row)]:
        return place("tables.toml", "row", f"{key.field} {key.row + 1}", key.column)
    return place("tables.toml", "column", f"{key.field}.{key.column}", "formula")


def _not_clean(form: m.Form, room: Workspace, values: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield what the check finds in the clean filling above a notice."""
    result = checked(workbook(room, form, values), room, BASE_CASE)
    names = {(ref.sheet, a1(ref.row, ref.column)): key for key, ref in room.layout(form).cells.items()}
    finder = card_finder(room.form)
    for finding in result.findings:
        if finding.level == "notice" or not finding.is_open:
            continue
        message = Pair(*(Wording(finder, lang).message(finding) for lang in LANGS))
        says = _NOT_CLEAN.format(level=LEVEL_SAID[finding.level], code=finding.code, message=message)
        key = names.get((finding.sheet, finding.cell))
        where = BASE_CASE
        if key is not None:
            where += f" · {key.field}" + (f"[{key.row + 1}].{key.column}" if key.column else "")
        yield Fault(where, says)


def _cases(form: m.Form, room: Workspace, clean: Mapping[str, Any]) -> Iterator[Fault]:
    for rule in form.rules:
        for number, case in enumerate(rule.cases, start=1):
            where = f"{place('rules.toml', 'rule', rule.code)}.cases[{number}]"
            values = laid_over(form, clean, case.values)
            wrong = value_faults(values, form, "")
            if wrong:
                yield Fault(f"{where}.values", joined([fault.says for fault in wrong], zh="；", en="; "))
                continue
            got = Standing(form, room, values).state(rule, case.row)
            if got != case.state:
                shown = _NOTHING if got in (None, "") else same(str(got))
                yield Fault(f"{where}.state", _OTHER_STATE.format(wanted=case.state, got=shown))


def _shown(form: m.Form) -> Iterator[Fault]:
    """Each rule is shown firing and staying silent."""
    fires, silent = m.FIRES, {m.PASSED, m.EXPLAINED}
    for rule in form.rules:
        states = {case.state for case in rule.cases}
        for wanted, (what, why) in ((fires, _FIRES), (silent, _SILENT)):
            if not states & wanted:
                where = place("rules.toml", "rule", rule.code, "code")
                yield Fault(where, _NO_CASE.format(code=rule.code, what=what, why=why or EMPTY))
