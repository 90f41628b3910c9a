"""What departments send: workbooks of the forms on hand, packed, renamed, encrypted and broken in memory."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from tests.support.forms import built, room
from xltools.findings.report import Report
from xltools.intake.files.discover import discover
from xltools.intake.files.input_file import InputFile, SetAside
from xltools.review.context import RunContext, RunOptions
from xltools.review.run import run

FORM = "guangdong-2023"
OLE2 = bytes.fromhex("D0CF11E0A1B11AE1")
"""How a compound file begins."""


@cache
def workbook() -> bytes:
    """Return the clean filling of the first form."""
    return built(FORM)


def parts_of(data: bytes) -> dict[str, bytes]:
    """Return a package's parts by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return a package of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name)
            info.filename = name  # ZipInfo would mend what is odd about it
            info.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(info, content)
    return stream.getvalue()


def edited(name: str, change: Callable[[bytes], bytes], data: bytes | None = None) -> bytes:
    """Return a workbook with one part changed."""
    parts = parts_of(workbook() if data is None else data)
    parts[name] = change(parts[name])
    return packed(parts)


def encrypted(data: bytes, password: str) -> bytes:
    """Return a workbook with a password to open."""
    from msoffcrypto.format.ooxml import OOXMLFile

    target = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt(password, target)
    return target.getvalue()


def gbk_zip(parts: Mapping[str, bytes]) -> bytes:
    """Return a zip as Chinese Windows writes it: names in GBK, the UTF-8 flag unset."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(_GbkInfo(name), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


class _GbkInfo(zipfile.ZipInfo):
    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def found_in(*paths: Path) -> tuple[list[InputFile], list[SetAside]]:
    """Return what `discover` finds."""
    return discover(paths)


def report_of(*paths: Path, jobs: int = 1, passwords: tuple[str, ...] = ()) -> Report:
    """Return the report of a check of these paths, in this process unless told otherwise."""
    files, aside = discover(paths, passwords)
    options = RunOptions(jobs=jobs, narratives=False)
    return run(RunContext(room(), files, aside, passwords=passwords, options=options))


def codes_by_file(report: Report) -> dict[str, list[str]]:
    """Return the codes of each file's findings, the file by the end of its name."""
    return {s.file.replace("\\", "/").rpartition("/")[2]: [f.code for f in s.findings] for s in report.submissions}


def ole2(*streams: str) -> bytes:
    """Return a compound file as far as its directory goes."""
    data = bytearray(OLE2.ljust(512, b"\0"))
    for name in ("Root Entry", *streams):
        entry = bytearray(128)
        text = name.encode("utf-16-le") + b"\0\0"
        entry[: len(text)] = text
        entry[64:66] = len(text).to_bytes(2, "little")
        entry[66] = 5 if name == "Root Entry" else 2
        data += entry
    return bytes(data)
