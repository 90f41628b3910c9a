"""What a sentence is made of: figures, contents, names and words, kept as what they are until an output says them."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from xltools.bilingual import Lang, Pair
from xltools.findings.texts import as_typed, figure, quoted
from xltools.intake.files.names import name_of

Reader = Literal["department", "coordinator"]
"""Whom a text speaks to: the department that corrects, or the bureau's coordinator who runs the check."""

Cell = str | int | float | bool | None
"""A value as JSON holds it."""


class Figure(Struct, frozen=True, tag="figure", array_like=True):
    """A value that is said as accountants write it, in the decimals and unit of its cell."""

    value: Cell
    decimals: int = 2
    unit: str = ""


class Typed(Struct, frozen=True, tag="typed", array_like=True):
    """What stands in a cell, said in quotes and in its shortest exact form."""

    raw: Cell


class Quoted(Struct, frozen=True, tag="quoted", array_like=True):
    """A name or text that is said in quotes."""

    text: str


class FileName(Struct, frozen=True, tag="file", array_like=True):
    """A file as the coordinator gave it; a department is told its name alone."""

    shown: str


class Joined(Struct, frozen=True, tag="joined", array_like=True):
    """Several values one after another, with each language's separator."""

    parts: tuple[Value, ...]
    zh: str = "、"
    en: str = ", "


Value = str | int | float | bool | None | Figure | Typed | Quoted | FileName | Joined | Pair


def said(value: Value, lang: Lang, reader: Reader) -> object:
    """Return a value as it stands in a sentence; plain texts and counts as they are."""
    if isinstance(value, Figure):
        return figure(value.value, value.decimals, value.unit, lang)
    if isinstance(value, Typed):
        return as_typed(value.raw)
    if isinstance(value, Quoted):
        return quoted(value.text)
    if isinstance(value, Pair):
        return value.text(lang)
    if isinstance(value, FileName):
        return value.shown if reader == "coordinator" else name_of(value.shown)
    if isinstance(value, Joined):
        between = Pair(value.zh, value.en).text(lang)
        return between.join(str(said(part, lang, reader)) for part in value.parts)
    return value
