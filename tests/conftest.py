"""For all tests: a cache folder of the run's own, and no skip where none is forgiven (XLTOOLS_NO_SKIP, as in .ci/run)."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Generator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

_folder = tempfile.TemporaryDirectory(prefix="xltools-tests-", ignore_cleanup_errors=True)
os.environ["XLTOOLS_CACHE"] = _folder.name


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, Any, Any]:
    """Make a skip a failure that says why it would have been skipped."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("XLTOOLS_NO_SKIP"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome, report.longrepr = "failed", f"no skip is forgiven here: {reason}"
    return report


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Start no further process for the few cases that -k names: `pytest tests/rules -k ST021` answers at once."""
    return 0 if config.option.keyword else None


_DEAR = ("round_: Round", 'scope="module"')
"""What a test file says when its tests share something that takes long to make."""


class Together(LoadScopeScheduling):
    """Gives the tests of a file that shares something dear to one process, so that it is made once; others go singly.

    `xdist_group` would say the same, but from pytest 9.2 on it has no effect (pytest-xdist 3.8 writes a private name).
    """

    def _split_scope(self, nodeid: str) -> str:
        """Return what is to stay together: all that shares one of _DEAR, or the test alone."""
        return _shared(nodeid.split("::", 1)[0]) or nodeid


@cache
def _shared(file: str) -> str:
    """Return the name of what a test file shares; "" for nothing dear."""
    text = (Path(__file__).parents[1] / file).read_text("utf-8")
    name = next((name for name in _DEAR if name in text), "")
    return file if name == _DEAR[1] else name


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """Share the tests out so that nothing dear is made twice."""
    return Together(config, log)
