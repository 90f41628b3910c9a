"""Sentences that real reports have and that are no mistake: put into a clean narrative, nothing is said of them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from tests.support.forms import clean, said
from tests.support.narratives import FORM, pair, replaced, reviewed

AT = "按年度计划完成各项重点工作（示例）。"
HARMLESS = [
    "2022年度本部门收入总额1188.20万元，分别为财政拨款收入1100.20万元，其他收入88.00万元。",
    "与上年相比，支出总额增加61.80万元，增长5.20%，项目支出减少12.00万元，下降3.06%。",
    "2023年年初预算安排1100万元，其中基本支出780万元，项目支出320万元，年中追加130万元。",
    "所属执法队在职人员20人，编制数22人，离退休人员3人。",
    "其中，一般公共预算财政拨款基本支出800.00万元，项目支出350.00万元。",
    "全年共举办培训班12期，培训学员760人次，其中基层人员520人次。",
    "上半年举办培训班5期，下半年举办培训班7期，全年共举办业务培训班12期。",
    "甲街道全年开展专项整治行动32次；乙街道全年开展专项整治行动45次。",
    "全县粮食播种面积155.6万亩，占全市的23.5%，粮食产量62.5万吨，占全市的21.8%。",
    "2021年、2022年、2023年支出总额分别为1020.00万元、1188.20万元、1250.00万元。",
    "全年受理群众来信来访268件，办结265件，办结率98.88%，群众满意度96.5%。",
    "共抽检食品3200批次，合格3155批次，合格率98.59%，其中蔬菜合格率99.2%。",
    "项目支出进度偏慢，截至6月底仅支出110.00万元，完成预算的28.95%。",
    "争取上级资金2.3亿元，同比增长12.4%，其中省级资金1.1亿元，占47.83%。",
    "按照《预算法》第32条和〔2023〕15号文件要求，于2023年3月15日前完成2项整改。",
    "预计2024年收入总额1300万元，支出总额1300万元。",
    "项目支出中，A项目支出120万元，B项目支出260万元。",
    "因公出国（境）费比预算减少0.5万元，公务接待费较上年下降30%，接待12批次96人。",
    "预算执行率指标分值10分，自评得分9.67分；产出指标分值20分，自评得分19.75分。",
    "上年度部门整体支出绩效自评得分96.50分，等级为“优”。",
    "人均公用经费4.21万元，人均办公面积12平方米。",
    "本部门固定资产共有车辆6台，房屋3200平方米，账面净值210.35万元。",
    "采购合同20份，其中货物类合同8份、服务类合同12份，合同总金额约80万元。",
    "全年接待来访约300人次，其中外省15批，发放资料1.2万份。",
    "建成高标准农田5.2万亩，占市下达任务5万亩的104%。",
    "一是基本支出保障有力；二是项目支出380万元全部用于重点工作；三是“三公”经费只减不增。",
    "部门整体支出绩效目标数量指标8项、质量指标3项、时效指标2项，全部完成的12项，完成率92.31%。",
    "2023年末，全区常住人口85.6万人，其中城镇人口60.2万人，城镇化率70.33%。",
    "办理人大建议12件、政协提案18件，办结率、满意率均为100%。",
    "投资总额1.25亿元，当年完成投资8000万元，其中累计支付工程款1.1亿元。",
]


@cache
def written() -> tuple[bytes, bytes]:
    """The workbook of the clean filling and its narrative."""
    book, report, _ = pair(clean(FORM))
    return book, report


@pytest.mark.parametrize("sentence", HARMLESS)
def test_nothing_is_said(tmp_path: Path, sentence: str) -> None:
    book, report = written()
    data, _ = replaced(report, AT, AT + sentence)
    assert [f"{f.code} {said(f)}" for f in reviewed(tmp_path, {"a.xlsx": book, "a.docx": data})] == []


def test_all_of_them_together(tmp_path: Path) -> None:
    book, report = written()
    data, _ = replaced(report, AT, AT + "".join(HARMLESS))
    assert [f"{f.code} {said(f)}" for f in reviewed(tmp_path, {"a.xlsx": book, "a.docx": data})] == []
