"""The computed fields of a scoring table's groups, made of its rows so that no group's label is typed twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xltools.form import model as m
from xltools.form.formulas import literal


def subtotals(tables: Iterable[m.Table], fields: Iterable[m.Field]) -> Iterator[m.Field]:
    """Yield one computed field for each group of a scoring table; `fields` are the names that are taken."""
    taken = {f.name for f in fields}
    for table in tables:
        if table.subtotal_section is None or table.score_column is None:
            continue
        seen: set[tuple[str, ...]] = set()
        for row in table.rows:
            path: tuple[str, ...] = ()
            for depth, column in enumerate(table.group_columns):
                path = (*path, str(row.get(column)))
                if path in seen:
                    continue
                seen.add(path)
                name = _name_of(path[-1]) + "得分"
                if name in taken:
                    name = "".join(map(_name_of, path)) + "得分"
                taken.add(name)
                yield _subtotal(table, table.subtotal_section, name, path, depth)


def _subtotal(table: m.Table, section: str, name: str, path: tuple[str, ...], depth: int) -> m.Field:
    tests = "".join(f",{table.name}_{c},{literal(p)}" for c, p in zip(table.group_columns, path, strict=False))
    scores = f"{table.name}_{table.score_column}"
    ready = f"{table.name}_{m.STATE_COLUMN},{literal(m.READY)}"
    return m.Field(
        name=name,
        label=path[-1],
        section=section,
        type="score",
        unit="分",
        formula=f'=IF(COUNTIFS({ready}{tests})=0,"",ROUND(SUMIFS({scores}{tests}),2))',  # nothing scored is not 0
        indent=depth,
        summary=True,
    )


def _name_of(label: str) -> str:
    """Return a label without what a defined name cannot hold."""
    return "".join(ch for ch in label if "一" <= ch <= "鿿" or (ch.isascii() and ch.isalnum()))
