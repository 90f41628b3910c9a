"""Archives that were sent: what is in them is checked under its own name, and nothing in them can harm."""

# mypy: disable-error-code="import-untyped"

from __future__ import annotations

import gzip
import io
import os
import stat
import sys
import tarfile
import zipfile
import zlib
from pathlib import Path

import pytest

from tests.support.forms import said
from tests.support.sent import codes_by_file, found_in, gbk_zip, packed, report_of, workbook
from xltools.errors import UnreadableFile
from xltools.intake.files.archives.rar import listed_names, rar_program
from xltools.intake.files.archives.unpack import unpack
from xltools.intake.files.bounds import ArchiveLimits, WorkLimits
from xltools.temporary import spool


def names_of(path: Path) -> dict[str, str]:
    """Name within the archive → problem, of what is to be checked."""
    found, _ = found_in(path)
    return {item.shown.replace("\\", "/").partition(path.name)[2]: item.problem for item in found}


def save(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def zip_with(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as package:
        for name, content in members:
            info = zipfile.ZipInfo(name)
            info.filename = name
            info.compress_type = method
            package.writestr(info, content)
    return stream.getvalue()


def tar_with(*members: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return stream.getvalue()


def seven_with(*members: tuple[str, bytes]) -> bytes:
    import py7zr

    stream = io.BytesIO()
    with py7zr.SevenZipFile(stream, "w") as archive:
        for name, content in members:
            archive.writestr(content, name)
    return stream.getvalue()


def test_members_are_checked_under_their_names(tmp_path: Path) -> None:
    inner = zip_with(("第二批/丙.xlsx", workbook()))
    path = save(
        tmp_path / "报送.zip",
        zip_with(
            ("甲/自评表.xlsx", workbook()),
            ("甲/~$自评表.xlsx", b"x"),
            ("__MACOSX/甲/._自评表.xlsx", b"x"),
            ("甲/空.txt", b""),
            ("甲/报告.pdf", b"%PDF-1.4"),
            ("乙.zip", inner),
        ),
    )
    found, aside = found_in(path)
    assert names_of(path) == {"/乙.zip/第二批/丙.xlsx": "", "/甲/自评表.xlsx": ""}
    assert {item.shown.rpartition("/")[2]: item.reason for item in aside} == {
        "~$自评表.xlsx": "lock",
        "._自评表.xlsx": "system",
        "空.txt": "empty",
        "报告.pdf": "narrative",
    }
    assert all(item.path.read_bytes() == workbook() for item in found)
    assert all(item.path.name.endswith(".bin") for item in found)  # never under the name that was sent
    assert {s.status for s in report_of(path).submissions} & {"passed", "confirm"}


def test_the_body_of_a_mail_is_no_narrative(tmp_path: Path) -> None:
    letter = "您好！现将我局部门整体支出绩效自评报告和评分表报上，请查收。\n水务局 张三".encode()
    texts = {
        "正文.txt": (letter, "other"),
        "自评报告.txt": (letter, "narrative"),
        "附件2.txt": ("一、部门基本情况\n".encode("gb18030"), "narrative"),
        "长.txt": (letter * 20, "narrative"),
    }
    _, aside = found_in(save(tmp_path / "邮件.zip", zip_with(*((name, text) for name, (text, _) in texts.items()))))
    assert {item.shown.rpartition("/")[2]: item.reason for item in aside} == {n: r for n, (_, r) in texts.items()}


def test_names_in_gbk_with_the_byte_of_a_backslash(tmp_path: Path) -> None:
    name = "五一/珅乗.xlsx"
    assert b"\\" in "乗".encode("gbk")  # the reason for this test
    assert names_of(save(tmp_path / "中.zip", gbk_zip({name: workbook()}))) == {f"/{name}": ""}


def test_utf8_names_without_the_flag(tmp_path: Path) -> None:
    data = zip_with(("水务局.xlsx", workbook()))
    flagged = data.replace(b"PK\x03\x04\x14\x00\x00\x08", b"PK\x03\x04\x14\x00\x00\x00")
    flagged = flagged.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x08", b"PK\x01\x02\x14\x03\x14\x00\x00\x00")
    assert flagged != data
    assert names_of(save(tmp_path / "mac.zip", flagged)) == {"/水务局.xlsx": ""}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.7z", lambda: seven_with(("甲/自评表.xlsx", workbook()))),
        ("a.tar.gz", lambda: tar_with(("甲/自评表.xlsx", workbook()))),
        ("a.tgz", lambda: tar_with(("甲/自评表.xlsx", workbook()))),
    ],
)
def test_other_archives(name: str, data: object, tmp_path: Path) -> None:
    assert callable(data)
    assert names_of(save(tmp_path / name, data())) == {"/甲/自评表.xlsx": ""}


def test_a_single_compressed_workbook(tmp_path: Path) -> None:
    assert names_of(save(tmp_path / "自评表.xlsx.gz", gzip.compress(workbook()))) == {"/自评表.xlsx": ""}


def test_archives_in_archives_go_one_level_deep(tmp_path: Path) -> None:
    data = zip_with(("底.xlsx", workbook()))
    for level in ("一.zip", "二.zip", "三.zip"):
        data = zip_with((level, data))
    report = report_of(save(tmp_path / "套.zip", data))
    assert codes_by_file(report) == {"二.zip": ["IN014"]}


@pytest.mark.parametrize("name", ["../外.xlsx", "a/../../外.xlsx", "/外.xlsx", "C:/外.xlsx", "..\\外.xlsx"])
def test_a_path_that_leaves_the_archive(name: str, tmp_path: Path) -> None:
    home = tmp_path / "里"
    home.mkdir()
    report = report_of(save(home / "坏.zip", zip_with((name, workbook()))))
    assert [f.code for f in report.findings] == ["IN006"]
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["坏.zip", "里"]


def test_a_name_twice(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        data = zip_with(("自评表.xlsx", workbook()), ("自评表.xlsx", workbook() + b" "))
    report = report_of(save(tmp_path / "重.zip", data))
    assert "IN006" in [f.code for f in report.findings] and len(report.submissions) == 2


def test_damage_is_said_of_the_member(tmp_path: Path) -> None:
    good = zip_with(("甲.xlsx", workbook()), method=zipfile.ZIP_STORED)
    bad_crc = bytearray(good)
    bad_crc[5000] ^= 1
    assert names_of(save(tmp_path / "crc.zip", bytes(bad_crc))) == {"/甲.xlsx": "bad_crc"}
    for name, data in (("短.zip", good[:-3000]), ("断.7z", seven_with(("a.xlsx", workbook()))[:-40])):
        assert codes_by_file(report_of(save(tmp_path / name, data))) == {name: ["IN014"]}
    half = gzip.compress(workbook())[:-200]
    assert codes_by_file(report_of(save(tmp_path / "断.xlsx.gz", half))) == {"断.xlsx": ["IN001"]}


def test_bombs(tmp_path: Path) -> None:
    bomb = zip_with(("弹.xlsx", bytes(40 << 20)))
    assert names_of(save(tmp_path / "弹.zip", bomb)) == {"/弹.xlsx": "too_large"}
    nested = zip_with(*((f"{n}.zip", zip_with((f"{n}.xlsx", bytes(8 << 20)))) for n in range(5)))
    assert set(names_of(save(tmp_path / "套弹.zip", nested)).values()) == {"too_large"}
    gz = gzip.compress(bytes(40 << 20))
    assert set(names_of(save(tmp_path / "弹.xlsx.gz", gz)).values()) == {"too_large"}


def test_an_archive_has_bounds_of_its_own(tmp_path: Path) -> None:
    path = save(tmp_path / "多.zip", zip_with(*((f"{n}.txt", b"x") for n in range(30))))
    for limits in (ArchiveLimits(members=10), ArchiveLimits(archive_bytes=100), ArchiveLimits(unpacked_bytes=5)):
        with pytest.raises(UnreadableFile):
            unpack(path, "zip", tmp_path, (), limits, WorkLimits())


def test_links_in_archives_are_named(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("链.xlsx")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr(link, "/etc/passwd")
    found, aside = found_in(save(tmp_path / "链.zip", stream.getvalue()))
    assert found == [] and [item.reason for item in aside] == ["link"]


def test_encrypted_members(tmp_path: Path) -> None:
    data = _zip_crypto("甲.xlsx", workbook(), "密")
    path = save(tmp_path / "密.zip", data)
    assert codes_by_file(report_of(path)) == {"甲.xlsx": ["IN003"]}
    opened = report_of(path, passwords=("错", "密"))
    assert opened.submissions[0].form


def _zip_crypto(name: str, content: bytes, password: str) -> bytes:
    """A zip whose one member is encrypted the old way, stored."""
    keys = [0x12345678, 0x23456789, 0x34567890]

    def update(byte: int) -> None:
        keys[0] = _crc(keys[0], byte)
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = _crc(keys[2], keys[1] >> 24)

    for byte in password.encode():
        update(byte)
    crc = zlib.crc32(content)
    out = bytearray()
    for byte in bytes(11) + bytes([crc >> 24]) + content:
        mask = (keys[2] | 2) & 0xFFFF
        out.append(byte ^ ((mask * (mask ^ 1)) >> 8 & 0xFF))
        update(byte)
    plain = bytearray(zip_with((name, bytes(out)), method=zipfile.ZIP_STORED))
    for mark, flag, sum_at in ((b"PK\x03\x04", 6, 14), (b"PK\x01\x02", 8, 16)):
        at = plain.index(mark)
        plain[at + flag] |= 1
        plain[at + sum_at : at + sum_at + 4] = crc.to_bytes(4, "little")
        plain[at + sum_at + 8 : at + sum_at + 12] = len(content).to_bytes(4, "little")
    return bytes(plain)


def _crc(value: int, byte: int) -> int:
    return zlib.crc32(bytes([byte]), value ^ 0xFFFFFFFF) ^ 0xFFFFFFFF


def test_rar_without_a_program_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    if rar_program() is not None:
        pytest.skip("a program for .rar is installed where it is always looked for")
    report = report_of(save(tmp_path / "报送.rar", b"Rar!\x1a\x07\x01\x00"))
    assert [f.code for f in report.findings] == ["IN014"] and "7-Zip" in said(report.findings[0])


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script for a POSIX shell")
def test_rar_by_a_program_of_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in that answers as bsdtar does: the names of files, then one of them."""
    (tmp_path / "content").write_bytes(workbook())
    script = tmp_path / "bin" / "bsdtar"
    script.parent.mkdir()
    script.write_text(
        f'#!/bin/sh\nif [ "$1" = -tf ]; then printf "甲/\\n甲/自评表.xlsx\\n"; else cat {tmp_path}/content; fi\n',
        encoding="utf-8",
    )
    script.chmod(0o755)
    monkeypatch.setenv("PATH", os.pathsep.join([str(script.parent), "/usr/bin", "/bin"]))
    if (rar_program() or ("", ""))[0] != "tar":
        pytest.skip("another program for .rar comes first here")
    assert names_of(save(tmp_path / "报送.rar", b"Rar!\x1a\x07\x01\x00")) == {"/甲/自评表.xlsx": ""}


def test_7z_listing() -> None:
    text = "Path = 甲\nFolder = +\n\nPath = 甲\\自评表.xlsx\nFolder = -\nAttributes = A\n\n"
    assert listed_names("7z", text) == ["甲\\自评表.xlsx"]


def test_the_folder_of_members_goes_with_the_program(tmp_path: Path) -> None:
    found, _ = found_in(save(tmp_path / "a.zip", packed({"a.xlsx": workbook()})))
    assert spool() in found[0].path.parents
