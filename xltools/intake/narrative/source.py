"""From a narrative's file to its lines and tables, whatever kind of file it is; bounded, never trusting the suffix."""

from __future__ import annotations

import hashlib
import logging
import re
from dataclasses import dataclass
from pathlib import Path

from xltools.errors import UnreadableFile
from xltools.intake.files.bounds import FileLimits
from xltools.intake.narrative.docx import docx_blocks

Row = list[str]
Block = str | list[Row]
"""A paragraph (or line) as text, or a table as its rows of cell texts."""

LIMITS = FileLimits(file_bytes=32 << 20, expanded_bytes=128 << 20)
MOST_CHARS = 2_000_000
MOST_PAGES = 400
_OLE2 = bytes.fromhex("D0CF11E0A1B11AE1")
_CHINESE = re.compile("[一-鿿]")


@dataclass(frozen=True, slots=True)
class Source:
    """What a narrative's file holds, in reading order. `wrapped`: lines may be cut by the page's width."""

    file: str
    sha256: str
    blocks: tuple[Block, ...]
    wrapped: bool
    pages: tuple[int, ...] = ()  # of a PDF: the page each block stands on


def open_narrative(path: Path, shown: str) -> Source:
    """Read the narrative at `path`. Raises UnreadableFile (scan, old_narrative, not_text and those of a package)."""
    try:
        with path.open("rb") as stream:
            data = stream.read(LIMITS.file_bytes + 1)
    except OSError as error:
        raise UnreadableFile("cannot_open", error=error.strerror or str(error)) from None
    return read_narrative(data, shown)


def read_narrative(data: bytes, shown: str) -> Source:
    """Read a narrative's bytes; the kind is told by what they are, not by the file's name."""
    if len(data) > LIMITS.file_bytes:
        raise UnreadableFile("too_large", bytes=len(data), limit=LIMITS.file_bytes)
    digest = hashlib.sha256(data).hexdigest()
    pages: list[int] = []
    if data.startswith(b"PK"):
        blocks, wrapped = docx_blocks(data, LIMITS), False
    elif data.startswith(_OLE2):
        raise UnreadableFile("old_narrative")
    elif b"%PDF-" in data[:1024]:
        lines = pdf_lines(data)
        blocks, wrapped, pages = [text for text, _ in lines], True, [page for _, page in lines]
    else:
        blocks, wrapped = list(decode(data).splitlines()), True
    text = "".join(b if isinstance(b, str) else "".join(map("".join, b)) for b in blocks)
    if len(text) > MOST_CHARS:
        raise UnreadableFile("too_large", chars=len(text), limit=MOST_CHARS)
    if len(_CHINESE.findall(text)) < 20:
        raise UnreadableFile("no_text")
    return Source(shown, digest, tuple(blocks), wrapped, tuple(pages))


def decode(data: bytes) -> str:
    """Decode a text file: by its mark, else UTF-8, else GB 18030."""
    encodings = ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnreadableFile("not_text")


def pdf_lines(data: bytes) -> list[tuple[str, int]]:
    """Return the lines of a PDF that has text, with their pages. Raises UnreadableFile: encrypted, damaged, or a scan."""
    import io

    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its remarks on sloppy files are no message of ours
    lines: list[tuple[str, int]] = []
    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableFile("encrypted")
        for number, page in enumerate(reader.pages):
            if number >= MOST_PAGES:
                raise UnreadableFile("too_large", pages=len(reader.pages), limit=MOST_PAGES)
            lines += [(line, number + 1) for line in (*page.extract_text().splitlines(), "")]
    except UnreadableFile:
        raise
    except Exception as error:  # noqa: BLE001 - a damaged PDF is answered with a dozen kinds of exception
        raise UnreadableFile("corrupt", error=f"{type(error).__name__}: {error}"[:200]) from None
    if len(_CHINESE.findall("".join(text for text, _ in lines))) < 20:
        raise UnreadableFile("scan")
    return lines
