"""Lines folded to a terminal's width: Chinese characters take two columns, colours none, and no line opens badly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from xltools.width import display_width


@dataclass(frozen=True)
class Screen:
    """What a terminal takes: so many columns (None: any number), and colours or none."""

    columns: int | None = None
    colour: bool = False


FILE = Screen()
"""A file or a pipe: lines of any length, no colours."""

NARROWEST = 40
"""Narrower terminals are treated as this wide: below it, places and figures would be torn apart."""
_NOT_FIRST = frozenset("，。、；：！？）》”’…%‰】」』〉")
_NOT_LAST = frozenset("（《“‘【「『〈")
_PIECE = re.compile(r"\x1b\[[0-9;]*m|[A-Za-z0-9_.,!:/\\+\-%@#$&*'=~|<>^]+|.", re.S)


def folded_line(line: str, width: int, hanging: int = 7) -> list[str]:
    """Return a line folded to `width` columns, what is folded indented by `hanging`; a short line as it is."""
    width = max(width, NARROWEST)
    if display_width(line) <= width:
        return [line]
    lines: list[str] = []
    current, used = "", 0
    for piece in _pieces(line, width - hanging):
        size = display_width(piece)
        if used + size > width and current.strip():
            head, tail = _break(current)
            lines.append(head.rstrip(" 　"))
            piece = tail + piece
            piece = piece.lstrip(" 　") if not tail else piece
            current, used = " " * hanging, hanging
            size = display_width(piece)
        current += piece
        used += size
    return [*lines, current.rstrip(" 　")]


def _pieces(line: str, most: int) -> Iterator[str]:
    """Yield what must stay together: a colour, a number or word, one character; longer words than a line in parts.

    A sign that may not open a line goes with what stands before it.
    """
    held = ""
    for match in _PIECE.finditer(line):
        piece = match.group()
        if held and piece[0] not in _NOT_FIRST and not piece.startswith("\x1b"):
            yield held
            held = ""
        if len(piece) > most and not piece.startswith("\x1b"):
            yield from (piece[i : i + most] for i in range(0, len(piece), most))
            continue
        held += piece
    if held:
        yield held


def _break(line: str) -> tuple[str, str]:
    """Return what stays on a line and what goes to the next: an opening bracket does not end a line."""
    end = len(line)
    while end and line[end - 1] in _NOT_LAST:
        end -= 1
    return (line[:end], line[end:]) if line[:end].strip() else (line, "")


def folded_text(text: str, width: int | None) -> str:
    """Return a text whose lines fit `width` columns; None leaves it as it is (a file, a pipe)."""
    if width is None:
        return text
    return "\n".join(part for line in text.split("\n") for part in folded_line(line, width))
