"""下一步: the first sheet, which says in order what is to be done with this round."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xltools.findings.report import Checked
from xltools.form.address import quote_sheet
from xltools.review.decisions import SHEET as PROBLEMS
from xltools.review.decisions import VERDICT, WAIVE
from xltools.review.typed import MISSING_SHEET, gaps
from xltools.rules.registry import asks_password
from xltools.writing import styles
from xltools.writing.findings_book.contents import FindingsBook
from xltools.writing.findings_book.overview import SHEET as OVERVIEW
from xltools.writing.findings_book.overview import count_words
from xltools.writing.findings_book.table import Table, TableColumn
from xltools.writing.workbook import Writer, ensure

SHEET = "下一步"
FEW = 6
Step = tuple[str, str, str]
"""What is to be done, about whom, and the sheet to open."""


def write_next_steps(writer: Writer, book: FindingsBook) -> None:
    """Write the sheet; it is the one that opens."""
    columns = [
        TableColumn("顺序", 6, "unit"),
        TableColumn("要做的事", 74),
        TableColumn("涉及", 56),
        TableColumn("看哪张表", 12),
    ]
    table = Table(writer, SHEET, count_words(book), columns)
    for number, (what, who, sheet) in enumerate(_steps(book), start=1):
        link = f"internal:{quote_sheet(sheet)}!A1" if sheet else ""
        table.add({"顺序": number, "要做的事": what, "涉及": who, "看哪张表": sheet}, {"看哪张表": link})
    table.finish("没有要做的事")
    legend = "浅黄色的列由经办人填写；再次审核、仍输出到本文件时，所填内容自动保留。"
    look = writer.format(styles.ROLES["subtitle"])
    ensure(table.sheet.write_string(2, 0, legend, look), SHEET)
    table.sheet.activate()


def _steps(book: FindingsBook) -> Iterator[Step]:
    locked = [s for s in book.current if any(asks_password(f.code) for f in s.findings)]
    closed = [s for s in book.current if s.status == "unreadable" and s not in locked]
    if locked:
        yield (
            f"{len(locked)} 个文件设有打开密码：问到密码后写进密码文件再审一次，或请部门去掉密码重报。",
            _names(locked),
            OVERVIEW,
        )
    if closed:
        yield f"{len(closed)} 个文件打不开：请部门另存为 .xlsx 后重报。", _names(closed), OVERVIEW
    if unsure := book.undecided:
        yield (
            "同一部门报来几份不同的工作簿：与部门核实以哪一份为准，把其余的移出收件文件夹。",
            _names(unsure),
            "重复报送",
        )
    yield from _returns(book)
    open_ = sum(f.is_open and f.level != "notice" for _, f in book.problems)
    if open_:
        yield (
            f"不用部门改的问题：在“{PROBLEMS}”的“{VERDICT}”选“{WAIVE}”，写明理由和经办人（还有 {open_} 项错误和待核实没有了结）。",
            "",
            PROBLEMS,
        )
    unfinished = gaps(book.typed)
    if unfinished:
        yield f"{unfinished} 条处理意见没有写全（缺理由或经办人），还没有生效：请补全。", "", PROBLEMS
    waiting = [d.name for d in book.missing if d.code not in book.report.excused]
    if waiting:
        yield (
            f"催报：{len(waiting)} 个部门还没有报送（催报的话在“通知”最后一条）；确实不用报的写“免报”。",
            _listed(waiting),
            MISSING_SHEET,
        )
    yield _last(bool(open_ or waiting or locked or closed), book.in_round), "", ""


def _returns(book: FindingsBook) -> Iterator[Step]:
    back = [s for s in book.current if s.status in ("confirm", "failed")]
    copies = sum(s.file in book.returned for s in back)
    if back and copies:
        yield (
            f"把 {len(back)} 个部门的退回件和通知发回部门（退回件 {copies} 份，在“{OVERVIEW}”点“退回件”打开）。",
            _names(back),
            OVERVIEW,
        )
    elif back:
        yield (
            f"{len(back)} 个部门要改正或说明：加 --return 文件夹 再审一次，即生成退回件；通知已在“通知”表。",
            _names(back),
            "通知",
        )


def _last(more: bool, in_round: bool) -> str:
    if not more:
        return "全部收齐并通过：" + (
            "汇总.xlsx、领导版.xlsx、情况说明.docx 已经写好。" if in_round else "运行 xltools summary 生成汇总工作簿。"
        )
    if in_round:
        return "保存并关闭本文件；收到改好的报送件后放进“收件”（旧件不用删），再运行 xltools round next。"
    return "收到改好的报送件后放进收件文件夹（旧件不用删），用同一条命令再审，仍输出到本文件。"


def _names(found: Sequence[Checked]) -> str:
    return _listed([s.department or s.file.replace("\\", "/").rsplit("/", 1)[-1] for s in found])


def _listed(names: Sequence[str]) -> str:
    names = list(dict.fromkeys(names))
    return "、".join(names[:FEW]) + (f" 等 {len(names)} 个" if len(names) > FEW else "")
