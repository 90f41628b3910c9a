"""When two formula texts are one: only what a re-save changes is levelled."""

from __future__ import annotations

import pytest

from xltools.rules.workbook.altered import canonical


@pytest.mark.parametrize(
    ("template", "saved"),
    [
        ("IF(ABS(A1)<=0.005,1,0)", "IF(ABS(A1)<=0.0050000000000000001,1,0)"),
        ("IF(ABS(A1)<=0.005,1,0)", "IF(ABS(A1)<=0.00499999999999999990,1,0)"),
        ("A1*1.3", "A1*1.30"),
        ("SUM(表!A1)", "sum('表'!A1)"),
        ("TRUE()", "TRUE"),
    ],
)
def test_a_spelling_of_a_program_is_the_same_formula(template: str, saved: str) -> None:
    assert canonical(template) == canonical(saved)


@pytest.mark.parametrize(
    ("template", "changed"),
    [
        ("IF(ABS(A1)<=0.005,1,0)", "IF(ABS(A1)<=0.05,1,0)"),
        ("A1*0.3", "A1*0.30001"),
        ('IF(A1="0.50","x","")', 'IF(A1="0.5","x","")'),
        ("A1+A2", "A1-A2"),
    ],
)
def test_another_number_or_text_is_another_formula(template: str, changed: str) -> None:
    assert canonical(template) != canonical(changed)
