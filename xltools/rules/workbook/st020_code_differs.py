"""ST020: the department's code is not the one this workbook was made for."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.wording import quoted
from xltools.form.layout import Key
from xltools.intake.cells.written import plain_text
from xltools.rules.context import RuleContext

CARD = Card(
    code="ST020",
    level="confirm",
    name="部门编码与下发的工作簿不符",
    name_en="The code is not the one this workbook was sent to",
    what="填报的部门编码与下发这份工作簿时的部门编码是否一致。",
    why="借用了别的部门的工作簿，预填的核定数等就不是本部门的。",
    basis="财政部门下发表格时的预填数",
    fix="请改用下发给本部门的工作簿，或改正部门编码。",
    fix_en="Use the workbook sent to this department, or correct the code.",
    example="甲部门的工作簿转给乙部门填报。",
    says="部门编码填的是{there}，这份工作簿是下发给编码 {sent} 的部门的",
    says_en="the code is {there}, but this workbook was sent to the department of code {sent}",
)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield at most one finding; where the code itself was prefilled and locked, ST006 says it."""
    sub = ctx.submission
    name, sent = sub.form.code_field, sub.meta.get("code", "")
    reading = sub.readings.get(Key(name))
    now = "" if reading is None else plain_text(reading.raw)
    if sent and now and now != sent and name not in sub.prefilled and reading is not None:
        yield ctx.say(
            CARD, reading.ref, ctx.label(Key(name)), stated=now, expected=sent, there=quoted(now), sent=quoted(sent)
        )
