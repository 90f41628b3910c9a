"""Which columns of a form's tables are indicators (indicators.toml, optional): what each column means to a reviewer."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

FILE = "indicators.toml"
"""The optional file; it is no part of an edition: nothing of it stands in a workbook. Beside the forms' folders a file of
this name holds the words they share (form.indicator_words)."""
Kind = Literal["", "output", "quantity", "quality", "timeliness", "cost", "benefit", "satisfaction"]
"""What a group of indicators is about; "output" where quantity, quality and timeliness stand together."""


class Group(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A group that a row may belong to: what it is about, and the group above it."""

    name: str
    kind: Kind
    within: str = ""


class Asked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Groups of which the form asks for at least one row, and what they are called together."""

    label: str
    groups: tuple[str, ...]
    kind: Kind = ""


class IndicatorTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of indicators: which column is what, and what the signs of its direction mean."""

    table: str
    name: str
    direction: str
    target: str
    actual: str
    at_least: str
    at_most: str
    exactly: str = ""
    unit: str = ""
    weight: str = ""
    group: str = ""
    kind: Kind = ""
    groups: tuple[Group, ...] = ()
    asks: tuple[Asked, ...] = ()

    def kind_of(self, group: str) -> Kind:
        """Return what a row of that group is about."""
        return next((g.kind for g in self.groups if g.name == group), self.kind)

    def above(self, group: str) -> str:
        """Return the group above a row's own."""
        return next((g.within for g in self.groups if g.name == group), "")


class IndicatorsFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole file."""

    indicators: tuple[IndicatorTable, ...] = ()
