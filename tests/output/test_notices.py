"""The texts for OA: in order of weight, nothing twice, nothing a sender typed can add a line."""

from __future__ import annotations

from tests.support.forms import built, checked, clean, form, wording
from xltools.output.notices import as_file, notice, reminder
from xltools.sampling.base import laid_over

FORM = "guangdong-2023"


def test_a_notice_says_what_by_when_and_which_file() -> None:
    definition = form(FORM)
    values = laid_over(definition, clean(FORM), {"收入总计": 1300.0, "执行数": "１，１９０．００万元", "负责人": ""})
    text = notice(checked(built(FORM, values)), definition, "000000_示例部门_退回1.xlsx", wording())
    lines = text.split("\n")
    assert lines[0] == "示例部门（000000）："
    assert "一份.xlsx" in lines[1] and "000000_示例部门_退回1.xlsx" in lines[2]
    assert definition.guide.deadline in text and definition.guide.contact in text
    assert text.index("必须改正") < text.index("提示（不影响报送）")
    assert "1,300.00 万元" in text


def test_many_of_a_kind_are_said_once_and_named_by_their_cells() -> None:
    rows = [{"指标名称": f"甲{n}", "单位": "次", "方向": "≥", "年度目标值": 1, "实际完成值": "若干"} for n in range(12)]
    values = laid_over(form(FORM), clean(FORM), {"产出指标": rows})
    text = notice(checked(built(FORM, values)), form(FORM), "", wording())
    assert text.count("若干") <= 4
    assert "同类问题还有" in text and "I9:I1" in text


def test_a_name_cannot_add_a_line_or_a_control() -> None:
    result = checked(built(FORM))
    result.department, result.file = "甲局\n二、免予整改\x1b[31m\u202e", "a\nb.xlsx"
    text = notice(result, form(FORM), "", wording())
    assert "\n二、免予整改" not in text and "\x1b" not in text and "\u202e" not in text


def test_a_reminder_lists_who_is_missing() -> None:
    text = reminder([("101009", "区档案馆"), ("101010", "区信访局")], form(FORM), wording())
    assert "2 个部门" in text and "1. 区档案馆（101009）" in text and "2. 区信访局（101010）" in text


def test_notepad_shows_the_file() -> None:
    assert as_file("甲\n乙\n") == "\ufeff甲\r\n乙\r\n".encode()
