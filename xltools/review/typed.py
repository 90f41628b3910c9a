"""What the coordinator typed into a findings workbook, read back so that the next run keeps it: nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from xltools.bilingual import EMPTY, Pair
from xltools.boundary.nearest import closest
from xltools.boundary.walk import Fault, refusal
from xltools.errors import UsageError
from xltools.findings.report import Report
from xltools.form.states import is_reason
from xltools.intake.own_files import Line, read_tables
from xltools.review.decisions import (
    CODE,
    DEPARTMENT,
    ID,
    NAME,
    REASON,
    SHEET,
    VERDICT,
    WAIVE,
    Decision,
    apply_decisions,
    finding_id,
)

MISSING_SHEET, EARLIER_SHEET = "未报送", "以前的意见"
CONTACT = "联系情况"
NO_NEED = "免报"
OWN = (VERDICT, REASON, NAME)
FIRST_ROWS = 20
_WHAT = Pair("处理意见文件", "file of decisions")
_NO_SHEET = Pair(
    "{path} 里没有“{sheet}”工作表；应为 check --format xlsx 生成的问题工作簿",
    "{path} has no sheet “{sheet}”; give a workbook that check --format xlsx wrote",
)
_FILE = Pair("处理意见文件 {path}", "the file of decisions {path}")
_NO_COLUMN = Pair(
    "缺少“{title}”列{became}；请不要删除或改名",
    "there is no column “{title}”{became}; columns are not to be deleted or renamed",
)
_BECAME = Pair("（是否被改成了“{other}”？）", " (was it renamed “{other}”?)")


@dataclass(frozen=True, slots=True)
class TypedLine:
    """One line on which the coordinator wrote something: the whole line as it stood, and the decision in it."""

    cells: Mapping[str, str]
    decision: Decision
    archived: bool = False  # its finding was gone in an earlier round already


@dataclass(frozen=True, slots=True)
class TypedMissing:
    """What was written beside a department that sent nothing: the talks with it, and whether it need not report."""

    contact: str = ""
    verdict: str = ""
    reason: str = ""
    name: str = ""

    @property
    def excused(self) -> str:
        """Why it need not report, and who says so; "" unless all three are given."""
        whole = self.verdict == NO_NEED and is_reason(self.reason) and is_reason(self.name)
        return f"{self.reason}（{self.name}）" if whole else ""


@dataclass(frozen=True, slots=True)
class TypedIn:
    """Everything the coordinator typed: by the finding's id, and by the code of a department that sent nothing."""

    lines: Mapping[str, TypedLine] = field(default_factory=dict)
    missing: Mapping[str, TypedMissing] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.lines or self.missing)

    @property
    def decisions(self) -> list[Decision]:
        """The decisions on findings, in their order."""
        return [line.decision for line in self.lines.values()]

    @property
    def current(self) -> list[Decision]:
        """Those on findings that were there when they were typed: each must have its effect, or the run says why not."""
        own = [line.decision for line in self.lines.values() if not line.archived]
        return [d for d in own if d.verdict or d.reason]

    @property
    def excused(self) -> dict[str, str]:
        """Why departments need not report, by code."""
        return {code: line.excused for code, line in self.missing.items() if line.excused}

    def over(self, older: TypedIn) -> TypedIn:
        """Return both together; where both speak of one thing, this one counts."""
        return TypedIn({**older.lines, **self.lines}, {**older.missing, **self.missing})


def typed_in(path: Path) -> TypedIn | None:
    """Return what was typed into the findings workbook at `path`; None when it is none, or cannot be read."""
    try:
        return read_typed(path)
    except UsageError:
        return None


def read_typed(path: Path) -> TypedIn:
    """Read what was typed into a findings workbook. Raises UsageError (one line, what to do) when it is none."""
    book = read_tables(path, _WHAT, frozenset({SHEET, EARLIER_SHEET, MISSING_SHEET}))
    if SHEET not in book:
        raise UsageError(_NO_SHEET.format(path=path, sheet=SHEET))
    lost = _lost_titles(book[SHEET])
    if lost:
        raise UsageError(refusal(_FILE.format(path=path), lost))
    lines: dict[str, TypedLine] = {}
    for sheet in (EARLIER_SHEET, SHEET):
        for row, cells in _rows(book.get(sheet, ()), (ID, *OWN)):
            if any(cells.get(title) for title in OWN):
                decision = _decision(row, cells)
                lines[decision.id or f"{sheet}!{row}"] = TypedLine(cells, decision, sheet == EARLIER_SHEET)
    missing = {
        cells[DEPARTMENT]: TypedMissing(*(cells.get(title, "") for title in (CONTACT, *OWN)))
        for _, cells in _rows(book.get(MISSING_SHEET, ()), (DEPARTMENT, CONTACT))
        if cells.get(DEPARTMENT) and any(cells.get(title) for title in (CONTACT, *OWN))
    }
    return TypedIn(lines, missing)


def _lost_titles(lines: Sequence[Line]) -> list[Fault]:
    """Return the columns of the findings that are not there, by the line that has most of them. Columns of the
    coordinator's own are no fault: what stands in them is kept with the line."""
    needed = (ID, *OWN)
    heads = ({*_texts(line)} for line in lines if line.number <= FIRST_ROWS)
    titles = max(heads, key=lambda t: len(t & {*needed}), default=set())
    other = titles - {*needed, ""}
    lost = {title: closest(title, other) for title in needed if title not in titles}
    became = {title: _BECAME.format(other=name) if name else EMPTY for title, name in lost.items()}
    return [Fault(SHEET, _NO_COLUMN.format(title=title, became=words)) for title, words in became.items()]


def _texts(line: Line) -> list[str]:
    return ["" if value is None else str(value).strip() for value in line.cells]


def _decision(row: int, cells: Mapping[str, str]) -> Decision:
    what = " ".join(p for p in (cells.get(DEPARTMENT, ""), cells.get(CODE, "")) if p)
    verdict, reason, name = (cells.get(title, "") for title in OWN)
    return Decision(row, cells.get(ID, ""), verdict, reason, name, what)


def _rows(lines: Sequence[Line], needed: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of a sheet as texts by title, from the line under the titles; nothing where they are missing."""
    titles: list[str] = []
    for line in lines:
        texts = _texts(line)
        if titles:
            yield line.number, dict(zip(titles, texts, strict=False))
        elif set(needed) <= set(texts):
            titles = texts
        elif line.number >= FIRST_ROWS:
            return


def apply_typed(report: Report, typed: TypedIn, said: Sequence[Decision] = (), file: str = "") -> None:
    """Let what was typed into the workbook's forerunner have its effect: waivers that are whole and whose finding is
    still there (unless `said`, the decisions that were given, speak of it), and departments that need not report.
    """
    now = {finding_id(s, f) for s in report.submissions for f in s.findings}
    now |= {finding_id(None, f) for f in report.batch}
    now -= {d.id for d in said}
    apply_decisions(report, [d for d in typed.decisions if d.id in now and not d.gap.zh], file)
    excuse(report, typed.excused)


def excuse(report: Report, excused: Mapping[str, str]) -> None:
    """Take departments that need not report out of those that did not."""
    report.excused |= {code: excused[code] for code, _ in report.missing if code in excused}
    report.missing = [(code, name) for code, name in report.missing if code not in excused]


def gaps(typed: TypedIn) -> int:
    """Return how many waivers lack their reason or name, and so have no effect yet."""
    lines = sum(d.verdict == WAIVE and d.gap.zh != "" for d in typed.decisions)
    return lines + sum(m.verdict == NO_NEED and not m.excused for m in typed.missing.values())
