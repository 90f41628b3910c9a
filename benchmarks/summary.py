"""The consolidated workbook of many departments against xlsxwriter alone writing the same cells; time and memory."""

from __future__ import annotations

import argparse
import gc
import io
import pickle
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import xlsxwriter

from xltools.findings.report import Checked, Report
from xltools.form import open_form
from xltools.intake.files.discover import discover
from xltools.intake.roster import Department, Roster
from xltools.jobs.common import workspace
from xltools.review.context import RunContext, RunOptions
from xltools.review.run import run
from xltools.summary.batch import settle
from xltools.summary.book import Imprint, make_book
from xltools.writing.consolidated.addresses import Addresses
from xltools.writing.consolidated.book import consolidated
from xltools.writing.consolidated.plan import Grid

FORM = "guangdong-2023"


def seeds(folder: Path) -> list[Checked]:
    """Check the 80 departments of the sample district once."""
    script = Path(__file__).resolve().parents[1] / "samples" / "district.py"
    subprocess.run([sys.executable, str(script), str(folder)], check=True, capture_output=True)
    options = RunOptions(harvest=True, narratives=False)
    return run(RunContext(workspace(None), discover([folder / "报送件"])[0], options=options)).submissions


def many(found: list[Checked], count: int) -> tuple[Report, Roster]:
    """Return `count` departments made of those of the district, each with its own name and figures of its own."""
    dice, report, lines = random.Random(1), Report(), []
    form = open_form(FORM)
    passed = [s for s in found if s.status == "passed"]
    for number in range(count):
        origin = pickle.loads(pickle.dumps(passed[number % len(passed)]))
        factor = dice.uniform(0.5, 2)
        code, name = f"{number:06d}", f"示例部门{number}"
        values = list(origin.harvest.values)
        for at, item in enumerate(form.fields):
            if item.type == "amount" and isinstance(values[at], int | float):
                values[at] = round(values[at] * factor, 2)
        by_name = {f.name: values[at] for at, f in enumerate(form.fields)}
        origin.figures = {k: by_name[k] for k in origin.figures}
        origin.harvest = replace(origin.harvest, values=tuple(values))
        origin.file, origin.sha256 = f"{code}_{name}.xlsx", f"{number:064x}"
        origin.code, origin.department = code, name
        report.submissions.append(origin)
        lines.append(Department(code, name, f"示例科室{number % 12}"))
    return report, Roster(tuple(lines))


def ours(report: Report, roster: Roster) -> bytes:
    """Settle, make the tables, prove the totals, write."""
    book = make_book(settle(report, {FORM: open_form(FORM)}, roster), Imprint(day="2024-05-01"))
    if book.problems:
        raise SystemExit("\n".join(book.problems))
    return consolidated(book.plan)


def cells_of(report: Report, roster: Roster) -> list[tuple[str, list[list[Any]]]]:
    """Return every cell of the sheets of rows: a value, or (formula, value)."""
    plan = make_book(settle(report, {FORM: open_form(FORM)}, roster), Imprint()).plan
    grids = [s for s in plan.sheets if isinstance(s, Grid)]
    where = Addresses(grids)
    sheets = []
    for grid in grids:
        first = where.places[grid.name].first
        rows: list[list[Any]] = []
        for index in range(grid.rows):
            row: list[Any] = []
            for column in grid.columns:
                value, template = column.values[index], column.formulas
                own = template if template is None or isinstance(template, str) else template[index]
                row.append(value if own is None else (where.formula(own, grid.name, first + index), value))
            rows.append(row)
        sheets.append((grid.name, rows))
    return sheets


def alone(sheets: list[tuple[str, list[list[Any]]]], lean: bool) -> bytes:
    """Write the same cells with xlsxwriter and nothing else."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"constant_memory": lean, "in_memory": not lean, "strings_to_urls": False})
    style = book.add_format({"border": 1})
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        number, text, blank, formula = sheet.write_number, sheet.write_string, sheet.write_blank, sheet.write_formula
        for row, cells in enumerate(rows):
            for column, value in enumerate(cells):
                if value is None or value == "":
                    blank(row, column, None, style)
                elif isinstance(value, str):
                    text(row, column, value, style)
                elif isinstance(value, tuple):
                    formula(row, column, value[0], style, "" if value[1] is None else value[1])
                else:
                    number(row, column, value, style)
    book.close()
    return buffer.getvalue()


def timed(job: Callable[[], bytes]) -> float:
    """Return the seconds of processor time a job takes: it runs in one thread, and others may use the machine."""
    gc.collect()
    start = time.process_time()
    job()
    return time.process_time() - start


def peak(count: int, folder: Path) -> float:
    """Return the most memory (MB) a process takes that only makes the workbook, the results given."""
    program = (
        "import pickle,sys;sys.path.insert(0,sys.argv[2]);import summary;"
        "report,roster=pickle.load(open(sys.argv[1],'rb'));summary.ours(report,roster);"
        "print(next(l.split()[1] for l in open('/proc/self/status') if l.startswith('VmHWM')))"
    )
    here = str(Path(__file__).resolve().parent)
    out = subprocess.run(
        [sys.executable, "-c", program, str(folder / "batch.pickle"), here], check=True, capture_output=True, text=True
    )
    return float(out.stdout) / 1024


def main() -> None:
    """Measure both, interleaved, and say the ratio of the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--departments", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        report, roster = many(seeds(folder), options.departments)
        (folder / "batch.pickle").write_bytes(pickle.dumps((report, roster)))
        sheets = cells_of(report, roster)
        count = sum(len(r) for _, rows in sheets for r in rows)
        mine, theirs = [], []
        for _ in range(options.runs):
            theirs.append(timed(lambda: alone(sheets, count > 300_000)))
            mine.append(timed(lambda: ours(report, roster)))
        a, b = statistics.median(mine), statistics.median(theirs)
        print(f"{options.departments} departments, {count} cells")
        print(f"xltools {a:.1f} s, xlsxwriter alone {b:.1f} s: {a / b:.2f} times")
        if sys.platform == "linux":
            print(f"most memory {peak(options.departments, folder):.0f} MB")


if __name__ == "__main__":
    main()
