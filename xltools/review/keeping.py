"""A submission in a few kilobytes, so that what is written or compared later in the run need not read its file again.

Kept is what return copies and narratives look at: what was typed and where it stands now, what has no place in the
form. What the file said in its formula cells was judged by then and is not kept, only where those cells are.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar

import msgspec
from msgspec import Struct

from xltools.findings.report import Checked
from xltools.form.address import Ref
from xltools.form.layout import Key
from xltools.form.model import Scalar
from xltools.inflate import inflated
from xltools.intake.submission import Computed, Kept, Listed, Reading, Structure, Submission
from xltools.intake.xlsx.model import Cell, Sheet
from xltools.recalc.workspace import Workspace

Plain = str | int | float | bool | None
K = TypeVar("K", bound=Key | Ref)


class Day(Struct, frozen=True, tag=True):
    """A date, which would otherwise come back as a text."""

    iso: str


class KeptReading(Struct, frozen=True, array_like=True):
    """A reading; `at` is its place among the form's inputs."""

    at: int
    ref: Ref
    raw: Plain
    value: Plain | Day
    habits: tuple[str, ...]
    blank: str | None
    problem: str | None
    formula: str | None
    unit: str
    shown: str


class Moves(Struct, frozen=True, array_like=True):
    """Which of a list of cells stand elsewhere in the sender's file, and which are not there."""

    moved: dict[int, Ref]
    gone: tuple[int, ...]


class KeptSubmission(Struct, frozen=True, array_like=True):
    """A submission without its form, which the workspace has, and without its file's name, which may change."""

    capacities: dict[str, int]
    meta: dict[str, str]
    prefilled: dict[str, str]
    readings: tuple[KeptReading, ...]
    inputs: Moves
    formulas: Moves
    sheet_of: dict[str, str | None]
    missing: tuple[str, ...]
    outside: tuple[tuple[Ref, Plain], ...]
    listed: tuple[Listed, ...] | None
    unplaced: tuple[Kept, ...]
    beside: tuple[Kept, ...]
    added: tuple[tuple[str, tuple[tuple[int, int, Plain, str | None], ...]], ...]  # sheet, its cells and formulas


MOST_KEPT_ROWS = 10_000
"""More rows than any table is read with."""
_DECODER = msgspec.msgpack.Decoder(KeptSubmission)


def packed(submission: Submission) -> bytes:
    """Return a submission as bytes."""
    layout = submission.layout
    order = {key: number for number, key in enumerate(layout.inputs)}
    kept = KeptSubmission(
        {t.name: layout.capacities[t.name] for t in submission.form.tables if not t.is_fixed},
        submission.meta,
        submission.prefilled,
        tuple(_kept(reading, order[key]) for key, reading in submission.readings.items()),
        _moves(((key, layout.cells[key]) for key in layout.inputs), submission.where),
        _moves(((ref, ref) for ref in layout.formulas), {ref: c.ref for ref, c in submission.computed.items()}),
        submission.structure.sheet_of,
        tuple(submission.structure.missing),
        tuple(submission.structure.outside),
        None if submission.listed is None else tuple(submission.listed),
        tuple(submission.kept),
        tuple(submission.beside),
        tuple(
            (sheet.name, tuple((*place, cell.value, cell.formula) for place, cell in sheet.cells.items()))
            for sheet in submission.added_sheets
        ),
    )
    return zlib.compress(msgspec.msgpack.encode(kept), 1)


def is_whole(checked: Checked) -> bool:
    """True when a result was kept without its submission, or with one that can be opened."""
    if not checked.kept:
        return True
    try:
        kept = _DECODER.decode(inflated(checked.kept))
    except (zlib.error, msgspec.DecodeError):
        return False
    return all(0 <= rows <= MOST_KEPT_ROWS for rows in kept.capacities.values())


def submission_of(checked: Checked, workspace: Workspace) -> Submission:
    """Return the submission that was kept with its result."""
    kept = _DECODER.decode(inflated(checked.kept))
    form = workspace.form(checked.definition)
    layout = workspace.layout(form, kept.capacities)
    inputs = list(layout.inputs)
    computed = _placed(((ref, ref) for ref in layout.formulas), kept.formulas)
    return Submission(
        checked.file,
        checked.sha256,
        form,
        layout,
        kept.meta,
        kept.prefilled,
        {(key := inputs[t.at]): _reading(t, key, layout.inputs[key].item) for t in kept.readings},
        _placed(((key, layout.cells[key]) for key in inputs), kept.inputs),
        {ref: Computed(place, None, None, True) for ref, place in computed.items()},
        Structure(
            sheet_of=kept.sheet_of,
            missing=list(kept.missing),
            outside=list(kept.outside),
        ),
        listed=None if kept.listed is None else list(kept.listed),
        kept=list(kept.unplaced),
        beside=list(kept.beside),
        added_sheets=[
            Sheet(name, cells={(row, column): Cell(value, "", formula, 0) for row, column, value, formula in cells})
            for name, cells in kept.added
        ],
    )


def _kept(reading: Reading, at: int) -> KeptReading:
    value: Scalar | Day = reading.value
    return KeptReading(
        at,
        reading.ref,
        reading.raw,
        Day(value.isoformat()) if isinstance(value, date) else value,
        reading.habits,
        reading.blank,
        reading.problem,
        reading.formula,
        reading.unit,
        reading.shown,
    )


def _reading(kept: KeptReading, key: Key, item: object) -> Reading:
    value = date.fromisoformat(kept.value.iso) if isinstance(kept.value, Day) else kept.value
    return Reading(
        key,
        item,  # type: ignore[arg-type]
        kept.ref,
        kept.raw,
        value,
        kept.habits,
        kept.blank,
        kept.problem,
        kept.formula,
        kept.unit,
        kept.shown,
    )


def _moves(known: Iterable[tuple[K, Ref]], found: Mapping[K, Ref]) -> Moves:
    """Return how the places found differ from the template's."""
    moved: dict[int, Ref] = {}
    gone = []
    for number, (key, ref) in enumerate(known):
        place = found.get(key)
        if place is None:
            gone.append(number)
        elif place != ref:
            moved[number] = place
    return Moves(moved, tuple(gone))


def _placed(known: Iterable[tuple[K, Ref]], moves: Moves) -> dict[K, Ref]:
    """Return the places found, the other way round."""
    gone = set(moves.gone)
    return {key: moves.moved.get(number, ref) for number, (key, ref) in enumerate(known) if number not in gone}
