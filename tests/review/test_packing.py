"""A result that went through bytes is the same result, to the last type."""

from __future__ import annotations

import msgspec
import pytest

from tests.support.forms import FORM_IDS, checked
from tests.support.spoiled import spoiled
from xltools.bilingual import Pair
from xltools.findings.finding import Finding
from xltools.findings.packing import packed, unpacked
from xltools.findings.report import Checked
from xltools.findings.values import Figure, FileName, Joined, Quoted, Typed


def exact(result: Checked) -> bytes:
    """Return what tells 5 from 5.0 and true, whatever the order of a set."""
    return msgspec.msgpack.encode(result, order="deterministic")


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_what_was_packed_comes_back(form_id: str) -> None:
    for seed in range(6):
        result = checked(spoiled(form_id, seed).data)
        back = unpacked(packed(result))
        assert back == result
        assert exact(back) == exact(result)


def test_every_kind_of_value_comes_back() -> None:
    values = {
        "figure": Figure(1.5, 2, "万元"),
        "typed": Typed("１０"),
        "quoted": Quoted("甲"),
        "file": FileName("甲/乙.xlsx"),
        "joined": Joined((Pair("一", "one"), Joined((Quoted("二"), 3)), None)),
        "pair": Pair("是", "yes"),
        "whole": 5,
        "part": 5.0,
        "true": True,
        "nothing": None,
    }
    result = Checked("甲.xlsx", "0", findings=[Finding(code="XX001", level="error", values=values)], kept=b"\x00\xff")
    back = unpacked(packed(result))
    assert back == result
    assert exact(back) == exact(result)


def test_a_name_that_is_no_text_does_not_lose_the_result() -> None:
    result = Checked(
        "\udcff.xlsx", "0", findings=[Finding(code="XX001", level="error", file="\udcff.xlsx")], kept=b"\xff"
    )
    back = unpacked(packed(result))
    assert (back.file, back.findings[0].file, back.kept) == ("?.xlsx", "?.xlsx", b"\xff")
