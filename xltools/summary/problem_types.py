"""问题类型: what was found, by type and by the bureau's offices: how often, in how many departments."""

from __future__ import annotations

import pandas as pd

from xltools.findings.finding import Finding
from xltools.form import model as m
from xltools.rules.catalogue import catalogue
from xltools.summary.batch import Batch
from xltools.summary.entry import BatchEntry
from xltools.summary.totals import plain_sum
from xltools.writing.consolidated.names import Names
from xltools.writing.consolidated.plan import CellContent, Grid, GridColumn, TotalRow

MOST_OFFICES = 12
"""Offices that have a column each; a bureau with more gets the sheet without them, and the note says so."""


def problem_types(batch: Batch, names: Names) -> Grid:
    """Return the sheet: one row a type of finding, the graver and the more frequent first; replaced copies do not count."""
    pairs = [(e, f) for e in batch.speaking for f in e.checked.findings]
    pairs_by_code: dict[str, list[tuple[BatchEntry, Finding]]] = {}
    for entry, finding in pairs:
        pairs_by_code.setdefault(finding.code, []).append((entry, finding))
    cards = catalogue(batch.forms.values())
    rows = sorted(pairs_by_code.items(), key=lambda r: (_grave(r[1]), -len(r[1]), r[0]))
    open_ = [[p for p in own if p[1].is_open] for _, own in rows]
    title = {code: cards[code].name.zh if code in cards else code for code, _ in rows}
    columns = [
        GridColumn("level", "级别", "level", [_level(own) for _, own in rows], width=7, look="state"),
        GridColumn("rule", "编号", "centre", [code for code, _ in rows], width=8),
        GridColumn("what", "问题类型", "text", [title[code] for code, _ in rows], width=38),
        GridColumn("open", "待处理（项）", "integer", [len(own) for own in open_], width=8),
        GridColumn("owners", "涉及部门", "integer", [len({_owner(e) for e, _ in own}) for own in open_], width=8),
        GridColumn(
            "settled",
            "已说明或豁免",
            "integer",
            [len(own) - len(left) for (_, own), left in zip(rows, open_, strict=True)],
            width=9,
        ),
    ]
    offices = batch.offices if batch.roster is not None else []
    shown = offices if len(offices) <= MOST_OFFICES else []
    for number, office in enumerate(shown):
        counts: list[CellContent] = [sum(e.office == office for e, _ in own) or None for own in open_]
        columns.append(GridColumn(f"office{number}", office, "integer", counts, "待处理问题按归口科室（项）", 9))
    summed = ("open", "settled", *(f"office{n}" for n in range(len(shown))))
    totals = {c.key: plain_sum(c.key, pd.Series(c.values, dtype=object), 0) for c in columns if c.key in summed}
    note = "只数各部门现行的一份，不含已被代替的旧件。"
    note += "" if shown or not offices else f"归口科室有 {len(offices)} 个，不分列；可在“问题清单”按科室筛选。"
    return Grid(
        names("问题类型"),
        "审核问题（按类型和归口科室）",
        columns,
        note,
        [TotalRow("合计", totals)],
        3,
        empty="没有审核问题",
        reader="leader",
    )


def _grave(own: list[tuple[BatchEntry, Finding]]) -> int:
    return min(m.LEVELS.index(f.level) for _, f in own)


def _level(own: list[tuple[BatchEntry, Finding]]) -> str:
    return m.LEVEL_WORDS[m.LEVELS[_grave(own)]]


def _owner(entry: BatchEntry) -> str:
    return entry.checked.owner or entry.checked.file
