"""What is plausible in a form's figures: words and relations that the check alone knows (plausible.toml, may be absent)."""

from __future__ import annotations

from msgspec import Struct

FILE = "plausible.toml"
"""No part of an edition: nothing of it stands in a workbook."""


class Common(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What holds for the form as a whole."""

    signed: tuple[str, ...] = ()  # in an indicator's name or unit: it may be negative
    shares: tuple[str, ...] = ()  # in an indicator's name: of a whole, so at most 100 %
    rates: tuple[str, ...] = ()  # what other names of rates end with: their target is at most 100 %,
    unbounded: tuple[str, ...] = ()  # but for those with one of these words
    vague: tuple[str, ...] = ()  # whole reasons that could be given for anything
    written_after: tuple[str, ...] = ()  # dates that lie after the year under evaluation
    persons: tuple[str, ...] = ()  # names of persons
    per_head_else: str | None = None  # the amount a head that counts where [form] per_head_field is not given
    per_head_least: float = 0.0  # below it a head, per_head_field is in a larger unit


class Bounded(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Amounts that are never far beyond another one: where they are, they stand in another unit."""

    fields: tuple[str, ...]
    by: tuple[str, ...]  # the first of these that is given
    times: float = 1.0  # beyond so many times of it


class Heads(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An amount that so many people limit, closely enough to show thousands of yuan."""

    field: str
    heads: tuple[str, ...]
    apart: tuple[str, ...] = ()  # of them, those whom somebody else pays
    posts: str | None = None  # as many people at least, where the heads are miscounted
    beyond: float  # a head, in the form's unit


class Plausible(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole file."""

    common: Common = Common()
    bound: tuple[Bounded, ...] = ()
    heads: tuple[Heads, ...] = ()
