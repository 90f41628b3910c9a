"""校验: one line a rule, with both figures, their difference and the rule's state. Its columns are counted here only."""

from __future__ import annotations

from enum import IntEnum

from xltools.form import checks
from xltools.form import model as m
from xltools.form.address import Ref, a1, column_letter, quote_sheet
from xltools.form.formulas import literal
from xltools.form.sheets.head import ROWS, write_head
from xltools.form.sheets.places import Places
from xltools.form.slots import Key, SheetLayout, Slot
from xltools.form.states import has_reason


class CheckColumn(IntEnum):
    """The columns of 校验, from 1."""

    CODE = 1
    LEVEL = 2
    WORDS = 3
    LEFT = 4
    OPERATOR = 5
    RIGHT = 6
    DIFFERENCE = 7
    STATE = 8
    EXPLANATION = 9
    LINK = 10
    GUARD = 11
    COUNT = 12
    SHEET = 13


C = CheckColumn
TITLES: dict[CheckColumn, str] = {
    C.CODE: "编号",
    C.LEVEL: "级别",
    C.WORDS: "审核内容",
    C.LEFT: "左边",
    C.OPERATOR: "关系",
    C.RIGHT: "右边",
    C.DIFFERENCE: "差额",
    C.STATE: "状态",
    C.EXPLANATION: "核实说明",
    C.LINK: "定位",
    C.GUARD: "可评",
    C.COUNT: "计数",
}
TITLES_2 = TITLES | {C.LEFT: "填报数", C.OPERATOR: "应当", C.RIGHT: "对照数", C.DIFFERENCE: "相差", C.SHEET: "所在表"}
"""In a leading first page a line reads as a sentence."""
HIDDEN = [C.GUARD, C.COUNT, C.SHEET]
HEADER = ROWS + 1
_OPERATORS = {"<=": "≤", ">=": "≥", "<>": "≠"}
_WORDS = {"=": "等于", "<=": "不大于", ">=": "不小于", "<": "小于", ">": "大于", "<>": "不等于"}
_REASON_LENGTH = 500


def checks_sheet(places: Places, sheet: m.Sheet) -> SheetLayout:
    """Lay out 校验."""
    made = SheetLayout(
        sheet,
        widths=list(sheet.widths),
        hidden_columns=list(map(int, HIDDEN if places.form.leads else HIDDEN[:2])),
        freeze=(HEADER, C.WORDS),
        header_rows=(1, HEADER),
        print_columns=C.LINK,
    )
    write_head(made, places.form, C.LINK)
    leads = places.form.leads
    if leads:
        made.widths += [10.0] * (C.SHEET - len(made.widths))
        made.wide = True
    for column, words in (TITLES_2 if leads else TITLES).items():
        made.put(HEADER, column, "header", words)
    made.heights[HEADER] = 22
    places.check_rows |= {rule.code: row for row, rule in enumerate(places.form.rules, start=HEADER + 1)}
    for rule in places.form.rules:
        row, at = places.check_rows[rule.code], places.at(rule)
        made.put(row, C.CODE, "label", rule.code)
        made.put(row, C.LEVEL, "label", m.LEVEL_WORDS[rule.level])
        made.put(row, C.WORDS, "hint", rule.words)
        link = f"internal:{quote_sheet(at.sheet)}!{a1(at.row, at.column)}"
        if leads:
            made.put(row, C.SHEET, "plain", at.sheet)
        if leads and rule.table:
            _row_rule_told(places, made, rule, row)
        elif rule.table:
            made.slots.append(Slot(row, C.LINK, "link", text="定位", link=link))
            _row_rule(made, rule, row)
        else:
            made.slots.append(Slot(row, C.LINK, "link", text="定位", link=link))
            _scalar_rule(places, made, rule, row)
        made.heights[row] = 32
    return made


def run_of(form: m.Form, column: CheckColumn) -> str:
    """Return the reference of a column over the lines of all rules."""
    letter = column_letter(column)
    return f"{quote_sheet(form.checks_sheet)}!${letter}${HEADER + 1}:${letter}${HEADER + len(form.rules)}"


def _cell(column: CheckColumn, row: int) -> str:
    return f"${column_letter(column)}{row}"


def _row_rule(made: SheetLayout, rule: m.Rule, row: int) -> None:
    """The line of a rule that holds on every row of a table: how many rows break it."""
    count = _cell(C.LEFT, row)
    failed = f"COUNTIF({rule.table}_{rule.code},{literal(m.FAILED_STATE[rule.level])})"
    made.slots += [
        Slot(row, C.LEFT, "computed", formula=f"={failed}", item=_figure(0)),
        Slot(row, C.OPERATOR, "unit", text="行有问题"),
        Slot(row, C.RIGHT, "plain"),
        Slot(row, C.DIFFERENCE, "plain"),
        Slot(row, C.STATE, "state", formula=checks.row_summary(rule, count)),
        Slot(row, C.EXPLANATION, "hint", text="在该行的说明栏填写" if rule.level == "confirm" else ""),
        Slot(row, C.GUARD, "plain"),
        Slot(row, C.COUNT, "computed", formula=f"={count}"),
    ]


def _row_rule_told(places: Places, made: SheetLayout, rule: m.Rule, row: int) -> None:
    """The line of a rule on every row where the first page leads: names the first row that breaks it, and leads to its very cell."""
    assert rule.table is not None
    table, at, count = places.form.table(rule.table), places.at(rule), _cell(C.LEFT, row)
    first = f"MATCH({literal(m.FAILED_STATE[rule.level])},{rule.table}_{rule.code},0)"
    named = f"{rule.table}_{table.title_column or table.columns[0].name}"
    _row_rule(made, rule, row)
    made.slots = [s for s in made.slots if s.row != row or s.column not in (C.OPERATOR, C.RIGHT, C.DIFFERENCE)]
    where = f'"#{quote_sheet(at.sheet)}!{column_letter(at.column)}"&({at.row - 1}+IF({count}>0,{first},1))'
    shown = f'=IF({count}>0,IF({count}>1,"第一行：","")&INDEX({named},{first}),"")'
    made.slots += [
        Slot(row, C.OPERATOR, "unit", text="行不合"),
        Slot(row, C.RIGHT, "told", formula=shown, merge_to=C.DIFFERENCE),
        Slot(row, C.LINK, "link", formula=f'=HYPERLINK({where},"定位")'),
    ]


def _scalar_rule(places: Places, made: SheetLayout, rule: m.Rule, row: int) -> None:
    """The line of a rule over single cells: guard, both figures, difference, state, and a cell for the reason."""
    form, decimals = places.form, checks.decimals_of(places.form, rule)
    left, right, difference = (_cell(c, row) for c in (C.LEFT, C.RIGHT, C.DIFFERENCE))
    guard, shown = _cell(C.GUARD, row), _figure(decimals)
    ready = f'{guard}="{m.READY}"'
    reason = m.explanation_name(rule.code) if rule.level == "confirm" else None
    explained = None if reason is None else has_reason(reason, form.no_reason)
    judged = checks.verdict(rule, checks.passes(form, rule, left, right, difference), explained)
    state = f"=IF({ready},{judged},{guard})"
    broken = f"=IF({_cell(C.STATE, row)}={literal(m.FAILED_STATE[rule.level])},1,0)"

    def computed(column: CheckColumn, text: str) -> Slot:
        return Slot(row, column, "computed", formula=f'=IF({ready},{text},"")', item=shown)

    made.slots += [
        computed(C.LEFT, checks.figure(rule.left, decimals)),
        Slot(row, C.OPERATOR, "unit", text=_WORDS[rule.op] if form.leads else _OPERATORS.get(rule.op, rule.op)),
        computed(C.RIGHT, checks.figure(rule.right, decimals)),
        computed(C.DIFFERENCE, f"ROUND({left}-{right},{decimals})"),
        Slot(row, C.STATE, "state", formula=state),
        Slot(row, C.GUARD, "computed", formula=checks.guard(form, rule)),
        Slot(row, C.COUNT, "computed", formula=broken),
    ]
    if reason is None:
        made.put(row, C.EXPLANATION, "plain")
        return
    key, label = Key(reason), f"{rule.code} 核实说明"
    places.cells[key] = Ref(made.sheet.name, row, C.EXPLANATION)
    places.labels[key] = label
    item = m.Field(name=reason, label=label, section="", type="text", max_length=_REASON_LENGTH)
    made.slots.append(Slot(row, C.EXPLANATION, "input", key=key, item=item))


def _figure(decimals: int) -> m.Field:
    """Return a nameless field that only says how a figure on 校验 is shown."""
    return m.Field(name="", section="", type="amount", decimals=decimals)
