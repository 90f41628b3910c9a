"""BT016: the file's name is another department's."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.values import FileName, Value
from xltools.intake.files.names import name_of
from xltools.rules.batch.context import BatchContext, Placed, about

CARD = Card(
    code="BT016",
    level="notice",
    name=Pair("文件名是别的部门的", "The file is named after another department"),
    what=Pair(
        "文件名里的部门名称、编码与表内填的部门是否是同一个。",
        "Whether the department in the file's name is the one that the workbook names.",
    ),
    why=Pair(
        "文件名写着别的部门，可能发错了附件，或存错了名。",
        "A file named after another department may be the wrong attachment, or saved under the wrong name.",
    ),
    basis=Pair("名册与报送件对照", "The roster against the submissions."),
    says=Pair(
        "文件名 {file} 写的是 {other}，与表内的 {own} 不一致",
        "the file's name {file} says {other}, the workbook {own}",
    ),
    fix=Pair("请核对是不是本部门的表。", "Make sure it is the right workbook."),
    example=Pair(
        "文件名是“401000_城市更新局”，表内是档案馆。", "The file is named after one office, the workbook is another's."
    ),
    since="0.3.0",
)
_SHORTEST = 3
"""A name shorter than this is too likely to stand in a file's name by chance."""


def find(ctx: BatchContext) -> Iterator[Placed]:
    """Yield one finding per workbook whose file's name has another department's code and name and not its own's."""
    for checked in ctx.read if ctx.roster is not None else ():
        line = ctx.line(checked)
        if line is None or ctx.roster is None:
            continue
        name = name_of(checked.file)
        if line.name in name or line.code in name or checked.department in name:
            continue
        others = [d for d in ctx.roster.departments if len(d.name) >= _SHORTEST and d.name in name]
        if len(others) == 1 and others[0].code != line.code:
            values: dict[str, Value] = {"file": FileName(checked.file), "other": others[0].name, "own": line.name}
            yield checked, about(checked, CARD, values)
