"""A submission that was kept in a few bytes does for a return copy and a narrative what the one that was read does."""

from __future__ import annotations

import os

import pytest

from tests.support.forms import FORM_IDS, by_itself, room, wording
from tests.support.spoiled import spoiled
from xltools.intake.open import load_bytes
from xltools.review.context import Terms
from xltools.review.keeping import packed, submission_of
from xltools.review.one_workbook import check_submission
from xltools.writing.return_copy.book import return_copy

COUNT = int(os.environ.get("XLTOOLS_SPOILED", "3"))


@pytest.mark.parametrize("seed", range(COUNT))
@pytest.mark.parametrize("form_id", FORM_IDS)
def test_what_is_kept_is_what_was_read(form_id: str, seed: int) -> None:
    sent = spoiled(form_id, seed)
    read = load_bytes(sent.data, "一份.xlsx", room())
    result = by_itself(check_submission(read, room(), Terms(keep=True)))
    kept = submission_of(result, room())
    assert kept.readings == read.readings and list(kept.readings) == list(read.readings)
    assert kept.where == read.where and kept.layout is read.layout and kept.meta == read.meta
    assert {r: c.ref for r, c in kept.computed.items()} == {r: c.ref for r, c in read.computed.items()}
    assert kept.engine_inputs() == read.engine_inputs()
    assert return_copy(room(), kept, result, wording()) == return_copy(room(), read, result, wording())


def test_it_is_small_and_bears_the_name_its_result_has_now() -> None:
    sent = spoiled(FORM_IDS[0], 1)
    read = load_bytes(sent.data, "一份.xlsx", room())
    assert len(packed(read)) < 10_000
    result = check_submission(read, room(), Terms(keep=True))
    result.file = "改名.xlsx"  # as the cache does
    assert submission_of(result, room()).file == "改名.xlsx"
