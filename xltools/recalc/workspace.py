"""The forms of a run, each opened once: definition, layouts, and templates loaded in the engine."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from xltools import __version__
from xltools.form import form_folders, open_form, shipped_folder
from xltools.form.address import Ref
from xltools.form.editions import EDITIONS, edition_digests, open_edition
from xltools.form.layout import Layout
from xltools.form.model import EDITION_MARK, Form
from xltools.recalc.engine import EngineValue, Model

Builder = Callable[[Layout], bytes]
"""Writes the blank workbook of a layout; given from above, because writing is above recalc."""

TEMPLATE = "template.xlsx"
MODELS = 8
"""Templates kept in the engine at once."""
RENEWED = 500
"""Evaluations after which a template is loaded anew: the engine keeps some 30 KB of each."""


def stamp(form: Form) -> str:
    """Return what a fresh template carries among its properties: the definition's digest and the program's version."""
    return f"{form.digest} {__version__}"


class Workspace:
    """Opens forms, layouts and models on first use and keeps them."""

    def __init__(self, builder: Builder, forms_dir: Path | None = None) -> None:
        self._builder = builder
        self.forms_dir = forms_dir
        self._forms: dict[str, Form] = {}
        self._editions: dict[str, dict[str, str]] = {}
        self._layouts: dict[tuple[str, str, tuple[tuple[str, int], ...]], Layout] = {}
        self._models: dict[int, tuple[Layout, Model, dict[Ref, EngineValue]]] = {}

    def __reduce__(self) -> tuple[type[Workspace], tuple[Builder, Path | None]]:
        """Travel between processes as what it is made from."""
        return Workspace, (self._builder, self.forms_dir)

    def definitions(self) -> str:
        """Return a digest of all definitions on hand and the words they share, read but not opened."""
        digest = hashlib.sha256()
        for name, folder in {"": shipped_folder(), **form_folders(self.forms_dir)}.items():
            for path in (*sorted(folder.glob("*.toml")), *sorted(folder.glob(f"{EDITIONS}/*/*.toml"))):
                digest.update(f"{name}\0{path.relative_to(folder).as_posix()}\0".encode() + path.read_bytes())
        return digest.hexdigest()

    @property
    def form_ids(self) -> list[str]:
        """The ids of all forms on hand."""
        return list(form_folders(self.forms_dir))

    def form(self, name: str) -> Form:
        """Return the newest edition of the form of that id, or the edition of that reference (loaded once)."""
        if name not in self._forms:
            form_id, mark, version = name.partition(EDITION_MARK)
            former = mark and version in self.editions(form_id)
            self._forms[name] = open_edition(self.form(form_id), version) if former else open_form(name, self.forms_dir)
        return self._forms[name]

    def editions(self, name: str) -> dict[str, str]:
        """Return version → digest of the former editions of the form of that id."""
        if name not in self._editions:
            folder = form_folders(self.forms_dir).get(name)
            self._editions[name] = {} if folder is None else edition_digests(folder)
        return self._editions[name]

    def edition(self, form: Form, version: str) -> Form:
        """Return the former edition `version` of a form."""
        return self.form(f"{form.id}{EDITION_MARK}{version}")

    def every_edition(self) -> list[Form]:
        """Return all forms on hand, the newest editions first, then the former ones."""
        newest = [self.form(name) for name in self.form_ids]
        return [*newest, *(self.edition(form, version) for form in newest for version in self.editions(form.id))]

    def layout(self, form: Form, capacities: Mapping[str, int] | None = None) -> Layout:
        """Return the layout of a form with these capacities (made once)."""
        wanted = {t.name: max(t.capacity, (capacities or {}).get(t.name, 0)) for t in form.tables if not t.is_fixed}
        key = (form.id, form.digest, tuple(sorted(wanted.items())))
        if key not in self._layouts:
            self._layouts[key] = Layout(form, wanted)
        return self._layouts[key]

    def model(self, layout: Layout) -> tuple[Model, dict[Ref, EngineValue]]:
        """Return the engine's model of a layout and the values of its blank workbook."""
        known = self._models.get(id(layout))
        if known is None or known[1].evaluations >= RENEWED:
            if len(self._models) >= MODELS:  # a folder of workbooks with ever other row counts must not fill the memory
                self._forget(next(iter(self._models)))
            model = Model(layout, self._template(layout))
            blank = model.evaluate({})
            model.refuse_errors(blank)
            self._models[id(layout)] = (layout, model, blank)
        self._models[id(layout)] = found = self._models.pop(id(layout))  # the last used stands last
        return found[1:]

    def forget_models(self) -> None:
        """Load every template anew at its next use."""
        self._models.clear()

    def _forget(self, number: int) -> None:
        layout = self._models.pop(number)[0]
        self._layouts = {key: other for key, other in self._layouts.items() if other is not layout}

    def _template(self, layout: Layout) -> bytes:
        """Return the blank workbook: the committed one when it is fresh, else one built now."""
        path = layout.form.folder / TEMPLATE
        standard = all(layout.capacities[t.name] == t.capacity for t in layout.form.tables)
        if standard and template_stamp(path) == stamp(layout.form):
            return path.read_bytes()
        return self._builder(layout)


def template_stamp(path: Path) -> str:
    """Return the stamp a template carries, or "" when there is none to read."""
    try:
        with zipfile.ZipFile(path) as package:
            text = package.read("docProps/core.xml").decode("utf-8")
    except (OSError, KeyError, zipfile.BadZipFile, UnicodeDecodeError):
        return ""
    return text.partition("<cp:keywords>")[2].partition("</cp:keywords>")[0]
