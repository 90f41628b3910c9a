"""The hostile set: whatever a file is made to cost, every file is answered, the run goes on and nothing is ours to blame."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

from tests.support.hostile import CASES

EVERY = os.environ.get("XLTOOLS_EVERY") == "1"
SCALE = 8 if EVERY else 1


def test_every_file_of_the_hostile_set_is_answered(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name, make in CASES.items():
        (inbox / name).write_bytes(make(random.Random(name), SCALE))
    out = tmp_path / "report.json"
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "xltools.cli",
            "check",
            str(inbox),
            "--format",
            "json",
            "-o",
            str(out),
            "--no-cache",
            "-v",
        ],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )
    assert done.returncode in (0, 1), done.stderr[-2000:]
    assert "Traceback" not in done.stderr and "panicked" not in done.stderr
    report = json.loads(out.read_text(encoding="utf-8"))
    told = done.stderr + json.dumps(report, ensure_ascii=False)
    assert [name for name in CASES if name not in told] == []
    assert [f["file"] for f in report["findings"] if f["code"] == "IN010"] == []
