"""The seal of a package we wrote (.xlsx, .docx): what it is, and a digest that any later change of the file breaks.

It stands in the document's properties, where every Office program accepts an identifier. It protects what people
typed into our outputs from being replaced; it is no signature.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
import zlib
from pathlib import Path
from typing import IO, Literal, get_args

Kind = Literal["blank", "filled", "return", "findings", "summary", "text", "narrative", "definition"]
"""What we write as a package: a workbook to fill in, one with values in it, one that goes back, the bureau's own
workbooks, a text as a Word document, a department's narrative, a form's definition to edit."""
_CORE = "docProps/core.xml"
_END = b"</cp:coreProperties>"
_SEAL = re.compile(rb"<dc:identifier>xltools:([a-z]{1,16}):([0-9a-f]{64})</dc:identifier>")
_MOST = 1 << 16
"""Bytes of properties we look at: ours are one thousand."""


def sealed(data: bytes, kind: Kind) -> bytes:
    """Return a package of ours with its seal."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        mark = f"<dc:identifier>xltools:{kind}:{_digest(source)}</dc:identifier>".encode()
        for entry in source.infolist():
            content = source.read(entry)
            target.writestr(entry, content.replace(_END, mark + _END) if entry.filename == _CORE else content)
    return buffer.getvalue()


def seal_of(file: Path | IO[bytes]) -> Kind | None:
    """Return what a file is that nobody changed since we wrote it; None for every other file."""
    try:
        with zipfile.ZipFile(file) as package, package.open(_CORE) as core:
            found = _SEAL.search(core.read(_MOST))
            if found is None or found[2].decode() != _digest(package):
                return None
    except (OSError, ValueError, RuntimeError, KeyError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError):
        return None
    return next((kind for kind in get_args(Kind) if kind == found[1].decode()), None)


def _digest(package: zipfile.ZipFile) -> str:
    """A digest of all parts but the properties, by the checksums that the package keeps of them."""
    parts = sorted((e.filename, e.CRC, e.file_size) for e in package.infolist() if e.filename != _CORE)
    return hashlib.sha256(repr(parts).encode()).hexdigest()
