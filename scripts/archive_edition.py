"""Keeps the edition of a form that was sent out, before it is changed; afterwards writes down what the new one is.

python scripts/archive_edition.py FORM            first: copies the definition to editions/VERSION
(change the definition, raise `version` in form.toml, python scripts/generate.py)
python scripts/archive_edition.py FORM --record   then: writes the new version's digests to editions/shipped.toml
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tomllib
from pathlib import Path

from xltools.errors import XltoolsError
from xltools.form import form_folders
from xltools.form.editions import EDITIONS, edition_folders
from xltools.form.layout import Layout
from xltools.form.loader import load_form
from xltools.form.model import Form

RECORD = "shipped.toml"
HEAD = "# 每个版本：定义的摘要、工作簿中全部公式及其位置的摘要；由 scripts/archive_edition.py --record 写入\n"

Marks = dict[str, str]


def marks_of(form: Form) -> Marks:
    """Return what may not change of a version: the hash of its definition, and of the formulas made of it."""
    return {"digest": form.digest, "formulas": Layout(form).stamp}


def recorded(folder: Path) -> dict[str, Marks]:
    """Return version → what was written down of it."""
    path = folder / EDITIONS / RECORD
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def complaints(folder: Path) -> list[str]:
    """Return what is wrong with the editions of the form in `folder`: a version that is not what was sent out."""
    form, known, former = load_form(folder), recorded(folder), edition_folders(folder)
    found = []
    here = {form.version: form, **{version: load_form(path) for version, path in former.items()}}
    for version, one in here.items():
        if version not in known:
            found.append(f"{form.id} {version}: not written down (scripts/archive_edition.py {form.id} --record)")
        found += [
            f"{form.id} {version}: its {mark} changed; a change of what was sent out needs a version of its own "
            f"(put it back, run scripts/archive_edition.py {form.id}, then change and raise the version)"
            for mark, value in marks_of(one).items()
            if version in known and known[version].get(mark) != value
        ]
    found += [f"{form.id} {version}: was sent out and is not archived" for version in known if version not in here]
    return found


def archive(folder: Path) -> Path:
    """Copy the definition in `folder`, as it was sent out, to its editions; return where."""
    form = load_form(folder)
    target = folder / EDITIONS / form.version
    if recorded(folder).get(form.version) != marks_of(form):
        raise SystemExit(f"{form.id} {form.version} is not as it was sent out: put the changes aside first (git stash)")
    if target.exists():
        raise SystemExit(f"{target} is there already")
    target.mkdir(parents=True)
    for path in sorted(folder.iterdir()):
        if path.is_file() and not path.name.startswith((".", "~")):
            shutil.copyfile(path, target / path.name)
    return target


def record(folder: Path) -> str:
    """Write down what the present version is; return what is to be known about it."""
    form, known = load_form(folder), recorded(folder)
    if form.version in edition_folders(folder):
        raise SystemExit(f"{form.id} {form.version} is archived: raise the version in form.toml")
    again = form.version in known and known[form.version] != marks_of(form)
    known[form.version] = marks_of(form)
    path = folder / EDITIONS / RECORD
    path.parent.mkdir(exist_ok=True)
    lines = [
        f'"{version}" = {{ digest = "{marks["digest"]}", formulas = "{marks["formulas"]}" }}\n'
        for version, marks in known.items()
    ]
    path.write_text(HEAD + "".join(lines), encoding="utf-8", newline="\n")
    says = "; it was written down before: right only if that version was never sent out" if again else ""
    return f"{form.id} {form.version} is written down{says}"


def main() -> int:
    """Do what was asked for one form."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("form")
    arguments.add_argument("--record", action="store_true")
    given = arguments.parse_args()
    folder = form_folders().get(given.form)
    if folder is None:
        raise SystemExit(f"no form {given.form}; there are {', '.join(form_folders())}")
    try:
        print(record(folder) if given.record else f"archived: {archive(folder)}; now change it and raise its version")
    except XltoolsError as error:
        raise SystemExit(str(error)) from None
    return 0


if __name__ == "__main__":
    sys.exit(main())
