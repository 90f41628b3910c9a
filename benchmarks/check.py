"""Speed of `check`, as ratios within one run: against bare calamine reading and against openpyxl's two loads.

    python benchmarks/check.py [--books 200] [--rounds 5]

Medians of interleaved rounds over the same filled workbooks; `--version` against `python -c "import click"`, whole processes.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import python_calamine

from xltools.form import form_folders
from xltools.jobs.common import workspace
from xltools.review.one_workbook import check_file
from xltools.writing.department.make import workbook

FORM = "guangdong-2023"


def timed(action: Callable[[], Any]) -> float:
    """Return the seconds an action takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def fillings(folder: Path, count: int) -> list[Path]:
    """Write `count` filled workbooks that differ: amounts scaled, some lines blank."""
    shop = workspace(None)
    form = shop.form(FORM)
    clean = json.loads((form_folders()[FORM] / "clean.json").read_text(encoding="utf-8"))
    chance = random.Random(7)
    amounts = [f.name for f in form.fields if f.type == "amount" and f.is_input]
    paths = []
    for number in range(count):
        factor = chance.randint(1, 50)
        values = clean | {name: round(clean[name] * factor, 2) for name in amounts if name in clean}
        path = folder / f"{number:04}.xlsx"
        path.write_bytes(workbook(shop, form, values))
        paths.append(path)
    return paths


def calamine(paths: list[Path]) -> None:
    """Read every value of every sheet."""
    for path in paths:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()


def openpyxl_twice(paths: list[Path]) -> None:
    """Load formulas, then values."""
    for path in paths:
        openpyxl.load_workbook(path)
        openpyxl.load_workbook(path, data_only=True)


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--books", type=int, default=200)
    options.add_argument("--rounds", type=int, default=5)
    chosen = options.parse_args()
    shop = workspace(None)
    with tempfile.TemporaryDirectory() as folder:
        paths = fillings(Path(folder), chosen.books)
        check_file(paths[0], "", shop)
        found: dict[str, list[float]] = {"calamine": [], "check": [], "openpyxl": []}
        for _ in range(chosen.rounds):
            found["calamine"].append(timed(lambda: calamine(paths)))
            found["check"].append(timed(lambda: [check_file(p, p.name, shop) for p in paths]))
            found["openpyxl"].append(timed(lambda: openpyxl_twice(paths[:20])) * len(paths) / 20)
        each = {name: statistics.median(times) / len(paths) * 1000 for name, times in found.items()}
        whole = [timed(lambda: _run("-m", "xltools.cli", "check", str(paths[0]))) for _ in range(9)]
    version = [timed(lambda: _run("-m", "xltools.cli", "--version")) for _ in range(9)]
    click = [timed(lambda: _run("-c", "import click")) for _ in range(9)]
    print(
        f"per workbook, ms: calamine {each['calamine']:.2f}, check {each['check']:.2f}, openpyxl {each['openpyxl']:.2f}"
    )
    print(f"check / calamine {each['check'] / each['calamine']:.2f} (bound 7, aim 5)")
    print(f"check / openpyxl {each['check'] / each['openpyxl']:.3f} (bound 0.25)")
    print(f"xltools check one.xlsx, whole process: {statistics.median(whole):.3f} s (bound 0.3)")
    print(f"--version / import click: {statistics.median(version) / statistics.median(click):.2f} (bound 2)")


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], capture_output=True, check=False)


if __name__ == "__main__":
    main()
