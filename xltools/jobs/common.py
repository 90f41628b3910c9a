"""What several jobs need: the options of every command, the workspace, the date, outputs to a file or to the screen."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from xltools.bilingual import Lang, Pair
from xltools.console import Console
from xltools.errors import UsageError
from xltools.findings.wording import Wording
from xltools.form.layout import Layout
from xltools.recalc.workspace import Workspace

if TYPE_CHECKING:
    from xltools.jobs.outputs import Outputs

WRITTEN = Pair("已生成 {path}", "written: {path}")
NO_FILE = Pair("没有这个文件：{path}", "there is no such file: {path}")
_NO_DATE = Pair("--date 应写成 2024-04-15 的样子，现为 {text}", "--date is written like 2024-04-15, not {text}")


@dataclass(frozen=True, kw_only=True)
class CommonOptions:
    """The options that every command takes, named as on the command line."""

    forms_dir: Path | None = None
    lang: Lang = "zh"
    quiet: bool = False
    verbose: bool = False
    day: str | None = None

    @property
    def console(self) -> Console:
        """Where the command speaks besides its result."""
        return Console(self.lang, self.quiet)


def build_blank(layout: Layout) -> bytes:
    """Build a blank workbook; xlsxwriter is imported only when a template is not at hand."""
    from xltools.writing.department.builder import blank

    return blank(layout)


def workspace(forms_dir: Path | None) -> Workspace:
    """Return the run's workspace."""
    return Workspace(build_blank, forms_dir)


def wording(workspace: Workspace, lang: Lang) -> Wording:
    """Return what puts findings into words for the coordinator."""
    from xltools.rules.catalogue import card_finder

    return Wording(card_finder(workspace.form), lang)


def parse_day(text: str | None) -> date | None:
    """Return the date of --date; raise UsageError when it is none."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(_NO_DATE.format(text=text)) from None


def emit(text: str | Iterable[str], outputs: Outputs, output: Path | None) -> None:
    """Write a result, whole or piece by piece, to a file (whole or not at all) or to the screen."""
    pieces = [text] if isinstance(text, str) else text
    if output is None:
        sys.stdout.writelines(pieces)
    else:
        outputs.save(output, (piece.encode("utf-8", "replace") for piece in pieces), "plain")
