"""What rules on a text have in common: what is repeated is told once; kinds of report have their own sections."""

from __future__ import annotations

from tests.support.forms import room
from tests.support.narratives import FORM
from tests.support.text_cases import found, message, narrative
from xltools.form.narrative import phrases_of
from xltools.intake.narrative.document import read_document
from xltools.intake.narrative.reading import Narrative, read_with
from xltools.intake.narrative.source import read_narrative
from xltools.rules.narrative.context import NarrativeContext
from xltools.rules.registry import NARRATIVE


def test_what_is_repeated_word_for_word_is_told_once() -> None:
    slip = "支出总计110.00万元。与上年相比，支出总计增加10.00万元，增长9.09%。"
    assert [f.code for f in found(f"{slip}\n{slip}\n{slip}")] == ["NA019"]


def test_other_kinds_have_other_sections() -> None:
    text = "临河县水务局2023年度项目支出绩效自评报告\n一、项目概况\n水库加固。\n二、资金使用情况\n已拨付。\n三、绩效完成情况\n完成。\n"
    read = read_with(read_document(read_narrative(text.encode(), "a.txt")), phrases_of(room().form(FORM)))
    said = [f for rule in NARRATIVE.rules for f in rule.find(NarrativeContext(read))]
    assert [(f.code, f.level) for f in said if f.code == "NA013"] == [("NA013", "notice")]
    assert "问题和改进措施" in message(next(f for f in said if f.code == "NA013"))


def test_accounts_and_projects_are_not_the_departments() -> None:
    text = "教育支出（类）普通教育（款）小学教育（项）。年初预算为40.12万元，支出决算为39.99万元。\n年初预算为77.00万元。\n本年支出合计300.00万元。"
    values = {(s.name, s.value) for s in narrative(text).statements}
    assert values == {("本年支出合计", 300)}


def _read(text: str) -> Narrative:
    return read_with(read_document(read_narrative(text.encode(), "a.txt")), phrases_of(room().form(FORM)))


def _codes(text: str) -> set[str]:
    return {f.code for rule in NARRATIVE.rules for f in rule.find(NarrativeContext(_read(text)))} - {"NA017"}


def test_a_text_of_no_known_kind_is_not_measured_by_our_sections() -> None:
    text = "一、一般公共预算收支情况\n1-5月，全县完成财政总收入4348万元。\n二、政府性基金预算收支情况\n收入969万元。\n"
    assert _codes(text) == set()
    assert _codes(text + "三、存在的主要问题\n没有。\n") == {"NA013"}


def test_a_countys_totals_are_no_departments() -> None:
    own = "厉行节约，压减支出，只减不增。2023年“三公”经费中，公务接待费决算35.00万元。"
    assert [s.name for s in _read(own).statements] == ["公务接待费决算数"]
    assert _read("经临河县财政局汇总，“三公”经费情况如下。\n" + own).statements == []
