"""python -m xltools.cli: the command line without the installed script."""

from __future__ import annotations

from xltools.cli.commands import entry

if __name__ == "__main__":
    entry()
