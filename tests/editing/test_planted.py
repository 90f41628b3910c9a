"""Mistakes that a coordinator makes in 定义.xlsx: each is found at its cell, all of one workbook at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from openpyxl.workbook import Workbook

from tests.support.definition_books import At, look_at, opened, put, saved, spot

FORM = "guangdong-2023"


class Planted(NamedTuple):
    """A wrong value at a cell; what the message says; where it is found, if not there."""

    at: At
    value: Any
    says: str
    found: At | None = None


def _field(column: str, entry: str) -> At:
    return At("字段", "字段", column, entry)


def _column(column: str, entry: str) -> At:
    return At("列", "列", column, entry)


def _rule(column: str, entry: str) -> At:
    return At("审核规则", "审核规则", column, entry)


def _case(column: str, entry: str) -> At:
    return At("规则用例", "规则用例", column, entry)


TABLE = "表格与指标"
SCORES = "固定行：评分"
TOGETHER: dict[str, Planted] = {
    # ------------------------------------------------------------ 表单
    "no title": Planted(At("表单", "总则", "标题"), None, "缺少"),
    "a year in words": Planted(At("表单", "总则", "年度"), "二〇二三年", "应为数字"),
    "an id with a slash": Planted(At("表单", "总则", "表格编号"), "本局/2024", "文件夹名"),
    "a total field that is not there": Planted(At("表单", "总则", "总分字段"), "自评总得分", "是否应为“自评总分”"),
    "a grade field that is not there": Planted(At("表单", "总则", "等级字段"), "自评等次", "没有名为"),
    "a field to add up that is not there": Planted(
        At("表单", "总则", "汇总求和的字段"), "收入总计\n支出总额", "支出总额"
    ),
    "a target in words": Planted(At("表单", "总则", "执行率下限"), "九成", "应为数字"),
    "no deadline": Planted(At("表单", "填表说明", "报送截止"), None, "缺少"),
    "a grade without a limit": Planted(At("表单", "等级", "下限", "中"), None, "缺少"),
    "a limit in words": Planted(At("表单", "等级", "下限", "低"), "六十分", "应为数字"),
    "letters in lower case": Planted(At("表单", "规则类别", "字母", "HR"), "hr", "两个大写字母"),
    # ------------------------------------------------------------ 工作表
    "an unknown kind of sheet": Planted(At("工作表", "工作表", "用途", "收支情况"), "填表", "是否应为“填报”"),
    "a block that is not there": Planted(
        At("工作表", "工作表", "栏目和表格", "自评说明"), "情况\n管理\n问题和措施", "是否应为“问题与措施”"
    ),
    "a width in words": Planted(At("工作表", "工作表", "各列宽度", "基本情况"), "24、很宽", "应为数字"),
    "a place in words": Planted(At("工作表", "工作表", "项目在第几列", "基本情况"), "第一列", "应为数字"),
    "signature maybe": Planted(At("工作表", "工作表", "签字行", "收支情况"), "要", "应为“是”或“否”"),
    # ------------------------------------------------------------ 栏目、字段
    "a section on no sheet": Planted(At("栏目", "栏目", "工作表", "收入"), "收支情况表", "是否应为“收支情况”"),
    "a section without a title": Planted(At("栏目", "栏目", "标题", "资产"), None, "缺少"),
    "an unknown type": Planted(_field("类型", "其他收入"), "金颔", "是否应为“金额”"),
    "no type": Planted(_field("类型", "事业收入"), None, "缺少"),
    "an unknown section": Planted(_field("栏目", "经营支出"), "支出情况", "没有名为“支出情况”"),
    "no section": Planted(_field("栏目", "结余分配"), None, "缺少"),
    "a name with brackets": Planted(_field("名称", "内设科室数"), "内设科室（个）", "应以汉字开头"),
    "a name that stands twice": Planted(_field("名称", "独立编制机构数"), "编制数", "重复", _field("名称", "编制数")),
    "required perhaps": Planted(_field("必填", "在职人数"), "必须", "应为“是”或“否”"),
    "decimals in words": Planted(_field("小数位数", "项目支出"), "两位", "应为数字"),
    "too many decimals": Planted(_field("小数位数", "公用经费"), 12, "0 到 8"),
    "half a decimal": Planted(_field("小数位数", "人员经费"), 2.5, "应为整数"),
    "a minimum in words": Planted(_field("最小值", "采购总额"), "不小于零", "应为数字"),
    "a minimum above the maximum": Planted(_field("最小值", "年度"), 3000, "大于"),
    "required with an unknown field": Planted(_field("随这些项必填", "采购总额"), "采购货物", "没有名为"),
    "last year's field that is not there": Planted(_field("与上年哪项相等", "年初结转和结余"), "年末结转", "没有名为"),
    "a hint that is too long": Planted(_field("填写说明", "填报人"), "请填写" * 90, "255", _field("名称", "填报人")),
    "locked maybe": Planted(_field("部门不能填", "负责人"), "大概", "应为“是”或“否”"),
    # ------------------------------------------------------------ 表格与指标、列
    "weights that do not add up": Planted(
        At(TABLE, SCORES, "分值", "产出完成"), 25, "合计 105", At(TABLE, "表格", "分值合计", "评分")
    ),
    "two rows with one key": Planted(At(TABLE, SCORES, "指标", "效益完成"), "产出完成", "重复"),
    "a weight column that is not there": Planted(At(TABLE, "表格", "得分所在的列", "评分"), "得分", "是否应为"),
    "too many rows": Planted(At(TABLE, "表格", "行数", "产出指标"), 5000, "1 到 1000"),
    "a column of no table": Planted(_column("表格", "效益指标.权重"), "效果指标", "是否应为"),
    "an unknown type of a column": Planted(_column("类型", "效益指标.分值"), "分", "不在允许之列"),
    "a condition on no column": Planted(_column("适用条件的列", "产出指标.完成档次"), "方 向", "没有名为"),
    "a condition that never holds": Planted(_column("适用条件的值", "产出指标.达成比例"), "定型", "是否应为“定性”"),
    "a width of a column in words": Planted(_column("列宽", "产出指标.单位"), "宽", "应为数字"),
    # ------------------------------------------------------------ 公式、下拉选项
    "a formula without =": Planted(At("公式", "字段的公式", "公式", "自评总分"), "SUM(评分_自评得分)", "以 = 开头"),
    "a formula of no field": Planted(At("公式", "字段的公式", "用在", "+1"), "采购总和", "是否应为“采购总额”"),
    "a name that is not known in a column's formula": Planted(
        At("公式", "列的公式", "公式", "产出指标.完成率"), '=IF([@方向]="定性",N([@达成比率]),0)', "是否应为“达成比例”"
    ),
    "a function that is not allowed": Planted(
        At("公式", "列的公式", "公式", "效益指标.完成率"), "=INDIRECT([@得分率])", "INDIRECT"
    ),
    "a bracket that is not closed": Planted(
        At("公式", "列的公式", "公式", "产出指标.权重"), "=ROUND([@得分率]*[@分值],2", "括号"
    ),
    "a choice without choices": Planted(At("下拉选项", "列的选项", "选项", "产出指标.完成档次"), None, "可选项"),
    "choices of no column": Planted(At("下拉选项", "列的选项", "用在", "+1"), "产出指标.方 位", "没有名为"),
    # ------------------------------------------------------------ 审核规则、用例
    "an unknown level": Planted(_rule("级别", "EX106"), "警告", "不在允许之列"),
    "an unknown sign": Planted(_rule("关系", "EX102"), "≤", "不在允许之列"),
    "a code in the wrong form": Planted(_rule("编号", "HR102"), "HR-102", "两个大写字母加三位数字"),
    "a rule at no field": Planted(_rule("标在哪里", "BA104"), "本年收入小计", "没有名为"),
    "a left side that is not there": Planted(_rule("左边", "BA106"), "本年支出共计", "是否应为“本年支出合计”"),
    "a part that is not there": Planted(_rule("右边", "BA101"), "SUM(本年收入合计,年初结转)", "年初结转"),
    "a rule without its reason": Planted(_rule("为什么", "TP101"), None, "缺少"),
    "a rule on no table": Planted(_rule("表格", "SC101"), "评分表", "是否应为“评分”"),
    "braces in a message": Planted(_rule("说法", "TP103"), "三公经费{金额}超过预算", "花括号"),
    "an unknown state": Planted(_case("应得的状态", "BA101"), "出错", "没有名为“出错”"),
    "a case of no rule": Planted(_case("用在", "+1"), "BA999", "没有名为“BA999”"),
    "a case without =": Planted(_case("改动的值", "BA107"), "基本支出 1300", "名称 = 值"),
    "a case of no field": Planted(_case("改动的值", "EX104"), "全年预算 = 9", "没有名为“全年预算”"),
    # ------------------------------------------------------------ 叙述、合理范围、指标质量
    "persons who are no field": Planted(At("合理范围", "常识", "人名"), "填报人\n填报员", "没有名为“填报员”"),
    "indicators without a column": Planted(
        At("指标质量", "指标的列", "目标值的列", "产出指标.指标名称"), "目标值", "没有名为“目标值”"
    ),
    "a pattern that is none": Planted(
        At("叙述", "必须有的部分", "小标题", "部门基本情况"), "基本情况|(概况", "写法有误"
    ),
    "a phrase of no field": Planted(At("叙述", "数字的说法", "字段", "编制数"), "编制人数", "没有名为“编制人数”"),
    "a grade without its place": Planted(At("叙述", "自评报告", "等级的说法"), "评定为优", "(#)"),
}


def _without_column(book: Workbook) -> tuple[str, int, int]:
    sheet, row, column = spot(book, _field("单位", ""))
    book[sheet].delete_cols(column)
    return sheet, row, 1


def _without_sheet(book: Workbook) -> tuple[str, int, int]:
    del book["列"]
    return "列", 0, 0


def _without_title(book: Workbook) -> tuple[str, int, int]:
    put(book, At("表单", "等级"), None)
    return "表单", 0, 0


def _renamed_title(book: Workbook) -> tuple[str, int, int]:
    return put(book, At("表单", "等级"), "【等级和分数】")


def _stray_text(book: Workbook) -> tuple[str, int, int]:
    sheet, row, _ = spot(book, _field("名称", "执行数"))
    book[sheet].cell(row, 40).value = "此项请核对"
    return sheet, row, 40


def _unknown_row_column(book: Workbook) -> tuple[str, int, int]:
    return put(book, At(TABLE, SCORES, "评分方式"), "评分办法")


def _another_year(book: Workbook) -> tuple[str, int, int]:
    return put(book, _field("预填值", "年度"), 2022)


def _own_file(book: Workbook) -> tuple[str, int, int]:
    return put(book, At("其他文件", "其他文件", "文件", "+1"), "../form.toml")


ALONE: dict[str, tuple[Callable[[Workbook], tuple[str, int, int]], str]] = {
    "another year filled in beforehand": (_another_year, "预填的年度 2022 不是这套表格评价的年度"),
    "a column is gone": (_without_column, "缺少“单位”这一列"),
    "a sheet is gone": (_without_sheet, "缺少工作表“列”"),
    "a block's title is gone": (_without_title, "缺少【等级】这一块"),
    "a block's title was renamed": (_renamed_title, "是否应为“等级”"),
    "a remark beside a line": (_stray_text, "没有列名"),
    "a column of the rows that the table has not": (_unknown_row_column, "是否应为“评分方式”"),
    "a file outside the folder": (_own_file, "不能是文件名"),
}


def test_there_are_at_least_sixty() -> None:
    assert len(TOGETHER) + len(ALONE) >= 60


def test_all_of_one_workbook_are_found_at_once_each_at_its_cell(tmp_path: Path) -> None:
    book = opened(FORM)
    places = {name: spot(book, planted.found or planted.at) for name, planted in TOGETHER.items()}
    cells = {name: spot(book, planted.at) for name, planted in TOGETHER.items()}
    for name, planted in TOGETHER.items():
        sheet, row, column = cells[name]
        book[sheet].cell(row, column).value = planted.value
        if isinstance(planted.value, str) and planted.value.startswith("="):
            book[sheet].cell(row, column).data_type = "s"
    problems = look_at(saved(book, tmp_path / "定义.xlsx")).problems
    missed = {}
    for name, planted in TOGETHER.items():
        said = [p.says.zh for p in problems if (p.sheet, p.row, p.column) == places[name]]
        if not any(planted.says in text for text in said):
            missed[name] = (said, [p.line.zh for p in problems if planted.says in p.says.zh][:3])
    assert missed == {}


@pytest.mark.parametrize("name", ALONE)
def test_what_changes_the_whole_is_found(name: str, tmp_path: Path) -> None:
    plant, says = ALONE[name]
    book = opened(FORM)
    place = plant(book)
    problems = look_at(saved(book, tmp_path / "定义.xlsx")).problems
    said = [p.says.zh for p in problems if (p.sheet, p.row, p.column) == place]
    assert any(says in text for text in said), [p.line.zh for p in problems][:10]
