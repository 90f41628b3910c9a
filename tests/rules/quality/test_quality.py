"""Indicators that a reviewer would question are told, and ordinary ones are left alone."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.support.forms import Values, built, checked, clean, form
from xltools.errors import DefinitionError
from xltools.findings.finding import Finding
from xltools.findings.report import Report
from xltools.form.indicator_words import indicator_words
from xltools.form.indicators import FILE as INDICATORS
from xltools.form.loader import load_form
from xltools.jobs.forms import copy
from xltools.review.owners import assign_owners
from xltools.rules.batch.context import AgainstLastYear, BatchContext
from xltools.rules.registry import BATCH, LAST_YEAR, QUALITY

HERE = Path(__file__).parent
GROUPED, PLAIN = "project-2023", "guangdong-2023"
FOUND_AT_LEAST = 0.9
ALSO = "VA018"
"""A share above 100 % is told among the values."""
NOTICES_PER_TABLE = 1
"""Notices that an ordinary table may have at most; the mean is held lower."""


def _lines(name: str) -> list[str]:
    text = (HERE / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip()]


def _row(line: str) -> Values:
    group, name, unit, sign, target, actual = line.split("|")
    row: dict[str, Any] = {"二级指标": group, "三级指标": name, "单位": unit, "方向": sign}
    if sign == "定性":
        row |= {"完成档次": "达成预期", "达成比例": float(actual)}
    else:
        row |= {"年度指标值": float(target), "实际完成值": float(actual)}
    return {key: value for key, value in row.items() if value != ""}


def _quality(form_id: str, changes: Values) -> list[Finding]:
    found = checked(built(form_id, clean(form_id) | changes)).findings
    return [f for f in found if f.code.startswith(("KQ", ALSO))]


@cache
def _planted() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return (code, its rows): one, or two where the second repeats the first."""
    found: list[tuple[str, tuple[str, ...]]] = []
    pending: list[str] = []
    for line in _lines("planted.txt"):
        if line.startswith("#"):
            continue
        code, _, rest = line.partition("|")
        pending.append(rest)
        if code != "KQ005" or len(pending) == 2:
            found.append((code, tuple(pending)))
            pending = []
    return tuple(found)


@cache
def _told() -> tuple[tuple[str, str, frozenset[str]], ...]:
    """Return (code, name, the codes told at its row) of every planted indicator, several in one workbook."""
    parts, told = 6, []
    for part in range(parts):
        planted = _planted()[part::parts]
        base = clean(GROUPED)["绩效指标"]
        rows = [*base, *(_row(line) for _, lines in planted for line in lines)]
        findings = _quality(GROUPED, {"绩效指标": rows})
        for code, lines in planted:
            name = lines[-1].split("|")[1]
            codes = frozenset(f.code for f in findings if f.field.zh.startswith(f"“{name}”"))
            told.append((code, name, codes))
    return tuple(told)


def test_planted_indicators_are_found() -> None:
    missed = [(code, name) for code, name, codes in _told() if code not in codes]
    assert len(missed) <= (1 - FOUND_AT_LEAST) * len(_told()), missed


def test_every_rule_of_a_row_finds_its_first_case() -> None:
    first = {code: codes for code, _, codes in reversed(_told())}
    rules = {ALSO, *(name[:5].upper() for name in QUALITY.names)} - {"KQ013", "KQ014", "KQ015", "KQ016"}
    assert set(first) == rules
    assert all(code in codes for code, codes in first.items())


def test_a_planted_indicator_is_told_for_one_reason() -> None:
    several = [(code, name, sorted(codes)) for code, name, codes in _told() if len(codes) > 1]
    assert len(several) <= 0.1 * len(_told()), several


@cache
def _published() -> tuple[tuple[str, tuple[str, ...]], ...]:
    tables: list[tuple[str, list[str]]] = []
    for line in _lines("published.txt"):
        if line.startswith("# "):
            tables.append((line[2:], []))
        else:
            tables[-1][1].append(line)
    return tuple((title, tuple(lines)) for title, lines in tables)


@cache
def _said_of(title: str) -> tuple[tuple[str, str, str], ...]:
    lines = dict(_published())[title]
    rows = [_row(line) for line in lines]
    if "二级指标" in rows[0]:
        found = _quality(GROUPED, {"绩效指标": rows})
    else:
        renamed = {"三级指标": "指标名称", "年度指标值": "年度目标值"}
        own = [{renamed.get(key, key): value for key, value in row.items()} for row in rows]
        found = _quality(PLAIN, {"产出指标": own})
    return tuple((f.code, f.level, f.field.zh) for f in found)


@pytest.mark.parametrize("title", [title for title, _ in _published()])
def test_an_ordinary_table_is_left_alone(title: str) -> None:
    said = _said_of(title)
    assert [one for one in said if one[1] != "notice"] == []
    assert len(said) <= NOTICES_PER_TABLE, said


def test_ordinary_tables_have_few_notices() -> None:
    titles = [title for title, _ in _published()]
    assert len(titles) >= 40
    assert sum(len(_said_of(title)) for title in titles) <= len(titles) // 4


BASE = {"单位": "人次", "方向": "≥", "年度指标值": 100, "实际完成值": 100}


def _project(*rows: Values) -> list[Finding]:
    return _quality(GROUPED, {"绩效指标": [BASE | row for row in rows]})


def _weighed(*weights: tuple[str, str, float]) -> list[str]:
    rows = [{"二级指标": group, "三级指标": name, "分值": weight} for group, name, weight in weights]
    return [f.code for f in _project(*rows) if f.code == "KQ014"]


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ((("数量指标", "培训人次", 46), ("数量指标", "宣讲人次", 2), ("质量指标", "结业人次", 2)), ["KQ014"]),
        ((("数量指标", "培训人次", 50), ("社会效益指标", "就业人次", 30)), ["KQ014"]),
        ((("数量指标", "培训人次", 20), ("数量指标", "宣讲人次", 20), ("社会效益指标", "就业人次", 30)), []),
        ((("数量指标", "培训人次", 30), ("质量指标", "结业人次", 20), ("社会效益指标", "就业人次", 30)), []),
    ],
)
def test_points_on_one_row(weights: tuple[tuple[str, str, float], ...], expected: list[str]) -> None:
    assert _weighed(*weights) == expected


def test_points_of_a_table_without_groups() -> None:
    names = ("培训人次", "宣讲人次", "下乡人次")
    row = {"单位": "人次", "方向": "≥", "年度目标值": 100, "实际完成值": 100}
    told = []
    for weights in ((18, 1, 1), (10, 5, 5)):
        rows = [row | {"指标名称": n, "分值": w} for n, w in zip(names, weights, strict=True)]
        told.append([f.code for f in _quality(PLAIN, {"产出指标": rows})])
    assert told == [["KQ014"], []]


@pytest.mark.parametrize(
    ("reached", "signs", "expected"),
    [
        ((100,) * 5, "≥≥≥≥≥", "5 个“≥”“≤”指标"),
        ((100,) * 5, "≥≥≥≥等", None),
        ((100, 100, 100, 100, 101), "≥≥≥≥≥", None),
        ((70, 75, 100), "≥≥≥", "平均完成 81.67%，预算已执行 95.88%，相差 14.21 个百分点"),
        ((90, 90, 100), "≥≥≥", None),
        ((70, 75), "≥≥", None),
    ],
)
def test_what_is_reached_as_a_whole(reached: tuple[float, ...], signs: str, expected: str | None) -> None:
    rows = [
        {"三级指标": f"第{n}类培训人次", "实际完成值": actual, "方向": {"等": "等于"}.get(sign, sign)}
        for n, (actual, sign) in enumerate(zip(reached, signs, strict=True))
    ]
    told = [str(f.values["what"]) for f in _project(*rows) if f.code == "KQ016"]
    assert len(told) == (expected is not None) and all(expected in what for what in told if expected)


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        (("数量指标", "社会效益指标", "服务对象满意度指标"), []),
        (("数量指标", "社会效益指标"), ["KQ013"]),
        (("数量指标", "服务对象满意度指标"), ["KQ015"]),
        (("生态效益指标", "服务对象满意度指标"), ["KQ015"]),
        (("质量指标",), ["KQ013", "KQ015"]),
    ],
)
def test_groups_that_the_form_asks_for(groups: tuple[str, ...], expected: list[str]) -> None:
    rows = [{"二级指标": group, "三级指标": f"{name}人次"} for group, name in zip(groups, "甲乙丙", strict=False)]
    found = [f for f in _project(*rows) if f.code in ("KQ013", "KQ015")]
    assert sorted(f.code for f in found) == expected
    assert len({f.cell for f in found}) <= 1, "at the table's first free row"


LAST_YEAR_CASES = [
    (("职业培训人次", "人次", "≥", 600, 640), ("职业培训人次", "人次", "≥", 1200, 1260), True),
    (("开展河道巡查里程", "公里", "≥", 80, 95), ("河道巡查里程", "公里", "≥", 100, 210), True),
    (("投诉件数", "件", "≤", 30, 8), ("投诉件数", "件", "≤", 20, 12), True),
    (("新增绿地面积", "公顷", "≥", 2.5, 2.6), ("新增绿地面积", "公顷", "≥", 4, 4.2), True),
    (("职业培训人次", "人次", "≥", 1200, 1300), ("职业培训人次", "人次", "≥", 1200, 1260), False),
    (("投诉件数", "件", "≤", 12, 8), ("投诉件数", "件", "≤", 20, 12), False),
    (("职业培训人次", "万人次", "≥", 0.13, 0.14), ("职业培训人次", "人次", "≥", 1200, 1260), False),
    (("职业培训场次", "场", "≥", 20, 22), ("职业培训人次", "人次", "≥", 1200, 1260), False),
    (("安全事故", "起", "≤", 0, 0), ("安全事故", "起", "≤", 0, 0), False),
]
Case = tuple[str, str, str, float, float]


def _with(case: Case, form_id: str = PLAIN, **fields: Any) -> Values:
    columns = ("指标名称", "单位", "方向", "年度目标值", "实际完成值")
    values = clean(form_id)
    own = dict(zip(columns, case, strict=True))
    return values | {"产出指标": [*values["产出指标"], own]} | fields


@pytest.mark.parametrize(("now", "before", "told"), LAST_YEAR_CASES)
def test_targets_against_last_year(now: Case, before: Case, told: bool) -> None:
    pair = AgainstLastYear(checked(built(PLAIN, _with(now))), checked(built(PLAIN, _with(before))))
    rule = next(r for r in LAST_YEAR.rules if r.CARD.code == "KQ011")
    found = list(rule.find(pair))
    assert [f.stated for f in found] == ([now[3]] if told else [])


COPIED: tuple[Case, ...] = (
    ("小学生营养餐受益人数", "人", "≥", 5200, 5312),
    ("学前教育普惠率", "%", "≥", 85, 88.4),
    ("乡村教师培训人次", "人次", "≥", 640, 655),
)


def _batch(*departments: tuple[Case, ...]) -> list[str]:
    """Return whose workbooks are told to have another's indicators."""
    results = []
    for number, cases in enumerate(departments):
        scale = {f.name: 100.5 + number * 7 for f in form(PLAIN).fields if f.type == "amount" and f.is_input}
        values = clean(PLAIN) | scale | {"部门编码": f"20{number}", "部门名称": f"示例{number}局"}
        columns = ("指标名称", "单位", "方向", "年度目标值", "实际完成值")
        values["产出指标"] = [dict(zip(columns, case, strict=True)) for case in cases]
        results.append(checked(built(PLAIN, values), f"{number}.xlsx"))
    assign_owners(results, None)
    rule = next(r for r in BATCH.rules if r.CARD.code == "KQ012")
    return sorted(checked.file for checked, _ in rule.find(BatchContext(Report(results))) if checked is not None)


OWN: tuple[Case, ...] = (("河道清淤疏浚长度", "公里", "≥", 12, 12.5),)


@pytest.mark.parametrize(
    ("departments", "told"),
    [
        ((COPIED, COPIED[:2] + OWN), ["0.xlsx", "1.xlsx"]),
        ((COPIED, OWN + COPIED[1:], OWN), ["0.xlsx", "1.xlsx"]),
        ((COPIED, COPIED[:1] + OWN), []),
        ((COPIED, COPIED, COPIED), []),
        ((COPIED, OWN), []),
    ],
)
def test_indicators_of_another_department(departments: tuple[tuple[Case, ...], ...], told: list[str]) -> None:
    assert _batch(*departments) == told


def test_a_form_that_does_not_say_what_its_columns_are_is_not_judged(tmp_path: Path) -> None:
    copy(GROUPED, tmp_path, None)
    (tmp_path / GROUPED / INDICATORS).unlink()
    assert load_form(tmp_path / GROUPED).indicators == ()


def test_what_is_wrong_with_the_columns_is_told_at_once(tmp_path: Path) -> None:
    copy(GROUPED, tmp_path, None)
    path = tmp_path / GROUPED / INDICATORS
    text = path.read_text(encoding="utf-8").replace('unit = "单位"', 'unit = "单元"').replace('"≤"', '"<="')
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError) as refused:
        load_form(tmp_path / GROUPED)
    assert "单元" in str(refused.value) and "<=" in str(refused.value)


def test_every_list_of_words_has_its_reason() -> None:
    words = indicator_words()
    for name in words.__struct_fields__:
        for one in getattr(words, name) if isinstance(getattr(words, name), tuple) else (getattr(words, name),):
            assert one.reason, name
