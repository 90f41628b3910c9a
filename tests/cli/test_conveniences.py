"""What makes the command line kind: endings that mean something, a greeting, rules found by a word, completion."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from tests.support.samples import sample
from xltools.cli import main
from xltools.intake.columns import COLUMNS
from xltools.intake.roster import read_roster
from xltools.output.formats import FORMATS

FORM = "guangdong-2023"
Capsys = pytest.CaptureFixture[str]


def run(*arguments: str | Path) -> int:
    """Run xltools in this process."""
    code = main([str(a) for a in arguments])
    assert isinstance(code, int)
    return code


def test_the_ending_implies_the_format(tmp_path: Path) -> None:
    report, book, table = tmp_path / "结果.JSON", tmp_path / "结果.xlsx", tmp_path / "表.json"
    assert run("check", sample("101002"), "-o", report, "-q") == 0
    assert json.loads(report.read_text(encoding="utf-8"))["schema"] == "xltools.report/1"
    assert run("check", sample("101002"), "-o", book, "-q") == 0
    assert "下一步" in openpyxl.load_workbook(book).sheetnames
    assert run("summary", sample("101002"), "-o", table, "-q") == 0
    assert json.loads(table.read_text(encoding="utf-8"))["schema"] == "xltools.summary/1"


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "-o", "结果.docx"],
        ["check", "-o", "结果"],
        ["check", "-o", "结果.txt", "--format", "json"],
        ["check", "-o", "结果.json", "--format", "xlsx"],
        ["summary", "-o", "汇总"],
        ["summary", "-o", "汇总.xls"],
        ["summary", "-o", "汇总.csv", "--format", "csv"],
        ["summary", "-o", "汇总.xlsx", "--leader", "领导版.docx"],
        ["summary", "-o", "汇总.xlsx", "--brief", "说明.doc"],
        ["narrative", "-o", "报告.doc"],
    ],
)
def test_an_ending_that_does_not_fit_is_refused_before_any_work(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capsys
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(arguments[0], sample("101002"), *arguments[1:]) == 2
    said = capsys.readouterr()
    assert said.out == "" and ("结尾" in said.err or "文件夹" in said.err)
    assert list(tmp_path.iterdir()) == []


def test_a_workbook_to_fill_in_is_an_xlsx(tmp_path: Path, capsys: Capsys) -> None:
    assert run("template", FORM, "-o", tmp_path / "空白.xls") == 2
    assert ".xlsx" in capsys.readouterr().err


def test_bare_xltools_greets_with_the_three_steps(capsys: Capsys) -> None:
    assert run() == 0
    said = capsys.readouterr().out
    assert "round new" in said and "round next" in said and "收件" in said


@pytest.mark.parametrize(("word", "codes"), [("收支平衡", {"BA"}), ("unreadable", set()), ("密码", {"IN"})])
def test_rules_are_found_by_a_word(word: str, codes: set[str], capsys: Capsys) -> None:
    assert run("rules", word) == (0 if codes else 2)
    found = {line[:2] for line in capsys.readouterr().out.splitlines() if line[2:5].isdigit()}
    assert found == codes


@pytest.mark.parametrize("shell", ["powershell", "bash", "zsh"])
def test_completion_scripts_ask_this_program(shell: str, capsys: Capsys) -> None:
    assert run("completion", shell) == 0
    script = capsys.readouterr().out
    assert f"{shell}_complete" in script and "_XLTOOLS_COMPLETE" in script


def test_powershell_is_given_commands_options_and_choices(monkeypatch: pytest.MonkeyPatch, capsys: Capsys) -> None:
    monkeypatch.setenv("_XLTOOLS_COMPLETE", "powershell_complete")
    for line, word, expected in (
        (["xltools", "ro"], "ro", ["round"]),
        (["xltools", "round"], "", ["new", "next"]),
        (["xltools", "check", "--format"], "", [*FORMATS, "xlsx"]),
    ):
        monkeypatch.setenv("XLTOOLS_WORDS", "\n".join(line))
        monkeypatch.setenv("XLTOOLS_WORD", word)
        with pytest.raises(SystemExit):
            main([])
        assert capsys.readouterr().out.splitlines() == expected


def test_an_empty_roster_is_written_and_read_when_it_is_filled(tmp_path: Path, capsys: Capsys) -> None:
    path = tmp_path / "名册.xlsx"
    assert run("template", "--roster-template", "-o", path) == 0
    assert run("template", FORM, "--roster", path, "-o", tmp_path / "下发") == 2
    assert "一个部门也没有" in capsys.readouterr().err
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert [str(c.value).rstrip("*") for c in sheet[3]] == list(COLUMNS)
    sheet["A4"], sheet["B4"], sheet["F4"] = "001", "某局", 12.5
    book.save(path)
    (line,) = read_roster(path).departments
    assert (line.code, line.name, line.values["财政核定全年预算数"]) == ("001", "某局", 12.5)


def test_a_roster_kept_for_other_purposes_is_understood(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["封面"])
    sheet = book.create_sheet("单位")
    for row in (
        ["2023 年预算单位一览表"],
        [],
        ["序号", "单位 代码", "单位名称", "联系\n电话", "核定预算数（万元）", "名称", "业务股室"],
        [1, "001", "甲局", "0000-1", 100, "旧名", "农业股"],
    ):
        sheet.append(row)
    book.save(tmp_path / "一览.xlsx")
    roster = read_roster(tmp_path / "一览.xlsx")
    (line,) = roster.departments
    assert (line.code, line.name, line.office) == ("001", "甲局", "农业股")
    assert line.values["电话"] == "0000-1" and line.values["财政核定全年预算数"] == 100
    assert roster.ignored == ("序号", "名称")


def test_a_column_of_other_units_is_not_taken_for_one_in_ten_thousands(tmp_path: Path) -> None:
    path = tmp_path / "名册.csv"
    path.write_text("部门编码,部门名称,财政核定全年预算数（元）\n1,甲局,1000000\n", encoding="utf-8")
    roster = read_roster(path)
    assert "财政核定全年预算数" not in roster.departments[0].values
    assert roster.ignored == ("财政核定全年预算数（元）",)
