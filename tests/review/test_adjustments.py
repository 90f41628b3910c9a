"""A coordinator's changes of rules (--rules): what they do, who is told, and how a wrong file is answered."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.support.forms import FORM_IDS, Values, built, clean, form
from xltools.cli import main
from xltools.errors import UsageError
from xltools.findings.finding import Finding
from xltools.findings.report import Checked, Report
from xltools.intake.roster import Department, Roster
from xltools.review.adjustments import Adjustment, AdjustmentsFile, adjust
from xltools.review.adjustments_file import COLUMNS, Known, read_adjustments
from xltools.rules.catalogue import entries

PLAIN = "guangdong-2023"
KNOWN = Known(entries([form(name) for name in FORM_IDS]), FORM_IDS)
WHOLE = {"code": "EX104", "level": "停用", "reason": "系统升级期间不审", "name": "示例甲"}


def _sheet(path: Path, rows: Sequence[dict[str, Any]]) -> Path:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "调整"
    page.append(["本局规则调整"])
    page.append(list(COLUMNS))
    for row in rows:
        page.append([row.get(key) for key in COLUMNS.values()])
    book.save(path)
    return path


def _toml(path: Path, rows: Sequence[dict[str, Any]]) -> Path:
    parts = [
        "[[rule]]\n" + "".join(f"{key} = {json.dumps(v, ensure_ascii=False)}\n" for key, v in r.items()) for r in rows
    ]
    path.write_text("\n".join(parts), encoding="utf-8")
    return path


def _told(path: Path, known: Known = KNOWN) -> list[str]:
    with pytest.raises(UsageError) as refused:
        read_adjustments(path, known)
    return [line.strip() for line in str(refused.value).splitlines()]


def test_both_ways_to_write_it_say_the_same(tmp_path: Path) -> None:
    row = WHOLE | {"from": "2024-03-01", "form": PLAIN, "departments": "101001、101002"}
    listed = row | {"departments": ["101001", "101002"]}
    one = read_adjustments(_sheet(tmp_path / "a.xlsx", [row]), KNOWN)
    other = read_adjustments(_toml(tmp_path / "a.toml", [listed]), KNOWN)
    assert one.lines == other.lines
    assert one.lines[0].departments == ("101001", "101002")
    assert one.lines[0].since is not None and one.lines[0].since.isoformat() == "2024-03-01"


def test_a_wrong_workbook_is_answered_with_every_fault_at_its_cell(tmp_path: Path) -> None:
    rows = [
        {"code": "EX1O4", "level": "停用", "reason": "原因", "name": "甲"},
        {"code": "EX104", "level": "取消", "from": "三月起", "form": "guangdong-2032", "reason": "原因", "name": "甲"},
        {"code": "IN003", "level": "停用", "reason": "原因", "name": "甲"},
        {"code": "EX104", "level": "提示"},
        {"code": "EX301", "level": "提示", "form": PLAIN, "reason": "原因", "name": "甲"},
        WHOLE,
        WHOLE | {"level": "提示"},
    ]
    told = _told(_sheet(tmp_path / "规则调整.xlsx", rows))
    at = ["调整!A3", "调整!B4", "调整!C4", "调整!D4", "调整!A5", "调整!F6", "调整!G6", "调整!D7", "调整!A9"]
    assert sorted(line.partition("：")[0] for line in told[1:]) == sorted(at)
    assert any("EX104" in line for line in told if line.startswith("调整!A3")), "the nearest code"


def test_a_wrong_toml_is_answered_with_every_fault_at_its_key(tmp_path: Path) -> None:
    rows = [{"code": "EX104", "level": "notice", "grund": "x", "name": "甲"}, {"level": "off", "reason": "原因"}]
    told = " ".join(_told(_toml(tmp_path / "a.toml", rows)))
    assert all(word in told for word in ("grund", "reason", "rule[2]", "code", "name"))


@pytest.mark.parametrize("rows", [[], [{}]])
def test_a_file_that_changes_nothing_is_refused(tmp_path: Path, rows: list[dict[str, Any]]) -> None:
    assert len(_told(_sheet(tmp_path / "a.xlsx", rows))) == 1


def test_departments_are_held_against_the_roster(tmp_path: Path) -> None:
    roster = Roster((Department("101001", "示例区农业局"),))
    path = _sheet(tmp_path / "a.xlsx", [WHOLE | {"departments": "示例区农业局、101009"}])
    (told,) = _told(path, Known(KNOWN.rules, KNOWN.forms, roster))
    assert "调整!E3" in told and "101009" in told


def _finding(code: str, **more: Any) -> Finding:
    return Finding(code=code, level="confirm", sheet="收支情况", cell="B5", **more)


def _adjusted(line: Adjustment, finding: Finding, day: str | None = None) -> Report:
    checked = Checked("a.xlsx", "", PLAIN, "示例区农业局", "101001", owner="101001", findings=[finding])
    report = Report([checked])
    adjust(report, AdjustmentsFile("规则调整.xlsx", (line,)), date.fromisoformat(day) if day else None)
    return report


@pytest.mark.parametrize(
    ("line", "day", "levels"),
    [
        ({"level": "off"}, None, []),
        ({"level": "notice"}, None, ["notice"]),
        ({"level": "off", "code": "EX106"}, None, ["confirm"]),
        ({"level": "off", "form": "project-2023"}, None, ["confirm"]),
        ({"level": "off", "form": PLAIN}, None, []),
        ({"level": "off", "departments": ("101001",)}, None, []),
        ({"level": "off", "departments": ("示例区农业局",)}, None, []),
        ({"level": "off", "departments": ("101002",)}, None, ["confirm"]),
        ({"level": "off", "since": "2024-03-01"}, "2024-02-29", ["confirm"]),
        ({"level": "off", "since": "2024-03-01"}, "2024-03-01", []),
        ({"level": "off", "since": "2024-03-01"}, None, []),
    ],
)
def test_a_line_speaks_of_what_it_names(line: dict[str, Any], day: str | None, levels: list[str]) -> None:
    given: dict[str, Any] = {"code": "EX104", "reason": "原因", "name": "甲"} | line
    if "since" in given:
        given["since"] = date.fromisoformat(given["since"])
    report = _adjusted(Adjustment(**given), _finding("EX104"), day)
    assert [f.level for f in report.findings] == levels
    assert report.adjusted[0].count == (levels != ["confirm"])
    assert ("没有写 --date" in report.adjusted[0].words.zh) == ("since" in given and day is None)


def test_what_becomes_an_error_is_not_settled_by_an_explanation() -> None:
    line = Adjustment("EX104", "error", "原因", "甲")
    report = _adjusted(line, _finding("EX104", state="explained", explanation="已说明原因"))
    assert [(f.level, f.state) for f in report.findings] == [("error", "open")]


def test_the_closest_line_decides() -> None:
    lines = (
        Adjustment("EX104", "off", "原因", "甲", departments=("101001",)),
        Adjustment("EX104", "error", "原因", "甲"),
    )
    report = Report([Checked("a.xlsx", "", PLAIN, code="101001", findings=[_finding("EX104")])])
    adjust(report, AdjustmentsFile("a.xlsx", lines), None)
    assert report.findings == []


def _low(name: str, code: str) -> Values:
    """A filling that spent too little and says nothing of it (one finding, to be confirmed)."""
    values = clean(PLAIN)
    rows = [dict(row) for row in values["产出指标"]]
    rows[1].pop("偏差原因", None)
    return values | {"产出指标": rows, "部门编码": code, "部门名称": name}


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("报送件")
    (folder / "一.xlsx").write_bytes(built(PLAIN, _low("示例甲局", "101001")))
    return folder


def _run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = main(list(arguments), standalone_mode=False)
    return int(code or 0), capsys.readouterr().out


def test_a_run_says_what_was_changed_and_its_exit_follows(
    sent: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    check = ("check", str(sent), "--no-cache", "-j", "1", "--fail-on", "confirm")
    code, out = _run(capsys, *check)
    assert code == 1 and "KP103" in out and "规则调整" not in out
    rules = _toml(tmp_path / "规则调整.toml", [WHOLE | {"code": "KP103", "level": "notice"}])
    code, out = _run(capsys, *check, "--rules", str(rules))
    assert code == 0
    closing = out[out.index("规则调整（") :]
    assert all(word in closing for word in ("KP103", "核实 → 提示", "1 项", "系统升级期间不审", "示例甲", "原级别"))
    off = _toml(tmp_path / "停用.toml", [WHOLE | {"code": "KP103"}])
    _, out = _run(capsys, *check, "--rules", str(off), "--format", "json")
    report = json.loads(out)
    assert [f["code"] for f in report["findings"] if f["code"] == "KP103"] == []
    assert [(a["code"], a["level"], a["count"]) for a in report["adjusted"]] == [("KP103", "off", 1)]


def test_the_workbooks_of_the_coordinator_say_it_too(
    sent: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = _sheet(tmp_path / "规则调整.xlsx", [WHOLE | {"code": "KP103"}])
    book, total = tmp_path / "问题.xlsx", tmp_path / "汇总.xlsx"
    given = ("--rules", str(rules), "-j", "1", "-q")
    _run(capsys, "check", str(sent), "--format", "xlsx", "-o", str(book), *given)
    _run(capsys, "summary", str(sent), "-o", str(total), *given)
    for path in (book, total):
        cells = [
            str(cell)
            for sheet in openpyxl.load_workbook(path)
            for row in sheet.iter_rows(values_only=True)
            for cell in row
            if cell is not None
        ]
        assert any("KP103 核实 → 停用" in cell and "系统升级期间不审" in cell for cell in cells), path.name


def test_a_wrong_file_stops_the_run_before_any_work(
    sent: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = _sheet(tmp_path / "规则调整.xlsx", [WHOLE | {"reason": ""}])
    assert main(["check", str(sent), "--rules", str(rules)], standalone_mode=False) == 2
    said = capsys.readouterr()
    assert said.out == "" and "调整!F3：没有写理由" in said.err
