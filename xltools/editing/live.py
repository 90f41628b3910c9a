"""The live checks of 定义.xlsx: formulas that say, while somebody edits, what would be refused; each with its value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from xltools.editing.draft import OWNER, Draft, Page, Placed
from xltools.editing.located import CHECK
from xltools.editing.values import as_number, plain
from xltools.form.address import a1, absolute, quote_sheet
from xltools.form.formulas import NAME, FormulaError, literal, uses

FINE = "√"
TWICE, BAD_NAME, UNKNOWN, UNKNOWN_NAME = (
    "× 重复",
    "× 名称里有空格、括号等",
    "× 没有“{what}”里的这一项",
    "× 公式里有不存在的字段",
)
SUBTOTAL = f"{CHECK}：小计"
_MARKS = '" ","　","（","）","(",")","、","/","“","”","-"'
REFERENCES = {"section": ("fields.toml", "section"), "sheet": ("form.toml", "sheet"), "table": ("tables.toml", "table")}
"""Keys that speak of an entry of another block."""
_FIELDS = ("fields.toml", "field")
_OWNED = {"name", "code", "letters"}
_FORMULAS = ("formula", "left", "right", "when")


class Live(NamedTuple):
    """A formula without "=", and what it gives now."""

    formula: str
    value: str | float


def list_name(part: str) -> str:
    """Return the defined name of the range that holds the names of a part's entries."""
    return f"清单_{part}"


def names_of(draft: Draft, file: str, kind: str) -> tuple[str, set[str]]:
    """Return the range of the names of a part's entries, "" where the block is not there, and the names."""
    for page in draft.values():
        for placed in page.placed:
            part = placed.block.part
            if part is None or placed.block.mode != "list" or (part.file, part.kind) != (file, kind):
                continue
            column = placed.column("name") or placed.column("code")
            if column:
                span = f"{absolute(placed.first, column)}:{absolute(max(placed.first, placed.last), column)}"
                cells = (page.cells.get((row, column)) for row in range(placed.first, placed.last + 1))
                return f"{quote_sheet(page.name)}!{span}", {plain(c).strip() for c in cells if c is not None}
    return "", set()


def title_of(placed: Placed) -> str:
    """Return what stands over the column of a block's check."""
    return SUBTOTAL if placed.block.mode == "rows" else CHECK


def checks(page: Page, placed: Placed, draft: Draft) -> Iterator[tuple[int, Live]]:
    """Yield the check of each line, blank lines included: they wait for an entry."""
    if placed.block.mode == "rows":
        yield from _subtotals(page, placed, draft)
        return
    lists = {other: names_of(draft, *other) for other in (_FIELDS, *REFERENCES.values())}
    rows = range(placed.first, placed.last + 1)
    counts = Counter(_names(page, row, _keys(placed)) for row in rows)
    for row in rows:
        tests = [
            *_identity(page, placed, row, counts),
            *_known(page, placed, lists, row),
            *_formulas(page, placed, row, lists[_FIELDS][1]),
        ]
        if not tests:
            return
        key = next(iter(_keys(placed)))
        formula = f'"{FINE}"'
        for test, says, _ in reversed(tests):
            formula = f"IF({test},{literal(says)},{formula})"
        value = next((says for _, says, wrong in tests if wrong), FINE) if (row, key) in page.cells else ""
        yield row, Live(f'IF({a1(row, key)}="","",{formula})', value)


Lists = dict[tuple[str, str], tuple[str, set[str]]]
"""Of each part that others speak of: the range of its names, and the names."""
Test = tuple[str, str, bool]
"""What is tested, what is said where it holds, whether it does now."""


def _keys(placed: Placed) -> list[int]:
    """The columns that name an entry."""
    own = [c for c, leaf in placed.columns.items() if leaf.name in _OWNED or leaf is OWNER]
    above = [c for c, leaf in placed.columns.items() if leaf.name == "table" and leaf.required]
    return [*own[:1], *above] or [min(placed.columns, default=1)]


def _names(page: Page, row: int, columns: list[int]) -> tuple[str, ...]:
    return tuple(plain(page.cells.get((row, c))) for c in columns)


def _identity(page: Page, placed: Placed, row: int, counts: Counter[tuple[str, ...]]) -> Iterator[Test]:
    columns = _keys(placed)
    spans = [f"{absolute(placed.first, c)}:{absolute(placed.last, c)}" for c in columns]
    pairs = ",".join(f"{span},{a1(row, c)}" for span, c in zip(spans, columns, strict=True))
    mine = _names(page, row, columns)
    count = counts[mine]
    yield f"{'COUNTIFS' if len(columns) > 1 else 'COUNTIF'}({pairs})>1", TWICE, count > 1
    part = placed.block.part
    if placed.block.mode == "list" and part is not None and part.kind in ("field", "column"):
        test = f"SUMPRODUCT(--ISNUMBER(FIND({{{_MARKS}}},{a1(row, columns[0])})))>0"
        yield test, BAD_NAME, any(mark in mine[0] for mark in _MARKS.replace('"', "").split(","))


def _known(page: Page, placed: Placed, lists: Lists, row: int) -> Iterator[Test]:
    part = placed.block.part
    if placed.block.mode == "moved" and part is not None and part.kind == "field":
        yield from _listed(page, lists[_FIELDS], (row, placed.column(OWNER.name)), "字段")
    if placed.block.mode != "list":
        return
    for name, other in REFERENCES.items():
        column = placed.column(name)
        if column and (part is None or part.kind != name):
            what = {"section": "栏目", "sheet": "工作表", "table": "表格"}[name]
            yield from _listed(page, lists[other], (row, column), what)


def _listed(page: Page, known: tuple[str, set[str]], spot: tuple[int, int], what: str) -> Iterator[Test]:
    reference, names = known
    if reference:
        value = plain(page.cells.get(spot)).strip()
        cell = a1(*spot)
        test = f'AND({cell}<>"",COUNTIF({reference},{cell})=0)'
        yield test, UNKNOWN.format(what=what), bool(value) and value not in names


def _formulas(page: Page, placed: Placed, row: int, fields: set[str]) -> Iterator[Test]:
    """The fields that the line's formulas name now are still there; a name changed later shows."""
    used: set[str] = set()
    for name in _FORMULAS:
        text = page.cells.get((row, placed.column(name)))
        if isinstance(text, str):
            try:
                used |= {use.name for use in uses(text.removeprefix("=")) if use.name in fields}
            except FormulaError:
                continue
    listed = ",".join(f'"{name}"' for name in sorted(used) if NAME.fullmatch(name))
    if listed:
        yield f"SUMPRODUCT(--(COUNTIF({list_name('字段')},{{{listed}}})=0))>0", UNKNOWN_NAME, False


def _columns(placed: Placed, draft: Draft) -> tuple[int, int, str, float | None]:
    """The columns of a table's weights and of its first group, the cell of its total and what stands there."""
    for page in draft.values():
        for heads in page.placed:
            if heads.block.part is None or (heads.block.part.kind, heads.block.mode) != ("table", "list"):
                continue
            for row in range(heads.first, heads.last + 1):
                cell = {leaf.name: page.cells.get((row, c)) for c, leaf in heads.columns.items()}
                if plain(cell.get("name")).strip() == placed.block.table:
                    weight = placed.column(plain(cell.get("weight_column")).strip())
                    group = placed.column(plain(cell.get("group_columns")).split("\n")[0].strip())
                    at = (
                        f"{quote_sheet(page.name)}!{absolute(row, heads.column('total'))}"
                        if heads.column("total")
                        else ""
                    )
                    return weight, group, at, as_number(cell.get("total"))
    return 0, 0, "", None


def _subtotals(page: Page, placed: Placed, draft: Draft) -> Iterator[tuple[int, Live]]:
    """Beside the first row of each group, what the weights of the group add up to."""
    weight, group, _, _ = _columns(placed, draft)
    if not weight or not group:
        return
    groups, weights = (f"{absolute(placed.first, c)}:{absolute(placed.last, c)}" for c in (group, weight))
    rows = range(placed.first, placed.last + 1)
    texts = [plain(page.cells.get((row, group))) for row in rows]
    for place, row in enumerate(rows):
        cell = a1(row, group)
        above = f"COUNTIF({absolute(placed.first, group)}:{cell},{cell})>1"
        total = sum(
            as_number(page.cells.get((r, weight))) or 0
            for r, text in zip(rows, texts, strict=True)
            if text == texts[place]
        )
        value = "" if not texts[place] or texts[place] in texts[:place] else float(total)
        yield row, Live(f'IF({cell}="","",IF({above},"",SUMIF({groups},{cell},{weights})))', value)


def weights(page: Page, placed: Placed, draft: Draft) -> Live | None:
    """Return the check that the weights of a table's rows add up to what the table says."""
    weight, _, at, total = _columns(placed, draft)
    if not weight or not at or total is None:
        return None
    span = f"{absolute(placed.first, weight)}:{absolute(placed.last, weight)}"
    sum_ = sum(as_number(page.cells.get((row, weight))) or 0 for row in range(placed.first, placed.last + 1))
    fits = round(float(sum_) - float(total), 6) == 0
    value = (
        f"{FINE} 分值合计 {plain(total)}" if fits else f"× 分值合计 {plain(round(float(sum_), 6))}，应为 {plain(total)}"
    )
    formula = (
        f'IF(ROUND(SUM({span})-{at},6)=0,"{FINE} 分值合计 "&{at},"× 分值合计 "&ROUND(SUM({span}),6)&"，应为 "&{at})'
    )
    return Live(formula, value)
