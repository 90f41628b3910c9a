"""Reads back what the sheets of a return copy say: the findings it listed, the sender's answers, what was kept aside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from xltools.form.address import Ref, a1, parse_a1
from xltools.form.layout import Key
from xltools.intake.cells.written import plain_text
from xltools.intake.submission import Kept, Listed, Submission
from xltools.intake.xlsx.model import Book, Sheet

LIST_SHEET, ASIDE_SHEET = "问题清单", "未识别内容"
NUMBER, LEVEL, CODE, PLACE, THERE, EXPECTED, SAID, CAUSE, STATE, ANSWER, ITEM = (
    "序号",
    "级别",
    "编号",
    "位置",
    "现为",
    "应为",
    "问题和改法",
    "可能的原因",
    "状态",
    "说明",
    "填报项",
)
LIST_HEADERS = (NUMBER, LEVEL, CODE, PLACE, THERE, EXPECTED, SAID, CAUSE, STATE, ANSWER, ITEM)
"""Columns of 问题清单; the last is hidden and names the cell whatever rows are inserted."""
ITEMS_BETWEEN = "\n"
"""Between the cells of a line that speaks of several."""
NEXT, BACK = "下一处 →", "回问题清单 →"
"""The links of a return copy from one marked row to the next: ours, not the sender's."""
HOME, CELL, CONTENT, WHY = "原工作表", "原单元格", "内容", "原因"
ASIDE_HEADERS = (NUMBER, HOME, CELL, CONTENT, WHY)

MOST_LINES = 20_000
"""Lines of such a sheet that are read; we write no more than a form has cells."""

_TABLE_ITEM = re.compile(r"([^\[\]]+)\[([0-9]{1,7})\]\.([^\[\]]+)")


def item_text(key: Key) -> str:
    """Return how a cell is named beside its finding: 字段, or 表[行].列 with rows from 1."""
    return key.field if key.row < 0 else f"{key.field}[{key.row + 1}].{key.column}"


def item_key(text: str) -> Key:
    """Return the key that `item_text` named."""
    match = _TABLE_ITEM.fullmatch(text)
    return Key(text) if match is None else Key(match.group(1), int(match.group(2)) - 1, match.group(3))


def read_own_sheets(book: Book, submission: Submission) -> None:
    """Add to `submission` what 问题清单 and 未识别内容 of a return copy say, and the sheets that were added."""
    added = set(submission.structure.added)
    submission.added_sheets = [sheet for sheet in book.sheets if sheet.name in added]
    for sheet in book.sheets:
        if sheet.name == LIST_SHEET:
            rows = islice(_rows(sheet, (CODE, PLACE)), MOST_LINES)
            submission.listed = [
                _listed(row, item, submission) for row in rows for item in row.get(ITEM, "").split(ITEMS_BETWEEN)
            ]
        elif sheet.name == ASIDE_SHEET:
            submission.kept = [
                Kept(row.get(HOME, ""), row.get(CELL, ""), row.get(CONTENT, ""), row.get(WHY, ""))
                for row in islice(_rows(sheet, (HOME, CONTENT)), MOST_LINES)
            ]


def list_texts(sheet: Sheet) -> Iterator[str]:
    """Yield what the lines of 问题清单 say and suppose: the words of our own marks."""
    for row in islice(_rows(sheet, (CODE, PLACE)), MOST_LINES):
        yield row.get(SAID, "")
        yield row.get(CAUSE, "")


def _rows(sheet: Sheet, wanted: tuple[str, str]) -> Iterator[dict[str, str]]:
    """Yield the lines under the header line that carries `wanted`, as header → text."""
    lines: dict[int, dict[int, str]] = {}
    for (row, column), cell in sheet.cells.items():
        if cell.value is not None:
            lines.setdefault(row, {})[column] = plain_text(cell.value)
    titles: dict[int, str] = {}
    for row in sorted(lines):
        line = lines[row]
        if not titles:
            if set(wanted) <= set(line.values()):
                titles = line
            continue
        found = {titles[column]: text for column, text in line.items() if column in titles}
        if found.get(wanted[0]):
            yield found


def _listed(row: dict[str, str], text: str, submission: Submission) -> Listed:
    """Return a line with its cell (`text` is how it is called) where it stands in this file now."""
    key = item_key(text)
    ref = submission.where.get(key)
    if ref is None and key in submission.layout.cells:
        ref = submission.locate(submission.layout.cells[key])
        found = submission.computed.get(submission.layout.cells[key])
        ref = found.ref if found is not None else ref
    if ref is None:
        sheet, _, cell = (text or row.get(PLACE, "")).rpartition("!")
        place = parse_a1(cell)
        home = submission.structure.sheet_of.get(sheet) or sheet
        ref = submission.locate(Ref(sheet, *place)) if place is not None and sheet else Ref(home, 0, 0)
    return Listed(row[CODE], ref.sheet, a1(ref.row, ref.column) if ref.row else "", row.get(ANSWER, "").strip())
