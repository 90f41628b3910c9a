"""A round in its folder: run twice nothing changes, broken off it goes on, and no word that was typed is lost."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest

from tests.support.forms import built, clean, form, room
from tests.support.mailbox import TALK, WHO, WHY, Mailbox, everything_in, type_into
from tests.support.samples import ROSTER, sample
from xltools.cli import main
from xltools.errors import UsageError
from xltools.intake.open import load_bytes
from xltools.jobs import reviewing
from xltools.jobs.round import home as homes
from xltools.jobs.round.settings import (
    CARRIED,
    CONTACT,
    DAY,
    DEADLINE,
    PREVIOUS,
    WITH_LAST_YEAR,
    read_settings,
)
from xltools.sampling.base import laid_over

FORM = "guangdong-2023"
OURS = re.compile(r"收件|存档|第\d轮|审核结果|xltools|--\w|名册")
"""The bureau's own words, which no department knows."""


def run(*arguments: str | Path) -> int:
    """Run xltools in this process."""
    code = main([str(a) for a in arguments])
    assert isinstance(code, int)
    return code


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its name in it."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def started(folder: Path, *codes: str) -> Path:
    """Start a round with three departments of the samples, with what some of them sent in the inbox."""
    lines = [f"{sample(code).stem.replace('_', ',', 1)}\n" for code in ("101002", "101003", "101004")]
    roster = folder.parent / "三个部门.csv"
    roster.write_text("部门编码,部门名称\n" + "".join(lines), encoding="utf-8")
    assert run("round", "new", folder, "--form", FORM, "--roster", roster) == 0
    for code in codes:
        (folder / homes.INBOX / sample(code).name).write_bytes(sample(code).read_bytes())
    return folder


def fill_in(folder: Path, values: dict[str, str]) -> None:
    """Write into 轮次.xlsx as a coordinator does."""
    path = folder / homes.SETTINGS
    book = openpyxl.load_workbook(path)
    for row in book.active.iter_rows(min_row=4):
        row[1].value = values.get(row[0].value, row[1].value)
    book.save(path)


def test_two_rounds_of_twelve_departments(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    box, folder = Mailbox(tmp_path), tmp_path / "2023 自评&汇总"
    assert run("round", "new", folder, "--form", FORM, "--roster", box.roster, "--bureau", "示例区财政局") == 0
    assert run("round", "next", folder) == 0
    assert len(list((folder / "下发").glob("*.xlsx"))) == 12
    box.first(folder / "收件")
    capsys.readouterr()
    assert run("round", "next", folder, "-j", "1") == 1
    said = capsys.readouterr().out
    assert "名册 12 个部门：通过 7，待核实 1，有错误 2，打不开 1，未报送 1；名册外 1 份" in said
    assert "计入 7 / 应报 12" in said and len(said.splitlines()) <= 5
    assert type_into(folder / "审核结果.xlsx") == 4
    returned = folder / "第1轮" / "退回"
    assert box.second(folder / "收件", returned) == ["01004", "01009", "01012"]
    capsys.readouterr()
    assert run("round", "next", folder, "-j", "1") == 0
    said = capsys.readouterr().out
    assert "名册 12 个部门：通过 12；名册外 1 份" in said and "√ 汇总完整" in said and len(said.splitlines()) <= 5
    assert not list(returned.iterdir()) and not (folder / "未报送_通知.txt").exists()
    assert (folder / "第1轮" / "已办结" / box.name(3, "_退回1")).is_file()
    words = everything_in(folder / "审核结果.xlsx")
    assert WHY in words and WHO in words and TALK in words


def test_the_inbox_is_looked_through_and_reviewed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = started(tmp_path / "一轮", "101002")
    calls: list[str] = []
    for name in ("discover", "check_files"):
        own = getattr(reviewing, name)
        monkeypatch.setattr(reviewing, name, lambda *a, _own=own, _name=name, **k: calls.append(_name) or _own(*a, **k))
    run("round", "next", folder, "-j", "1")
    assert calls == ["discover", "check_files"] and (folder / homes.SUMMARY).exists()


def test_a_second_run_changes_no_byte_and_says_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = started(tmp_path / "一轮", "101002", "101004")
    capsys.readouterr()
    assert run("round", "next", folder, "-j", "1") == 1
    first, said = tree(folder), capsys.readouterr().out
    assert run("round", "next", folder, "-j", "1") == 1
    assert tree(folder) == first
    assert capsys.readouterr().out.splitlines() == said.splitlines()[1:], "all but the line of what was issued"


def test_a_run_that_breaks_off_anywhere_is_run_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = started(tmp_path / "甲", "101002", "101004")
    run("round", "next", whole, "-j", "1")
    expected = tree(whole)
    folder, real = started(tmp_path / "乙", "101002", "101004"), homes.save
    for stop in range(1, 40, 6):
        count = 0

        def failing(path: Path, data: bytes, stop: int = stop) -> None:
            nonlocal count
            count += 1
            if count == stop:
                raise KeyboardInterrupt
            real(path, data)

        monkeypatch.setattr(homes, "save", failing)
        code = run("round", "next", folder, "-j", "1")
        monkeypatch.setattr(homes, "save", real)
        if code != 130:
            break
    else:
        pytest.fail("it never came to its end")
    assert stop > 1
    assert tree(folder) == expected


def test_what_somebody_changed_is_kept_and_what_is_filled_in_stays(tmp_path: Path) -> None:
    folder = started(tmp_path / "一轮", "101002")
    run("round", "next", folder, "-j", "1")
    brief, filled = folder / "情况说明.docx", folder / "下发" / sample("101003").name
    brief.write_bytes(b"my own words")
    filled.write_bytes(b"filled in here by mistake")
    run("round", "next", folder, "-j", "1")
    assert brief.read_bytes() == b"my own words", "nothing new came: it stays as somebody made it"
    (folder / "收件" / sample("101003").name).write_bytes(sample("101003").read_bytes())
    run("round", "next", folder, "-j", "1")
    assert brief.read_bytes() != b"my own words"
    assert (folder / "存档" / "情况说明.docx").read_bytes() == b"my own words"
    assert filled.read_bytes() == b"filled in here by mistake"


def test_what_was_typed_under_another_name_is_not_passed_by(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = started(tmp_path / "一轮", "101002")
    run("round", "next", folder, "-j", "1")
    findings, renamed = folder / homes.FINDINGS, folder / "审核结果（王）.xlsx"
    findings.rename(renamed)
    (folder / "电话表.xlsx").write_bytes(b"own papers are no copy")
    _excuse(renamed)
    before = tree(folder)
    capsys.readouterr()
    assert run("round", "next", folder, "-j", "1") == 2
    assert "审核结果（王）.xlsx" in capsys.readouterr().err and tree(folder) == before
    renamed.rename(findings)
    assert run("round", "next", folder, "-j", "1") in {0, 1}
    said = capsys.readouterr().out
    assert "免报 1" in said and "没有读" not in said
    renamed.write_bytes(findings.read_bytes())
    _excuse(renamed, "另一个理由")
    run("round", "next", folder, "-j", "1")
    assert "“审核结果（王）.xlsx”里填写的没有读" in capsys.readouterr().out


def _excuse(findings: Path, reason: str = "机构撤并") -> None:
    """Excuse the first department that sent nothing, as a coordinator types it."""
    book = openpyxl.load_workbook(findings)
    sheet = book["未报送"]
    head = next(row for row in sheet.iter_rows() if row[0].value == "部门编码")
    for title, text in (("处理意见", "免报"), ("理由", reason), ("经办人", "甲")):
        column = next(c.column for c in head if c.value == title)
        sheet.cell(head[0].row + 1, column).value = text
    book.save(findings)


def test_a_return_copy_sent_back_with_an_error_goes_into_the_next_round(tmp_path: Path) -> None:
    folder = started(tmp_path / "一轮", "101004")
    run("round", "next", folder, "-j", "1")
    first = next((folder / "第1轮" / "退回").glob("101004_*_退回1.xlsx"))
    note = folder / "第1轮" / "退回" / "备忘.txt"
    note.write_text("打过电话", encoding="utf-8")
    (folder / "收件" / first.name).write_bytes(first.read_bytes())
    run("round", "next", folder, "-j", "1")
    assert [p.name for p in (folder / "第2轮" / "退回").glob("*.xlsx")] == [first.name.replace("退回1", "退回2")]
    assert list(first.parent.iterdir()) == [note]
    assert (folder / "第1轮" / "已办结" / first.name).is_file()


def test_the_settings_speak_in_the_notices(tmp_path: Path) -> None:
    folder = started(tmp_path / "一轮", "101004")
    fill_in(folder, {DEADLINE: "请于 4 月 30 日前报送", CONTACT: "绩效股 12345", DAY: "2024-04-15"})
    fill_in(folder, {"编制单位": "示例区财政局"})
    run("round", "next", folder, "-j", "1")
    names = ["下发/填报通知.txt", "未报送_通知.txt", f"第1轮/退回/{sample('101004').stem}_通知.txt"]
    for name in names:
        text = (folder / name).read_text(encoding="utf-8-sig")
        assert "请于 4 月 30 日前报送" in text and "绩效股 12345" in text
        assert text.rstrip().splitlines()[-2:] == ["示例区财政局", "2024 年 4 月 15 日"]
    (copy,) = (folder / "第1轮" / "退回").glob("*.xlsx")
    assert "请于 4 月 30 日前报送" in str(openpyxl.load_workbook(copy).worksheets[0]["A2"].value)


def test_last_year_is_brought_in_where_it_is_asked_for(tmp_path: Path) -> None:
    folder, before = started(tmp_path / "一轮"), tmp_path / "上年"
    code, name = sample("101002").stem.split("_", 1)
    before.mkdir()
    last = laid_over(form(FORM), clean(FORM), {"年度": 2022, "部门编码": code, "部门名称": name})
    (before / "甲.xlsx").write_bytes(built(FORM, last))
    fill_in(folder, {CARRIED: WITH_LAST_YEAR})
    with pytest.raises(UsageError, match=PREVIOUS):
        read_settings(folder / homes.SETTINGS, [FORM])
    fill_in(folder, {PREVIOUS: str(before)})
    assert run("round", "next", folder) == 0
    sent = {p.name[:6]: load_bytes(p.read_bytes(), p.name, room()) for p in (folder / homes.ISSUED).glob("*.xlsx")}
    assert sent[code].values()["上年_收入总计"] == clean(FORM)["收入总计"]
    assert sent[code].last_years_texts and not sent["101003"].last_years_texts


def test_rules_that_the_bureau_changed_hold_in_the_whole_round(tmp_path: Path) -> None:
    folder = started(tmp_path / "一轮", "101004")
    (folder / "调整.toml").write_text(
        '[[rule]]\ncode = "BA103"\nlevel = "停用"\nreason = "系统升级"\nname = "经办人甲"\n', encoding="utf-8"
    )
    fill_in(folder, {"规则调整": "调整.toml"})
    assert run("round", "next", folder, "-j", "1") == 0
    assert not (folder / "第1轮").exists()
    assert "计入 1 / 应报 3" in everything_in(folder / "汇总.xlsx")


def test_settings_are_refused_with_everything_that_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = started(tmp_path / "一轮")
    fill_in(folder, {DAY: "四月中", "计入汇总": "全部", "密码文件": "没有.txt", "表格": ""})
    assert run("round", "next", folder) == 2
    said = capsys.readouterr().err
    assert "有 4 处错误" in said and "四月中" in said and "只计通过的" in said and "没有.txt" in said
    assert not list((folder / "下发").iterdir())


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["new"], "新一轮的文件夹"),
        (["new", "一轮"], "--form"),
        (["next", "."], "不是一轮的文件夹"),
        (["new", "一轮", "--form", FORM, "--roster", "没有.xlsx"], "没有这个名册文件"),
    ],
)
def test_what_cannot_be_done_makes_nothing(
    arguments: list[str], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("round", *arguments) == 2
    assert says in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_round_is_not_started_twice_and_a_roster_that_is_there_is_used(tmp_path: Path) -> None:
    folder = tmp_path / "一轮"
    folder.mkdir()
    (folder / "名册.xlsx").write_bytes(ROSTER.read_bytes())
    assert run("round", "new", folder, "--form", FORM) == 0
    assert (folder / "名册.xlsx").read_bytes() == ROSTER.read_bytes()
    assert run("round", "new", folder, "--form", FORM) == 2


def test_what_goes_to_departments_names_no_folder_roster_or_option_of_ours(tmp_path: Path) -> None:
    folder = started(tmp_path / "一轮", "101004")
    run("round", "next", folder, "-j", "1")
    sent = sorted((folder / "第1轮" / "退回").iterdir())
    assert {p.suffix for p in sent} == {".xlsx", ".txt"}
    for path in [*sent, *sorted((folder / "下发").iterdir())]:
        text = path.read_text(encoding="utf-8-sig") if path.suffix == ".txt" else everything_in(path)
        assert not OURS.search(text), (path.name, OURS.search(text))
