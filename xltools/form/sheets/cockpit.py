"""The first sheet where the first page leads: what is open on each sheet and where, the score, what is looked at before sending."""

from __future__ import annotations

from typing import NamedTuple

from xltools.form import model as m
from xltools.form.address import Ref, absolute, column_letter, quote_sheet
from xltools.form.formulas import literal
from xltools.form.sheets.checks_sheet import CheckColumn, run_of
from xltools.form.sheets.guide_sheet import LEGEND, READY_WORDS, methods
from xltools.form.sheets.places import Places
from xltools.form.slots import ColumnSpan, Key, Role, SheetLayout, Slot, text_height
from xltools.form.status import EMPTY_TEXT, NOT_DONE, OLD_TEXT, brief_of

WIDTHS = [18.0, 9.0, 9.0, 9.0, 9.0, 54.0, 13.0, 6.0, 6.0, 6.0]
NAME, MISSING, WRONG, DOUBT, NOTE, FIRST, DONE, ROW, COLUMN, WORDS = range(1, 11)
"""The columns; the last three are hidden: where the first cell stands that is not in order, and what is said of it."""
_SEEN = sum(WIDTHS[: ROW - 1])
_TITLES = ("工作表", m.MISSING, m.FAILED, m.OPEN, m.NOTED, "第一处要看的（点它就到）", "完成情况")
_SIGNS = (
    (f"{m.WRONG}红色：错误", "必须改正，改对后自动变为 √"),
    (f"{m.DOUBTFUL}黄色：待核实", "改正，或在“校验”的“核实说明”、该行的说明栏写明原因"),
    ("未填、数据有误", "必填的还空着；应填数字、日期或列表中的一项，却写了别的"),
)
_MASTER = 3
_DONE = "√ 已完成"
_PARTS: tuple[str, ...] = (f"{m.UNREADABLE}*", f"{m.OUT_OF_RANGE}*")


class _Line(NamedTuple):
    """The cells that say where the first line stands that is not in order, in which column and how it is said there;
    and what adds up all that is open."""

    row: str
    column: str
    words: str
    open: str


def cockpit_sheet(places: Places, sheet: m.Sheet) -> SheetLayout:
    """Lay out the first sheet; all others must stand already."""
    form, guide = places.form, places.form.guide
    made = SheetLayout(sheet, widths=list(WIDTHS), hidden_columns=[ROW, COLUMN, WORDS], print_columns=DONE, wide=True)
    places.master = Ref(sheet.name, _MASTER, MISSING)
    made.put(1, 1, "title", f"{form.year} 年度{form.title}")
    made.put(2, 1, "note", guide.purpose, merge_to=DONE)
    made.put(_MASTER, 1, "label", "报送检查")
    made.heights |= {1: 36, 2: text_height(guide.purpose, _SEEN), _MASTER: 34}
    row = _sheets(places, made, _MASTER + 2)
    row = _score(places, made, row + 1)
    row = _past(places, made, row + 1)
    row = _before(places, made, row + 1)
    signs = [(label, words, role) for (label, words), role in zip(_SIGNS, _SIGN_ROLES, strict=True)]
    legend = [("示例", words, role) for words, role in zip(guide.legend, LEGEND, strict=False)]
    row = _lines(made, row + 1, "颜色和记号", [*legend, *signs])
    steps: list[tuple[m.Scalar, str, Role]] = [(n, words, "unit") for n, words in enumerate(guide.steps, 1)]
    row = _lines(made, row + 1, "填报步骤", steps)
    scored: list[tuple[m.Scalar, str, Role]] = [(n, words, "unit") for n, words in enumerate(methods(form), 1)]
    row = _lines(made, row + 1, "计分方法", scored) if scored else row
    made.last_row = row - 1
    return made


_SIGN_ROLES: tuple[Role, ...] = ("sign_wrong", "sign_doubt", "sign_doubt")


def _heading(made: SheetLayout, row: int, title: str) -> None:
    made.put(row, 1, "heading", title, merge_to=DONE)
    made.heights[row] = 20


def _lines(made: SheetLayout, row: int, title: str, lines: list[tuple[m.Scalar, str, Role]]) -> int:
    """Write a heading and lines under it: a mark, and the words beside; return the row below."""
    _heading(made, row, title)
    for mark, words, role in lines:
        row += 1
        made.put(row, NAME, role, mark)
        made.put(row, MISSING, "step", words, merge_to=DONE)
        made.heights[row] = text_height(words, _SEEN - WIDTHS[0])
    return row + 1


def _areas(places: Places, sheet: str) -> list[ColumnSpan]:
    runs: dict[int, list[int]] = {}
    for ref in places.status_cells:
        if ref.sheet == sheet:
            runs.setdefault(ref.column, []).append(ref.row)
    return [ColumnSpan(sheet, column, min(rows), max(rows)) for column, rows in runs.items()]


def _sheets(places: Places, made: SheetLayout, row: int) -> int:
    """One line a sheet: how many of each kind are open, the first of them, done or not; the master check over them."""
    _heading(made, row, "各表情况")
    for column, words in enumerate(_TITLES, start=1):
        made.put(row + 1, column, "header", words)
    first = row = row + 2
    for sheet in (s for s in places.form.sheets if s.kind == "data"):
        _sheet_line(places, made, sheet, row)
        row += 1
    columns = {
        c: f"SUM(${column_letter(c)}${first}:${column_letter(c)}${row - 1})" for c in (MISSING, WRONG, DOUBT, NOTE)
    }
    checks = places.form.checks_sheet
    made.slots.append(Slot(row, NAME, "link", text="合计", link=f"internal:{quote_sheet(checks)}!A1"))
    made.slots += [Slot(row, c, "count", formula=f"={total}") for c, total in columns.items()]
    made.put(row, FIRST, "step", f"各条审核公式见“{checks}”")
    made.put(row, DONE, "unit", "")
    missing, wrong, doubt = (f"${column_letter(c)}${row}" for c in (MISSING, WRONG, DOUBT))
    words = f'"还有 "&{wrong}&" 项错误、"&{doubt}&" 项待核实、"&{missing}&" 项未填"'
    waiting = [f'COUNTIF({a.reference},"{m.UNCOMPUTED}*")' for s in places.form.sheets for a in _areas(places, s.name)]
    ready = f'IF({"+".join(waiting) or 0}>0,"有得分还算不出，请看各表“填报状态”",{literal(READY_WORDS)})'
    formula = f"=IF({wrong}+{doubt}+{missing}=0,{ready},{words})"
    made.slots.append(Slot(_MASTER, MISSING, "master", formula=formula, merge_to=DONE))
    return row + 1


def _counted(areas: list[ColumnSpan], *patterns: str) -> list[str]:
    return [f"COUNTIF({area.reference},{literal(pattern)})" for area in areas for pattern in patterns]


def _too_few(places: Places, sheet: m.Sheet) -> list[tuple[m.Table, str]]:
    """Return the tables of a sheet that ask for rows, and how many of these are missing."""
    return [
        (
            t,
            f"MAX(0,{t.min_rows}-{places.capacities[t.name]}"
            f"+COUNTIF({t.name}_{m.STATE_COLUMN},{literal(m.EMPTY_ROW)}))",
        )
        for t in places.form.tables
        if t.sheet == sheet.name and t.min_rows and not t.is_fixed
    ]


def _sheet_line(places: Places, made: SheetLayout, sheet: m.Sheet, row: int) -> None:
    form, areas, gaps = places.form, _areas(places, sheet.name), _too_few(places, sheet)
    runs = [run_of(form, c) for c in (CheckColumn.COUNT, CheckColumn.SHEET, CheckColumn.LEVEL)]

    def broken(level: m.Level) -> str:
        return f"SUMIFS({runs[0]},{runs[1]},$A{row},{runs[2]},{literal(m.LEVEL_WORDS[level])})"

    texts = [f for f in form.fields if f.type == "longtext" and f.is_input and _stands_on(form, f, sheet)]
    told = [EMPTY_TEXT] if form.no_reason and any(f.required for f in texts) else []
    told += [OLD_TEXT] if any(f.name in form.last_years for f in texts) else []
    counts = {
        MISSING: [*_counted(areas, f"{m.MISSING}*"), *(gap for _, gap in gaps)],
        WRONG: [*_counted(areas, *_PARTS), broken("error")],
        DOUBT: [*_counted(areas, *(f"{words}*" for words in told)), broken("confirm")],
        NOTE: [broken("notice")],
    }
    made.slots.append(Slot(row, NAME, "link", text=sheet.name, link=f"internal:{quote_sheet(sheet.name)}!A1"))
    made.slots += [Slot(row, c, "count", formula="=" + ("+".join(parts) or "0")) for c, parts in counts.items()]
    open_ = "+".join(f"${column_letter(c)}{row}" for c in (MISSING, WRONG, DOUBT))
    at, column, said = (f"${column_letter(c)}{row}" for c in (ROW, COLUMN, WORDS))
    line = _Line(at, column, said, open_)
    for area in areas[:1]:
        words = f'=IF({line.row}=0,"",INDEX({_column(sheet, area, area.column)},{line.row}))'
        made.slots.append(Slot(row, ROW, "computed", formula=_first_row(areas)))
        made.slots.append(Slot(row, COLUMN, "computed", formula=_first_column(places, sheet, line)))
        made.slots.append(Slot(row, WORDS, "computed", formula=words))
    made.slots.append(Slot(row, FIRST, "first", formula=_first(places, sheet, areas, gaps, line)))
    cells = [f"${column_letter(c)}{row}" for c in (MISSING, WRONG, DOUBT)]
    waiting = _counted(areas, f"{m.UNCOMPUTED}*")
    done = f"=IF({'+'.join([*cells, *waiting])}=0,{literal(_DONE)},{literal(NOT_DONE)})"
    made.slots.append(Slot(row, DONE, "status", formula=done))


def _stands_on(form: m.Form, field: m.Field, sheet: m.Sheet) -> bool:
    return any(s.name == field.section and s.sheet == sheet.name for s in form.sections)


def _first_row(areas: list[ColumnSpan]) -> str:
    """Return the formula of the row of the first line that is not in order, the gravest kind first; 0 for none."""
    result = "0"
    for area in areas[:1]:
        for pattern in (f"{m.DOUBTFUL}*", f"{m.MISSING}*", f"{m.OUT_OF_RANGE}*", f"{m.UNREADABLE}*", f"{m.WRONG}*"):
            result = f"IFERROR(MATCH({literal(pattern)},{area.reference},0)+{area.first - 1},{result})"
    return f"={result}"


def _first_column(places: Places, sheet: m.Sheet, line: _Line) -> str:
    """Return the formula of the column in which the first line is not in order: a table's own words name it by its
    heading, a rule by its cell; else what names the row."""
    named = f'MID({line.words},FIND("：",{line.words})+1,FIND(" ",{line.words}&" ")-FIND("：",{line.words})-1)'
    result, alike = str(sheet.columns.value), None
    for table in reversed([t for t in places.form.tables if t.sheet == sheet.name]):
        span = places.spans[table.name, table.title_column or table.columns[0].name]
        own = str(span.column)
        for rule in places.row_rules(table.name):
            if rule.level != "notice" and not table.column(rule.at).bureau:
                own = f"IF({line.words}={literal(brief_of(rule))},{places.spans[table.name, rule.at].column},{own})"
        here = (own, tuple(c.label for c in table.columns))
        if here == alike:
            continue  # the table below it has the same headings: one formula does for both
        alike = here
        heads = f"{absolute(span.first - 1, 1)}:{absolute(span.first - 1, len(table.columns) + 1)}"
        own = f'IFERROR(MATCH({named}&"*",{quote_sheet(sheet.name)}!{heads},0),{own})'
        result = f"IF({line.row}<={span.last},{own},{result})"
    return f"=IF({line.row}=0,0,{result})"


def _column(sheet: m.Sheet, area: ColumnSpan, column: int) -> str:
    """Return a column of a sheet from its first row to the last one with a 填报状态."""
    return f"{quote_sheet(sheet.name)}!{absolute(1, column)}:{absolute(area.last, column)}"


def _first(
    places: Places, sheet: m.Sheet, areas: list[ColumnSpan], gaps: list[tuple[m.Table, str]], line: _Line
) -> str:
    """Return the formula that names the first line that is not in order, and leads to it."""
    home, checks = quote_sheet(sheet.name), places.form.checks_sheet
    elsewhere = f"HYPERLINK({literal(f'#{quote_sheet(checks)}!A1')},{literal(f'见“{checks}”')})"
    result = f'IF({line.open}>0,{elsewhere},"")'
    for table, gap in reversed(gaps):
        span = places.spans[table.name, table.title_column or table.columns[0].name]
        where = literal(f"#{home}!{column_letter(span.column)}{span.first}")
        told = literal(f"{table.label}：至少填 {table.min_rows} 行")
        result = f"IF({gap}>0,HYPERLINK({where},{told}),{result})"
    if areas:
        label = sheet.columns.label
        for own in [t for t in places.form.tables if t.sheet == sheet.name][:1]:
            label = places.spans[own.name, own.title_column or own.columns[0].name].column
        named = f"INDEX({_column(sheet, areas[0], label)},{line.row})"
        where, told = f'"#{home}!"&ADDRESS({line.row},{line.column})', f'{named}&"　"&{line.words}'
        result = f"IF({line.row}>0,HYPERLINK({where},{told}),{result})"
    return f"={result}"


def _score(places: Places, made: SheetLayout, row: int) -> int:
    """The score and its grade, and the parts they come from."""
    form = places.form
    score, grade = form.field(form.score_field), form.field(form.grade_field)
    total = next((t.total for t in form.tables if t.total is not None), None)
    _heading(made, row, "得分")
    line = row + 1
    made.slots.append(Slot(line, NAME, "link", text=score.label, link=f"internal:{score.name}"))
    made.slots.append(
        Slot(line, MISSING, "computed", formula=f'=IF(ISNUMBER({score.name}),{score.name},"")', item=score)
    )
    made.put(line, WRONG, "unit", "" if total is None else f"／ {total:g}")
    shown = f'=IF(LEN({grade.name})=0,"{grade.label}：全部得分填好后得出","{grade.label}："&{grade.name})'
    made.slots.append(Slot(line, DOUBT, "told", formula=shown, merge_to=DONE))
    for label, value, weight in _parts(places):
        line += 1
        made.put(line, NAME, "label", label)
        made.slots.append(Slot(line, MISSING, "computed", formula=value, item=score))
        made.put(line, WRONG, "unit", f"／ {weight:g}")
    return line + 1


def _parts(places: Places) -> list[tuple[str, str, float]]:
    """Return (label, formula, weight) of what the score is made of: the first groups of its table, else its rows."""
    found: list[tuple[str, str, float]] = []
    for table in places.form.tables:
        if table.score_column is None or table.weight_column is None or table.total is None:
            continue
        group = table.group_columns[0] if table.group_columns else table.title_column or table.columns[0].name
        weights: dict[str, float] = {}
        for row in table.rows:
            weight = row.get(table.weight_column)
            label = str(row.get(group))
            weights[label] = weights.get(label, 0.0) + (weight if isinstance(weight, int | float) else 0.0)
        score, names = f"{table.name}_{table.score_column}", f"{table.name}_{group}"
        for label, weight in weights.items():
            tests = f"{names},{literal(label)},{score}"
            value = f'=IF(COUNTIFS({tests},">=0")=0,"",ROUND(SUMIFS({score},{names},{literal(label)}),2))'
            found.append((label, value, weight))
    return found


def _past(places: Places, made: SheetLayout, row: int) -> int:
    """The figures beside those of last year, where they are known, with how much they grew; return the row below."""
    form = places.form
    fields = [f for f in map(form.field, form.last_years) if f.numeric]
    if not fields:
        return row - 1
    _heading(made, row, "与上年相比")
    first, row = row, row + 1
    for column, last, words in (
        (NAME, NAME, ""),
        (MISSING, WRONG, "本年"),
        (DOUBT, NOTE, "上年"),
        (FIRST, DONE, "增减"),
    ):
        made.put(row, column, "header", words, merge_to=last)
    for field in fields:
        row += 1
        before, key = m.last_year_field(field), Key(m.last_year_name(field.name))
        this = f'=IF(COUNT({field.name})=0,"",{field.name})'
        made.slots += [
            Slot(row, NAME, "link", text=field.label, link=f"internal:{field.name}"),
            Slot(row, MISSING, "computed", formula=this, item=field, merge_to=WRONG),
            Slot(row, DOUBT, "bureau", key=key, item=before, merge_to=NOTE),
            Slot(row, FIRST, "told", formula=_grown(field), merge_to=DONE),
        ]
        places.cells[key], places.labels[key] = Ref(made.sheet.name, row, DOUBT), before.label
    made.past = (first, row + 1)
    return row + 1


def _grown(field: m.Field) -> str:
    """Return the formula that says by how much a figure is above or below last year's."""
    now, then = field.name, m.last_year_name(field.name)
    more = f"ROUND({now}-{then},{field.decimals})"
    shown = f'TEXT(ABS({more}),"0.{"0" * field.decimals}")'
    if field.type == "percent":
        shown += '&" 个百分点"'
    else:
        shown += f'&IF({then}=0,"","（"&TEXT(ABS({more}/{then}),"0.0%")&"）")'
    words = f'IF({more}=0,"与上年相同",IF({more}>0,"增加 ","减少 ")&{shown})'
    return f'=IF(COUNT({now},{then})<2,"",{words})'


def _before(places: Places, made: SheetLayout, row: int) -> int:
    """What is looked at before the workbook is sent: signatures, the report, the file's name, until when, to whom."""
    form, guide = places.form, places.form.guide
    _heading(made, row, "报送前")
    if guide.signers:
        row += 1
        signers = [form.field(name) for name in guide.signers]
        blank = "+".join(f"IF(COUNTA({f.name})=0,1,0)" for f in signers)
        made.slots.append(Slot(row, NAME, "status", formula=f'=IF({blank}=0,"√","未填")'))
        words = f"{'、'.join(f.label for f in signers)}已填，会自动写进表末的签字行；打印后签字盖章。"
        made.put(row, MISSING, "step", words, merge_to=DONE)
    row += 1
    code, name = form.code_field, form.name_field
    made.put(row, NAME, "label", "文件名")
    file = f'=IF(OR(COUNTA({code})=0,COUNTA({name})=0),"填好编码和名称后得出",{code}&"_"&{name}&".xlsx")'
    made.slots.append(Slot(row, MISSING, "told", formula=file, merge_to=DONE))
    for words in (*guide.before, guide.deadline, guide.contact, guide.source_note):
        if words:
            row += 1
            made.put(row, NAME, "unit", "●")
            made.put(row, MISSING, "step", words, merge_to=DONE)
            made.heights[row] = text_height(words, _SEEN - WIDTHS[0])
    return row + 1
