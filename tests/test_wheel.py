"""The installed wheel does the whole round by itself: definitions and samples travel in it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel and unpack it somewhere else; needs no network."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    build = [*pip, "wheel", "--no-deps", "--no-build-isolation", "--quiet", "--wheel-dir", str(folder), str(ROOT)]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    wheel = next(folder.glob("*.whl"))
    target = folder / "site"
    install = [*pip, "install", "--no-deps", "--no-index", "--quiet", "--target", str(target), str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    return target


def _run(installed: Path, cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(installed), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-P", "-m", "xltools.cli", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", cwd=cwd, env=environment, check=False
    )


def test_the_wheel_carries_definitions_and_samples(installed: Path) -> None:
    package = installed / "xltools"
    assert (package / "workbook_templates" / "guangdong-2023" / "template.xlsx").is_file()
    assert (package / "samples" / "名册.xlsx").is_file()
    shipped = ROOT / "workbook_templates"
    definitions = {path.relative_to(shipped) for path in shipped.rglob("*") if path.is_file()}
    assert definitions == {
        path.relative_to(package / "workbook_templates")
        for path in (package / "workbook_templates").rglob("*")
        if path.is_file()
    }, "former editions travel too"
    assert not list(installed.glob("tests*"))


def test_demo_does_the_whole_round(installed: Path, tmp_path: Path) -> None:
    where = _run(installed, tmp_path, "forms").stdout
    assert str(installed) in where, "the checkout was used instead of the wheel"
    done = _run(installed, tmp_path, "demo", "走一遍")
    assert done.returncode == 0, done.stderr
    made = sorted(p.name for p in (tmp_path / "走一遍").iterdir())
    assert made == ["1_空白表.xlsx", "2_下发", "3_报送件", "4_审核", "5_退回", "6_汇总.xlsx", "7_自评报告"]
    assert "[BA103]" in done.stdout
    assert len(list((tmp_path / "走一遍" / "2_下发").glob("*.xlsx"))) == 9
