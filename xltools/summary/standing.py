"""Where every department of the roster stands: in, reported with something open, unreadable, or not reported at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from xltools.intake.roster import Department
from xltools.summary.entry import BatchEntry

State = Literal["unreadable", "failed", "undecided", "confirm", "passed", "excused", "missing"]
STATES: tuple[State, ...] = get_args(State)
"""Of a department's several files the worst speaks: the earlier in this order."""
WORDS: dict[State, str] = {
    "passed": "通过",
    "confirm": "待核实",
    "failed": "有错误",
    "unreadable": "打不开",
    "undecided": "未定取舍",
    "missing": "未报送",
    "excused": "免报",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """One department of the roster, the files that speak for it (replaced ones do not), and its worst state."""

    line: Department
    entries: tuple[BatchEntry, ...]
    state: State
    why: str = ""  # of one excused: the coordinator's reason and name

    @property
    def reported(self) -> bool:
        """True when anything came, readable or not."""
        return bool(self.entries)

    @property
    def counted(self) -> bool:
        """True when something of it stands in the tables, and nothing of it was left out."""
        return bool(self.entries) and all(e.counted for e in self.entries)

    @property
    def done(self) -> bool:
        """True when nothing more is to come: passed and counted, or excused by name."""
        return self.state == "excused" or (self.state == "passed" and self.counted)


def standings(
    lines: Sequence[Department], entries: Sequence[BatchEntry], excused: Mapping[str, str]
) -> tuple[Standing, ...]:
    """Return where each of `lines` stands; `excused` gives by code why a department need not report."""
    by_code: dict[str, list[BatchEntry]] = {}
    for entry in entries:
        if entry.line is not None and not entry.spare:
            by_code.setdefault(entry.line.code, []).append(entry)
    found = []
    for line in lines:
        own = tuple(by_code.get(line.code, ()))
        state: State = min((state_of(e) for e in own), key=STATES.index, default="missing")
        if state == "missing" and line.code in excused:
            state = "excused"
        found.append(Standing(line, own, state, excused.get(line.code, "") if state == "excused" else ""))
    return tuple(found)


def state_of(entry: BatchEntry) -> State:
    """Return how one file stands."""
    return "undecided" if entry.undecided else entry.checked.status
