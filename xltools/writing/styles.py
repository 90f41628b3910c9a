"""The look: colours, fonts and number formats of everything we write, as tokens."""

from __future__ import annotations

from typing import Any

from xltools.form.layout import Role
from xltools.form.model import Level

FONT = "微软雅黑"
SIZE = 10
INPUT_INK, INPUT_FILL = "#1F3864", "#FFFBE6"
COMPUTED_INK, COMPUTED_FILL = "#262626", "#EDEDED"
BUREAU_FILL = "#DDEBF7"
HEADER_INK, HEADER_FILL = "#FFFFFF", "#2F5597"
HEADING_INK, HEADING_FILL = "#1F3864", "#D9E2F3"
BORDER = "#BFBFBF"
RED_INK, RED_FILL = "#9C0006", "#FFC7CE"
AMBER_INK, AMBER_FILL = "#7F6000", "#FFE699"
GREEN_INK, GREEN_FILL = "#375623", "#E2EFDA"
GREY_INK = "#595959"
LINK_INK = "#0563C1"

Style = dict[str, Any]

_SHRUNK: Style = {"text_wrap": False, "shrink": True, "align": "left"}
"""What a formula says is seen whole in one line: rows do not grow when it changes."""
_CELL: Style = {"border": 1, "border_color": BORDER, "valign": "vcenter", "text_wrap": True}

ROLES: dict[Role, Style] = {
    "title": {"bold": True, "font_size": 18, "font_color": HEADING_INK, "valign": "vcenter"},
    "note": {"font_color": GREY_INK, "text_wrap": True, "valign": "top", "align": "left"},
    "subtitle": {"font_color": HEADING_INK, "valign": "vcenter"},
    "heading": {
        "bold": True,
        "font_color": HEADING_INK,
        "bg_color": HEADING_FILL,
        "valign": "vcenter",
        "border": 1,
        "border_color": BORDER,
        "align": "left",
    },
    "header": _CELL | {"bold": True, "font_color": HEADER_INK, "bg_color": HEADER_FILL, "align": "center"},
    "label": _CELL | {"text_wrap": False},
    "unit": _CELL | {"align": "center"},
    "hint": _CELL | {"font_color": GREY_INK, "font_size": 9, "align": "left"},
    "input": _CELL | {"font_color": INPUT_INK, "bg_color": INPUT_FILL, "locked": False},
    "bureau": _CELL | {"font_color": INPUT_INK, "bg_color": BUREAU_FILL},
    "constant": _CELL | {"font_color": COMPUTED_INK, "bg_color": COMPUTED_FILL},
    "computed": _CELL | {"font_color": COMPUTED_INK, "bg_color": COMPUTED_FILL},
    "state": _CELL | {"font_color": COMPUTED_INK, "bg_color": COMPUTED_FILL, "align": "center", "font_size": 9},
    "status": _CELL | _SHRUNK | {"font_color": COMPUTED_INK, "bg_color": COMPUTED_FILL, "font_size": 9},
    "told": _CELL | _SHRUNK | {"font_color": COMPUTED_INK, "bg_color": COMPUTED_FILL},
    "count": _CELL | {"font_color": COMPUTED_INK, "bg_color": COMPUTED_FILL, "align": "center", "num_format": "0;-0;–"},
    "first": _CELL | _SHRUNK | {"font_color": LINK_INK, "underline": 1},
    "back": {"font_color": LINK_INK, "underline": 1, "align": "left", "valign": "vcenter"},
    "sign_wrong": _CELL | {"font_color": RED_INK, "bg_color": RED_FILL, "align": "left", "font_size": 9},
    "sign_doubt": _CELL | {"font_color": AMBER_INK, "bg_color": AMBER_FILL, "align": "left", "font_size": 9},
    "fixed": _CELL,
    "plain": _CELL,
    "master": _CELL | {"bold": True, "font_size": 14, "align": "left"},
    "link": _CELL | {"font_color": LINK_INK, "underline": 1, "align": "center"},
    "legend_input": _CELL | {"font_color": INPUT_INK, "bg_color": INPUT_FILL, "align": "center"},
    "legend_computed": _CELL | {"font_color": COMPUTED_INK, "bg_color": COMPUTED_FILL, "align": "center"},
    "legend_bureau": _CELL | {"font_color": INPUT_INK, "bg_color": BUREAU_FILL, "align": "center"},
    "step": {"text_wrap": True, "valign": "vcenter", "align": "left"},
    "signature": {"valign": "vcenter"},
}

BAD = {"font_color": RED_INK, "bg_color": RED_FILL}
DOUBT = {"font_color": AMBER_INK, "bg_color": AMBER_FILL}
NOTE = {"font_color": HEADING_INK, "bg_color": BUREAU_FILL}
GOOD = {"font_color": GREEN_INK, "bg_color": GREEN_FILL}
FADED = {"font_color": "#BFBFBF"}

SIGNS: dict[Level, str] = {"error": "×", "confirm": "●", "notice": "●"}
LOOKS: dict[Level, Style] = {"error": BAD, "confirm": DOUBT, "notice": NOTE}
"""How a finding of each level is marked: a sign and a colour, never the colour alone."""
PERCENT_BEHIND = 'General"%"'
"""How a number of percent shows in a column that has numbers of every unit."""
REFERENCE: Style = ROLES["constant"] | {"align": "right"}
"""What is shown of last year: grey like all that is not typed."""
FULL_SIGN = 200
"""Longer texts carry no sign in the cell: a text format would show them as ####."""


def number_format(kind: str, decimals: int) -> str:
    """Return the Excel number format of a field type ("" where the type has none)."""
    fraction = "." + "0" * decimals if decimals else ""
    match kind:
        case "amount":
            return "#,##0" + fraction
        case "percent" | "score":
            return "0" + fraction
        case "integer":
            return "#,##0"
        case "year":
            return "0"
        case "date":
            return "yyyy-mm-dd"
        case "code" | "phone":
            return "@"
        case "number":
            return "General"
        case _:
            return ""


def signed_format(sign: str, kind: str, decimals: int) -> str:
    """Return the number format of a marked cell: its own, with a sign in front of numbers and text alike."""
    base = number_format(kind, decimals)
    base = "General" if base in ("", "@") else base
    return f'"{sign} "{base};"{sign} "-{base};"{sign} "{base};"{sign} "@'
