"""ST006: a value that the bureau prefilled and locked was changed."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.form.layout import Key
from xltools.intake.written import plain_text
from xltools.review.cards import Card
from xltools.review.examined import Examined
from xltools.review.findings import Finding
from xltools.review.words import quoted

CARD = Card(
    code="ST006",
    level="confirm",
    name="财政部门预填的内容被改动",
    name_en="A prefilled value was changed",
    what="由财政部门预先填好并锁定的内容（部门名称、编码、核定数等）是否被改动。",
    why="预填数以财政部门的为准，改动后各表无法对上。",
    basis="财政部门下发表格时的预填数",
    fix="请恢复为预填的内容；对预填数有疑问请联系财政部门。",
    fix_en="Put the prefilled value back, or ask the bureau.",
    example="“财政核定全年预算数”预填 2,282.21，被改成 2,180.24。",
    says="{label}由财政部门预填为 {sent}，现为 {there}",
    says_en="{label} was prefilled as {sent}, it is now {there}",
)


def find(it: Examined) -> Iterator[Finding]:
    """Yield one finding per prefilled field that no longer holds what was sent."""
    for name, sent in it.submission.prefilled.items():
        key = Key(name)
        if key not in it.submission.layout.cells:
            continue
        reading = it.submission.readings.get(key)
        now = "" if reading is None else plain_text(reading.raw)
        if now == sent or _same_number(now, sent):
            continue
        ref = it.submission.where.get(key) or it.submission.locate(it.submission.layout.cells[key])
        yield it.say(
            CARD, ref, it.label(key), stated=now, expected=sent, there=quoted(now) if now else "空", sent=quoted(sent)
        )


def _same_number(now: str, sent: str) -> bool:
    try:
        return abs(float(now) - float(sent)) < 1e-9
    except ValueError:
        return False
