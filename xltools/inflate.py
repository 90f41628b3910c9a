"""Inflates what was kept or sent between processes, to a bound: a few bytes can hold gigabytes."""

from __future__ import annotations

import zlib

MOST = 64 << 20
"""Bytes a kept result may hold; one of a form with every row filled holds a hundredth."""


def inflated(data: bytes) -> bytes:
    """Return what zlib packed. Raises zlib.error for damage, for an end that is missing, and beyond the bound."""
    worker = zlib.decompressobj()
    content = worker.decompress(data, MOST)
    if not worker.eof:
        raise zlib.error("incomplete, or beyond the bound")
    return content
