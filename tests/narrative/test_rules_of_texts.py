"""Each rule on a text's own figures and words: a text where it fires, at its place and level, and one where it is silent."""

from __future__ import annotations

import pytest

from tests.support.forms import room
from tests.support.narratives import FORM
from xltools.findings.finding import Finding
from xltools.form.narrative import phrases_of
from xltools.intake.narrative.document import read_document
from xltools.intake.narrative.reading import Narrative, read_with
from xltools.intake.narrative.source import read_narrative
from xltools.rules.catalogue import card_finder
from xltools.rules.narrative.context import NarrativeContext
from xltools.rules.registry import NARRATIVE

HEAD = "临河县水务局2023年度部门决算公开说明\n一、部门基本情况\n临河县水务局是临河县人民政府的工作部门，主管全县水务。\n二、决算情况说明\n"

CASES = [
    # code, level, fires, silent, what the message must hold
    ("NA002", "confirm", "支出合计300.00万元，其中：基本支出200.00万元，项目支出110.00万元。", "支出合计300.00万元，其中：基本支出200.00万元，项目支出100.00万元。", "310.00万元"),
    ("NA003", "confirm", "年初预算为80.00万元，支出决算为60.00万元，完成年初预算的85.00%。", "年初预算为80.00万元，支出决算为60.00万元，完成年初预算的75.00%。", "60.00万元 ÷ 80.00万元 = 75.00%"),
    ("NA004", "notice", "支出合计3000.00万元，其中：甲2000.00万元，占66.66%；乙1000.00万元，占33.33%。", "支出合计3000.00万元，其中：甲2000.00万元，占66.67%；乙1000.00万元，占33.33%。", "66.67%"),
    ("NA005", "confirm", "年初预算为1100.00万元，调整后预算数为1230.00万元，支出决算为1190.00万元，完成年初预算的96.75%。", "年初预算为1100.00万元，调整后预算数为1230.00万元，支出决算为1190.00万元，完成年初预算的108.18%。", "1230.00万元"),
    ("NA006", "confirm", "机关运行经费支出62.70万元。2023年度机关运行经费支出67.20万元。", "机关运行经费支出62.70万元。2022年度机关运行经费支出67.20万元。", "62.70万元"),
    ("NA007", "confirm", "自评得分88.00分，评价等级为“优”。", "自评得分92.00分，评价等级为“优”。", "“良”"),
    ("NA015", "confirm", "离退休人员13人，其中由基金发放的31人。", "离退休人员31人，其中由基金发放的13人。", "31人"),
    ("NA019", "confirm", "支出总计110.00万元。与上年相比，支出总计增加10.00万元，增长9.09%。", "支出总计110.00万元。与上年相比，支出总计增加10.00万元，增长10.00%。", "10.00%"),
    ("NA020", "confirm", "收入总计41.50万元，支出总计43.90万元。", "收入总计43.90万元，支出总计43.90万元。", "41.50"),
    ("NA021", "confirm", "内设4个科室，分别为办公室、业务科、财务科。", "内设3个科室，分别为办公室、业务科、财务科。", "3"),
    ("NA022", "confirm", "补助标准为140×300+96×500=10.00万元。", "补助标准为140×300+96×500=9.00万元。", "90000"),
    ("NA023", "confirm", "年初预算为0万元，支出决算为6.00万元，完成年初预算的95.89%。", "年初预算为0万元，支出决算为6.00万元。", "基数为 0"),
    ("NA023", "confirm", "公务接待费支出决算为2.00万元，完成预算的0%。", "公务接待费支出决算为0万元，完成预算的0%。", "已有支出"),
    ("NA023", "confirm", "甲类支出占比112.00%。", "甲类支出占比12.00%。", "大于 100%"),
    ("NA024", "confirm", "年初预算为7.00万元，支出决算为9.00万元。决算数小于预算数的主要原因是节约。", "年初预算为7.00万元，支出决算为9.00万元。决算数大于预算数的主要原因是追加。", "9.00万元"),
    ("NA025", "confirm", "核定编制60人，年末在职人员65人。", "核定编制65人，年末在职人员60人。", "65人"),
    ("NA026", "notice", "收入比上年增长13.95。", "收入比上年增长13.95%。", "13.95"),
    ("NA027", "notice", "本局（含下属中心共有三个科室。", "本局（含下属中心）共有三个科室。", "（含下属中心"),
    ("NA028", "notice", "有关数字见附表。\n四、其他事项\n没有其他事项。", "有关数字见附表。\n三、其他事项\n没有其他事项。", "四、"),
    ("NA029", "notice", "有关数字见附表。\n（一）绩效管理情况\n三、其他事项\n没有其他事项。", "有关数字见附表。\n（一）绩效管理情况\n已开展。\n三、其他事项\n没有其他事项。", "绩效管理情况"),
    ("NA030", "notice", "服务对象对象满意。", "服务对象满意。", "对象对象"),
]  # fmt: skip


def narrative(text: str) -> Narrative:
    """A text of the final accounts with this in its second section."""
    data = (HEAD + text).encode()
    return read_with(read_document(read_narrative(data, "说明.txt")), phrases_of(room().form(FORM)))


def found(text: str) -> list[Finding]:
    """What the rules find, but for the missing workbook."""
    ctx = NarrativeContext(narrative(text))
    return [f for rule in NARRATIVE.rules for f in rule.find(ctx) if f.code != "NA017"]


def message(finding: Finding, lang: str = "zh") -> str:
    """The finding's sentence."""
    return card_finder(room().form)(finding.code, FORM).sentence(finding.values, lang)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("code", "level", "fires", "silent", "holds"), CASES, ids=[f"{c[0]}-{n}" for n, c in enumerate(CASES)]
)
def test_fires_and_stays_silent(code: str, level: str, fires: str, silent: str, holds: str) -> None:
    said = found(fires)
    assert [(f.code, f.level) for f in said] == [(code, level)], [message(f) for f in said]
    assert holds in message(said[0])
    assert message(said[0], "en")
    assert said[0].place.zh.startswith(("二、", "标题"))
    assert found(silent) == []


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
