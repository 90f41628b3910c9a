"""BT006: departments of different names use one code."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.report import Checked
from xltools.findings.values import Joined
from xltools.rules.batch.context import BatchContext, Placed, about

CARD = Card(
    code="BT006",
    level="error",
    name=Pair("两个部门用了同一编码", "Two departments under one code"),
    what=Pair("不同名称的部门是否用了同一个部门编码。", "Whether departments of different names use one code."),
    why=Pair(
        "同一编码会被当成同一部门，汇总时互相覆盖。",
        "One code is taken for one department, so that they overwrite each other in a summary.",
    ),
    basis=Pair("名册与报送件对照", "The roster against the submissions."),
    says=Pair("编码 {code} 也是 {others} 使用的", "code {code} is also used by {others}"),
    fix=Pair("请核对部门编码，填错的请改正。", "Check the code and correct it if it is wrong."),
    fix_coordinator=Pair("请核对部门编码，改正用错的一份。", "Check the codes and correct the wrong one."),
    example=Pair("农业局和水务局的编码都填成 101002。", "Agriculture and water both entered 101002."),
)


def find(ctx: BatchContext) -> Iterator[Placed]:
    """Yield one finding at every workbook whose code other departments use too."""
    by_code: dict[tuple[str, str], dict[str, list[Checked]]] = {}
    for checked in ctx.read:
        if checked.code and checked.department:
            by_code.setdefault((checked.form, checked.code), {}).setdefault(checked.owner, []).append(checked)
    for (_, code), owners in by_code.items():
        for owner, own in owners.items() if len(owners) > 1 else ():
            others = Joined(tuple(theirs[0].department for other, theirs in owners.items() if other != owner))
            for checked in own:
                yield checked, about(checked, CARD, {"code": code, "others": others})
