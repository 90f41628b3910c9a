"""xltools forms export and import: a definition as a workbook that a coordinator edits, and back."""

from __future__ import annotations

from pathlib import Path

from xltools.bilingual import Pair
from xltools.editing.book import definition_book
from xltools.editing.draft import Draft, laid
from xltools.editing.located import read_definition
from xltools.editing.problem import Problem
from xltools.editing.raw import files_of, raw_of
from xltools.editing.reviewed import Reviewed, reviewed
from xltools.editing.taken import Taken
from xltools.errors import DefinitionError, UsageError, XltoolsError
from xltools.form import form_folders, open_form
from xltools.form.editions import EDITIONS, edition_folders
from xltools.form.phrases import TEMPLATE as NARRATIVE_TEMPLATE
from xltools.jobs.common import NO_FILE, WRITTEN, CommonOptions, workspace
from xltools.jobs.outputs import Outputs
from xltools.writing.narrative.template import TEXT, template_bytes

MARKED = "_问题.xlsx"
FOUND = Pair(
    "{path} 有 {count} 处问题，没有生成定义；逐处标明的副本：{copy}",
    "{path} has {count} problems, no definition was made; they are marked in {copy}",
)
TAKEN = Pair(
    "已生成定义 {target}；用 --forms {folder} 使用它", "definition written: {target}; use it with --forms {folder}"
)
SAME_VERSION = Pair(
    "定义与现有的 {id} 不同，版本却同为 {version}；表格已经下发的，请在“表单”里换一个版本号",
    "the definition differs from {id} on hand, yet both say version {version}; if it was sent out, raise the version",
)
NOT_CARRIED = Pair(
    "定义 {id} 的 {file} 里有工作簿放不下的内容；请用 xltools forms copy 复制后直接修改文本",
    "{file} of {id} holds what no workbook can carry; use xltools forms copy and edit the text",
)


class Definitions:
    """What one run writes: a workbook, or the files of a definition."""

    def __init__(self, options: CommonOptions, force: bool) -> None:
        self.options, self.force = options, force

    def export(self, name: str, output: Path) -> int:
        """Write a form's definition as a workbook, after reading it back once."""
        outputs = self.outputs()
        outputs.claim((output, "definition"))
        form = open_form(name, self.options.forms_dir)
        raw = raw_of(form.folder)
        draft, files = laid(raw), files_of(raw)
        again = files_of(Taken(draft).raw)
        lost = [file for file in files if files[file] != again.get(file, "")]
        if lost:
            raise XltoolsError(NOT_CARRIED.format(id=form.id, file="、".join(lost)))
        outputs.save(output, definition_book(draft, f"{form.title} 定义"), "definition")
        self.options.console.note(WRITTEN.format(path=output))
        return 0

    def take(self, path: Path, folder: Path) -> int:
        """Write the files of the definition that a workbook gives; where something is wrong, all of it is told."""
        outputs = self.outputs(path)
        outputs.enter(folder)
        located, found = look_at(path)
        if found.problems:
            copy = folder / f"{path.stem}{MARKED}"
            self.tell(found.problems)
            self.mark(located, found.problems, copy, outputs)
            self.options.console.warn(FOUND.format(path=path, count=len(found.problems), copy=copy))
            return 1
        self._write(found, folder, outputs)
        return 0

    def tell(self, problems: list[Problem]) -> None:
        """Print the problems, a line each."""
        for problem in problems:
            print(problem.line.text(self.options.lang))

    def mark(self, draft: Draft, problems: list[Problem], copy: Path, outputs: Outputs) -> None:
        """Write the copy in which every problem is marked at its cell."""
        outputs.save(copy, definition_book(draft, "定义", problems, self.options.lang), "definition")

    def outputs(self, *read: Path) -> Outputs:
        """Return what decides where this run writes."""
        return Outputs(workspace(self.options.forms_dir), read, self.force)

    def _write(self, found: Reviewed, folder: Path, outputs: Outputs) -> None:
        form_id = found.raw.toml["form.toml"]["form"]["id"]
        target = folder / form_id
        files: dict[Path, bytes] = {target / name: text.encode("utf-8") for name, text in found.files.items()}
        document = target / NARRATIVE_TEMPLATE
        if TEXT in found.files and not document.exists():
            files[document] = template_bytes(found.files[TEXT])
        files |= self._editions(form_id, target)
        outputs.claim(*((path, "plain") for path in files))
        for path, data in files.items():
            outputs.save(path, [data], "plain")
        self._say_version(form_id, target)
        self.options.console.note(TAKEN.format(target=target, folder=folder))

    def _editions(self, form_id: str, target: Path) -> dict[Path, bytes]:
        """The former editions of the form on hand go with it."""
        known = form_folders(self.options.forms_dir).get(form_id)
        if known is None or (target / EDITIONS).exists():
            return {}
        former = edition_folders(known)
        return {
            target / EDITIONS / version / path.name: path.read_bytes()
            for version, place in former.items()
            for path in sorted(place.iterdir())
            if path.is_file()
        }

    def _say_version(self, form_id: str, target: Path) -> None:
        try:
            known = open_form(form_id, self.options.forms_dir)
        except (DefinitionError, UsageError):
            return
        mine = open_form(form_id, target)
        changed = files_of(raw_of(known.folder)) != files_of(raw_of(target))
        if changed and mine.version == known.version and known.folder.resolve() != target.resolve():
            self.options.console.warn(SAME_VERSION.format(id=form_id, version=known.version))


def look_at(path: Path) -> tuple[Draft, Reviewed]:
    """Read a definition workbook and everything that is wrong with it."""
    if not path.is_file():
        raise UsageError(NO_FILE.format(path=path))
    located = read_definition(path)
    return located.draft, reviewed(located)
