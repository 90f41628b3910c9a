"""The invented district of samples/, small enough for tests, and a mixed batch made of it."""

from __future__ import annotations

import importlib.util
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

from tests.support.forms import clean
from xltools.jobs.common import workspace
from xltools.writing.department.make import workbook

SCRIPT = Path(__file__).resolve().parents[2] / "samples" / "district.py"


@cache
def module() -> ModuleType:
    """Return samples/district.py as a module."""
    spec = importlib.util.spec_from_file_location("sample_district", SCRIPT)
    assert spec is not None and spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = made
    spec.loader.exec_module(made)
    return made


def write_district(folder: Path, count: int) -> tuple[Path, Path]:
    """Write the first `count` departments; return the folder of workbooks and the roster."""
    made = module()
    made.write(folder, made.district(count=count), workspace(None))
    return folder / "报送件", folder / "名册.csv"


def mixed_batch(folder: Path) -> tuple[Path, Path]:
    """Write a batch of everything that arrives: clean, failed, doubtful, twice, unreadable, missing, two forms."""
    sent, roster = write_district(folder, 28)
    (sent / "打不开.xlsx").write_bytes(b"this is no workbook")
    shop = workspace(None)
    for number in range(2):
        values = clean("project-2023") | {"项目编码": f"P{number}", "项目名称": f"=示例项目{number}"}
        (sent / f"项目{number}.xlsx").write_bytes(workbook(shop, shop.form("project-2023"), values))
    return sent, roster
