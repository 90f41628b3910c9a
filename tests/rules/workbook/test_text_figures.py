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
]

SILENT = [
    "年初预算40.00万元，决算30.00万元，完成年初预算的75%。",
    "安排经费60.00万元。已支付45.00万元，支付进度75%。",
    "完成预算的89.53%，因项目跨年实施。",
    "受疫情影响少举办2期培训，完成率96%。",
    "2023年共收文671份，办结671份，办结率100%；报送信息538篇，采用12篇。",
    "因年中追加人员经费12.30万元，执行率高于年初预算8.5个百分点。",
    "指标值≥95%，实际98%，得5分。",
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
