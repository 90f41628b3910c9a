"""Runs: figures told one after the other that only 、 or ， joins (各减少 a、b，各下降 r、s)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xltools.intake.narrative.facts.figures import Figure

_JOINTS = ("、", "，", "和", "与", "及", "/")


def runs_of(figures: Sequence[Figure]) -> Iterator[list[Figure]]:
    """Split figures into runs of one kind and function that only 、 or ， joins."""
    run: list[Figure] = []
    for figure in figures:
        last = run[-1] if run else None
        if last is not None and figure.lead in _JOINTS and (last.kind, last.function) == (figure.kind, figure.function):
            run.append(figure)
            continue
        if run:
            yield run
        run = [figure]
    if run:
        yield run
