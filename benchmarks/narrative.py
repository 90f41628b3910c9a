"""Narratives over many random fillings: each is written, checked against its workbook, read back; counts what is wrong.

    python -m benchmarks.narrative [--count 200] [--seed 2023]

Prints fillings, findings, figures printed that were not read back; both last must be 0. No figure of speed is judged.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.narrative.test_round_trip import unread
from tests.support.fillings import fillings
from tests.support.forms import said
from tests.support.narratives import FORM, pair, reviewed, understood


def main() -> int:
    """Run the round trip and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=2023)
    given = parser.parse_args()
    start, findings, lost, figures = time.perf_counter(), 0, 0, 0
    for number, values in enumerate(fillings(FORM, given.count, given.seed)):
        book, report, missing = pair(values)
        with tempfile.TemporaryDirectory() as folder:
            found = reviewed(Path(folder), {"a.xlsx": book, "a.docx": report})
        narrative = understood(report)
        gone = unread(narrative)
        findings, lost, figures = findings + len(found), lost + len(gone), figures + len(narrative.statements)
        if found or gone or missing:
            print(number, [said(f) for f in found], gone, missing)
    seconds = time.perf_counter() - start
    print(
        f"{given.count} fillings, {figures} statements read, {findings} findings, {lost} not read back, {seconds:.0f} s"
    )
    return 1 if findings or lost else 0


if __name__ == "__main__":
    sys.exit(main())
