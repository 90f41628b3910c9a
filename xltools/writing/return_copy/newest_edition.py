"""A submission of a former edition as the newest edition holds it: what was typed, in its places; the rest is set aside."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from xltools.form.editions import Bridge
from xltools.form.layout import Key, Layout
from xltools.intake.cells.typed import in_list
from xltools.intake.cells.written import plain_text
from xltools.intake.submission import Kept, Reading, Submission

NO_LONGER = "现行版本的表格没有这一项"


def in_newest(submission: Submission, layout: Layout) -> tuple[Submission, list[Kept]]:
    """Return the submission on the newest edition's `layout`, and what found no place there; its cells stand where
    they stood in the sender's file."""
    bridge = Bridge(submission.form, layout.form)
    readings: dict[Key, Reading] = {}
    left: list[Kept] = []
    for key, reading in submission.readings.items():
        new = bridge.newest_key(key)
        slot = None if new is None else layout.inputs.get(new)
        if new is None or slot is None or slot.item is None:
            content = reading.value if isinstance(reading.value, date) else reading.raw
            left.append(Kept(reading.ref.sheet, reading.ref.a1, plain_text(content), NO_LONGER))
        else:
            said = in_list(slot.item, reading.value) if isinstance(reading.value, str) else reading.value
            readings[new] = replace(reading, key=new, item=slot.item, value=said)
    placed = ((bridge.newest_key(key), ref) for key, ref in submission.where.items())
    figures = ((bridge.newest_key(key), ref) for ref, key in submission.layout.computed.items())
    given = ((bridge.newest_key(Key(name)), text) for name, text in submission.prefilled.items())
    sheets = {sheet.name: submission.structure.sheet_of.get(sheet.name) for sheet in layout.form.sheets}
    renewed = replace(
        submission,
        form=layout.form,
        layout=layout,
        readings=readings,
        where={key: ref for key, ref in placed if key is not None and key in layout.inputs},
        computed={
            layout.cells[key]: submission.computed[ref]
            for key, ref in figures
            if key is not None and key in layout.cells and ref in submission.computed
        },
        prefilled={key.field: text for key, text in given if key is not None},
        structure=replace(submission.structure, sheet_of=sheets),
    )
    return renewed, left
