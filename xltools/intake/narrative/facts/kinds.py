"""What a text is: its kind (narratives.toml), and the department and year its title names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from xltools.form.words import shared_words
from xltools.intake.narrative.facts.figures import Passage

_FIRM = re.compile(r"评价机构|第三方|会计师事务所|咨询有限公司|受.{2,30}委托|委托.{2,40}(?:公司|事务所|机构)")
REGION = "region"
"""A text about all offices of a county or city: its totals are no department's."""
_OF_MANY = re.compile(
    r"财政局汇总|各乡（?镇）?、|部门及乡镇|(?:全[省市县区州盟旗]|[省市县区州旗]级)(?:各?部门|各?行政单位|各预算单位)[^。]{0,80}三公|"
    r"[市县区州旗]本级(?:(?:19|20)\d{2}年)?(?:一般公共预算|财政拨款)[^。，]{0,20}(?:安排|支出)"
)
_SELF = re.compile(r"自评|自我评价")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s{0,2}(?:年|-|—)")
_LABEL = re.compile(
    r"(?<!机构)(?<!所)(?:部门|单位|项目单位|填报单位|预算部门|主管部门|部门单位)(?:名称)?(?:（盖章）|（公章）)?[：:]\s{0,4}(?!万?元|亿元|千元|人民币)(?P<name>[一-鿿（）]{3,40})"
)
_BODY = (
    r"(?:局|委员会|委|办公室|办|厅|中心|院|校|学校|中学|小学|幼儿园|馆|所|站|队|支队|大队|总队|会|联合会|联|处|社|街道办事处|"
    r"街道|镇|乡|政府|部|法院|检察院|医院|公司|园|团|台|总工会|工会|残联|妇联|管委会|园区)"
)
_NAME = re.compile(
    rf"(?P<name>[一-鿿]{{2,40}}?{_BODY}(?:（[一-鿿]{{2,10}}）)?)(?:本级|机关|本部)?(?=$|(?:19|20)\d{{2}}|关于|部门|单位|整体|决算|绩效|项目|三公|财政|预算|专项|中央|省级|市级|上级|为|是)"
)
_YEARS = re.compile(r"^(?:19|20)\d{2}年?度?")
_ABOUT = re.compile(r"^(?:关于|附件\d{0,2}|附|第[一二三四五]部分|目录|—|-|：)++")
_ATTACHED = re.compile(r"附件?[\d一二三四五六七八九十]{0,3}(?:-\d{1,2})?：?")
_TITLE_LINES, _TITLE_CHARS, _OPENING = 8, 200, 12


@dataclass(frozen=True, slots=True)
class Title:
    """What the title says; "" and None where it does not."""

    kind: str
    text: str
    department: str
    year: int | None
    likely_year: int | None = None  # the first the text names, where the title names none


def title_of(passages: Sequence[Passage]) -> Title:
    """Return what a text is from its first lines."""
    lines = _first_lines(passages)
    joined = "".join(lines)
    kind = _kind(joined, passages)
    year = _YEAR.search(joined)
    likely = year or _YEAR.search("".join(p.text for p in passages[:_OPENING])[:1500])
    told, guess = (int(match.group(1)) if match else None for match in (year, likely))
    return Title(kind, joined, _department(joined, passages), told, guess)


def _first_lines(passages: Sequence[Passage]) -> list[str]:
    lines: list[str] = []
    for passage in passages[:_TITLE_LINES]:
        text = passage.text
        if _ATTACHED.fullmatch(text):
            continue
        section = passage.heading and re.match(r"[一二三四五六七八九十]、|（[一二三四五六七八九十]）|\d", text)
        if section or text.endswith(("。", "；")) or len(text) > 80 or (passage.sentences and "。" in text):
            if not lines and section:
                lines.append(text)
            break
        lines.append(text)
        if sum(map(len, lines)) > _TITLE_CHARS:
            break
    return lines


def _kind(title: str, passages: Sequence[Passage]) -> str:
    kind = _first(title)
    opening = "".join(p.text for p in passages[:_OPENING])[:2000]
    if not kind:
        headings = "".join(p.text for p in passages if p.heading)[:2000]
        kind = _first(headings)
        if not kind and "三公" in opening[:400]:
            kind = "three"
        if not kind and re.search(r"年初预算为?.{0,20}支出决算|决算情况说明", "".join(p.text for p in passages)[:6000]):
            kind = "accounts"
    if kind == "three" and _OF_MANY.search(opening):
        return REGION
    if kind in ("project", "department", "evaluation") and not _SELF.search(title) and _FIRM.search(opening):
        return "evaluation"
    return kind


def _first(text: str) -> str:
    return next((kind for kind, pattern in _titles() if pattern.search(text)), "")


@cache
def _titles() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind.id, re.compile(kind.title)) for kind in shared_words().kind)


def _department(title: str, passages: Sequence[Passage]) -> str:
    title = _ABOUT.sub("", _YEARS.sub("", title.partition("：")[0], count=1))
    found = _NAME.search(title)
    if found and len(found["name"]) > 3:
        return re.sub(r"（本级）$", "", found["name"])
    for passage in passages[:_OPENING]:
        label = _LABEL.search(passage.text)
        if label:
            return label["name"]
    for passage in passages[: _OPENING * 2]:
        told = re.match(
            rf"(?P<name>[一-鿿]{{2,30}}?{_BODY})(?:（[^（）]{{2,30}}）)?(?:是|为|属|内设|下设|主要职|机关内设)",
            passage.text,
        )
        if told and not told["name"].startswith(("本", "我")):
            return told["name"]
    return ""
