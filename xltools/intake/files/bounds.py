"""What the operator may bound differently: a file of numbers named by XLTOOLS_LIMITS, else the defaults."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path

from xltools.bilingual import Pair, joined, same
from xltools.boundary.read import read_toml
from xltools.errors import UsageError

VARIABLE = "XLTOOLS_LIMITS"
UNREADABLE = Pair(
    "{variable} 指定的文件读不了：{name}（{error}）", "the file named by {variable} cannot be read: {name} ({error})"
)
NO_SUCH_BOUND = Pair(
    "{name}：[{section}] {key} 应为以下之一并取正整数：{known}",
    "{name}: [{section}] {key} must be one of these, with a positive whole number: {known}",
)
NO_SUCH_SECTION = Pair(
    "{name}：没有 [{section}] 这一节；只有 {known}", "{name}: there is no section [{section}], only {known}"
)
MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class FileLimits:
    """What a file may cost us. A form is 1 % of any of these; only a hostile or broken file meets one."""

    file_bytes: int = 64 * MIB
    expanded_bytes: int = 256 * MIB  # all parts we read, by our own count
    part_bytes: int = 128 * MIB
    ratio: int = 200  # expanded : compressed, for parts that expand beyond 1 MiB
    parts: int = 4_000
    xml_depth: int = 64
    tags: int = 12_000_000  # "<" in all parts read: bounds the time (about 0.2 µs each)
    block_tags: int = 1_000_000  # "<" within one row or one block of a part: bounds the memory
    sheets: int = 1_000
    cells: int = 1_000_000
    strings: int = 1_000_000
    text_chars: int = 64 * MIB  # shared strings and expanded shared formulas
    names: int = 20_000
    styles: int = 65_536
    items: int = 200_000  # validations, merges, hyperlinks and hidden ranges of one sheet; relationships of one part


_AT_HAND = FileLimits(
    file_bytes=8 * MIB,
    expanded_bytes=32 * MIB,
    part_bytes=32 * MIB,
    tags=1_500_000,
    block_tags=300_000,
    cells=100_000,
    strings=100_000,
    text_chars=8 * MIB,
    items=50_000,
)


def at_hand(limits: FileLimits) -> FileLimits:
    """Return what a file may cost the main process itself: a few dozen MB and a second. A form is a tenth of it."""
    pairs = {f.name: (getattr(limits, f.name), getattr(_AT_HAND, f.name)) for f in fields(FileLimits)}
    return FileLimits(**{name: min(both) for name, both in pairs.items()})


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """What one archive may cost, whatever is in it."""

    archive_bytes: int = 1024 * MIB
    members: int = 20_000
    unpacked_bytes: int = 2048 * MIB  # all members of one archive, by our own count
    member_bytes: int = 64 * MIB
    member_ratio: int = 500  # unpacked : packed, for members beyond 1 MiB
    depth: int = 1  # archives within the archive that was sent
    seconds: int = 300


@dataclass(frozen=True, slots=True)
class NarrativeLimits:
    """What a narrative report may hold; a long one holds a tenth of any of these."""

    file_bytes: int = 32 * MIB
    expanded_bytes: int = 128 * MIB
    chars: int = 500_000
    lines: int = 20_000  # paragraphs, or lines of a PDF or text, and cells of tables
    numbers: int = 10_000  # in its text, tables aside
    pages: int = 400


@dataclass(frozen=True, slots=True)
class WorkLimits:
    """What one file may cost in time and memory; a watcher ends the worker that exceeds it."""

    seconds: int = 60
    memory_bytes: int = 1024 * MIB
    cache_bytes: int = 256 * MIB


@dataclass(frozen=True, slots=True)
class Bounds:
    """All bounds of a run."""

    file: FileLimits = field(default_factory=FileLimits)
    archive: ArchiveLimits = field(default_factory=ArchiveLimits)
    narrative: NarrativeLimits = field(default_factory=NarrativeLimits)
    work: WorkLimits = field(default_factory=WorkLimits)


def bounds() -> Bounds:
    """Return the bounds of this run. Raises UsageError for a file that is not there or a word that is unknown."""
    return _read(os.environ.get(VARIABLE, ""))


@cache
def _read(name: str) -> Bounds:
    if not name:
        return Bounds()
    given, faults = read_toml(Path(name))
    if faults:
        raise UsageError(UNREADABLE.format(variable=VARIABLE, name=name, error=faults[0].says))
    made = {}
    for section in fields(Bounds):
        kind = type(getattr(Bounds(), section.name))
        values = given.pop(section.name, {})
        known = {f.name for f in fields(kind)}
        for key, value in values.items() if isinstance(values, dict) else [(section.name, values)]:
            if key not in known or type(value) is not int or value <= 0:
                words = joined(map(same, sorted(known)))
                raise UsageError(NO_SUCH_BOUND.format(name=name, section=section.name, key=key, known=words))
        made[section.name] = kind(**values)
    if given:
        sections = joined(same(f"[{section.name}]") for section in fields(Bounds))
        raise UsageError(NO_SUCH_SECTION.format(name=name, section=next(iter(given)), known=sections))
    return Bounds(**made)
