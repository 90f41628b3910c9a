"""Money by its source, by a document, by what is left over, and growth from a figure above: fires and stays silent."""

from __future__ import annotations

import pytest

from tests.support.texts import brief
from xltools.intake.narrative.facts.tables import table_sentences

FIRES = [
    (
        [
            "《关于下达资金的通知》（林财农〔2023〕41号）下达资金5.00万元。",
            "林财农〔2023〕41号文下达堤防维修资金6.00万元。",
        ],
        ("repeat", "confirm", "6.00万元", "5.00万元"),
    ),
    (
        ["批复总投资61.80万元，其中中央财政资金40.90万元，县财政资金20.90万元。", "本年中央下达资金61.80万元。"],
        ("repeat", "confirm", "61.80万元", "40.90万元"),
    ),
    (
        ["年度传承人培养补助资金774万元。", "补助传承人年度培养资金874万元。"],
        ("repeat", "confirm", "874万元", "774万元"),
    ),
    (["实际到位170.00万元，实际支出179.60万元，结余0万元。"], ("balance", "confirm", "0万元", "-9.60万元")),
]

SILENT = [
    ["（林财农〔2023〕41号）下达资金6.00万元。", "林财农〔2023〕41号文下达堤防维修资金5.00万元。"],
    ["批复总投资61.80万元，其中中央财政资金40.90万元，县财政资金20.90万元。", "中央和县级共下达资金61.80万元。"],
    ["年度传承人培养补助资金774万元。", "补助基地年度建设资金874万元。"],
    ["实际到位170.00万元，实际支出160.40万元，结余9.60万元。"],
    ["上年结转9.60万元，到位170.00万元，支出179.60万元，结余0万元。"],
    [
        "2022年预算中，车辆运行费用10.00万元。",
        "2021年车辆运行费用7.73万元。",
        "车辆运行费用较上年同期增加2.27万元，增长29.37%。",
    ],
]


@pytest.mark.parametrize(("paragraphs", "want"), FIRES, ids=[str(n) for n in range(len(FIRES))])
def test_fires(paragraphs: list[str], want: tuple[str, str, str, str]) -> None:
    assert brief(*paragraphs) == [want]


@pytest.mark.parametrize("paragraphs", SILENT, ids=[str(n) for n in range(len(SILENT))])
def test_silent(paragraphs: list[str]) -> None:
    assert brief(*paragraphs) == []


def test_a_row_of_labels_and_values_is_a_sentence() -> None:
    row = ["实际到位（万元）", "170", "实际支出（万元）", "179.6", "结余（万元）", "0"]
    assert list(table_sentences([row], "", "")) == ["实际到位170万元，实际支出179.6万元，结余0万元。"]


def test_the_last_row_is_held_against_those_above() -> None:
    rows = [
        ["支出内容", "实际支出数"],
        ["慰问", "670.40"],
        ["培训", "310.20"],
        ["印刷", "355.10"],
        ["支出合计", "1345.70"],
    ]
    told = list(table_sentences(rows, "万元", ""))
    assert ("sum", "confirm", "1345.70万元", "1335.70万元") in brief(*told)
    right = [*rows[:-1], ["支出合计", "1335.70"]]
    assert brief(*table_sentences(right, "万元", "")) == []
    nested = [*rows[:2], ["其中：节日慰问", "310.20"], *rows[3:]]
    assert not any("其中：" in s and "合计" in s for s in table_sentences(nested, "万元", ""))
