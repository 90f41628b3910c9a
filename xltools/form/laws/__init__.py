"""The laws a definition must obey before anything is made of it; every fault is gathered."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from xltools.boundary.walk import Fault
from xltools.form.laws import fields, formulas, indicators, plausible, rules, sheets, tables
from xltools.form.model import Form

_Law = Callable[[Form], Iterator[Fault]]
STAGES: tuple[tuple[_Law, ...], ...] = (
    (sheets.laws, fields.names, fields.laws, fields.grids, tables.laws, sheets.bands, plausible.laws, indicators.laws),
    (formulas.laws, rules.laws),
    (formulas.written,),
)
"""A stage is looked at only when those before it are whole: its laws speak of what they name."""


def broken(form: Form) -> list[Fault]:
    """Return every law that the form breaks, of the first stage in which one is broken."""
    for stage in STAGES:
        found = [fault for law in stage for fault in law(form)]
        if found:
            return found
    return []


def every_broken(form: Form) -> list[Fault]:
    """Return the laws that the form breaks, of all stages that can be looked at: what follows from another fault is
    told beside it. What is written is looked at only when all names are known."""
    found = [fault for stage in STAGES[:-1] for law in stage for fault in law(form)]
    return found or broken(form)
