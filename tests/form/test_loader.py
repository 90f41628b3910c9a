"""A wrong definition is refused with file, place, what is wrong and the nearest right word."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.support.forms import FORM_IDS, form
from xltools.boundary.walk import LISTED
from xltools.errors import DefinitionError
from xltools.form import form_folders
from xltools.form.loader import FILES, load_form

FORM, FIELDS, TABLES, RULES = FILES

WRONG: dict[str, tuple[str, str, str, tuple[str, ...]]] = {
    # name: (file, what stands there, what it becomes, what the message says besides the file)
    "unknown key of the form": (FORM, 'region = "广东"', 'regoin = "广东"', ("form", "“regoin”", "是否应为“region”")),
    "unknown part of a file": (FORM, "[guide]", "[giude]", ("“giude”", "是否应为“guide”")),
    "number as text": (FORM, "year = 2023", 'year = "2023"', ("form.year", "应为整数", "“2023”")),
    "text as number": (
        FORM,
        'title = "部门整体支出绩效自评评分表"\nversion',
        "title = 5\nversion",
        ("form.title", "应为文本"),
    ),
    "title missing": (FORM, 'title = "部门整体支出绩效自评评分表"\nversion', "version", ("form.title", "缺少")),
    "one table where a list is asked": (FORM, '[[band]]\ngrade = "优"', '[x]\n[[band]]\ngrade = "优"', ("“x”",)),
    "steps not a list": (FORM, "legend = [", 'legend = "x"\nsource = [', ("guide", "“source”")),
    "unknown kind of sheet": (FORM, 'kind = "checks"', 'kind = "check"', ("校验", "kind", "是否应为“checks”")),
    "two guides": (
        FORM,
        'kind = "data"\ntitle = "基本情况"',
        'kind = "guide"\ntitle = "基本情况"',
        ("sheet", "guide", "恰有一张"),
    ),
    "sheet name Excel refuses": (
        FORM,
        '[[sheet]]\nname = "绩效指标"',
        '[[sheet]]\nname = "绩效/指标"',
        ("绩效/指标", "不含"),
    ),
    "unknown block": (
        FORM,
        '"机构人员", "填报"]',
        '"机构人圆", "填报"]',
        ("blocks", "“机构人圆”", "是否应为“机构人员”"),
    ),
    "block on no sheet": (
        FORM,
        'blocks = ["部门", "机构人员", "填报"]',
        'blocks = ["部门", "填报"]',
        ("机构人员", "一次"),
    ),
    "two parts of a line in one column": (
        FORM,
        "columns = { label = 1, value = 2, unit = 3, computed = 0, state = 4, note = 5 }",
        "columns = { label = 1, value = 2, unit = 2, computed = 0, state = 4, note = 5 }",
        ("基本情况", "columns", "同一列"),
    ),
    "bands out of order": (FORM, "low = 80", "low = 95", ("band", "从高到低")),
    "band without its limit": (FORM, 'grade = "良"\nlow = 80', 'grade = "良"', ("良", "low", "缺少")),
    "unknown code field": (
        FORM,
        'code_field = "部门编码"',
        'code_field = "部门编号"',
        ("form.code_field", "是否应为“部门编码”"),
    ),
    "unknown total": (
        FORM,
        'total_fields = ["收入总计"',
        'total_fields = ["收入总记"',
        ("form.total_fields", "“收入总计”"),
    ),
    "a limit a head without people": (
        FORM,
        'head_fields = ["在职人数", "离退休人数"]\n',
        "",
        ("per_head_field", "一起写"),
    ),
    "unknown people": (FORM, '["在职人数", "离退休人数"]', '["在职人员数"]', ("form.head_fields", "“在职人数”")),
    "unknown key of a field": (
        FIELDS,
        "max_length = 60",
        "max_lenght = 60",
        ("部门名称", "“max_lenght”", "“max_length”"),
    ),
    "unknown type": (FIELDS, 'type = "phone"', 'type = "phones"', ("电话", "type", "是否应为“phone”")),
    "field without a name": (FIELDS, '[[field]]\nname = "部门编码"', "[[field]]", ("field[2] “部门”.name", "缺少")),
    "quotes in a name": (
        FIELDS,
        'name = "三公经费决算数"',
        'name = "“三公”经费决算数"',
        ("“三公”经费决算数", "以汉字开头"),
    ),
    "a name like a cell": (FIELDS, 'name = "经营支出"', 'name = "A1"', ("“A1”", "以汉字开头")),
    "the same name twice": (FIELDS, 'name = "经营支出"', 'name = "经营收入"', ("“经营收入”", "重复")),
    "unknown section": (
        FIELDS,
        'name = "电话"\nlabel = "联系电话"\nsection = "填报"',
        'name = "电话"\nsection = "填表"',
        ("电话", "section", "是否应为“填报”"),
    ),
    "hint too long for Excel": (FIELDS, 'hint = "如 2024-04-15"', f'hint = "{"长" * 251}"', ("日期", "255")),
    "limits crossed": (FIELDS, "minimum = 2000", "minimum = 3000", ("年度", "minimum", "大于")),
    "unknown condition": (
        FIELDS,
        'required_with = ["在用固定资产"]',
        'required_with = ["在用资产"]',
        ("固定资产总额", "required_with", "“在用固定资产”"),
    ),
    "formula and constant": (
        FIELDS,
        "constant = 30",
        'constant = 30\nformula = "=1"',
        ("中小企业份额要求", "只能有一个"),
    ),
    "formula without =": (
        FIELDS,
        'formula = "=IF(COUNT(评分_自评得分)',
        'formula = "IF(COUNT(评分_自评得分)',
        ("自评总分", "formula", "以 = 开头"),
    ),
    "function not allowed": (
        FIELDS,
        "ROUND(SUM(评分_自评得分),2)",
        "ROUND(SUMPRODUCT(评分_自评得分),2)",
        ("自评总分", "formula", "SUMPRODUCT"),
    ),
    "bracket missing": (
        FIELDS,
        "ROUND(SUM(评分_自评得分),2))",
        "ROUND(SUM(评分_自评得分),2)",
        ("自评总分", "formula", "右括号"),
    ),
    "bare column": (FIELDS, "ROUND(SUM(评分_自评得分),2))", "ROUND(评分_自评得分,2))", ("整列“评分_自评得分”", "SUM")),
    "bare numeric input": (FIELDS, "ROUND(SUM(评分_自评得分),2))", "ROUND(执行数+1,2))", ("“执行数”", "N( )")),
    "unknown name in a formula": (
        FIELDS,
        "ROUND(SUM(评分_自评得分),2))",
        "ROUND(SUM(评分_自评分),2))",
        ("“评分_自评分”", "是否应为“评分_自评得分”"),
    ),
    "cell reference in a formula": (
        FIELDS,
        "ROUND(SUM(评分_自评得分),2))",
        "ROUND(SUM(G6:G29),2))",
        ("自评总分", "G6:G29"),
    ),
    "unknown score of a grade": (
        FIELDS,
        'grade_of = "自评总分"',
        'grade_of = "自评得分"',
        ("自评等级", "grade_of", "“自评总分”"),
    ),
    "place in a section without a grid": (
        FIELDS,
        'name = "经营支出"',
        'name = "经营支出"\nrow = "一"',
        ("经营支出", "grid"),
    ),
    "choice without choices": (TABLES, 'choices = ["≥", "≤", "等于", "定性"]', "", ("产出指标.方向", "choices")),
    "unknown ruling column": (
        TABLES,
        'applies = { column = "方向", values = ["定性"] }',
        'applies = { column = "方项", values = ["定性"] }',
        ("applies.column", "是否应为“方向”"),
    ),
    "unknown ruling value": (
        TABLES,
        'applies = { column = "方向", values = ["定性"] }',
        'applies = { column = "方向", values = ["定姓"] }',
        ("applies.values", "是否应为“定性”"),
    ),
    "too many rows": (TABLES, "capacity = 40", "capacity = 100000", ("产出指标", "capacity", "1000")),
    "unknown title column": (
        TABLES,
        'title_column = "指标名称"',
        'title_column = "指标名"',
        ("title_column", "是否应为“指标名称”"),
    ),
    "column of no table": (
        TABLES,
        '[[column]]\ntable = "效益指标"\nname = "完成率"',
        '[[column]]\ntable = "效益指"\nname = "完成率"',
        ("“效益指”", "是否应为“效益指标”"),
    ),
    "unknown column in a row": (
        TABLES,
        '"指标" = "数据质量"\n',
        '"指标" = "数据质量"\n"评分方法" = "判定"\n',
        ("数据质量", "“评分方法”", "是否应为“评分方式”"),
    ),
    "unknown row column in a formula": (
        TABLES,
        "ROUND([@得分率]*100,2)",
        "ROUND([@得分律]*100,2)",
        ("产出指标.完成率", "“得分律”", "是否应为“得分”"),
    ),
    "weights that miss 100": (
        TABLES,
        '"评分方式" = "计算"\n"分值" = 10',
        '"评分方式" = "计算"\n"分值" = 11',
        ("评分", "101", "100"),
    ),
    "two rows of one key": (TABLES, '"指标" = "数据质量"', '"指标" = "资产盘点"', ("评分", "“资产盘点”重复")),
    "row without its key": (TABLES, '"指标" = "数据质量"\n', "", ("评分", "第 20 行", "指标")),
    "unknown level": (RULES, 'level = "error"', 'level = "errors"', ("BA101", "level", "是否应为“error”")),
    "unknown comparison": (RULES, 'op = "="', 'op = "=="', ("BA101", "op", "“==”")),
    "two rules of one code": (RULES, 'code = "BA102"', 'code = "BA101"', ("BA101", "重复")),
    "a code that is not a form's": (RULES, 'code = "BA102"', 'code = "ST102"', ("ST102", "code")),
    "unknown place of a rule": (RULES, 'at = "收入总计"', 'at = "收入合计"', ("BA101", "at", "是否应为“")),
    "unknown operand": (
        RULES,
        "SUM(本年支出合计,结余分配",
        "SUM(本年支出总计,结余分配",
        ("BA102", "right", "是否应为“本年支出合计”"),
    ),
    "row column outside a table": (
        RULES,
        'when = "N(全年预算数)<>0"',
        'when = "[@分值]>0"',
        ("EX101", "when", "[@分值]"),
    ),
    "unknown figure in a message": (
        RULES,
        'says = "支出率 {left}%',
        'says = "支出率 {lift}%',
        ("EX106", "says", "{left}"),
    ),
    "unknown state of a case": (
        RULES,
        '{ state = "错误", values = { "收入总计" = 1300.0 } }',
        '{ state = "出错", values = { "收入总计" = 1300.0 } }',
        ("BA101", "cases", "“出错”"),
    ),
    "unknown field of a case": (
        RULES,
        '{ state = "错误", values = { "收入总计" = 1300.0 } }',
        '{ state = "错误", values = { "收入总记" = 1300.0 } }',
        ("BA101", "cases", "是否应为“收入总计”"),
    ),
    "not TOML": (RULES, 'code = "BA101"', "code = BA101", ("TOML",)),
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the definition to spoil."""
    folder = tmp_path / "guangdong-2023"
    shutil.copytree(form_folders()["guangdong-2023"], folder)
    return folder


def edit(folder: Path, name: str, old: str, new: str) -> None:
    """Replace the first place where `old` stands; it must be there."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{name} no longer holds {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(("name", "old", "new", "said"), WRONG.values(), ids=list(WRONG))
def test_a_wrong_definition_is_refused(copy: Path, name: str, old: str, new: str, said: tuple[str, ...]) -> None:
    edit(copy, name, old, new)
    with pytest.raises(DefinitionError) as caught:
        load_form(copy)
    message = str(caught.value)
    lines = message.splitlines()
    assert len(lines) == 1 or f"有 {len(lines) - 1} 处错误" in lines[0]
    assert all(re.match(r"  \w+\.toml", line) for line in lines[1:])
    for words in (name, *said):
        assert words in message, f"{words!r} is not in: {message}"


def test_all_faults_are_said_at_once(copy: Path) -> None:
    edit(copy, FORM, 'region = "广东"', 'regoin = "广东"')
    edit(copy, FORM, "year = 2023", "year = nan")
    edit(copy, FIELDS, 'type = "phone"', 'type = "phones"')
    edit(copy, FIELDS, "minimum = 2000", "minimum = inf")
    edit(copy, TABLES, "capacity = 40", 'capacity = "四十"')
    edit(copy, RULES, 'level = "error"', 'level = "errors"')
    with pytest.raises(DefinitionError) as caught:
        load_form(copy)
    assert str(caught.value).splitlines()[1:] == [
        "  form.toml · form：不认识的键“regoin”，是否应为“region”",
        "  form.toml · form.year：应为整数，现为 nan",
        "  fields.toml · field[3] “年度”.minimum：不是有限的数（nan、inf 或过大的数不能用）",
        "  fields.toml · field[12] “电话”.type：“phones”不在允许之列（amount、choice、code、date、integer、longtext、"
        "number、percent、phone、score、text、year），是否应为“phone”",
        "  tables.toml · table[1] “产出指标”.capacity：应为整数，现为 “四十”",
        "  rules.toml · rule[1] “BA101”.level：“errors”不在允许之列（confirm、error、notice），是否应为“error”",
    ]
    english = caught.value.text("en").splitlines()
    assert "6 faults" in english[0]
    assert english[1] == "  form.toml · form: unknown key “regoin”; did you mean “region”?"


def test_many_faults_are_cut_short(copy: Path) -> None:
    text = (copy / RULES).read_text(encoding="utf-8")
    (copy / RULES).write_text(text.replace('level = "error"', 'level = "errors"'), encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        load_form(copy)
    lines = str(caught.value).splitlines()
    wrong = text.count('level = "error"')
    assert wrong > LISTED
    assert len(lines) == LISTED + 2
    assert lines[-1] == f"  …另有 {wrong - LISTED} 项"


def test_a_missing_file_is_named(copy: Path) -> None:
    (copy / TABLES).unlink()
    with pytest.raises(DefinitionError, match=r"tables\.toml：缺少这个文件"):
        load_form(copy)


def test_a_file_in_another_encoding_is_named(copy: Path) -> None:
    text = (copy / RULES).read_text(encoding="utf-8")
    (copy / RULES).write_bytes(text.encode("gb18030"))
    with pytest.raises(DefinitionError, match=r"rules\.toml：第 \d+ 个字节起不是 UTF-8"):
        load_form(copy)


def test_a_file_saved_by_notepad_loads(copy: Path) -> None:
    for name in FILES:
        text = (copy / name).read_text(encoding="utf-8")
        (copy / name).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode("utf-8"))
    assert load_form(copy).rules == form("guangdong-2023").rules


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_a_definition_speaks_both_languages(form_id: str) -> None:
    for rule in form(form_id).rules:
        for words in (rule.name_en, rule.words_en, rule.fix_en, rule.says_en):
            assert not re.search(r"[一-鿿]", words), f"{rule.code}: {words}"
        assert rule.name_en not in ("", rule.code)
        assert bool(rule.says) == bool(rule.says_en)


def test_codes_of_two_forms_mean_the_same() -> None:
    meanings: dict[str, tuple[str, str, str]] = {}
    for form_id in FORM_IDS:
        for rule in form(form_id).rules:
            mine = (rule.name, rule.words, rule.level)
            assert meanings.setdefault(rule.code, mine) == mine, f"{form_id} {rule.code}"
