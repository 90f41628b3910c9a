"""BT003: a department that the roster does not know."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.rules.batch.context import BatchContext, Placed, about

CARD = Card(
    code="BT003",
    level="error",
    name=Pair("名册中没有这个部门", "A department the roster does not know"),
    what=Pair("报送件的部门编码（或名称）是否在名册中。", "Whether the submission's code (or name) is in the roster."),
    why=Pair("编码填错会使汇总重复或漏掉部门。", "With a wrong code a department is counted twice or not at all."),
    basis=Pair("名册与报送件对照", "The roster against the submissions."),
    says=Pair("没有编码为“{code}”的部门", "there is no department with code “{code}”"),
    says_coordinator=Pair("名册中没有编码为“{code}”的部门", "the roster has no department with code “{code}”"),
    fix=Pair(
        "请核对部门编码和部门名称；确认无误的，请与财政部门联系。",
        "Check the code and the name; tell the bureau if they are right.",
    ),
    fix_coordinator=Pair(
        "请核对部门编码；确为新增部门的，先补入名册。", "Check the code; add the department to the roster if it is new."
    ),
    example=Pair("编码 101010 填成 101001。", "101001 instead of 101010."),
)


def find(ctx: BatchContext) -> Iterator[Placed]:
    """Yield one finding per workbook that is nobody's of the roster."""
    for checked in ctx.read if ctx.roster is not None else ():
        if ctx.line(checked) is None:
            yield checked, about(checked, CARD, {"code": checked.code or checked.department})
