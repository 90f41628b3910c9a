"""The terminal: what is said there besides the result, streams that survive a Chinese console, progress, colours."""

from __future__ import annotations

import io
import os
import shutil
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from xltools.bilingual import Lang, Pair
from xltools.json_text import harmless
from xltools.width import display_width

if TYPE_CHECKING:
    from xltools.findings.report import Checked


@dataclass(frozen=True, slots=True)
class Console:
    """Where a command speaks besides its result: on stderr, in the user's language."""

    lang: Lang = "zh"
    quiet: bool = False

    def note(self, text: Pair) -> None:
        """Say something good to know; not with -q."""
        if not self.quiet:
            self.warn(text)

    def warn(self, text: Pair) -> None:
        """Say something that must be known, with -q too."""
        print(harmless(text.text(self.lang)), file=sys.stderr)

    def ask_secret(self, text: Pair) -> str:
        """Ask for a password on a terminal; "" where there is none, or nothing was typed."""
        if self.quiet or not (sys.stdin.isatty() and sys.stderr.isatty()):
            return ""
        from getpass import getpass

        return getpass(text.text(self.lang), sys.stderr)


def _fill_closed() -> None:
    """Where a stream was closed before the start, what is said goes nowhere; no file that is opened takes its place."""
    if None in (sys.stdin, sys.stdout, sys.stderr):
        while os.open(os.devnull, os.O_RDWR) <= _LAST_STREAM:
            pass
    sys.stdin = sys.stdin or _nowhere("r")
    sys.stdout = sys.stdout or _nowhere("w")
    sys.stderr = sys.stderr or _nowhere("w")


_LAST_STREAM = 2


def _nowhere(mode: str) -> TextIO:
    return io.TextIOWrapper(io.FileIO(os.devnull, mode), encoding="utf-8")


def prepare_streams() -> None:
    """Let no character that the console cannot show stop a run."""
    _fill_closed()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def wants_colour(stream: TextIO) -> bool:
    """True on a terminal that understands colours, where nobody said NO_COLOR."""
    if not stream.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return sys.platform != "win32" or _windows_colours()


def _windows_colours() -> bool:
    """Ask a Windows console to understand colour signs; False for one that is too old to."""
    try:
        import ctypes

        kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - only Windows has it
        handle, mode = kernel.GetStdHandle(-11), ctypes.c_ulong()
        return bool(kernel.GetConsoleMode(handle, ctypes.byref(mode)) and kernel.SetConsoleMode(handle, mode.value | 4))
    except (AttributeError, OSError):
        return False


def line_width(stream: TextIO) -> int | None:
    """Return how many columns a line may take on this terminal; None for a file or a pipe, where lines stay whole."""
    if not stream.isatty():
        return None
    return shutil.get_terminal_size((80, 24)).columns - 1


def aligned(rows: Sequence[Sequence[str]], gap: int = 2) -> list[str]:
    """Return the rows as lines whose columns stand under each other, whatever they are written in."""
    widths = [max(map(display_width, column)) for column in zip(*rows, strict=True)]
    return [
        "".join(
            cell + " " * (width - display_width(cell) + gap) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]


_PROGRESS = Pair(
    "审核 {done}/{total}，已发现 {findings} 处，约剩 {left}",
    "checked {done}/{total}, {findings} findings, about {left} left",
)
_MINUTES = Pair("{minutes} 分 {rest} 秒", "{minutes} min {rest} s")
_SECONDS = Pair("{rest} 秒", "{rest} s")


class ProgressLine:
    """One line that counts files and findings and says how long it will take, on a terminal only."""

    def __init__(self, console: Console) -> None:
        self._live = sys.stderr.isatty() and not console.quiet
        self._lang = console.lang
        self._findings = 0
        self._began = self._said = time.monotonic()
        self._width = 0

    def __call__(self, done: int, total: int, checked: Checked) -> None:
        """Count one more result; the line is written ten times a second at most."""
        self._findings += sum(f.is_open for f in checked.findings)
        now = time.monotonic()
        if not self._live or total < 2 or (done < total and now - self._said < 0.1):
            return
        self._said = now
        left = _duration((now - self._began) / done * (total - done))
        words = _PROGRESS.format(done=done, total=total, findings=self._findings, left=left).text(self._lang)
        blank = " " * max(0, self._width - display_width(words))
        self._width = display_width(words)
        print(f"\r{words}{blank}", end="\n" if done == total else "", file=sys.stderr, flush=True)


def _duration(seconds: float) -> Pair:
    minutes, rest = divmod(round(seconds), 60)
    return (_MINUTES if minutes else _SECONDS).format(minutes=minutes, rest=rest)
