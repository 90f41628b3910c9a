"""Rates of parts against the rate of their whole, and the sentences of published budgets that were misread."""

from __future__ import annotations

import pytest

from tests.support.texts import said

_TAX = (
    "全区收入完成4800万元，完成年初预算的{}%，同比增长{}%。其中：甲税务所完成3000万元，完成年初预算的{}%，同比增长{}%；"
    "乙税务所完成1800万元，完成年初预算的{}%，同比下降{}%。"
)
_RIGHT = ("48.00", "9.09", "50.00", "25.00", "45.00", "10.00")
_WRONG = {0: "49.50", 1: "19.09", 2: "58.00", 3: "55.00", 4: "65.00", 5: "30.00"}
_THREE = (
    "“三公”经费年初预算为30.00万元，支出决算为12.50万元，完成预算的41.67%，其中：因公出国（境）费决算为0万元，"
    "完成预算的0%；公务用车费支出决算为9.90万元，完成预算的{}%；公务接待费支出决算为2.60万元，完成预算的20.80%。"
)
BOTH = [
    (_THREE, "66.00", "46.00"),
    ("全市采购规模为2400.0亿元，增长2%。\n公开招标金额为1800.0亿元，占全市采购规模的{}%。", "75.0", "57.0"),
    ("中小企业的合同总金额为640.50万元。其中，小微企业合同金额为160.20万元，占中小企业合同总金额的{}%。", "25.01", "52.01"),
    ("一般公共预算收入完成4000万元。从收入结构看，税收收入完成2500万元，占一般公共预算收入的{}%；"
     "非税收入完成1500万元，占一般公共预算收入的37.50%。", "62.50", "26.50"),
    ("“三公”经费决算数为340.25万元，较上年412.60万元减少{}万元，下降17.54%。", "72.35", "70.35"),
    ("某县水务局2021年度“三公”经费财政拨款支出年初预算为9.00万元，支出决算为7.40万元，完成预算的82.22%。\n"
     "2021年度“三公”经费财政拨款支出决算数比2020年度减少0.60万元，降低{}%。", "7.50", "9.50"),
    ("县级收入总计860.5万元。县级支出总计700.2万元。收支相抵，结余{}万元。", "160.3", "190.3"),
    ("因公出国（境）费为0万元。公务接待费为2.90万元，较上年减少5.80万元，下降{}%。", "66.67", "96.67"),
    ("接待批次较上年减少40批次，下降{}%。", "20", "120"),
    ("上半年，收入完成900万元，完成年初预算数2000万元的45.0%，比上年减收100万元，下降10.0%。"
     "其中：税收收入{}万元，增收50万元；非税收入300万元，减收150万元。", "600", "500"),
]  # fmt: skip
QUIET = [
    # what is added to income is no budget of the spending
    "全国支出为5200.00亿元，完成预算的99.1%。加上从预算稳定调节基金调入213.00亿元，收入总量为8790.00亿元。全国支出10238.00亿元，完成预算的99.1%。",
    "收入3061.1万元；加上补助等，收入总量为7557.8万元。支出6796.6万元，完成预算的92.7%。",
    # amounts and shares side by side, beside shares of the same whole told alone
    "甲类、乙类、丙类采购金额分别为657.1万元、1115.5万元和334.4万元，占采购规模的比重为31.2%、52.9%和15.9%。\n"
    "公开招标金额为1641.3万元，占采购规模的77.9%。\n分散采购金额为436.5万元，占采购规模的20.7%。\n询价金额为29.5万元，占采购规模的1.4%。",
    # parts of the first of two figures told before them
    "已下达中央投资计划657.0万元、地方配套投资计划598.0万元。其中饮水工程、灌区工程、水库工程中央投资分别下达202.0万元、87.0万元和368.0万元。",
    # a part that spent nothing says nothing of its budget
    "“三公”经费年初预算为30.00万元，支出决算为12.50万元，完成预算的41.67%，其中：因公出国（境）费决算为0万元，"
    "完成预算的0%；公务用车费支出决算为9.90万元，完成预算的99.00%；公务接待费支出决算为2.60万元，完成预算的65.00%。",
]  # fmt: skip


@pytest.mark.parametrize(("text", "right", "wrong"), BOTH, ids=[b[0][:14] for b in BOTH])
def test_silent_with_the_right_figure_and_fires_with_a_wrong_one(text: str, right: str, wrong: str) -> None:
    assert said(*text.format(right).split("\n")) == []
    assert any(one.level == "confirm" for one in said(*text.format(wrong).split("\n"))), text.format(wrong)


@pytest.mark.parametrize("text", QUIET, ids=[q[:14] for q in QUIET])
def test_silent(text: str) -> None:
    assert said(*text.split("\n")) == []


def test_any_rate_of_a_whole_and_its_parts() -> None:
    assert said(_TAX.format(*_RIGHT)) == []
    for place, wrong in _WRONG.items():
        found = said(_TAX.format(*(wrong if place == i else rate for i, rate in enumerate(_RIGHT))))
        assert [one.level for one in found] == ["confirm"], (place, found)


def test_the_one_rate_that_one_digit_mends_is_told_with_what_it_should_be() -> None:
    (one,) = said(_TAX.format("48.00", "9.09", "50.00", "25.00", "95.00", "10.00"))
    assert (one.kind, one.stated, one.recomputed) == ("completion", "95.00%", "45.00%")
    assert "4000万元" in one.sources[0].raw
    (bound,) = said(_THREE.format("46.00"))  # travel spent nothing, its budget is not told
    assert (bound.stated, bound.recomputed) == ("46.00%", "≥56.57%") and "≤17.50万元" in bound.sources[0].raw
