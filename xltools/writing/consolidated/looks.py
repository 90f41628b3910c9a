"""How the consolidated workbook looks: formats by kind of column, and widths for Chinese."""

from __future__ import annotations

from xltools.writing import styles
from xltools.writing.consolidated.plan import Kind
from xltools.writing.styles import Style

_CELL: Style = {"border": 1, "border_color": styles.BORDER, "valign": "vcenter"}
BODY: dict[Kind, Style] = {
    "text": _CELL | {"text_wrap": True},
    "wrap": _CELL | {"text_wrap": True, "valign": "top"},
    "code": _CELL | {"num_format": "@"},
    "centre": _CELL | {"align": "center"},
    "level": _CELL | {"align": "center"},
    "link": _CELL | {"font_color": "#0563C1", "underline": 1, "shrink": True},
    "amount": _CELL | {"align": "right"},
    "percent": _CELL | {"align": "right"},
    "score": _CELL | {"align": "right"},
    "integer": _CELL | {"align": "right", "num_format": "#,##0"},
    "number": _CELL | {"align": "right", "num_format": "General"},
}
TITLE: Style = {"bold": True, "font_size": 16, "font_color": styles.HEADING_INK, "valign": "vcenter"}
NOTE: Style = {"font_color": styles.GREY_INK, "font_size": 9, "text_wrap": True, "valign": "top"}
HEADER: Style = styles.ROLES["header"]
GROUP: Style = styles.ROLES["header"] | {"bg_color": "#1F3864"}
TOTAL: Style = {"bold": True, "bg_color": styles.HEADING_FILL}
MARKED: Style = {"bg_color": styles.AMBER_FILL}
BAR = "#9DC3E6"
LOW, FULL = "#F4B183", "#FFFFFF"


def body(kind: Kind, decimals: int) -> Style:
    """Return the look of a cell of this kind; figures with their decimals."""
    fraction = "." + "0" * decimals if decimals else ""
    match kind:
        case "amount":
            return BODY[kind] | {"num_format": "#,##0" + fraction}
        case "percent" | "score":
            return BODY[kind] | {"num_format": "0" + fraction}
        case _:
            return BODY[kind]
