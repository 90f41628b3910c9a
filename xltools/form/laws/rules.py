"""Laws of rules.toml: codes and their families, places, operands, words and cases."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.boundary.nearest import nearest
from xltools.boundary.walk import Fault
from xltools.form import model as m
from xltools.form.formulas import bare_name
from xltools.form.laws.formulas import formula_laws
from xltools.form.laws.places import COLUMN, FIELD, INPUT, STATE, TABLE, known, place

FILE = "rules.toml"
CODE = re.compile(r"[A-Z]{2}[0-9]{3}")
RESERVED = ("BT", "IN", "KQ", "NA", "ST", "VA")
"""The families of the rules that are Python: no form's rule begins with one."""
CASE_STATES = (m.PASSED, *m.FAILED_STATE.values(), m.EXPLAINED, m.MISSING, m.UNREADABLE, m.NOT_APPLICABLE)
_CODE = Pair(
    f"应为两个大写字母加三位数字，且不以 {'、'.join(RESERVED)} 开头",
    f"two capital letters and three digits, not beginning with {', '.join(RESERVED)}",
)
_BRACES = Pair("花括号里只能写 {{left}} 和 {{right}}", "only {{left}} and {{right}} stand in braces").format()


def laws(form: m.Form) -> Iterator[Fault]:
    """Yield what is wrong with the rules and the families they belong to."""
    yield from _families(form)
    codes: set[str] = set()
    for rule in form.rules:
        where = place(FILE, "rule", rule.code)
        if not CODE.fullmatch(rule.code) or rule.code[:2] in RESERVED:
            yield Fault(f"{where}.code", _CODE)
        if rule.code in codes:
            yield Fault(f"{where}.code", Pair("编号重复", "the code stands twice"))
        codes.add(rule.code)
        yield from _places(form, rule, where)
        yield from _words(rule, where)
        yield from _cases(form, rule, where)


def _families(form: m.Form) -> Iterator[Fault]:
    """Each rule's two letters have a title in the definition; none stands twice or is a Python rule's."""
    letters = [f.letters for f in form.families]
    for number, name in enumerate(letters):
        where = place("form.toml", "family", name, "letters")
        if name in letters[:number]:
            yield Fault(where, Pair("字母重复", "the letters stand twice"))
        elif name in RESERVED or not re.fullmatch("[A-Z]{2}", name):
            yield Fault(where, _CODE)
    for name in dict.fromkeys(r.code[:2] for r in form.rules if CODE.fullmatch(r.code)):
        if name not in letters and name not in RESERVED:
            says = Pair(
                "规则 {name}… 没有标题{near}；请写一个 [[family]]：letters、title、title_en",
                "rules {name}… have no title{near}; write a [[family]]: letters, title, title_en",
            )
            yield Fault(place("form.toml", "family"), says.format(name=name, near=nearest(name, letters)))


def _places(form: m.Form, rule: m.Rule, where: str) -> Iterator[Fault]:
    """Where a rule's finding stands, and the names in its formulas."""
    fields = [f.name for f in form.fields]
    table = None
    if rule.table is not None:
        table = next((t for t in form.tables if t.name == rule.table), None)
        if table is None:
            yield from known(f"{where}.table", rule.table, [t.name for t in form.tables], TABLE)
            return
        yield from known(f"{where}.at", rule.at, [c.name for c in table.columns], COLUMN)
    elif "." in rule.at:
        columns = [f"{t.name}.{c.name}" for t in form.tables for c in t.columns]
        yield from known(f"{where}.at", rule.at, columns, COLUMN)
    else:
        yield from known(f"{where}.at", rule.at, fields, FIELD)
    if rule.given is not None:
        yield from known(f"{where}.given", rule.given, [c.name for c in table.columns] if table else [], COLUMN)
    for key in ("left", "right"):
        text: str = getattr(rule, key)
        single = bare_name(text)
        if single is None:
            yield from formula_laws(form, f"{where}.{key}", text, table)
        else:
            yield from known(f"{where}.{key}", single, fields, FIELD)
    if rule.when is not None:
        yield from formula_laws(form, f"{where}.when", rule.when, table)


def _words(rule: m.Rule, where: str) -> Iterator[Fault]:
    for key in ("says", "says_en"):
        try:
            getattr(rule, key).format(left="", right="")
        except (KeyError, IndexError, ValueError):
            yield Fault(f"{where}.{key}", _BRACES)


def _cases(form: m.Form, rule: m.Rule, where: str) -> Iterator[Fault]:
    """A case speaks of inputs that exist and of a state that a rule can have."""
    inputs = [f.name for f in form.fields if f.is_input]
    tables = [t.name for t in form.tables]
    for number, case in enumerate(rule.cases, start=1):
        inner = f"{where}.cases[{number}]"
        yield from known(f"{inner}.state", case.state, CASE_STATES, STATE)
        for name in case.values:
            yield from known(f"{inner}.values", name, [*inputs, *tables, *form.asides], INPUT)
