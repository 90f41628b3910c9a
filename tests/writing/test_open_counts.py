"""What is left to do is told alike by 问题清单, 填表说明 and the notice; a department is told nothing of the coordinator's."""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from itertools import islice

import openpyxl

import tests.support.damages  # noqa: F401 - registers the damages
from tests.rules.test_wording import OURS
from tests.support.forms import FORM_IDS, built, checked, form, room, wording
from tests.support.stage import DAMAGES, NotHere, Stage
from xltools.findings.report import Checked
from xltools.intake.binding.returned_sheets import LEVEL, LIST_SHEET, PLACE, STATE
from xltools.intake.open import load_bytes
from xltools.output.notices import notice
from xltools.writing.return_copy.book import Returned, returned

STEP = 1 if os.environ.get("XLTOOLS_EVERY") == "1" else 80
"""Of the damages, each so-many-th."""
FOLDER = "绩效股内部收件"
SHOWN = f"D:/{FOLDER}/第一批.zip/一份.xlsx"


@cache
def _returned() -> list[tuple[str, Checked, Returned]]:
    return list(_made())


def _made() -> Iterator[tuple[str, Checked, Returned]]:
    for number, damage in enumerate(islice(DAMAGES, 0, None, STEP)):
        for turn in range(len(FORM_IDS)):
            try:
                stage = Stage(FORM_IDS[(number + turn) % len(FORM_IDS)], "as-it-is")
                data, _ = damage.apply(stage)
            except NotHere:
                continue
            sent = data if data is not None else built(stage.form_id, stage.values)
            result = checked(sent, SHOWN)
            if result.form:
                submission = load_bytes(sent, SHOWN, room())
                yield f"{damage.family} {damage.kind}", result, returned(room(), submission, result, wording())
            break


def test_list_first_page_and_notice_tell_the_same() -> None:
    seen = 0
    for name, result, made in _returned():
        book = openpyxl.load_workbook(io.BytesIO(made.data), data_only=True)
        page, guide = book[LIST_SHEET], book["填表说明"]
        rows = [[c.value for c in row] for row in page.iter_rows()]
        head = next(at for at, row in enumerate(rows) if PLACE in row)
        level, state = rows[head].index(LEVEL), rows[head].index(STATE)
        lines = [row for row in rows[head + 1 :] if row[level]]
        errors = sum(str(row[state]).startswith("×") for row in lines)
        confirms = sum(str(row[state]).startswith("● 待") for row in lines)
        ready = next(str(row[1].value) for row in guide.iter_rows() if row[0].value == "报送检查")
        left = str(rows[2][0])
        if left != "已全部改好或说明，可以报送":
            assert left == f"还有 {errors} 项错误未改、{confirms} 项待核实；“填表说明”的报送检查：{ready}", name
        else:
            assert (errors, confirms, ready) == (0, 0, "可以报送"), name
        text = notice(result, form(result.form), "退回件.xlsx", wording(), settled=made.settled)
        assert f"共 {errors} 项错误、{confirms} 项待核实。" in text, (name, text)
        seen += 1
    assert seen >= min(5, len(DAMAGES) // STEP)


def test_nothing_of_the_coordinators_goes_back() -> None:
    for name, result, made in _returned():
        with zipfile.ZipFile(io.BytesIO(made.data)) as package:
            parts = {part: package.read(part).decode("utf-8", "replace") for part in package.namelist()}
        leaks = [part for part, text in parts.items() if FOLDER in text or "第一批" in text]
        assert not leaks, (name, leaks)
        text = notice(result, form(result.form), "退回件.xlsx", wording(), settled=made.settled)
        assert FOLDER not in text and "第一批" not in text, name
        assert not OURS.search(re.sub("“[^”]*”", "", text)), (name, OURS.search(text))
