"""Repacks a .docx so that the same content gives the same bytes: sorted parts, fixed times, no clock in its properties."""

from __future__ import annotations

import io
import re
import zipfile

FIXED = (2024, 1, 1, 0, 0, 0)
_STAMP = "2024-01-01T00:00:00Z"
_FIRST = ("[Content_Types].xml", "_rels/.rels")
_NEEDLESS = re.compile(r"word/stylesWithEffects\.xml|docProps/thumbnail\.\w+|(word/)?customXml/.*")
"""Parts of the writer's own start document: a style sheet for Word 2010 that no longer agrees with ours, a picture of a
page that is not this one, and an empty bibliography."""
_LISTS = re.compile(r"\[Content_Types\]\.xml|.*\.rels")
_ENTRY = re.compile(r"<(?:Relationship|Override)\b[^>]*?/>")
_NEEDLESS_ENTRY = re.compile(
    r"(?:Target|PartName)=\"(?:/|\.\./)?(?:word/)?(?:stylesWithEffects\.xml|docProps/thumbnail|customXml/)"
)


def repacked(data: bytes, title: str) -> bytes:
    """Return the same package in its fixed form, its title and dates set."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        names = sorted(source.namelist(), key=lambda n: (n not in _FIRST, _FIRST.index(n) if n in _FIRST else 0, n))
        for name in (n for n in names if not _NEEDLESS.fullmatch(n)):
            content = _core(title) if name == "docProps/core.xml" else source.read(name)
            if _LISTS.fullmatch(name):
                content = _without_needless(content.decode("utf-8")).encode()
            entry = zipfile.ZipInfo(name, FIXED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 0
            target.writestr(entry, content)
    return buffer.getvalue()


def _without_needless(listed: str) -> str:
    """Return a list of parts without those that are left out."""
    return _ENTRY.sub(lambda found: "" if _NEEDLESS_ENTRY.search(found[0]) else found[0], listed)


def _core(title: str) -> bytes:
    plain = re.sub(r"[<>&\x00-\x1f]", "", title)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{plain}</dc:title><dc:creator>xltools</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{_STAMP}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{_STAMP}</dcterms:modified></cp:coreProperties>'
    ).encode()
