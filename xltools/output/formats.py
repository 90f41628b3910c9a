"""The formats of a report, a line each. What a writer makes of senders' text is made harmless here, whatever it forgot."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from xltools.bilingual import Pair
from xltools.errors import DefinitionError
from xltools.json_text import UNSEEN
from xltools.output.wrap import FILE, Screen

if TYPE_CHECKING:
    from xltools.findings.report import Report
    from xltools.findings.wording import Wording

Writer = Callable[["Report", "Wording", Screen], Iterator[str]]
"""A pure function: the report in one language for one reader, piece by piece, each piece whole lines."""


class Format(NamedTuple):
    """How a format's files end, and the module of this folder whose `pieces` is its writer."""

    endings: tuple[str, ...]
    module: str


FORMATS = {
    "text": Format((".txt", ".md", ".log"), "text"),
    "json": Format((".json",), "json_report"),
}
_TWICE = Pair("结尾 {ending} 属于两个输出格式", "the ending {ending} belongs to two output formats")
_NO_WRITER = Pair("输出格式 {name} 没有对应的程序 {file}", "the output format {name} has no writer {file}")
_LIVE = re.compile(rf"(\x1b\[[0-9;]*m)|[{UNSEEN}]")
"""What a terminal acts upon or what turns a text's direction; a colour is kept."""


def _demand_whole() -> None:
    for name, one in FORMATS.items():
        if not Path(__file__).with_name(f"{one.module}.py").is_file():
            raise DefinitionError(_NO_WRITER.format(name=name, file=f"{one.module}.py"))
    endings = [ending for one in FORMATS.values() for ending in one.endings]
    for ending in endings:
        if endings.count(ending) > 1:
            raise DefinitionError(_TWICE.format(ending=ending))


_demand_whole()


def pieces(name: str, report: Report, wording: Wording, screen: Screen = FILE) -> Iterator[str]:
    """Yield a report in a format. Raises KeyError for one that is not listed."""
    writer: Writer = import_module(f"{__package__}.{FORMATS[name].module}").pieces
    for piece in writer(report, wording, screen):
        yield _LIVE.sub(lambda found: found[1] or "", piece)
