"""VA013: the template's own hints or placeholders were left in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.values import Typed
from xltools.form import model as m
from xltools.intake.submission import Reading
from xltools.rules.context import RuleContext

CARD = Card(
    code="VA013",
    level="notice",
    name=Pair("文字里留有模板的提示语", "A hint of the template was left in the text"),
    what=Pair(
        "文字里有没有模板的提示语、待填的空位或复制带来的残留，如“（200字以内）”“下降（增长）”“XX”“【请补充……】”“错误!未定义书签”。",
        "Whether a text still holds hints of the template, blanks to fill or remains of copying: “（200字以内）”, “下降（增长）”, “XX”, “【请补充……】”, “错误!未定义书签”.",
    ),
    why=Pair(
        "提示语没有删掉、空位没有填上，说明这一段没有写完。",
        "A hint that stayed or a blank that was not filled means that the passage is not finished.",
    ),
    basis=Pair("基层报表审核通行做法", "Common practice in reviewing basic-level reports."),
    says=Pair("{label}里留有没写完或没删掉的{there}", "{label} still holds {there}, unfinished or left over"),
    fix=Pair("请删去，补上实际内容。", "Delete it and fill in what is meant."),
    example=Pair("“存在问题”写着“【请补充存在的主要问题】”。", "The problems met read “【请补充存在的主要问题】”."),
    may_lead="confirm",
)

_OPEN, _CLOSE = r"[（(【\[]", r"[）)】\]]"
_UNFINISHED = re.compile(
    "|".join(
        (
            r"【请[^】]{0,60}】|【待[^】]{0,60}】|[XxＸｘ×]{2,}(?![A-Za-z0-9])|_{3,}|＿{2,}",
            r"[（(]此处[^）)]{0,60}[）)]|(?:单击|点击)(?:或点击)?此处|此处(?:填写|输入)",
            r"[（(]待(?:补充|填写|完善|核实|定)[^）)]{0,20}[）)]|[（(]略[）)]",
            r"错误\s*[!！]\s*(?:未定义书签|未找到引用源|链接无效|超链接引用无效|文档中没有指定样式的文字)",
            r"PAGEREF|REF _Toc|#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!)",
        )
    )
)
_LENGTH = r"[0-9０-９]{2,5}\s*字"
_HINTS = re.compile(
    "|".join(
        (
            rf"{_OPEN}\s*(?:字数|要求|篇幅)?(?:请?控制在|不超过|不少于|不多于|限|约)?\s*{_LENGTH}"
            rf"(?:以内|之内|内|左右|以上|以下)?(?:[，,；;、。：:][^）)】\]]{{0,80}})?\s*{_CLOSE}",
            rf"{_OPEN}(?:简要|概括|逐项|分条)?(?:填写|填列|说明|描述|概述|简述|列明)[^）)】\]]{{0,80}}?{_LENGTH}[^）)】\]]{{0,20}}{_CLOSE}",
            r"(?:下降|减少)[（(](?:增长|增加|上升)[）)]|(?:增长|增加|上升)[（(](?:下降|减少)[）)]",
            r"[（(](?:请|可)(?:填写|补充|说明|简述|另附|简要|概括|逐项|结合|根据|按照?)[^）)]{0,60}[）)]",
        )
    )
)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per text with a hint left in it: 核实 where something is plainly unfinished, else 提示."""
    for reading in ctx.own:
        item, raw = reading.item, reading.raw
        if not isinstance(raw, str) or item.numeric or item.choices:
            continue
        left, level = _left(ctx, reading, raw)
        if left:
            yield ctx.say(CARD, reading.ref, ctx.label(reading.key), {"there": Typed(left)}, level=level, stated=left)


def _left(ctx: RuleContext, reading: Reading, raw: str) -> tuple[str, m.Level]:
    own = reading.item.hint
    if len(raw) >= 2:
        match = _UNFINISHED.search(raw)
        if match is not None:
            return match.group(), "confirm"
        match = _HINTS.search(raw)
        if match is not None:
            return match.group(), "notice"
        if len(own) >= 6 and own in raw:
            return own, "confirm"
    return "", "notice"
