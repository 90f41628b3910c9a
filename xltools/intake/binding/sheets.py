"""Finds each sheet of the template in the workbook: by its name, by where its names point, by its labels."""

from __future__ import annotations

from xltools.errors import UnreadableFile
from xltools.intake.binding.alignment import align, strays
from xltools.intake.binding.references import parse_reference
from xltools.intake.binding.returned_sheets import ASIDE_SHEET, LIST_SHEET
from xltools.intake.binding.state import Binding, SheetMap
from xltools.intake.xlsx.model import Sheet

OWN_SHEETS = frozenset({LIST_SHEET, ASIDE_SHEET})
"""Sheets that our return copies add; they are part of no form and no tampering."""


def match_sheets(b: Binding) -> None:
    """Find each template sheet: by its name, by where its defined names point, by its title and labels."""
    used: set[str] = set()
    homes: dict[str, dict[str, int]] = {}
    for name, expected in b.layout.names.items():
        target = parse_reference(b.book.names.get(name, ""))
        origin = parse_reference(expected)
        if target is not None and origin is not None and target[0] in b.sheets:
            votes = homes.setdefault(origin[0], {})
            votes[target[0]] = votes.get(target[0], 0) + 1
    for made in b.layout.sheets:
        name = made.sheet.name
        found = b.sheets.get(name)
        if found is None and homes.get(name):
            best = max(homes[name], key=lambda n: homes[name][n])
            found = b.sheets[best]
        if found is None:
            found = _by_labels(b, name, used)
        if found is None:
            b.structure.missing.append(name)
            b.structure.sheet_of[name] = None
            continue
        used.add(found.name)
        b.structure.sheet_of[name] = found.name
        b.maps[name] = SheetMap(found)
        if found.name != name:
            b.structure.renamed.append((name, found.name))
    data = [s.sheet.name for s in b.layout.sheets if s.sheet.kind == "data"]
    if data and all(b.structure.sheet_of.get(n) is None for n in data):
        raise UnreadableFile("not_ours", form=b.form.id)


def _by_labels(b: Binding, name: str, used: set[str]) -> Sheet | None:
    """Return the one sheet whose fixed texts are mostly this template sheet's, if there is just one."""
    made = b.layout.sheet(name)
    texts = {
        s.text
        for s in made.slots
        if s.role in ("label", "header", "heading", "fixed", "title") and isinstance(s.text, str) and len(s.text) > 1
    }
    if not texts:
        return None
    scores = []
    for sheet in b.book.sheets:
        if sheet.name in used or sheet.name in {s.sheet.name for s in b.layout.sheets}:
            continue
        seen = {c.value for c in sheet.cells.values() if isinstance(c.value, str)}
        scores.append((len(texts & seen) / len(texts), sheet.name))
    scores.sort(reverse=True)
    return b.sheets[scores[0][1]] if scores and scores[0][0] >= 0.6 else None


def align_sheets(b: Binding) -> None:
    """Where a sheet's fixed texts are not at home, find out how its lines moved."""
    for name, texts in b.layout.fixed_texts.items():
        home = b.structure.sheet_of.get(name)
        if home is not None and strays(texts, b.sheets[home]):
            b.alignments[name] = align(texts, b.sheets[home])


def notice_states(b: Binding) -> None:
    """Say which sheets are hidden, unprotected or added."""
    bound = {n for n in b.structure.sheet_of.values() if n}
    for made in b.layout.sheets:
        home = b.structure.sheet_of.get(made.sheet.name)
        if home is None or made.sheet.kind == "meta":
            continue
        sheet = b.sheets[home]
        if sheet.state != "visible":
            b.structure.hidden.append(home)
        if not sheet.protected:
            b.structure.unprotected.append(home)
    for sheet in b.book.sheets:
        if sheet.name not in bound and sheet.name not in OWN_SHEETS:
            b.structure.added.append(sheet.name)
