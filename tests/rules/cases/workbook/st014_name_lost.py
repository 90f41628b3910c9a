"""Damages that ST014 must tell: defined names were lost or point elsewhere; the cells were found by label."""

from __future__ import annotations

from tests.support.stage import Result, Stage, damage, first, spot
from xltools.form.address import Ref


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
    """The cell is missing at its place; what was moved is told where it stands; nothing else moves."""
    item = first(f for f in s.fields("text", required=True) if f.name != s.form.code_field)
    ref, text = s.at(item.name), s.values[item.name]
    moved = Ref(ref.sheet, ref.row, 40)
    package = s.package().empty(ref).text(moved, str(text)).name_points(item.name, f"{ref.sheet}!$AN${ref.row}")
    return (
        package.without_results(),
        spot("VA001", ref),
        spot("ST014", ref),
        spot("ST018", moved),
        spot("ST004", s.layout.master),
    )
