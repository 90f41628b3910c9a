"""KQ012: indicators are literally those of another department."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.report import Checked
from xltools.findings.values import FileName, Quoted
from xltools.rules.batch.context import BatchContext, Placed
from xltools.rules.batch.likeness import SHARE, alike

CARD = Card(
    code="KQ012",
    level="notice",
    name=Pair("指标与别的部门逐字相同", "Indicators copied from another department"),
    what=Pair(
        "有没有几个指标的名称、单位、目标和完成值与另一部门完全相同，而其他部门没有。",
        "Whether several indicators have name, unit, target and result of another department's and of no third one's.",
    ),
    why=Pair(
        "各部门职责不同，指标逐字相同多半是照抄，没有改成本部门的。",
        "Departments differ in their tasks; indicators that agree to the letter were mostly copied and not made one's own.",
    ),
    basis=Pair("整批对照", "The batch compared with itself."),
    says=Pair(
        "{count} 个指标与 {others} 逐字相同，如{there}",
        "{count} indicators are those of {others} to the letter, like {there}",
    ),
    fix=Pair(
        "请改为本部门自己的指标；确有共同任务的请说明。",
        "Make them this department's own, or explain the common task.",
    ),
    example=Pair(
        "水务局的指标里有“小学生资助人数”，与教育局的一字不差。",
        "The water bureau's “小学生资助人数” is the education bureau's to the letter.",
    ),
    since="0.3.0",
)
_CROWD = 2
"""What more departments share is a common indicator, not a copied one."""
_LONG = 6
"""A name must have so many characters to be somebody's own."""
_ENOUGH = 2
"""So many rows alike are no chance; one is not."""

Line = tuple[str, str, str, float | None, float | None]


def find(ctx: BatchContext) -> Iterator[Placed]:
    """Yield a finding at both of two departments (one form) that share rows which no third one has."""
    read = [c for c in ctx.read if c.traits is not None and not c.superseded]
    owners: dict[tuple[str, Line], dict[str, Checked]] = {}
    for checked in read:
        for line in _lines(checked):
            owners.setdefault((checked.form, line), {}).setdefault(checked.owner, checked)
    shared: dict[tuple[int, int], list[Line]] = {}
    index = {id(checked): number for number, checked in enumerate(read)}
    for (_, line), holders in owners.items():
        if len(holders) == _CROWD:
            one, other = sorted(index[id(c)] for c in holders.values())
            shared.setdefault((one, other), []).append(line)
    for (one, other), lines in sorted(shared.items()):
        if len(lines) >= _ENOUGH and alike(read[one], read[other]) < SHARE:
            yield read[one], _said(read[one], read[other], lines)
            yield read[other], _said(read[other], read[one], lines)


def _lines(checked: Checked) -> Iterator[Line]:
    """Yield the rows whose figures are somebody's own: what was met exactly, everybody may have met."""
    assert checked.traits is not None
    for line in checked.traits.indicators:
        if len(line.name) >= _LONG and line.target != line.actual:
            yield line.name, line.unit, line.direction, line.target, line.actual


def _said(checked: Checked, twin: Checked, lines: list[Line]) -> Finding:
    assert checked.traits is not None
    first = next(line for line in checked.traits.indicators if line.name == lines[0][0])
    name = twin.department or FileName(twin.file)
    return Finding(
        code=CARD.code,
        level=CARD.level,
        file=checked.file,
        department=checked.department,
        sheet=first.sheet,
        cell=first.cell,
        values={"count": len(lines), "others": name, "there": Quoted(first.name)},
        stated=first.name,
    )
