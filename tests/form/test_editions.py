"""A form that was changed after it had been sent out: workbooks of its former edition are checked by what they were."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

from tests.support.damage import Package
from tests.support.editions import ADDED, NEWEST, Changed, archive_edition, changed
from tests.support.forms import FORM_IDS, built, by_itself, clean, form, room, wording
from xltools.cli import main
from xltools.errors import DefinitionError
from xltools.findings.report import Checked
from xltools.form import form_folders
from xltools.form.address import Ref
from xltools.form.editions import EDITIONS, edition_folders
from xltools.form.layout import Key
from xltools.intake.binding.returned_sheets import ASIDE_SHEET
from xltools.intake.open import load_bytes
from xltools.intake.xlsx.book import read_book
from xltools.jobs.common import workspace
from xltools.jobs.forms import listing
from xltools.recalc.workspace import TEMPLATE
from xltools.review.one_workbook import check_submission
from xltools.sampling.base import laid_over
from xltools.writing.department.make import workbook
from xltools.writing.return_copy.book import return_copy

ALL = pytest.mark.parametrize("form_id", FORM_IDS)


@cache
def after(form_id: str) -> Changed:
    return changed(form_id, Path(mkdtemp(prefix="editions")))


def result(form_id: str, data: bytes) -> Checked:
    """Check a workbook with the changed form on hand."""
    shop = after(form_id).shop
    return by_itself(check_submission(load_bytes(data, "一份.xlsx", shop), shop))


def open_(found: Checked) -> list[tuple[str, str]]:
    return [(f.code, f.level) for f in found.findings if f.is_open]


def meta(form_id: str, key: str) -> Ref:
    """Return the cell of _meta that holds the value of a key, in a workbook of the former edition."""
    sheet = next(s for s in read_book(built(form_id)).sheets if s.name == form(form_id).meta_sheet)
    return Ref(sheet.name, next(row for (row, column), c in sheet.cells.items() if column == 1 and c.value == key), 2)


@ALL
def test_a_workbook_of_the_former_edition_is_only_told_so(form_id: str) -> None:
    found = result(form_id, built(form_id))
    assert open_(found) == [("ST025", "notice")]
    assert (found.status, found.form, found.edition) == ("passed", form_id, form(form_id).version)
    before = by_itself(check_submission(load_bytes(built(form_id), "一份.xlsx", room()), room()))
    assert (found.score, found.grade) == (before.score, before.grade), "it is scored by the edition it was sent as"
    newest = result(form_id, workbook(after(form_id).shop, after(form_id).newest(form_id), _newest_values(form_id)))
    assert (open_(newest), newest.edition) == ([], "")
    assert newest.grade != before.grade


def _newest_values(form_id: str) -> dict[str, Any]:
    old, new = after(form_id).renamed
    values = {k: v for k, v in clean(form_id).items() if k not in (old, after(form_id).dropped)}
    return values | {new: clean(form_id)[old]}


@ALL
def test_the_former_edition_has_its_own_rules_and_their_words(form_id: str) -> None:
    world = after(form_id)
    rule = form(form_id).rule(world.rule)
    values = laid_over(form(form_id), clean(form_id), {rule.at: clean(form_id)[rule.at] + 777})
    found = [f for f in result(form_id, built(form_id, values)).findings if f.code == world.rule]
    assert len(found) == 1
    assert rule.words in wording(shop=world.shop).message(found[0])
    newest = _newest_values(form_id) | {rule.at: values[rule.at]}
    codes = {f.code for f in result(form_id, workbook(world.shop, world.newest(form_id), newest)).findings}
    assert world.rule not in codes


@ALL
def test_what_was_changed_in_a_former_edition_is_still_told(form_id: str) -> None:
    layout = room().layout(form(form_id))
    ref = layout.cells[Key(form(form_id).score_field)]
    assert ("ST001", "error") in open_(result(form_id, Package(built(form_id)).number(ref, 12.34).data()))


@ALL
def test_the_version_is_enough(form_id: str) -> None:
    assert open_(result(form_id, Package(built(form_id)).text(meta(form_id, "digest"), "").data())) == [
        ("ST025", "notice")
    ]


@ALL
def test_without_any_mark_the_workbook_itself_tells_its_edition(form_id: str) -> None:
    data = Package(built(form_id)).removed(form(form_id).meta_sheet).data()
    assert open_(result(form_id, data)) == [("ST009", "notice"), ("ST025", "notice")]
    data = workbook(after(form_id).shop, after(form_id).newest(form_id), _newest_values(form_id))
    data = Package(data).removed(form(form_id).meta_sheet).data()
    assert open_(result(form_id, data)) == [("ST009", "notice")]


@ALL
def test_a_definition_that_nobody_knows_is_no_former_edition(form_id: str) -> None:
    found = open_(result(form_id, Package(built(form_id)).text(meta(form_id, "digest"), "0123456789abcdef").data()))
    assert ("ST017", "confirm") in found
    assert "ST025" not in {code for code, _ in found}


@ALL
def test_its_return_copy_is_the_newest_edition(form_id: str) -> None:
    world = after(form_id)
    rule = form(form_id).rule(world.rule)
    values = laid_over(form(form_id), clean(form_id), {rule.at: clean(form_id)[rule.at] + 777})
    sent = load_bytes(built(form_id, values), "一份.xlsx", world.shop)
    checked = by_itself(check_submission(sent, world.shop))
    copy = return_copy(world.shop, sent, checked, wording(shop=world.shop))
    back = load_bytes(copy, "退回.xlsx", world.shop)
    assert (back.form.version, back.form.newest, back.round) == (NEWEST, "", 1)
    old, new = world.renamed
    given = back.values()
    assert given[new] == clean(form_id)[old]
    expected = {k: v for k, v in values.items() if k not in (old, world.dropped) and v not in (None, "")}
    assert {k: given.get(k) for k in expected} == {k: _plain(v) for k, v in expected.items()}
    aside = next(s for s in read_book(copy).sheets if s.name == ASIDE_SHEET)
    assert clean(form_id)[world.dropped] in {c.value for c in aside.cells.values()}
    listed = {line.code for line in back.listed or ()}
    assert {"ST025", world.rule} <= listed
    codes = {f.code for f in by_itself(check_submission(back, world.shop)).findings if f.is_open}
    assert not codes & {"ST017", "ST025", world.rule}


def _plain(value: Any) -> Any:
    """Return rows of a table without their blanks, as they are read back."""
    if isinstance(value, list):
        return [{k: v for k, v in row.items() if v not in (None, "")} for row in value]
    return value


@ALL
def test_a_workbook_of_the_former_edition_is_carried_into_the_newest(form_id: str, tmp_path: Path) -> None:
    (tmp_path / "旧").mkdir()
    (tmp_path / "旧" / "一份.xlsx").write_bytes(built(form_id))
    world = after(form_id)
    forms = ["--forms", str(world.folder.parent)]
    arguments = ["template", form_id, "--previous", str(tmp_path / "旧"), "-o", str(tmp_path / "新"), *forms]
    assert _exit(arguments) == 0
    made = next((tmp_path / "新").glob("*.xlsx"))
    read = load_bytes(made.read_bytes(), made.name, world.shop)
    assert read.form.version == NEWEST
    assert read.values()[world.renamed[1]] == clean(form_id)[world.renamed[0]]
    assert read.values()[form_name(form_id)] == clean(form_id)[form_name(form_id)]


def form_name(form_id: str) -> str:
    return form(form_id).name_field


def _exit(arguments: list[str]) -> int:
    return int(main(arguments, standalone_mode=False))


@ALL
def test_both_editions_stand_in_one_summary(form_id: str, tmp_path: Path) -> None:
    world, definition = after(form_id), form(form_id)
    sent = tmp_path / "报送"
    sent.mkdir()
    (sent / "旧.xlsx").write_bytes(built(form_id))
    other = {definition.code_field: "999", definition.name_field: "另一个部门", ADDED: "有人"}
    newest = workbook(world.shop, world.newest(form_id), _newest_values(form_id) | other)
    (sent / "新.xlsx").write_bytes(newest)
    target = tmp_path / "汇总.json"
    arguments = ["summary", str(sent), "-o", str(target), "--format", "json", "--include", "failed"]
    assert _exit([*arguments, "--forms", str(world.folder.parent)]) == 0, "nothing keeps the two from being complete"
    data = json.loads(target.read_text(encoding="utf-8"))
    assert {s["version"] for s in data["submissions"]} == {form(form_id).version, NEWEST}
    figures: dict[str, dict[str, Any]] = {}
    for row in data["figures"]:
        figures.setdefault(row["field"], {})[row["code"]] = row["value"]
    code = str(clean(form_id)[definition.code_field])
    assert figures[ADDED] == {code: None, "999": "有人"}
    assert figures[world.renamed[1]][code] == clean(form_id)[world.renamed[0]]
    assert figures[definition.score_field][code] == figures[definition.score_field]["999"]
    book = tmp_path / "汇总.xlsx"
    arguments = ["summary", str(sent), "-o", str(book), "--include", "failed", "--forms", str(world.folder.parent)]
    assert _exit(arguments) == 0


@ALL
def test_findings_of_a_former_edition_stand_in_every_output(form_id: str, tmp_path: Path) -> None:
    world = after(form_id)
    rule = form(form_id).rule(world.rule)
    values = laid_over(form(form_id), clean(form_id), {rule.at: clean(form_id)[rule.at] + 777})
    (tmp_path / "报送").mkdir()
    (tmp_path / "报送" / "旧.xlsx").write_bytes(built(form_id, values))
    common = [str(tmp_path / "报送"), "--forms", str(world.folder.parent), "--no-cache"]
    for kind, name in (("text", "报告.txt"), ("json", "报告.json"), ("xlsx", "问题.xlsx")):
        assert _exit(["check", *common, "--format", kind, "-o", str(tmp_path / name)]) == 1
    assert _exit(["check", *common, "-q", "--return", str(tmp_path / "退回")]) == 1
    assert rule.words in (tmp_path / "报告.txt").read_text(encoding="utf-8")
    codes = {f["code"] for f in json.loads((tmp_path / "报告.json").read_text(encoding="utf-8"))["findings"]}
    assert {world.rule, "ST025"} <= codes
    notices = "".join(p.read_text(encoding="utf-8-sig") for p in (tmp_path / "退回").glob("*_通知.txt"))
    assert rule.words in notices
    cells = [c.value for s in read_book((tmp_path / "问题.xlsx").read_bytes()).sheets for c in s.cells.values()]
    assert world.rule in cells


@ALL
def test_the_lists_speak_of_the_newest_edition_alone(form_id: str) -> None:
    world = after(form_id)
    lines = [line for line in listing(world.folder.parent, "zh") if line.startswith(form_id)]
    assert len(lines) == 1
    assert NEWEST in lines[0]
    assert sorted(workspace(world.folder.parent).form_ids) == sorted(FORM_IDS)


def test_a_folder_that_is_not_what_it_says_is_refused(tmp_path: Path) -> None:
    world, former = changed(FORM_IDS[0], tmp_path), form(FORM_IDS[0]).version
    path = world.folder / EDITIONS / former / "form.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(former, "2022.9"), encoding="utf-8")
    with pytest.raises(DefinitionError, match=f"应是表格 .* 的旧版本 {former}"):
        world.shop.edition(world.newest(FORM_IDS[0]), former)


@ALL
def test_what_was_sent_out_is_not_changed(form_id: str) -> None:
    """Whoever changes a form's cells, formulas or scoring archives what was sent out and raises its version."""
    assert archive_edition.complaints(form_folders()[form_id]) == []


@ALL
def test_a_workbook_as_it_was_sent_out_is_that_edition_still(form_id: str) -> None:
    """The program may change; of an archived template nothing seems altered, moved or strange."""
    for shop, home in ((room(), form_folders()[form_id]), (after(form_id).shop, after(form_id).folder)):
        for version, folder in edition_folders(home).items():
            sent = load_bytes((folder / TEMPLATE).read_bytes(), "空白.xlsx", shop)
            assert sent.form.version == version
            found = check_submission(sent, shop).findings
            assert {f.code for f in found if f.code.startswith("ST")} == {"ST025"}


@ALL
def test_a_former_edition_has_its_own_narrative(form_id: str, tmp_path: Path) -> None:
    """What the former edition writes of itself, and what is read of it, agrees with it."""
    world, folder = after(form_id), tmp_path / "报送"
    folder.mkdir()
    (folder / "一份.xlsx").write_bytes(built(form_id))
    forms = ["--forms", str(world.folder.parent)]
    assert _exit(["narrative", str(folder / "一份.xlsx"), "-o", str(folder / "自评报告.docx"), *forms]) == 0
    target = tmp_path / "报告.json"
    assert _exit(["check", str(folder), *forms, "--no-cache", "--format", "json", "-o", str(target)]) == 0
    found = json.loads(target.read_text(encoding="utf-8"))["findings"]
    assert {f["code"] for f in found if f["state"] == "open"} <= {"ST025", "NA011"}


def test_a_change_without_a_version_of_its_own_is_told(tmp_path: Path) -> None:
    world = changed(FORM_IDS[0], tmp_path)
    assert archive_edition.complaints(world.folder) == []
    path = world.folder / "rules.toml"
    path.write_text(path.read_text(encoding="utf-8") + "\n# one more line\n", encoding="utf-8")
    assert any("its digest changed" in said for said in archive_edition.complaints(world.folder))
    with pytest.raises(SystemExit, match="not as it was sent out"):
        archive_edition.archive(world.folder)
