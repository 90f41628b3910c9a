"""Loads a definition folder (TOML) into a Form, or refuses it with file, key path, what is wrong, the nearest word."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from xltools.errors import DefinitionError
from xltools.form import model as m
from xltools.form.formulas import literal
from xltools.form.model import ROLE_FIELDS
from xltools.form.nearest import nearest

FILES = ("form.toml", "fields.toml", "tables.toml", "rules.toml")
BASE_CASE = "clean.json"
NARRATIVE = "narrative.toml"
"""The optional file that ties a narrative's phrases to fields (form.narrative)."""

_DECIMALS = {"integer": 0, "year": 0, "date": 0}
_UNITS = {"amount": "", "percent": "%", "score": "分"}


class _Reader:
    """Takes typed values out of one TOML table and remembers where it is, for messages."""

    def __init__(self, where: str, data: Mapping[str, Any], known: Iterable[str]) -> None:
        self.where = where
        self.data = data
        known = set(known)
        for key in data:
            if key not in known:
                raise DefinitionError(f"{where}：不认识的键“{key}”{nearest(key, known)}")

    def fail(self, key: str, problem: str) -> DefinitionError:
        return DefinitionError(f"{self.where}.{key}：{problem}")

    def text(self, key: str, default: str | None = None) -> str:
        value = self.data.get(key, default)
        if value is None:
            raise self.fail(key, "缺少这一项")
        if not isinstance(value, str):
            raise self.fail(key, f"应为文本，现为 {value!r}")
        return value

    def optional(self, key: str) -> str | None:
        return self.text(key) if key in self.data else None

    def number(self, key: str, default: float | None = None) -> float | None:
        value = self.data.get(key, default)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
            raise self.fail(key, f"应为数字，现为 {value!r}")
        return value

    def integer(self, key: str, default: int) -> int:
        value = self.number(key, default)
        if not isinstance(value, int):
            raise self.fail(key, f"应为整数，现为 {value!r}")
        return value

    def flag(self, key: str) -> bool:
        value = self.data.get(key, False)
        if not isinstance(value, bool):
            raise self.fail(key, f"应为 true 或 false，现为 {value!r}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise self.fail(key, f"应为文本的列表，现为 {value!r}")
        return tuple(value)

    def numbers(self, key: str) -> tuple[float, ...]:
        value = self.data.get(key, [])
        if not isinstance(value, list) or any(isinstance(v, bool) or not isinstance(v, int | float) for v in value):
            raise self.fail(key, f"应为数字的列表，现为 {value!r}")
        return tuple(float(v) for v in value)

    def one_of(self, key: str, allowed: Iterable[str], default: str | None = None) -> Any:
        value = self.text(key, default)
        allowed = list(allowed)
        if value not in allowed:
            raise self.fail(key, f"“{value}”不在允许之列（{'、'.join(allowed)}）{nearest(value, allowed)}")
        return value


def digest_of(folder: Path) -> str:
    """Return the hash of a definition's texts (line ends do not count), 16 hex digits."""
    total = hashlib.sha256()
    for name in FILES:
        total.update(name.encode() + b"\0" + (folder / name).read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return total.hexdigest()[:16]


def load_form(folder: Path) -> m.Form:
    """Load and validate the definition in `folder`; raise DefinitionError at the first thing that is wrong."""
    from xltools.form.laws import enforce

    data: dict[str, dict[str, Any]] = {}
    for name in FILES:
        try:
            data[name] = tomllib.loads((folder / name).read_text(encoding="utf-8-sig"))
        except FileNotFoundError:
            raise DefinitionError(
                f"{folder / name}：缺少这个文件；可用 xltools forms copy 复制一套完整的定义"
            ) from None
        except UnicodeDecodeError as error:
            raise DefinitionError(
                f"{folder / name}：不是 UTF-8 文本（第 {error.start} 字节）；请另存为 UTF-8"
            ) from None
        except tomllib.TOMLDecodeError as error:
            raise DefinitionError(f"{folder / name}：TOML 写法有误：{error}") from None
    allowed = {
        "form.toml": {"form", "guide", "sheet", "band"},
        "fields.toml": {"section", "field"},
        "tables.toml": {"table", "column", "row"},
        "rules.toml": {"rule"},
    }
    for name, keys in allowed.items():
        _Reader(f"{folder / name}", data[name], keys)
    form = _assemble(folder, data)
    enforce(form)
    return form


def _assemble(folder: Path, data: dict[str, dict[str, Any]]) -> m.Form:
    head = _Reader(
        f"{folder / 'form.toml'}：form",
        data["form.toml"].get("form", {}),
        (
            "id",
            "title",
            "version",
            "year",
            "region",
            "unit",
            "published",
            "code_field",
            "name_field",
            "score_field",
            "grade_field",
            "total_fields",
            *ROLE_FIELDS,
            "rate_target",
            "per_head_field",
            "head_fields",
            "per_head_most",
            "same_as",
        ),
    )
    guide = _Reader(f"{folder / 'form.toml'}：guide", data["form.toml"].get("guide", {}), m.Guide.__slots__)
    unit = head.text("unit")
    tables = _tables(folder, data["tables.toml"])
    fields = _fields(folder / "fields.toml", data["fields.toml"].get("field", []), unit)
    return m.Form(
        id=head.text("id"),
        title=head.text("title"),
        version=head.text("version"),
        year=head.integer("year", 0),
        region=head.text("region", ""),
        unit=unit,
        folder=folder,
        digest=digest_of(folder),
        guide=m.Guide(
            guide.text("purpose"),
            guide.texts("steps"),
            guide.texts("legend"),
            guide.text("deadline"),
            guide.text("contact"),
            guide.text("source_note", ""),
        ),
        sheets=tuple(_sheets(folder / "form.toml", data["form.toml"].get("sheet", []))),
        sections=tuple(_sections(folder / "fields.toml", data["fields.toml"].get("section", []))),
        fields=(*fields, *_subtotals(tables, fields)),
        tables=tables,
        rules=tuple(_rules(folder / "rules.toml", data["rules.toml"].get("rule", []))),
        bands=tuple(_bands(folder / "form.toml", data["form.toml"].get("band", []))),
        code_field=head.text("code_field"),
        name_field=head.text("name_field"),
        score_field=head.text("score_field"),
        grade_field=head.text("grade_field"),
        total_fields=head.texts("total_fields"),
        **{key: head.optional(key) for key in ROLE_FIELDS},
        rate_target=head.number("rate_target"),
        per_head_field=head.optional("per_head_field"),
        head_fields=head.texts("head_fields"),
        per_head_most=head.number("per_head_most"),
        same_as=head.texts("same_as"),
        published=head.text("published", ""),
    )


def _items(path: Path, kind: str, items: object) -> Iterable[tuple[str, Mapping[str, Any]]]:
    """Yield (where, table) for each [[kind]]; `where` names it as a person would."""
    if not isinstance(items, list):
        raise DefinitionError(f"{path}：{kind} 应写成 [[{kind}]]")
    for number, item in enumerate(items, start=1):
        if not isinstance(item, dict):
            raise DefinitionError(f"{path}：{kind} 应写成 [[{kind}]]")
        own = next((v for k, v in item.items() if k != "table" and isinstance(v, str)), "")
        title = item.get("code") or item.get("name") or own
        yield f"{path}：{kind} 第 {number} 个（{title}）", item


def _sheets(path: Path, items: object) -> Iterable[m.Sheet]:
    for where, item in _items(path, "sheet", items):
        r = _Reader(where, item, m.Sheet.__slots__)
        columns = _Reader(f"{where}.columns", item.get("columns", {}), m.FieldColumns.__slots__)
        defaults = m.FieldColumns()
        yield m.Sheet(
            name=r.text("name"),
            kind=r.one_of("kind", ("guide", "data", "checks", "meta")),
            title=r.text("title", ""),
            blocks=r.texts("blocks"),
            widths=r.numbers("widths"),
            columns=m.FieldColumns(**{k: columns.integer(k, getattr(defaults, k)) for k in m.FieldColumns.__slots__}),
            note=r.text("note", ""),
            landscape=item.get("landscape", True) is True,
            signature=r.flag("signature"),
        )


def _sections(path: Path, items: object) -> Iterable[m.Section]:
    for where, item in _items(path, "section", items):
        r = _Reader(where, item, m.Section.__slots__)
        yield m.Section(
            r.text("name"),
            r.text("title"),
            r.text("sheet"),
            r.text("note", ""),
            r.texts("grid"),
            r.text("grid_head", "项目"),
        )


def _bands(path: Path, items: object) -> Iterable[m.Band]:
    for where, item in _items(path, "band", items):
        r = _Reader(where, item, m.Band.__slots__)
        low = r.number("low")
        if low is None:
            raise r.fail("low", "缺少这一项")
        yield m.Band(r.text("grade"), low)


def _fields(path: Path, items: object, form_unit: str) -> list[m.Field]:
    found: list[m.Field] = []
    for where, item in _items(path, "field", items):
        r = _Reader(where, item, m.Field.__slots__)
        kind: m.FieldType = r.one_of("type", m.FieldType.__args__)  # type: ignore[attr-defined]
        length = r.number("max_length")
        found.append(
            m.Field(
                name=r.text("name"),
                label=r.text("label", r.text("name")),
                section=r.text("section"),
                type=kind,
                unit=r.text("unit", form_unit if kind == "amount" else _UNITS.get(kind, "")),
                decimals=r.integer("decimals", _DECIMALS.get(kind, 2)),
                required=r.flag("required"),
                required_with=r.texts("required_with"),
                required_unless=r.texts("required_unless"),
                minimum=r.number("minimum"),
                maximum=r.number("maximum"),
                max_length=int(length) if length is not None else None,
                choices=r.texts("choices"),
                formula=_formula(r, "formula"),
                constant=item.get("constant"),
                default=item.get("default"),
                grade_of=r.optional("grade_of"),
                roster=r.optional("roster"),
                previous=r.optional("previous"),
                carry=r.flag("carry"),
                locked=r.flag("locked"),
                hint=r.text("hint", ""),
                indent=r.integer("indent", 0),
                summary=r.flag("summary"),
                aliases=r.texts("aliases"),
                row=r.text("row", ""),
                column=r.text("column", ""),
            )
        )
    return found


def _formula(r: _Reader, key: str) -> str | None:
    text = r.optional(key)
    if text is not None and not text.startswith("="):
        raise r.fail(key, "公式应以 = 开头")
    return text


def _tables(folder: Path, data: dict[str, Any]) -> tuple[m.Table, ...]:
    path = folder / "tables.toml"
    columns: dict[str, list[m.Column]] = {}
    for where, item in _items(path, "column", data.get("column", [])):
        r = _Reader(where, item, (*m.Column.__slots__, "table"))
        columns.setdefault(r.text("table"), []).append(_column(r, item))
    rows: dict[str, list[dict[str, m.Scalar]]] = {}
    for where, item in _items(path, "row", data.get("row", [])):
        name = _Reader(where, item, item).text("table")
        known = [c.name for c in columns.get(name, [])]
        _Reader(where, item, (*known, "table"))
        rows.setdefault(name, []).append({k: v for k, v in item.items() if k != "table"})
    tables: list[m.Table] = []
    for where, item in _items(path, "table", data.get("table", [])):
        r = _Reader(where, item, set(m.Table.__slots__) - {"columns", "rows"})
        name = r.text("name")
        own = rows.pop(name, [])
        if not own and "capacity" not in item:
            raise r.fail("capacity", "没有固定行的表格要写行数")
        tables.append(
            m.Table(
                name=name,
                label=r.text("label", name),
                sheet=r.text("sheet"),
                columns=(*columns.pop(name, []), _state_column()),
                capacity=len(own) or r.integer("capacity", 0),
                rows=tuple(own),
                min_rows=r.integer("min_rows", 0),
                title_column=r.optional("title_column"),
                reason_column=r.optional("reason_column"),
                key_column=r.optional("key_column"),
                weight_column=r.optional("weight_column"),
                score_column=r.optional("score_column"),
                group_columns=r.texts("group_columns"),
                subtotal_section=r.optional("subtotal_section"),
                total=r.number("total"),
                note=r.text("note", ""),
            )
        )
    for kind, left in (("column", columns), ("row", rows)):
        for name in left:
            known = [t.name for t in tables]
            raise DefinitionError(f"{path}：{kind} 的 table “{name}” 没有定义{nearest(name, known)}")
    return tuple(tables)


def _column(r: _Reader, item: Mapping[str, Any]) -> m.Column:
    kind: m.FieldType = r.one_of("type", m.FieldType.__args__)  # type: ignore[attr-defined]
    applies = None
    if "applies" in item:
        inner = _Reader(f"{r.where}.applies", item["applies"], ("column", "values"))
        applies = m.Applies(inner.text("column"), inner.texts("values"))
    length = r.number("max_length")
    return m.Column(
        name=r.text("name"),
        label=r.text("label", r.text("name")),
        type=kind,
        unit=r.text("unit", _UNITS.get(kind, "")),
        decimals=r.integer("decimals", _DECIMALS.get(kind, 2)),
        required=r.flag("required"),
        applies=applies,
        minimum=r.number("minimum"),
        maximum=r.number("maximum"),
        max_length=int(length) if length is not None else None,
        choices=r.texts("choices"),
        formula=_formula(r, "formula"),
        fixed=r.flag("fixed"),
        bureau=r.flag("bureau"),
        hidden=r.flag("hidden"),
        hint=r.text("hint", ""),
        width=float(r.number("width", 12.0) or 12.0),
        aliases=r.texts("aliases"),
    )


def _state_column() -> m.Column:
    """The column every table ends with; its formula is made by form.states from the columns' own properties."""
    return m.Column(name=m.STATE_COLUMN, label="填报状态", type="text", formula="=", width=10.0)


def _subtotals(tables: Iterable[m.Table], fields: Iterable[m.Field]) -> Iterable[m.Field]:
    """Make one computed field per group of a scoring table, so that no group's label is typed twice."""
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
                tests = "".join(
                    f",{table.name}_{c},{literal(p)}" for c, p in zip(table.group_columns, path, strict=False)
                )
                scores = f"{table.name}_{table.score_column}"
                ready = f"{table.name}_{m.STATE_COLUMN},{literal(m.READY)}"
                yield m.Field(
                    name=name,
                    label=path[-1],
                    section=table.subtotal_section,
                    type="score",
                    unit="分",
                    formula=f'=IF(COUNTIFS({ready}{tests})=0,"",ROUND(SUMIFS({scores}{tests}),2))',  # nothing scored is not 0
                    indent=depth,
                    summary=True,
                )


def _name_of(label: str) -> str:
    """Return a label without what a defined name cannot hold."""
    return "".join(ch for ch in label if "一" <= ch <= "鿿" or (ch.isascii() and ch.isalnum()))


def _rules(path: Path, items: object) -> Iterable[m.Rule]:
    for where, item in _items(path, "rule", items):
        r = _Reader(where, item, m.Rule.__slots__)
        yield m.Rule(
            code=r.text("code"),
            name=r.text("name"),
            name_en=r.text("name_en", r.text("code")),
            level=r.one_of("level", m.LEVELS),
            at=r.text("at"),
            left=r.text("left"),
            op=r.one_of("op", ("=", "<=", ">=", "<", ">", "<>")),
            right=r.text("right"),
            words=r.text("words"),
            words_en=r.text("words_en"),
            fix=r.text("fix"),
            fix_en=r.text("fix_en"),
            reason=r.text("reason"),
            basis=r.text("basis"),
            since=r.text("since"),
            table=r.optional("table"),
            when=r.optional("when"),
            unit=r.text("unit", ""),
            says=r.text("says", ""),
            says_en=r.text("says_en", ""),
            cases=tuple(_cases(where, item.get("cases", []))),
        )


def _cases(where: str, items: object) -> Iterable[m.Case]:
    if not isinstance(items, list):
        raise DefinitionError(f"{where}.cases：应为列表")
    for number, item in enumerate(items, start=1):
        r = _Reader(f"{where}.cases 第 {number} 个", item, m.Case.__slots__)
        values = item.get("values", {})
        if not isinstance(values, dict):
            raise r.fail("values", "应为一组 字段 = 值")
        yield m.Case({k: None if v == "" else v for k, v in values.items()}, r.text("state"), r.integer("row", 0))
