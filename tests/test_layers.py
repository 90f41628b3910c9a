"""Imports run downwards only: boundary ← form ← recalc ← intake ← findings ← rules ← review ← (writing, output, summary, sampling, editing) ← jobs ← cli."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import xltools
from xltools.intake.columns import COLUMNS

ROOT = Path(xltools.__file__).parent
ROOMS = (
    "boundary",
    "form",
    "recalc",
    "intake",
    "findings",
    "rules",
    "review",
    "writing",
    "output",
    "summary",
    "sampling",
    "editing",
    "jobs",
    "cli",
)
BELOW = {room: set(ROOMS[: place + 1]) for place, room in enumerate(ROOMS)}
MAY_IMPORT = BELOW | {
    "writing": BELOW["review"] | {"writing"},
    "output": BELOW["review"] | {"output"},
    "summary": BELOW["review"] | {"writing", "summary"},
    "sampling": BELOW["review"] | {"writing", "sampling"},
    "editing": BELOW["review"] | {"writing", "sampling", "editing"},
}


def _imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            if node.module == "xltools":
                found |= {f"xltools.{alias.name}" for alias in node.names}
    return found


def test_rooms_import_only_downwards() -> None:
    wrong = []
    for room, allowed in MAY_IMPORT.items():
        for path in sorted((ROOT / room).rglob("*.py")):
            for name in _imports(path):
                parts = name.split(".")
                if parts[0] == "xltools" and len(parts) > 1 and parts[1] in ROOMS and parts[1] not in allowed:
                    wrong.append(f"{path.relative_to(ROOT)} imports {name}")
    assert wrong == []


def test_only_one_module_imports_the_engine() -> None:
    importers = [p.relative_to(ROOT).as_posix() for p in ROOT.rglob("*.py") if "formualizer" in _imports(p)]
    assert importers == ["recalc/engine.py"]


def test_every_file_says_what_it_is_for_in_its_first_line() -> None:
    silent = [
        p.relative_to(ROOT).as_posix()
        for p in ROOT.rglob("*.py")
        if not p.read_text(encoding="utf-8").startswith('"""')
    ]
    assert silent == []


def test_python_names_no_field_of_any_form() -> None:
    """A label, an address or a field's name stands only in a definition."""
    from xltools.form import form_folders, open_form

    words = set()
    for name in form_folders():
        form = open_form(name)
        words |= {f.name for f in form.fields if len(f.name) > 3} | {t.name for t in form.tables if len(t.name) > 2}
    shared = set(COLUMNS)  # the roster's own columns (command-line contract)
    found = []
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in words - shared:
                found.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.value}")
    assert found == []


LANGUAGE = re.compile(r"lang\w*\s*(?:==|!=)|(?:==|!=)\s*[\"'](?:zh|en)[\"']|\[(?:\w+\.)?lang\]")
CHINESE = re.compile("[一-鿿]")


def test_a_language_is_chosen_in_one_place() -> None:
    """A text is a pair, and bilingual.py takes its side."""
    chosen = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in sorted(ROOT.rglob("*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if LANGUAGE.search(line) and path != ROOT / "bilingual.py"
    ]
    assert chosen == []


def test_what_stops_a_job_is_said_in_both_languages() -> None:
    """No error of ours is raised with a text in Chinese alone."""
    errors = {"XltoolsError", "UsageError", "DefinitionError"}
    alone = []
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in errors and node.args:
                text = node.args[0]
                if isinstance(text, ast.Constant | ast.JoinedStr) and CHINESE.search(ast.unparse(text)):
                    alone.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert alone == []


def test_nothing_below_the_outputs_carries_a_language() -> None:
    wrong = []
    for room in ("intake", "recalc", "review"):
        for path in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.FunctionDef):
                    given = {a.arg for a in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)}
                    if "lang" in given:
                        wrong.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert wrong == []


def test_no_other_module_imports_a_single_rule() -> None:
    wrong = []
    for path in sorted(ROOT.rglob("*.py")):
        rules = [n for n in _imports(path) if re.fullmatch(r"xltools\.rules\.\w+\.[a-z]{2}\d{3}_\w+", n)]
        wrong += [f"{path.relative_to(ROOT)} imports {name}" for name in rules]
    assert wrong == []


def test_one_place_decides_where_an_output_may_stand() -> None:
    importers = {p.relative_to(ROOT).as_posix() for p in ROOT.rglob("*.py") if "xltools.writing.files" in _imports(p)}
    assert importers == {"jobs/outputs.py", "jobs/round/home.py"}, "a round's folder is its own place"
