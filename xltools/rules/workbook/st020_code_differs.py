"""ST020: the department's code is not the one this workbook was made for."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.values import Quoted
from xltools.form.layout import Key
from xltools.intake.cells.written import plain_text
from xltools.intake.directory import plain_code
from xltools.rules.context import RuleContext

CARD = Card(
    code="ST020",
    level="confirm",
    name=Pair("部门编码与下发的工作簿不符", "The code is not the one this workbook was sent to"),
    what=Pair(
        "填报的部门编码与下发这份工作簿时的部门编码是否一致。",
        "Whether the department's code is the one this workbook was made for.",
    ),
    why=Pair(
        "借用了别的部门的工作簿，预填的核定数等就不是本部门的。",
        "In another department's workbook the prefilled figures are not this department's.",
    ),
    basis=Pair("财政部门下发表格时的预填数", "What the bureau prefilled when it sent the form."),
    says=Pair(
        "部门编码填的是{there}，这份工作簿是下发给编码 {sent} 的部门的",
        "the code is {there}, but this workbook was sent to the department of code {sent}",
    ),
    fix=Pair(
        "请改用下发给本部门的工作簿，或改正部门编码。", "Use the workbook sent to this department, or correct the code."
    ),
    example=Pair("甲部门的工作簿转给乙部门填报。", "Department B filled in the workbook of department A."),
    may_lead="confirm",
)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield at most one finding; where the code itself was prefilled and locked, ST006 says it."""
    sub = ctx.submission
    name, sent = sub.form.code_field, sub.meta.get("code", "")
    reading = sub.readings.get(Key(name))
    now = "" if reading is None else plain_text(reading.raw)
    if sent and now and plain_code(now) != plain_code(sent) and name not in sub.prefilled and reading is not None:
        yield ctx.say(
            CARD,
            reading.ref,
            ctx.label(Key(name)),
            {"there": Quoted(now), "sent": Quoted(sent)},
            stated=now,
            expected=sent,
        )
