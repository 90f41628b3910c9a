"""VA017: the figures of a text in the workbook contradict each other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.values import Joined, Quoted, Value
from xltools.form.layout import Key
from xltools.intake.submission import Reading
from xltools.rules.context import RuleContext

CARD = Card(
    code="VA017",
    level="confirm",
    name=Pair("填写的文字中数字自相矛盾", "Figures of a text that contradict each other"),
    what=Pair(
        "实际完成情况、偏差原因、自评说明等文字中的合计、占比、增减率、完成率，与同一段文字写明的数字是否相符；一行里分列的几个数，加起来是不是本行的实际完成值；写的扣分是不是本行少得的分。",
        "Whether sums, shares, growth and completion in texts (what was achieved, reasons, remarks) follow from the figures of the same text; whether the figures that a row's text lists add up to its actual; whether the points it says were taken off are those it lacks.",
    ),
    why=Pair(
        "文字里的数字互相决定，不符说明有一个写错。",
        "The figures of a text determine each other; one of them is wrong.",
    ),
    basis=Pair("填报内容自身写明的数字", "The figures that the text itself states."),
    says=Pair(
        "{label}中{there}与所写数字不符（{sources}）{right}",
        "{label}: {there} does not follow from {sources}{right}",
    ),
    fix=Pair("请核对这几个数，改正写错的一个。", "Correct the wrong one."),
    example=Pair(
        "“培训 400 人，其中女性 450 人”。",
        "“培训 400 人，其中女性 450 人”.",
    ),
)
_WORTH_READING = re.compile(r"\d[^\d]{1,40}\d")
_WHY = {
    "nothing": Pair("：基数为 0 没有比率，有支出也不会是 0%", ": there is no rate of 0, nor 0 % where money was spent"),
    "above": Pair("：这样的比率不会大于 100%", ": such a rate is never above 100 %"),
}
_ADDED = Pair("：加起来是 {sum}", ": they add up to {sum}")
_LOST = Pair("：本行少得 {lost} 分", ": the row lacks {lost} points")
_OFF = re.compile(r"(?<![不未免])扣(?:除|减|了|掉|去)?\s*(\d{1,3}(?:\.\d{1,2})?)\s*分(?!之)")
_BY_RULE = re.compile(r"每|按.{0,12}扣|标准|规定|最多|上限|应扣|酌情|以上|不超过")
_POINT = 0.005
_RIGHT = Pair("，应为 {right}", ", it should be {right}")


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per contradiction; a text with fewer than two figures is not read."""
    for reading in ctx.own:
        raw = reading.raw
        if not isinstance(raw, str) or reading.item.numeric or reading.item.choices:
            continue
        if reading.key.row >= 0 and "扣" in raw:
            yield from _points_off(ctx, reading, raw)
        if not _WORTH_READING.search(raw):
            continue
        yield from _contradictions(ctx, reading, raw)


def _contradictions(ctx: RuleContext, reading: Reading, raw: str) -> Iterator[Finding]:
    """Read a text as a narrative's sentences are read, and as a list with its total."""
    from xltools.intake.narrative.facts.figures import Line, read_passages  # most workbooks need none of it
    from xltools.rules.arithmetic.check import contradictions
    from xltools.rules.workbook.listed_sums import listed_sums

    def say(quote: str, sources: tuple[str, ...], right: Pair | str) -> dict[str, Value]:
        return {"there": Quoted(quote), "sources": Joined(sources), "right": right}

    found, label = contradictions(read_passages(map(Line, raw.splitlines()))), ctx.label(reading.key)
    for one in found:
        right = _WHY.get(one.reason) or (_RIGHT.format(right=one.recomputed) if one.recomputed else "")
        values = say(one.quote, tuple(s.text for s in one.sources), right)
        expected = one.recomputed or None
        yield ctx.say(CARD, reading.ref, label, values, level=one.level, stated=one.stated, expected=expected)
    told = {one.stated for one in found}
    for total in listed_sums(raw):
        if total.total not in told:
            values = say(total.quote, total.parts, _RIGHT.format(right=total.right))
            yield ctx.say(CARD, reading.ref, label, values, stated=total.total, expected=total.right)
    yield from _beside_its_row(ctx, reading, raw)


def _points_off(ctx: RuleContext, reading: Reading, raw: str) -> Iterator[Finding]:
    """Hold the points that a row's text says were taken off against those that its score lacks."""
    table = next((t for t in ctx.submission.form.tables if t.name == reading.key.field), None)
    told = [float(found) for found in _OFF.findall(raw)] if table and not _BY_RULE.search(raw) else []
    if not told or table is None or not table.score_column or not table.weight_column:
        return
    score = ctx.submission.readings.get(Key(table.name, reading.key.row, table.score_column))
    weight = table.rows[reading.key.row].get(table.weight_column) if table.is_fixed else None
    if score is None or not isinstance(score.value, int | float) or not isinstance(weight, int | float):
        return
    lost = round(weight - score.value, 6)
    if all(abs(lost - points) > _POINT for points in (*told, sum(told))):
        label = ctx.label(score.key)
        beside = Pair(f"{label.zh} {score.value:g}", f"{label.en} {score.value:g}")
        values: dict[str, Value] = {
            "there": Quoted("、".join(m.group() for m in _OFF.finditer(raw))),
            "sources": beside,
            "right": _LOST.format(lost=f"{lost:g}"),
        }
        yield ctx.say(CARD, reading.ref, ctx.label(reading.key), values, stated=sum(told), expected=lost)


def _beside_its_row(ctx: RuleContext, reading: Reading, raw: str) -> Iterator[Finding]:
    """Hold the list in a row's text against the actual of that row: it may be meant as its parts."""
    from xltools.rules.workbook.listed_sums import nearly_made

    of = ctx.submission.form.indicators_in(reading.key.field)
    actual = None if of is None else ctx.submission.readings.get(Key(of.table, reading.key.row, of.actual))
    if actual is None or type(actual.value) not in (int, float):
        return
    assert isinstance(actual.value, int | float)
    made = nearly_made(raw, actual.value)
    if made is not None:
        stated = ctx.label(actual.key)
        beside = Pair(f"{stated.zh} {actual.value:g}", f"{stated.en} {actual.value:g}")
        values: dict[str, Value] = {
            "there": Quoted(made.quote),
            "sources": beside,
            "right": _ADDED.format(sum=made.right),
        }
        yield ctx.say(
            CARD, reading.ref, ctx.label(reading.key), values, level="notice", stated=made.quote, expected=made.right
        )
