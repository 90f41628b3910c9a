"""No output ever stands on a file that was sent or filled in; ours are replaced, others with --force alone."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.support.samples import ROSTER, SENT, sample
from tests.support.sent import encrypted
from xltools.cli import main
from xltools.writing.seal import seal_of

FORM = "guangdong-2023"
NAME = "sent.xlsx"


def run(*arguments: str | Path) -> int:
    """Run a command in this process."""
    return int(main([str(a) for a in arguments], standalone_mode=False))


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "收件"
    folder.mkdir()
    (folder / NAME).write_bytes(sample("101008").read_bytes())
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


Command = Callable[[Path, Path], list[str | Path]]
COMMANDS: dict[str, Command] = {
    "check -o": lambda box, at: ["check", box, "-o", at],
    "check json": lambda box, at: ["check", box, "--format", "json", "-o", at],
    "check xlsx": lambda box, at: ["check", box, "--format", "xlsx", "-o", at],
    "check a file": lambda box, at: ["check", box / NAME, "-o", at],
    "check the roster": lambda box, at: ["check", sample("101002"), "--roster", box / NAME, "-o", at],
    "check the year before": lambda box, at: ["check", sample("101002"), "--previous", box, "-o", at],
    "summary": lambda box, at: ["summary", box, "-o", at],
    "summary json": lambda box, at: ["summary", box, "--format", "json", "-o", at],
    "summary leader": lambda box, at: ["summary", box, "-o", box.parent / "s.xlsx", "--leader", at],
    "summary brief": lambda box, at: ["summary", box, "-o", box.parent / "s.xlsx", "--brief", at],
    "template": lambda box, at: ["template", FORM, "-o", at],
    "template previous": lambda box, at: ["template", FORM, "--previous", box, "-o", at],
    "narrative": lambda box, at: ["narrative", box / NAME, "--draft", "-o", at],
    "forms export": lambda box, at: ["forms", "export", "project-2023", "-o", at],
    "forms diff": lambda box, at: ["forms", "diff", "project-2023", "dazhou-2023", "-o", at],
}


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_sent_file_is_never_changed(
    command: str, force: bool, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(inbox.parent)
    more = ["--force"] if force else []
    assert run(*COMMANDS[command](inbox, inbox / NAME), "-q", *more) == 2
    assert contents(inbox.parent) == before
    said = capsys.readouterr().err.strip()
    assert said and "\n" not in said and "Traceback" not in said


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
@pytest.mark.parametrize("way", ["symlink", "hard link", "folder", "dots"])
@pytest.mark.parametrize("command", ["check xlsx", "check a file", "summary"])
def test_nor_under_another_name(command: str, way: str, inbox: Path) -> None:
    at = inbox.parent / "另一个.xlsx"
    if way == "symlink":
        at.symlink_to(inbox / NAME)
    elif way == "hard link":
        at.hardlink_to(inbox / NAME)
    elif way == "folder":
        (inbox.parent / "别处").symlink_to(inbox, target_is_directory=True)
        at = inbox.parent / "别处" / NAME
    else:
        at = inbox / ".." / inbox.name / NAME
    before = contents(inbox.parent)
    assert run(*COMMANDS[command](inbox, at), "-q", "--force") == 2
    assert contents(inbox.parent) == before


def test_a_filled_workbook_elsewhere_is_never_replaced_and_another_file_with_force_alone(
    tmp_path: Path, inbox: Path
) -> None:
    filled, other = tmp_path / "填过.xlsx", tmp_path / "别的.xlsx"
    filled.write_bytes(sample("101002").read_bytes())
    other.write_bytes(b"mine")
    before = contents(tmp_path)
    for command in ("check xlsx", "check -o", "summary", "template"):
        for at, force in ((filled, []), (filled, ["--force"]), (other, [])):
            assert run(*COMMANDS[command](inbox, at), "-q", *force) == 2, (command, at)
        assert contents(tmp_path) == before
    assert run("check", inbox, "-o", other, "--force", "-q") == 1
    assert other.read_bytes() != b"mine"


def test_a_workbook_with_a_password_is_somebodys(tmp_path: Path, inbox: Path) -> None:
    locked = tmp_path / "加密.xlsx"
    locked.write_bytes(encrypted(sample("101002").read_bytes(), "甲乙123"))
    before = contents(tmp_path)
    assert run("check", inbox, "-o", locked, "-q", "--force") == 2
    assert contents(tmp_path) == before


def test_prefilled_workbooks_are_written_again_and_filled_ones_are_not(tmp_path: Path) -> None:
    folder = tmp_path / "下发"
    arguments = ["template", FORM, "--roster", ROSTER, "-o", folder, "-q"]
    assert run(*arguments) == run(*arguments) == 0
    at = sorted(folder.iterdir())[3]
    at.write_bytes(sample("101004").read_bytes())
    before = contents(folder)
    assert run(*arguments) == run(*arguments, "--force") == 2
    assert contents(folder) == before


def test_one_that_was_made_with_values_is_a_filled_one(tmp_path: Path) -> None:
    values = SENT.parent / "values"
    first, second = sorted(values.glob("*.json"))[:2]
    at = tmp_path / "a.xlsx"
    assert run("template", FORM, "--values", first, "-o", at, "-q") == 0
    assert run("template", FORM, "--values", second, "-o", at, "-q") == 0, "unchanged, and of its own kind"
    kept = at.read_bytes()
    assert run("template", FORM, "-o", at, "-q", "--force") == 2
    assert at.read_bytes() == kept


def test_return_copies_are_written_again_until_somebody_works_in_them(tmp_path: Path, inbox: Path) -> None:
    back = tmp_path / "退回"
    arguments = ["check", inbox, "--return", back, "-q"]
    assert run(*arguments) == run(*arguments) == 1
    (copy,) = back.glob("*.xlsx")
    assert seal_of(copy) == "return"
    book = openpyxl.load_workbook(copy)
    book["自评评分表"]["G9"] = 1
    book.save(copy)
    before = contents(back)
    assert run(*arguments) == run(*arguments, "--force") == 2
    assert contents(back) == before


@pytest.mark.parametrize("command", ["check -o", "check json", "check xlsx", "summary", "summary json", "narrative"])
def test_our_own_are_replaced(command: str, tmp_path: Path, inbox: Path) -> None:
    endings = {"narrative": ".docx", "check -o": ".txt", "check json": ".json", "summary json": ".json"}
    at = tmp_path / f"r{endings.get(command, '.xlsx')}"
    code = run(*COMMANDS[command](inbox, at), "-q")
    assert code < 2 and at.is_file()
    assert run(*COMMANDS[command](inbox, at), "-q") == code


def test_tables_as_csv_are_replaced_and_others_are_not(tmp_path: Path, inbox: Path) -> None:
    arguments = ["summary", inbox, "--format", "csv", "-o", tmp_path / "表", "-q"]
    assert run(*arguments) == run(*arguments) < 2
    at = sorted((tmp_path / "表").iterdir())[0]
    at.write_bytes(b"mine")
    before = contents(tmp_path)
    assert run(*arguments) == 2
    assert contents(tmp_path) == before


def test_what_somebody_wrote_into_a_narrative_is_not_lost(tmp_path: Path, inbox: Path) -> None:
    from docx import Document

    at = tmp_path / "报告.docx"
    assert run("narrative", inbox / NAME, "--draft", "-o", at, "-q") == 0
    document = Document(str(at))
    document.add_paragraph("补充的一段")
    document.save(str(at))
    kept = at.read_bytes()
    assert run("narrative", inbox / NAME, "--draft", "-o", at, "-q") == 2
    assert at.read_bytes() == kept
    assert run("narrative", inbox / NAME, "--draft", "-o", at, "-q", "--force") == 2, "it may be what they sent"
    assert at.read_bytes() == kept


def test_what_the_coordinator_added_to_the_findings_stands_beside_the_new_ones(tmp_path: Path, inbox: Path) -> None:
    out = tmp_path / "结果"
    out.mkdir()
    at = out / "审核结果.xlsx"
    again = ("check", inbox, "-o", at, "-q")
    assert run(*again) < 2
    book = openpyxl.load_workbook(at)
    book.create_sheet("备忘")["A1"] = "星期三再打电话"
    book.save(at)
    typed = at.read_bytes()
    assert run(*again) == run(*again) < 2
    assert {path.name for path in out.iterdir()} == {"审核结果.xlsx", "审核结果_改前1.xlsx"}
    assert (out / "审核结果_改前1.xlsx").read_bytes() == typed and at.read_bytes() != typed


def test_places_that_take_no_output(tmp_path: Path, inbox: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "文件夹"
    folder.mkdir()
    before = contents(tmp_path)
    for at in (folder, inbox / NAME / "x.xlsx", *([Path("/dev/null")] if os.name != "nt" else [])):
        assert run("check", inbox, "-o", at, "-q", "--force") == 2
        assert capsys.readouterr().err.count("\n") == 1
    out = tmp_path / "s.xlsx"
    assert run("summary", inbox, "-o", out, "--leader", tmp_path / "." / "s.xlsx", "-q") == 2
    assert contents(tmp_path) == before


def test_demo_and_copies_of_forms_leave_what_is_there(tmp_path: Path) -> None:
    target = tmp_path / "3_报送件"
    target.mkdir()
    kept = target / sample("101008").name
    kept.write_bytes(sample("101002").read_bytes())
    assert run("demo", tmp_path, "-q") == 2
    assert kept.read_bytes() == sample("101002").read_bytes()
    assert run("forms", "copy", FORM, tmp_path / "定义") == 0
    before = contents(tmp_path / "定义")
    assert run("forms", "copy", FORM, tmp_path / "定义") == 2
    assert contents(tmp_path / "定义") == before


@pytest.mark.parametrize("inside", ["", "里面", "../收件/里面"])
def test_return_copies_never_lie_in_the_inbox(inside: str, inbox: Path) -> None:
    before = contents(inbox)
    assert run("check", inbox, "--return", inbox / inside, "-q", "--force") == 2
    assert contents(inbox) == before


MINGLING: dict[str, Command] = {
    "check": lambda box, _: ["check", box, "-o", box / "a.xlsx"],
    "check text": lambda box, _: ["check", box, "--format", "text", "-o", box / "里面" / "a.txt"],
    "summary": lambda box, _: ["summary", box, "-o", box / "a.xlsx"],
    "summary brief": lambda box, at: ["summary", box, "-o", at / "s.xlsx", "--brief", box / "a.docx"],
    "summary csv": lambda box, _: ["summary", box, "--format", "csv", "-o", box],
    "template previous": lambda box, _: ["template", FORM, "--previous", box, "-o", box / "里面"],
    "template roster": lambda box, _: ["template", FORM, "--roster", ROSTER, "-o", box],
    "template sample": lambda box, _: ["template", FORM, "--sample", "2", "-o", box],
    "narrative": lambda box, _: ["narrative", box / NAME, "--draft", "-o", box],
    "forms copy": lambda box, _: ["forms", "copy", FORM, box],
    "forms new": lambda box, at: ["forms", "new", at / "附件3.docx", "-o", box],
}


@pytest.mark.parametrize("command", MINGLING)
def test_nothing_new_mingles_with_what_was_sent(
    command: str, tmp_path: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "附件3.docx").write_bytes(b"")
    before = contents(tmp_path)
    assert run(*MINGLING[command](inbox, tmp_path), "-q") == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and ("要读的文件夹" in said or "填报过的工作簿" in said) and "--force" in said
    assert contents(tmp_path) == before


def test_what_does_not_mingle_may_stand_beside(tmp_path: Path, inbox: Path) -> None:
    assert run("check", inbox, "--format", "json", "-o", inbox / "a.json", "-q") in (0, 1)
    assert run("check", inbox / NAME, "-o", inbox / "a.xlsx", "-q") in (0, 1)
    assert run("forms", "copy", FORM, inbox, "--force", "-q") == 0
    assert run("template", FORM, "--forms", inbox / FORM, "-o", inbox / FORM / "a.xlsx", "-q") == 0
