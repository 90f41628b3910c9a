"""Words and shapes: what a template or a slip left behind, and harmless text that only looks like it."""

from __future__ import annotations

import pytest

from tests.support.texts import passages
from xltools.rules.arithmetic.shapes import MOST, shapes

FIRES = [
    (["决算数大小于预算数的主要原因是节约。"], "residue", "大小于"),
    (["比2022年度减增加21.90万元。"], "residue", "减增加"),
    (["较上年下降（增长）3%。"], "residue", "下降（增长）"),
    (["20XX年度我单位完成任务。"], "residue", "20XX"),
    (["主要职能（200字以内）。"], "residue", "（200字以内）"),
    (["错误！未定义书签。"], "residue", "错误！未定义书签"),
    (["因公出国费0万元，占%，比上年减少万元。"], "blank", "占%"),
    (["收入比上年增长13.95。"], "percent", "增长13.95"),
    (["公务接待支出0.39万（含外宾接待）。"], "unit", "支出0.39万"),
    (["省级补贴47.50%为614.39万元，市级补贴30.20万元，县级补贴420.37元。"], "unit", "420.37元"),
    (["治理面积32.49hmm。"], "unit", "hmm"),
    (["服务对象对象满意。"], "doubled", "对象对象"),
    (["本单位（含下属中心共有三个科室。"], "quotes", "（"),
    (["印发《临河县预算管理办法。"], "quotes", "《"),
    (["开展“放管服”改革”工作。"], "quotes", "”"),
    (["#一、概况", "正文。", "#二、收支", "正文。", "#四、问题", "正文。"], "numbering", "四、"),
    (["#一、概况", "正文。", "#二、收支", "正文。", "#二、问题", "正文。"], "numbering", "二、"),
    (["#（一）概况", "正文。", "#（一）背景", "正文。"], "numbering", "（一）"),
    (["1、学前。", "2、小学。", "4、高中。"], "numbering", "4、"),
    (["按照（林财行2020〕189号）执行。"], "brackets", "〕"),
    (["22017年预算数为3.00万元。"], "residue", "22017年"),
    (["城乡社区支出154.43万元，占76.23；其余略。"], "percent", "占76.23"),
    (["年初预算为4.20万元，支出决算为4.19。"], "unit", "支出决算为4.19"),
    (["全年预算数100元，全年执行数33.78元。"], "unit", "100元"),
    (["2021年度部门决算情况说明", "#一、概况", "纳入本部门2020年度决算编制的单位有2个。"], "residue", "2020年度决算编制"),
    (["#（一）预算管理情况", "#二、存在的问题", "正文。"], "empty", "（一）预算管理情况"),
]  # fmt: skip

HARMLESS = [
    "决算数大于预算数的主要原因是年中追加，增减变化不大。",
    "1）按时完成；2）质量合格。",
    "共有人员45人，在职人员人均经费4.2万元。",
    "服务人口1.2万，占比12%。",
    "增长13.95%，占12.50%。",
    "补助标准每人420.37元，共安排614.39万元、420.10万元。",
    "基本支出支出进度正常，资金管理管理办法另行印发。",
    "单位：万元",
    "收支总计各为41.25，43.14万元；占地76.23亩。",
    "支出决算为0元，执行数为120000元。",
    "与2020年度决算相比持平。",
    "（一）“三公”经费（含会议费）支出《办法》已印发。",
]


@pytest.mark.parametrize(("paragraphs", "kind", "what"), FIRES, ids=[str(n) for n in range(len(FIRES))])
def test_fires(paragraphs: list[str], kind: str, what: str) -> None:
    found = shapes(passages(*paragraphs))
    assert [(s.kind, s.what) for s in found] == [("brackets" if what == "（" else kind, what)]
    assert what in found[0].quote


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless(text: str) -> None:
    assert shapes(passages(text)) == []


def test_a_pair_that_closes_on_the_next_line_is_one() -> None:
    assert shapes(passages("按照《临河县预算", "管理办法》执行。")) == []


def test_a_table_of_contents_has_no_empty_sections() -> None:
    contents = [f"#{n}、情况说明" for n in "一二三四五六"]
    assert shapes(passages(*contents)) == []


def test_few_a_text() -> None:
    marks = [f"第{n}部分（没有合上。" for n in range(30)]
    assert 0 < len(shapes(passages(*marks))) <= MOST
