"""What a definition is made of, read from the structures its files are held against: a new key needs no change here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from msgspec import NODEFAULT, Struct
from msgspec import inspect as kinds

from xltools.form.indicators import FILE as INDICATORS
from xltools.form.indicators import IndicatorsFile
from xltools.form.loader import FILES, NARRATIVE
from xltools.form.narrative import NarrativeFile
from xltools.form.plausible import FILE as PLAUSIBLE
from xltools.form.plausible import Plausible
from xltools.form.shapes import FieldsFile, FormFile, RulesFile, TablesFile

SHAPES: dict[str, type[Struct]] = {
    **dict(zip(FILES, (FormFile, FieldsFile, TablesFile, RulesFile), strict=True)),
    NARRATIVE: NarrativeFile,
    PLAUSIBLE: Plausible,
    INDICATORS: IndicatorsFile,
}
"""The files of a definition whose every key has a place of its own in 定义.xlsx."""

Sort = Literal["text", "closed", "boolean", "integer", "number", "texts", "numbers", "given", "mapping", "other"]


@dataclass(frozen=True)
class Leaf:
    """One key that a cell holds; in an inner structure (`applies.values`) its path has two steps."""

    path: tuple[str, ...]
    sort: Sort
    required: bool = False
    words: tuple[str, ...] = ()  # of a closed list
    formula: bool = False

    @property
    def name(self) -> str:
        """The key as the definition writes it."""
        return ".".join(self.path)


@dataclass(frozen=True)
class Part:
    """One kind of entry of a file: once ([form]) or many times ([[field]]). An inner list (a rule's cases) is a part of
    its own; `owner` is the part it belongs to."""

    file: str
    path: tuple[str, ...]
    many: bool
    leaves: tuple[Leaf, ...]
    owner: Part | None = None

    @property
    def kind(self) -> str:
        """The last step of its path: `field`, `cases`."""
        return self.path[-1] if self.path else ""

    def leaf(self, path: tuple[str, ...]) -> Leaf | None:
        """Return the leaf of that path."""
        return next((leaf for leaf in self.leaves if leaf.path == path), None)


@cache
def parts(file: str) -> tuple[Part, ...]:
    """Return all parts of a file, an inner list behind its owner."""
    return tuple(_parts(file, _struct(SHAPES[file])))


def _parts(file: str, top: kinds.StructType) -> Iterator[Part]:
    loose = []
    for field in top.fields:
        name = field.encode_name
        kind = _plain(field.type)
        if isinstance(kind, kinds.StructType):
            yield from _part(file, (name,), kind, False, None)
        elif isinstance(inner := _inner(kind), kinds.StructType):
            yield from _part(file, (name,), inner, True, None)
        elif not isinstance(inner, kinds.DictType):
            loose.append(_leaf((name,), field))
    if loose:
        yield Part(file, (), False, tuple(loose))


def _part(file: str, path: tuple[str, ...], kind: kinds.StructType, many: bool, owner: Part | None) -> Iterator[Part]:
    leaves = sorted(_leaves(kind, ()), key=lambda leaf: leaf.path != ("table",) or not leaf.required)
    mine = Part(file, path, many, tuple(leaves), owner)
    yield mine
    for field in kind.fields:
        inner = _inner(_plain(field.type))
        if isinstance(inner, kinds.StructType):
            yield from _part(file, (*path, field.encode_name), inner, True, mine)


def _leaves(kind: kinds.StructType, above: tuple[str, ...]) -> Iterator[Leaf]:
    for field in kind.fields:
        plain = _plain(field.type)
        if isinstance(plain, kinds.StructType) and not above:
            yield from _leaves(plain, (field.encode_name,))
        elif not isinstance(_inner(plain), kinds.StructType):
            yield _leaf((*above, field.encode_name), field, optional=bool(above))


def _leaf(path: tuple[str, ...], field: kinds.Field, optional: bool = False) -> Leaf:
    kind = _plain(field.type)
    required = field.required and field.default is NODEFAULT and not optional
    words = tuple(map(str, kind.values)) if isinstance(kind, kinds.LiteralType) else ()
    formula = isinstance(kind, kinds.StrType) and kind.pattern == "^="
    return Leaf(path, _sort(kind), required, words, formula)


def _sort(kind: kinds.Type) -> Sort:
    match kind:
        case kinds.StrType():
            return "text"
        case kinds.LiteralType():
            return "closed"
        case kinds.BoolType():
            return "boolean"
        case kinds.IntType():
            return "integer"
        case kinds.FloatType():
            return "number"
        case kinds.DictType():
            return "mapping"
        case kinds.UnionType():
            return "given" if any(isinstance(k, kinds.StrType) for k in kind.types) else "number"
    inner = _inner(kind)
    if isinstance(inner, kinds.StrType | kinds.LiteralType):
        return "texts"
    return "numbers" if isinstance(inner, kinds.IntType | kinds.FloatType | kinds.UnionType) else "other"


def _inner(kind: kinds.Type) -> kinds.Type | None:
    """The kind of a list's entries; None for what is no list."""
    return _plain(kind.item_type) if isinstance(kind, kinds.ListType | kinds.VarTupleType) else None


def _plain(kind: kinds.Type) -> kinds.Type:
    """The kind without what may stand for nothing, and without its bounds."""
    if isinstance(kind, kinds.Metadata):
        return _plain(kind.type)
    if isinstance(kind, kinds.UnionType):
        rest = [k for k in kind.types if not isinstance(k, kinds.NoneType)]
        return _plain(rest[0]) if len(rest) == 1 else kind
    return kind


def _struct(shape: type[Struct]) -> kinds.StructType:
    kind = kinds.type_info(shape)
    assert isinstance(kind, kinds.StructType)
    return kind
