"""Times `xltools check -j 2` over many workbooks against bare calamine reading of the same files in two processes.

    python benchmarks/batch.py [--small 1000] [--large 10000] [--rounds 3] [--folder DIR] [--json OUT]

Sixty distinct filled workbooks are built; every file is one of them with its own department and a few amounts changed,
so no two are alike. Runs are interleaved and medians compared. Memory is the sum over the run's processes, sampled.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Sequence
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from statistics import median

import psutil

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
BASES = 60
FORM = "guangdong-2023"
_NUMBER = re.compile(rb'(<c r="([A-Z]+\d+)" s="\d+"><v>)(-?\d+(?:\.\d+)?)(</v></c>)')


def make_bases() -> list[dict[str, bytes]]:
    """Return the parts of distinct filled workbooks: tables and texts of random fillings over amounts without residue."""
    from tests.support.fillings import fillings
    from tests.support.forms import built, clean, form

    numeric = {f.name for f in form(FORM).fields if f.numeric}
    exact = {name: value for name, value in clean(FORM).items() if name in numeric}
    bases = []
    for values in fillings(FORM, BASES):
        values = {name: value for name, value in values.items() if name not in numeric} | exact
        values["部门编码"], values["部门名称"] = "CODE00", "NAME00"
        with zipfile.ZipFile(io.BytesIO(built(FORM, values))) as package:
            bases.append({name: package.read(name) for name in package.namelist()})
    return bases


def make_file(parts: dict[str, bytes], number: int, path: Path) -> None:
    """Write one workbook: a base with its own code, name and amounts (all of them times a whole number, so that sums
    still hold), and in two of five files a few of them changed."""
    dice = random.Random(number)
    code, name = f"{100000 + number}".encode(), f"第{number}局".encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for part, content in parts.items():
            content = content.replace(b"CODE00", code).replace(b"NAME00", name)
            if part in amounts():
                content = _scaled(content, amounts()[part], 1 + number, dice, 0.02 if number % 5 < 2 else 0.0)
            package.writestr(part, content)


@cache
def amounts() -> dict[str, frozenset[bytes]]:
    """Return the cells of amounts by worksheet part."""
    from tests.support.forms import form, room

    layout = room().layout(form(FORM))
    parts = {made.sheet.name: f"xl/worksheets/sheet{n}.xml" for n, made in enumerate(layout.sheets, start=1)}
    found: dict[str, set[bytes]] = {}
    for key, slot in layout.inputs.items():
        if key.row < 0 and slot.item is not None and slot.item.type == "amount":
            ref = layout.cells[key]
            found.setdefault(parts[ref.sheet], set()).add(ref.a1.encode())
    return {part: frozenset(cells) for part, cells in found.items()}


def _scaled(content: bytes, cells: frozenset[bytes], factor: int, dice: random.Random, share: float) -> bytes:
    """The sheet with every amount times `factor`, and a share of them off by something."""

    def changed(match: re.Match[bytes]) -> bytes:
        if match[2] not in cells:
            return match[0]
        off = dice.randrange(1, 900) / 100 if dice.random() < share else 0
        return match[1] + f"{float(match[3]) * factor + off:.2f}".encode() + match[4]

    return _NUMBER.sub(changed, content)


def make_folder(folder: Path, count: int) -> None:
    """Fill a folder with `count` workbooks, a hundred a subfolder; files that are there are kept."""
    if len(list(folder.rglob("*.xlsx"))) == count:
        return
    bases = make_bases()
    for number in range(count):
        home = folder / f"{number // 100:03}"
        home.mkdir(parents=True, exist_ok=True)
        make_file(bases[number % BASES], number, home / f"{number:05}.xlsx")


def read_with_calamine(path: str) -> int:
    """Read every sheet of one workbook into Python values, nothing else."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(path)
    return sum(len(book.get_sheet_by_index(i).to_python()) for i in range(len(book.sheet_names)))


def time_calamine(files: Sequence[str]) -> float:
    """Return the seconds two processes take to read all files with calamine, their start included."""
    began = time.perf_counter()
    with get_context("spawn").Pool(2) as pool:
        for _ in pool.imap_unordered(read_with_calamine, files, chunksize=16):
            pass
    return time.perf_counter() - began


def time_check(folder: Path, out: Path, *more: str) -> tuple[float, int]:
    """Return the seconds of one `check -j 2 --format json -o`, and the most memory all its processes held together."""
    out.unlink(missing_ok=True)
    command = [sys.executable, "-m", "xltools.cli", "check", "-j", "2", "-q", "--format", "json", "-o", str(out), *more]
    began = time.perf_counter()
    process = subprocess.Popen([*command, str(folder)], cwd=ROOT)
    watched, most = psutil.Process(process.pid), 0
    while process.poll() is None:
        held = 0
        for one in [watched, *_children(watched)]:
            try:
                held += one.memory_info().rss
            except psutil.Error:
                continue
        most = max(most, held)
        time.sleep(0.25)
    seconds = time.perf_counter() - began
    counts = json.loads(out.read_text(encoding="utf-8"))["counts"]  # also fails when nothing was written
    assert counts["submissions"] == sum(1 for _ in folder.rglob("*.xlsx")) and not counts["unreadable"], counts
    return seconds, most


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return list(process.children(recursive=True))
    except psutil.Error:
        return []


def main() -> None:
    """Run the comparison and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", type=int, default=1_000)
    parser.add_argument("--large", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "xltools-batch")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    from tests.support.forms import form

    given.folder /= form(FORM).digest  # workbooks of an older definition would be full of findings
    results: dict[str, dict[str, float]] = {}
    sizes = (given.small, given.large)
    for size in sizes:
        make_folder(given.folder / str(size), size)
    runs: dict[tuple[int, str], list[float]] = {}
    memory: dict[int, int] = {}
    for _ in range(given.rounds):
        for size in sizes:
            folder, out = given.folder / str(size), given.folder / f"{size}.json"
            files = sorted(str(path) for path in folder.rglob("*.xlsx"))
            runs.setdefault((size, "calamine"), []).append(time_calamine(files))
            seconds, most = time_check(folder, out, "--no-cache")
            runs.setdefault((size, "check"), []).append(seconds)
            memory[size] = max(memory.get(size, 0), most)
    for size in sizes:
        bare, check = median(runs[size, "calamine"]), median(runs[size, "check"])
        results[str(size)] = {
            "calamine_s": round(bare, 2),
            "check_s": round(check, 2),
            "ratio": round(check / bare, 2),
            "ms_per_workbook": round(check / size * 1000, 3),
            "memory_mb": round(memory[size] / 1e6),
        }
    time_check(given.folder / str(given.large), given.folder / "warm.json")
    again, _ = time_check(given.folder / str(given.large), given.folder / "warm.json")
    results["cached"] = {"check_s": round(again, 2), "ms_per_workbook": round(again / given.large * 1000, 3)}
    text = json.dumps(results, indent=2)
    print(text)
    if given.json is not None:
        given.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
