"""Completion, share, growth and difference: what fires, with the figure recomputed; what stays silent."""

from __future__ import annotations

import pytest

from tests.support.texts import brief, passages, said
from xltools.rules.arithmetic.shapes import shapes

FIRES = [
    # paragraphs, (kind, level, stated, recomputed), likely reason
    (["年初预算为80.00万元，支出决算为60.00万元，完成年初预算的85.00%。"], ("completion", "confirm", "85.00%", "75.00%"), "digit"),
    (["年初预算为8000.00万元，支出决算为6236.70万元，完成年初预算的77.95%。"], ("completion", "notice", "77.95%", "77.96%"), "cut"),
    (["全年预算数80万元，执行数60万元，预算执行率85%。"], ("completion", "confirm", "85%", "75%"), "digit"),
    (["年初预算为0万元，支出决算为6.00万元，完成年初预算的95.89%。"], ("nothing", "confirm", "95.89%", ""), "nothing"),
    (["下达专项资金200万元，实际已支付187.10万元，支付完成率为94.55%。"], ("completion", "confirm", "94.55%", "93.55%"), "digit"),
    (
        ["“三公”经费支出决算为9.00万元，完成预算的90.00%，其中：公务接待费支出决算为2.00万元，完成预算的0%；其他略。"],
        ("completion", "confirm", "0%", ""),
        "nothing",
    ),
    (["年初预算为7.00万元，支出决算为9.00万元。决算数小于预算数的主要原因是节约。"], ("completion", "confirm", "决算数小于预算数", ""), "direction"),
    (["教育支出9.00万元，完成年初预算100%，决算数大于预算数。"], ("completion", "confirm", "决算数大于预算数", ""), "direction"),
    (["公务接待费年初预算为2.00万元，支出决算为1.00万元，与预算数持平。"], ("completion", "confirm", "与预算数持平", "2.00万元"), "direction"),
    (["本年收入合计200.00万元，其中：事业收入50.00万元，占20.00%。"], ("share", "confirm", "20.00%", "25.00%"), "digit"),
    (
        ["本年支出合计3000.00万元，其中：基本支出2000.00万元，占66.66%；项目支出1000.00万元，占33.33%。"],
        ("share", "notice", "66.66%", "66.67%"),
        "cut",
    ),
    (["支出决算中，公务接待费5.21万元，占67.75%；公务用车费2.48万元，占32.24%。"], ("share", "notice", "32.24%", "32.25%"), "cut"),
    (["本年支出合计200.00万元。", "一般公共预算财政拨款支出120.00万元，占本年支出合计的61.00%。"], ("share", "confirm", "61.00%", "60.00%"), "digit"),
    (
        ["一般公共预算支出200.00万元，主要用于以下方面：", "1.教育支出150.00万元，占75.00%；", "2.卫生支出50.00万元，占35.00%。"],
        ("share", "confirm", "35.00%", "25.00%"),
        "digit",
    ),
    (["支出总计110.00万元。与上年相比，支出总计增加10.00万元，增长12.00%。"], ("growth", "confirm", "12.00%", "10.00%"), "digit"),
    (["支出总计110.00万元。与上年相比，支出总计增加10.00万元，增长9.09%。"], ("growth", "confirm", "9.09%", "10.00%"), "this_year_base"),
    (["机关运行经费90.00万元，比2022年度减少10.00万元，下降10.50%。"], ("growth", "confirm", "10.50%", "10.00%"), "digit"),
    (["甲、乙两项经费各为40.00，60.00万元。与上年相比，经费各减少10.00，20.00万元，各下降20.00%、35.00%。"], ("growth", "confirm", "35.00%", "25.00%"), "digit"),
    (["公务接待费2.00万元，比上年增加2.00万元，增长100%。"], ("growth", "notice", "100%", ""), "nothing"),
    (["培训费8.00万元，比上年增加1.00万元，下降14.29%。"], ("growth", "confirm", "14.29%", ""), "direction"),
    (["会议费2.00万元，比上年增加3.00万元，增长30.00%。"], ("difference", "confirm", "3.00万元", ""), ""),
    (["公务接待费2023年预算8.00万元，2022年预算12.50万元，减少4.35万元。"], ("difference", "confirm", "4.35万元", "4.50万元"), ""),
    (["支出合计4860.00万元，较2022年的4500.00万元增长18%。"], ("growth", "confirm", "18%", "8%"), ""),
    (["2022年接待费5.00万元，2023年接待费4.00万元，同比下降30%。"], ("growth", "confirm", "30%", "20%"), ""),
    (["收入合计4860.00万元，比上年增加360.00万元，增长9%。"], ("growth", "confirm", "9%", "8%"), "digit"),
    (["结转和结余0.00万元，较上年增加0.00万元，增长8%。"], ("growth", "confirm", "8%", "0%"), ""),
]  # fmt: skip

SILENT = [
    ["年初预算为81.37万元，支出决算为60.12万元，完成年初预算的73.88%。决算数小于预算数。"],
    ["年初预算为0万元，支出决算为0万元，完成年初预算的100%。"],
    ["年初预算为0万元，支出决算为6.00万元。决算数大于预算数的主要原因是年中追加。"],
    ["支出决算为67.64万元，完成预算89.53%。"],
    ["年初预算1100.00万元，调整后预算数1230.00万元，执行数1190.00万元，预算执行率96.75%。"],
    ["项目预算80万元，完成造林任务的85%。"],
    ["本年收入合计2.00亿元，其中：事业收入5000.00万元，占25.00%。"],
    ["全区粮食面积15.60万亩，占全市的23.50%，其中水稻8.00万亩。"],
    ["支出合计300.00万元，其中：甲100.00万元，占33.33%；乙200.00万元，占66.67%。"],
    ["收入792.22万元，比上年增加189.25万元，增长31.39%。其中：财政拨款792.22万元，比上年增加209.28万元，增长35.90%。"],
    ["上年结转和结余190.89万元，较上年减少7.63万元，下降3.8%。"],
    ["主要原因是抚恤金增加12.00万元，增长8.00%。"],
    ["支出总计110.00万元，比年初预算100.00万元增加10.00万元，增长10.00%。"],
    ["2021年、2022年新增户数分别为1.20万户、1.50万户，分别增长8.50%、25.00%。"],
    ["培训费约8万元，比上年增加约1万元，增长20%。"],
    ["公务接待费支出0万元，与预算数持平。"],
    ["增加0.00万元，增长0%。"],
    ["支出合计4860.00万元，较2022年的4500.00万元增长8%。"],
    ["2022年接待费5.00万元，2023年接待费4.00万元，同比下降20%。"],
    ["会议费5.00万元，培训费4.00万元，同比下降35%。"],
    ["2023年度收、支总计均为500.00万元。与上年相比，财政拨款收、支总计各增加10.00万元，增长5.00%。"],
]  # fmt: skip


@pytest.mark.parametrize(("paragraphs", "want", "reason"), FIRES, ids=[str(n) for n in range(len(FIRES))])
def test_fires(paragraphs: list[str], want: tuple[str, str, str, str], reason: str) -> None:
    assert brief(*paragraphs) == [want]
    assert said(*paragraphs)[0].reason == reason


@pytest.mark.parametrize("paragraphs", SILENT, ids=[str(n) for n in range(len(SILENT))])
def test_silent(paragraphs: list[str]) -> None:
    assert brief(*paragraphs) == []


def test_half_width_marks_say_the_same() -> None:
    wide = "本年收入合计1,200.00万元，其中：事业收入50.00万元，占5.00%；其他收入1,150.00万元，占95.83%。"
    narrow = wide.translate(str.maketrans("，：；", ",:;"))
    assert brief(wide) == brief(narrow) == [("share", "confirm", "5.00%", "4.17%")]


def test_a_quote_begins_at_a_whole_word_and_names_its_sources() -> None:
    found = said("前一句。2023年度“三公”经费年初预算为80.00万元，支出决算为60.00万元，完成年初预算的85.00%。")
    assert found[0].quote == "2023年度“三公”经费年初预算为80.00万元，支出决算为60.00万元，完成年初预算的85.00%"
    assert [s.raw for s in found[0].sources] == ["80.00万元", "60.00万元"]


def test_no_quote_and_no_source_cuts_a_year() -> None:
    long = (
        "前一句。"
        + "按照有关工作要求" * 4
        + "2021年度某县某某中心一般公共预算财政拨款会议费年初预算为80.00万元，支出决算为60.00万元，完成年初预算的85.00%。"
    )
    one = said(long)[0]
    for text in (one.quote, *(s.words for s in one.sources)):
        assert not text[:4].strip("0123456789").startswith("年") or text.startswith("2021年")
    marked = shapes(passages("按照工作要求某某中心于2021年度组织开展服务对象对象调查。"))
    assert "2021年" in marked[0].quote


def test_a_budget_told_in_a_table_counts() -> None:
    paragraphs = [
        "公务接待费预算数35.00万元，决算数26.40万元。",
        "公务接待费支出决算为26.40万元，完成年初预算的57.43%。",
    ]
    assert brief(*paragraphs) == [("completion", "confirm", "57.43%", "75.43%")]
