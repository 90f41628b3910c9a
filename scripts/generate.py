"""Brings every generated file up to date in one go: fillings, templates, samples, docs. What has the same content stays untouched."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STEPS = ("scripts/complete_values.py", "scripts/make_templates.py", "samples/build.py", "scripts/make_docs.py")
"""In order: fillings have what is required, samples are built on the templates, the docs speak of both."""


def main() -> int:
    """Run every step with the arguments given (--check only compares); the worst exit code is ours."""
    codes = []
    for step in STEPS:
        print(f"{step}:", flush=True)
        codes.append(subprocess.run([sys.executable, str(ROOT / step), *sys.argv[1:]], check=False).returncode)
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
