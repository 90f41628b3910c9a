"""Every package that is imported is declared, and the tests' versions (constraints.txt) are ones we declare."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
OWN = {"xltools", "tests", "benchmarks", "staff"} | {path.stem for path in (ROOT / "scripts").glob("*.py")}


def declared(*extras: str) -> dict[str, Requirement]:
    """What the project asks for, by name."""
    texts = [*PROJECT["dependencies"], *(t for e in extras for t in PROJECT["optional-dependencies"][e])]
    return {canonicalize_name(r.name): r for r in map(Requirement, texts)}


def imported(*folders: str) -> dict[str, str]:
    """Packages of others that are imported, each with a file that does."""
    found: dict[str, str] = {}
    for path in (p for folder in folders for p in sorted((ROOT / folder).rglob("*.py"))):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            found |= {name.partition(".")[0]: str(path.relative_to(ROOT)) for name in names}
    return {name: by for name, by in found.items() if name not in sys.stdlib_module_names and name not in OWN}


def undeclared(packages: dict[str, str], known: dict[str, Requirement]) -> list[str]:
    """Imported packages none of whose distributions is declared."""
    named = packages_distributions()
    return [
        f"{by} imports {package}"
        for package, by in packages.items()
        if not {canonicalize_name(n) for n in named.get(package, [package])} & set(known)
    ]


def test_what_the_program_imports_is_declared() -> None:
    packages = imported("xltools")
    assert {"msgspec", "docx", "olefile", "jinja2"} <= set(packages)
    assert undeclared(packages, declared()) == []
    assert undeclared({"requests": "a.py"}, declared()) == ["a.py imports requests"]


def test_what_the_tests_import_is_declared() -> None:
    known = declared(*PROJECT["optional-dependencies"]) | {"numpy": Requirement("numpy")}  # pandas' own
    assert undeclared(imported("tests", "scripts", "benchmarks", "samples"), known) == []


def test_what_is_declared_is_imported() -> None:
    named = packages_distributions()
    used = {canonicalize_name(name) for package in imported("xltools") for name in named.get(package, [package])}
    assert set(declared()) <= used


def test_the_versions_of_the_tests_are_ones_we_declare() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = dict(re.fullmatch(r"([A-Za-z0-9._-]+)==(\S+)", line).groups() for line in lines)  # type: ignore[union-attr]
    versions = {canonicalize_name(name): version for name, version in pinned.items()}
    wrong = [
        str(need)
        for name, need in declared("test").items()
        if name not in versions or not need.specifier.contains(versions[name], prereleases=True)
    ]
    assert wrong == []
