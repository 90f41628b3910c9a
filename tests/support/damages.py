"""The catalogue of damages: every way we know in which a workbook comes back wrong, on every kind of cell."""

from __future__ import annotations

from typing import Any

from tests.support.damage import Package
from tests.support.forms import room
from tests.support.stage import NotHere, Place, Stage, damage, first, spot
from xltools.form import model as m
from xltools.form.address import Ref
from xltools.form.layout import Key
from xltools.intake.roster import Department
from xltools.intake.xlsx.book import read_book
from xltools.rules.diagnosis.equations import equations
from xltools.rules.workbook.altered import FEWEST
from xltools.writing.department.make import workbook

Result = tuple[Any, ...]


def _set(stage: Stage, name: str, value: object, code: str) -> Result:
    stage.values[name] = value
    return None, spot(code, stage.at(name))


def _set_cell(found: tuple[Key, Ref, dict[str, Any]], value: object, code: str) -> Result:
    key, ref, row = found
    row[key.column] = value
    return None, spot(code, ref)


def _alone(stage: Stage, kind: str) -> m.Field:
    """Return an optional input that nothing else depends on."""
    linked = {n for e in equations(stage.form) for n in e.fields}
    linked |= {n for f in stage.form.fields for n in (*f.required_with, *f.required_unless)}
    found: m.Field = first(f for f in stage.fields(kind, required=False, filled=False) if f.name not in linked)
    return found


# ── values ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _missing(kind: str) -> None:
    @damage("VA001", kind)
    def apply(s: Stage) -> Result:
        return _set(s, s.field(kind, required=True).name, None, "VA001")


for _kind in ("text", "code", "amount", "integer", "phone", "longtext", "year", "percent"):
    _missing(_kind)


def _missing_cell(kind: str, fixed: bool) -> None:
    @damage("VA001", f"{'fixed' if fixed else 'open'} row {kind}")
    def apply(s: Stage) -> Result:
        return _set_cell(s.cell(kind, open_=not fixed, required=True), None, "VA001")


for _kind, _fixed in (("text", False), ("choice", False), ("number", False), ("score", True)):
    _missing_cell(_kind, _fixed)

_UNREADABLE = {
    "amount": "约一千",
    "integer": "三十来个",
    "percent": "九成以上",
    "date": "去年春天",
    "year": "上一年",
}


def _unreadable(kind: str, text: str) -> None:
    @damage("VA002", kind)
    def apply(s: Stage) -> Result:
        return _set(s, s.field(kind).name, text, "VA002")


for _kind, _text in _UNREADABLE.items():
    _unreadable(_kind, _text)


@damage("VA002", "open row number")
def _(s: Stage) -> Result:
    return _set_cell(s.cell("number", open_=True), "≥266米", "VA002")


@damage("VA002", "fixed row score")
def _(s: Stage) -> Result:
    return _set_cell(s.cell("score", open_=False), "优", "VA002")


@damage("VA003", "open row choice")
def _(s: Stage) -> Result:
    return _set_cell(s.cell("choice"), "大于", "VA003")


@damage("VA004", "year")
def _(s: Stage) -> Result:
    return _set(s, s.field("year").name, 1899, "VA004")


@damage("VA004", "open row percent")
def _(s: Stage) -> Result:
    return _set_cell(s.cell("percent", maximum=100), 150, "VA004")


@damage("VA004", "percent")
def _(s: Stage) -> Result:
    return _set(s, s.field("percent", maximum=100).name, 7500, "VA004")


def _negative(kind: str) -> None:
    @damage("VA005", kind)
    def apply(s: Stage) -> Result:
        item = first(f for f in s.fields(kind, minimum=0) if s.values[f.name])
        return _set(s, item.name, -s.values[item.name], "VA005")


for _kind in ("amount", "integer", "percent"):
    _negative(_kind)


@damage("VA005", "fixed row score")
def _(s: Stage) -> Result:
    return _set_cell(s.cell("score", open_=False, minimum=0), -1, "VA005")


def _precise(kind: str) -> None:
    @damage("VA006", kind)
    def apply(s: Stage) -> Result:
        item = first(f for f in s.fields(kind) if s.values[f.name])
        return _set(s, item.name, s.values[item.name] + 0.00123, "VA006")


for _kind in ("amount", "percent"):
    _precise(_kind)


@damage("VA006", "fixed row score")
def _(s: Stage) -> Result:
    key, ref, row = first(c for c in s.cells("score", open_=False) if _reason(s, c[0], c[2]))
    return _set_cell((key, ref, row), row[key.column] - 0.00123, "VA006")


def _reason(s: Stage, key: Key, row: dict[str, Any]) -> object:
    return row.get(s.form.table(key.field).reason_column or "")


_WRITINGS = {
    "amount unit": ("amount", "{:.2f}万元"),
    "amount thousands": ("amount", "{:,.2f}"),
    "amount as text": ("amount", "{:.2f}"),
    "amount spaces": ("amount", " {:.2f} "),
    "percent sign": ("percent", "{:.2f}%"),
    "integer unit": ("integer", "{:.0f}人"),
}


def _writing(name: str, kind: str, shape: str) -> None:
    @damage("VA007", name)
    def apply(s: Stage) -> Result:
        item = first(f for f in s.fields(kind) if not name.startswith("integer") or f.unit == "人")
        return _set(s, item.name, shape.format(s.values[item.name]), "VA007")


for _name, (_kind, _text) in _WRITINGS.items():
    _writing(_name, _kind, _text)


@damage("VA007", "amount full-width")
def _(s: Stage) -> Result:
    item = s.field("amount")
    wide = str(s.values[item.name]).translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789."})
    return _set(s, item.name, wide, "VA007")


@damage("VA007", "date")
def _(s: Stage) -> Result:
    return _set(s, s.field("date").name, "2024年3月20日", "VA007")


@damage("VA007", "open row number")
def _(s: Stage) -> Result:
    key, ref, row = s.cell("number", open_=True)
    return _set_cell((key, ref, row), f"{row[key.column]:,.2f}", "VA007")


@damage("VA008", "amount")
def _(s: Stage) -> Result:
    linked = {n for f in s.form.fields for n in (*f.required_with, *f.required_unless)}
    item = first(f for f in s.fields("amount", required=False) if s.values[f.name] == 0 and f.name not in linked)
    return _set(s, item.name, "—", "VA008")


@damage("VA008", "integer")
def _(s: Stage) -> Result:
    return _set(s, _alone(s, "integer").name, "无", "VA008")


@damage("VA009", "date")
def _(s: Stage) -> Result:
    return _set(s, s.field("date").name, "2042-03-20", "VA009")


@damage("VA010", "year")
def _(s: Stage) -> Result:
    return _set(s, s.field("year").name, s.form.year - 1, "VA010")


def _long(kind: str) -> None:
    @damage("VA011", kind)
    def apply(s: Stage) -> Result:
        item = s.field(kind)
        return _set(s, item.name, "很" * ((item.max_length or 0) + 1), "VA011")


for _kind in ("text", "longtext", "phone"):
    _long(_kind)


@damage("VA011", "open row text")
def _(s: Stage) -> Result:
    key, ref, row = s.cell("text", open_=True)
    limit = s.form.table(key.field).column(key.column).max_length or 0
    return _set_cell((key, ref, row), "长" * (limit + 1), "VA011")


_LEFT = {
    "placeholder": "【请补充存在的主要问题】",
    "gap": "较上年增长XX%",
    "length": "（200字以内）按要求完成各项工作",
    "choice of words": "三公经费较上年下降（增长）5%",
}


def _left(name: str, text: str) -> None:
    @damage("VA013", name)
    def apply(s: Stage) -> Result:
        return _set(s, s.field("longtext").name, text, "VA013")


for _name, _text in _LEFT.items():
    _left(_name, _text)


@damage("VA013", "open row text")
def _(s: Stage) -> Result:
    return _set_cell(s.cell("text", open_=True), "【待填】指标", "VA013")


@damage("VA017", "share in a text")
def _(s: Stage) -> Result:
    text = "全年支出合计200.00万元，其中：培训50.00万元，占35.00%；会议150.00万元，占75.00%。"
    return _set(s, s.field("longtext").name, text, "VA017")


@damage("VA017", "completion of what the sentence before gave")
def _(s: Stage) -> Result:
    text = "全年安排培训经费60.00万元。截至年底已支付45.00万元，预算执行率85.00%。"
    return _set(s, s.field("longtext").name, text, "VA017")


@damage("VA017", "a change that two years do not make")
def _(s: Stage) -> Result:
    text = "2023年培训费45.00万元，2022年60.00万元，减少25.00万元。"
    return _set(s, s.field("longtext").name, text, "VA017")


@damage("VA014", "part of a sum")
def _(s: Stage) -> Result:
    part = first(p for e in s.sums() for p in s.free_parts(e) if s.values[p] >= 0.5)
    return _set(s, part, s.values[part] * 10_000, "VA014")


@damage("VA014", "total")
def _(s: Stage) -> Result:
    total = first(e.left for e in s.sums() if s.values[e.left] >= 0.5 and _given(s, e.parts))
    return _set(s, total, s.values[total] * 10_000, "VA014")


@damage("VA014", "base of a rate")
def _(s: Stage) -> Result:
    base = first(e.parts[1] for e in s.sums("rate") if s.values.get(e.parts[1]))
    return _set(s, base, s.values[base] * 10_000, "VA014")


@damage("VA014", "the whole workbook")
def _(s: Stage) -> Result:
    """Everything in yuan, so every rule holds; what the bureau had filled in stays as it was."""
    name, most = s.form.per_head_field, s.form.per_head_most
    people = sum(s.values.get(n) or 0 for n in s.form.head_fields)
    if name is None or most is None or (s.values.get(name) or 0) / people * 10_000 <= most:  # too small to be told
        raise NotHere
    for item in s.form.fields:
        if (
            item.type == "amount"
            and item.is_input
            and not item.locked
            and isinstance(s.values.get(item.name), int | float)
        ):
            s.values[item.name] = round(s.values[item.name] * 10_000)
    return None, spot("VA014", s.at(name))


def _given(s: Stage, names: tuple[str, ...]) -> bool:
    return any(isinstance(s.values.get(n), int | float) for n in names)


@damage("VA015", "fraction")
def _(s: Stage) -> Result:
    rate = first(e.left for e in s.sums("rate") if _given(s, e.parts))
    return _set(s, rate, round(s.values[rate] / 100, 4), "VA015")


@damage("VA015", "percent of percent")
def _(s: Stage) -> Result:
    rate = first(e.left for e in s.sums("rate") if _given(s, e.parts) and s.form.field(e.left).maximum is None)
    return _set(s, rate, round(s.values[rate] * 100), "VA015")


@damage("VA015", "open row percent")
def _(s: Stage) -> Result:
    key, ref, row = s.cell("percent", open_=True)
    return _set_cell((key, ref, row), row[key.column] / 100, "VA015")


@damage("VA016", "integer")
def _(s: Stage) -> Result:
    item = first(f for f in s.fields("integer") if s.values[f.name])
    return _set(s, item.name, s.values[item.name] - 0.5, "VA016")


@damage("VA016", "year")
def _(s: Stage) -> Result:
    return _set(s, s.field("year").name, s.form.year + 0.5, "VA016")


def _formula(kind: str) -> None:
    @damage("VA012", kind)
    def apply(s: Stage) -> Result:
        ref = s.at(s.field(kind).name)
        value = s.values[s.field(kind).name]
        return s.package().formula(ref, f"{value!r}+0", value), spot("VA012", ref)


for _kind in ("amount", "integer"):
    _formula(_kind)


@damage("VA012", "text")
def _(s: Stage) -> Result:
    item = s.field("longtext")
    return s.package().formula(s.at(item.name), '"按计划"&"完成"', "按计划完成"), spot("VA012", s.at(item.name))


# ── the form's rules ─────────────────────────────────────────────────────────────────────────────────────────────────


def _sum_off(number: int) -> None:
    @damage("sum", f"part of sum {number}")
    def apply(s: Stage) -> Result:
        usable = [e for e in s.sums() if list(s.free_parts(e)) and e.op == "="]
        if number >= len(usable):
            raise NotHere
        part = first(s.free_parts(usable[number]))
        s.values[part] = round(s.values[part] + 7.77, 2)
        return None, s.place_of(usable[number].code)


for _number in range(9):
    _sum_off(_number)


@damage("sum", "a total that several rules read")
def _(s: Stage) -> Result:
    """One wrong total: all its rules break, the one that stands at it leads."""
    total = first(e for e in s.sums() if _given(s, e.parts) and s.values[e.left] > 1)
    s.values[total.left] = round(s.values[total.left] + 3.33, 2)
    return None, s.place_of(total.code)


@damage("same", "two totals that must be equal")
def _(s: Stage) -> Result:
    for equation in s.sums("same"):
        own = [e for e in s.sums() if e.left == equation.left and list(s.free_parts(e))]
        if equation.op == "=" and own:
            part = first(s.free_parts(own[0]))
            for name in (part, equation.left):
                s.values[name] = round(s.values[name] + 5.55, 2)
            others = [e for e in equations(s.form) if equation.left in e.fields and e not in (equation, own[0])]
            if not others:
                return None, s.place_of(equation.code)
    raise NotHere


@damage("rate", "a stated rate")
def _(s: Stage) -> Result:
    rate = first(e for e in s.sums("rate") if _given(s, e.parts))
    s.values[rate.left] = round(s.values[rate.left] - 1.11, 2)
    return None, s.place_of(rate.code)


# ── structure ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _some(s: Stage, kind: str) -> Ref:
    """Return a formula cell of a kind that shows something."""
    layout = s.layout
    if kind == "score field":
        return s.computed_field()
    if kind == "grade":
        return s.computed_field("text")
    if kind == "open row":
        return s.computed_cell()
    if kind == "fixed row":
        return s.computed_cell(open_=False)
    if kind == "beside":
        return first(r for r in layout.beside.values() if s.shows(r))
    if kind == "state of a field":
        return first(r for r in layout.state_cells if s.shows(r))
    if kind == "state of a rule":
        return Ref(s.form.checks_sheet, 5, 8)
    if kind == "master":
        return layout.master
    raise AssertionError(kind)


_FORMULA_KINDS = (
    "score field",
    "grade",
    "open row",
    "fixed row",
    "beside",
    "state of a field",
    "state of a rule",
    "master",
)


def _tampered(kind: str) -> None:
    @damage("ST001", f"constant over {kind}")
    def differs(s: Stage) -> Result:
        ref = _some(s, kind)
        value = s.results[ref]
        if isinstance(value, int | float):
            return s.package().number(ref, value + 1.5), spot("ST001", ref)
        return s.package().text(ref, "很好"), spot("ST001", ref)

    @damage("ST002", f"value over {kind}")
    def agrees(s: Stage) -> Result:
        ref = _some(s, kind)
        value = s.results[ref]
        if isinstance(value, int | float):
            return s.package().number(ref, round(value, 2)), spot("ST002", ref)
        return s.package().text(ref, str(value)), spot("ST002", ref)


for _kind in _FORMULA_KINDS:
    _tampered(_kind)


def _pasted(s: Stage, sheets: list[str]) -> tuple[Package, list[Place]]:
    """Return the workbook with every formula of these sheets pasted as its value, and what is told of each."""
    package, told = s.package(), []
    for sheet in sheets:
        package.values_only(sheet)
        own = [r for r in s.layout.formulas if r.sheet == sheet and s.layout.by_cell[r].role != "subtitle"]
        if len(own) < FEWEST:  # a sheet of so few is told cell by cell
            told += [spot("ST002", ref) for ref in own]
        else:
            told.append(spot("ST021", min(own, key=lambda ref: (ref.row, ref.column))))
    return package, told


@damage("ST021", "every formula pasted as its value")
def _(s: Stage) -> Result:
    package, told = _pasted(s, [sheet.sheet.name for sheet in s.layout.sheets])
    return package, *told


@damage("ST021", "one sheet pasted as its values")
def _(s: Stage) -> Result:
    package, told = _pasted(s, [s.form.checks_sheet])
    return package, *told


@damage("ST021", "every formula pasted and the total raised")
def _(s: Stage) -> Result:
    package, told = _pasted(s, [sheet.sheet.name for sheet in s.layout.sheets])
    total = s.layout.cells[Key(s.form.score_field)]
    value = s.results[total]
    assert isinstance(value, int | float)
    return package.number(total, value + 1.5), *told, spot("ST001", total)


def _locked(s: Stage, weight: str) -> Ref:
    """Return a locked cell without a formula, by what it is to the form."""
    form, layout = s.form, s.layout
    for sheet in layout.sheets:
        for slot in sheet.slots:
            key, table = slot.key, None
            if key is not None and key.row >= 0:
                table = form.table(key.field)
            numeric = slot.item is not None and slot.item.numeric
            kinds = {
                "weight": slot.role == "fixed"
                and table is not None
                and key is not None
                and key.column == table.weight_column,
                "constant": slot.role == "constant" and numeric,
                "name": slot.role == "fixed"
                and table is not None
                and key is not None
                and key.column == table.title_column,
                "unit": slot.role == "unit" and sheet.sheet.kind == "data" and slot.text not in (None, "", "—"),
                "label": slot.role == "label" and sheet.sheet.kind == "data" and slot.text is not None,
                "help": slot.role == "hint" and sheet.sheet.kind == "data" and bool(slot.text),
                "rule text": slot.role == "hint" and sheet.sheet.kind == "checks" and bool(slot.text),
            }
            if kinds[weight]:
                return Ref(sheet.sheet.name, slot.row, slot.column)
    raise NotHere


def _relocked(kind: str, code: str) -> None:
    @damage(code, f"{kind} changed")
    def apply(s: Stage) -> Result:
        ref = _locked(s, kind)
        slot = s.layout.by_cell[ref]
        if isinstance(slot.text, int | float):
            return s.package().number(ref, slot.text + 3), spot(code, ref)
        return s.package().text(ref, f"{slot.text}甲"), spot(code, ref)

    @damage(code, f"{kind} re-saved")
    def harmless(s: Stage) -> Result:
        ref = _locked(s, kind)
        slot = s.layout.by_cell[ref]
        if isinstance(slot.text, int | float):
            return (s.package().number(ref, float(slot.text)),)
        return (s.package().text(ref, f" {slot.text}\n"),)


for _kind, _code in (
    ("weight", "ST022"),
    ("constant", "ST022"),
    ("name", "ST023"),
    ("unit", "ST023"),
    ("label", "ST024"),
    ("help", "ST024"),
    ("rule text", "ST024"),
):
    _relocked(_kind, _code)


def _other_formula(kind: str) -> None:
    @damage("ST003", f"formula over {kind}")
    def apply(s: Stage) -> Result:
        ref = _some(s, kind)
        return s.package().formula(ref, "60+40", 100), spot("ST003", ref)


for _kind in ("score field", "open row", "fixed row", "beside"):
    _other_formula(_kind)


@damage("ST001", "a formula deleted")
def _(s: Stage) -> Result:
    ref = s.computed_field()
    return s.package().empty(ref), spot("ST001", ref)


@damage("ST002", "a formula deleted where nothing is shown")
def _(s: Stage) -> Result:
    ref = s.computed_cell(shows=False)
    return s.package().empty(ref), spot("ST002", ref)


@damage("ST003", "right shape, wrong row")
def _(s: Stage) -> Result:
    ref = s.computed_cell()
    package = s.package()
    formula = package.formula_of(ref).replace(f"{ref.row}", f"{ref.row + 1}")
    return package.formula(ref, formula, s.results[ref]), spot("ST003", ref)  # type: ignore[arg-type]


@damage("ST004", "no results")
def _(s: Stage) -> Result:
    ref = first(r for r in s.layout.formulas if s.shows(r))
    return s.package().without_results(), spot("ST004", ref)


@damage("ST005", "an old result")
def _(s: Stage) -> Result:
    ref = s.computed_field()
    package = s.package()
    return package.formula(ref, package.formula_of(ref), 12.34), spot("ST005", ref)


def _meta(s: Stage, key: str, data: bytes | None = None) -> Ref:
    """Return where _meta holds the value of a key."""
    sheets = read_book(s.package().data() if data is None else data).sheets
    meta = next(x for x in sheets if x.name == s.form.meta_sheet)
    return Ref(meta.name, next(place[0] for place, cell in meta.cells.items() if cell.value == key), 2)


def _prefilled(s: Stage, name: str, sent: object) -> Result:
    """The workbook was prefilled with `sent`; the department changed it and recalculated."""
    row: dict[str, str | int | float] = {}
    for item in s.form.fields:
        if item.roster and s.values.get(item.name) not in (None, ""):
            row[item.roster] = s.values[item.name]
    code, said = (str(s.values[n]) for n in (s.form.code_field, s.form.name_field))
    data = workbook(room(), s.form, s.values, Department(code, said, values=row))
    package, cell = Package(data), _meta(s, f"预填:{name}", data)
    changed = package.text(cell, sent) if isinstance(sent, str) else package.number(cell, float(str(sent)))
    return changed, spot("ST006", s.at(name))


@damage("ST006", "name")
def _(s: Stage) -> Result:
    return _prefilled(s, s.form.name_field, "另一个部门")


@damage("ST006", "code")
def _(s: Stage) -> Result:
    return _prefilled(s, s.form.code_field, "999999")


@damage("ST006", "approved amount")
def _(s: Stage) -> Result:
    item = first(f for f in s.form.fields if f.roster and f.locked and s.values.get(f.name))
    sent = s.values[item.name]
    s.values[item.name] = round(sent - 12.5, 2)
    return _prefilled(s, item.name, sent)


def _sheets(s: Stage, kind: str) -> list[str]:
    return [x.name for x in s.form.sheets if x.kind == kind]


def _on_sheet(kind: str) -> None:
    @damage("ST007", f"{kind} sheet")
    def unprotected(s: Stage) -> Result:
        name = _sheets(s, kind)[-1]
        return s.package().unprotected(name), ("ST007", name, "")

    @damage("ST010", f"{kind} sheet")
    def renamed(s: Stage) -> Result:
        name = _sheets(s, kind)[-1]
        return s.package().renamed(name, name + "改"), ("ST010", name + "改", "")

    @damage("ST011", f"{kind} sheet")
    def hidden(s: Stage) -> Result:
        name = _sheets(s, kind)[-1]
        return s.package().hidden(name), ("ST011", name, "")

    @damage("ST009", f"{kind} sheet")
    def removed(s: Stage) -> Result:
        name = _sheets(s, kind)[-1]
        return s.package().removed(name), ("ST009", name, "")


for _kind in ("data", "checks", "guide"):
    _on_sheet(_kind)


@damage("ST008", "a whole sheet")
def _(s: Stage) -> Result:
    ref = s.cell("choice")[1]
    own = [r for k, r in s.layout.cells.items() if k in s.layout.limited and r.sheet == ref.sheet]
    return s.package().without_validations(ref.sheet), spot("ST008", min(own, key=lambda r: (r.column, r.row)))


@damage("ST008", "choice")
def _(s: Stage) -> Result:
    key, ref, _row = s.cell("choice")
    span = s.layout.spans[key.field, key.column]
    return s.package().without_validation_at(ref), spot("ST008", Ref(span.sheet, span.first, span.column))


@damage("ST012", "a sheet")
def _(s: Stage) -> Result:
    return s.package().added("附表"), ("ST012", "附表", "")


def _fields_sheet(s: Stage) -> tuple[str, int]:
    """Return a data sheet without tables, and the row of its second input line."""
    tables = {t.sheet for t in s.form.tables}
    for sheet in s.layout.sheets:
        rows = sorted({x.row for x in sheet.slots if x.role == "input"})
        if sheet.sheet.kind == "data" and sheet.sheet.name not in tables and len(rows) > 3:
            return sheet.sheet.name, rows[1]
    raise NotHere


@damage("ST013", "row inserted among fields")
def _(s: Stage) -> Result:
    sheet, row = _fields_sheet(s)
    return s.package().rows_moved(sheet, row, 2), ("ST013", sheet, f"A{row + 2}")


@damage("ST013", "row inserted in an open table")
def _(s: Stage) -> Result:
    table = first(t for t in s.form.tables if not t.is_fixed)
    row = s.layout.spans[table.name, table.columns[0].name].first + 2
    return s.package().rows_moved(table.sheet, row, 1), ("ST013", table.sheet, f"A{row}")


@damage("ST013", "row deleted from an open table")
def _(s: Stage) -> Result:
    """The last row: it is empty, so nothing is lost but the row."""
    table = first(t for t in s.form.tables if not t.is_fixed and len(s.values[t.name]) < t.capacity)
    last = s.layout.spans[table.name, table.columns[0].name].last
    after = [r.row for r in s.layout.cells.values() if r.sheet == table.sheet and r.row > last]
    row = min(after) - 1 if after else last
    return s.package().rows_moved(table.sheet, last, -1), ("ST013", table.sheet, f"A{row}")


@damage("ST015", "row deleted from a fixed table")
def _(s: Stage) -> Result:
    _key, ref, _row = s.cell("score", open_=False)
    return s.package().rows_moved(ref.sheet, ref.row, -1), spot("ST015", ref)


@damage("ST014", "name of a field lost")
def _(s: Stage) -> Result:
    item = s.field("text")
    return s.package().without_name(item.name), spot("ST014", s.at(item.name))


@damage("ST014", "name of a column lost")
def _(s: Stage) -> Result:
    key, _ref, _row = s.cell("text", open_=True)
    span = s.layout.spans[key.field, key.column]
    package = s.package().without_name(f"{key.field}_{key.column}")
    return package, spot("ST014", Ref(span.sheet, span.first, span.column))


@damage("ST014", "name points elsewhere")
def _(s: Stage) -> Result:
    item = s.field("longtext")
    ref = s.at(item.name)
    return s.package().name_points(item.name, f"{ref.sheet}!$A$1"), spot("ST014", ref)


@damage("ST015", "row of an input deleted")
def _(s: Stage) -> Result:
    item = s.field("longtext", required=True)
    ref = s.at(item.name)
    return s.package().rows_moved(ref.sheet, ref.row, -1), spot("ST015", ref)


@damage("ST016", "another form")
def _(s: Stage) -> Result:
    return s.package().text(_meta(s, "form"), "elsewhere-2019"), ("ST016", s.form.meta_sheet, "B1")


@damage("ST017", "another version")
def _(s: Stage) -> Result:
    return s.package().text(_meta(s, "version"), "2023.0"), ("ST017", s.form.meta_sheet, "")


@damage("ST017", "another digest")
def _(s: Stage) -> Result:
    return s.package().text(_meta(s, "digest"), "0000"), ("ST017", s.form.meta_sheet, "")


def _outside(kind: str) -> None:
    @damage("ST018", f"text on a {kind} sheet")
    def apply(s: Stage) -> Result:
        ref = Ref(_sheets(s, kind)[-1], 6, 40)
        return s.package().text(ref, "测算过程见附表"), spot("ST018", ref)


for _kind in ("data", "checks", "guide"):
    _outside(_kind)


@damage("ST018", "number below the form")
def _(s: Stage) -> Result:
    ref = Ref(_sheets(s, "data")[0], 400, 2)
    return s.package().number(ref, 88.5), spot("ST018", ref)


def _error(kind: str) -> None:
    @damage("ST019", kind)
    def apply(s: Stage) -> Result:
        ref = s.at(s.field(kind).name)
        return s.package().error(ref), spot("ST019", ref)


for _kind in ("amount", "integer", "longtext"):
    _error(_kind)


@damage("ST019", "open row number")
def _(s: Stage) -> Result:
    ref = s.cell("number", open_=True)[1]
    return s.package().error(ref, "#DIV/0!"), spot("ST019", ref)


@damage("ST019", "computed cell shows an error")
def _(s: Stage) -> Result:
    ref = s.computed_field()
    return s.package().shows_error(ref), spot("ST019", ref)


@damage("ST020", "code")
def _(s: Stage) -> Result:
    ref = s.at(s.form.code_field)
    return s.package().text(_meta(s, "code"), "123123"), spot("ST020", ref)


__all__ = ["Place"]
