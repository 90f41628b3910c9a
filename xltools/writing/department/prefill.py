"""What a line of the roster gives a form: by the columns its fields name, else by a field's own name or a usual other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from decimal import ROUND_HALF_UP, Decimal

from xltools.bilingual import Pair
from xltools.errors import UsageError
from xltools.form.layout import Key
from xltools.form.model import Field, Form, Scalar
from xltools.form.roster_words import plain_title, roster_words
from xltools.intake.cells.written import plain_text, read_number
from xltools.intake.roster import Department

NO_NUMBER = Pair(
    "名册里“{name}”的{column}“{text}”不是可以填的数；请改正后再用",
    "the roster's {column} of “{name}”, “{text}”, is no number that can be filled in; correct it",
)
NO_CHOICE = Pair(
    "名册里“{name}”的{column}“{text}”不在列表中；请改正后再用",
    "the roster's {column} of “{name}”, “{text}”, is none of the choices; correct it",
)
THIS_YEARS = frozenset({"date", "year", "score"})
"""Types of fields that only the sender fills: when, for which year, how it scores itself."""


def prefilled(form: Form, department: Department) -> dict[Key, Scalar]:
    """Return the inputs that a roster's line fills. Raises UsageError where a number or a choice is none."""
    found: dict[Key, Scalar] = {}
    for item in (f for f in form.fields if f.is_input):
        if item.roster is not None and item.roster in department.values:
            found[Key(item.name)] = department.values[item.roster]
            continue
        title = _title_for(form, item, department.more)
        value = None if title is None else _value(item, department, title)
        if value is not None and value != "":
            found[Key(item.name)] = value
    return found


def unused(form: Form, titles: Collection[str]) -> tuple[str, ...]:
    """Return the titles of a roster's other columns that fill nothing of the form."""
    taken = {_title_for(form, item, titles) for item in form.fields if item.is_input}
    return tuple(title for title in titles if title not in taken)


def _title_for(form: Form, item: Field, titles: Collection[str]) -> str | None:
    """Return which of a roster's titles names a field: its own name, its label, a former or a usual other name."""
    if item.type in THIS_YEARS:
        return None
    labels = Counter(f.label for f in form.fields if f.is_input)
    names = [item.name, *([item.label] if labels[item.label] == 1 else []), *item.aliases]
    names += roster_words().called(item.name)
    plain = {plain_title(title)[0]: title for title in reversed(list(titles))}
    return next((plain[name] for name in (plain_title(n)[0] for n in names) if name in plain), None)


def _value(item: Field, department: Department, title: str) -> Scalar:
    """Return what stands in the roster as the field takes it: a number in the field's unit, else the text."""
    cell = department.more[title]
    text = plain_text(cell).strip()
    if item.numeric:
        unit = plain_title(title)[1]
        written = read_number(f"{text}{unit}" if unit and text[-1:].isdigit() else cell, item.unit)
        if written.value is None and written.blank is None:
            raise UsageError(NO_NUMBER.format(name=department.name, column=title, text=text[:60]))
        return _rounded(written.value, item) if unit and unit != item.unit else written.value
    if item.choices and text and text not in item.choices:
        raise UsageError(NO_CHOICE.format(name=department.name, column=title, text=text[:60]))
    return text


def _rounded(value: float | None, item: Field) -> float | None:
    """Return an amount that stood there in another unit, with the decimals the form asks for."""
    if value is None:
        return None
    return float(Decimal(str(value)).quantize(Decimal(1).scaleb(-item.decimals), ROUND_HALF_UP))
