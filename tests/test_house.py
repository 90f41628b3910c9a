"""What keeps the house liveable: no import circle, nothing too long, no words that send a reader elsewhere."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import xltools

ROOT = Path(xltools.__file__).parent
LONGEST_FUNCTION, LONGEST_FILE, MOST_PARAMETERS = 60, 450, 8

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def _sources() -> dict[Path, str]:
    return {path: path.read_text(encoding="utf-8") for path in sorted(ROOT.rglob("*.py"))}


@cache
def _trees() -> dict[Path, ast.Module]:
    return {path: ast.parse(text) for path, text in _sources().items()}


def _shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _functions() -> Iterator[tuple[Path, Function]]:
    for path, tree in _trees().items():
        for node in ast.walk(tree):
            if isinstance(node, Function):
                yield path, node


def _module(path: Path) -> str:
    parts = ("xltools", *path.relative_to(ROOT).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _graph() -> dict[str, set[str]]:
    """Return which module imports which, type-only imports and those inside functions included."""
    names = {_module(path) for path in _trees()}
    graph: dict[str, set[str]] = {}
    for path, tree in _trees().items():
        mine = graph.setdefault(_module(path), set())
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                mine |= {alias.name for alias in node.names} & names
            elif isinstance(node, ast.ImportFrom) and node.module:
                found = {f"{node.module}.{alias.name}" for alias in node.names} & names
                mine |= found or ({node.module} & names)
        mine.discard(_module(path))
    return graph


def test_no_import_circle() -> None:
    graph = _graph()
    while free := {name for name, needs in graph.items() if not needs & graph.keys()}:
        graph = {name: needs for name, needs in graph.items() if name not in free}
    assert sorted(graph) == []


def test_a_function_fits_a_screen() -> None:
    long = [
        f"{_shown(path)} {node.name}: {lines} lines"
        for path, node in _functions()
        if (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    ]
    assert long == []


def test_a_file_has_one_subject() -> None:
    long = [f"{_shown(p)}: {n} lines" for p, text in _sources().items() if (n := text.count("\n")) > LONGEST_FILE]
    assert long == []


def test_no_signature_is_a_list_to_learn() -> None:
    many = []
    for path, node in _functions():
        names = [a.arg for a in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
        count = len([name for name in names if name not in ("self", "cls")])
        if count > MOST_PARAMETERS:
            many.append(f"{_shown(path)} {node.name}: {count} parameters")
    assert many == []


def test_no_text_sends_a_reader_to_papers_that_do_not_come_along() -> None:
    root = ROOT.parent
    files = [
        *_sources(),
        *sorted((root / "docs").rglob("*.md")),
        *sorted((root / "workbook_templates").rglob("*.toml")),
    ]
    found = [p.name for p in files if re.search(r"\b(?:DESIGN|DOMAIN)\b", p.read_text(encoding="utf-8"))]
    assert found == []
