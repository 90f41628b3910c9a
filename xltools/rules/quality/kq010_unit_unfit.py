"""KQ010: the unit is not one of what the name measures."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.rules.quality.context import QualityContext

CARD = Card(
    code="KQ010",
    level="notice",
    name=Pair("计量单位与指标名称不符", "A unit that does not fit the name"),
    what=Pair(
        "名称说的是人数、面积、比率……，单位是否是另一类的（如面积用公里）。",
        "Whether the name speaks of persons, area or a share and the unit is one of another kind (an area in kilometres).",
    ),
    why=Pair(
        "单位与名称不是一回事，目标值的意思就变了。",
        "Where name and unit are of two kinds, the target means something else.",
    ),
    basis=Pair(
        "绩效目标审核通行做法；用词见 workbook_templates/indicators.toml",
        "Common practice in reviewing objectives; the words stand in workbook_templates/indicators.toml.",
    ),
    says=Pair(
        "{label}是“{unit}”，与名称中的“{word}”不符",
        "{label} is “{unit}”, which does not fit “{word}” in the name",
    ),
    fix=Pair(
        "请改正单位；单位无误的，请改正名称。",
        "Correct the unit, or the name where the unit is right.",
    ),
    example=Pair(
        "“整治背街小巷面积”的单位写“公里”。",
        "The unit of “整治背街小巷面积” is “公里”.",
    ),
    since="0.3.0",
)


def find(ctx: QualityContext) -> Iterator[Finding]:
    """Yield one finding per such row; a unit that is not known says nothing."""
    words = ctx.words
    for row in ctx.counted:
        fitting, kind = words.kinds_for(row.head), words.unit_kind(row.unit)
        if fitting and kind and kind not in fitting:
            word = max((end for m in words.measure for end in m.ends if row.head.endswith(end)), key=len)
            yield ctx.say(CARD, row, "unit", {"unit": row.unit, "word": word})
