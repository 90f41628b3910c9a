"""The first page counts what is open, names the first of it and leads to it; each row says in words how it stands."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.forms import FORM_IDS, clean, form, room
from xltools.form import model as m
from xltools.form.address import Ref
from xltools.form.layout import CheckColumn, Key, Layout
from xltools.form.sheets import cockpit
from xltools.recalc.engine import EngineValue
from xltools.sampling.base import laid_over
from xltools.writing.department.inputs import cell_values

GUANGDONG = "guangdong-2023"
FIRST_LINE = 7


def computed(form_id: str, changes: dict[str, Any] | None = None) -> tuple[Layout, dict[Ref, EngineValue]]:
    """Return every formula's value over a clean filling with changes; of the blank workbook without them."""
    layout = room().layout(form(form_id))
    model, blank = room().model(layout)
    if changes is None:
        return layout, blank
    values = cell_values(layout, laid_over(form(form_id), clean(form_id), changes))
    return layout, model.evaluate(values)


def counts(form_id: str, found: dict[Ref, EngineValue]) -> dict[str, tuple[EngineValue, ...]]:
    """Return of each sheet how many are missing, wrong, doubtful, and what is named first."""
    home = next(s.name for s in form(form_id).sheets if s.kind == "guide")
    data = [s.name for s in form(form_id).sheets if s.kind == "data"]
    columns = (cockpit.MISSING, cockpit.WRONG, cockpit.DOUBT, cockpit.FIRST)
    return {
        name: tuple(found[Ref(home, row, column)] for column in columns)
        for row, name in enumerate(data, start=FIRST_LINE)
    }


def leads_to(layout: Layout, found: dict[Ref, EngineValue], sheet: str) -> str:
    """Return which field or column's cell the first link of a sheet leads to; "" where it names no line."""
    home = form(GUANGDONG).sheets[0].name
    line = FIRST_LINE + [s.name for s in form(GUANGDONG).sheets if s.kind == "data"].index(sheet)
    row, column = found[Ref(home, line, cockpit.ROW)], found[Ref(home, line, cockpit.COLUMN)]
    keys = {ref: key for key, ref in layout.cells.items()}
    key = keys.get(Ref(sheet, int(float(str(row))), int(float(str(column)))))
    return "" if key is None else key.column or key.field


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_a_blank_form_shows_no_points_and_is_not_ready(form_id: str) -> None:
    layout, found = computed(form_id)
    assert found[layout.cells[Key(form(form_id).score_field)]] in (None, "")
    for table in form(form_id).tables:
        for row in range(len(table.rows)):
            if table.score_column and (key := Key(table.name, row, table.score_column)) in layout.cells:
                assert found.get(layout.cells[key]) in (None, "")
    assert str(found[layout.master]).startswith("还有 0 项错误、0 项待核实、")


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_a_clean_form_is_ready_and_names_nothing(form_id: str) -> None:
    layout, found = computed(form_id, {})
    assert found[layout.master] == "可以报送"
    assert set(counts(form_id, found).values()) == {(0, 0, 0, "")}
    assert {str(found[ref]) for ref in layout.status_cells} <= {"", "√", "None"}


ENTRIES: list[tuple[dict[str, Any], str, tuple[int, int, int], str, str]] = [
    ({"在职人数": "四十五人"}, "基本情况", (0, 1, 0), "在职人数 *　数据有误：只填数字", "在职人数"),
    ({"负责人": ""}, "基本情况", (1, 0, 0), "负责人 *　未填", "负责人"),
    ({"自报等级": "特优"}, "基本情况", (0, 1, 1), "自评报告所写等级　数据有误：请从下拉列表中选", "自报等级"),
    ({"编制数": -1}, "基本情况", (0, 1, 1), "编制数　超出范围：不小于 0", "编制数"),
    ({"收入总计": 1300}, "收支情况", (0, 2, 0), "收入总计 *　× 与分项之和不等 BA101", "收入总计"),
    ({"三公经费决算数": ""}, "收支情况", (1, 0, 0), "“三公”经费决算合计　未填", "三公经费决算数"),
    (
        {"固定资产总额": "", "在用固定资产": ""},
        "自评评分表",
        (1, 0, 0),
        "固定资产利用率判定分　未填",
        "固定资产利用率判定分",
    ),
    (
        {"采购合同数": "", "按时签订合同数": "", "按时备案合同数": ""},
        "自评评分表",
        (2, 0, 0),
        "采购合同签订时效性判定分　未填",
        "合同签订判定分",
    ),
    ({"存在问题": "同上"}, "自评说明", (0, 0, 1), "存在的主要问题 *　● 没有实际内容", "存在问题"),
    ({"产出指标": []}, "绩效指标", (1, 0, 0), "一、产出指标：至少填 1 行", ""),
    (
        {"产出指标": [{"指标名称": "甲", "方向": "≥", "年度目标值": 10}]},
        "绩效指标",
        (1, 0, 0),
        "甲　未填：实际完成值",
        "实际完成值",
    ),
    (
        {"产出指标": [{"指标名称": "甲", "方向": "≥", "年度目标值": "≥10", "实际完成值": 9}]},
        "绩效指标",
        (0, 1, 0),
        "甲　数据有误：年度目标值",
        "年度目标值",
    ),
    (
        {"产出指标": [{"指标名称": "甲", "方向": "≥", "年度目标值": 10, "实际完成值": 15}]},
        "绩效指标",
        (0, 0, 1),
        "甲　● 超目标 30%，请写原因",
        "实际完成值",
    ),
    (
        {"评分": [{"指标": "事前绩效评估", "自评得分": 1, "扣分原因": "无", "佐证材料": ""}]},
        "自评评分表",
        (0, 1, 0),
        "新增预算入库项目事前绩效评估　× 缺扣分原因",
        "扣分原因",
    ),
    (
        {"评分": [{"指标": "事前绩效评估", "自评得分": 3}]},
        "自评评分表",
        (0, 1, 0),
        "新增预算入库项目事前绩效评估　× 超过分值",
        "自评得分",
    ),
    (
        {"评分": [{"指标": "事前绩效评估", "自评得分": 2, "佐证材料": "同上", "扣分原因": ""}]},
        "自评评分表",
        (0, 0, 1),
        "新增预算入库项目事前绩效评估　● 缺佐证材料",
        "佐证材料",
    ),
]


@pytest.mark.parametrize(("changes", "sheet", "expected", "first", "at"), ENTRIES)
def test_each_open_item_is_counted_once_and_named(
    changes: dict[str, Any], sheet: str, expected: tuple[int, int, int], first: str, at: str
) -> None:
    layout, found = computed(GUANGDONG, changes)
    told = counts(GUANGDONG, found)
    assert told[sheet] == (*expected, first)
    assert {one for name, one in told.items() if name != sheet} == {(0, 0, 0, "")}
    assert leads_to(layout, found, sheet) == at
    assert found[layout.master] == "还有 {1} 项错误、{2} 项待核实、{0} 项未填".format(*expected)


def test_a_judged_score_above_its_weight_is_told_once() -> None:
    changes = {"固定资产总额": "", "在用固定资产": "", "固定资产利用率判定分": 5}
    _, found = computed(GUANGDONG, changes)
    assert counts(GUANGDONG, found)["自评评分表"][1] == 1


def test_nothing_bought_is_full_and_nothing_said_is_judged() -> None:
    layout, found = computed(GUANGDONG, {"采购合同数": 0, "按时签订合同数": "", "按时备案合同数": ""})
    keys = [str(row["指标"]) for row in form(GUANGDONG).table("评分").rows]

    def score(found: dict[Ref, EngineValue], name: str) -> EngineValue:
        return found[layout.cells[Key("评分", keys.index(name), "自评得分")]]

    assert (score(found, "合同签订"), score(found, "合同备案")) == (3, 1)
    none = {"采购合同数": "", "按时签订合同数": "", "按时备案合同数": "", "合同签订判定分": 2, "合同备案判定分": 1}
    _, found = computed(GUANGDONG, none)
    assert (score(found, "合同签订"), score(found, "合同备案")) == (2, 1)
    assert counts(GUANGDONG, found)["自评评分表"][:3] == (0, 1, 1), (
        "a reason for the lost point, evidence for the full mark"
    )


def test_the_line_of_a_rule_names_the_first_row_and_leads_to_its_cell() -> None:
    rows = [
        {"指标名称": "甲", "方向": "≥", "年度目标值": 10, "实际完成值": 10},
        {"指标名称": "乙", "方向": "≥", "年度目标值": 10, "实际完成值": 5},
    ]
    layout, found = computed(GUANGDONG, {"产出指标": rows})
    assert found[layout.check("KP103", CheckColumn.RIGHT)] == "乙"
    at = layout.at(form(GUANGDONG).rule("KP103"))
    formula = layout.formulas[layout.check("KP103", CheckColumn.LINK)]
    assert f"#{at.sheet}!" in formula and str(at.row - 1) in formula


def test_what_is_the_bureaus_own_is_not_missing_to_staff() -> None:
    layout, found = computed(GUANGDONG)
    assert found[layout.check("SC104", CheckColumn.STATE)] == m.NOT_APPLICABLE
