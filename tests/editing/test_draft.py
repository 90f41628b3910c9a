"""forms new makes a sound form of a notice's own indicator table, and says what it did not understand."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from tests.support.definition_books import At, look_at, saved, spot
from xltools.cli import main
from xltools.editing.drafted import recipe
from xltools.editing.notice import Notice, read_notice

Table = list[list[object]]

BRACKETS: Table = [
    ["某区部门整体支出绩效评价自评表（2024年度）"],
    ["序号", "一级指标", "二级指标", "三级指标", "指标分值", "指标说明及评分标准", "自评得分"],
    [1, "谋划（20分）", "目标（12分）", "目标合规程度", 6, "符合职责得满分，否则酌情扣分。", None],
    [2, None, None, "目标清晰程度", 6, "可量化、可考核。", None],
    [3, None, "预算（8分）", "预算编制完整程度", 8, "漏编一项扣 2 分。", None],
    [4, "实施（30分）", "执行（30分）", "支出进度", 18, "按支出率计分。", None],
    [5, None, None, "结转控制", "12分", "结转率不超过 10%。", None],
    [6, "结果（50分）", "产出（30分）", "重点任务完成情况", 30, "逐项对照。", None],
    [7, None, "满意（20分）", "服务对象满意程度", 20, "按抽样结果计分。", None],
    ["合计", None, None, None, 100, None, None],
]
SPLIT: Table = [
    ["一级指标", "分值", "二级指标", "分值", "三级指标", "分值", "评价标准", "数据来源", "得分"],
    ["投入", 40, "目标设定", 15, "目标合理", 15, "依据充分", "工作计划", None],
    ["投入", 40, "预算配置", 25, "人员控制", 10, "不超编", "人事报表", None],
    ["投入", 40, "预算配置", 25, "重点保障", 15, "优先安排", "预算批复", None],
    ["小计", 40, None, None, None, None, None, None, None],
    ["产出与效果", 60, "职责履行", 60, "任务完成", 35.5, "完成率", "工作总结", None],
    ["产出与效果", 60, "职责履行", 60, "群众满意", 24.5, "抽样", "问卷", None],
    ["总计", 100, None, None, None, None, None, None, None],
]
FLAT: Table = [
    ["评价指标", "权重", "评分办法"],
    ["制度建设", "30%", "健全得满分"],
    ["任务完成", "50%", "逐项打分"],
    ["满意度", "20%", "抽样"],
]


def _merged(table: Table, path: Path) -> Path:
    """Write a table; a blank cell below a text of the first columns belongs to a merged cell."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in table:
        sheet.append(row)
    head = next(n for n, row in enumerate(table, start=1) if len(row) > 1)
    sheet.merge_cells(f"A{head - 1}:G{head - 1}") if head > 1 else None
    for column in range(2, 4):
        start = head + 1
        for row in range(head + 1, len(table) + 2):
            if (
                row > len(table)
                or table[row - 1][min(column, len(table[row - 1])) - 1] is not None
                or "合计" in str(table[row - 1][0])
            ):
                if row - start > 1:
                    letter = get_column_letter(column)
                    sheet.merge_cells(f"{letter}{start}:{letter}{row - 1}")
                start = row
    book.save(path)
    return path


def _word(table: Table, path: Path) -> Path:
    document = docx.Document()
    document.add_paragraph("附件3")
    if len(table[0]) == 1:
        document.add_paragraph(str(table[0][0]))
    rows = [row for row in table if len(row) > 1]
    made = document.add_table(len(rows), len(rows[0]))
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            made.cell(r, c).text = "" if value is None else str(value)
    document.save(str(path))
    return path


def read(path: Path) -> Notice:
    how = recipe()
    return read_notice(path, how.level, how.text, how.words)


def said(notice: Notice) -> list[tuple[tuple[str, ...], float]]:
    return [(tuple(i.levels.values()), i.weight) for i in notice.indicators]


def run(*arguments: str | Path) -> int:
    """Run a command in this process."""
    return int(main([str(a) for a in arguments], standalone_mode=False))


@pytest.mark.parametrize("make", [_merged, _word])
def test_groups_with_their_weights_in_brackets(make: object, tmp_path: Path) -> None:
    assert callable(make)
    path = make(BRACKETS, tmp_path / ("表.xlsx" if make is _merged else "表.docx"))
    notice = read(path)
    assert said(notice) == [
        (("谋划", "目标", "目标合规程度"), 6),
        (("谋划", "目标", "目标清晰程度"), 6),
        (("谋划", "预算", "预算编制完整程度"), 8),
        (("实施", "执行", "支出进度"), 18),
        (("实施", "执行", "结转控制"), 12),
        (("结果", "产出", "重点任务完成情况"), 30),
        (("结果", "满意", "服务对象满意程度"), 20),
    ]
    assert notice.indicators[0].texts == {"评分标准": "符合职责得满分，否则酌情扣分。"}
    assert (notice.total, notice.year, notice.not_understood) == (100, 2024, [])
    assert notice.title == "某区部门整体支出绩效评价自评表"


def test_a_weight_beside_every_level_and_sub_totals(tmp_path: Path) -> None:
    notice = read(_merged(SPLIT, tmp_path / "表.xlsx"))
    assert [weight for _, weight in said(notice)] == [15, 10, 15, 35.5, 24.5]
    assert said(notice)[3][0] == ("产出与效果", "职责履行", "任务完成")
    assert notice.indicators[1].texts == {"评分标准": "不超编", "数据来源": "人事报表"}
    assert (notice.total, notice.not_understood) == (100, [])


def test_one_level_only(tmp_path: Path) -> None:
    notice = read(_merged(FLAT, tmp_path / "表.xlsx"))
    assert said(notice) == [(("制度建设",), 30), (("任务完成",), 50), (("满意度",), 20)]


@pytest.mark.parametrize(("name", "table"), [("brackets", BRACKETS), ("split", SPLIT), ("flat", FLAT)])
def test_the_draft_is_a_sound_form(name: str, table: Table, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = _merged(table, tmp_path / f"{name}.xlsx")
    assert run("forms", "new", source, "-o", tmp_path / "草稿") == 0
    out = capsys.readouterr().out
    assert "分值合计 100 分" in out and "待补充：表单!" in out and "请核对：" not in out
    draft = tmp_path / "草稿" / "定义.xlsx"
    assert look_at(draft).problems == []
    assert run("forms", "check", draft) == 0
    assert run("forms", "import", draft, "-o", tmp_path / "own") == 0
    folder = next((tmp_path / "own").iterdir())
    assert run("template", folder.name, "--forms", tmp_path / "own", "-o", tmp_path / "空白.xlsx") == 0


def test_what_is_not_understood_is_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = [list(row) for row in BRACKETS]
    table[3][4] = "见说明"
    table[5][4] = 17
    table[1].append("考核方式")
    source = _merged(table, tmp_path / "表.xlsx")
    assert run("forms", "new", source, "-o", tmp_path / "草稿") == 1
    out = capsys.readouterr().out
    assert "“目标清晰程度”没有能读懂的分值（见说明）" in out
    assert "没有读取“考核方式”这一列" in out
    assert "“实施”写明 30 分，下面各行合计 29 分" in out
    assert "合计 93，应为 100" in out
    book = openpyxl.load_workbook(tmp_path / "草稿" / "定义.xlsx")
    sheet, row, column = spot(book, At("表格与指标", "表格", "分值合计", "评分"))
    assert "合计 93" in book[sheet].cell(row, column).comment.text


def test_no_table_at_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "关于开展绩效自评的通知"
    assert run("forms", "new", saved(book, tmp_path / "通知.xlsx"), "-o", tmp_path) == 2
    assert "没有找到指标表" in capsys.readouterr().err
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04nothing")
    assert run("forms", "new", tmp_path / "坏.docx", "-o", tmp_path) == 2
    assert run("forms", "new", tmp_path / "没有.xlsx", "-o", tmp_path) == 2


def test_indicators_that_share_one_merged_weight_are_one_row(tmp_path: Path) -> None:
    """The optional benefits of a special fund have 40 points together; what one row says twice is no second indicator."""
    table: Table = [
        ["一级指标", "二级指标", "三级指标", "分值", "评分标准"],
        ["绩效（60分）", "完成（20分）", "数量", 20, "按比例"],
        [None, "效益（40分）", "经济效益（可选项）", 40, "显著"],
        [None, None, "社会效益（可选项）", None, "较好"],
        [None, None, "生态效益（可选项）", None, "较好"],
        ["决策（40分）", "立项（40分）", "必要性", 40, "充分"],
    ]
    book = openpyxl.Workbook()
    for row in table:
        book.active.append(row)
    for area in ("A2:A5", "B3:B5", "D3:D5"):
        book.active.merge_cells(area)
    notice = read(saved(book, tmp_path / "表.xlsx"))
    benefits = "经济效益（可选项）、社会效益（可选项）、生态效益（可选项）"
    assert said(notice) == [
        (("绩效", "完成", "数量"), 20),
        (("绩效", "效益", benefits), 40),
        (("决策", "立项", "必要性"), 40),
    ]
    assert notice.indicators[1].texts == {"评分标准": "显著\n较好"}
    (only,) = notice.not_understood
    assert "第 3 行：分值 40 由 3 个指标合用" in only.zh
