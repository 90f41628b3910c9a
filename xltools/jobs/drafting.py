"""xltools forms new: a draft of a form from a notice's own indicator table, as a 定义.xlsx to complete."""

from __future__ import annotations

from pathlib import Path

from xltools.bilingual import Pair
from xltools.boundary.walk import Fault
from xltools.editing.book import definition_book
from xltools.editing.draft import laid
from xltools.editing.drafted import TO_COMPLETE, drafted, recipe, told
from xltools.editing.notice import read_notice
from xltools.editing.problem import Problem, in_order
from xltools.editing.raw import files_of
from xltools.editing.reviewed import at_cells, faults_of
from xltools.editing.taken import Taken
from xltools.errors import UsageError
from xltools.jobs.common import NO_FILE, WRITTEN, CommonOptions, workspace
from xltools.jobs.outputs import Outputs

BOOK = "定义.xlsx"
READ = Pair("读到 {count} 个指标，分值合计 {total} 分。", "{count} indicators were read, {total} points in all.")
TO_DO = Pair("待补充：{line}", "to complete: {line}")
DOUBT = Pair("请核对：{line}", "please look: {line}")
NEXT = Pair(
    "补充、改正后：xltools forms check {path}，再 xltools forms import {path} -o 本局表格",
    "when completed: xltools forms check {path}, then xltools forms import {path} -o FOLDER",
)


def draft(options: CommonOptions, path: Path, folder: Path, force: bool) -> int:
    """Write the draft; say what was read, what was not understood, what is left to do. 1 where something was not."""
    if not path.is_file():
        raise UsageError(NO_FILE.format(path=path))
    target = folder / BOOK
    outputs = Outputs(workspace(options.forms_dir), [path], force)
    outputs.enter(folder)
    outputs.claim((target, "definition"))
    how = recipe()
    notice = read_notice(path, how.level, how.text, how.words)
    raw = drafted(notice, how)
    pages = laid(raw)
    taken = Taken(pages)
    doubts = [*(Problem("", 0, 0, says) for says in notice.not_understood), *taken.found]
    doubts += at_cells(faults_of(taken, files_of(raw)), taken)
    todo = [
        Problem(*where, says)
        for key, says in TO_COMPLETE
        if (where := taken.where(Fault(f"form.toml · {key}", says))) is not None
    ]
    print(READ.format(count=len(notice.indicators), total=told(notice)).text(options.lang))
    for words, some in ((DOUBT, doubts), (TO_DO, todo)):
        for problem in some:
            print(words.format(line=problem.line).text(options.lang))
    marked = in_order([*doubts, *todo], pages)
    outputs.save(target, definition_book(pages, "定义", marked, options.lang), "definition")
    options.console.note(WRITTEN.format(path=target))
    options.console.note(NEXT.format(path=target))
    return 1 if doubts else 0
