"""For all tests: a cache folder of the run's own, and no skip where none is forgiven (XLTOOLS_NO_SKIP, as in .ci/run)."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Generator
from typing import Any

import pytest

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
