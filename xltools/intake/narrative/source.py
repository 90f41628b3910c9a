"""From a narrative's file to its lines and tables, whatever kind of file it is; bounded, never trusting the suffix."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from xltools.errors import UnreadableFile
from xltools.intake.files.bounds import FileLimits, NarrativeLimits, bounds
from xltools.intake.files.regular import read_file
from xltools.intake.files.worker import run_watched
from xltools.intake.narrative.docx import docx_blocks

Row = list[str]
Block = str | list[Row]
"""A paragraph (or line) as text, or a table as its rows of cell texts."""

_OLE2 = bytes.fromhex("D0CF11E0A1B11AE1")
_CHINESE = re.compile("[一-鿿]")
_PDF_BOUND = "LimitReachedError"
"""What newer editions of the library raise at their own bounds."""
_NUMBER = re.compile("[0-9]+|[０-９]+")


@dataclass(frozen=True, slots=True)
class Source:
    """What a narrative's file holds, in reading order. `wrapped`: lines may be cut by the page's width."""

    file: str
    sha256: str
    blocks: tuple[Block, ...]
    wrapped: bool
    pages: tuple[int, ...] = ()  # of a PDF: the page each block stands on


def open_narrative(path: Path, shown: str) -> Source:
    """Read the narrative at `path`, in a watched process. Raises UnreadableFile."""
    limits = bounds()
    return run_watched(_open, (path, shown, limits.narrative), limits.work)


def _open(path: Path, shown: str, limits: NarrativeLimits) -> Source:
    return read_narrative(read_file(path, FileLimits(file_bytes=limits.file_bytes)), shown, limits)


_LIMITS = NarrativeLimits()


def read_narrative(data: bytes, shown: str, limits: NarrativeLimits = _LIMITS) -> Source:
    """Read a narrative's bytes; the kind is told by what they are, not by the file's name.

    Raises UnreadableFile (scan, no_text, old_narrative, not_text and those of a package).
    """
    if len(data) > limits.file_bytes:
        raise UnreadableFile("too_large", bytes=len(data), limit=limits.file_bytes)
    digest = hashlib.sha256(data).hexdigest()
    pages: list[int] = []
    if data.startswith(b"PK"):
        blocks, wrapped = docx_blocks(data, limits), False
    elif data.startswith(_OLE2):
        raise UnreadableFile("old_narrative")
    elif b"%PDF-" in data[:1024]:
        lines = pdf_lines(data, limits)
        blocks, wrapped, pages = [text for text, _ in lines], True, [page for _, page in lines]
    else:
        blocks, wrapped = list(decode(data).splitlines()), True
    _bound(blocks, limits)
    if sum(len(_CHINESE.findall(text)) for text in _texts(blocks)) < 20:
        raise UnreadableFile("no_text")
    return Source(shown, digest, tuple(blocks), wrapped, tuple(pages))


def _texts(blocks: list[Block]) -> Iterator[str]:
    """Yield every line and every cell."""
    for block in blocks:
        if isinstance(block, str):
            yield block
        else:
            for row in block:
                yield from row


def _bound(blocks: list[Block], limits: NarrativeLimits) -> None:
    """Refuse what is no report: it would cost hours to read and no one would have written it."""
    lines = chars = 0
    for text in _texts(blocks):
        lines, chars = lines + 1, chars + len(text)
        if lines > limits.lines or chars > limits.chars:
            raise UnreadableFile("too_large", lines=lines, chars=chars)
    numbers = sum(len(_NUMBER.findall(block)) for block in blocks if isinstance(block, str))
    if numbers > limits.numbers:
        raise UnreadableFile("too_many_numbers", numbers=numbers, limit=limits.numbers)


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


def pdf_lines(data: bytes, limits: NarrativeLimits = _LIMITS) -> list[tuple[str, int]]:
    """Return the lines of a PDF that has text, with their pages. Raises UnreadableFile: encrypted, damaged, or a scan."""
    import io

    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its remarks on sloppy files are no message of ours
    lines: list[tuple[str, int]] = []
    chars = 0
    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableFile("encrypted")
        for number, page in enumerate(reader.pages):
            text = page.extract_text()
            chars += len(text)
            if number >= limits.pages or chars > limits.chars:
                raise UnreadableFile("too_large", page=number, chars=chars)
            lines += [(line, number + 1) for line in (*text.splitlines(), "")]
    except (UnreadableFile, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 - a damaged PDF is answered with a dozen kinds of exception
        if isinstance(error, RecursionError):
            raise UnreadableFile("too_deep") from None
        if type(error).__name__ == _PDF_BOUND:
            raise UnreadableFile("too_large", error=str(error)[:200]) from None
        raise UnreadableFile("corrupt", error=f"{type(error).__name__}: {error}"[:200]) from None
    if len(_CHINESE.findall("".join(text for text, _ in lines))) < 20:
        raise UnreadableFile("scan")
    return lines
