"""What one run is given, once and unchangeable: the files, the forms, whom to compare with, and how to work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from xltools.intake.files.bounds import Bounds, bounds
from xltools.intake.files.input_file import InputFile, SetAside
from xltools.intake.roster import Roster
from xltools.recalc.workspace import Workspace
from xltools.review.adjustments import AdjustmentsFile
from xltools.review.decisions import Decision
from xltools.review.earlier_report import EarlierReport
from xltools.review.typed import TypedIn


class Terms(NamedTuple):
    """How every file of a run is checked, wherever that happens: the same terms give the same results."""

    passwords: tuple[str, ...] = ()
    harvest: bool = False  # with what the consolidated workbook needs
    keep: bool = False  # with the submission itself, for what is written or compared later


PLAIN = Terms()


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How a run works, and which of its stages look at more than the workbooks. The findings are the same for any
    number of `jobs`, with the cache and without."""

    jobs: int = 1
    use_cache: bool = False
    harvest: bool = False
    returns: bool = False  # submissions will be sent back
    narratives: bool = True
    require_narrative: bool = False


@dataclass(frozen=True, slots=True)
class LastYear:
    """The workbooks of the year before, to be checked and compared with."""

    files: Sequence[InputFile]


@dataclass(frozen=True, slots=True)
class LastRound:
    """The JSON report of an earlier round."""

    report: EarlierReport


@dataclass(frozen=True, slots=True)
class DecisionsFile:
    """The coordinator's decisions, and the findings workbook they stand in.

    `lines` are those that were given: each must have its effect, or the run says why not. `typed` is everything the
    coordinator typed, also into the workbook that this run writes anew.
    """

    file: str = ""
    lines: Sequence[Decision] = ()
    typed: TypedIn = field(default_factory=TypedIn)

    def with_kept(self, kept: TypedIn) -> DecisionsFile:
        """Return these and what was typed into the workbook that is written anew; where both speak, these count."""
        return replace(self, typed=self.typed.over(kept))


@dataclass(frozen=True)
class RunContext:
    """One run. `codes` are the rules to report, None for all; `day` is the one that was given for the run, if any."""

    workspace: Workspace
    files: Sequence[InputFile] = ()
    set_aside: Sequence[SetAside] = ()
    roster: Roster | None = None
    passwords: tuple[str, ...] = ()
    previous: LastYear | LastRound | None = None
    decisions: DecisionsFile = DecisionsFile()
    codes: frozenset[str] | None = None
    options: RunOptions = RunOptions()
    limits: Bounds = field(default_factory=bounds)
    adjustments: AdjustmentsFile = field(default_factory=AdjustmentsFile)
    day: date | None = None

    @property
    def has_narratives(self) -> bool:
        """True when narrative reports came along and are to be reviewed."""
        return self.options.narratives and any(item.reason == "narrative" for item in self.set_aside)

    @property
    def terms(self) -> Terms:
        """How each file is checked; a submission is kept only where something later in the run looks at it."""
        return Terms(self.passwords, self.options.harvest, self.options.returns or self.has_narratives)
