"""Reads 规则调整 (.xlsx, .csv or .toml) and refuses it with everything that is wrong, each fault at its cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from xltools.bilingual import Pair
from xltools.boundary.nearest import nearest
from xltools.boundary.read import read_toml
from xltools.boundary.walk import GATHERED, Fault, below, entry, refusal, unknown_keys
from xltools.errors import UsageError
from xltools.findings.adjusted import NewLevel
from xltools.form.address import a1
from xltools.intake.cells.written import plain_text, read_date
from xltools.intake.own_files import Line, read_tables
from xltools.intake.roster import Roster
from xltools.review.adjustments import Adjustment, AdjustmentsFile
from xltools.rules.catalogue import Entry

COLUMNS = {
    **{"编号": "code", "级别": "level", "生效日期": "from", "表格": "form"},
    **{"部门": "departments", "理由": "reason", "经办人": "name"},
}
"""Titles of the workbook's columns, and the keys of the TOML file for the same."""
NEEDED = ("code", "level", "reason", "name")
LEVELS: dict[str, NewLevel] = {
    **{"错误": "error", "核实": "confirm", "提示": "notice", "停用": "off"},
    **{"error": "error", "confirm": "confirm", "notice": "notice", "off": "off"},
}
UNTOUCHABLE = "IN"
FIRST_ROWS = 20
_BETWEEN = re.compile(r"[、，,;；\n]+")
_WHAT = Pair("规则调整文件", "file of changed rules")
_FILE = Pair("规则调整文件 {path}", "the file of changed rules {path}")
_TITLES = Pair(
    "没有列名；应有一行写着：编号、级别、生效日期、表格、部门、理由、经办人",
    "no titles; one line must hold 编号, 级别, 生效日期, 表格, 部门, 理由, 经办人",
)
_EMPTY = Pair("一条调整也没有", "it changes no rule")
_BLANK = {
    "code": Pair("没有写规则编号", "the rule's code is missing"),
    "level": Pair("没有写级别；应为错误、核实、提示或停用", "the level is missing: 错误, 核实, 提示 or 停用"),
    "reason": Pair("没有写理由", "the reason is missing"),
    "name": Pair("没有写经办人", "the name of who decided is missing"),
}
_NO_RULE = Pair("没有编号为“{word}”的规则{near}", "there is no rule {word}{near}")
_FIXED = Pair(
    "{code} 说的是文件能否打开，不能停用或改级别", "{code} says whether a file can be opened: it cannot be changed"
)
_NO_LEVEL = Pair("“{word}”不是级别；应为错误、核实、提示或停用", "“{word}” is no level: 错误, 核实, 提示, 停用 (off)")
_NO_DAY = Pair("“{word}”不是日期；应写成 2024-03-01 的样子", "“{word}” is no date; write it like 2024-03-01")
_NO_FORM = Pair("没有名为“{word}”的表格{near}", "there is no form “{word}”{near}")
_NOT_ITS = Pair("表格 {form} 没有规则 {code}", "the form {form} has no rule {code}")
_NOBODY = Pair("名册里没有“{word}”{near}", "the roster has no “{word}”{near}")
_TWICE = Pair("与 {other} 说的是同一条规则、同一范围", "says the same rule for the same scope as {other}")


@dataclass(frozen=True, slots=True)
class _Raw:
    """One line as it stands: its texts by key, and where each stands."""

    texts: Mapping[str, str]
    places: Mapping[str, str]
    place: str

    def at(self, key: str) -> str:
        return self.places.get(key, self.place)


@dataclass(frozen=True)
class Known:
    """What a file may speak of: all rules, the forms, and the departments where a roster says them."""

    rules: Mapping[str, Entry]
    forms: Sequence[str]
    roster: Roster | None = None


def read_adjustments(path: Path, known: Known) -> AdjustmentsFile:
    """Read the file; raise UsageError with every fault at its cell."""
    rows, found = _of_toml(path) if path.suffix.lower() == ".toml" else _of_tables(path)
    lines: list[Adjustment] = []
    seen: dict[tuple[object, ...], str] = {}
    for raw in rows:
        if len(found) >= GATHERED:
            break
        line, wrong = _line(raw, known)
        found += wrong
        if line is None:
            continue
        scope = (line.code, line.since, line.form, frozenset(line.departments))
        if scope in seen:
            found.append(Fault(raw.at("code"), _TWICE.format(other=seen[scope])))
        seen.setdefault(scope, raw.at("code"))
        lines.append(line)
    if not rows and not found:
        found.append(Fault(path.name, _EMPTY))
    if found:
        raise UsageError(refusal(_FILE.format(path=path), found))
    return AdjustmentsFile(str(path), tuple(lines))


def _line(raw: _Raw, known: Known) -> tuple[Adjustment | None, list[Fault]]:
    texts = raw.texts
    found = [Fault(raw.at(key), _BLANK[key]) for key in NEEDED if not texts.get(key)]
    code, level = texts.get("code", "").upper(), LEVELS.get(texts.get("level", "").lower())
    found += _code_faults(raw, code, known)
    if texts.get("level") and level is None:
        found.append(Fault(raw.at("level"), _NO_LEVEL.format(word=texts["level"][:20])))
    since: date | None = None
    if texts.get("from"):
        since, _ = read_date(texts["from"])
        if since is None:
            found.append(Fault(raw.at("from"), _NO_DAY.format(word=texts["from"][:20])))
    departments = tuple(word.strip() for word in _BETWEEN.split(texts.get("departments", "")) if word.strip())
    found += _nobody(raw, departments, known)
    if found or level is None:
        return None, found
    return Adjustment(code, level, texts["reason"], texts["name"], since, texts.get("form", ""), departments), []


def _code_faults(raw: _Raw, code: str, known: Known) -> Iterator[Fault]:
    """Yield what is wrong with the rule and the form that is named with it."""
    form = raw.texts.get("form", "")
    entry_ = known.rules.get(code)
    if code and entry_ is None:
        yield Fault(raw.at("code"), _NO_RULE.format(word=code[:20], near=nearest(code, known.rules)))
    elif code.startswith(UNTOUCHABLE):
        yield Fault(raw.at("code"), _FIXED.format(code=code))
    if form and form not in known.forms:
        yield Fault(raw.at("form"), _NO_FORM.format(word=form[:40], near=nearest(form, known.forms)))
    elif form and entry_ is not None and all(m.forms and form not in m.forms for m in entry_.meanings):
        yield Fault(raw.at("form"), _NOT_ITS.format(form=form, code=code))


def _nobody(raw: _Raw, departments: Sequence[str], known: Known) -> Iterator[Fault]:
    if known.roster is None:
        return
    names = {word for d in known.roster.departments for word in (d.code, d.name)}
    for word in [w for w in departments if w not in names][:GATHERED]:
        yield Fault(raw.at("departments"), _NOBODY.format(word=word[:40], near=nearest(word, names)))


# ---------------------------------------------------------------------- the two ways to write it


def _of_toml(path: Path) -> tuple[list[_Raw], list[Fault]]:
    data, found = read_toml(path)
    keys = tuple(COLUMNS.values())
    found += unknown_keys(path.name, (key for key in data if key != "rule"), ("rule",))
    given = data.get("rule", [])
    rows = []
    for number, item in enumerate(given if isinstance(given, list) else [given], start=1):
        if len(found) >= GATHERED:
            break
        place = entry(below(path.name, "rule"), number, item)
        if not isinstance(item, dict):
            found.append(Fault(place, Pair("应写成 [[rule]]", "write [[rule]]")))
            continue
        found += unknown_keys(place, (key for key in item if key not in keys), keys)
        texts = {key: _text(item[key]) for key in keys if key in item}
        rows.append(_Raw(texts, {key: below(place, key) for key in keys}, place))
    return rows, found


def _text(value: object) -> str:
    if isinstance(value, list):
        return "、".join(map(_text, value))
    return value.isoformat() if isinstance(value, date) else str(value).strip()


def _of_tables(path: Path) -> tuple[list[_Raw], list[Fault]]:
    rows: list[_Raw] = []
    titled = False
    for sheet, lines in read_tables(path, _WHAT).items():
        places = _titles(lines)
        if places is None:
            continue
        titled = True
        start, columns = places
        for line in lines:
            texts = {key: _cell(line, column) for key, column in columns.items()}
            if line.number > start and any(texts.values()):
                where = f"{sheet}!" if sheet else ""
                at = {key: f"{where}{a1(line.number, column)}" for key, column in columns.items()}
                rows.append(_Raw(texts, at, f"{where}{a1(line.number, 1)}"))
    return rows, [] if titled else [Fault(path.name, _TITLES)]


def _titles(lines: Sequence[Line]) -> tuple[int, dict[str, int]] | None:
    """Return the line of titles and the column of each key; None on a sheet that has none."""
    for line in lines:
        if line.number > FIRST_ROWS:
            break
        columns = {COLUMNS[text]: at for at in range(1, len(line.cells) + 1) if (text := _cell(line, at)) in COLUMNS}
        if {"code", "level"} <= columns.keys():
            return line.number, columns
    return None


def _cell(line: Line, column: int) -> str:
    value = line.cells[column - 1] if column <= len(line.cells) else None
    return "" if value is None else plain_text(value).strip()
