"""ST006: a value that the bureau prefilled and locked was changed."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.values import Figure, Quoted
from xltools.form.layout import Key
from xltools.intake.cells.written import plain_text
from xltools.rules.context import RuleContext

CARD = Card(
    code="ST006",
    level="confirm",
    name=Pair("财政部门预填的内容被改动", "A prefilled value was changed"),
    what=Pair(
        "由财政部门预先填好并锁定的内容（部门名称、编码、核定数等）是否被改动。",
        "Whether what the bureau prefilled and locked (name, code, approved figures) was changed.",
    ),
    why=Pair(
        "预填数以财政部门的为准，改动后各表无法对上。",
        "The bureau's figures count; once they are changed the workbooks no longer agree with each other.",
    ),
    basis=Pair("财政部门下发表格时的预填数", "What the bureau prefilled when it sent the form."),
    says=Pair("{label}由财政部门预填为 {sent}，现为 {there}", "{label} was prefilled as {sent}, it is now {there}"),
    fix=Pair("请恢复为预填的内容；对预填数有疑问请联系财政部门。", "Put the prefilled value back, or ask the bureau."),
    fix_coordinator=Pair(
        "请部门恢复为预填的内容；预填数本身有误的，请改名册。",
        "Let the department put it back; correct the roster where the prefilled value is wrong.",
    ),
    example=Pair(
        "“财政核定全年预算数”预填 2,282.21，被改成 2,180.24。",
        "The approved budget was prefilled as 2,282.21 and changed to 2,180.24.",
    ),
    may_lead="confirm",
)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per prefilled field that no longer holds what was sent."""
    for name, sent in ctx.submission.prefilled.items():
        key = Key(name)
        if key not in ctx.submission.layout.cells:
            continue
        reading = ctx.submission.readings.get(key)
        now = "" if reading is None else plain_text(reading.raw)
        if now == sent or _same_number(now, sent):
            continue
        ref = ctx.submission.where.get(key) or ctx.submission.locate(ctx.submission.layout.cells[key])
        yield ctx.say(
            CARD,
            ref,
            ctx.label(key),
            {"there": Figure(now), "sent": Quoted(sent)},
            stated=now,
            expected=sent,
        )


def _same_number(now: str, sent: str) -> bool:
    try:
        return abs(float(now) - float(sent)) < 1e-9
    except ValueError:
        return False
