"""The stage of a batch's damage test: eight departments of one form, this year and last, their roster and decisions."""

from __future__ import annotations

import copy
import csv
import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl

from tests.support.fillings import SHAPES, filling
from tests.support.forms import Values, built, form, room
from tests.support.stage import NotHere, first
from xltools.form import model as m
from xltools.form.layout import Key
from xltools.jobs import check
from xltools.review import decisions
from xltools.writing.department.inputs import capacities_for

POOR = 3
"""The department with the low score."""
SEEDS = {"this year": 31, "last year": 71}

Place = tuple[str, str, str, str]
"""Code, file, sheet, cell."""


@dataclass
class Batch:
    """One form's departments as they report: file → values, the roster's lines, lines of the findings workbook."""

    form_id: str
    files: dict[str, Values] = field(default_factory=dict)
    last: dict[str, Values] = field(default_factory=dict)
    roster: list[dict[str, Any]] = field(default_factory=list)
    twins: dict[str, str] = field(default_factory=dict)  # a further file that is byte for byte another one
    decided: list[tuple[str, ...]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.form = form(self.form_id)
        self.last = {name: copy.deepcopy(v) for name, v in _departments(self.form_id, "last year")}
        for name, values in _departments(self.form_id, "this year"):
            self.files[name] = copy.deepcopy(values)
            self.continue_from_last_year(name)
        for values in self.files.values():
            line = {"部门编码": values[self.form.code_field], "部门名称": values[self.form.name_field]}
            self.roster.append(line | {f.roster: values.get(f.name) for f in self._from_roster()})

    def continue_from_last_year(self, name: str) -> None:
        """Make last year's closing figures this year's opening ones (and keep last year's sums: nobody checks them)."""
        for item in self.form.fields:
            if item.previous:
                self.last[name][item.previous] = self.files[name].get(item.name)
        for of in self.form.indicators:  # the same indicators at the same level, each just reached
            rows = copy.deepcopy(self.files[name].get(of.table) or [])
            self.last[name][of.table] = [row | {of.actual: row[of.target]} if of.target in row else row for row in rows]

    def _from_roster(self) -> list[m.Field]:
        return [f for f in self.form.fields if f.roster and f.numeric and f.is_input]

    # ------------------------------------------------------------------ where damage is done
    def names(self) -> list[str]:
        """The files, in the order of the departments."""
        return list(self.files)

    def made_good(self, name: str) -> Values:
        """The values of the department with the low score as they would be had it reached everything."""
        plain = next(v for n, v in _departments(self.form_id, "this year", poor=False) if n == name)
        return copy.deepcopy(plain)

    def own(self, name: str, field_name: str) -> object:
        """What a department wrote into a field."""
        return self.files[name].get(field_name)

    def line(self, name: str) -> dict[str, Any]:
        """The roster's line of a department."""
        return next(x for x in self.roster if x["部门编码"] == self.own(name, self.form.code_field))

    def approved(self) -> m.Field:
        """An amount that the roster gives."""
        found: m.Field = first(self._from_roster())
        return found

    def opening(self) -> m.Field:
        """An amount that must be last year's closing one."""
        found: m.Field = first(f for f in self.form.fields if f.previous and f.numeric)
        return found

    def at(self, code: str, name: str, field_name: str = "") -> Place:
        """Where a finding is expected: a field of a file, or the file as a whole."""
        if not field_name:
            return (code, name, "", "")
        ref = room().layout(self.form, capacities_for(self.form, self.files[name])).cells[Key(field_name)]
        return (code, name, ref.sheet, ref.a1)

    # ------------------------------------------------------------------ what the check says of it
    def report(self, folder: Path) -> dict[str, Any]:
        """Write the batch, check it as a coordinator does, and return the JSON report."""
        for home, files in (("报送件", self.files), ("去年", self.last)):
            (folder / home).mkdir(parents=True)
            for name, values in files.items():
                (folder / home / name).write_bytes(_built(self.form_id, json.dumps(values, ensure_ascii=False)))
        for name, original in self.twins.items():
            (folder / "报送件" / name).write_bytes((folder / "报送件" / original).read_bytes())
        out, roster = folder / "报告.json", folder / "名册.csv"
        _write_roster(roster, self.roster)
        check.run(
            check.CheckOptions(
                paths=[folder / "报送件"],
                roster=roster,
                format_="json",
                output=out,
                quiet=True,
                no_cache=True,
                jobs=1,
                previous=folder / "去年",
                decisions=_write_decisions(folder / "意见.xlsx", self.decided) if self.decided else None,
            )
        )
        found: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
        return found

    def found(self, folder: Path) -> tuple[list[Place], list[str]]:
        """Return the findings that lead, but for those of one workbook alone, and the codes that did not report."""
        report = self.report(folder)
        places = [
            (f["code"], Path(f["file"]).name, f["sheet"], f["cell"])
            for f in report["findings"]
            if f["state"] == "open" and f["code"] not in _OF_WORKBOOKS
        ]
        return sorted(places), [gone["code"] for gone in report["missing"]]


_OF_WORKBOOKS = frozenset({"VA008", "NA016", "KQ016"})
"""Notices that the undamaged workbooks carry: dashes in optional cells, no narrative beside the workbook, and the work
of the department with the low score, which stays behind its money."""


@cache
def _departments(form_id: str, year: str, poor: bool = True) -> list[tuple[str, Values]]:
    """Eight departments with figures of their own, each in another shape."""
    found, definition = [], form(form_id)
    for number, change in enumerate(SHAPES.values()):
        values = change(definition, filling(form_id, random.Random(SEEDS[year] + number)))
        code, name = f"2010{number:02}", f"示例{'甲乙丙丁戊己庚辛'[number]}局"
        values |= {definition.code_field: code, definition.name_field: name}
        if poor and number == POOR:
            values = _with_half_the_points(definition, values)
        found.append((f"{code}_{name}.xlsx", values))
    return found


def _with_half_the_points(definition: m.Form, values: Values) -> Values:
    """A department that says openly what it did not reach: a batch without one is told that its scores are too good."""
    changed = copy.deepcopy(values)
    for table in definition.tables:
        weights = {row.get(table.key_column or ""): row.get(table.weight_column or "") for row in table.rows}
        for row in changed.get(table.name) or ():
            weight = weights.get(row.get(table.key_column or ""))
            if table.is_fixed and table.score_column in row and isinstance(weight, int | float):
                row[table.score_column] = round(weight / 2, 1)
            elif row.get("方向") == "≥":
                target = next(v for name, v in row.items() if name in ("年度目标值", "年度指标值"))
                row["实际完成值"] = round(target * 0.4, 2)
            else:
                continue
            if table.reason_column:
                row[table.reason_column] = "因项目跨年实施"
    return changed


@cache
def _built(form_id: str, values: str) -> bytes:
    return built(form_id, json.loads(values))


def _write_roster(path: Path, lines: list[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, list(lines[0]))
        writer.writeheader()
        writer.writerows(lines)


def _write_decisions(path: Path, lines: list[tuple[str, ...]]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = decisions.SHEET
    sheet.append([decisions.ID, decisions.VERDICT, decisions.REASON, decisions.NAME])
    for line in lines:
        sheet.append(list(line))
    book.save(path)
    return path


@dataclass(frozen=True)
class BatchDamage:
    """One thing wrong with a batch: `apply` does it and returns what must be found, and who is then missing."""

    code: str
    kind: str
    apply: Callable[[Batch], tuple[list[Place], list[str]]]


BATCH_DAMAGES: list[BatchDamage] = []


def batch_damage(code: str, kind: str) -> Callable[[Callable[[Batch], list[Place]]], Callable[[Batch], list[Place]]]:
    """Register a damage; a department whose last file it takes away must be said to be missing."""

    def register(function: Callable[[Batch], list[Place]]) -> Callable[[Batch], list[Place]]:
        def apply(batch: Batch) -> tuple[list[Place], list[str]]:
            before = {str(v[batch.form.code_field]) for v in batch.files.values()}
            places = function(batch)
            after = {str(v[batch.form.code_field]) for v in batch.files.values()}
            named = {str(v[batch.form.name_field]) for v in batch.files.values()}
            gone = [
                str(line["部门编码"])
                for line in batch.roster
                if line["部门编码"] in before - after and line["部门名称"] not in named
            ]
            return sorted(places), gone

        BATCH_DAMAGES.append(BatchDamage(code, kind, apply))
        return function

    return register


def decided(code: str, kind: str, verdict: str, reason: str, name: str) -> None:
    """Register a line of the findings workbook that must be told at its cell."""

    @batch_damage(code, kind)
    def apply(b: Batch) -> list[Place]:
        b.decided.append(("0123456789abcdef", verdict, reason, name))
        return [(code, "意见.xlsx", "问题", "A2")]


__all__ = ["BATCH_DAMAGES", "Batch", "BatchDamage", "NotHere", "Place", "batch_damage", "decided"]
