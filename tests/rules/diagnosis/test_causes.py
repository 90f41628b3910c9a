"""Likely causes: a planted slip is named as what it is, what is said makes every rule hold, no hint against another."""

from __future__ import annotations

import random
from typing import Any

import pytest

from tests.support.fillings import filling
from tests.support.forms import FORM_IDS, built, checked, clean, form
from tests.support.slips import figures_of
from xltools.findings.finding import Finding
from xltools.rules.diagnosis.causes import Explanation, Guesser
from xltools.sampling.base import laid_over

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
    "rounded to one digit": ({"支出率": 96.7}, "EX101", "可能少写了小数位，按表格的位数应为 96.75%"),
    "cut to no digit": ({"支出率": 96.0}, "EX101", "可能少写了小数位，按表格的位数应为 96.75%"),
    "neighbours": (
        {"固定资产总额": 480.0, "在用固定资产": 500.0},
        "AS101",
        "可能“在用固定资产”和“固定资产总额”两格填反了",
    ),
    "carry-over left out of the total": (
        {"收入总计": 1200.0},
        "BA101",
        "差额正好是“年初结转和结余”50.00，可能“收入总计”漏加",
    ),
    "carry-over is the difference": ({"全年预算数": 1280.0}, "EX104", "差额正好是“年初结转和结余”50.00"),
    "a fund left out": (
        {"财政拨款收入": 1120.0},
        "BA105",
        "差额正好是“政府性基金预算财政拨款收入”30.00，可能“财政拨款收入”漏加",
    ),
    "a fund left out all the way": (
        {"财政拨款收入": 1120.0, "本年收入合计": 1170.0, "收入总计": 1220.0},
        "BA105",
        "可能“财政拨款收入”、“本年收入合计”、“收入总计”都漏加了这一项",
    ),
    "a total of 0": ({"基本支出": 0.0}, "BA107", "“基本支出”为 0，可能没有填列"),
    "upside down": ({"支出率": 103.36}, "EX101", "可能分子和分母颠倒了，应以“全年预算数”为分母，即 96.75%"),
    "a pair of one sum": (
        {"基本支出": 380.0, "项目支出": 810.0},
        "BA107",
        "可能“基本支出”和“项目支出”两格填反了",
    ),
    "of two years": (
        {"年初结转和结余": 60.0, "年末结转和结余": 50.0},
        "BA101",
        "可能“年初结转和结余”和“年末结转和结余”两格填反了",
    ),
    "of budget and final": (
        {"公务接待费预算数": 0.7, "公务接待费决算数": 1.0},
        "TP101",
        "可能“公务接待费（“三公”经费预算数）”和“公务接待费（“三公”经费决算数）”两格填反了",
    ),
    "lines of two depths": (
        {"人员经费": 380.0, "项目支出": 620.5},
        "BA107",
        "可能“人员经费”和“项目支出”两格填反了",
    ),
    "a copy": ({"项目支出": 189.5}, "BA106", "可能是“项目支出”抄成了“公用经费”的 189.50，应为 380.00"),
    "one of two copies": ({"公务接待费决算数": 3.5}, "TP102", "请核对“公务用车运行维护费”、“公务接待费”"),
    "several rules": ({"收入总计": 1277.77}, "BA101", "改为 1,250.00，则 2 条审核公式同时成立"),
}


def found(changes: dict[str, Any]) -> list[Finding]:
    """Return the findings of the clean filling with these changes."""
    return checked(built(FORM, laid_over(form(FORM), clean(FORM), changes))).findings


@pytest.mark.parametrize("slip", SLIPS)
def test_the_planted_cause_is_named(slip: str) -> None:
    changes, code, words = SLIPS[slip]
    (finding,) = [f for f in found(changes) if f.code == code]
    assert words in finding.hint.zh
    assert finding.hint.zh.count("；") <= 1


def test_two_slips_in_one_chain_are_told_apart() -> None:
    hints = {f.code: f.hint.zh for f in found({"基本支出": 801.0, "人员经费": 602.5, "本年支出合计": 1910.0})}
    assert "“基本支出”801.00 相邻两位数字颠倒，应为 810.00" in hints["BA107"]
    assert "“人员经费”602.50 相邻两位数字颠倒，应为 620.50" in hints["BA107"]
    assert "“本年支出合计”1,910.00 相邻两位数字颠倒，应为 1,190.00" in hints["BA102"]
    assert hints["BA106"].startswith("可能有 2 处：") and hints["BA106"].count("颠倒") == 2
    assert "人员经费" not in hints["BA106"]


def test_what_is_not_clear_names_the_lines_and_no_figure() -> None:
    (finding,) = [
        f
        for f in found({"三公经费决算数": 4.2, "公务接待费决算数": 0.9, "公务用车运行维护费决算数": 3.9})
        if f.code == "TP102"
    ]
    assert "公务接待费" in finding.hint.zh and "请核对" in finding.hint.zh and "应为" not in finding.hint.zh


def test_a_small_figure_is_not_in_yuan() -> None:
    """90.00 in yuan would be 0.01 of the form's unit, and that is nobody's figure."""
    hints = [f.hint.zh for f in found({"其他收入": 90.0})]
    assert any(hints) and not any("按元" in hint for hint in hints)


def test_a_locked_figure_is_nobodys_slip() -> None:
    wrong = found({"财政核定全年预算数": 1320.0})
    assert "EX105" in {f.code for f in wrong} and not any("财政核定全年预算数”1,320" in f.hint.zh for f in wrong)
    assert not any("核定" in f.hint.zh and "应为 1,230" in f.hint.zh for f in wrong)


def test_a_workbook_without_broken_rules_is_not_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(*_: object) -> None:
        raise AssertionError("searched")

    monkeypatch.setattr("xltools.rules.diagnosis.root_cause.Guesser", nothing)
    assert checked(built(FORM)).status == "passed"
    with pytest.raises(AssertionError, match="searched"):
        found({"收入总计": 1300.0})


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_what_is_said_makes_all_rules_hold_in_the_engine(form_id: str) -> None:
    """Whatever is certain of random damage is put in, all of it at once, and the engine says the rules pass."""
    chance, tried = random.Random(3), 0
    definition = form(form_id)
    for _ in range(12):
        values = filling(form_id, chance)
        amounts = [f.name for f in definition.fields if f.type == "amount" and values.get(f.name) and not f.locked]
        wrong = {n: round(values[n] * chance.choice([0.1, 1.9, -1, 10_000]), 2) for n in chance.sample(amounts, 2)}
        spoiled = laid_over(definition, values, wrong)
        figures = figures_of(form_id, spoiled)
        sure = [v for v in verdicts(Guesser(figures)) if v.certain]
        mended = figures_of(form_id, spoiled | {n: x for v in sure for n, x in v.sets[0].changes.items()})
        assert not mended.broken.keys() & {c for v in sure if v.sets[0].whole for c in v.codes}, wrong
        assert mended.passing.keys() >= figures.passing.keys()
        tried += len(sure)
    assert tried > 5


def verdicts(guesser: Guesser) -> list[Explanation]:
    known = (guesser.verdict(code) for code in guesser.figures.broken)
    return list(dict.fromkeys(v for v in known if v is not None))


def test_a_fraction_cut_to_two_digits_is_seen() -> None:
    findings = {f.code: f for f in found({"支出率": 0.97}) if f.is_open}
    assert findings["VA015"].expected == 96.75
