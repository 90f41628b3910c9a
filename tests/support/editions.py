"""A form that was changed after it had been sent out: its former edition archived, its newest another in every way."""

from __future__ import annotations

import json
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from tests.support.forms import form, room
from xltools.form.editions import EDITIONS
from xltools.form.model import Field, Form
from xltools.form.plausible import FILE as PLAUSIBLE
from xltools.jobs.common import workspace
from xltools.jobs.forms import copy
from xltools.recalc.workspace import Workspace

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

import archive_edition

NEWEST = "9999.1"
ADDED = "补充联系人"


@dataclass
class Changed:
    """The forms on hand after the change, and what was changed: a field renamed, one left out, a rule dropped, the best
    grade made dearer, and a field added at the top, so that everything below it stands a row lower."""

    shop: Workspace
    folder: Path
    renamed: tuple[str, str]
    dropped: str
    rule: str

    def newest(self, form_id: str) -> Form:
        return self.shop.form(form_id)


def remembered(newest: Form) -> Form:
    """Return a former edition that the tests' workspace knows from now on: the newest under another version."""
    former = replace(newest, version="2022.9", digest=newest.digest[::-1], newest=newest.version)
    room().editions(newest.id)[former.version] = former.digest
    room()._forms[former.reference] = former
    return former


def _only_named_once(form_: Form, texts: str) -> list[Field]:
    """Return the filled-in text fields that nothing else of the definition speaks of but the line for signing."""
    texts = re.sub(r"\nsigners = .*", "", texts)
    clean = json.loads((form_.folder / "clean.json").read_text(encoding="utf-8"))
    texts += "".join(p.read_text(encoding="utf-8") for p in form_.folder.glob("narrative.*") if p.suffix != ".docx")
    kinds = ("text", "phone", "longtext", "choice", "date")
    return [
        f for f in form_.fields if f.type in kinds and f.is_input and clean.get(f.name) and texts.count(f.name) == 1
    ]


def changed(form_id: str, home: Path) -> Changed:
    """Change a copy of a form as its keeper would: archive, change, raise the version, write down."""
    target, former = copy(form_id, home, None), form(form_id).version
    (target / EDITIONS).mkdir(exist_ok=True)
    shutil.copy(form(form_id).folder / EDITIONS / archive_edition.RECORD, target / EDITIONS)
    archive_edition.archive(target)
    texts = {
        n: (target / n).read_text(encoding="utf-8") for n in ("form.toml", "fields.toml", "tables.toml", "rules.toml")
    }
    free = _only_named_once(form(form_id), "".join(texts.values()))
    dropped, renamed = free[0].name, free[1].name
    new_name = f"{renamed}_新"
    fields = re.sub(rf'\n\[\[field\]\]\nname = "{dropped}"\n(?:[^\[\n][^\n]*\n)*', "\n", texts["fields.toml"])
    fields = fields.replace(f'name = "{renamed}"', f'name = "{new_name}"\naliases = ["{renamed}"]', 1)
    section = form(form_id).fields[0].section
    first = f'\n[[field]]\nname = "{form(form_id).fields[0].name}"'
    assert fields.count(first) == 1
    added = f'\n[[field]]\nname = "{ADDED}"\nsection = "{section}"\ntype = "text"\nsummary = true\n'
    rule = next(r for r in form(form_id).rules if r.level == "error" and r.table is None and r.op == "=").code
    rules = re.sub(rf'\n\[\[rule\]\]\ncode = "{rule}"\n(?:(?!\[\[rule\]\])[^\n]*\n)*', "\n", texts["rules.toml"])
    general = (
        texts["form.toml"].replace(f'version = "{former}"', f'version = "{NEWEST}"').replace("low = 90", "low = 99.5")
    )
    general = re.sub(rf'"{dropped}"(?:, )?', "", general).replace(f'"{renamed}"', f'"{new_name}"')
    known = (target / PLAUSIBLE).read_text(encoding="utf-8").replace(f'"{dropped}", ', "").replace(renamed, new_name)
    for name, text in (
        (PLAUSIBLE, known),
        ("form.toml", general),
        ("fields.toml", fields.replace(first, added + first)),
        ("rules.toml", rules),
    ):
        (target / name).write_text(text, encoding="utf-8", newline="\n")
    archive_edition.record(target)
    return Changed(workspace(home), target, (renamed, new_name), dropped, rule)
