"""A result as bytes and back: what a worker sends and what the cache keeps. Bytes of any other shape are refused."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from xltools.findings.report import Checked

Unpackable = (msgspec.DecodeError, msgspec.ValidationError)
"""What unpacking raises for bytes that are no result."""
_DECODER = msgspec.msgpack.Decoder(Checked)
_NO_TEXT = re.compile("[\ud800-\udfff]")


def packed(checked: Checked) -> bytes:
    """Return a result as bytes. Characters that are no text (a name in no encoding) become “?”."""
    try:
        return msgspec.msgpack.encode(checked)
    except UnicodeEncodeError:
        return msgspec.msgpack.encode(_readable(msgspec.to_builtins(checked, builtin_types=(bytes,))))


def unpacked(data: bytes) -> Checked:
    """Return the result that was packed."""
    return _DECODER.decode(data)


def _readable(value: Any) -> Any:
    if isinstance(value, str):
        return _NO_TEXT.sub("?", value)
    if isinstance(value, list | tuple):
        return [_readable(v) for v in value]
    if isinstance(value, dict):
        return {_readable(k): _readable(v) for k, v in value.items()}
    return value
