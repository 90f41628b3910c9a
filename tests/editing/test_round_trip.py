"""定义.xlsx carries all of a definition: out and back gives the same form, whatever keys a definition has."""

from __future__ import annotations

import os
import random
import re
from pathlib import Path

import msgspec
import openpyxl
import pytest
from msgspec import Struct
from msgspec.structs import replace

from tests.support.definition_books import At, exported, look_at, opened, put, saved, spot
from tests.support.forms import FORM_IDS
from tests.support.libreoffice import convert
from xltools.cli import main
from xltools.editing import titles
from xltools.editing.book import definition_book
from xltools.editing.draft import MOVED, fixed_blocks, laid
from xltools.editing.located import Located
from xltools.editing.parts import SHAPES, Part, parts
from xltools.editing.raw import Raw, files_of, raw_of
from xltools.editing.reviewed import reviewed
from xltools.editing.taken import Taken
from xltools.form import form_folders, open_form
from xltools.form.loader import load_form
from xltools.form.model import Form
from xltools.form.narrative import phrases_of
from xltools.intake.open import open_book
from xltools.intake.xlsx.model import Cell
from xltools.writing.seal import seal_of

EDITS, BOOKS = (300, 50) if os.environ.get("XLTOOLS_EVERY") == "1" else (90, 15)
JUNK = (
    None,
    "",
    "   ",
    0,
    -1,
    3.7,
    1e300,
    True,
    "是",
    "（空）",
    "【字段】",
    "=",
    "=1/0",
    "'",
    "a=b",
    "名称 = [",
    "{",
    "\n\n",
    "无",
    "文本",
    "🙂",
)


def run(*arguments: str | Path) -> int:
    """Run a command in this process."""
    return int(main([str(a) for a in arguments], standalone_mode=False))


def bare(form: Form) -> Form:
    """A form without what depends on where its files are and how they are written."""
    return replace(form, folder=Path(), digest="")


def kinds(shape: type[Struct]) -> set[str]:
    """The keys of a structure and of those in it."""
    found = set()
    for field in msgspec.structs.fields(shape):
        found.add(field.encode_name)
    return found


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_a_form_comes_back_as_it_was(form_id: str, tmp_path: Path) -> None:
    book = tmp_path / "定义.xlsx"
    assert run("forms", "export", form_id, "-o", book) == 0
    assert seal_of(book) == "definition"
    assert run("forms", "import", book, "-o", tmp_path / "own") == 0
    folder, source = tmp_path / "own" / form_id, form_folders()[form_id]
    assert bare(load_form(folder)) == bare(load_form(source))
    assert phrases_of(load_form(folder)).phrases == phrases_of(load_form(source)).phrases
    assert (folder / "clean.json").is_file() and (folder / "narrative.docx").is_file()
    assert {n: (folder / n).read_text(encoding="utf-8") for n in files_of(raw_of(source))} == files_of(raw_of(source))


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_saved_by_another_program_it_is_the_same(form_id: str, tmp_path: Path) -> None:
    found = look_at(saved(opened(form_id), tmp_path / "定义.xlsx"))
    assert found.problems == []
    assert found.files == files_of(raw_of(form_folders()[form_id]))


def test_every_key_of_every_structure_has_a_place() -> None:
    blocks = list(fixed_blocks())
    for file in SHAPES:
        for part in parts(file):
            placed = {leaf.path for block in blocks if block.part == part for leaf in block.leaves}
            assert {leaf.path for leaf in part.leaves} <= placed, part.path
    lists = {p.path[0] for file in SHAPES for p in parts(file) if p.path}
    for file, shape in SHAPES.items():
        loose = {leaf.path[0] for part in parts(file) if not part.path for leaf in part.leaves}
        assert kinds(shape) - lists - loose <= {"row"}, file


def test_what_stands_in_a_block_has_a_name_of_its_own() -> None:
    for block in fixed_blocks():
        shown = [titles.title(leaf) for leaf in block.leaves]
        assert len(set(shown)) == len(shown), block.title
        assert not [name for name in shown if re.fullmatch("[!-~]+", name)], (
            f"{block.title}: a key as the files write it"
        )
    names = [(block.sheet, block.title) for block in fixed_blocks()]
    assert len(set(names)) == len(names)


class _Method(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str
    share: float
    steps: tuple[str, ...] = ()
    table: dict[str, tuple[str, ...]] = {}


class _Wider(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    reasons: tuple[str, ...] = ()
    method: tuple[_Method, ...] = ()


def test_a_key_that_did_not_exist_yet_is_carried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SHAPES, "methods.toml", _Wider)
    data = {
        "reasons": ["无", "同上"],
        "method": [{"name": "按比例", "share": 0.6, "steps": ["一", "二"], "table": {"=": ["优", "良"]}}],
    }
    raw = Raw({"methods.toml": data})
    again = Taken(laid(raw))
    assert again.found == []
    assert again.raw.toml["methods.toml"] == data


def test_a_file_of_no_known_shape_is_carried_line_by_line() -> None:
    raw = raw_of(form_folders()[FORM_IDS[0]])
    raw.texts["words.toml"] = "# 说明\n\na = 1\n  b = [\n'x',\n]\n"
    assert Taken(laid(raw)).raw.texts == raw.texts


def _folder(found: dict[str, str], folder: Path) -> Form:
    folder.mkdir(parents=True)
    for name, text in found.items():
        (folder / name).write_text(text, encoding="utf-8")
    return load_form(folder)


def test_five_changes_give_the_form_that_one_expects(tmp_path: Path) -> None:
    form_id = "project-2023"
    book, before = opened(form_id), open_form(form_id)
    put(book, At("表格与指标", "固定行：评分", "分值", "产出指标"), 40)
    sheet, row, _ = spot(book, At("表格与指标", "固定行：评分", "一级指标", "+1"))
    for column, value in enumerate(("示范性", 10, None, "按示范情况评分"), start=1):
        book[sheet].cell(row, column).value = value
    sheet, row, _ = spot(book, At("审核规则", "审核规则", "编号", "+1"))
    pattern = spot(book, At("审核规则", "审核规则", "编号", "EX302"))[1]
    for column in range(1, 22):
        book[sheet].cell(row, column).value = book[sheet].cell(pattern, column).value
    book[sheet].cell(row, 1).value = "EX399"
    put(book, At("字段", "字段", "显示文字", "主管部门"), "主管单位")
    sheet, row, _ = spot(book, At("表单", "等级", "等级", "差"))
    book[sheet].cell(row, 1).value, book[sheet].cell(row, 2).value = "低", 50
    book[sheet].cell(row + 1, 1).value, book[sheet].cell(row + 1, 2).value = "差", 0
    found = look_at(saved(book, tmp_path / "定义.xlsx"))
    assert found.problems == []
    after = _folder(found.files, tmp_path / "own" / form_id)
    rows = {r["一级指标"]: r["分值"] for r in after.table("评分").rows}
    assert rows["产出指标"] == 40 and rows["示范性"] == 10
    assert len(after.rules) == len(before.rules) + 1 and after.rule("EX399").at == after.rule("EX302").at
    assert after.field("主管部门").label == "主管单位"
    assert [(b.grade, b.low) for b in after.bands][-2:] == [("低", 50), ("差", 0)]


Cells = dict[tuple[int, int], Cell]


def _edited(cells: Cells, rng: random.Random, rough: bool) -> Cells:
    """One edit of a sheet: something typed, emptied or copied; a rough one inserts or deletes a row or a column."""
    row, column = rng.choice(sorted(cells))
    if rough:
        deleted, by_row = rng.random() < 0.5, rng.random() < 0.7
        step = -1 if deleted else 1
        kept = {k: v for k, v in cells.items() if not deleted or (k[0] != row if by_row else k[1] != column)}
        moved = {
            True: lambda k: (k[0] + step * (k[0] >= row), k[1]),
            False: lambda k: (k[0], k[1] + step * (k[1] >= column)),
        }
        return {moved[by_row](k): v for k, v in kept.items()}
    fresh = dict(cells)
    value = rng.choice((*JUNK, cells[rng.choice(sorted(cells))].value))
    kind = "" if value is None else "b" if isinstance(value, bool) else "s" if isinstance(value, str) else "n"
    fresh[row, column] = Cell(value, kind, "SUM(A1)" if rng.random() < 0.05 else None, 0)
    return fresh


def test_random_edits_end_in_a_form_or_in_problems(tmp_path: Path) -> None:
    """Some edits in each of many workbooks; none may end in an exception, most must reach the laws."""
    rng = random.Random(18)
    whole = 0
    for number in range(BOOKS):
        book, _ = open_book(exported("project-2023"))
        for edit in range(EDITS // BOOKS):
            sheet = rng.choice(book.sheets[1:])
            sheet.cells = _edited(sheet.cells, rng, rough=number % 3 == 0 and edit == 0) or sheet.cells
        located = Located(book)
        whole += located.whole
        found = reviewed(located)
        assert found.problems or _folder(found.files, tmp_path / str(number) / "own")
        if number % 10 == 0:
            assert definition_book(located.draft, "定义", found.problems)
    assert whole > BOOKS / 3


def test_a_wrong_workbook_is_told_and_marked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = opened("project-2023")
    sheet, row, column = put(book, At("字段", "字段", "类型", "主管部门"), "文夲")
    path = saved(book, tmp_path / "定义.xlsx")
    assert run("forms", "import", path, "-o", tmp_path / "own") == 1
    out, _ = capsys.readouterr()
    assert out.startswith(f"{sheet}!") and "是否应为“文本”" in out
    assert not (tmp_path / "own" / "project-2023").exists()
    marked = openpyxl.load_workbook(tmp_path / "own" / "定义_问题.xlsx")
    assert marked.sheetnames[0] == titles.PROBLEMS
    assert "是否应为“文本”" in marked[sheet].cell(row, column).comment.text
    assert marked[sheet].cell(row, column).value == "文夲"
    put(marked, At("字段", "字段", "类型", "主管部门"), "文本")
    assert run("forms", "import", saved(marked, tmp_path / "改好.xlsx"), "-o", tmp_path / "own") == 0


def test_a_definition_somebody_edited_is_not_replaced(tmp_path: Path) -> None:
    path = saved(opened("project-2023"), tmp_path / "定义.xlsx")
    before = path.read_bytes()
    assert run("forms", "export", "project-2023", "-o", path) == 2
    assert path.read_bytes() == before
    fresh = tmp_path / "新.xlsx"
    assert run("forms", "export", "project-2023", "-o", fresh) == 0
    assert run("forms", "export", "project-2023", "-o", fresh) == 0


def test_moved_keys_stand_on_their_own_sheets() -> None:
    moved = [block for block in fixed_blocks() if block.mode == "moved"]
    assert {block.sheet for block in moved} == set(MOVED.values())
    assert all(isinstance(block.part, Part) for block in moved) and exported("project-2023")


def test_saved_by_libreoffice_it_is_the_same_and_its_live_checks_agree(tmp_path: Path) -> None:
    """What LibreOffice computes for the live checks is what was written, a planted mistake included."""
    book = opened("project-2023")
    put(book, At("表格与指标", "固定行：评分", "分值", "产出指标"), 45)
    wrong = saved(book, tmp_path / "改错.xlsx")
    right = tmp_path / "原样.xlsx"
    right.write_bytes(exported("project-2023"))
    convert([wrong, right], tmp_path / "lo")
    found = look_at(tmp_path / "lo" / "原样.xlsx")
    assert found.problems == [] and found.files == files_of(raw_of(form_folders()["project-2023"]))
    ours, theirs = (openpyxl.load_workbook(p, data_only=True) for p in (right, tmp_path / "lo" / "原样.xlsx"))
    for sheet in ours:
        for line in sheet.iter_rows():
            for cell in line:
                value = theirs[sheet.title][cell.coordinate].value
                assert (value or "") == (cell.value or ""), (sheet.title, cell.coordinate)
    sheet, row, _ = spot(book, At("表格与指标", "固定行：评分"))
    assert openpyxl.load_workbook(tmp_path / "lo" / "改错.xlsx", data_only=True)[sheet].cell(row, 2).value == (
        "× 分值合计 95，应为 100"
    )
