"""What a department should know of a form that is not last year's: the changes that its people meet, in a few lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from xltools.editing import differences as d
from xltools.editing.differences import Change, changes
from xltools.editing.titles import key_title
from xltools.form import model as m

MOST = 12
"""Entries that a line names; the rest are counted."""
ASKED = frozenset({"required", "unit", "type", "choices", "decimals", "minimum", "maximum", "max_length"})
"""Keys of a field or a column that change what is asked of the sender."""
_KINDS = ((d.ROW, "指标"), (d.TABLE, "表格"), (d.FIELD, "填报项"), (d.COLUMN, "列"), (d.RULE, "审核公式"))


def told(old: m.Form, new: m.Form) -> list[str]:
    """Return what changed for the sender, a line a sort of change."""
    names = _Names(old, new)
    found = [c for c in changes(old, new) if not names.unseen(c)]
    return [line for line in (*_came_and_went(found, names), *_rest(found, names)) if line]


class _Names:
    """What an entry is called on the sheets: by its label, not by the name that formulas use."""

    def __init__(self, old: m.Form, new: m.Form) -> None:
        self.old, self.new = old, new

    def now(self, change: Change) -> str:
        return self._of(self.new, change, change.name)

    def before(self, change: Change) -> str:
        former = change.old if change.sort == "renamed" else change.name
        if change.what == d.COLUMN and change.sort == "renamed":
            former = f"{change.name.partition('.')[0]}.{former}"
        return self._of(self.old, change, former)

    def unseen(self, change: Change) -> bool:
        """True for columns that nobody fills in, and for the columns of a table that came or went as a whole."""
        if change.what != d.COLUMN:
            return False
        table, _, name = change.name.partition(".")
        form = self.old if change.sort == "removed" else self.new
        column = next((c for t in form.tables if t.name == table for c in t.columns if c.name == name), None)
        return column is None or not column.staff or column.hidden

    @staticmethod
    def _of(form: m.Form, change: Change, name: str) -> str:
        if change.what == d.FIELD:
            label = next((f.label for f in form.fields if f.name == name), name)
        elif change.what == d.TABLE:
            label = next((t.label for t in form.tables if t.name == name), name)
        elif change.what == d.RULE:
            code = name.split()[0]
            label = next((f"{r.name}（{code}）" for r in form.rules if r.code == code), name)
        elif change.what == d.COLUMN:
            table, _, column = name.partition(".")
            labels = ((t.label, c.label) for t in form.tables if t.name == table for c in t.columns if c.name == column)
            label = "的“".join(next(labels, (table, column)))
            return f"“{label}”"
        else:
            label = name
        return f"“{label}”"


def _came_and_went(found: list[Change], names: _Names) -> Iterator[str]:
    for kind, word in _KINDS:
        own = [c for c in found if c.what == kind]
        weight: Callable[[str], str] = (
            (lambda text: f"（{text}）" if text else "") if kind == d.ROW else lambda text: ""
        )
        yield _line(f"新增{word}", (names.now(c) + weight(c.new) for c in own if c.sort == "added"))
        yield _line(f"取消{word}", (names.before(c) + weight(c.old) for c in own if c.sort == "removed"))
        renamed = ((names.before(c), names.now(c)) for c in own if c.sort == "renamed")
        yield _line(f"{word}改名", (f"{before}改为{now}" for before, now in renamed if before != now))
        labels = ((c.old, c.new) for c in own if c.key == key_title("label") and kind != d.RULE)
        yield _line(f"{word}改称", (f"“{before}”改为“{now}”" for before, now in labels))


def _rest(found: list[Change], names: _Names) -> Iterator[str]:
    rows = [c for c in found if c.what == d.ROW and c.sort not in ("added", "removed", "renamed")]
    yield _line("分值改动", (f"“{c.name}”{_from_to(c)}" for c in rows if c.sort == "weight"))
    yield _line("等级下限改动", (f"“{c.name}”{_from_to(c)}" for c in found if c.what == d.BAND and c.sort == "weight"))
    bands = [c for c in found if c.what == d.BAND]
    yield _line("新增等级", (f"“{c.name}”" for c in bands if c.sort == "added"))
    yield _line("取消等级", (f"“{c.name}”" for c in bands if c.sort == "removed"))
    asked = {key_title(key) for key in ASKED}
    entries = (c for c in found if c.what in (d.FIELD, d.COLUMN) and c.key in asked)
    yield _line("填报要求改动", (f"{names.now(c)}：{c.key}{_from_to(c)}" for c in entries))
    yield _line("级别改动的审核公式", (f"{names.now(c)}{_from_to(c)}" for c in found if c.sort == "level"))
    counted = (c for c in found if c.what in (d.FIELD, d.COLUMN) and c.sort == "formula")
    yield _line("算法改动", dict.fromkeys(names.now(c) for c in counted))
    words = dict.fromkeys(f"“{c.name}”" for c in rows if c.sort in ("words", "formula"))
    yield _line("评分标准等内容改动的指标", words)


def _from_to(change: Change) -> str:
    return f"由{change.old or '（空）'}改为{change.new or '（空）'}"


def _line(head: str, entries: Iterable[str]) -> str:
    """Return one line, or nothing where there is nothing to say."""
    named = list(entries)
    more = f"等 {len(named)} 项" if len(named) > MOST else ""
    return f"{head}：{'、'.join(named[:MOST])}{more}" if named else ""
