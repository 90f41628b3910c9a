"""Writes workbook_templates/*/template.xlsx from the definitions; with --check only says whether they are current."""

from __future__ import annotations

import argparse
import sys
import zipfile
from io import BytesIO
from pathlib import Path

from xltools.form import form_folders
from xltools.jobs.common import workspace
from xltools.recalc.workspace import TEMPLATE
from xltools.writing.department.make import workbook
from xltools.writing.files import save


def parts(data: bytes) -> dict[str, bytes]:
    """Return a package's parts: another zlib compresses to other bytes, the parts stay the same."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def stale(path: Path, fresh: bytes) -> bool:
    """True when the committed template differs from a fresh one in any part."""
    return not path.is_file() or parts(path.read_bytes()) != parts(fresh)


def main() -> int:
    """Write or check every template; 1 when one is not current."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--check", action="store_true")
    check = arguments.parse_args().check
    shop = workspace(None)
    old = []
    for name, folder in form_folders().items():
        fresh = workbook(shop, shop.form(name))
        if stale(folder / TEMPLATE, fresh):
            old.append(name)
            if not check:
                save(folder / TEMPLATE, fresh)
    print("\n".join(f"{'not current' if check else 'written'}: {name}" for name in old) or "all current")
    return 1 if check and old else 0


if __name__ == "__main__":
    sys.exit(main())
