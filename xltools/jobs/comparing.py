"""xltools forms diff: what changed between two definitions, on the screen or as a workbook."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

from xltools.bilingual import Lang, Pair
from xltools.console import aligned
from xltools.editing.differences import SAID, Change, changes
from xltools.editing.located import read_definition
from xltools.editing.reviewed import reviewed
from xltools.errors import UsageError
from xltools.form.loader import FILES, load_form
from xltools.form.model import EDITION_MARK, Form
from xltools.jobs.common import WRITTEN, CommonOptions, workspace
from xltools.jobs.outputs import Outputs
from xltools.jobs.soundness import WORKBOOKS, folder_of
from xltools.temporary import prefix
from xltools.writing.styles import ROLES
from xltools.writing.workbook import Writer, ensure, strict

HEAD = Pair("{old} → {new}", "{old} → {new}")
OF = Pair("{id} {version}", "{id} {version}")
NOTHING = Pair("没有变动。", "Nothing changed.")
GROUP = Pair("{sort}：{count} 处", "{sort}: {count}")
BLANK = Pair("（空）", "(blank)")
NOT_SOUND = Pair(
    "{path} 有 {count} 处问题，先用 xltools forms check 检查并改正",
    "{path} has {count} problems; look at them with xltools forms check first",
)
SHEET = "变动"
COLUMNS = (
    (Pair("变动", "change"), 8),
    (Pair("对象", "of"), 10),
    (Pair("名称", "name"), 34),
    (Pair("项目", "key"), 18),
    (Pair("原来", "before"), 46),
    (Pair("现在", "now"), 46),
)
SHORT = 60
"""Characters of a value that a line on the screen shows."""


def diff(options: CommonOptions, names: tuple[str, str], output: Path | None, force: bool) -> int:
    """Say what changed between two definitions."""
    read = [Path(name) for name in names if Path(name).exists()]
    outputs = Outputs(workspace(options.forms_dir), read, force)
    outputs.claim((output, "summary"))
    forms = []
    for name in names:
        with _opened(name, options.forms_dir) as form:
            forms.append(form)
    old, new = forms
    found = changes(old, new)
    said = [OF.format(id=form.id, version=form.version).text(options.lang) for form in forms]
    head = HEAD.format(old=said[0], new=said[1]).text(options.lang)
    if output is None:
        print("\n".join([head, *_lines(found, options.lang)]))
        return 0
    outputs.save(output, _book(head, found, options.lang), "summary")
    options.console.note(WRITTEN.format(path=output))
    return 0


@contextmanager
def _opened(name: str, forms_dir: Path | None) -> Iterator[Form]:
    """Open a definition by its path, its id, its id and version, or as a workbook."""
    path = Path(name)
    if path.is_file() and path.suffix.lower() in WORKBOOKS:
        found = reviewed(read_definition(path))
        if found.problems:
            raise UsageError(NOT_SOUND.format(path=path, count=len(found.problems)))
        with tempfile.TemporaryDirectory(prefix=prefix()) as place:
            folder = Path(place) / found.raw.toml[FILES[0]]["form"]["id"]
            folder.mkdir()
            for file, text in found.files.items():
                (folder / file).write_text(text, encoding="utf-8", newline="\n")
            yield load_form(folder)
    elif EDITION_MARK in name and not path.exists():
        form_id, _, version = name.partition(EDITION_MARK)
        newest = load_form(folder_of(form_id, forms_dir))
        if version == newest.version:
            yield newest
        else:
            room = workspace(forms_dir)
            if version not in room.editions(form_id):
                known = "、".join([*room.editions(form_id), newest.version])
                raise UsageError(NO_VERSION.format(id=form_id, version=version, known=known))
            yield room.form(name)
    else:
        yield load_form(folder_of(name, forms_dir))


NO_VERSION = Pair(
    "表格 {id} 没有版本 {version}（有 {known}）", "the form {id} has no version {version} (there are {known})"
)


def _lines(found: Sequence[Change], lang: Lang) -> Iterator[str]:
    if not found:
        yield NOTHING.text(lang)
    for sort, group in groupby(found, key=lambda change: change.sort):
        some = list(group)
        yield GROUP.format(sort=SAID[sort], count=len(some)).text(lang)
        rows = [("  " + change.what.text(lang), change.name, change.key, _values(change, lang)) for change in some]
        yield from aligned(rows)


def _values(change: Change, lang: Lang) -> str:
    if change.sort in ("added", "removed"):
        return _short(change.new or change.old)
    old, new = (_short(text) or BLANK.text(lang) for text in (change.old, change.new))
    return HEAD.format(old=old, new=new).text(lang)


def _short(text: str) -> str:
    return text if len(text) <= SHORT else text[:SHORT] + "…"


def _book(head: str, found: Sequence[Change], lang: Lang) -> bytes:
    with strict():
        writer = Writer(head)
        sheet = writer.sheet(SHEET)
        sheet.write_string(0, 0, head, writer.format(ROLES["title"], {"font_size": 14}))
        header, plain = writer.format(ROLES["header"]), writer.format(ROLES["plain"])
        for column, (title, width) in enumerate(COLUMNS):
            sheet.set_column(column, column, width)
            sheet.write_string(1, column, title.text(lang), header)
        for row, change in enumerate(found, start=2):
            cells = (
                SAID[change.sort].text(lang),
                change.what.text(lang),
                change.name,
                change.key,
                change.old,
                change.new,
            )
            for column, text in enumerate(cells):
                ensure(sheet.write_string(row, column, text, plain), text[:20])
        if not found:
            sheet.write_string(2, 0, NOTHING.text(lang), plain)
        sheet.freeze_panes(2, 0)
        sheet.autofilter(1, 0, max(2, len(found) + 1), len(COLUMNS) - 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(1)
        return writer.finish()
