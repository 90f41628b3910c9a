"""The law of folding over random damages: nothing grave stands under something lesser, no output loses an open error."""

from __future__ import annotations

import io
import json
import os
import random
import re
from pathlib import Path

import openpyxl
import pytest

import tests.support.damages  # noqa: F401 - registers the damages
from tests.support.fillings import SHAPES
from tests.support.forms import FORM_IDS, built, checked, clean, form, room, wording
from tests.support.slips import cases
from tests.support.stage import DAMAGES, NotHere, Stage
from xltools.findings.folding import by_root, may_fold, name_of
from xltools.findings.report import Checked, Report
from xltools.form.address import a1, parse_a1
from xltools.intake.binding.returned_sheets import CODE, ITEM, ITEMS_BETWEEN, LEVEL, LIST_SHEET, PLACE
from xltools.intake.open import load_bytes
from xltools.output.json_report import report_json
from xltools.output.notices import notice
from xltools.output.text import report_text
from xltools.review.decisions import SHEET
from xltools.sampling.base import laid_over
from xltools.writing.findings_book.book import findings_book
from xltools.writing.findings_book.contents import FindingsBook
from xltools.writing.return_copy.book import return_copy

EVERY = os.environ.get("XLTOOLS_EVERY") == "1"
FORM = "guangdong-2023"


def _damaged() -> list[tuple[str, bytes]]:
    """Return workbooks with damages of every family and with several slips at once, some of them hidden fractions."""
    dice, made = random.Random(15), []
    damages = DAMAGES if EVERY else dice.sample(DAMAGES, 5)
    for damage in damages:
        form_id, shape = dice.choice(FORM_IDS), dice.choice(list(SHAPES))
        stage = Stage(form_id, shape)
        try:
            data = damage.apply(stage)[0]
        except NotHere:
            continue
        made.append(
            (f"{damage.family} {damage.kind} {form_id}", built(form_id, stage.values) if data is None else data)
        )
    for case in cases(60 if EVERY else 4, (1, 2, 3), seed=15):
        name = dice.choice(
            [n for n, v in case.figures.values.items() if v and form(case.form_id).field(n).type == "amount"]
        )
        values = case.values | {name: (case.figures.values[name] or 0.0) + 0.004, "负责人": dice.choice(["", "无"])}
        made.append((" ".join((*case.kinds, case.form_id)), built(case.form_id, values)))
    return made


def _errors(result: Checked) -> set[tuple[str, str, str]]:
    return {(f.code, f.sheet, f.cell) for f in result.findings if f.is_open and f.level == "error"}


def _cells(runs: str) -> list[str]:
    found: list[str] = []
    for run in runs.split(", "):
        first, last = (parse_a1(end) for end in (run.split(":") * 2)[:2])
        assert first is not None and last is not None, runs
        found += [a1(row, first[1]) for row in range(first[0], last[0] + 1)]
    return found


def _in_text(text: str) -> set[tuple[str, str]]:
    found, level = set(), ""
    for line in text.split("\n"):
        if own := re.match(r"  (错误|核实|提示|已说明) (?:\S+!([A-Z]+\d+)　|\S+　)?.* \[(\w+)\]$", line):
            level = own[1]
            found |= {(own[3], own[2] or "")} if level == "错误" else set()
        elif rest := re.match(r"       另有 \d+ 处同类问题：(.*) \[(\w+)\]$", line):
            found |= {(rest[2], cell) for cell in _cells(rest[1])} if level == "错误" else set()
        elif "连带" in line:
            found |= {(code, cell) for cell, code in re.findall(r"错误 [^；]*?([A-Z]+\d+)? \[(\w+)\]", line)}
    return found


def _in_notice(text: str) -> set[tuple[str, str]]:
    """Return the places that the notice names among what must be corrected, or as what follows from it."""
    must = text.partition("必须改正")[2].partition("\n\n")[0]
    follows = text.partition("见“问题清单”：")[2].partition("\n")[0]
    found, sheet = set(), ""
    for line in must.split("\n"):
        if own := re.match(r"\d+\. (\S+) ?([A-Z]+\d+)?　", line):
            sheet = own[1]
            found.add((sheet, own[2] or ""))
        elif rest := re.match(r"   同类问题还有 \d+ 处：(.*)", line):
            found |= {(sheet, cell) for cell in _cells(rest[1])}
    return found | set(re.findall(r"([^\s；]+) ([A-Z]+\d+) ", follows))


def test_nothing_grave_hides_and_every_output_has_every_error() -> None:
    folded = 0
    for name, data in _damaged():
        result = checked(data)
        leaders = {name_of(f): f for f in result.findings if not f.root}
        for finding in result.findings:
            if finding.root:
                assert finding.root in leaders and may_fold(finding, leaders[finding.root]), (name, finding.code)
                folded += 1
        errors = _errors(result)
        report = Report([result])
        said = json.loads(report_json(report, wording()))["findings"]
        in_json = {(f["code"], f["sheet"], f["cell"]) for f in said if f["level"] == "error" and f["state"] == "open"}
        assert in_json == errors, name
        assert _in_text(report_text(report, wording())) == {(code, cell) for code, _, cell in errors}, name
        if result.form:
            text = notice(result, form(result.form), "", wording())
            assert {(s, c) for _, s, c in errors} <= _in_notice(text), name
            submission = load_bytes(data, "一份.xlsx", room())
            page = openpyxl.load_workbook(io.BytesIO(return_copy(room(), submission, result, wording())))[LIST_SHEET]
            lines = [[c.value for c in row] for row in page.iter_rows()]
            head = next(row for row in lines if PLACE in row)
            listed = [
                row[head.index(CODE)]
                for row in lines
                if row[head.index(LEVEL)] == "错误"
                for _ in str(row[head.index(ITEM)]).split(ITEMS_BETWEEN)
            ]
            assert sorted(map(str, listed)) == sorted(code for code, _, _ in errors), name
        made = findings_book(FindingsBook(report=report, wording=wording(), cards={}, forms=[], folder=Path()))
        rows = [[c.value for c in row] for row in openpyxl.load_workbook(io.BytesIO(made))[SHEET].iter_rows()]
        head = next(row for row in rows if CODE in row)
        at = [head.index(title) for title in (CODE, "位置", "级别", "状态")]
        in_book = {(row[at[0]], row[at[1]] or "") for row in rows if row[at[2]] == "错误" and row[at[3]] == "未处理"}
        assert in_book == {(code, "!".join(p for p in (s, c) if p)) for code, s, c in errors}, name
    assert folded > 1


def test_a_hidden_fraction_leads_no_error() -> None:
    values = laid_over(form(FORM), clean(FORM), {"收入总计": 1350.004})
    result = checked(built(FORM, values))
    roots = {f.code: f.root for f in result.findings if f.is_open}
    assert roots["VA006"] == roots["BA101"] == "" and roots["BA103"] == "BA101@B6"
    text = notice(result, form(FORM), "", wording())
    assert "必须改正" in text and "1,350.00 万元" in text and "B20 " not in text.partition("见“问题清单”")[0]


@pytest.mark.parametrize(
    ("changes", "notices"),
    [({"本年支出合计": 11_900_000.0}, ("VA014", "BA106")), ({"支出率": 0.97}, ("VA015", "EX101"))],
)
def test_a_suspicion_leads_no_error(changes: dict[str, float], notices: tuple[str, str]) -> None:
    result = checked(built(FORM, laid_over(form(FORM), clean(FORM), changes)))
    leading, _ = by_root([f for f in result.findings if f.is_open])
    assert sorted(f.code for f in leading) == sorted(notices)
