"""Makes department workbooks with their computed values: blank, from a roster line, from values."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from xltools.form.layout import Key
from xltools.form.model import Form, Scalar
from xltools.intake.roster import Department
from xltools.recalc.workspace import Workspace
from xltools.writing.department.builder import Filling, build
from xltools.writing.department.inputs import capacities_for, cell_values, defaults
from xltools.writing.department.prefill import prefilled

_ILLEGAL = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
LONGEST_NAME = 180
"""Bytes of a file's name in UTF-8: a file system takes 255, and a name is lengthened when it is copied."""
_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(\.|$)")


def workbook(
    workspace: Workspace,
    form: Form,
    values: Mapping[str, Any] | None = None,
    department: Department | None = None,
    changed: Sequence[str] = (),
) -> bytes:
    """Return a department's workbook. Without values and department: the blank template.

    What the roster gives is prefilled (whose workbook it is: locked); what `values` gives is written as it was sent;
    `changed` says, on its first page, in what the form differs from the one that the values come from."""
    given = dict(values or {})
    layout = workspace.layout(form, capacities_for(form, given))
    cells: dict[Key, Scalar] = {} if values is not None else defaults(form)
    cells |= cell_values(layout, given)
    sent = {} if department is None else prefilled(form, department)
    # whose workbook it is, is the bureau's; anything else is prefilled for convenience and theirs to change
    locked = frozenset(k for k in sent if form.field(k.field).locked or k.field in (form.code_field, form.name_field))
    cells |= sent
    model, _ = workspace.model(layout)
    code = str(sent.get(Key(form.code_field), ""))
    if department is not None and form.field(form.code_field).roster is None:
        code = department.code
    filling = Filling(cells, locked, code, changed=changed)
    return build(layout, filling, model.evaluate(cells))


def file_name(code: str, name: str, suffix: str = "", ending: str = ".xlsx") -> str:
    """Return `编码_部门[suffix].xlsx`, without what Windows does not allow in a file's name or a screen does not show,
    short enough for every file system."""
    stem = _ILLEGAL.sub("_", "_".join(p for p in (code, name) if p))
    stem = "".join(ch for ch in stem if unicodedata.category(ch) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    room = LONGEST_NAME - len((suffix + ending).encode("utf-8"))
    stem = stem.encode("utf-8")[:room].decode("utf-8", "ignore").strip(" .")
    if _RESERVED.match(stem):
        stem = "_" + stem
    return f"{stem or '部门'}{suffix}{ending}"
