"""What 排名 says of a score that cannot be taken as it stands: points above the weight, points for what was left blank."""

from __future__ import annotations

from typing import Any

import pytest

from xltools.findings.extract import Harvest
from xltools.findings.report import Checked
from xltools.form import open_form
from xltools.summary.entry import BatchEntry
from xltools.summary.frames import indicators_of
from xltools.summary.score_notes import ScoreNotes

FORM = open_form("guangdong-2023")
INDICATORS = indicators_of(FORM)
NOTES = ScoreNotes(FORM, INDICATORS)


def entry(scores: dict[str, float], **fields: Any) -> BatchEntry:
    """A submission whose scoring table holds these scores, and whose fields these values."""
    table = FORM.table(INDICATORS[0].table)
    at = [c.name for c in table.columns].index(str(table.score_column))
    rows = []
    for indicator in INDICATORS:
        row: list[Any] = [None] * len(table.columns)
        row[at] = scores.get(indicator.name)
        rows.append(tuple(row))
    values = tuple(fields.get(f.name) for f in FORM.fields)
    harvest = Harvest(FORM.version, FORM.digest, values, {table.name: tuple(rows)})
    return BatchEntry(Checked("x.xlsx", "x", FORM.id, harvest=harvest))


def names(found: list[Any]) -> list[str]:
    return [i.name for i in found]


def test_more_than_the_weight_is_named() -> None:
    weights = {i.name: i.weight for i in INDICATORS}
    name = INDICATORS[3].name
    assert names(NOTES.over_weight(entry({name: weights[name] + 0.5}))) == [name]
    assert NOTES.over_weight(entry(weights)) == []


@pytest.mark.parametrize(
    ("fields", "noted"),
    [
        ({}, True),
        ({"采购合同数": 4, "按时签订合同数": 3}, False),
        ({"采购合同数": 0}, False),
        ({"按时签订合同数": 3}, False),
    ],
)
def test_points_for_what_was_left_blank_are_named(fields: dict[str, Any], noted: bool) -> None:
    table = FORM.table(INDICATORS[0].table)
    score = table.column(str(table.score_column))
    own = next(i for i in INDICATORS if "按时签订合同数" in str(table.cell_formula(i.row, score)))
    assert names(NOTES.blank(entry({own.name: own.weight}, **fields))) == ([own.name] if noted else [])


def test_no_points_for_blanks_or_points_the_department_judged_itself_are_no_matter() -> None:
    table = FORM.table(INDICATORS[0].table)
    score = table.column(str(table.score_column))
    judged = next(i for i in INDICATORS if table.cell_formula(i.row, score) is None)
    assert NOTES.blank(entry({judged.name: judged.weight})) == []
    assert NOTES.blank(entry({})) == []
