"""LibreOffice as a witness we did not write: recalculates or converts many workbooks in one start."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice")
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="ODFRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
BATCH = 100


def need_libreoffice() -> None:
    """Skip the test where LibreOffice is missing."""
    if SOFFICE is None:
        pytest.skip("LibreOffice (soffice) is not installed")


def convert(files: Sequence[Path], folder: Path, ending: str = "xlsx") -> list[Path]:
    """Open each file in LibreOffice, recalculate everything whatever is cached, save it in `folder`."""
    need_libreoffice()
    assert SOFFICE is not None
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as profile:
        user = Path(profile) / "user"
        user.mkdir()
        (user / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        for start in range(0, len(files), BATCH):
            batch = files[start : start + BATCH]
            command = [SOFFICE, f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--convert-to", ending]
            result = subprocess.run(
                [*command, "--outdir", str(folder), *map(str, batch)], capture_output=True, text=True, check=False
            )
            missing = [f for f in batch if not (folder / f"{f.stem}.{ending}").is_file()]
            assert not missing, f"LibreOffice made nothing of {missing[:3]}: {result.stderr[-500:]}"
    return [folder / f"{f.stem}.{ending}" for f in files]
