"""Every form on hand, as its user meets it: clean is clean, grades and weights hold, LibreOffice computes the same."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from tests.support.forms import FORM_IDS, checked, clean, form, room
from tests.support.libreoffice import convert, need_libreoffice
from xltools.form import model as m
from xltools.form.address import Ref
from xltools.form.layout import CheckColumn, Key
from xltools.intake.open import load_bytes
from xltools.recalc.engine import EngineValue
from xltools.writing.department.inputs import capacities_for, cell_values
from xltools.writing.department.make import workbook

FILLINGS = 4
JUNK = ("1,234.5", "约一百", "见附表", "—", "５０", "12 ", "95.53%", "优", "=1+1")
TEXTS = ("年中追加", "无。", "因天气延期", "示例")


def filling(form_id: str, seed: int) -> dict[str, Any]:
    """Return the clean filling with most of its values changed: numbers, blanks, texts where numbers are asked."""
    chance = random.Random(f"{form_id} {seed}")
    definition = form(form_id)
    values = clean(form_id)
    for item in definition.fields:
        if item.is_input and chance.random() < 0.5:
            values[item.name] = _value(item, chance)
    for table in definition.tables:
        count = len(table.rows) if table.is_fixed else chance.randint(0, 6)
        rows = []
        for index in range(count):
            row = {
                c.name: _value(c, chance) for c in table.columns if table.is_input(index, c) and chance.random() < 0.85
            }
            if table.is_fixed and table.key_column:
                row[table.key_column] = table.rows[index][table.key_column]
            rows.append(row)
        values[table.name] = rows
    for rule in definition.rules:
        if rule.level == "confirm" and rule.table is None and chance.random() < 0.5:
            values[f"核实说明_{rule.code}"] = chance.choice(TEXTS)
    return values


def _value(item: m.Field | m.Column, chance: random.Random) -> Any:
    if chance.random() < 0.12:
        return None
    if item.choices:
        return chance.choice((*item.choices, *item.choices, "别的"))
    if not item.numeric:
        return chance.choice(TEXTS)
    if chance.random() < 0.1:
        return chance.choice(JUNK)
    if chance.random() < 0.15:
        return 0
    if item.type in ("integer", "year", "date"):
        return chance.randint(0, 2100)
    high = {"score": 12, "percent": 110, "number": 200}.get(item.type, 3000)
    return round(chance.uniform(-0.05 * high, high), chance.choice((0, 2, 2, 2, 5)))


def engine_values(form_id: str, values: dict[str, Any]) -> dict[Ref, EngineValue]:
    """Return what the engine gives for every formula cell of the form."""
    layout = room().layout(form(form_id), capacities_for(form(form_id), values))
    model, _ = room().model(layout)
    return model.evaluate(cell_values(layout, values))


def agree(one: object, other: object) -> bool:
    """True when two computed values are the same to the fifteenth digit; nothing and an empty text are."""
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) <= 1e-9 * max(1.0, abs(one))
    return (one if one is not None else "") == (other if other is not None else "")


def test_libreoffice_computes_what_the_engine_computes(tmp_path: Path) -> None:
    need_libreoffice()
    expected: dict[str, dict[Ref, EngineValue]] = {}
    files = []
    for form_id in FORM_IDS:
        for seed in range(FILLINGS):
            values = filling(form_id, seed)
            path = tmp_path / f"{form_id}_{seed}.xlsx"
            path.write_bytes(workbook(room(), form(form_id), values))
            expected[path.stem] = engine_values(form_id, values)
            files.append(path)
    different, compared = [], 0
    for path in convert(files, tmp_path / "out"):
        sent = load_bytes(path.read_bytes(), path.name, room())
        for ref, computed in sent.computed.items():
            compared += 1
            if not agree(expected[path.stem][ref], computed.cached):
                different.append((path.stem, f"{ref.sheet}!{ref.a1}", expected[path.stem][ref], computed.cached))
    assert different == []
    assert compared == sum(len(v) for v in expected.values()) > 700 * len(files)


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_random_fillings_reach_every_state(form_id: str) -> None:
    """The comparison above means something only if its fillings do not all end in the same states."""
    definition, seen = form(form_id), set()
    for seed in range(FILLINGS):
        values = filling(form_id, seed)
        layout = room().layout(definition, capacities_for(definition, values))
        found = engine_values(form_id, values)
        seen |= {found[layout.check(code, CheckColumn.STATE)] for code in layout.check_rows}
    assert {m.PASSED, m.FAILED, m.OPEN, m.MISSING, m.UNREADABLE, m.NOT_APPLICABLE} <= seen


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_the_clean_filling_may_be_sent(form_id: str) -> None:
    result = checked(workbook(room(), form(form_id), clean(form_id)))
    assert [(f.code, f.cell) for f in result.findings if f.is_open and f.level != "notice"] == []
    assert result.status == "passed"
    assert result.score is not None
    assert 90 <= result.score < 100
    assert result.grade == form(form_id).grade(result.score) == "优"


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_a_blank_one_may_not_be_sent(form_id: str) -> None:
    layout = room().layout(form(form_id))
    _, blank = room().model(layout)
    assert "可以报送" not in str(blank[layout.master])
    assert checked(workbook(room(), form(form_id))).status == "failed"


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_every_score_falls_into_the_band_the_form_names(form_id: str) -> None:
    """The grade beside the score, computed in the workbook, is the band of the definition at every limit."""
    definition = form(form_id)
    layout = room().layout(definition)
    model, _ = room().model(layout)
    for score in (0, 59.99, 60, 69.99, 70, 79.99, 80, 89.5, 90, 100):
        formula = layout.formulas[layout.cells[Key(definition.grade_field)]]
        tested = formula.partition("COUNT(")[0]
        assert definition.score_field in tested
        graded = "=" + formula[1:].replace(f"ISNUMBER({definition.score_field})", "TRUE()")
        for table in definition.tables:
            graded = graded.replace(
                f"COUNT({table.name}_{table.score_column})=COUNT({table.name}_{table.weight_column})", "TRUE()"
            )
        assert model.expression(graded.replace(definition.score_field, str(score)), {}) == definition.grade(score)


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_what_is_assumed_says_so(form_id: str) -> None:
    definition = form(form_id)
    assert "以本级财政部门下发的附件为准" in definition.guide.source_note
    noted = [s for s in definition.sheets if "以本级财政部门下发的附件为准" in s.note]
    scored = {t.sheet for t in definition.tables if t.total is not None}
    assert scored <= {s.name for s in noted}


NATIONAL = [("优", 90), ("良", 80), ("中", 60), ("差", 0)]


@pytest.mark.parametrize("form_id", ["dazhou-2023", "project-2023"])
def test_the_national_bands(form_id: str) -> None:
    assert [(b.grade, b.low) for b in form(form_id).bands] == NATIONAL


def weights(form_id: str, table: str, column: str) -> dict[str, float]:
    """Return group → sum of the weights below it."""
    found: dict[str, float] = {}
    for row in form(form_id).table(table).rows:
        weight = row["分值"]
        assert isinstance(weight, int | float)
        found[str(row[column])] = found.get(str(row[column]), 0) + weight
    return found


def test_the_published_weights_of_dazhou() -> None:
    assert weights("dazhou-2023", "评分", "一级指标") == {"部门决策": 25, "综合管理": 30, "部门绩效情况": 45}
    assert weights("dazhou-2023", "评分", "二级指标") == {
        "目标任务": 15,
        "预算编制": 10,
        "专项资金分配时限": 2,
        "中期评估": 2,
        "绩效监控": 5,
        "非税收入执收情况": 2,
        "资产管理": 6,
        "内控制度管理": 2,
        "信息公开": 6,
        "绩效评价": 5,
        "履职成效": 20,
        "可持续发展能力": 15,
        "满意度": 10,
    }
    assert weights("dazhou-2023", "评分", "三级指标")["相关性"] == 5


def test_the_weights_of_the_project_form() -> None:
    assert weights("project-2023", "评分", "一级指标") == {
        "预算执行率": 10,
        "产出指标": 50,
        "效益指标": 30,
        "满意度指标": 10,
    }


def project_score(values: dict[str, Any], name: str) -> EngineValue:
    """Return a computed field of the project form."""
    return engine_values("project-2023", values)[room().layout(form("project-2023")).cells[Key(name)]]


@pytest.mark.parametrize(
    ("executed", "budget", "rate", "score"),
    [
        (498.6, 520.0, 95.88, 9.59),
        (520.0, 520.0, 100, 10),
        (600.0, 520.0, 115.38, 10),
        (1.0, 0, "不可比", 0),
        (0, 0, "不可比", 10),
        (None, 520.0, "", ""),
    ],
)
def test_the_execution_rate_of_a_project(executed: float | None, budget: float, rate: object, score: object) -> None:
    values = clean("project-2023") | {"年度资金总额全年执行数": executed, "年度资金总额全年预算数": budget}
    assert project_score(values, "预算执行率") == rate
    assert project_score(values, "预算执行率得分") == score


def test_a_project_indicator_with_a_target_of_nothing_is_met_by_anything() -> None:
    values = clean("project-2023")
    values["绩效指标"][0] |= {"年度指标值": 0, "实际完成值": 5}
    layout = room().layout(form("project-2023"))
    found = engine_values("project-2023", values)
    scores = [found[layout.cells[Key("绩效指标", row, "得分")]] for row in range(4)]
    assert scores == pytest.approx([15, 0.98 * 15, 10, 10])


def test_a_figure_of_the_grid_is_missed_where_it_stands() -> None:
    values = clean("project-2023") | {"年度资金总额全年预算数": None}
    result = checked(workbook(room(), form("project-2023"), values))
    assert ("VA001", "资金执行", "C6") in [(f.code, f.sheet, f.cell) for f in result.findings]
    state = engine_values("project-2023", values)
    assert state[Ref("资金执行", 6, 8)] == m.MISSING
    assert state[Ref("资金执行", 7, 8)] == "√"
