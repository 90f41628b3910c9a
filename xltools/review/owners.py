"""Says which workbooks are of one department, so that copies are told from two departments under one code."""

from __future__ import annotations

from collections.abc import Sequence

from xltools.findings.report import Checked
from xltools.intake.directory import same_name
from xltools.intake.roster import Roster


def assign_owners(submissions: Sequence[Checked], roster: Roster | None) -> None:
    """Set `owner` of every workbook that was read: equal for workbooks of one form that are one department's.

    That is: the same code and much the same name; with a roster also a name that nobody in it bears, for then the
    name was mistyped, not the code. A workbook without a code belongs to those of its name.
    """
    named = {d.name for d in roster.departments} if roster is not None else None
    groups: dict[tuple[str, str], list[Checked]] = {}
    codes: dict[tuple[str, str], str] = {}
    for checked in submissions:
        if checked.form and checked.code and checked.department:
            codes.setdefault((checked.form, checked.department), checked.code)
    for checked in submissions:
        if checked.form:
            code = checked.code or codes.get((checked.form, checked.department), "")
            groups.setdefault((checked.form, code or checked.department or checked.file), []).append(checked)
    for (form, code), group in groups.items():
        heads: list[str] = []
        for checked in sorted(group, key=lambda c: (named is None or c.department not in named, -len(c.department))):
            name = checked.department
            head = next((h for h in heads if same_name(h, name)), None)
            if head is None and named is not None and name not in named and heads:
                head = heads[0]
            if head is None:
                heads.append(head := name)
            checked.owner = f"{form}\0{code}\0{head}"
