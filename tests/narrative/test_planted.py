"""Twenty-five kinds of planted change in a written narrative: each is found at its paragraph, and nothing else."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from tests.support.forms import clean, said
from tests.support.narratives import FORM, changed, pair, replaced, reviewed

PLANTED = [
    # what stands in the report, what it is changed into, the code that must say so
    ("收入总额1250.00万元", "收入总额1350.00万元", "NA001"),
    ("项目支出380.00万元", "项目支出308.00万元", "NA001"),
    ("在职人员45人", "在职人员54人", "NA001"),
    ("其中由养老保险基金发放养老金的12人", "其中由养老保险基金发放养老金的21人", "NA001"),
    ("执行数1190.00万元", "执行数1109.00万元", "NA001"),
    ("公务接待费预算数1.00万元", "公务接待费预算数1.10万元", "NA001"),
    ("政府采购货物支出30.00万元", "政府采购货物支出35.00万元", "NA001"),
    ("评分为97.29分", "评分为98.29分", "NA001"),
    ("实际760人次", "实际780人次", "NA001"),
    ("预期≥120次", "预期≥130次", "NA001"),
    ("“绩效管理制度执行”自评得分9分", "“绩效管理制度执行”自评得分9.5分", "NA001"),
    ("采购管理自评得分9.95分", "采购管理自评得分9.59分", "NA001"),
    ("完成预算的96.75%", "完成预算的86.75%", "NA001"),
    ("完成预算的96.75%", "完成预算的96.74%", "NA004"),
    ("完成预算的96.75%", "完成预算的108.18%", "NA005"),
    ("占政府采购支出总额的75.00%", "占政府采购支出总额的57.00%", "NA001"),
    ("人员经费620.50万元，公用经费189.50万元", "人员经费620.50万元，其他人员费100.00万元，公用经费189.50万元", "NA002"),
    ("支出总额1250.00万元", "支出总额1250.00元", "NA008"),
    ("实际126次", "实际126次，占全年任务的15%", None),
    ("绩效评级为“优”", "绩效评级为“良”", "NA007"),
    ("示例部门", "示例区水务局", "NA009"),
    ("2023年度示例部门", "2022年度示例部门", "NA010"),
    ("2023年度本部门支出总额", "2022年度本部门支出总额", "NA010"),
    ("2023年度部门整体支出绩效自评评分表", "2021年度部门整体支出绩效自评评分表", "NA010"),
    ("按年度计划完成各项重点工作（示例）。", "按年度计划完成各项重点工作（200字以内）。", "NA011"),
    ("按年度计划完成各项重点工作（示例）。", "比上年下降（增长）完成各项重点工作。", "NA011"),
    ("按年度计划完成各项重点工作（示例）。", "错误!未定义书签。", "NA011"),
    ("按年度计划完成各项重点工作（示例）。", "按年度计划，，完成各项重点工作。", "NA012"),
    ("三、存在的主要问题", "三、其他", "NA013"),
    (
        "按年度计划完成各项重点工作（示例）。",
        "全年共报送工作信息稿件538篇。全年共向省市报送信息稿件538篇，全年共向省市报送信息稿件1546篇。",
        "NA006",
    ),
    (
        "按年度计划完成各项重点工作（示例）。",
        "全年组织培训400人，其中女性480人。",
        "NA015",
    ),
    (
        "按年度计划完成各项重点工作（示例）。",
        "全年安排专项资金200.00万元，已支付专项资金100.00万元，占专项资金的60%。",
        "NA003",
    ),
    (
        "按年度计划完成各项重点工作（示例）。",
        "会议费总额200.00万元，培训费50.00万元，占会议费总额的35%。",
        "NA003",
    ),
]


@cache
def written() -> tuple[bytes, bytes]:
    """The workbook of the clean filling and its narrative."""
    book, report, missing = pair(clean(FORM))
    assert missing == []
    return book, report


def test_the_written_narrative_is_clean(tmp_path: Path) -> None:
    book, report = written()
    assert reviewed(tmp_path, {"a.xlsx": book, "a.docx": report}) == []


@pytest.mark.parametrize(("old", "new", "code"), PLANTED, ids=[f"{n}-{c}" for n, (_, _, c) in enumerate(PLANTED)])
def test_planted_change(tmp_path: Path, old: str, new: str, code: str | None) -> None:
    book, report = written()
    data, place = replaced(report, old, new)
    found = reviewed(tmp_path, {"a.xlsx": book, "a.docx": data})
    assert [f.code for f in found] == ([] if code is None else [code]), [said(f) for f in found]
    if code is not None:
        assert found[0].file.endswith("a.docx")
        assert found[0].place.zh == ("全文" if code == "NA013" else place)  # a section that is missing stands nowhere
        assert found[0].sheet == found[0].cell == ""


def test_a_figure_in_the_score_table(tmp_path: Path) -> None:
    book, report = written()

    def change(document: object) -> None:
        for row in document.tables[0].rows:  # type: ignore[attr-defined]
            if row.cells[2].text == "预算编制约束性":
                row.cells[4].text = "4"

    found = reviewed(tmp_path, {"a.xlsx": book, "a.docx": changed(report, change)})
    assert [(f.code, f.place.zh) for f in found] == [("NA001", "第 1 个表第 5 行")]
    assert found[0].related[0].sheet == "自评评分表"


def test_the_place_is_the_paragraph(tmp_path: Path) -> None:
    book, report = written()
    data, _ = replaced(report, "项目支出380.00万元", "项目支出308.00万元")
    found = reviewed(tmp_path, {"a.xlsx": book, "a.docx": data})
    assert found[0].place.zh == "一、（四）第 2 段"
    assert found[0].stated == 308 and found[0].expected == 380
    assert [(r.sheet, r.field.zh) for r in found[0].related] == [("收支情况", "项目支出")]
