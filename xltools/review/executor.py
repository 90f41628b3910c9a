"""Where files are checked: in this process or in a local pool. The report is the same, whoever does the work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from xltools.findings.report import Checked
from xltools.intake.files.bounds import WorkLimits
from xltools.intake.files.input_file import InputFile
from xltools.recalc.workspace import Workspace
from xltools.review.context import RunContext, Terms
from xltools.review.one_workbook import check_at_hand
from xltools.review.pool import Pool

FEW = 16
"""Plain workbooks that are checked sooner than workers are started."""


class Executor(Protocol):
    """Checks files somewhere, in any order."""

    def check(self, files: Sequence[InputFile]) -> Iterator[tuple[int, Checked]]:
        """Yield (place in `files`, result) as they finish; every file once, whatever happens to a worker."""
        ...


class InProcess:
    """Checks one file after another, here; what would cost this process much goes to one worker, at the end."""

    def __init__(self, workspace: Workspace, terms: Terms, limits: WorkLimits) -> None:
        self._workspace, self._terms, self._limits = workspace, terms, limits

    def check(self, files: Sequence[InputFile]) -> Iterator[tuple[int, Checked]]:
        """Yield each result in the order of the files, the costly ones last."""
        costly = []
        for index, found in enumerate(files):
            checked = check_at_hand(found, self._workspace, self._terms)
            if checked is None:
                costly.append(index)
            else:
                yield index, checked
        if costly:
            worker = Pool(self._workspace, self._terms, 1, self._limits)
            for place, checked in worker.check([files[index] for index in costly]):
                yield costly[place], checked


def executor_for(context: RunContext, files: Sequence[InputFile]) -> Executor:
    """Return the executor that has these files of a run done soonest."""
    few = len(files) <= FEW and all(found.is_plain or found.problem for found in files)
    if context.options.jobs <= 1 or few:
        return InProcess(context.workspace, context.terms, context.limits.work)
    return Pool(context.workspace, context.terms, context.options.jobs, context.limits.work)
