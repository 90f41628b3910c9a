"""A workbook saved in WPS's manner checks like the original; what is lost or added on the way is named as what it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.damage import Package
from tests.support.forms import FORM_IDS, built, checked, clean, form, places, room
from tests.support.samples import PLANTED, sample
from tests.support.wps import as_wps_saves, with_class_id, with_picture, without_checks
from xltools.form.layout import Key
from xltools.intake.open import load_bytes

RESAVED = Path(__file__).parent / "resaved"


@pytest.mark.parametrize("name", FORM_IDS)
def test_a_clean_workbook_stays_clean(name: str) -> None:
    data = built(name)
    again = as_wps_saves(Package(data)).data()
    assert load_bytes(again, "a.xlsx", room()).values() == load_bytes(data, "a.xlsx", room()).values()
    assert load_bytes(again, "a.xlsx", room()).application == "WPS 表格"
    assert places(checked(again).findings) == places(checked(data).findings)


@pytest.mark.parametrize("code", list(PLANTED)[:2])
def test_what_is_wrong_stays_wrong(code: str) -> None:
    data = sample(code).read_bytes()
    again = checked(as_wps_saves(Package(data)).data())
    assert places(again.findings) == places(checked(data).findings) != []
    assert (again.score, again.grade) == (checked(data).score, checked(data).grade)


def test_lost_checks_are_a_notice() -> None:
    data = built(FORM_IDS[0])
    lost = checked(without_checks(as_wps_saves(Package(data))).data())
    more = [p for p in places(lost.findings) if p not in places(checked(data).findings)]
    assert {code for code, _, _ in more} == {"ST008"}
    assert {f.level for f in lost.findings if f.code == "ST008"} == {"notice"}


def test_a_picture_in_an_input_is_told_and_read_as_no_text() -> None:
    name = "guangdong-2023"
    values = clean(name)
    column = next(c for c in form(name).table("评分").columns if c.type == "text" and not c.fixed and not c.bureau)
    key = next(k for k in room().layout(form(name)).inputs if k.field == "评分" and k.column == column.name)
    ref = room().layout(form(name)).cells[key]
    picture = with_picture(as_wps_saves(Package(built(name, values))), ref.sheet, ref.a1)
    told = [f for f in checked(picture.data()).findings if f.cell == ref.a1]
    assert [f.code for f in told] == ["VA012"]
    assert Key(*key) in load_bytes(picture.data(), "a.xlsx", room()).readings


@pytest.mark.parametrize("path", sorted(RESAVED.glob("*.xls")), ids=lambda p: p.name)
def test_an_old_format_with_a_class_of_program_is_read(path: Path) -> None:
    plain, marked = (load_bytes(d, path.name, room()) for d in (path.read_bytes(), with_class_id(path.read_bytes())))
    assert marked.values() == plain.values() != {}
