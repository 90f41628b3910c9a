"""The terminal: streams that survive a Chinese console, progress on a terminal only, colours when wanted."""

from __future__ import annotations

import os
import sys
import unicodedata
from typing import TextIO

from xltools.review.findings import Checked


def prepare_streams() -> None:
    """Let no character that the console cannot show stop a run."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def wants_colour(stream: TextIO) -> bool:
    """True on a terminal where nobody said NO_COLOR."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def text_width(text: str) -> int:
    """Return how many columns a text takes on a terminal (East-Asian wide characters take two)."""
    return sum(2 if unicodedata.east_asian_width(ch) in "WFA" else 1 for ch in text)


class Progress:
    """One line that counts files and findings, on a terminal only."""

    def __init__(self, quiet: bool, lang: str) -> None:
        self._live = sys.stderr.isatty() and not quiet
        self._lang = lang
        self._findings = 0

    def __call__(self, done: int, total: int, checked: Checked) -> None:
        self._findings += sum(f.is_open for f in checked.findings)
        if not self._live or total < 2:
            return
        words = (
            f"审核 {done}/{total}，已发现 {self._findings} 处"
            if self._lang == "zh"
            else f"checked {done}/{total}, {self._findings} findings"
        )
        print(f"\r{words}　", end="\n" if done == total else "", file=sys.stderr, flush=True)
