"""A change planted in a written narrative beside its workbook: where it is told, and what stays silent."""

from __future__ import annotations

from pathlib import Path

from tests.support.narratives import changed, replaced, reviewed
from tests.support.text_cases import pair_of_clean


def test_the_written_narrative_is_clean(tmp_path: Path) -> None:
    book, report = pair_of_clean()
    assert reviewed(tmp_path, {"a.xlsx": book, "a.docx": report}) == []


def test_a_share_of_a_task_is_no_figure_of_the_form(tmp_path: Path) -> None:
    book, report = pair_of_clean()
    data, _ = replaced(report, "实际126次", "实际126次，占全年任务的15%")
    assert reviewed(tmp_path, {"a.xlsx": book, "a.docx": data}) == []


def test_a_figure_in_the_score_table(tmp_path: Path) -> None:
    book, report = pair_of_clean()

    def change(document: object) -> None:
        for row in document.tables[0].rows:  # type: ignore[attr-defined]
            if row.cells[2].text == "预算编制约束性":
                row.cells[4].text = "4"

    found = reviewed(tmp_path, {"a.xlsx": book, "a.docx": changed(report, change)})
    assert [(f.code, f.place.zh) for f in found] == [("NA001", "第 1 个表第 5 行")]
    assert found[0].related[0].sheet == "自评评分表"


def test_the_place_is_the_paragraph(tmp_path: Path) -> None:
    book, report = pair_of_clean()
    data, _ = replaced(report, "项目支出380.00万元", "项目支出308.00万元")
    found = reviewed(tmp_path, {"a.xlsx": book, "a.docx": data})
    assert found[0].place.zh == "一、（四）第 2 段"
    assert found[0].stated == 308 and found[0].expected == 380
    assert [(r.sheet, r.field.zh) for r in found[0].related] == [("收支情况", "项目支出")]
