"""What each key of a form's definition means, for docs/forms.md and the help in 定义.xlsx; checked against the structures."""

from __future__ import annotations

from msgspec import Struct

from xltools.form import model as m
from xltools.form.plausible import FILE as PLAUSIBLE
from xltools.form.plausible import Bounded, Common, Heads

Keys = dict[str, str]

FORM: Keys = {
    "id": "编号，与文件夹同名",
    "title": "表格名称",
    "version": "版本；改动后递增",
    "year": "被评价的年度",
    "region": "适用地区",
    "unit": "金额单位",
    "published": "下发日期（YYYY-MM-DD）",
    "code_field": "哪个单元格是部门（项目）编码",
    "name_field": "哪个单元格是部门（项目）名称",
    "score_field": "哪个单元格是总分",
    "grade_field": "哪个单元格是等级",
    "total_fields": "汇总时求和的单元格",
    "income_field": "汇总时的收入；可不写",
    "expenditure_field": "汇总时的支出；可不写",
    "budget_field": "汇总时的预算数；可不写",
    "executed_field": "汇总时的执行数；可不写",
    "rate_field": "汇总时的执行率；可不写",
    "per_head_field": "哪项支出按人均判断是否按元填列；可不写",
    "head_fields": "人均的人数是哪些单元格之和；与 per_head_field 同写",
    "per_head_most": "人均不会超过的数（金额单位）；与 per_head_field 同写",
    "rate_target": "执行率低于它的在汇总中标出；可不写",
    "review_field": "财政复核总分；可不写",
    "same_as": "哪些旧版本的含义相同，可以一起汇总；可不写",
    "leads": "首页列出各表未填、错误和第一处，每行用一句话说明状态（默认否，为旧版式）",
    "no_reason": "只写了这些的不算写明原因（去掉空格、标点和“无”字后整格比较）；可不写",
}
GUIDE: Keys = {
    "purpose": "首页的说明",
    "steps": "填报步骤，一条一行",
    "legend": "图例三条：填报、计算、财政部门",
    "deadline": "报送截止",
    "contact": "联系人",
    "source_note": "指标出处；假定的内容在此写明“以本级财政部门下发的附件为准”",
    "signers": "签字行写哪些单元格（新版式）；不写则留空由人填",
    "before": "报送前还要看的事，一条一行（新版式）；可不写",
}
SHEET: Keys = {
    "name": "工作表名",
    "kind": "guide 首页、data 填报、checks 校验、meta 隐藏的身份页；guide、checks、meta 各一张",
    "title": "表内标题",
    "blocks": "从上到下的栏目和表格",
    "widths": "各列宽度",
    "columns": "栏目中各部分所在的列：label 项目、value 填报数、unit 单位、computed 自动计算、state 填报状态、note 说明；0 表示没有",
    "note": "标题下的说明",
    "landscape": "横向打印（默认是）",
    "paper": "纸张 A4 或 A3（默认 A4；新版式）",
    "signature": "表末是否有签字行",
}
FAMILY: Keys = {
    "letters": "规则编号的前两个字母",
    "title": "这类规则的名称",
    "title_en": "英文名称",
}
BAND: Keys = {"grade": "等级", "low": "下限（含）；从高到低排列"}
SECTION: Keys = {
    "name": "栏目的内部名称",
    "title": "栏目标题",
    "sheet": "所在工作表",
    "note": "说明",
    "grid": "一行放几个数字时，各列的标题；不写则一行一项",
    "grid_head": "grid 中行标题那一列的标题",
}
FIELD: Keys = {
    "name": "名称（汉字开头，只含汉字、字母、数字、下划线）；也是工作簿中的单元格名称，公式用它",
    "label": "显示的文字；不写则同名称",
    "section": "所在栏目",
    "type": "text、longtext、code、phone、choice、date、year、integer、amount、percent、score、number",
    "unit": "单位",
    "decimals": "小数位数（默认 2）",
    "required": "必填",
    "required_with": "所列任一项不为 0 时必填",
    "required_unless": "所列各项都已填时可不填",
    "as_text": "日期项：为 true 时，写成 2024.3.5、2024年3月5日 的文字也收下",
    "nothing": '数字项：可以代替空着的写法，如 ["—", "不可比"]',
    "minimum": "最小值",
    "maximum": "最大值",
    "max_length": "最多字数",
    "choices": "下拉列表",
    "formula": "计算公式（以 = 开头，写单元格名称）",
    "constant": "固定的数",
    "default": "空白表中先填好的值",
    "grade_of": "是哪个总分的等级",
    "roster": "由名册的哪一列预填",
    "previous": "应与上年表格的哪一项相等（审核时用 --previous 给出上年的工作簿）",
    "locked": "部门不能填",
    "hint": "填写说明（250 字以内）",
    "indent": "缩进几级",
    "summary": "汇总工作簿中列出",
    "carry": "为 true 时，用 template --previous 由上年的工作簿带入（单位、人员等不随年度变动的内容）",
    "aliases": "旧版表格中的名称",
    "row": "有 grid 的栏目中：所在的行",
    "column": "有 grid 的栏目中：所在的列",
}
TABLE: Keys = {
    "name": "名称",
    "label": "表头上的文字",
    "sheet": "所在工作表",
    "capacity": "行数；有固定行的不写",
    "min_rows": "至少填几行",
    "title_column": "用哪一列称呼一行",
    "reason_column": "一行的原因写在哪一列",
    "key_column": "哪一列区分固定行",
    "weight_column": "分值所在的列",
    "score_column": "得分所在的列",
    "group_columns": "按哪几列分级小计",
    "subtotal_section": "小计放在哪个栏目",
    "total": "分值合计应为多少",
    "scoring": "一行怎样计分：direction、target、actual、share、rate、weight、score 写各是哪一列；down（inverse 目标÷实际，linear 到目标两倍为 0）、equal（exact、at_least）、zero（≥ 而目标为 0：not_applicable、full）、bands（closed、half_open）、rounding（row、group）选方法；basis、basis_en 写依据。rate、score 两列不写公式时由它得出",
    "note": "表头旁的说明",
}
COLUMN: Keys = {
    "table": "属于哪个表格",
    "name": "名称",
    "label": "表头文字；不写则同名称",
    "type": "同 field",
    "unit": "单位",
    "decimals": "小数位数",
    "required": "必填",
    "applies": '只在某列为某些值的行里有效，如 { column = "方向", values = ["定性"] }',
    "minimum": "最小值",
    "maximum": "最大值",
    "max_length": "最多字数",
    "choices": "下拉列表",
    "formula": "计算公式；[@列] 指本行，表_列 指整列",
    "fixed": "由固定行给出，不填",
    "bureau": "由财政部门填写",
    "carry": "为 true 时，用 template --previous 由上年的工作簿带入（指标名称、单位等）",
    "last_year": '不用填：用 template --previous 时显示上年该行这几列的内容（连在一起），如 ["方向", "年度目标值", "单位"]；没有上年的工作簿时不显示，宜设 hidden',
    "hidden": "隐藏的辅助列",
    "hint": "填写说明",
    "width": "列宽",
    "aliases": "旧版表格中的名称",
}
RULE: Keys = {
    "code": "编号：两个大写字母加三位数字，不重复使用",
    "name": "名称",
    "name_en": "英文名称",
    "level": "error 错误、confirm 核实、notice 提示",
    "table": "对该表格的每一行都审核；不写则只审核一次",
    "at": "问题标在哪个单元格（有 table 时为列；表格.列 为整列）",
    "left": "左边的公式",
    "op": "= <= >= < > <>",
    "right": "右边的公式；合计写成 SUM(分项,…)、比率写成 N(分子)/N(分母)*100 时，容差自动得出",
    "when": "满足时才审核",
    "scores": "说的是得分：各表都能读懂、都填了才审核",
    "brief": "不合时“填报状态”里的几个字（新版式）；不写则用名称",
    "given": "表格规则：本行这一列写了内容的算通过",
    "unit": "消息中的单位",
    "says": "消息的说法；{left}、{right} 为两边的数",
    "says_en": "英文消息的说法",
    "words": "公式的文字说明",
    "words_en": "英文说明",
    "fix": "怎么改",
    "fix_en": "英文的怎么改",
    "reason": "为什么",
    "basis": "依据",
    "since": "始于哪个版本",
    "cases": "用例：在 clean.json 上改几个值（values），应得的状态（state），表格行号（row，从 0 数）",
}

_DERIVED = {
    "form": {
        "folder",
        "digest",
        "newest",
        "guide",
        "sheets",
        "sections",
        "fields",
        "tables",
        "rules",
        "bands",
        "families",
        "plausible",
        "indicators",
    },
    "table": {"columns", "rows"},
}
COMMON: Keys = {
    "signed": "指标名称或单位里有这些字的，可以为负数或零",
    "shares": "单位为 % 的指标，名称里有这些字的不超过 100",
    "rates": "其他以这些字结尾的比率，单位为 % 且目标超过 100 的提示",
    "unbounded": "名称里有这些字的比率可以超过 100",
    "vague": "说明里只写这些字的，等于没有说明原因",
    "written_after": "哪些日期在年度结束以后填写",
    "persons": "哪些单元格填姓名",
    "per_head_else": "没有填 per_head_field 的，人均按哪一项算；可不写",
    "per_head_least": "per_head_field 的人均低于它的，可能按亿元填列",
}
BOUNDED: Keys = {
    "fields": "哪些金额",
    "by": "不会远远超过的金额，取第一个有数的",
    "times": "超过它多少倍的，疑似单位填错（默认 1）",
}
HEADS: Keys = {
    "field": "哪项支出；写在前面的有数就不看后面的",
    "heads": "由本单位发放的人数，是哪些单元格之和",
    "apart": "其中由别处发放的人数，从中扣除",
    "posts": "人数不会少于的数（防人数填错）；可不写",
    "beyond": "人均超过它的，疑似按千元填列（金额单位）",
}

PARTS: tuple[tuple[str, str, Keys, type[Struct]], ...] = (
    ("form.toml", "form", FORM, m.Form),
    ("form.toml", "guide", GUIDE, m.Guide),
    ("form.toml", "sheet", SHEET, m.Sheet),
    ("form.toml", "band", BAND, m.Band),
    ("form.toml", "family", FAMILY, m.Family),
    ("fields.toml", "section", SECTION, m.Section),
    ("fields.toml", "field", FIELD, m.Field),
    ("tables.toml", "table", TABLE, m.Table),
    ("tables.toml", "column", COLUMN, m.Column),
    ("rules.toml", "rule", RULE, m.Rule),
    (PLAUSIBLE, "common", COMMON, Common),
    (PLAUSIBLE, "bound", BOUNDED, Bounded),
    (PLAUSIBLE, "heads", HEADS, Heads),
)


def undocumented() -> list[str]:
    """Return the keys that are loaded but not described, or described but not loaded."""
    wrong = []
    for _, part, keys, structure in PARTS:
        known = set(structure.__struct_fields__) - _DERIVED.get(part, set())
        known |= {"table"} if part == "column" else set()
        wrong += [f"{part}.{key}" for key in sorted(known ^ set(keys))]
    return wrong
