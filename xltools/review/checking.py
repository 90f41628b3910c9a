"""Checks the files of a run, each by itself: from the cache where the result is known, else by an executor."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from xltools.findings.report import Checked
from xltools.intake.files.input_file import InputFile
from xltools.intake.files.regular import hash_of
from xltools.review.context import RunContext
from xltools.review.executor import executor_for
from xltools.review.interning import SharedWords

OnResult = Callable[[int, int, Checked], None]
"""Told of each result: how many are done, of how many, and the result."""


def check_files(
    context: RunContext, on_result: OnResult | None = None, known: Mapping[InputFile, Checked] | None = None
) -> list[Checked]:
    """Return the result of every file, in their order; one bad file never stops the others.

    `known` are results of this very run: their files are not read again.
    """
    files = context.files
    results: list[Checked | None] = [None] * len(files)
    words = SharedWords()
    for done, (index, checked) in enumerate(_results(context, known or {}), start=1):
        results[index] = words.share(checked)
        if on_result is not None:
            on_result(done, len(files), checked)
    return [checked for checked in results if checked is not None]


def _results(context: RunContext, known: Mapping[InputFile, Checked]) -> Iterator[tuple[int, Checked]]:
    """Yield (place, result) of every file once."""
    rest = []
    for index, found in enumerate(context.files):
        if found in known:
            yield index, known[found]
        else:
            rest.append((index, found))
    if not context.options.use_cache:
        yield from _executed(context, rest)
        return
    from xltools.review.cache import Cache

    cache = Cache(context.workspace, context.terms)
    try:
        unknown: list[tuple[int, InputFile]] = []
        for index, found in rest:
            kept = None if found.problem else cache.get(hash_of(found.path), found.shown)
            if kept is None:
                unknown.append((index, found))
            else:
                yield index, kept
        for index, checked in _executed(context, unknown):
            cache.put(checked)
            yield index, checked
    finally:
        cache.close()


def _executed(context: RunContext, files: list[tuple[int, InputFile]]) -> Iterator[tuple[int, Checked]]:
    given = [found for _, found in files]
    for place, checked in executor_for(context, given).check(given):
        yield files[place][0], checked
