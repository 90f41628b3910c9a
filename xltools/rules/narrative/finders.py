"""The rules of narrative reports (NA), one a file; the tuples below are the catalogue's order."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.rules.narrative import (
    na001_figure_differs,
    na002_sum,
    na003_rate,
    na004_cut,
    na005_wrong_base,
    na006_same_fact,
    na007_grade,
    na008_unit,
    na009_department,
    na010_year,
    na011_residue,
    na012_punctuation,
    na013_section,
    na014_named_rate,
    na015_part_exceeds,
    na016_no_narrative,
    na017_no_workbook,
    na018_unreadable,
)
from xltools.rules.narrative.context import NarrativeContext

_RULES = (
    na001_figure_differs,
    na002_sum,
    na003_rate,
    na004_cut,
    na005_wrong_base,
    na006_same_fact,
    na007_grade,
    na008_unit,
    na009_department,
    na010_year,
    na011_residue,
    na012_punctuation,
    na013_section,
    na014_named_rate,
    na015_part_exceeds,
)
FINDERS: tuple[Callable[[NarrativeContext], Iterator[Finding]], ...] = tuple(rule.find for rule in _RULES)
CARDS: tuple[Card, ...] = (
    *(rule.CARD for rule in _RULES),
    na016_no_narrative.CARD,
    na017_no_workbook.CARD,
    na018_unreadable.CARD,
)
