"""Figures with their scope, lists over several paragraphs, tables as sentences."""

from __future__ import annotations

import pytest

from tests.support.texts import figures, passages
from xltools.intake.narrative.document import read_document
from xltools.intake.narrative.facts.known import known_facts
from xltools.intake.narrative.facts.lists import listings
from xltools.intake.narrative.facts.source import passages_of
from xltools.intake.narrative.source import read_narrative


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("支出决算88.50万元", [("amount", "", 0)]),
        ("较上年增加12.00万元，增长8.20%", [("change", "", 1), ("growth", "", 1)]),
        ("同比下降3%", [("growth", "", -1)]),
        ("占本年支出合计的12.5%", [("share", "本年支出合计", 0)]),
        ("占比12.5%", [("share", "", 0)]),
        ("完成年初预算的95.1%", [("completion", "年初预算", 0)]),
        ("预算执行率为95.1%", [("completion", "预算执行率", 0)]),
        ("支付完成率为95.1%", [("completion", "支付完成率", 0)]),
        ("满意率95%", [("rate", "", 0)]),
        ("年中追加30万元", [("amount", "", 0)]),
        ("各下降23%、38%", [("growth", "", -1), ("growth", "", -1)]),
    ],
)
def test_what_a_figure_is(text: str, want: list[tuple[str, str, int]]) -> None:
    assert [(f.function, f.base, f.direction) for f in figures(text)] == want


@pytest.mark.parametrize(
    ("text", "stages", "years"),
    [
        ("年初预算为8万元，支出决算为7万元", ["initial", "final"], ["", ""]),
        ("全年预算数8万元，执行数7万元", ["adjusted", "final"], ["", ""]),
        ("一般公共预算财政拨款支出9万元", [""], [""]),
        ("2022年支出9万元，上年支出8万元", ["", ""], ["2022", "last"]),
        ("上年结转和结余3万元", [""], [""]),
        ("与2021年度相比，支出增加9万元", [""], [""]),
        ("截至年底实际已支付6万元", ["final"], [""]),
    ],
)
def test_stage_and_year(text: str, stages: list[str], years: list[str]) -> None:
    found = figures(text)
    assert [f.scope.stage for f in found] == stages
    assert [f.scope.year for f in found] == years


def test_a_final_figure_is_of_what_its_budget_is() -> None:
    budget, final = figures("“三公”经费财政拨款支出年初预算为9.00万元，支出决算为8.00万元")
    assert budget.scope.subject == final.scope.subject == "三公经费财政拨款支出"
    assert known_facts(final) == ("三公经费",)


@pytest.mark.parametrize(
    "text",
    [
        "行政运行（项）机关运行经费支出9万元",
        "所属中心机关运行经费支出9万元",
        "上年机关运行经费支出9万元",
        "主要原因是机关运行经费9万元",
        "机关运行经费约9万元",
    ],
)
def test_what_is_not_surely_the_departments_own(text: str) -> None:
    assert [known_facts(f) for f in figures(text)] == [()]


def test_lists_in_a_sentence_in_brackets_and_over_paragraphs() -> None:
    read = passages(
        "支出合计10.00万元，其中：基本支出6.00万元（人员经费5.00万元、公用经费1.00万元），项目支出4.00万元。",
        "本年收入20.00万元，主要用于以下方面：",
        "1.教育支出12.00万元；",
        "2.卫生支出8.00万元。",
        "后面一段没有编号，有3万元。",
    )
    found = [([h.number.raw for h in x.heads], [m.number.raw for m in x.members]) for x in listings(read)]
    assert (["10.00万元"], ["6.00万元", "5.00万元", "1.00万元", "4.00万元"]) in found
    assert (["10.00万元", "6.00万元"], ["5.00万元", "1.00万元"]) in found
    assert (["20.00万元"], ["12.00万元", "8.00万元"]) in found


def test_a_line_that_ends_before_its_figure_goes_on() -> None:
    read = passages(
        "某局2023年度收入支出总计", "1,591.08万元。与上年相比增加。", "合计5万元。", "其中：甲2万元，乙3万元。"
    )
    assert [p.text for p in read] == [
        "某局2023年度收入支出总计1591.08万元。与上年相比增加。",
        "合计5万元。其中：甲2万元，乙3万元。",
    ]


def test_tables_are_read_as_sentences() -> None:
    text = (
        "一、2023年度“三公”经费支出表\n单位：万元\n项目|预算数|决算数\n合 计|12.00|9.50\n公务接待费|2.00|1.50\n"
        "公务用车运行维护费|10.00|8.00\n二、说明\n公务接待费支出决算为1.50万元，已经公开，请社会各界监督。\n"
    )
    read = passages_of(read_document(read_narrative(text.encode(), "a.txt")))
    told = [p.text for p in read if "预算数" in p.text]
    assert told[0] == "三公经费合计预算数12.00万元，决算数9.50万元。"
    assert told[1:] == [
        "公务接待费预算数2.00万元，决算数1.50万元。",
        "公务用车运行维护费预算数10.00万元，决算数8.00万元。",
    ]
