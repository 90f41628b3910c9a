"""Which edition of its form a workbook was made from: as _meta says, else the one whose texts and formulas it carries."""

from __future__ import annotations

from collections.abc import Mapping

from xltools.form.layout import Layout
from xltools.form.model import Form
from xltools.form.slots import bare_label
from xltools.intake.xlsx.model import Book
from xltools.recalc.workspace import Workspace


def edition_of(form: Form, meta: Mapping[str, str], book: Book, workspace: Workspace) -> Form:
    """Return the former edition of `form` that a workbook is of, or `form` itself.

    A digest that nobody knows is no former edition: the workbook is of a definition that was changed in between.
    """
    digest, version = meta.get("digest", ""), meta.get("version", "")
    if digest == form.digest or not (editions := workspace.editions(form.id)):
        return form
    if digest:
        former = next((name for name, known in editions.items() if known == digest), None)
        return form if former is None else workspace.edition(form, former)
    if version:
        return workspace.edition(form, version) if version in editions else form
    known = [form, *(workspace.edition(form, name) for name in reversed(editions))]
    return max(known, key=lambda one: _likeness(book, workspace.layout(one)))


def _likeness(book: Book, layout: Layout) -> float:
    """Return the share of an edition's fixed texts and formulas that stand in the workbook where the edition has them."""
    cells = {sheet.name: sheet.cells for sheet in book.sheets}
    there = total = 0
    for name, texts in layout.fixed_texts.items():
        for row, column, text in texts:
            cell = cells.get(name, {}).get((row, column))
            there += cell is not None and bare_label(cell.value) == text
        total += len(texts)
    for ref, formula in layout.formula_texts.items():
        cell = cells.get(ref.sheet, {}).get((ref.row, ref.column))
        there += cell is not None and cell.formula == formula
        total += 1
    return there / max(1, total)
