"""VA020: a person or a telephone number that is only put there to fill the cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import normalize

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.values import Typed, Value
from xltools.form.layout import Key
from xltools.form.states import is_reason
from xltools.intake.cells.written import NOTHING_WORDS, plain_text
from xltools.rules.context import RuleContext
from xltools.rules.requirements import needed

CARD = Card(
    code="VA020",
    level="error",
    name=Pair("姓名、电话没有写明", "No real name or telephone number"),
    what=Pair(
        "填报人、负责人、联系电话是否只填了“/”“无”“1”一类的内容，姓名是否填成了单位名称。",
        "Whether persons and telephone numbers are more than “/”, “无” or “1”, and a person not the department.",
    ),
    why=Pair("有问题时找不到人。", "Nobody can be asked."),
    basis=Pair("填表说明：必填项", "The form's instructions: required inputs."),
    says=Pair("{label}填的是{there}，{what}", "{label} holds {there}, {what}"),
    fix=Pair("请填写真实的姓名或电话。", "Enter the real name or number."),
    example=Pair("负责人填“/”，电话填“1”。", "The head is “/”, the number “1”."),
    since="0.3.0",
)
_LEAST_DIGITS, _LEAST_WORDS = 3, 3
_MOBILE, _MOBILE_DIGITS = re.compile(r"1[3-9]\d{7,}"), 11
_SHORTENED = re.compile(r"\d(?:\.\d+)?[eEｅＥ][+＋]?\d{1,2}")
_NOTHING = Pair("等于没有填写", "which tells nothing")
_OFFICE = Pair("是单位名称，不是姓名", "the department's name, not a person's")
_DIGITS = Pair(
    "像是手机号，但有 {count} 位，手机号是 11 位", "a mobile number it seems, of {count} digits instead of 11"
)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per required person or number that is none."""
    sub = ctx.submission
    for item in sub.form.fields:
        person = item.name in sub.form.plausible.common.persons
        if not person and item.type != "phone":
            continue
        reading = sub.readings.get(Key(item.name))
        if reading is None or reading.blank is not None or reading.problem is not None or not needed(sub, item):
            continue
        text = plain_text(reading.raw).strip()
        if item.max_length is not None and len(text) > item.max_length:
            continue  # told as too long
        words = (*sub.form.no_reason, *NOTHING_WORDS)
        if not (_is_name(text, words) if person else _is_number(text)):
            level, what = CARD.level if person or not _says_why(text, words) else "notice", _NOTHING
        elif not person and _MOBILE.fullmatch(text) and len(text) != _MOBILE_DIGITS:
            level, what = "notice", _DIGITS.format(count=len(text))
        elif person and text == sub.department:
            level, what = "notice", _OFFICE
        else:
            continue
        values: dict[str, Value] = {"there": Typed(text), "what": what}
        yield ctx.say(CARD, reading.ref, ctx.label(reading.key), values, level=level, stated=text)


def _says_why(text: str, words: tuple[str, ...]) -> bool:
    """True for words that tell where the number is, or why there is none: nobody typed them to fill the cell."""
    return _says_something(text, words) and sum(c.isalpha() for c in text) >= _LEAST_WORDS


def _is_name(text: str, words: tuple[str, ...]) -> bool:
    return _says_something(text, words) and any(map(str.isalpha, text))


def _says_something(text: str, words: tuple[str, ...]) -> bool:
    """Ask of a name what the form asks of a reason; its writing (full width, capitals) aside."""
    plain = normalize("NFKC", text).strip().lower()
    return is_reason(plain, words) and len(set(filter(str.isalnum, plain))) > 1


def _is_number(text: str) -> bool:
    digits = [c for c in text if c.isdigit()]
    if _SHORTENED.fullmatch(text):
        return False  # 1.38E+10: its last digits are gone
    return len(digits) >= _LEAST_DIGITS and not (len(set(digits)) == 1 and digits[0] in "01")
