"""Everything that is wrong with an edited 定义.xlsx, all at once and each at its cell."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from xltools.bilingual import Pair
from xltools.boundary.nearest import closest
from xltools.boundary.walk import Fault
from xltools.editing import titles
from xltools.editing.located import Located
from xltools.editing.parts import Part
from xltools.editing.problem import Problem, in_order
from xltools.editing.raw import Raw, files_of
from xltools.editing.taken import Taken, Where, neutral, put
from xltools.errors import DefinitionError
from xltools.form import narrative
from xltools.form.laws import every_broken
from xltools.form.loader import FILES, NARRATIVE, examined
from xltools.form.model import Form
from xltools.temporary import prefix
from xltools.writing.narrative.template import TEXT, template_bytes

_ID = re.compile(r"[^\W_][\w.-]{0,60}(?<!\.)")
NO_ID = Pair(
    "表格编号“{text}”不能用作文件夹名；只用文字、数字、- 和 .",
    "the id “{text}” cannot be a folder's name: letters, digits, - and . only",
)
_PLACE = re.compile(r"[a-z]+\.toml · .+?(?= 重复| too$)")
_KEY = re.compile(r"(?<![A-Za-z0-9_(])[a-z][a-z_]+(?![A-Za-z0-9_(])")
ROUNDS = 8
"""Times that what has not the right shape is replaced by something neutral, to see what else is wrong."""


@dataclass(frozen=True)
class Reviewed:
    """What an edited workbook gives: the definition's data and, where nothing is wrong with them, its files."""

    raw: Raw
    files: dict[str, str]
    problems: list[Problem]
    taken: Taken


def reviewed(located: Located) -> Reviewed:
    """Look at the whole definition that the pages give; where a part of it is not there, that alone is told."""
    taken = Taken(located.draft)
    if not located.whole:
        return Reviewed(taken.raw, {}, in_order(located.found, located.draft), taken)
    files = files_of(taken.raw)
    faults = faults_of(taken, files)
    found = [*located.found, *taken.found, *at_cells(faults, taken), *_id(taken), *_words(taken)]
    return Reviewed(taken.raw, files, in_order(found, located.draft), taken)


def at_cells(faults: Iterable[Fault], taken: Taken) -> Iterator[Problem]:
    """Yield the faults at the cells where they stand; none where something else is wrong already."""
    for fault in faults:
        where = taken.where(fault)
        if where is None:
            yield Problem("", 0, 0, fault.line)
        elif where not in taken.failed:
            yield Problem(*where, _plain(fault.says, taken))


def _plain(says: Pair, taken: Taken) -> Pair:
    """Say in the workbook's words what a law says in those of the files: cells for places, titles for keys."""

    def cell(match: re.Match[str]) -> str:
        where = taken.where(Fault(match[0], says))
        return match[0] if where is None else Problem(*where, says).place

    zh, en = (_PLACE.sub(cell, text) for text in (says.zh, says.en))
    parts = re.split("(“[^”]*”)", zh)
    parts[::2] = [_KEY.sub(lambda match: titles.known_as(match[0]), part) for part in parts[::2]]
    return Pair("".join(parts), en)


def _id(taken: Taken) -> Iterator[Problem]:
    """The form's id is the name of its folder."""
    for entry in taken.entries[FILES[0]].get("form", ()):
        name = entry.item.get("id")
        if isinstance(name, str) and not _ID.fullmatch(name):
            yield Problem(*entry.cells.get("id", entry.home), NO_ID.format(text=name[:40]))


def _words(taken: Taken) -> Iterator[Problem]:
    """The text that the Word template is made of can be laid out."""
    for name, text in taken.raw.texts.items():
        if name == TEXT:
            try:
                template_bytes(text)
            except DefinitionError as error:
                yield Problem(titles.OTHER_FILES, 0, 0, error.pair)


def faults_of(taken: Taken, files: dict[str, str]) -> list[Fault]:
    """Faults of shape, then, with what is at fault made neutral, the laws that are broken."""
    found: list[Fault] = []
    mended: set[Where] = set()
    form: Form | None = None
    with tempfile.TemporaryDirectory(prefix=prefix()) as name:
        folder = Path(name)
        for _ in range(ROUNDS):
            for file, text in files.items():
                (folder / file).write_text(text, encoding="utf-8", newline="\n")
            form, wrong = examined(folder)
            fresh = [fault for fault in wrong if taken.where(fault) not in mended]
            found += fresh
            neutral_now = [fault for fault in fresh if _mended(taken, fault)]
            mended |= {where for fault in neutral_now if (where := taken.where(fault)) is not None}
            if form is not None or not neutral_now:
                break
            files = files_of(taken.raw)
        if form is not None:
            broken = every_broken(form)
            if (folder / NARRATIVE).is_file():
                broken += narrative.examined(form)[1]
            found += [fault for fault in broken if taken.where(fault) not in mended]
    return found


def _mended(taken: Taken, fault: Fault) -> bool:
    """Make neutral what is at fault; False where that is not one key of an entry."""
    entry = taken.entry_of(fault)
    part = entry.part if entry is not None else None
    if entry is None or part is None:
        return False
    key = fault.place.rpartition(" · ")[2].rpartition(".")[2].partition("[")[0]
    leaf = next((leaf for leaf in part.leaves if leaf.path[-1] == key), None)
    if leaf is None:
        return _without_inner(entry.item, part)
    if leaf.name == "table" and leaf.required:
        tables = [e.names[0] for e in taken.entries[part.file].get("table", ())]
        entry.item["table"] = closest(str(entry.item.get("table")), tables) or next(iter(tables), "?")
    elif leaf.required:
        put(entry.item, leaf, neutral(leaf))
    else:
        entry.item.pop(leaf.path[0], None)
    return True


def _without_inner(item: dict[str, object], part: Part) -> bool:
    """Leave out the inner lists, in one of which a key is at fault."""
    inner = [name for name, value in item.items() if isinstance(value, list) and part.leaf((name,)) is None]
    for name in inner:
        del item[name]
    return bool(inner)
