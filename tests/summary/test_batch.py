"""Which submissions count, which do not, and why."""

from __future__ import annotations

from typing import Any

from xltools.findings.extract import Harvest
from xltools.findings.finding import Finding
from xltools.findings.report import Checked, Report
from xltools.form import open_form
from xltools.intake.roster import Department, Roster
from xltools.summary.batch import settle

FORM = open_form("guangdong-2023")


def checked(code: str, status: str = "passed", *, sha: str = "", version: str = FORM.version, **more: Any) -> Checked:
    level = {"failed": "error", "confirm": "confirm"}.get(status)
    findings = [Finding(code="XX001", level=level, file=code, department=code)] if level else []  # type: ignore[arg-type]
    blank = Harvest(version, FORM.digest, (None,) * len(FORM.fields), {})
    made = Checked(f"{code}{sha}.xlsx", sha or code, FORM.id, f"部门{code}", code, findings=findings, harvest=blank)
    made.owner = code
    for name, value in more.items():
        setattr(made, name, value)
    made.settle()
    return made


def reasons(
    *submissions: Checked, roster: Roster | None = None, include_failed: bool = False
) -> list[tuple[bool, str]]:
    batch = settle(Report(list(submissions)), {FORM.id: FORM}, roster, include_failed)
    return [(e.counted, e.reason) for e in batch.entries]


def test_only_what_passed_counts_and_the_rest_says_why() -> None:
    found = reasons(checked("1"), checked("2", "failed"), checked("3", "confirm"), Checked("4.xlsx", "x"))
    by = dict(zip(["", "1", "2", "3"], found, strict=True))  # what could not be read has no code and comes first
    assert by["1"] == (True, "")
    assert by["2"] == (False, "有1 项错误未处理")
    assert by["3"] == (False, "有1 项待核实未处理")
    assert by[""][0] is False and by[""][1].startswith("打不开")


def test_failed_ones_come_in_only_when_asked_for_and_are_marked() -> None:
    batch = settle(Report([checked("1"), checked("2", "failed")]), {FORM.id: FORM}, None, True)
    assert [(e.counted, e.mark) for e in batch.entries] == [(True, ""), (True, "有1 项错误，按要求计入")]


def test_the_same_workbook_twice_counts_once() -> None:
    first, second = checked("1"), checked("1", file="copy.xlsx")
    assert [c for c, _ in reasons(first, second)].count(True) == 1


def test_two_that_differ_count_not_at_all_when_nobody_chose() -> None:
    found = reasons(checked("1", sha="a"), checked("1", sha="b"), include_failed=True)
    assert [c for c, _ in found] == [False, False]
    assert "未定以哪一份为准" in found[0][1]


def test_a_replaced_one_gives_way_to_the_newer() -> None:
    found = reasons(checked("1", sha="a", superseded="new.xlsx"), checked("1", sha="b"))
    assert sorted(found) == [(False, "同一部门另有较新的报送件 new.xlsx，以后者为准"), (True, "")]


def test_where_the_review_asks_which_of_two_counts_neither_does() -> None:
    asked = Finding(code="BT002", level="error", file="1b.xlsx", department="1")
    best = checked("1", sha="b", findings=[asked], round=1)
    both = reasons(checked("1", sha="a", superseded="1b.xlsx", round=1), best, include_failed=True)
    assert [c for c, _ in both] == [False, False] and all("未定以哪一份为准" in why for _, why in both)
    early = reasons(checked("1", sha="a", superseded="1b.xlsx"), best, include_failed=True)
    assert sorted(c for c, _ in early) == [False, True], "an earlier round's gives way whatever else lies there"


def roster(scope: str = "") -> Roster:
    head = Department("1", "部门1", "甲科", values={"口径": scope})
    return Roster((head, Department("2", "部门2", "甲科", "1"), Department("3", "部门3", "乙科", "部门1")))


def totals(*submissions: Checked, names: Roster) -> dict[str, bool]:
    batch = settle(Report(list(submissions)), {FORM.id: FORM}, names)
    return {e.code: e.in_total for e in batch.entries}


def test_units_are_counted_within_their_head() -> None:
    assert totals(checked("1"), checked("2"), checked("3"), names=roster()) == {"1": True, "2": False, "3": False}


def test_units_count_themselves_when_the_head_reports_only_its_own_or_not_at_all() -> None:
    assert all(totals(checked("1"), checked("2"), checked("3"), names=roster("本级")).values())
    assert totals(checked("2"), checked("3"), names=roster()) == {"2": True, "3": True}
    assert totals(checked("1", "failed"), checked("2"), names=roster()) == {"1": False, "2": True}


def test_a_roster_that_goes_in_circles_ends() -> None:
    names = Roster((Department("1", "部门1", "", "2"), Department("2", "部门2", "", "1")))
    assert set(totals(checked("1"), checked("2"), names=names)) == {"1", "2"}


def test_two_editions_are_refused_unless_the_definition_says_they_mean_the_same() -> None:
    from msgspec.structs import replace

    both = Report([checked("1"), checked("2", version="2022.1")])
    problems = settle(both, {FORM.id: FORM}, None).problems
    assert len(problems) == 1 and "2022.1" in problems[0]
    assert settle(both, {FORM.id: replace(FORM, same_as=("2022.1",))}, None).problems == []


def test_order_follows_the_offices_and_the_roster() -> None:
    names = Roster(
        (Department("9", "部门9", "甲科"), Department("1", "部门1", "乙科"), Department("5", "部门5", "甲科"))
    )
    batch = settle(Report([checked("1"), checked("5"), checked("9")]), {FORM.id: FORM}, names)
    assert [e.code for e in batch.entries] == ["9", "5", "1"]
    assert [e.code for e in batch.only("甲科").entries] == ["9", "5"]
