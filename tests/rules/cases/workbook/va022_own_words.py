"""Damages that VA022 must tell: a reason that only repeats what was asked, or that could be given for anything."""

from __future__ import annotations

from tests.support.acts import set_field
from tests.support.stage import NotHere, Result, Stage, damage
from xltools.form import model as m
from xltools.form.layout import Key


def _asking(s: Stage) -> m.Rule:
    rule = next((r for r in s.form.rules if r.level == "confirm" and r.table is None), None)
    if rule is None:
        raise NotHere
    return rule


@damage("VA022", "the rule's words")
def _(s: Stage) -> Result:
    rule = _asking(s)
    return set_field(s, m.explanation_name(rule.code), rule.words + "。", "VA022")


@damage("VA022", "its advice")
def _(s: Stage) -> Result:
    rule = _asking(s)
    return set_field(s, m.explanation_name(rule.code), rule.fix, "VA022")


@damage("VA022", "a reason for anything")
def _(s: Stage) -> Result:
    return set_field(s, m.explanation_name(_asking(s).code), "客观原因。", "VA022")


@damage("VA022", "a reason that names what was asked (not told)")
def _(s: Stage) -> Result:
    rule = _asking(s)
    s.values[m.explanation_name(rule.code)] = f"{rule.name}：因上级资金十二月底下达，合同尾款转到次年一月支付"
    assert Key(m.explanation_name(rule.code)) in s.layout.cells
    return (None,)
