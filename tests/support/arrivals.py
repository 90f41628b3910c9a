"""The stage of what arrives as a file: each case writes files into a folder and says the intake code of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from tests.support.sent import codes_by_file, report_of

Files = Mapping[str, bytes]
"""What arrives: name → content."""


@dataclass(frozen=True)
class Arrival:
    """Files that arrive together: `make` gives them; `told` is the name at which the rule speaks, "" for none.

    `passwords` are tried on what is encrypted; the check runs within `around`, where a case needs our own failure.
    """

    code: str
    kind: str
    make: Callable[[], Files]
    told: str
    passwords: tuple[str, ...] = ()
    around: Callable[[], AbstractContextManager[object]] = nullcontext

    def found(self, folder: Path) -> list[str]:
        """Return the names of the files at which the rule speaks, after a check of them all."""
        sent = self.make()
        for name, content in sent.items():
            (folder / name).write_bytes(content)
        path = folder if len(sent) > 1 else folder / next(iter(sent))
        with self.around():
            report = report_of(path, passwords=self.passwords)
        return [name for name, codes in codes_by_file(report).items() if self.code in codes]


ARRIVALS: list[Arrival] = []


def arrival(
    code: str,
    kind: str,
    told: str = "自评表.xlsx",
    passwords: tuple[str, ...] = (),
    around: Callable[[], AbstractContextManager[object]] = nullcontext,
) -> Callable[[Callable[[], Files]], Callable[[], Files]]:
    """Register files at one of which (`told`) the rule must speak, or none ("")."""

    def register(make: Callable[[], Files]) -> Callable[[], Files]:
        ARRIVALS.append(Arrival(code, kind, make, told, passwords, around))
        return make

    return register
