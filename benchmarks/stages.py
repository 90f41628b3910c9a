"""Where the time of a check goes: milliseconds of processor time a workbook by stage, over workbooks that all differ.

    python benchmarks/stages.py [--books 200]

Each stage's own time, without the stages inside it; every stage is a function or two that is timed from outside, so the
program measured is the program shipped. `send` is what a worker does to hand a result on, and the parent to take it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import wraps
from inspect import isgenerator
from pathlib import Path
from typing import Any
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.check import calamine, fillings
from xltools.findings.packing import packed, unpacked
from xltools.intake import open as opening
from xltools.intake.xlsx.package import Package
from xltools.jobs.common import workspace
from xltools.recalc.engine import Model
from xltools.review import one_workbook
from xltools.review.context import PLAIN
from xltools.rules.registry import QUALITY, WORKBOOK

STAGES: dict[str, tuple[tuple[Any, str], ...]] = {
    "open": ((Package, "__init__"), (opening, "read_file")),
    "parse": ((opening, "open_book"),),
    "bind": ((opening, "load_bytes"),),
    "set": ((Model, "_set"),),
    "recalculate": ((Model, "evaluate"),),
    "read": ((Model, "_read"),),
    "rules": ((one_workbook, "form_findings"),),
    "causes": ((one_workbook, "linked"),),
    "result": ((one_workbook, "check_file"),),
    "send": ((sys.modules[__name__], "packed"), (sys.modules[__name__], "unpacked")),
}
"""Stage → the functions whose own time it is."""


class Clock:
    """Adds up each stage's own time: what runs inside another stage is taken off that one."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self._inside: list[float] = []

    def timed(self, stage: str, action: Callable[..., Any]) -> Callable[..., Any]:
        """Return `action` with its own time counted as that of `stage`."""

        @wraps(action)
        def counted(*args: Any, **named: Any) -> Any:
            began = time.process_time()
            self._inside.append(0.0)
            try:
                found = action(*args, **named)
                return list(found) if isgenerator(found) else found
            finally:
                whole = time.process_time() - began
                self.spent[stage] += whole - self._inside.pop()
                if self._inside:
                    self._inside[-1] += whole

        return counted


@contextmanager
def watched(clock: Clock) -> Iterator[None]:
    """Time every stage while it lasts."""
    with ExitStack() as stack:
        for stage, places in STAGES.items():
            for home, name in places:
                stack.enter_context(mock.patch.object(home, name, clock.timed(stage, getattr(home, name))))
        for rules in (WORKBOOK.rules, QUALITY.rules):
            for rule in rules:
                stack.enter_context(mock.patch.object(rule, "find", clock.timed("rules", rule.find)))
        yield


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--books", type=int, default=200)
    count = options.parse_args().books
    shop, clock = workspace(None), Clock()
    with tempfile.TemporaryDirectory() as folder:
        paths = fillings(Path(folder), count)
        one_workbook.check_file(paths[0], "", shop, PLAIN)
        with watched(clock):
            for path in paths:
                unpacked(packed(one_workbook.check_file(path, path.name, shop, PLAIN)))
        began = time.process_time()
        calamine(paths)
        bare = (time.process_time() - began) / count * 1000
    for stage in STAGES:
        own = clock.spent[stage] / count * 1000
        print(f"{stage:<12}{own:8.2f} ms  {own / bare:5.2f} × calamine")
    print(f"{'all':<12}{sum(clock.spent.values()) / count * 1000:8.2f} ms")
    print(f"{'calamine':<12}{bare:8.2f} ms")


if __name__ == "__main__":
    main()
