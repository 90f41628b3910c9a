"""How our own texts are recognised again: by the line that every one of its kind carries, never by a file's name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from xltools.bilingual import LANGS, Pair
from xltools.findings.report import SCHEMA
from xltools.output.notices import ADDRESSED, REMINDED
from xltools.output.text import COUNTED

ENDS = 65_536
"""Bytes looked at from the beginning and from the end of a file."""
_JSON = re.compile(rb'\{\s{1,9}"schema": "(?:' + re.escape(SCHEMA).encode() + rb'|xltools\.summary/\d)"')


def is_report(path: Path) -> bool:
    """True for a report of ours, as text or JSON, or a summary as JSON."""
    head, tail = _ends(path)
    return _JSON.match(head) is not None or _says(tail.splitlines()[-1:], COUNTED)


def is_notice(path: Path) -> bool:
    """True for a notice or reminder of ours."""
    lines = _ends(path)[0].removeprefix(b"\xef\xbb\xbf").splitlines()
    return _says(lines[1:2], ADDRESSED) or _says(lines[:1], REMINDED)


def begins_with(path: Path, line: bytes) -> bool:
    """True for a table that begins with this line of titles."""
    return _ends(path)[0].startswith(line)


def _ends(path: Path) -> tuple[bytes, bytes]:
    try:
        with path.open("rb") as file:
            head = file.read(ENDS)
            file.seek(max(0, path.stat().st_size - ENDS))
            return head, file.read(ENDS)
    except OSError:
        return b"", b""


def _says(lines: Iterable[bytes], said: Pair) -> bool:
    """True when one of the lines is the text with whatever stands in its places."""
    patterns = [re.sub(r"\\\{\w+(?::[^{}]*)?\\\}", ".*", re.escape(said.text(lang))) for lang in LANGS]
    texts = [line.decode("utf-8", "replace") for line in lines]
    return any(re.fullmatch(pattern, text) for pattern in patterns for text in texts)
