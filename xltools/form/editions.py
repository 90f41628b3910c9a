"""Former editions of a form, kept as data below its folder: a workbook that was sent out then is checked by what it was.

A change of a form's cells, formulas or scoring raises its version; scripts/archive_edition.py keeps what was there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from msgspec.structs import replace

from xltools.bilingual import Pair
from xltools.boundary.walk import Fault
from xltools.errors import DefinitionError
from xltools.form import model as m
from xltools.form.loader import FILES, digest_of, load_form, refuse
from xltools.form.slots import Key

Name = TypeVar("Name", int, str)

EDITIONS = "editions"
"""The folder of the former editions, a folder a version."""


def edition_folders(folder: Path) -> dict[str, Path]:
    """Return version → folder of the former editions of the form in `folder`, the latest name last."""
    home = folder / EDITIONS
    if not home.is_dir():
        return {}
    return {path.name: path for path in sorted(home.iterdir()) if (path / FILES[0]).is_file()}


def edition_digests(folder: Path) -> dict[str, str]:
    """Return version → digest of the former editions of the form in `folder`."""
    return {version: digest_of(path) for version, path in edition_folders(folder).items()}


def open_edition(form: m.Form, version: str) -> m.Form:
    """Load the former edition `version` of a form; KeyError when there is none."""
    folder = edition_folders(form.folder)[version]
    former = load_form(folder)
    if (former.id, former.version) != (form.id, version) or version == form.version:
        says = Pair(
            "这里应是表格 {id} 的旧版本 {version}，却写着 {there}",
            "this must be the former version {version} of the form {id}, but says {there}",
        ).format(id=form.id, version=version, there=f"{former.id} {former.version}")
        raise DefinitionError(refuse(folder, [Fault(f"{FILES[0]} · form.version", says)]))
    return replace(former, newest=form.version)


class Bridge:
    """What a former edition calls each thing of the newest, and the other way round: by name, by former name; rows of
    fixed tables by their key."""

    def __init__(self, old: m.Form, new: m.Form) -> None:
        self.old, self.new = old, new
        self._fields = _paired(old.fields, new.fields) | {n: n for n in new.asides if n in old.asides}
        self._tables = {t.name: t for t in old.tables if any(t.name == n.name for n in new.tables)}
        self._columns = {t.name: _paired(self._tables[t.name].columns, t.columns) for t in self._new_tables()}
        self._rows = {t.name: _rows(self._tables[t.name], t) for t in self._new_tables() if t.is_fixed}
        self._forward = {
            "": _turned(self._fields),
            **{name: _turned(columns) for name, columns in self._columns.items()},
        }
        self._rows_forward = {name: _turned(rows) for name, rows in self._rows.items()}

    def _new_tables(self) -> list[m.Table]:
        return [t for t in self.new.tables if t.name in self._tables]

    def former_field(self, name: str) -> str | None:
        """Return what the former edition calls a field of the newest."""
        return self._fields.get(name)

    def former_column(self, table: str, name: str) -> str | None:
        """Return what the former edition calls a column of the newest."""
        return self._columns.get(table, {}).get(name)

    def former_row(self, table: str, row: int) -> int | None:
        """Return where the former edition has a row of the newest; an open table's rows stay where they are."""
        return self._rows[table].get(row) if table in self._rows else row

    def newest_key(self, key: Key) -> Key | None:
        """Return what the newest edition calls a cell of the former one; None where it has none."""
        if key.row < 0 and not key.column:
            name = self._forward[""].get(key.field)
            return None if name is None else Key(name)
        column = self._forward.get(key.field, {}).get(key.column)
        row = self._rows_forward[key.field].get(key.row) if key.field in self._rows_forward else key.row
        return None if column is None or row is None else Key(key.field, row, column)


def _paired(old: Iterable[m.Field | m.Column], new: Iterable[m.Field | m.Column]) -> dict[str, str]:
    """Return newest name → former name of what both editions have."""
    known = {item.name for item in old}
    found: dict[str, str] = {}
    for item in new:
        name = next((n for n in (item.name, *item.aliases) if n in known), None)
        if name is not None:
            found[item.name] = name
    return found


def _rows(old: m.Table, new: m.Table) -> dict[int, int]:
    """Return newest row → former row of a table with fixed rows."""
    if new.key_column is None or not old.is_fixed:
        return {row: row for row in range(min(len(new.rows), len(old.rows)))} if old.is_fixed else {}
    places = {str(row.get(new.key_column)): number for number, row in enumerate(old.rows)}
    found = {number: places.get(str(row.get(new.key_column))) for number, row in enumerate(new.rows)}
    return {number: place for number, place in found.items() if place is not None}


def _turned(pairs: Mapping[Name, Name]) -> dict[Name, Name]:
    return {other: one for one, other in pairs.items()}
