"""Shares of a whole told by name, a budget told by its distance, and the one rate of a text that is not to the digit."""

from __future__ import annotations

import pytest

from tests.support.texts import passages, said
from xltools.intake.narrative.document import read_document
from xltools.intake.narrative.facts.source import passages_of
from xltools.intake.narrative.source import read_narrative
from xltools.rules.arithmetic.shapes import shapes

_ITEMS = (
    "教育类科目{:.2f}元，占支出总预算{}%，同比增加1200.00元。",
    "就业类科目{:.2f}元，占支出总预算{}%，同比减少300.50元。",
    "卫生类科目{:.2f}元，占支出总预算{}%，同比增加80.10元。",
    "住房类科目{:.2f}元，占支出总预算{}%，同比无增减变化。",
)
_AMOUNTS = (6_200_500.40, 911_200.30, 402_118.75, 486_180.55)
_RATES = ("77.50", "11.39", "5.03", "6.08")
_ENTRY = "“某支出（类）某款（款）某事务{}（项）”年初预算为{}万元，支出决算为{}万元，完成年初预算的{}%。"
_ENTRIES = (
    ("9.60", "7.20", "75.00"),
    ("8.40", "8.13", "96.79"),
    ("12.50", "9.11", "72.88"),
    ("6.30", "5.87", "93.17"),
    ("3.10", "2.95", "95.16"),
    ("4.70", "4.41", "93.83"),
)

BOTH = [
    ("政府采购预算40000.00元，其中：货物类采购23520.00元，占政府采购预算的{}%。", "58.80", "85.80"),
    ("全年采购规模为1000.00万元。甲单位、乙单位采购规模分别为266.30万元和733.70万元，占采购规模的{}%和73.4%。", "26.6", "36.6"),
    ("全年支出决算为880.00万元，完成年初预算的{}%，决算数大于预算数80.00万元。", "110.00", "119.00"),
    ("全年支出决算为720.00万元，完成年初预算的{}%，决算数小于预算数80.00万元。", "90.00", "99.00"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "right", "wrong"), BOTH, ids=[b[0][:16] for b in BOTH])
def test_silent_with_the_right_rate_and_fires_with_a_wrong_one(text: str, right: str, wrong: str) -> None:
    assert said(text.format(right)) == []
    assert said(text.format(wrong)), text.format(wrong)


def _wholes(rates: tuple[str, ...]) -> list[str]:
    return [text.format(amount, rate) for text, amount, rate in zip(_ITEMS, _AMOUNTS, rates, strict=True)]


def test_shares_that_name_one_whole_need_one_whole() -> None:
    assert said(*_wholes(_RATES)) == []
    found = said(*_wholes((*_RATES[:2], "9.03", _RATES[3])))
    assert [(one.kind, one.level) for one in found] == [("share", "confirm")] and found[0].recomputed == "5.03%"
    assert "支出总预算" in found[0].sources[1].text


def test_two_shares_off_leave_no_whole_to_hold_them_against() -> None:
    assert said(*_wholes((_RATES[0], "17.39", "9.03", _RATES[3]))) == []


def test_the_one_rate_that_is_not_of_the_shown_digits() -> None:
    lines = [_ENTRY.format("甲乙丙丁戊己"[i], *entry) for i, entry in enumerate(_ENTRIES)]
    assert said(*lines) == []
    last = _ENTRY.format("庚", "10.20", "7.65", "75.08")
    found = said(*lines, last)
    assert [(one.kind, one.level, one.recomputed) for one in found] == [("completion", "notice", "75.00%")]
    assert said(*lines[:3], last) == []  # too few to speak of a habit
    loose = _ENTRY.format("辛", "11.10", "8.88", "80.07")
    assert said(*lines, last, loose) == []  # nor is it one where several rates are so


def test_parts_of_another_whole_are_no_list() -> None:
    lines = [
        "支出总预算的95.57%；项目支出预算48100.00元，占支出总预算的0.60%，同比无增减变化。其中：",
        *_wholes(_RATES),
    ]
    assert [one for one in said(*lines) if one.kind == "sum"] == []


def test_another_years_budget_is_what_it_grew_from() -> None:
    text = "接待费支出预算4.00万元，比2021年预算减少4.00万元，下降{}%。"
    assert said(text.format("50")) == []
    assert [one.recomputed for one in said(text.format("80"))] == ["50%"]


def test_public_budgets_are_no_total_given() -> None:
    text = "地方公共财政预算收入13916万元，为预算的56%。国税部门完成3954万元，为预算的47.9%，地税部门完成10529万元，为预算的50.1%。"
    assert said(text) == []
    assert said("一般公共预算收入887.10亿元，为预算的100%。一般公共预算支出1325.60亿元，完成预算的98.9%。") == []


def test_things_of_another_sort_may_be_more() -> None:
    assert said("纳入汇编范围的单位共1个，包括内设机构14个。") == []
    assert [one.kind for one in said("实施项目共12个，其中省级项目15个。")] == ["part"]


def test_a_unit_lost_in_a_list_and_a_year_that_cannot_be() -> None:
    passage = passages(
        "其中，甲县507.16万元；乙区403.12万元；救助站86万。", "受理案件4232件，比上年同期4378年减少3.34%。"
    )
    assert [(one.kind, one.what) for one in shapes(passage)][:2] == [
        ("unit", "万元；救助站86万"),
        ("residue", "4378年"),
    ]


def test_a_sentence_alone_in_a_tables_row_is_read() -> None:
    text = "评价结论 |\n结合自评情况说明项目实施取得的成效或成果。(200字以内) |\n总额 | 12.00 | 12.00"
    read = passages_of(read_document(read_narrative(text.encode(), "自评表.txt")))
    assert [one.kind for one in shapes(read)] == ["residue"]


def test_what_is_no_fiscal_money_is_of_all_money() -> None:
    text = "2021年度收入总计{}万元，支出总计{}万元。2021年度收入合计1577.61万元。此外，使用非财政拨款结余8.46万元，年初结转和结余1.11万元。"
    assert said(text.format("1587.18", "1587.18")) == []
    assert [one.kind for one in said(text.format("1597.18", "1597.18"))] == ["balance"]


def test_a_numbered_sentence_fills_its_section() -> None:
    lines = ["#（一）职能职责", "#1.承担辖区内学校的管理、评估和科研工作。", "#（二）机构设置", "内设办公室。"]
    assert shapes(passages(*lines)) == []
    assert [one.kind for one in shapes(passages("#（一）职能职责", "#（二）机构设置", "内设办公室。"))] == ["empty"]


@pytest.mark.parametrize("words", ["同比增收8348万元，增长{}%", "较上年增长{}%，增收8348万元"])
def test_what_came_in_more_is_a_change(words: str) -> None:
    text = "财政总收入完成146405万元，" + words + "。"
    assert said(text.format("6")) == []
    assert [(one.kind, one.recomputed) for one in said(text.format("9"))] == [("growth", "6%")]


def test_what_came_in_is_no_budget_of_what_is_told_behind_it() -> None:
    text = "财政总收入完成146405万元，同比增收8348万元，增长6%。一般公共预算收入完成72777万元，同比增收1488万元，为预算的65.7%。"
    assert said(text) == []
