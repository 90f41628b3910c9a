"""IN012: macros, links to the outside and other content that could act; reported, never followed."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import EMPTY, Pair, same
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.form.address import Ref, parse_a1
from xltools.rules.context import RuleContext

CARD = Card(
    code="IN012",
    level="confirm",
    name=Pair("含有可能自动运行或指向外部的内容", "Active content"),
    what=Pair("含有可能自动运行或指向外部的内容。", "Active content."),
    why=Pair(
        "下发的表格里没有这些内容；宏和外部链接可能改数，也可能是恶意的。",
        "The form that was sent has nothing of the kind; macros and links can change figures and may be malicious.",
    ),
    basis=Pair("本程序的读取范围，见 docs/limits.md", "What this program reads: docs/limits.md."),
    says=Pair("工作簿里有{what}：{where}", "the workbook holds {what}: {where}"),
    fix=Pair(
        "请核实这些内容的来历，改用下发的表格重报。",
        "Find out where it comes from, and report in the workbook that was sent.",
    ),
    fix_coordinator=Pair(
        "本程序没有运行或打开它，也不会带入输出文件；请与部门核实来历，并请用下发的表格重报。",
        "It was neither run nor followed, and is in no output; ask the department where it comes from.",
    ),
    example=Pair(
        "工作簿里带了宏，或有指向本机其他文件的链接。",
        "The workbook holds macros, or links to other files of a computer.",
    ),
)
MANY = 20
"""Findings of one kind said one by one."""

_WORDS = {
    "macros": Pair("宏（VBA）", "macros (VBA)"),
    "macrosheet": Pair("宏表（Excel 4.0）", "a macro sheet (Excel 4.0)"),
    "activex": Pair("ActiveX 控件", "an ActiveX control"),
    "embedding": Pair("嵌入的对象", "an embedded object"),
    "query_table": Pair("外部数据查询", "an outside query"),
    "connection": Pair("外部数据连接（含 Power Query）", "a data connection (Power Query)"),
    "custom_ui": Pair("自定义的菜单", "a custom menu"),
    "external_link": Pair("引用其他工作簿的链接", "a link to another workbook"),
    "dde": Pair("DDE 链接（可运行程序）", "a DDE link, which can run programs"),
    "ole_link": Pair("OLE 链接", "an OLE link"),
    "file_link": Pair("指向文件的超链接", "a hyperlink to a file"),
    "very_hidden": Pair("菜单里看不到的隐藏工作表", "a sheet hidden from the menu"),
}


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding for each thing found, at its cell where it has one; the twenty-first of a kind ends the list."""
    said: dict[str, int] = {}
    for kind, where in dict.fromkeys(ctx.submission.active):
        said[kind] = said.get(kind, 0) + 1
        if said[kind] > MANY:
            continue
        what = _WORDS.get(kind, same(kind))
        yield ctx.say(CARD, _place(kind, where), EMPTY, {"what": what, "where": " ".join(where.split())[:200] or "—"})


def _place(kind: str, where: str) -> Ref:
    """The cell a hyperlink stands in, the sheet that is hidden, else the workbook."""
    if kind == "very_hidden":
        return Ref(where, 0, 0)
    sheet, mark, rest = where.partition("!")
    cell = parse_a1(rest.partition(" ")[0].partition(":")[0]) if kind == "file_link" and mark else None
    return Ref(sheet, *cell) if cell is not None else Ref("", 0, 0)
