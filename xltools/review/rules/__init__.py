"""The rules that are Python, one a file; the list below is the catalogue's order."""

from __future__ import annotations

from typing import cast

from xltools.review.cards import PythonRule
from xltools.review.rules import (
    st001_constant_differs,
    st002_constant_agrees,
    st003_formula_changed,
    st004_not_recalculated,
    st005_stale_value,
    st006_prefilled_changed,
    st007_protection_removed,
    st009_sheet_missing,
    st010_sheet_renamed,
    st011_sheet_hidden,
    st012_sheet_added,
    st013_lines_inserted,
    st014_name_lost,
    st015_place_unknown,
    st017_definition_differs,
    va001_missing,
    va002_unreadable,
    va003_not_in_list,
    va004_out_of_range,
    va005_negative,
    va006_too_precise,
    va007_unusual_writing,
    va008_nothing_word,
    va012_formula_in_input,
)

RULES: tuple[PythonRule, ...] = cast(
    tuple[PythonRule, ...],
    (
        st001_constant_differs,
        st002_constant_agrees,
        st003_formula_changed,
        st004_not_recalculated,
        st005_stale_value,
        st006_prefilled_changed,
        st007_protection_removed,
        st009_sheet_missing,
        st010_sheet_renamed,
        st011_sheet_hidden,
        st012_sheet_added,
        st013_lines_inserted,
        st014_name_lost,
        st015_place_unknown,
        st017_definition_differs,
        va001_missing,
        va002_unreadable,
        va003_not_in_list,
        va004_out_of_range,
        va005_negative,
        va006_too_precise,
        va007_unusual_writing,
        va008_nothing_word,
        va012_formula_in_input,
    ),
)
