"""Drop-downs, limits and their Chinese texts, from the field types; few and merged, so that every reader stays fast."""

from __future__ import annotations

from datetime import date
from typing import Any

from xlsxwriter.worksheet import Worksheet

from xltools.form import model as m
from xltools.form.address import a1, absolute, column_letter
from xltools.form.layout import Layout, SheetLayout, Slot
from xltools.form.states import any_equal, written_date
from xltools.writing.workbook import ensure

LIMIT = 1e12
SIGNS = "≥≤><＞＜=＝"
Area = tuple[int, int, int, int]


def _limits(item: m.Field | m.Column) -> dict[str, Any]:
    if item.minimum is not None and item.maximum is not None:
        return {"criteria": "between", "minimum": item.minimum, "maximum": item.maximum}
    if item.minimum is not None:
        return {"criteria": ">=", "value": item.minimum}
    if item.maximum is not None:
        return {"criteria": "<=", "value": item.maximum}
    return {"criteria": "between", "minimum": -LIMIT, "maximum": LIMIT}


def _range_words(item: m.Field | m.Column) -> str:
    low = "" if item.minimum is None else f"不小于 {item.minimum:g}"
    high = "" if item.maximum is None else f"不大于 {item.maximum:g}"
    return "、".join(w for w in (low, high) if w)


def _unit_words(item: m.Field | m.Column) -> str:
    return f"，单位{item.unit}" if item.unit else ""


def _spec(item: m.Field | m.Column, first: Slot, columns: dict[str, int]) -> dict[str, Any] | None:
    """Return xlsxwriter's options for one kind of input, or None where anything may be typed."""
    if item.choices:
        return {
            "validate": "list",
            "source": list(item.choices),
            "input_title": "请选择",
            "input_message": "从下拉列表中选择",
            "error_title": "不在列表中",
            "error_message": f"请从下拉列表中选择：{'、'.join(item.choices)}"[:255],
        }
    applies = getattr(item, "applies", None)
    if item.numeric and applies is not None:
        where = any_equal(f"${column_letter(columns[applies.column])}{first.row}", applies.values)
        return _number_where(where, a1(first.row, first.column), applies.column)
    match item.type:
        case "amount" | "percent" | "score" | "number":
            return _decimal(item)
        case "integer" | "year":
            return _integer(item)
        case "date":
            return _date(isinstance(item, m.Field) and item.as_text, absolute(first.row, first.column))
        case _:
            return _length(item)


def _number_where(where: str, cell: str, sign: str) -> dict[str, Any]:
    """A number in rows that ask for one; in no row a sign before it, for the sign has a column of its own."""
    return {
        "validate": "custom",
        "value": f'=IF({where},ISNUMBER({cell}),NOT(ISNUMBER(FIND(LEFT({cell},1),"{SIGNS}"))))',
        "input_title": "填数字",
        "input_message": "只填数字，不带单位",
        "error_title": "不是数字",
        "error_message": f"这里只填数字，不带单位和符号：≥、≤ 在“{sign}”一栏选，95% 填 95。",
    }


def _decimal(item: m.Field | m.Column) -> dict[str, Any]:
    unit, words = _unit_words(item), _range_words(item)
    said = {"amount": "金额", "percent": "百分数"}.get(item.type, "数字")
    example = "，如 95.53 表示 95.53%" if item.type == "percent" else ""
    return {
        "validate": "decimal",
        **_limits(item),
        "input_title": said,
        "input_message": f"只填数字{unit}{example}。{words}".strip("。"),
        "error_title": "数字不合要求",
        "error_message": f"请填数字{unit}，不带单位和逗号{'，' + words if words else ''}。",
    }


def _integer(item: m.Field | m.Column) -> dict[str, Any]:
    unit, words = _unit_words(item), _range_words(item)
    return {
        "validate": "integer",
        **_limits(item),
        "input_title": "整数",
        "input_message": f"只填整数{unit}。{words}".strip("。"),
        "error_title": "数字不合要求",
        "error_message": f"请填整数{unit}，不带单位{'，' + words if words else ''}。",
    }


def _date(as_text: bool, cell: str) -> dict[str, Any]:
    if as_text:
        return {
            "validate": "custom",
            "value": f"=IF(ISNUMBER({cell}),AND({cell}>=36526,{cell}<=73050),{written_date(cell)})",
            "input_title": "日期",
            "input_message": "如 2024-04-15、2024.4.15、2024年4月15日",
            "error_title": "不是日期",
            "error_message": "请填日期，如 2024-04-15、2024.4.15 或 2024年4月15日。",
        }
    return {
        "validate": "date",
        "criteria": "between",
        "minimum": date(2000, 1, 1),
        "maximum": date(2099, 12, 31),
        "input_title": "日期",
        "input_message": "如 2024-04-15",
        "error_title": "不是日期",
        "error_message": "请填日期，如 2024-04-15。",
    }


def _length(item: m.Field | m.Column) -> dict[str, Any] | None:
    if item.max_length is None:
        return None
    return {
        "validate": "length",
        "criteria": "<=",
        "value": item.max_length,
        "error_title": "文字过长",
        "error_message": f"请控制在 {item.max_length} 字以内。",
    }


def add_validations(sheet: Worksheet, made: SheetLayout, layout: Layout) -> None:
    """Put the validations of one sheet, cells of one kind merged into one."""
    groups: dict[str, tuple[dict[str, Any], list[Area]]] = {}
    columns: dict[str, dict[str, int]] = {}
    for (table, column), span in layout.spans.items():
        if span.sheet == made.sheet.name:
            columns.setdefault(table, {})[column] = span.column
    for slot in made.slots:
        if slot.role not in ("input", "bureau") or slot.item is None or slot.key is None:
            continue
        spec = _spec(slot.item, slot, columns.get(slot.key.field, {}))
        if spec is None:
            continue
        same = {k: v for k, v in spec.items() if spec["validate"] != "custom" or k != "value"}
        anchor = f"{slot.key.field}.{slot.key.column}" if spec["validate"] == "custom" else ""
        group = groups.setdefault(repr(same) + anchor, (spec, []))
        _extend(group[1], slot)
    for spec, areas in groups.values():
        first, *rest = areas
        options = spec | {"ignore_blank": True}
        if rest:
            options["other_cells"] = [list(area) for area in rest]
        ensure(sheet.data_validation(*first, options), f"{made.sheet.name} 的数据有效性")


def _extend(areas: list[Area], slot: Slot) -> None:
    """Add a cell to a list of areas, growing a run downwards where it can."""
    row, column = slot.row - 1, slot.column - 1
    for index, (top, left, bottom, right) in enumerate(areas):
        if left == right == column and bottom == row - 1:
            areas[index] = (top, left, row, right)
            return
    areas.append((row, column, row, column))
