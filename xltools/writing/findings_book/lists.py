"""未报送, 重复报送, 通知, 说明, and 来源和规则 to look things up in."""

from __future__ import annotations

from xltools import __version__
from xltools.findings.finding import NotEvaluated
from xltools.form.model import LEVEL_WORDS
from xltools.review.decisions import DEPARTMENT, NAME, REASON, VERDICT
from xltools.review.typed import CONTACT, MISSING_SHEET, NO_NEED, TypedMissing
from xltools.rules.registry import about_copies
from xltools.writing.findings_book.contents import FindingsBook
from xltools.writing.findings_book.overview import file_words, who_cells, who_columns
from xltools.writing.findings_book.table import Table, TableColumn
from xltools.writing.rounds import round_words
from xltools.writing.workbook import Writer

FEW = 5
PENDING = "● 待定"


def write_missing(writer: Writer, book: FindingsBook) -> None:
    """Write 未报送: whom to ask, what was heard, and who need not report."""
    columns = [
        TableColumn(DEPARTMENT, 12),
        TableColumn("部门", 30),
        *who_columns(book),
        TableColumn(CONTACT, 34, "input"),
        TableColumn(VERDICT, 9, "input"),
        TableColumn(REASON, 24, "input"),
        TableColumn(NAME, 10, "input"),
    ]
    note = f"名册中没有报送的部门：{len(book.missing)} 个。确实不用报的，“{VERDICT}”选“{NO_NEED}”并写明理由和经办人；所填内容下次审核自动保留。"
    table = Table(writer, MISSING_SHEET, note, columns)
    known = {d.code for d in book.missing}
    for line in book.missing:
        own = book.typed.missing.get(line.code, TypedMissing())
        typed = {CONTACT: own.contact, VERDICT: own.verdict, REASON: own.reason, NAME: own.name}
        table.add({DEPARTMENT: line.code, "部门": line.name, **who_cells(book, line), **typed})
    for code, own in book.typed.missing.items():
        if code not in known:
            words = f"{own.contact}（这次已收到，或已不在名册）".strip()
            table.add({DEPARTMENT: code, CONTACT: words, VERDICT: own.verdict, REASON: own.reason, NAME: own.name})
    table.choose(VERDICT, (NO_NEED,))
    table.finish("没有")


def write_copies(writer: Writer, book: FindingsBook) -> None:
    """Write 重复报送: every file of the departments that sent several, and which one counts."""
    columns = [
        TableColumn(DEPARTMENT, 12),
        TableColumn("部门", 28),
        TableColumn("轮次", 8, "unit"),
        TableColumn("取舍", 12, "unit"),
        TableColumn("文件", 44),
        TableColumn("情况", 70),
    ]
    table = Table(
        writer,
        "重复报送",
        "同一部门报来多份工作簿的，逐份列出；被代替的旧件只列在这里，不计数，也不出现在其他表里",
        columns,
    )
    open_ = {s.file: s for s in book.undecided}
    for checked in book.in_order:
        said = [book.wording.message(f) for f in checked.findings if about_copies(f.code)]
        if not (checked.superseded or said):
            continue
        best = open_.get(checked.superseded or checked.file)
        if best is not None and (checked is best or (checked.round == best.round and checked.sha256 != best.sha256)):
            state, words = PENDING, [f"先按“{file_words(best.file, 60)}”审核；请与部门核实以哪一份为准"]
        elif checked.superseded:
            state, words = "● 已被代替", [f"以“{file_words(checked.superseded, 60)}”为准"]
        else:
            state, words = "√ 现行", said
        cells = {
            DEPARTMENT: checked.code,
            "部门": checked.department,
            "轮次": round_words(checked.round),
            "取舍": state,
        }
        table.add(
            {**cells, "文件": file_words(checked.file, 42), "情况": "\n".join(words)},
            {"文件": book.link(book.paths.get(checked.file))},
        )
    table.mark("取舍")
    table.finish("没有")


def write_notices(writer: Writer, book: FindingsBook) -> None:
    """Write 通知: the texts to send, each in rows that fit on a page."""
    columns = [TableColumn(DEPARTMENT, 12), TableColumn("部门", 24), TableColumn("通知（可复制到 OA 或聊天窗口）", 110)]
    table = Table(writer, "通知", "每个部门一条；全文也在退回件旁边的“_通知.txt”里", columns)
    for code, department, text in book.notices:
        first = True
        for part in _parts(text.rstrip("\n")):
            table.add({DEPARTMENT: code if first else "", "部门": department if first else "", columns[2].title: part})
            first = False
    table.finish("没有")


def _parts(text: str, lines: int = 20) -> list[str]:
    """Return a text in parts of so many lines: a row that is higher than a page cannot be printed whole."""
    all_ = text.split("\n")
    return ["\n".join(all_[i : i + lines]) for i in range(0, len(all_), lines)]


def write_about(writer: Writer, book: FindingsBook) -> None:
    """Write 说明: with what it was checked, and which rules could not be judged, a line a rule."""
    columns = [TableColumn("项目", 14), TableColumn("内容", 44), TableColumn("详情", 90)]
    table = Table(writer, "说明", "本次审核用了什么、没有审核什么；逐个文件和逐条规则见“来源和规则”", columns)

    def add(item: str, content: str, detail: str) -> None:
        table.add({"项目": item, "内容": content, "详情": detail})

    add("程序", "xltools", __version__)
    if book.day:
        add("日期", book.day, "")
    for form in book.forms:
        add("表格定义", f"{form.id} {form.version}", f"{form.title}　指纹 {form.digest}")
    for one in book.report.adjusted:
        add("规则调整", f"{one.code}（{one.file}）", f"{one.words.zh}；填报表的“校验”页仍显示原级别")
    skipped: dict[tuple[str, str], list[NotEvaluated]] = {}
    for checked in book.current:
        for item in checked.not_evaluated:
            skipped.setdefault((item.code, item.reason), []).append(item)
    for (code, reason), items in skipped.items():
        card = book.cards.get(code)
        name = f"{code} {card.name.zh}" if card is not None else code
        owners = list(dict.fromkeys(i.department or i.file for i in items))
        add(
            "没有进行",
            name,
            f"{reason}：{'、'.join(owners[:FEW])}" + (f" 等 {len(owners)} 个" if len(owners) > FEW else ""),
        )
    table.finish("")


def write_sources(writer: Writer, book: FindingsBook) -> None:
    """Write 来源和规则: every file with its fingerprint, every rule, every rule not judged with its cells."""
    columns = [TableColumn("项目", 14), TableColumn("内容", 44), TableColumn("详情", 100)]
    table = Table(
        writer, "来源和规则", "备查，不打印：每个文件的全名和指纹、每条规则、每处没有进行的审核", columns, printed=False
    )
    for checked in book.in_order:
        table.add({"项目": "文件", "内容": checked.file, "详情": f"SHA-256 {checked.sha256}"})
    for item in book.report.not_evaluated:
        cells = "、".join(f"{book.wording.label(c)}（{c.sheet}!{c.cell}）" for c in item.cells)
        detail = f"{item.department or item.file}：{item.reason}{'　' + cells if cells else ''}"
        table.add({"项目": "没有进行", "内容": item.code, "详情": detail})
    for code in sorted(book.cards):
        card = book.cards[code]
        words = f"{LEVEL_WORDS[card.level]}：{card.what.zh}"
        table.add({"项目": "审核规则", "内容": f"{card.code} {card.name.zh}", "详情": words})
    table.finish("")
