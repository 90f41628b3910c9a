"""What a text is, of which year and whose, from titles as they are published."""

from __future__ import annotations

import pytest

from tests.support.texts import passages
from xltools.intake.narrative.facts.kinds import title_of


@pytest.mark.parametrize(
    ("lines", "kind", "department", "year"),
    [
        (
            ["临河市城市管理监督指挥中心2022年度部门整体支出绩效自评报告"],
            "department",
            "临河市城市管理监督指挥中心",
            2022,
        ),
        (["2023年度临河县水务局", "机关整体支出绩效自评报告"], "department", "临河县水务局", 2023),
        (["临河县档案馆2024年部门整体支出绩效评价报告"], "department", "临河县档案馆", 2024),
        (["部门整体支出绩效自评报告", "单位名称：临河县林业局"], "department", "临河县林业局", None),
        (["临河县文化馆2023年度项目支出绩效自评报告"], "project", "临河县文化馆", 2023),
        (["2022年水利发展资金绩效自评报告"], "project", "", 2022),
        (["临河市教育局（本级）2023年度部门决算公开说明"], "accounts", "临河市教育局", 2023),
        (["第二部分2021年度单位决算情况说明"], "accounts", "", 2021),
        (["临河县委宣传部2022年“三公”经费增减情况说明"], "three", "临河县委宣传部", 2022),
        (["2020年老旧小区改造资金绩效评价报告", "评价机构：某某会计师事务所"], "evaluation", "", 2020),
        (["经临河县财政局汇总，2023年全县行政单位、事业单位的三公经费支出800万元。"], "region", "", None),
        (["2024年市本级一般公共预算安排的三公经费支出共计300万元。"], "region", "", None),
        (["经汇总，2021年度全镇三公经费支出合计40万元。"], "three", "", None),
        (["今年的工作总结"], "", "", None),
    ],
)
def test_titles(lines: list[str], kind: str, department: str, year: int | None) -> None:
    title = title_of(passages(*lines, "#一、基本情况", "我单位职能不变。"))
    assert (title.kind, title.department, title.year) == (kind, department, year)
