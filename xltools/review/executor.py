"""Where files are checked: in this process or in a local pool. The report is the same, whoever does the work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from xltools.findings.report import Checked
from xltools.intake.files.input_file import InputFile
from xltools.recalc.workspace import Workspace
from xltools.review.context import RunContext, Terms
from xltools.review.one_workbook import check_one
from xltools.review.pool import Pool

FEW = 16
"""Plain workbooks that are checked sooner than workers are started."""


class Executor(Protocol):
    """Checks files somewhere, in any order."""

    def check(self, files: Sequence[InputFile]) -> Iterator[tuple[int, Checked]]:
        """Yield (place in `files`, result) as they finish; every file once, whatever happens to a worker."""
        ...


class InProcess:
    """Checks one file after another, here."""

    def __init__(self, workspace: Workspace, terms: Terms) -> None:
        self._workspace, self._terms = workspace, terms

    def check(self, files: Sequence[InputFile]) -> Iterator[tuple[int, Checked]]:
        """Yield each result in the order of the files."""
        for index, found in enumerate(files):
            yield index, check_one(found, self._workspace, self._terms)


def executor_for(context: RunContext, files: Sequence[InputFile]) -> Executor:
    """Return the executor that has these files of a run done soonest."""
    few = len(files) <= FEW and all(found.is_plain or found.problem for found in files)
    if context.options.jobs <= 1 or few:
        return InProcess(context.workspace, context.terms)
    return Pool(context.workspace, context.terms, context.options.jobs, context.limits.work)
