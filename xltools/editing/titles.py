"""What a coordinator reads in 定义.xlsx: the names of its sheets, blocks and columns, and the words of closed lists.

A key that has no name here is shown as the definition writes it, so that none is ever left out.
"""

from __future__ import annotations

import re

from xltools.boundary.nearest import closest
from xltools.editing.key_words import PARTS
from xltools.editing.parts import Leaf, Part

ABOUT, OTHER_FILES, CLEAN, FORMULAS, CHOICES, INDICATORS = (
    "说明",
    "其他文件",
    "样例",
    "公式",
    "下拉选项",
    "表格与指标",
)
PROBLEMS = "问题"
ORDER = (
    PROBLEMS,
    ABOUT,
    "表单",
    "工作表",
    "栏目",
    "字段",
    INDICATORS,
    "列",
    FORMULAS,
    CHOICES,
    "审核规则",
    "规则用例",
    "叙述",
    "合理范围",
    "指标质量",
    CLEAN,
    OTHER_FILES,
)
"""The sheets as they stand; one that a new part needs comes last."""
_HOMES = {
    "form.toml": "表单",
    "form.toml sheet": "工作表",
    "fields.toml": "字段",
    "fields.toml section": "栏目",
    "tables.toml": INDICATORS,
    "tables.toml column": "列",
    "rules.toml": "审核规则",
    "rules.toml cases": "规则用例",
    "narrative.toml": "叙述",
    "plausible.toml": "合理范围",
    "indicators.toml": "指标质量",
}
_BLOCKS = {
    "form": "总则",
    "guide": "填表说明",
    "band": "等级",
    "family": "规则类别",
    "sheet": "工作表",
    "section": "栏目",
    "field": "字段",
    "table": "表格",
    "column": "列",
    "rule": "审核规则",
    "cases": "规则用例",
    "document": "自评报告",
    "figure": "数字的说法",
    "rows": "指标的说法",
    "passage": "文字部分",
    "part": "必须有的部分",
    "grid": "表格的写法",
    "common": "常识",
    "indicators": "指标的列",
    "bound": "互相限制的金额",
    "heads": "与人数相称的支出",
    "groups": "指标的分组",
    "asks": "必须有的分组",
}
_TITLES = {
    "id": "表格编号",
    "version": "版本",
    "year": "年度",
    "region": "地区",
    "unit": "单位",
    "published": "下发日期",
    "code_field": "编码字段",
    "name_field": "名称字段",
    "score_field": "总分字段",
    "grade_field": "等级字段",
    "total_fields": "汇总求和的字段",
    "income_field": "收入字段",
    "expenditure_field": "支出字段",
    "budget_field": "预算数字段",
    "executed_field": "执行数字段",
    "rate_field": "执行率字段",
    "rate_target": "执行率下限",
    "review_field": "复核总分字段",
    "per_head_field": "按人均判断的支出",
    "head_fields": "人数字段",
    "per_head_most": "人均上限",
    "same_as": "含义相同的旧版本",
    "no_reason": "不算写明原因的写法",
    "purpose": "首页说明",
    "steps": "填报步骤",
    "legend": "图例",
    "deadline": "报送截止",
    "contact": "联系人",
    "source_note": "指标出处",
    "name": "名称",
    "title": "标题",
    "title_en": "英文标题",
    "kind": "用途",
    "blocks": "栏目和表格",
    "widths": "各列宽度",
    "columns.label": "项目在第几列",
    "columns.value": "填报数在第几列",
    "columns.unit": "单位在第几列",
    "columns.computed": "自动计算在第几列",
    "columns.state": "填报状态在第几列",
    "columns.note": "说明在第几列",
    "note": "说明",
    "landscape": "横向打印",
    "signature": "签字行",
    "paper": "纸张",
    "leads": "新版式",
    "signers": "签字的单元格",
    "before": "报送前看什么",
    "brief": "几个字的说法",
    "grade": "等级",
    "low": "下限",
    "letters": "字母",
    "sheet": "工作表",
    "grid": "数据列",
    "grid_head": "行标题的列名",
    "label": "显示文字",
    "section": "栏目",
    "type": "类型",
    "decimals": "小数位数",
    "required": "必填",
    "required_with": "随这些项必填",
    "required_unless": "这些项已填时可不填",
    "minimum": "最小值",
    "maximum": "最大值",
    "max_length": "最多字数",
    "choices": "选项",
    "formula": "公式",
    "constant": "固定值",
    "nothing": "代替空着的写法",
    "default": "预填值",
    "grade_of": "是哪个分数的等级",
    "roster": "名册的列",
    "previous": "与上年哪项相等",
    "as_text": "文字日期也收",
    "carry": "由上年带入",
    "locked": "部门不能填",
    "hint": "填写说明",
    "indent": "缩进",
    "summary": "列入汇总",
    "aliases": "旧名称",
    "row": "所在的行",
    "column": "所在的列",
    "capacity": "行数",
    "min_rows": "至少填几行",
    "title_column": "称呼用的列",
    "reason_column": "原因所在的列",
    "key_column": "区分固定行的列",
    "weight_column": "分值所在的列",
    "score_column": "得分所在的列",
    "group_columns": "分级小计的列",
    "subtotal_section": "小计放在的栏目",
    "scoring.direction": "计分：方向的列",
    "scoring.target": "计分：目标值的列",
    "scoring.actual": "计分：完成值的列",
    "scoring.share": "计分：达成比例的列",
    "scoring.rate": "计分：完成率的列",
    "scoring.weight": "计分：分值的列",
    "scoring.score": "计分：得分的列",
    "scoring.down": "计分：超过目标时（≤）",
    "scoring.equal": "计分：未到目标时（=）",
    "scoring.zero": "计分：目标为 0 时（≥）",
    "scoring.bands": "计分：定性的档次",
    "scoring.rounding": "计分：何时取整",
    "scoring.basis": "计分：依据",
    "scoring.basis_en": "计分：英文依据",
    "total": "分值合计",
    "table": "表格",
    "applies.column": "适用条件的列",
    "applies.values": "适用条件的值",
    "fixed": "由固定行给出",
    "bureau": "由财政部门填",
    "last_year": "显示上年的列",
    "hidden": "隐藏",
    "width": "列宽",
    "code": "编号",
    "level": "级别",
    "at": "标在哪里",
    "left": "左边",
    "op": "关系",
    "right": "右边",
    "words": "公式的说明",
    "words_en": "英文公式说明",
    "fix": "怎么改",
    "fix_en": "英文怎么改",
    "reason": "为什么",
    "basis": "依据",
    "since": "始于版本",
    "name_en": "英文名称",
    "when": "审核条件",
    "scores": "说的是得分",
    "given": "写了即通过的列",
    "says": "说法",
    "says_en": "英文说法",
    "state": "应得的状态",
    "values": "改动的值",
    "titles": "报告标题",
    "grades": "等级的说法",
    "target_words": "目标的说法",
    "actual_words": "完成的说法",
    "directions": "方向的说法",
    "residue": "残留的提示",
    "placeholder": "待补充的记号",
    "unless": "前有这些词时不算",
    "score_phrase": "得分的说法",
    "kinds": "报告种类",
    "field": "字段",
    "under": "只在这些项之下",
    "heads": "列在哪些项之下",
    "needs": "前面应有的项",
    "accepts": "也可以是这些项",
    "heading": "小标题",
    "target": "目标值的列",
    "actual": "完成值的列",
    "direction": "方向的列",
    "rate": "完成率的列",
    "result": "完成档次的列",
    "share": "达成比例的列",
    "signed": "可以为负的字样",
    "shares": "不超过 100% 的字样",
    "rates": "比率的结尾字样",
    "unbounded": "可以超过 100% 的字样",
    "vague": "说明里的空话",
    "written_after": "年度结束后的日期",
    "persons": "人名",
    "per_head_else": "人均另按哪项判断",
    "per_head_least": "人均下限",
    "fields": "这些金额",
    "by": "受哪些金额限制",
    "times": "不超过几倍",
    "apart": "由别处发放的人数",
    "posts": "人数不少于",
    "beyond": "人均不超过",
    "at_least": "“不低于”的写法",
    "at_most": "“不高于”的写法",
    "exactly": "“等于”的写法",
    "weight": "分值的列",
    "group": "分组的列",
    "within": "上一级分组",
    "groups": "分组",
}
_KINDS = {
    "output": "产出",
    "quantity": "数量",
    "quality": "质量",
    "timeliness": "时效",
    "cost": "成本",
    "benefit": "效益",
    "satisfaction": "满意度",
}
_WORDS = {
    "type": {
        "text": "文本",
        "longtext": "长文本",
        "code": "编码",
        "phone": "电话",
        "choice": "下拉选择",
        "date": "日期",
        "year": "年度",
        "integer": "整数",
        "amount": "金额",
        "percent": "百分比",
        "score": "分数",
        "number": "数字",
    },
    "level": {"error": "错误", "confirm": "核实", "notice": "提示"},
    "scoring.down": {"inverse": "按目标÷实际", "linear": "到两倍为 0"},
    "scoring.equal": {"exact": "不得分", "at_least": "按实际÷目标"},
    "scoring.zero": {"not_applicable": "不适用", "full": "得满分"},
    "scoring.bands": {"closed": "含上限", "half_open": "不含上限"},
    "scoring.rounding": {"row": "每行取整", "group": "合计取整"},
    "kind": {"guide": "首页", "data": "填报", "checks": "校验", "meta": "身份页"} | _KINDS,
}
_KEY = re.compile(r"(?<![A-Za-z0-9_])[a-z]+_[a-z_]+(?![A-Za-z0-9_])")
_INNER = {
    "columns": "栏目的这一部分在第几列（A 列为 1）；0 表示没有",
    "scoring": "一行怎样计分：各数在哪一列，几种情形各按什么算，依据是什么；得分和完成率两列不写公式时由此得出",
}
"""The help on what a key consists of, where each has a column of its own."""
_HELP = {(file, part): keys for file, part, keys, _ in PARTS}


def home(part: Part) -> str:
    """Return the sheet a part stands on."""
    return _HOMES.get(f"{part.file} {part.kind}") or _HOMES.get(part.file) or part.file.partition(".")[0]


def block_title(part: Part) -> str:
    """Return the title of a part's block."""
    return _BLOCKS.get(part.kind) or ".".join(part.path) or f"{part.file} 其他"


def title(leaf: Leaf) -> str:
    """Return the name of a key's column."""
    return _TITLES.get(leaf.name, leaf.name)


def key_title(key: str) -> str:
    """Return the name of a key, whatever it is a key of."""
    return _TITLES.get(key, key)


def closed_word(value: str) -> str:
    """Return what a word of a closed list is called, whatever list it is of."""
    return next((known[value] for known in _WORDS.values() if value in known), value)


def told(leaf: Leaf, part: Part) -> str:
    """Return the help on a key."""
    if len(leaf.path) > 1 and leaf.path[0] in _INNER:
        return _INNER[leaf.path[0]]
    help_ = _HELP.get((part.file, part.kind), {}).get(leaf.path[0], "")
    return _KEY.sub(lambda match: known_as(match[0]), help_)


def word(leaf: Leaf, value: str) -> str:
    """Return a closed list's word as it is shown."""
    return _WORDS.get(leaf.name, {}).get(value, value)


def words(leaf: Leaf) -> list[str]:
    """Return all words of a closed list as they are shown."""
    return [word(leaf, value) for value in leaf.words if value]


def known_as(key: str) -> str:
    """Return what a key, a block or a word of a closed list is called in the workbook; itself where nothing is."""
    shown = next((known[key] for known in _WORDS.values() if key in known), "")
    name = _TITLES.get(key) or _BLOCKS.get(key) or shown
    return f"“{name}”" if name else key


def value_of(leaf: Leaf, shown: str) -> str | None:
    """Return the value that a word stands for; None where there is none."""
    return next((value for value in leaf.words if shown in (value, word(leaf, value))), None)


def near(leaf: Leaf, shown: str) -> str:
    """Return the nearest word of a closed list, or nothing."""
    return closest(shown, words(leaf))
