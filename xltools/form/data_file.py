"""Reads a data file that comes with the program and belongs to no single form: its shape, then its own laws."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from xltools.boundary.read import read_toml
from xltools.boundary.walk import Fault, taken
from xltools.errors import DefinitionError
from xltools.form.loader import refuse

Shape = TypeVar("Shape")


def read_data(path: Path, shape: type[Shape], laws: Callable[[Shape], Iterable[Fault]] = lambda _: ()) -> Shape:
    """Return what a file holds; raise DefinitionError with everything that is wrong with its shape, and by its laws."""
    raw, found = read_toml(path)
    made, wrong = (None, []) if found else taken(raw, shape, path.name)
    found += wrong
    if made is not None:
        found += laws(made)
    if found or made is None:
        raise DefinitionError(refuse(path.parent, found))
    return made
