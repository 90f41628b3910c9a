"""The old encryption of a zip's members, which Chinese archivers still write by default."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from xltools.intake.files.zip_directory import ZipEntry

_HEADER = 12
_MASK = 0xFFFFFFFF
_SIZED_LATER = 0x8


def decrypted(feeds: Iterator[bytes], password: bytes, entry: ZipEntry) -> Iterator[bytes] | None:
    """Return the packed bytes of an entry without the encryption; None when the password is seen to be wrong."""
    keys = _Keys(password)
    first = next(feeds, b"")
    header = keys.plain(first[:_HEADER])
    expected = (entry.time >> 8 if entry.flags & _SIZED_LATER else entry.crc >> 24) & 0xFF
    if len(header) < _HEADER or header[-1] != expected:
        return None
    return _rest(keys, first[_HEADER:], feeds)


def _rest(keys: _Keys, first: bytes, feeds: Iterator[bytes]) -> Iterator[bytes]:
    yield keys.plain(first)
    for feed in feeds:
        yield keys.plain(feed)


@cache
def _table() -> tuple[int, ...]:
    """The checksum of each single byte."""
    found = []
    for value in range(256):
        for _ in range(8):
            value = (value >> 1) ^ 0xEDB88320 if value & 1 else value >> 1
        found.append(value)
    return tuple(found)


class _Keys:
    """The three keys, which every byte changes."""

    def __init__(self, password: bytes) -> None:
        self._keys = (0x12345678, 0x23456789, 0x34567890)
        for byte in password:
            self._keys = _after(self._keys, byte)

    def plain(self, data: bytes) -> bytes:
        """Return bytes without the encryption."""
        keys, found = self._keys, bytearray()
        for byte in data:
            word = (keys[2] | 2) & 0xFFFF
            byte ^= (word * (word ^ 1)) >> 8 & 0xFF
            found.append(byte)
            keys = _after(keys, byte)
        self._keys = keys
        return bytes(found)


def _after(keys: tuple[int, int, int], byte: int) -> tuple[int, int, int]:
    table = _table()
    first = (keys[0] >> 8) ^ table[(keys[0] ^ byte) & 0xFF]
    second = ((keys[1] + (first & 0xFF)) * 134775813 + 1) & _MASK
    return first, second, (keys[2] >> 8) ^ table[(keys[2] ^ second >> 24) & 0xFF]
