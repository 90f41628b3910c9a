"""Makes the sample workbooks from samples/values and the roster; with --check only says whether they are current."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import xlsxwriter
from staff import set_cell

from xltools.form.layout import Key
from xltools.form.model import Form
from xltools.intake.open import load_bytes
from xltools.intake.roster import Department, read_roster
from xltools.jobs.common import workspace
from xltools.recalc.workspace import Workspace
from xltools.writing.department.make import file_name, workbook
from xltools.writing.files import save
from xltools.writing.workbook import EPOCH

HERE = Path(__file__).resolve().parent
FORM = "guangdong-2023"
ROSTER = HERE / "名册.xlsx"
SENT = HERE / "报送件"
PASTED = ("101006", Key("评分", 2, "自评得分"), 10.0)
"""The department that pasted a higher number over the computed score of its execution rate."""

DEPARTMENTS = (
    ("101001", "中国共产党广州市番禺区委员会办公室", "行政股", 2282.21),
    ("101002", "示例区农业农村局（示例）", "农业股", 2460.0),
    ("101003", "示例区水务局（示例）", "农业股", 3690.0),
    ("101004", "示例区文化体育局（示例）", "教科文股", 1230.0),
    ("101005", "示例区交通运输局（示例）", "经建股", 4920.0),
    ("101006", "示例区司法局（示例）", "行政股", 1845.0),
    ("101007", "示例区卫生健康局（示例）", "社保股", 2110.0),
    ("101008", "示例区市场监督管理局（示例）", "行政股", 3075.0),
    ("101009", "示例区档案馆（示例）", "行政股", 640.0),
)


def roster_file() -> None:
    """Write the roster: nine departments, one of which sends nothing."""
    book = xlsxwriter.Workbook(str(ROSTER), {"strings_to_formulas": False})
    book.set_properties({"title": "部门名册（示例）", "created": EPOCH})
    sheet = book.add_worksheet("名册")
    sheet.write_row(0, 0, ["部门编码", "部门名称", "归口科室", "联系人", "电话", "财政核定全年预算数"])
    for row, (code, name, office, budget) in enumerate(DEPARTMENTS, start=1):
        sheet.write_row(row, 0, [code, name, office, "", ""])
        sheet.write_number(row, 5, budget)
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 1, 40)
    sheet.set_column(2, 5, 18)
    book.close()


def submission(department: Department) -> bytes:
    """Return the workbook a department sends: the prefilled template, filled in, with its planted problem."""
    shop = workspace(None)
    form = shop.form(FORM)
    values = json.loads((HERE / "values" / f"{department.code}.json").read_text(encoding="utf-8"))
    data = workbook(shop, form, values, department)
    code, key, number = PASTED
    if department.code == code:
        data = paste_over(data, shop, form, key, number)
    return data


def paste_over(data: bytes, shop: Workspace, form: Form, key: Key, number: float) -> bytes:
    """Return the workbook with a number pasted over a computed score, and the total that Excel then shows."""
    layout = shop.layout(form)
    ref, total = layout.cells[key], layout.cells[Key(form.score_field)]
    shown = load_bytes(data, "", shop).computed
    score, before = shown[total].cached, shown[ref].cached
    if not isinstance(score, float | int) or not isinstance(before, float | int):
        raise ValueError("the sample carries no computed scores")
    data = set_cell(data, ref.sheet, ref.a1, number)
    formula = layout.formulas[total].removeprefix("=")
    return set_cell(data, total.sheet, total.a1, round(score + number - before, 2), formula)


def main() -> int:
    """Write or check every sample; 1 when one is not current."""
    sys.path.insert(0, str(HERE.parent / "scripts"))
    from make_templates import stale

    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--check", action="store_true")
    check = arguments.parse_args().check
    if not check:
        roster_file()
    old = []
    for department in read_roster(ROSTER).departments:
        if not (HERE / "values" / f"{department.code}.json").is_file():
            continue
        path = SENT / file_name(department.code, department.name)
        data = submission(department)
        if stale(path, data):
            old.append(path.name)
            if not check:
                save(path, data)
    print("\n".join(f"{'not current' if check else 'written'}: {name}" for name in old) or "all current")
    return 1 if check and old else 0


if __name__ == "__main__":
    sys.exit(main())
