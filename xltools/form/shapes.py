"""What each file of a definition may hold; keys that are not here are refused."""

from __future__ import annotations

from msgspec import Struct

from xltools.form import model as m


class FormFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """form.toml: the form as a whole, the words of its first sheet, its sheets, grades and families of rules."""

    form: m.FormHead
    guide: m.Guide
    sheet: tuple[m.Sheet, ...] = ()
    band: tuple[m.Band, ...] = ()
    family: tuple[m.Family, ...] = ()


class FieldsFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """fields.toml: the sections and their fields."""

    section: tuple[m.Section, ...] = ()
    field: tuple[m.Field, ...] = ()


class ColumnEntry(m.Column, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A column as the file gives it: with the name of its table."""

    table: str


class TablesFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """tables.toml: the tables, their columns, and the rows that are given. A row says its table under the key `table`."""

    table: tuple[m.TableHead, ...] = ()
    column: tuple[ColumnEntry, ...] = ()
    row: tuple[dict[str, m.Given], ...] = ()


class RulesFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """rules.toml: the audit rules."""

    rule: tuple[m.Rule, ...] = ()
