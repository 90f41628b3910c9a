"""Damages that ST014 must tell: defined names were lost or point elsewhere; the cells were found by label."""

from __future__ import annotations

from tests.support.damage import Package
from tests.support.stage import NotHere, Place, Result, Stage, damage, first, spot
from xltools.form.address import Ref, absolute
from xltools.form.layout import Key


@damage("ST014", "name of a field lost")
def _(s: Stage) -> Result:
    item = s.field("text")
    return s.package().without_name(item.name), spot("ST014", s.at(item.name))


@damage("ST014", "name of a column lost")
def _(s: Stage) -> Result:
    key, _ref, _row = s.cell("text", open_=True)
    span = s.layout.spans[key.field, key.column]
    package = s.package().without_name(f"{key.field}_{key.column}")
    return package, spot("ST014", Ref(span.sheet, span.first, span.column))


@damage("ST014", "name points elsewhere")
def _(s: Stage) -> Result:
    item = s.field("longtext")
    ref = s.at(item.name)
    return s.package().name_points(item.name, f"{ref.sheet}!$A$1"), spot("ST014", ref)


@damage("ST014", "cell cut and pasted beside the form, its name with it")
def _(s: Stage) -> Result:
    """What was moved is read and told where it stands; nothing else moves."""
    item = first(f for f in s.fields("text", required=True) if f.name != s.form.code_field)
    ref, text = s.at(item.name), s.values[item.name]
    moved = Ref(ref.sheet, ref.row, 40)
    package = s.package().empty(ref).text(moved, str(text)).name_points(item.name, f"{ref.sheet}!$AN${ref.row}")
    return (
        package.without_results(),
        spot("ST014", moved),
        spot("ST004", first(r for r in s.layout.formulas if s.shows(r))),
        *_lost_limit(s, item.name, moved),
    )


def _lost_limit(s: Stage, name: str, at: Ref) -> list[Place]:
    """Return what is told of a drop-down or limit that stayed behind."""
    return [spot("ST008", at)] if Key(name) in s.layout.limited else []


def _cut(s: Stage, package: Package, name: str, to: Ref) -> None:
    """Move a field's content and its name."""
    value = s.values.get(name)
    package.empty(s.at(name)).name_points(name, f"{to.sheet}!{absolute(to.row, to.column)}")
    if isinstance(value, str):
        package.text(to, value)
    elif value is not None:
        package.number(to, value)


@damage("ST014", "a row's label and cell cut and pasted below")
def _(s: Stage) -> Result:
    """They are found there; the formulas that stayed in the row are where they belong."""
    name = s.field("amount").name
    ref, package = s.at(name), s.package()
    label, moved = Ref(ref.sheet, ref.row, ref.column - 1), Ref(ref.sheet, ref.row + 300, ref.column)
    _cut(s, package, name, moved)
    package.empty(label).text(Ref(label.sheet, moved.row, label.column), str(s.layout.by_cell[label].text))
    return package, spot("ST014", moved), spot("ST008", moved)


@damage("ST014", "all cells of a column cut and pasted beside the form")
def _(s: Stage) -> Result:
    """They are found there; nothing else of the sheet has moved."""
    if s.baseline:
        raise NotHere  # what was told of these cells before is told where they stand now
    ref, package = s.at(s.field("amount").name), s.package()
    own = [(k.field, r) for k, r in s.layout.cells.items() if k.row < 0 and k in s.layout.inputs]
    cut = [(name, r) for name, r in own if (r.sheet, r.column) == (ref.sheet, ref.column)]
    for name, place in cut:
        _cut(s, package, name, Ref(place.sheet, place.row, 40))
    top = Ref(ref.sheet, min(place.row for _, place in cut), 40)
    return package, spot("ST014", top), spot("ST008", top)
