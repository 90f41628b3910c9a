"""What a command may import: start-up stays light because nothing heavy is loaded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.forms import built

HEAVY = {"pandas", "numpy", "xlsxwriter", "openpyxl", "formualizer", "python_calamine"}
_PROBE = """
import sys
from xltools.cli import main
code = main({arguments!r}, standalone_mode=False)
print("LOADED", " ".join(sorted(m for m in {heavy!r} if m in sys.modules)), file=sys.stderr)
"""


def _loaded(arguments: list[str]) -> set[str]:
    script = _PROBE.format(arguments=arguments, heavy=sorted(HEAVY))
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, encoding="utf-8", check=True)
    line = next(line for line in done.stderr.splitlines() if line.startswith("LOADED"))
    return set(line.split()[1:])


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["check", "--help"], ["summary", "--help"]])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    assert _loaded(arguments) == set()


def test_check_of_a_workbook_loads_only_the_engine(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(built("guangdong-2023"))
    assert _loaded(["check", str(path)]) == {"formualizer"}
