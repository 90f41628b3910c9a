"""Completion by what figures do: each sentence stays silent with the right rate, and fires with a wrong one."""

from __future__ import annotations

import pytest

from tests.support.texts import brief, said

BOTH = [
    # sentence, its right rate, a wrong one
    ("我局2023年部门预算1,280.00万元，全年实际支出1,216.00万元，预算执行率{}%。", "95", "85"),
    ("安排项目资金500.00万元。截至12月底，已支付425.00万元，支付进度为{}%。", "85", "95"),
    ("收到上级资金240.00万元，其中中央资金150.00万元，省级资金90.00万元。实际支出216.00万元，执行率{}%。", "90", "80"),
    ("项目预算安排200.00万元，实际到位180.00万元，资金到位率{}%。", "90", "100"),
    ("项目总投资为1500.00万元，累计完成投资1350.00万元，完成率{}%。", "90", "80"),
    ("下达资金66.80万元，实际拨付资金60.12万元，资金拨付进度{}%。", "90", "100"),
    ("年初预算安排会议费40.00万元，实际支出28.00万元，占预算的{}%。", "70", "80"),
    ("财政下达我单位项目经费80.00万元；全年使用72.00万元；预算执行率为{}%。", "90", "95"),
    ("应缴330.00万元，已缴297.00万元，收缴率{}%。", "90", "80"),
    ("公用经费预算120.00万元，支出114.00万元，执行{}%。", "95", "85"),
    ("政府采购预算100.00万元，实际采购92.00万元，采购预算完成率为{}%。", "92", "98"),
    ("资金执行率{}%（执行数190.00万元/预算数200.00万元）。", "95", "90"),
    ("预算执行率=实际支出190.00万元÷预算数200.00万元×100%={}%。", "95", "90"),
    ("全年支出190.00万元，完成全年预算200.00万元的{}%。", "95", "90"),
    ("项目资金支付190.00万元，占下达资金200.00万元的{}%。", "95", "85"),
    ("资金支付190.00万元，未支付10.00万元，支付率{}%。", "95", "85"),
    ("计划培训500人次，实际培训450人次，完成率{}%。", "90", "100"),
    ("计划新建公路120公里，完成96公里（含支线8段），完工率为{}%。", "80", "100"),
    ("年度任务为新增就业3000人，实际完成2700人，完成目标任务的{}%。", "90", "100"),
    ("应发放补贴800人，实际发放760人，发放率{}%。", "95", "100"),
    ("预算支出1000.00万元，实际支出950.00万元，完成预算的{}%。", "95", "85"),
    ("任务为改造旧房120户，实际完成改造150户，超任务{}%。", "25", "80"),
]  # fmt: skip

FIRES = [
    (["专项资金已全部支付到位，资金到位率95%。"], ("completion", "confirm", "专项资金已全部支付到位", "100%")),
    (["年初未安排预算，支出决算为12.50万元，完成年初预算的100%。"], ("nothing", "confirm", "100%", "")),
    (["年初预算为0，支出决算为12.50万元，完成年初预算的125%。"], ("nothing", "confirm", "125%", "")),
    (["服务对象满意度为108%。"], ("completion", "confirm", "108%", "")),
    (["#（一）资金到位情况", "财政安排资金120.00万元。", "资金使用如下", "使用资金108.00万元，资金使用率95%。"], ("completion", "confirm", "95%", "90%")),
    (["总投资1807.00万元，其中中央资金850.00万元。", "已拨付中央资金680.00万元，资金执行率为88%。"], ("completion", "confirm", "88%", "80%")),
]  # fmt: skip

SILENT = [
    ["资金已全部到位，支付率85%。"],
    ["各项指标全部完成的12项，完成率92.31%。"],
    ["资金未能全部支付，资金支付率85%。"],
    ["下达111万元，后调减40万元，全年实际下达71万元，已全额划转并发放，发放率100%。"],
    ["支出1264.92万元，主要用于办公。", "一般公共预算支出决算数为1264.92万元，完成预算59.70%。"],
    ["下达甲项目资金200.00万元、乙项目资金300.00万元。", "支付资金150.00万元，资金支付率45%。"],
    ["资金到位率105%，预算执行率102%。"],
    ["年初预算为0万元，支出决算为0万元，完成预算的0%。"],
    ["计划培训5期500人，实际培训6期，参训450人，完成率120%。"],
]


@pytest.mark.parametrize(("sentence", "right", "wrong"), BOTH, ids=[str(n) for n in range(len(BOTH))])
def test_right_is_silent_and_wrong_fires(sentence: str, right: str, wrong: str) -> None:
    assert brief(sentence.format(right)) == []
    assert [(d.level, d.stated) for d in said(sentence.format(wrong))] == [("confirm", f"{wrong}%")]


@pytest.mark.parametrize(("paragraphs", "want"), FIRES, ids=[str(n) for n in range(len(FIRES))])
def test_fires(paragraphs: list[str], want: tuple[str, str, str, str]) -> None:
    assert brief(*paragraphs) == [want]


@pytest.mark.parametrize("paragraphs", SILENT, ids=[str(n) for n in range(len(SILENT))])
def test_silent(paragraphs: list[str]) -> None:
    assert brief(*paragraphs) == []


def test_mixed_units_are_told_as_such() -> None:
    found = said("项目预算数2089元，其中：中央资金1777万元，占85.06%；省级资金312万元，占14.94%。")
    assert "scale" in {d.reason for d in found}


def test_a_rest_makes_the_whole_in_words() -> None:
    found = said("资金支付190.00万元，未支付10.00万元，支付率85%。")
    assert [s.raw for s in found[0].sources] == ["190.00万元+10.00万元", "190.00万元"]
