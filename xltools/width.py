"""How many columns a text takes where Chinese characters take two, on a terminal and in a cell."""

from __future__ import annotations


def display_width(text: str) -> int:
    """Return the columns a text takes: wide characters two, marks, control characters and colours none.

    What Unicode calls ambiguous (“”, …, ①) is wide, as in Chinese consoles and fonts.
    """
    if text.isascii() and text.isprintable():
        return len(text)
    from wcwidth import width  # half of the start-up of a check, and most runs need it nowhere

    return width(text, ambiguous_width=2, control_codes="ignore")
