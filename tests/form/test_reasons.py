"""What is no reason: one list of the form, for the workbook's formulas, the check, answers and waivers."""

from __future__ import annotations

import pytest

from tests.support.forms import FORM_IDS, form
from xltools.form.states import has_reason, is_reason
from xltools.review.decisions import WAIVE, Decision
from xltools.review.typed import NO_NEED, TypedMissing

ALL = pytest.mark.parametrize("form_id", FORM_IDS)


@ALL
def test_each_listed_word_alone_is_none_and_part_of_a_sentence_is_fine(form_id: str) -> None:
    words = form(form_id).no_reason
    assert words
    for word in words:
        assert not is_reason(f" {word}。", words), word
        assert is_reason(f"{word}，因合同尾款次年支付", words), word


@ALL
def test_the_hints_of_the_reason_columns_are_in_the_list(form_id: str) -> None:
    definition = form(form_id)
    columns = {(t.name, t.reason_column) for t in definition.tables} | {(r.table, r.given) for r in definition.rules}
    hints = [c.hint for t in definition.tables for c in t.columns if (t.name, c.name) in columns and c.hint]
    for hint in hints:
        assert not is_reason(hint, definition.no_reason), hint


def test_a_former_edition_asks_what_it_asked() -> None:
    assert has_reason("A1").startswith("LEN(")
    assert is_reason("同上")


@pytest.mark.parametrize("reason", ["", "无", "——", "。"])
def test_a_waiver_needs_a_reason(reason: str) -> None:
    assert Decision(1, "x", WAIVE, reason, "李某", "").gap.zh == "没有写理由"
    assert Decision(1, "x", WAIVE, "口径已核", reason, "").gap.zh == "没有写经办人"
    assert not Decision(1, "x", WAIVE, "口径已核", "李某", "").gap.zh
    assert not TypedMissing("", NO_NEED, reason, "李某").excused
    assert TypedMissing("", NO_NEED, "机构撤并", "李某").excused
