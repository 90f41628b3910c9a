"""What several jobs need: the workspace, the date, notes on stderr, outputs to a file or to the screen."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from xltools.bilingual import Lang
from xltools.errors import UsageError
from xltools.findings.wording import Wording
from xltools.form.layout import Layout
from xltools.recalc.workspace import Workspace


def build_blank(layout: Layout) -> bytes:
    """Build a blank workbook; xlsxwriter is imported only when a template is not at hand."""
    from xltools.writing.department.builder import blank

    return blank(layout)


def workspace(forms_dir: Path | None) -> Workspace:
    """Return the run's workspace."""
    return Workspace(build_blank, forms_dir)


def wording(shop: Workspace, lang: Lang) -> Wording:
    """Return what puts findings into words for the coordinator."""
    from xltools.rules.catalogue import card_finder

    return Wording(card_finder(shop.form), lang)


def parse_day(text: str | None) -> date | None:
    """Return the date of --date; raise UsageError when it is none."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--date 应写成 2024-04-15 的样子，现为 {text}") from None


def note(text: str, quiet: bool = False) -> None:
    """Say something on stderr that is not a result."""
    if not quiet:
        print(text, file=sys.stderr)


def emit(text: str | Iterable[str], output: Path | None) -> None:
    """Write a result, whole or piece by piece, to a file (whole or not at all) or to the screen."""
    pieces = [text] if isinstance(text, str) else text
    if output is None:
        sys.stdout.writelines(pieces)
        return
    from xltools.writing.files import save

    save(output, (piece.encode("utf-8", "replace") for piece in pieces))
