"""Laws of plausible.toml: it speaks of fields that the form has."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.boundary.walk import Fault
from xltools.form.laws.places import INPUT, NUMERIC, known, place
from xltools.form.model import Form
from xltools.form.plausible import FILE


def laws(form: Form) -> Iterator[Fault]:
    """Yield the names that the form does not have."""
    inputs = [f.name for f in form.fields if f.is_input]
    numeric = [f.name for f in form.fields if f.is_input and f.numeric]
    common = form.plausible.common
    for key, names in (("written_after", common.written_after), ("persons", common.persons)):
        for name in names:
            yield from known(place(FILE, "common", key=key), name, inputs, INPUT)
    if common.per_head_else is not None:
        yield from known(place(FILE, "common", key="per_head_else"), common.per_head_else, numeric, NUMERIC)
    for heads in form.plausible.heads:
        posts = () if heads.posts is None else (heads.posts,)
        named = {"field": (heads.field,), "heads": heads.heads, "apart": heads.apart, "posts": posts}
        for key, names in named.items():
            for name in names:
                yield from known(place(FILE, "heads", key=key), name, numeric, NUMERIC)
    for bound in form.plausible.bound:
        for key, names in (("fields", bound.fields), ("by", bound.by)):
            for name in names:
                yield from known(place(FILE, "bound", key=key), name, numeric, NUMERIC)
