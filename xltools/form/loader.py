"""Loads a definition folder (TOML) into a Form, or refuses it with every fault: file, key, what is wrong, nearest word."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import asdict, replace

from xltools.bilingual import Pair
from xltools.boundary.nearest import nearest
from xltools.boundary.read import read_toml
from xltools.boundary.walk import Fault, below, entry, refusal, taken, unknown_keys
from xltools.errors import DefinitionError
from xltools.form import model as m
from xltools.form.indicators import FILE as INDICATORS
from xltools.form.indicators import IndicatorsFile
from xltools.form.laws import broken
from xltools.form.plausible import FILE as PLAUSIBLE
from xltools.form.plausible import Plausible
from xltools.form.scoring import Scoring, rate_formula, score_formula
from xltools.form.shapes import ColumnEntry, FieldsFile, FormFile, RulesFile, TablesFile
from xltools.form.subtotals import subtotals

FILES = ("form.toml", "fields.toml", "tables.toml", "rules.toml")
BASE_CASE = "clean.json"
NARRATIVE = "narrative.toml"
"""The optional file that ties a narrative's phrases to fields (form.narrative)."""

_FAMILY = re.compile(rb"(?:\n*(?:#[^\n]*\n)*\[\[family\]\]\n(?:[^\[\n#][^\n]*\n)*)+")

_DECIMALS = {"integer": 0, "year": 0, "date": 0}
_UNITS = {"percent": "%", "score": "分"}
_MISSING = Pair(
    "缺少这个文件；可用 xltools forms copy 复制一套完整的定义",
    "this file is missing; xltools forms copy gives a whole definition",
)

S = TypeVar("S", m.Field, m.TableHead, ColumnEntry)
Optional = TypeVar("Optional", Plausible, IndicatorsFile)


def digest_of(folder: Path) -> str:
    """Return the hash of the texts that a workbook is made of, 16 hex digits; line ends do not count, nor do the
    titles of the rules' families, which stand in no workbook: a new title makes no new edition."""
    total = hashlib.sha256()
    for name in FILES:
        text = _FAMILY.sub(b"\n", (folder / name).read_bytes().replace(b"\r\n", b"\n"))
        total.update(name.encode() + b"\0" + text + b"\0")
    return total.hexdigest()[:16]


def load_form(folder: Path) -> m.Form:
    """Load and validate the definition in `folder`; raise DefinitionError with everything that is wrong."""
    form, found = examined(folder)
    if form is not None and not found:
        found += broken(form)
    if form is None or found:
        raise DefinitionError(refuse(folder, found))
    return form


def examined(folder: Path) -> tuple[m.Form | None, list[Fault]]:
    """Return the form in `folder`, if its files have the shape of one, and every fault of that shape; laws aside."""
    read = {name: read_toml(folder / name, _MISSING) for name in FILES}
    found = [fault for _, faults in read.values() for fault in faults]
    data = {name: raw for name, (raw, faults) in read.items() if not faults}
    form, faults = _assembled(folder, data)
    plausible, wrong = _optional(folder, PLAUSIBLE, Plausible)
    columns, odd = _optional(folder, INDICATORS, IndicatorsFile)
    if form is not None:
        form = replace(form, plausible=plausible, indicators=columns.indicators)
    return form, [*found, *faults, *wrong, *odd]


def refuse(folder: Path, found: Sequence[Fault]) -> Pair:
    """Return what is said of a definition with these faults."""
    return refusal(Pair(f"表格定义 {folder}", f"definition {folder}"), found)


def _optional(folder: Path, name: str, shape: type[Optional]) -> tuple[Optional, list[Fault]]:
    """Return what the check knows beside the form in a file that a form may lack, or nothing of it and its faults."""
    if not (folder / name).exists():
        return shape(), []
    raw, found = read_toml(folder / name)
    if found:
        return shape(), found
    made, wrong = taken(raw, shape, name)
    return made or shape(), wrong


def _assembled(folder: Path, data: Mapping[str, dict[str, Any]]) -> tuple[m.Form | None, list[Fault]]:
    """Hold each file against its shape, and put together what they hold. A file that cannot be read is not in `data`."""
    raw = dict(data)
    head = raw.get(FILES[0], {}).get("form")
    unit = head.get("unit") if isinstance(head, dict) else None
    for name, kind, units in ((FILES[1], "field", _UNITS | {"amount": unit}), (FILES[2], "column", _UNITS)):
        if name in raw:
            raw[name] = raw[name] | _completed(raw[name], kind, units)
    general, found = _taken(raw, FILES[0], FormFile)
    fields, wrong = _taken(raw, FILES[1], FieldsFile)
    found += wrong
    tables, wrong = _taken(raw, FILES[2], TablesFile)
    found += wrong
    rules, wrong = _taken(raw, FILES[3], RulesFile)
    found += wrong
    if tables is not None:
        found += _strays(tables)
    if general is None or fields is None or tables is None or rules is None or found:
        return None, found
    own = tuple(map(_labelled, fields.field))
    joined = tuple(_tables(tables))
    return m.Form(
        **asdict(general.form),
        folder=folder,
        digest=digest_of(folder),
        guide=general.guide,
        sheets=general.sheet,
        sections=fields.section,
        fields=(*own, *subtotals(joined, own)),
        tables=joined,
        rules=tuple(map(_rule, rules.rule)),
        bands=general.band,
        families=general.family,
    ), []


T = TypeVar("T", bound=Struct)


def _taken(raw: Mapping[str, dict[str, Any]], name: str, shape: type[T]) -> tuple[T | None, list[Fault]]:
    return taken(raw[name], shape, name) if name in raw else (None, [])


def _completed(raw: Mapping[str, Any], kind: str, units: Mapping[str, str | None]) -> dict[str, Any]:
    """Return the entries of a kind with what follows from their type laid under: unit and decimals."""
    items = raw.get(kind)
    if not isinstance(items, list):
        return {}
    return {kind: [_implied(item, units) | item if isinstance(item, dict) else item for item in items]}


def _implied(item: Mapping[str, Any], units: Mapping[str, str | None]) -> dict[str, Any]:
    type_ = item.get("type")
    if not isinstance(type_, str):
        return {}
    implied: dict[str, Any] = {"decimals": _DECIMALS.get(type_, 2)}
    unit = units.get(type_)
    return implied | {"unit": unit} if isinstance(unit, str) else implied


def _labelled(item: S) -> S:
    return item if item.label else replace(item, label=item.name)


def _strays(file: TablesFile) -> Iterator[Fault]:
    """Yield the columns and rows of tables that are not there, and a row's keys that are no columns."""
    known = [t.name for t in file.table]
    missing = Pair("没有名为“{name}”的表格{near}", "there is no table “{name}”{near}")
    columns: dict[str, list[str]] = {}
    for number, column in enumerate(file.column, start=1):
        columns.setdefault(column.table, []).append(column.name)
        if column.table not in known:
            place = below(entry(below(FILES[2], "column"), number, {"name": column.name}), "table")
            yield Fault(place, missing.format(name=column.table, near=nearest(column.table, known)))
    for number, row in enumerate(file.row, start=1):
        place, table = entry(below(FILES[2], "row"), number, row), row.get("table")
        if not isinstance(table, str) or table not in known:
            yield Fault(below(place, "table"), missing.format(name=table, near=nearest(str(table), known)))
            continue
        keys = [*columns.get(table, ()), "table"]
        yield from unknown_keys(place, (key for key in row if key not in keys), keys)


def _tables(file: TablesFile) -> Iterator[m.Table]:
    for head in map(_labelled, file.table):
        rows = tuple({k: v for k, v in row.items() if k != "table"} for row in file.row if row["table"] == head.name)
        given = asdict(head) | {"capacity": len(rows) or head.capacity}
        columns = tuple(_scored(_column(c), head.scoring) for c in file.column if c.table == head.name)
        yield m.Table(**given, columns=(*columns, _state_column()), rows=rows)


def _column(given: ColumnEntry) -> m.Column:
    values = asdict(_labelled(given))
    del values["table"]
    return m.Column(**values)


def _scored(column: m.Column, scoring: Scoring | None) -> m.Column:
    """Return a column with the formula that the table's method gives it; one of its own is left alone."""
    if scoring is None or column.formula is not None:
        return column
    if column.name == scoring.rate:
        return replace(column, formula=rate_formula(scoring, f'[@{m.STATE_COLUMN}]<>"{m.READY}"'))
    return replace(column, formula=score_formula(scoring)) if column.name == scoring.score else column


def _state_column() -> m.Column:
    """The column every table ends with; its formula is made by form.states from the columns' own properties."""
    return m.Column(name=m.STATE_COLUMN, label="填报状态", type="text", formula="=", width=10.0)


def _rule(rule: m.Rule) -> m.Rule:
    cases = tuple(replace(c, values={k: None if v == "" else v for k, v in c.values.items()}) for c in rule.cases)
    return replace(rule, name_en=rule.name_en or rule.code, cases=cases)
