"""What a run meets among the files that were sent: those to check, and those set aside with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from xltools.intake.files.names import ending_of

PLAIN = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm"})


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to check: where it is, and how the report calls it (its path as given, or its place in an archive).

    It is known by its `path`, and by `member`, its number in the archive at that path when it could not be unpacked;
    no two files of a run are shown alike. `sent` is how it was sent, seen from the folder that was given and byte for
    byte: the same in every run, whatever else came. With a `problem` (a reason of intake's cards) there is nothing to
    open.
    """

    path: Path
    shown: str
    problem: str = ""
    member: int = -1
    sent: str = ""

    @property
    def is_plain(self) -> bool:
        """True when its name promises what our own reader reads."""
        return not self.problem and ending_of(self.shown) in PLAIN


@dataclass(frozen=True, slots=True)
class SetAside:
    """A file that is no submission, and why: lock, system, empty, narrative, other, link, link_outside, special, denied.

    `kind` is what it is (a word of container.KIND_WORDS); `path` where a narrative can be opened.
    """

    shown: str
    reason: str
    kind: str = ""
    path: Path | None = None
    department: str = ""
    code: str = ""
