"""What the ending of -o says: the format where none was asked for; an ending that does not fit is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from xltools.bilingual import Pair, joined, same
from xltools.errors import UsageError

Endings = Mapping[str, tuple[str, ...]]
"""Endings by format; none at all for a format that is written as a folder."""
_UNKNOWN = Pair(
    "-o {path} 的结尾看不出格式；应以 {endings} 结尾", "the ending of -o {path} says no format; it should be {endings}"
)
_CONTRADICTS = Pair(
    "-o {path} 与 --format {asked} 不符；应{wanted}", "-o {path} does not fit --format {asked}; it should {wanted}"
)
_NEEDS = Pair("{option} {path} 应以 {ending} 结尾", "{option} {path} should end with {ending}")
_END_WITH = Pair("以 {endings} 结尾", "end with {endings}")
_FOLDER = Pair("是文件夹，不带 {endings} 这样的结尾", "be a folder, without an ending like {endings}")


def format_of(output: Path | None, asked: str | None, endings: Endings, default: str) -> str:
    """Return the format that was asked for, or the one that the ending of `output` implies. Raises UsageError."""
    if output is None:
        return asked or default
    ending = output.suffix.lower()
    known = [one for several in endings.values() for one in several]
    if asked is None:
        found = next((name for name, several in endings.items() if ending in several), None)
        if found is None:
            raise UsageError(_UNKNOWN.format(path=output, endings=_listed(known)))
        return found
    if endings[asked] and ending not in endings[asked]:
        wanted = _END_WITH.format(endings=_listed(endings[asked]))
        raise UsageError(_CONTRADICTS.format(path=output, asked=asked, wanted=wanted))
    if not endings[asked] and ending in (*known, f".{asked}"):
        wanted = _FOLDER.format(endings=_listed([ending]))
        raise UsageError(_CONTRADICTS.format(path=output, asked=asked, wanted=wanted))
    return asked


def need_ending(output: Path | None, option: str, ending: str) -> None:
    """Raise UsageError when an output that has one format only ends otherwise."""
    if output is not None and output.suffix.lower() != ending:
        raise UsageError(_NEEDS.format(option=option, path=output, ending=ending))


def _listed(endings: Iterable[str]) -> Pair:
    return joined(map(same, endings))
