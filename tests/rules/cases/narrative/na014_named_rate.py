"""A report at which NA014 speaks: the rate of an indicator does not follow from the figures told with that word."""

from __future__ import annotations

from collections.abc import Mapping

from tests.support.text_cases import sent


def _report(taken: int) -> Mapping[str, bytes]:
    text = (
        "示例部门2023年度部门整体支出绩效自评报告\n一、部门基本情况\n示例部门是区政府的工作部门，主管信息工作，负责信息报送。\n"
        "二、绩效自评情况\n（一）自评结论\n自评得分97分。\n（二）履职效能分析\n2、部门整体绩效目标效益指标完成情况\n"
        "（1）信息报采用率：预期全年信息报采用率45%，实际全年共报送信息稿件1000篇，"
        f"获省级采用150篇、市级采用{taken}篇，采用率45.00%。\n"
    )
    return {"示例部门_自评报告.txt": text.encode()}


@sent("NA014", "a rate of 350 in 1,000 said to be 45 %")
def _() -> Mapping[str, bytes]:
    return _report(200)


@sent("NA014", "a rate of 450 in 1,000", told=False)
def _() -> Mapping[str, bytes]:
    return _report(300)
