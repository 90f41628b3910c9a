"""VA021: a required text that says nothing: “同上”, “略”, “1”."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.values import Typed
from xltools.form import model as m
from xltools.form.states import is_reason
from xltools.intake.cells.written import plain_text
from xltools.intake.submission import Reading
from xltools.rules.context import RuleContext
from xltools.rules.requirements import applies, needed

CARD = Card(
    code="VA021",
    level="confirm",
    name=Pair("必填的文字没有内容", "A required text says nothing"),
    what=Pair(
        "必填的文字是否只写了“同上”“略”“1”或标点，部门名称、指标名称、计量单位和成段的文字是否只填了一个数，成段的文字是否只有字母。只写“无”的不在此列：可能属实，由汇总时提示。",
        "Whether a required text is more than “同上”, “略”, “1” or punctuation, and a department's or an indicator's name, a unit or a long text more than a number, a long text more than letters. “无” alone is left out: it can be honest, and the summary speaks of it.",
    ),
    why=Pair(
        "没有内容的文字，审核无从判断，自评报告也无法引用。", "A reviewer cannot judge it, a report cannot quote it."
    ),
    basis=Pair("填表说明：必填项", "The form's instructions: required inputs."),
    says=Pair("{label}只写了{there}，等于没有填写", "{label} holds only {there}, which tells nothing"),
    fix=Pair("请写明实际内容；确实没有的，写“无”。", "Write what is meant; where there is nothing, say so."),
    example=Pair("“存在的主要问题”写着“同上”。", "The problems met read “同上”."),
    since="0.3.0",
)
_NONE = "无"


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per required text that has no content by the form's own list."""
    words = ctx.submission.form.no_reason
    for reading in ctx.own if words else ():
        raw, asked, names = reading.raw, _asked(ctx, reading), _names(ctx, reading)
        if reading.blank is not None or not (asked or names or reading.key.field == ctx.submission.form.name_field):
            continue
        text = plain_text(raw)
        if reading.item.max_length is not None and len(text) > reading.item.max_length:
            continue  # told as too long
        only_none = {c for c in text if c.isalnum()} == {_NONE}
        empty = asked and (isinstance(raw, bool) or not (only_none or is_reason(text, words)))
        long = reading.item.type == "longtext"
        own_name = reading.key.field == ctx.submission.form.name_field
        if empty or ((names or long or own_name) and _is_number(text)) or (long and _is_typed_blindly(text)):
            yield ctx.say(CARD, reading.ref, ctx.label(reading.key), {"there": Typed(text)}, stated=text)


def _names(ctx: RuleContext, reading: Reading) -> bool:
    """True for what an indicator is called and measured in: words, whether required or not."""
    of = ctx.submission.form.indicators_in(reading.key.field)
    return of is not None and reading.key.column in (of.name, of.unit) and isinstance(reading.raw, str | int | float)


def _is_number(text: str) -> bool:
    return any(map(str.isdigit, text)) and not any(c.isalpha() or c in "%‰℃㎡" for c in text)


def _is_typed_blindly(text: str) -> bool:
    """True for Latin letters alone, of which no sentence consists that a department writes."""
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and all(c.isascii() for c in letters)


def _asked(ctx: RuleContext, reading: Reading) -> bool:
    """True for a text that must be given here; persons and whose workbook it is aside: of them other rules speak."""
    sub, item, key = ctx.submission, reading.item, reading.key
    aside = (*sub.form.plausible.common.persons, sub.form.name_field)
    if item.type not in ("text", "longtext") or item.name in aside:
        return False
    if isinstance(item, m.Field):
        return needed(sub, item)
    return item.required and item.staff and applies(sub, sub.form.table(key.field), key.row, item)
