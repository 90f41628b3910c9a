"""Where no output may stand: on what departments send, forced or not; in an inbox; in the place of a link."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest

from tests.support.forms import built, clean, form, room
from tests.support.samples import ROSTER, sample
from tests.support.sent import edited, encrypted, ole2
from xltools.cli import main
from xltools.intake.files.discover import discover
from xltools.jobs.returns import named
from xltools.jobs.round import home as homes
from xltools.review.context import RunContext, RunOptions
from xltools.review.run import run as reviewed
from xltools.sampling.base import laid_over

FORM = "guangdong-2023"
LINKS = pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")


def run(*arguments: str | Path) -> int:
    """Run a command in this process."""
    return int(main([str(a) for a in arguments], standalone_mode=False))


def tree(folder: Path) -> dict[str, bytes | str]:
    """Every file and link below a folder."""
    return {
        str(p.relative_to(folder)): str(p.readlink()) if p.is_symlink() else p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_symlink() or p.is_file()
    }


def refused(capsys: pytest.CaptureFixture[str], *arguments: str | Path, also: str = "") -> str:
    """Run a command that must refuse in one line; return the line."""
    capsys.readouterr()
    assert run(*arguments) == 2, arguments
    said = capsys.readouterr()
    assert said.out == "" and said.err.count("\n") == 1 and "Traceback" not in said.err and also in said.err, said.err
    return said.err


@pytest.fixture(scope="module")
def book() -> bytes:
    return sample("101002").read_bytes()


def stranger(**values: object) -> bytes:
    """Return a workbook of no form."""
    made, stream = openpyxl.Workbook(), io.BytesIO()
    for name, value in values.items():
        made.active.append([name, value])
    made.save(stream)
    return stream.getvalue()


def ods() -> bytes:
    """Return what is an OpenDocument spreadsheet by its directory."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", "<office:document-content/>")
    return stream.getvalue()


def docx() -> bytes:
    """Return a narrative."""
    from docx import Document

    document, stream = Document(), io.BytesIO()
    document.add_paragraph("部门整体支出绩效自评报告")
    document.save(stream)
    return stream.getvalue()


def zipped(data: bytes, name: str = "自评表.xlsx") -> bytes:
    """Return a zip with one file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr(name, data)
    return stream.getvalue()


THEIRS: Mapping[str, Callable[[bytes], bytes]] = {
    "filled": lambda book: book,
    "filled and saved elsewhere": lambda book: edited("docProps/app.xml", lambda c: c + b" ", book),
    "cut short": lambda book: book[: len(book) // 2],
    "cut at its end": lambda book: book[:-30],
    "a sheet is broken": lambda book: edited("xl/worksheets/sheet2.xml", lambda c: c[:-200], book),
    "without its meta sheet": lambda book: edited("xl/workbook.xml", lambda c: c.replace(b"_meta", b"_gone"), book),
    "locked": lambda book: encrypted(book, "不告诉你"),
    "xls": lambda _: ole2("Workbook"),
    "an old file cut short": lambda _: ole2()[:700],
    "ods": lambda _: ods(),
    "xlsb": lambda _: zipped(b"x", "xl/workbook.bin"),
    "zip": zipped,
    "zip cut short": lambda book: zipped(book)[:-40],
    "rar": lambda _: b"Rar!\x1a\x07\x01\x00" + b"\1" * 300,
    "7z": lambda _: b"7z\xbc\xaf\x27\x1c" + b"\1" * 300,
    "docx": lambda _: docx(),
    "doc": lambda _: ole2("WordDocument"),
    "wps": lambda _: ole2("WpsCustomData"),
    "pdf": lambda _: b"%PDF-1.4\n1 0 obj",
    "a scan": lambda _: b"\xff\xd8\xff\xe0 picture",
    "a web page": lambda _: "<html><table><tr><td>自评</td></tr></table></html>".encode(),
    "of no kind": lambda _: bytes(range(256)) * 9,
}


@pytest.mark.parametrize("case", THEIRS)
def test_what_a_department_may_have_sent_is_never_replaced(
    case: str, book: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("结果.json", "结果.xlsx"):
        (tmp_path / name).write_bytes(THEIRS[case](book))
    before = tree(tmp_path)
    for command in (
        ["check", sample("101008"), "-o", tmp_path / "结果.json"],
        ["template", FORM, "-o", tmp_path / "结果.xlsx"],
    ):
        refused(capsys, *command, "-q", "--force", also="--force 也不会")
    assert tree(tmp_path) == before


@LINKS
def test_nor_what_cannot_be_opened(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    at = tmp_path / "管.json"
    os.mkfifo(at)
    refused(capsys, "check", sample("101008"), "-o", at, "-q", "--force")
    assert at.is_fifo()


OTHERS: Mapping[str, Callable[[], bytes]] = {
    "记录.txt": lambda: "# 会议记录\n一、二。\n".encode(),
    "数.json": lambda: b'{"mine": 1}',
    "表.json": lambda: "甲,乙\n1,2\n3,4\n".encode("gbk"),
    "台账.xlsx": lambda: stranger(经费=3),
    "文字.xlsx": lambda: b"mine",
    "空.xlsx": lambda: b"",
}


@pytest.mark.parametrize("name", OTHERS)
def test_what_nobody_sends_is_replaced_by_force(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    at = tmp_path / name
    at.write_bytes(kept := OTHERS[name]())
    command = ["template", FORM, "-o", at] if at.suffix == ".xlsx" else ["check", sample("101002"), "-o", at]
    refused(capsys, *command, "-q", also="加 --force")
    assert at.read_bytes() == kept
    assert run(*command, "-q", "--force") == 0
    assert at.read_bytes() != kept


@LINKS
@pytest.mark.parametrize("to", ["nowhere", "ours", "a text", "filled"])
def test_a_link_is_neither_followed_nor_replaced(
    to: str, book: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place, end = tmp_path / "出" / "表.xlsx", tmp_path / "别处.xlsx"
    place.parent.mkdir()
    if to == "ours":
        assert run("template", FORM, "-o", end, "-q") == 0
    elif to != "nowhere":
        end.write_bytes(b"mine" if to == "a text" else book)
    place.symlink_to(end)
    before = tree(tmp_path)
    refused(capsys, "template", FORM, "-o", place, "-q")
    assert tree(tmp_path) == before
    if to == "filled":
        refused(capsys, "template", FORM, "-o", place, "-q", "--force")
        assert tree(tmp_path) == before
    else:
        assert run("template", FORM, "-o", place, "-q", "--force") == 0
        assert not place.is_symlink() and place.read_bytes()[:2] == b"PK"
        assert {k: v for k, v in tree(tmp_path).items() if "出" not in k} == {
            k: v for k, v in before.items() if "出" not in k
        }


# ── folders ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def started(folder: Path) -> Path:
    """Start a round with one department's workbook in its inbox."""
    assert run("round", "new", folder, "--form", FORM, "--roster", ROSTER) == 0
    inbox = folder / homes.INBOX
    (inbox / sample("101008").name).write_bytes(sample("101008").read_bytes())
    return inbox


Command = Callable[[Path, Path], list[str | Path]]
INTO: Mapping[str, Command] = {
    "template": lambda _, box: ["template", FORM, "-o", box / "表.xlsx"],
    "template into the folder": lambda _, box: ["template", FORM, "-o", box],
    "template roster": lambda _, box: ["template", FORM, "--roster", ROSTER, "-o", box / "下发"],
    "template previous": lambda at, box: ["template", FORM, "--previous", at, "-o", box],
    "roster": lambda _, box: ["template", "--roster-template", "-o", box],
    "demo": lambda _, box: ["demo", box],
    "demo below": lambda _, box: ["demo", box / "试"],
    "summary": lambda at, box: ["summary", at, "-o", box / "汇总.xlsx"],
    "summary leader": lambda at, box: ["summary", at, "-o", at.parent / "汇总.xlsx", "--leader", box / "汇总.xlsx"],
    "summary csv": lambda at, box: ["summary", at, "--format", "csv", "-o", box],
    "narrative": lambda at, box: ["narrative", at, "--draft", "-o", box],
    "narrative file": lambda at, box: ["narrative", at, "--draft", "-o", box / "报告.docx"],
    "check": lambda at, box: ["check", at, "-o", box / "结果.json"],
    "check the inbox": lambda _, box: ["check", box, "-o", box / "结果.xlsx"],
    "return": lambda at, box: ["check", at, "--return", box / "退回"],
    "copy": lambda _, box: ["forms", "copy", FORM, box],
    "export": lambda _, box: ["forms", "export", FORM, "-o", box / "定义.xlsx"],
    "diff": lambda _, box: ["forms", "diff", FORM, "dazhou-2023", "-o", box / "变动.xlsx"],
    "another round": lambda _, box: ["round", "new", box / "又一轮", "--form", FORM],
}


@pytest.fixture(scope="module")
def a_round(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rounds") / "一轮"
    started(folder)
    return folder


@pytest.mark.parametrize("command", INTO)
def test_nothing_is_written_into_a_rounds_inbox(
    command: str, a_round: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = a_round.parent / "别处" / "自评表.xlsx"
    at.parent.mkdir(exist_ok=True)
    at.write_bytes(sample("101004").read_bytes())
    before = tree(a_round.parent)
    places = [a_round / homes.INBOX]
    if os.name != "nt":
        places.append(a_round.parent / "链")
        if not places[1].is_symlink():
            places[1].symlink_to(places[0], target_is_directory=True)
        before = tree(a_round.parent)
    for box in places:
        refused(capsys, *INTO[command](at, box), also="收件夹")
    assert tree(a_round.parent) == before


@pytest.mark.parametrize("given", ["its folder", "another name of it", "an archive's"])
def test_return_copies_never_lie_beside_the_files_that_were_given(
    given: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sent = tmp_path / "收到" / ("自评表.zip" if given == "an archive's" else "自评表.xlsx")
    sent.parent.mkdir()
    data = sample("101008").read_bytes()
    sent.write_bytes(zipped(data) if sent.suffix == ".zip" else data)
    back = tmp_path / "收到" / ".." / "收到" if given == "another name of it" else sent.parent
    before = tree(tmp_path)
    refused(capsys, "check", sent, "--return", back, "-q", "--force")
    assert tree(tmp_path) == before
    assert run("check", sent, "--return", sent.parent / "退回", "-q") == 1


@LINKS
@pytest.mark.parametrize("name", ["第1轮", "第1轮/退回", "第1轮/已办结", "下发", "存档", "收件"])
def test_a_rounds_own_folder_that_leads_into_its_inbox_stops_it(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "一轮"
    inbox = started(folder)
    at = folder / name
    at.parent.mkdir(exist_ok=True)
    if name == "收件":
        inbox.rename(folder / "原收件")
        at.symlink_to(folder, target_is_directory=True)
    else:
        if at.is_dir():
            at.rmdir()
        at.symlink_to(inbox, target_is_directory=True)
    before = tree(folder)
    refused(capsys, "round", "next", folder, also="收件夹")
    assert tree(folder) == before


@LINKS
@pytest.mark.parametrize("name", [homes.FINDINGS, homes.SUMMARY, homes.LEADER, homes.BRIEF, f"下发/{homes.LEAFLET}"])
def test_a_rounds_output_that_is_a_link_stops_it(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "一轮"
    started(folder)
    (folder / name).symlink_to(tmp_path / "别处.xlsx")
    before = tree(tmp_path)
    refused(capsys, "round", "next", folder, also="链接")
    assert tree(tmp_path) == before


@LINKS
def test_a_new_round_writes_through_no_link(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "一轮"
    folder.mkdir()
    for name in ("名册.xlsx", homes.SETTINGS):
        (folder / name).symlink_to(tmp_path / "别处.xlsx")
        before = tree(tmp_path)
        refused(capsys, "round", "new", folder, "--form", FORM, "--roster", ROSTER, also="链接")
        assert tree(tmp_path) == before
        (folder / name).unlink()


# ── names of what goes back ───────────────────────────────────────────────────────────────────────────────────────────


def test_names_of_return_copies_are_the_same_whoever_else_sent(tmp_path: Path) -> None:
    """Look-alikes without a code, on the disk and in archives: each keeps its name when others come and go."""

    def filled(total: float, name: str, code: str = "") -> bytes:
        values = {"收入总计": total, "部门编码": code, "部门名称": name}
        return built(FORM, laid_over(form(FORM), clean(FORM), values))

    inbox = tmp_path / "收件"
    (inbox / "甲").mkdir(parents=True)
    (inbox / "乙").mkdir()
    files = {
        inbox / "王\ue001局.xlsx": filled(1301.0, "王\ue001局"),
        inbox / "王\ue002局.xlsx": filled(1302.0, "王\ue002局"),
        inbox / "甲" / "自评表.xlsx": filled(1303.0, ""),
        inbox / "乙" / "自评表.xlsx": filled(1304.0, ""),
        inbox / "李局.xlsx": filled(1305.0, "李\ue003局", "301"),
        inbox / "包.zip": b"",
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for number in (1, 2):
            package.writestr(f"a{chr(number)}.xlsx", filled(1310.0 + number, ""))
    files[inbox / "包.zip"] = stream.getvalue()
    for path, data in files.items():
        path.write_bytes(data)

    def names() -> dict[str, str]:
        """What goes back, by its digest."""
        files, aside = discover([inbox])
        context = RunContext(room(), files, aside, options=RunOptions(narratives=False))
        found = named(context, reviewed(context))
        assert all(said == copy.replace("_退回1.xlsx", "_通知.txt") for _, copy, said in found)
        return {checked.sha256: copy for checked, copy, _ in found}

    first = names()
    assert len(set(first.values())) == len(first) == 7
    (inbox / "王\ue001局.xlsx").unlink()
    (inbox / "乙" / "自评表.xlsx").unlink()
    (inbox / "王局.xlsx").write_bytes(filled(1320.0, "王局"))
    (inbox / "0.xlsx").write_bytes(filled(1321.0, "王\ue004局"))
    second = names()
    assert {k: v for k, v in first.items() if k in second} == {k: v for k, v in second.items() if k in first}
    assert len(second) == len(set(second.values())) == 7
