"""Likely causes: the cause that was planted is named first, and every cause given makes its rule hold."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.fillings import filling
from tests.support.forms import FORM_IDS, built, checked, clean, form, laid_over, room
from xltools.findings.finding import Finding
from xltools.findings.report import Report
from xltools.intake.open import load_bytes
from xltools.output.text import report_text
from xltools.rules.context import RuleContext
from xltools.rules.diagnosis.causes import Guesser

import random  # isort: skip

FORM = "guangdong-2023"
SLIPS: dict[str, tuple[dict[str, Any], str, str]] = {
    "digits": ({"项目支出": 308.0}, "BA106", "可能是“项目支出”308.00 相邻两位数字颠倒，应为 380.00"),
    "missing carry-over": ({"年初结转和结余": None}, "BA101", "可能漏填了“年初结转和结余”（差额 50.00）"),
    "missing on both": ({"收入总计": 1200.0, "年初结转和结余": None}, "BA103", "可能漏填了“年初结转和结余”"),
    "left out": ({"全年预算数": 1100.0}, "EX104", "可能“全年预算数”漏加了这一项"),
    "sign": ({"其他收入": -10.0}, "BA104", "可能是“其他收入”-10.00 的正负号反了"),
    "unit": ({"项目支出": 3_800_000.0}, "BA106", "按元填列，应为 380.00"),
    "point": ({"项目支出": 38.0}, "BA106", "可能是“项目支出”38.00 小数点错位，应为 380.00"),
    "initial budget": ({"支出率": 108.18}, "EX101", "可能以“年初预算数”为分母计算"),
    "cut": ({"支出率": 96.74}, "EX101", "可能截去了尾数，没有四舍五入，应为 96.75%"),
    "neighbours": (
        {"固定资产总额": 480.0, "在用固定资产": 500.0},
        "AS101",
        "可能“在用固定资产”和“固定资产总额”两格填反了",
    ),
    "several rules": ({"收入总计": 1277.77}, "BA101", "改为 1,250.00，则 2 条审核公式同时成立"),
}


def found(changes: dict[str, Any]) -> list[Finding]:
    """Return the findings of the clean filling with these changes."""
    return checked(built(FORM, laid_over(form(FORM), clean(FORM), changes))).findings


@pytest.mark.parametrize("slip", SLIPS)
def test_the_planted_cause_is_named(slip: str) -> None:
    changes, code, words = SLIPS[slip]
    (finding,) = [f for f in found(changes) if f.code == code]
    assert words in finding.hint
    assert finding.hint.count("；") <= 1


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_every_cause_makes_the_rule_hold_in_the_engine(form_id: str) -> None:
    """Whatever is guessed for random damage is put in, and the engine says the rule passes."""
    chance, tried = random.Random(3), 0
    definition = form(form_id)
    for _ in range(4):
        values = filling(form_id, chance)
        amounts = [f.name for f in definition.fields if f.type == "amount" and values.get(f.name) and f.is_input]
        for name in chance.sample(amounts, 4):
            spoiled = laid_over(definition, values, {name: round(values[name] * chance.choice([0.1, 1.9, 10_000]), 2)})
            submission = load_bytes(built(form_id, spoiled), "x", room())
            model, blank = room().model(submission.layout)
            ctx = RuleContext(submission, model.evaluate(submission.engine_inputs()), blank)
            for code, equation in ctx.sums.broken.items():
                for cause in Guesser(ctx.sums).causes(equation)[:2]:
                    mended = checked(built(form_id, laid_over(definition, spoiled, cause.changes)))
                    assert code not in {f.code for f in mended.findings if f.is_open}, (name, code, cause.zh)
                    tried += 1
    assert tried > 5


def test_consequences_are_folded_under_what_leads() -> None:
    result = checked(built(FORM, laid_over(form(FORM), clean(FORM), {"本年支出合计": 11_900_000.0})))
    roots = {f.code: f.root for f in result.findings if f.is_open}
    assert roots["VA014"] == "" and roots["BA102"] == roots["BA106"] == roots["EX103"] == "VA014@B21"
    text = report_text(Report([result]))
    assert text.count("[VA014]") == 1 and "连带" in text and text.index("[VA014]") < text.index("[BA102]")


def test_a_fraction_cut_to_two_digits_is_seen() -> None:
    findings = {f.code: f for f in found({"支出率": 0.97}) if f.is_open}
    assert findings["VA015"].expected == 96.75 and findings["EX101"].root == "VA015@B37"
