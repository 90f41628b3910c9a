"""What a round is told once, in 轮次.xlsx: which form, who signs, by when, what counts; read with every fault at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from xltools.bilingual import Pair, joined, same
from xltools.boundary.nearest import nearest
from xltools.boundary.walk import GATHERED, Fault, refusal
from xltools.errors import UsageError
from xltools.intake.cells.written import plain_text, read_date
from xltools.intake.own_files import Value, read_tables
from xltools.writing.own_books import SETTINGS_SHEET, Setting, settings_book

HEAD_ROWS = 3
"""Rows of the settings sheet above the first setting: heading, note, titles."""
TITLE, NOTE = "本轮设置", "只填浅黄色的一列；改完保存并关闭。除“表格”外都可以空着。"
CARRIED = "带入上年"
FORM, BUREAU, SIGNED, DEADLINE, CONTACT, DAY = "表格", "编制单位", "落款", "报送截止", "联系方式", "日期"
COUNTED, NARRATIVE, PREVIOUS, PASSWORDS, RULES, FORMS = (
    "计入汇总",
    "自评报告",
    "上年报送件",
    "密码文件",
    "规则调整",
    "表格定义",
)
PASSED_ONLY, ALL = "只计通过的", "有问题的也计入"
NOT_NEEDED, NEEDED = "不要求", "必须一并报送"
BLANK, WITH_LAST_YEAR = "不带入", "带入填报表"
NOTES: Mapping[str, tuple[str, Sequence[str]]] = {
    FORM: ("表格的编号；xltools forms 列出现有的表格。", ()),
    BUREAU: ("汇总工作簿封面上的单位，如：示例区财政局。", ()),
    SIGNED: ("通知末尾署名；空着时用“编制单位”。", ()),
    DEADLINE: ("写进通知的一句话，如：请于 2024 年 4 月 30 日前报送。", ()),
    CONTACT: ("写进通知的一句话，如：联系人：绩效管理股，电话 0000-0000000。", ()),
    DAY: ("写进通知和汇总封面的日期，如 2024-04-15；空着则不写日期。", ()),
    COUNTED: ("汇总合计里算哪些部门。", (PASSED_ONLY, ALL)),
    NARRATIVE: ("部门是否必须同时报送自评报告（Word）。", (NOT_NEEDED, NEEDED)),
    PREVIOUS: ("上年报送件所在的文件夹，用来对照；没有就空着。", ()),
    CARRIED: ("下发的填报表里带入上年的指标、文字和合计，供对照；要写明“上年报送件”。", (BLANK, WITH_LAST_YEAR)),
    PASSWORDS: ("打开密码，每行一个的文本文件；没有就空着。", ()),
    RULES: ("规则调整文件：某条规则改级别或停用，写明理由和经办人；没有就空着。", ()),
    FORMS: ("本单位自己的表格定义所在的文件夹；用自带的表格就空着。", ()),
}
_WHAT = Pair("设置文件", "settings file")
_FILE = Pair("设置文件 {path}", "the settings file {path}")
_UNKNOWN = Pair("不认识的项目“{title}”{near}", "unknown line “{title}”{near}")
_TWICE = Pair("“{title}”写了两次", "“{title}” stands there twice")
_NO_FORM = Pair("没有写是哪一种表格；可以是 {known}", "no form is named; it may be {known}")
_CHOICE = Pair("现为“{text}”，应为 {choices}", "it is “{text}” and should be {choices}")
_NO_DAY = Pair("“{text}”不是日期；请写成 2024-04-15 的样子", "“{text}” is no date; write it like 2024-04-15")
_NOTHING_CARRIED = Pair("要带入，请写明“{title}”的文件夹", "to carry last year over, name the folder in {title}")
_NOT_THERE = Pair("没有“{text}”这个文件或文件夹", "there is no such file or folder: {text}")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """A round's settings; paths are seen from the round's folder."""

    form: str
    bureau: str = ""
    signed: str = ""
    deadline: str = ""
    contact: str = ""
    day: date | None = None
    include_failed: bool = False
    require_narrative: bool = False
    previous: Path | None = None
    carried: bool = False
    passwords: Path | None = None
    rules: Path | None = None
    forms_dir: Path | None = None


def written(form: str, bureau: str = "", forms_dir: Path | None = None) -> bytes:
    """Return the settings workbook of a new round."""
    own = str(forms_dir.absolute()) if forms_dir is not None else ""
    given = {FORM: form, BUREAU: bureau, COUNTED: PASSED_ONLY, NARRATIVE: NOT_NEEDED, CARRIED: BLANK, FORMS: own}
    lines = [Setting(title, given.get(title, ""), note, choices) for title, (note, choices) in NOTES.items()]
    return settings_book(TITLE, NOTE, lines)


def read_settings(path: Path, known_forms: Sequence[str]) -> Settings:
    """Read a round's settings. Raises UsageError with everything that is wrong."""
    found: list[Fault] = []
    values = _lines(path, found)
    for title, (_, choices) in NOTES.items():
        text = plain_text(values.get(title)).strip()
        if choices and text and text not in choices:
            words = joined((same(f"“{c}”") for c in choices), zh="或", en=" or ")
            found.append(Fault(title, _CHOICE.format(text=text, choices=words)))
    texts = {title: plain_text(values.get(title)).strip() for title in NOTES}
    day, _ = read_date(values.get(DAY))
    if texts[DAY] and day is None:
        found.append(Fault(DAY, _NO_DAY.format(text=texts[DAY])))
    if not texts[FORM]:
        found.append(Fault(FORM, _NO_FORM.format(known=joined(map(same, known_forms)))))
    paths = {title: _beside(path, title, texts[title], found) for title in (PREVIOUS, PASSWORDS, RULES, FORMS)}
    if texts[CARRIED] == WITH_LAST_YEAR and not texts[PREVIOUS]:
        found.append(Fault(CARRIED, _NOTHING_CARRIED.format(title=PREVIOUS)))
    if found:
        raise UsageError(refusal(_FILE.format(path=path), found))
    return Settings(
        form=texts[FORM],
        bureau=texts[BUREAU],
        signed=texts[SIGNED] or texts[BUREAU],
        deadline=texts[DEADLINE],
        contact=texts[CONTACT],
        day=day,
        include_failed=texts[COUNTED] == ALL,
        require_narrative=texts[NARRATIVE] == NEEDED,
        previous=paths[PREVIOUS],
        carried=texts[CARRIED] == WITH_LAST_YEAR,
        passwords=paths[PASSWORDS],
        rules=paths[RULES],
        forms_dir=paths[FORMS],
    )


def _lines(path: Path, found: list[Fault]) -> dict[str, Value]:
    """Return the values by their titles, and say of lines that are unknown or double; one that is gone is empty."""
    values: dict[str, Value] = {}
    for line in read_tables(path, _WHAT, frozenset({SETTINGS_SHEET})).get(SETTINGS_SHEET, []):
        if line.number <= HEAD_ROWS:
            continue
        if len(found) >= GATHERED:
            break
        title = plain_text(line.cells[0]).strip()
        value = line.cells[1] if len(line.cells) > 1 else None
        if title in values:
            found.append(Fault(SETTINGS_SHEET, _TWICE.format(title=title)))
        elif title in NOTES:
            values[title] = value
        elif title or value is not None:
            found.append(Fault(SETTINGS_SHEET, _UNKNOWN.format(title=title[:20], near=nearest(title, NOTES))))
    return values


def _beside(path: Path, title: str, text: str, found: list[Fault]) -> Path | None:
    """Return the file or folder that a setting names, seen from the settings file."""
    if not text:
        return None
    named = path.parent / text
    if not named.exists():
        found.append(Fault(title, _NOT_THERE.format(text=text)))
    return named
