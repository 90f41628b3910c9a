"""Says what a file is by what it holds, whatever its name ends in, without opening more than its directory."""

from __future__ import annotations

import contextlib
import io
import re
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import BinaryIO

from xltools.bilingual import Pair
from xltools.errors import UnreadableFile
from xltools.intake.files.regular import opened
from xltools.intake.files.zip_directory import ZipEntry, packed_start, unpacked, zip_entries

Kind = str
"""One of the words of KIND_WORDS."""

KIND_WORDS: dict[Kind, Pair] = {
    "xlsx": Pair("Excel 工作簿", "an Excel workbook"),
    "xls": Pair("Excel 97-2003 或 WPS（.xls、.et）工作簿", "an Excel 97-2003 or WPS workbook (.xls, .et)"),
    "xlsb": Pair("Excel 二进制工作簿（.xlsb）", "a binary Excel workbook (.xlsb)"),
    "ods": Pair("OpenDocument 表格（.ods）", "an OpenDocument spreadsheet (.ods)"),
    "encrypted": Pair("加密的 Office 文件", "an encrypted Office file"),
    "biff": Pair("Excel 4.0 或更早的表格", "a spreadsheet of Excel 4.0 or older"),
    "gnumeric": Pair("Gnumeric 表格（.gnumeric）", "a Gnumeric spreadsheet (.gnumeric)"),
    "fods": Pair("单一 XML 的 OpenDocument 表格（.fods）", "a flat OpenDocument spreadsheet (.fods)"),
    "xml_workbook": Pair("Excel 2003 XML 表格", "an Excel 2003 XML spreadsheet"),
    "html": Pair("网页（HTML），有的系统把它存成 .xls", "a web page (HTML), which some systems save as .xls"),
    "mht": Pair("单一网页文件（.mht）", "a web archive (.mht)"),
    "csv": Pair("文本表格（CSV）", "a text table (CSV)"),
    "numbers": Pair("苹果 Numbers 表格", "an Apple Numbers spreadsheet"),
    "docx": Pair("Word 文档（.docx）", "a Word document (.docx)"),
    "doc": Pair("旧格式的 Word 或 WPS 文档（.doc、.wps）", "an old Word or WPS document (.doc, .wps)"),
    "odt": Pair("OpenDocument 文本（.odt）", "an OpenDocument text (.odt)"),
    "rtf": Pair("RTF 文档", "an RTF document"),
    "pdf": Pair("PDF 文档", "a PDF document"),
    "ofd": Pair("OFD 版式文档", "an OFD document"),
    "text": Pair("文本文件", "a text file"),
    "pptx": Pair("演示文稿", "a presentation"),
    "ole2": Pair("旧格式的 Office 文件", "an old Office file"),
    "mail": Pair("邮件", "a mail"),
    "picture": Pair("图片", "a picture"),
    "zip": Pair("压缩包（.zip）", "an archive (.zip)"),
    "7z": Pair("压缩包（.7z）", "an archive (.7z)"),
    "rar": Pair("压缩包（.rar）", "an archive (.rar)"),
    "gz": Pair("压缩包（.gz）", "an archive (.gz)"),
    "bz2": Pair("压缩包（.bz2）", "an archive (.bz2)"),
    "xz": Pair("压缩包（.xz）", "an archive (.xz)"),
    "tar": Pair("归档文件（.tar）", "an archive (.tar)"),
    "program": Pair("程序文件", "a program"),
    "media": Pair("音像文件", "a recording"),
    "empty": Pair("空文件", "an empty file"),
    "unknown": Pair("认不出的文件", "a file of unknown kind"),
}

WORKBOOKS = frozenset({"xlsx", "xls", "xlsb", "ods", "encrypted"})
"""What we read, an encrypted one with its password."""
SPREADSHEETS = frozenset({"biff", "fods", "xml_workbook", "numbers", "gnumeric"})
"""What a spreadsheet program wrote, in a format that we do not read."""
RESAVED = SPREADSHEETS | {"html", "mht", "csv"}
"""Tables that a spreadsheet program can open and save as .xlsx."""
NARRATIVES = frozenset({"docx", "doc", "odt", "rtf", "pdf", "ofd", "text"})
ARCHIVES = frozenset({"zip", "7z", "rar", "gz", "bz2", "xz", "tar"})

HEAD = 4096
_ENTRIES = 20_000
_FIRST = 40
"""Parts among which an OpenDocument file says what it is: it should be the first, and some programs put it further down."""
_OLE2 = bytes.fromhex("D0CF11E0A1B11AE1")
_SIGNATURES: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF-", "pdf"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"\x1f\x8b", "gz"),
    (b"BZh", "bz2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"BM", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"ID3", "media"),
    (b"\x00\x00\x00\x18ftyp", "media"),
    (b"\x00\x00\x00\x20ftyp", "media"),
)
_ZIP_SIGNS: tuple[tuple[str, Kind], ...] = (
    ("xl/workbook.bin", "xlsb"),
    ("xl/workbook.xml", "xlsx"),
    ("word/document", "docx"),
    ("ppt/presentation", "pptx"),
    ("ofd.xml", "ofd"),
    ("index/document.iwa", "numbers"),
    ("index/calculationengine.iwa", "numbers"),
    ("index.zip", "numbers"),
)
_ODF = {b"spreadsheet": "ods", b"text": "odt", b"presentation": "pptx"}
_STREAMS: tuple[tuple[str, Kind], ...] = (  # the first that is there decides
    ("EncryptedPackage", "encrypted"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("WordDocument", "doc"),
    ("WpsCustomData", "doc"),
    ("PowerPoint Document", "pptx"),
    ("__properties_version1.0", "mail"),
)


def kind_of_file(path: Path) -> Kind:
    """Return what the file at `path` is. Raises UnreadableFile: not_a_file (a pipe would wait for ever), cannot_open."""
    with opened(path) as file:
        return kind_of(file)


def kind_of(source: bytes | BinaryIO) -> Kind:
    """Return what a file is, by its content."""
    file = io.BytesIO(source) if isinstance(source, bytes) else source
    head = file.read(HEAD)
    if not head:
        return "empty"
    if head.startswith(_OLE2):
        return _ole2_kind(head + file.read(64 << 20))
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip_kind(file)
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return "gnumeric" if kind == "gz" and _is_gnumeric(head) else kind
    if head[:2] in (b"\x09\x00", b"\x09\x02", b"\x09\x04") and head[2:4] in (b"\x04\x00", b"\x06\x00"):
        return "biff"
    if head[257:262] == b"ustar":
        return "tar"
    if head[:4] == b"RIFF":
        return "picture" if head[8:12] == b"WEBP" else "media"
    return _text_kind(head)


def _is_gnumeric(head: bytes) -> bool:
    """True when what was packed begins as a Gnumeric spreadsheet does."""
    with contextlib.suppress(zlib.error):
        return b"gnumeric.org" in zlib.decompressobj(31).decompress(head, HEAD)
    return False


def _zip_kind(file: BinaryIO) -> Kind:
    """What a zip is: an office document by the parts every one of its kind has, else an archive."""
    try:
        entries = zip_entries(file, _ENTRIES)
    except UnreadableFile:  # damaged, or too large a directory for a document: the readers say which
        return "zip"
    names = {entry.name.replace("\\", "/").lstrip("/").casefold() for entry in entries}
    told = next((entry for entry in entries[:_FIRST] if entry.raw_name == b"mimetype"), None)
    if told is not None and ("content.xml" in names or told is entries[0]):
        mime = _first_bytes(file, told)
        for word, kind in _ODF.items():
            if mime.startswith(b"application/vnd.oasis.opendocument." + word):
                return kind
    for sign, kind in _ZIP_SIGNS:
        if any(name == sign or name.startswith(sign + ".") for name in names):
            return kind
    if "[content_types].xml" in names:  # parts under other names: the reader follows the relationships
        return "docx" if any(n.startswith("word/") for n in names) else "xlsx"
    return "zip"


def _first_bytes(file: BinaryIO, entry: ZipEntry) -> bytes:
    """The beginning of a small entry; nothing where it is damaged or hidden."""
    file.seek(entry.start)
    with contextlib.suppress(UnreadableFile):
        file.seek(packed_start(file.read(30), entry))
        return next(unpacked(iter((file.read(min(entry.packed, HEAD)),)), entry.method), b"")
    return b""


def _ole2_kind(data: bytes) -> Kind:
    """What a compound file is, by the names in its directory."""
    found = {name for name, _ in streams_of(data)}
    return next((kind for name, kind in _STREAMS if name.upper() in found), "ole2")


def streams_of(data: bytes) -> Iterator[tuple[str, int]]:
    """Yield the names we know that a compound file's directory holds, in capitals, each with where it stands.

    Its entries take 128 bytes; they are found without following any chain, in whatever case they are written.
    """
    for name, _ in _STREAMS:
        length = 2 * len(name)
        for match in _stream_pattern(name).finditer(data):
            at = match.start()
            told = int.from_bytes(data[at + 64 : at + 66], "little")
            if at % 128 == 0 and told == length + 2 and data[at + 66 : at + 67] in (b"\x01", b"\x02"):
                yield name.upper(), at
                break


@cache
def _stream_pattern(name: str) -> re.Pattern[bytes]:
    return re.compile(re.escape((name + "\0").encode("utf-16-le")), re.IGNORECASE)


def _text_kind(head: bytes) -> Kind:
    text = _decoded(head)
    if text is None:
        return "unknown"
    start = text.lstrip("﻿ \t\r\n")[:1000].lower()
    if start.startswith("<"):
        if "urn:schemas-microsoft-com:office:spreadsheet" in start:
            return "xml_workbook"
        if "office:document" in start:
            return "fods"
        if "<html" in start or "<table" in start or "<!doctype html" in start:
            return "html"
        return "text"
    if start.startswith("mime-version:"):
        return "mht"
    lines = [line for line in text.splitlines()[:20] if line.strip()][:-1]
    for separator in ",\t;":
        counts = {line.count(separator) for line in lines}
        if len(lines) >= 2 and len(counts) == 1 and counts.pop() > 0:
            return "csv"
    return "text"


def _decoded(head: bytes) -> str | None:
    """The head as text, if it can be one."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    if b"\0" in head or any(byte < 9 or 13 < byte < 27 for byte in head):
        return None
    for encoding in ("utf-8", "gb18030"):
        for cut in range(4):  # the last character may be cut through
            try:
                return head[: len(head) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
    return None
