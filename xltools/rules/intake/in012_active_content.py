"""IN012: macros, links to the outside and other content that could act; reported, never followed."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.findings.finding import Finding
from xltools.form.address import Ref, parse_a1
from xltools.rules.context import RuleContext
from xltools.rules.intake.cards import ACTIVE

CARD = ACTIVE
MANY = 20
"""Findings of one kind said one by one."""

_WORDS = {
    "macros": ("宏（VBA）", "macros (VBA)"),
    "macrosheet": ("宏表（Excel 4.0）", "a macro sheet (Excel 4.0)"),
    "activex": ("ActiveX 控件", "an ActiveX control"),
    "embedding": ("嵌入的对象", "an embedded object"),
    "query_table": ("外部数据查询", "an outside query"),
    "connection": ("外部数据连接（含 Power Query）", "a data connection (Power Query)"),
    "custom_ui": ("自定义的菜单", "a custom menu"),
    "external_link": ("引用其他工作簿的链接", "a link to another workbook"),
    "dde": ("DDE 链接（可运行程序）", "a DDE link, which can run programs"),
    "ole_link": ("OLE 链接", "an OLE link"),
    "file_link": ("指向文件的超链接", "a hyperlink to a file"),
    "very_hidden": ("菜单里看不到的隐藏工作表", "a sheet hidden from the menu"),
}


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding for each thing found, at its cell where it has one; the twenty-first of a kind ends the list."""
    said: dict[str, int] = {}
    for kind, where in dict.fromkeys(ctx.submission.active):
        said[kind] = said.get(kind, 0) + 1
        if said[kind] > MANY:
            continue
        what = _WORDS.get(kind, (kind, kind))[ctx.lang == "en"]
        yield ctx.say(CARD, _place(kind, where), "", what=what, where=" ".join(where.split())[:200] or "—")


def _place(kind: str, where: str) -> Ref:
    """The cell a hyperlink stands in, the sheet that is hidden, else the workbook."""
    if kind == "very_hidden":
        return Ref(where, 0, 0)
    sheet, mark, rest = where.partition("!")
    cell = parse_a1(rest.partition(" ")[0].partition(":")[0]) if kind == "file_link" and mark else None
    return Ref(sheet, *cell) if cell is not None else Ref("", 0, 0)
