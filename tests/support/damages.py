"""The catalogue of damages: every way we know in which a workbook or a batch comes back wrong, one file a rule.

The files stand in tests/rules/cases, each named as its rule's; importing this module registers all of them.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parents[1] / "rules" / "cases"
FILES = sorted(path.relative_to(ROOT) for path in ROOT.rglob("*.py"))

for _file in FILES:
    import_module(".".join(("tests.rules.cases", *_file.with_suffix("").parts)))
