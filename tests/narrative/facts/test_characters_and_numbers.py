"""Characters and numbers: full and half width alike; what is a quantity, and what only looks like one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xltools.intake.narrative.facts.clauses import sentence_spans
from xltools.intake.narrative.facts.evened import even
from xltools.intake.narrative.facts.numbers import chinese_number, numbers


@pytest.mark.parametrize(
    ("raw", "want"),
    [
        ("收入１，２３４．５６万元", "收入1234.56万元"),
        ("收入1,234.56万元,支出1,000万元", "收入1234.56万元，支出1000万元"),
        ("各是41.49,43.91万元", "各是41.49，43.91万元"),
        ("“三公”经费:其中,因公出国(境)费", "三公经费：其中，因公出国境费"),
        ("公共安全（类）公安（款）行政运行（项）", "公共安全㊤公安㊥行政运行㊦"),
        ("收、支总计均为5万元", "收支总计均为5万元"),
        ("占 12.5 ％ .其中", "占12.5%。其中"),
        ("（一）总体情况", "（一）总体情况"),
        ("共 12 34 号", "共12 34号"),
    ],
)
def test_even_characters(raw: str, want: str) -> None:
    assert even(raw).text == want


def test_a_quote_is_the_senders_own_words() -> None:
    text = even("“三公”经费 支出（境）12 万元，增加。")
    start = text.text.index("12万元")
    assert text.quote(start, start + 4) == "12 万元"
    assert text.quote(0, 4) == "三公”经费"


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("支出1200.5万元", [("1200.5", "万元")]),
        ("2023年3月15日支出2023年度预算3万元", [("3", "万元")]),
        ("按〔2023〕15号文件第32条和《2021年规划》列支6元", [("6", "元")]),
        ("1.收入5万元；（2）支出6万元；②结余1万元", [("5", "万元"), ("6", "万元"), ("1", "万元")]),
        ("分别为3、4.5万元", [("3", "万元"), ("4.5", "万元")]),
        ("各是41.49，43.91万元", [("41.49", "万元"), ("43.91", "万元")]),
        ("百分之九十五点五", [("95.5", "%")]),
        ("培训二百三十人", [("230", "人")]),
        ("数额（万元）12.30", [("12.30", "")]),
        ("面积12（平方米）", [("12", "平方米")]),
        ("减少-3.5万元", [("-3.5", "万元")]),
        ("提高2.1个百分点", [("2.1", "百分点")]),
        ("支出0.39万，余0.2万", [("0.39", "万元"), ("0.2", "万元")]),
        ("服务1.2万人次", [("1.2", "万人次")]),
        ("型号A4纸5箱", [("5", "")]),
    ],
)
def test_numbers(text: str, want: list[tuple[str, str]]) -> None:
    assert [(str(n.value), n.unit) for n in numbers(text)] == want


@pytest.mark.parametrize(
    "text", ["约20万元", "超过20万元", "20余万元", "20万元以上", "10-20万元", "不低于20万元", "20万元左右", "近20万元"]
)
def test_what_is_not_exact(text: str) -> None:
    assert not any(n.exact for n in numbers(text))


def test_intervals_follow_the_digits_shown() -> None:
    halves = [n.half for n in numbers("12.30万元、12.3万元、12万元、12%、12人、1.2万人")]
    assert halves == [Decimal(h) for h in ("0.005", "0.05", "0.5", "0.5", "0", "0.05")]


@pytest.mark.parametrize(
    ("text", "want"),
    [("十", 10), ("二十三", 23), ("三百零五", 305), ("一千二百", 1200), ("三万五千", 35000), ("两百", 200)],
)
def test_chinese_numerals(text: str, want: int) -> None:
    assert chinese_number(text) == want


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("甲。乙！丙", 3),
        ("支出5万元。其中：基本3万元。项目2万元。", 2),
        ("甲（乙。丙）丁。戊", 2),
        ("（甲。乙", 1),
    ],
)
def test_sentences(text: str, count: int) -> None:
    assert len(list(sentence_spans(text))) == count
