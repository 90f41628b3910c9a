"""JSON as text that may be shown anywhere: what a terminal acts upon or turns the direction of a line is escaped."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

UNSEEN = "\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff"
"""Control characters but tab and line feed, marks of direction and without width, halves of a character."""
_UNSEEN = re.compile(f"[{UNSEEN}]")


def escaped(text: str) -> str:
    """Return a text with every unseen character as an escape; in JSON the value stays the same."""
    return _UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def harmless(text: str) -> str:
    """Return what is said on a terminal without what it acts upon; lines stay."""
    return _UNSEEN.sub("", text)


def json_text(value: Any, indent: int | None = None, default: Callable[[Any], Any] | None = None) -> str:
    """Return a value as JSON, Chinese as it is."""
    return escaped(json.dumps(value, ensure_ascii=False, indent=indent, default=default))
