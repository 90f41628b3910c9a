"""VA022: a reason that only repeats what was asked, or that could be given for anything."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.form import model as m
from xltools.form.states import is_reason
from xltools.intake.cells.written import core
from xltools.intake.submission import Reading
from xltools.rules.context import RuleContext

CARD = Card(
    code="VA022",
    level="notice",
    name=Pair("说明没有写出原因", "A reason that gives none"),
    what=Pair(
        "核实说明、偏差原因、扣分原因一类的说明，是否只是照抄了审核内容或改正提示，或只写了“其他原因”“客观原因”一类的空话。",
        "Whether a reason is more than a copy of the rule's own words or advice, or than “其他原因” and the like.",
    ),
    why=Pair("照抄的话和空话没有说明原因。", "A copied or empty sentence gives no reason."),
    basis=Pair("基层报表审核通行做法", "Common practice in reviewing basic-level reports."),
    says=Pair("{label}{what}，没有说明原因", "{label} {what} and gives no reason"),
    fix=Pair("请写明实际原因。", "Give the actual reason."),
    example=Pair("核实说明写着“支出率低于 90% 时说明原因”。", "The reason reads “支出率低于 90% 时说明原因”."),
    since="0.3.0",
)
_COPIED = Pair("照抄了 {rule} 的原话", "repeats the words of {rule}")
_VAGUE = Pair("只写了“{there}”", "holds only “{there}”")
_LEAST, _ALIKE = 6, 0.85
"""Characters below which texts agree by chance, and how alike a copied one is."""


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per reason that is the words of a rule it answers."""
    form = ctx.submission.form
    explained = {m.explanation_name(r.code): (r,) for r in form.rules}
    for reading in ctx.own:
        rules = explained.get(reading.key.field, ()) if reading.key.row < 0 else _rules_of(form, reading)
        if not rules or not isinstance(reading.raw, str) or not is_reason(reading.raw, form.no_reason):
            continue
        text = core(reading.raw)
        copied = next((r for r in rules if len(text) >= _LEAST and _copies(text, r)), None)
        if copied is not None:
            what = _COPIED.format(rule=copied.code)
        elif text in form.plausible.common.vague:
            what = _VAGUE.format(there=reading.raw.strip())
        else:
            continue
        yield ctx.say(CARD, reading.ref, ctx.label(reading.key), {"what": what}, stated=reading.raw)


def _rules_of(form: m.Form, reading: Reading) -> tuple[m.Rule, ...]:
    """Return the rules that a row's reason answers."""
    table = form.table(reading.key.field)
    own = [r for r in form.rules if r.table == table.name and r.level != "notice"]
    return tuple(r for r in own if reading.key.column in (table.reason_column, r.given))


@lru_cache(maxsize=512)  # the same in workbook after workbook
def _words(*said: str) -> tuple[str, ...]:
    """Return what a rule says, whole and sentence by sentence, where it is long enough to be copied."""
    parts = (part for words in said for part in (words, *words.replace("；", "。").split("。")))
    return tuple(words for part in parts if len(words := core(part)) >= _LEAST)


def _copies(text: str, rule: m.Rule) -> bool:
    said = _words(rule.words, rule.name, rule.fix, rule.says.format(left="", right=""))
    return any(_same(text, words) for words in said)


def _same(text: str, words: str) -> bool:
    if text in words:
        return True
    if 2 * min(len(text), len(words)) < _ALIKE * (len(text) + len(words)):  # too unlike in length for any ratio
        return False
    matcher = SequenceMatcher(None, text, words, autojunk=False)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE
