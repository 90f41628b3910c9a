"""The rules that are Python, one a file; the list below is the catalogue's order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, cast

from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.rules.context import RuleContext
from xltools.rules.intake import in011_format_carries_less, in012_active_content
from xltools.rules.workbook import (
    st001_constant_differs,
    st002_constant_agrees,
    st003_formula_changed,
    st004_not_recalculated,
    st005_stale_value,
    st006_prefilled_changed,
    st007_protection_removed,
    st008_validation_removed,
    st009_sheet_missing,
    st010_sheet_renamed,
    st011_sheet_hidden,
    st012_sheet_added,
    st013_lines_inserted,
    st014_name_lost,
    st015_place_unknown,
    st016_other_form,
    st017_definition_differs,
    st018_outside_form,
    st019_error_value,
    st020_code_differs,
    va001_missing,
    va002_unreadable,
    va003_not_in_list,
    va004_out_of_range,
    va005_negative,
    va006_too_precise,
    va007_unusual_writing,
    va008_nothing_word,
    va009_other_year_date,
    va010_other_year,
    va011_text_too_long,
    va012_formula_in_input,
    va013_hint_left,
    va014_unit_slip,
    va015_percent_slip,
    va016_not_whole,
)


class PythonRule(Protocol):
    """A rule file: its card and what finds it in one workbook."""

    CARD: Card

    def find(self, ctx: RuleContext) -> Iterator[Finding]:
        """Yield the findings of this rule in one submission."""
        ...


RULES: tuple[PythonRule, ...] = cast(
    tuple[PythonRule, ...],
    (
        in011_format_carries_less,
        in012_active_content,
        st001_constant_differs,
        st002_constant_agrees,
        st003_formula_changed,
        st004_not_recalculated,
        st005_stale_value,
        st006_prefilled_changed,
        st007_protection_removed,
        st008_validation_removed,
        st009_sheet_missing,
        st010_sheet_renamed,
        st011_sheet_hidden,
        st012_sheet_added,
        st013_lines_inserted,
        st014_name_lost,
        st015_place_unknown,
        st016_other_form,
        st017_definition_differs,
        st018_outside_form,
        st019_error_value,
        st020_code_differs,
        va001_missing,
        va002_unreadable,
        va003_not_in_list,
        va004_out_of_range,
        va005_negative,
        va006_too_precise,
        va007_unusual_writing,
        va008_nothing_word,
        va009_other_year_date,
        va010_other_year,
        va011_text_too_long,
        va012_formula_in_input,
        va013_hint_left,
        va014_unit_slip,
        va015_percent_slip,
        va016_not_whole,
    ),
)
