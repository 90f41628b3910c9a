"""VA017: texts of a workbook are read by the arithmetic of narratives: what fires, with its figure, and what stays silent."""

from __future__ import annotations

from functools import cache

import pytest

from tests.support.forms import built, clean, form, room, said
from xltools.findings.finding import Finding
from xltools.intake.open import load_bytes
from xltools.rules.context import RuleContext
from xltools.rules.workbook.va017_text_figures import find

FORM = "guangdong-2023"

FIRES = [
    ("年初预算40.00万元，决算30.00万元，完成年初预算的85%。", "75%"),
    ("安排经费60.00万元。已支付45.00万元，支付进度85%。", "75%"),
    ("年初预算为0，决算12.50万元，完成年初预算的100%。", "基数为 0"),
    ("支出合计300.00万元，其中：基本支出200.00万元，项目支出110.00万元。", "310.00万元"),
    ("项目支出110.00万元，较上年增加10.00万元，增长12%。", "10%"),
    ("1.全年培训400人，其中：女性450人。\n2.会议按时召开。", "450人"),
    ("计划培训500人次，实际培训450人次，完成率100%。", "90%"),
    ("30；30；29.99；合计89.79", "应为 89.99"),
    ("其中A 30、B 30、C 29.99，合计 89.79", "应为 89.99"),
    ("其中：A类30万元，B类30万元，C类29.99万元，合计89.79万元", "89.99万元"),
    ("30+30+29.99=89.79万元", "89.99万元"),
    ("合计：89.79（其中30；30；29.99）", "应为 89.99"),
    ("合计100户（低保30户、特困20户）", "50户"),
    ("培训4期，分别为30人、40人、50人、60人，共190人", "180人"),
    ("发放：3月1200份，6月800份，9月500份，合计2600份", "2500份"),
    ("1,200.50+300.00=1,600.50", "1500.50"),
]

SILENT = [
    "年初预算40.00万元，决算30.00万元，完成年初预算的75%。",
    "安排经费60.00万元。已支付45.00万元，支付进度75%。",
    "完成预算的89.53%，因项目跨年实施。",
    "受疫情影响少举办2期培训，完成率96%。",
    "2023年共收文671份，办结671份，办结率100%；报送信息538篇，采用12篇。",
    "因年中追加人员经费12.30万元，执行率高于年初预算8.5个百分点。",
    "指标值≥95%，实际98%，得5分。",
    "30；30；29.99；合计89.97",
    "30×2+40=100",
    "检查企业30家、商户40家，共5家整改",
    "培训10场次，共200人次",
    "职工20人，借调3个单位30人、40人，合计90人",
    "计划30次、实际28次，共28次",
    "开展培训3次、会议2次，合计5次，参加人数分别为30人、20人，合计50人",
    "合计50人（男30人、女20人，其中党员10人）",
    "合计100户（其中低保30户、特困20户）",
    "合计50人（含借调3人、编外5人等）",
    "上年30、本年40，共计70",
]


@cache
def _longtext() -> str:
    return next(f.name for f in form(FORM).fields if f.type == "longtext")


def _found(text: str) -> list[Finding]:
    book = built(FORM, {**clean(FORM), _longtext(): text})
    return list(find(RuleContext(load_bytes(book, "表.xlsx", room()), {}, {})))


@pytest.mark.parametrize(("text", "right"), FIRES, ids=[str(n) for n in range(len(FIRES))])
def test_fires(text: str, right: str) -> None:
    found = _found(text)
    assert len(found) == 1 and found[0].level == "confirm"
    assert right in said(found[0])


@pytest.mark.parametrize("text", SILENT, ids=[str(n) for n in range(len(SILENT))])
def test_silent(text: str) -> None:
    assert _found(text) == []
