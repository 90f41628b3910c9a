"""A narrative as values: what `read` prints and `template --values` takes; what was not found is listed, not guessed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from xltools.form.layout import Key
from xltools.form.model import Scalar
from xltools.form.narrative import phrases_of
from xltools.intake.narrative.reading import Narrative
from xltools.intake.narrative.statements import Statement, number_of

_PLACEHOLDER_END = "】"


def narrative_data(narrative: Narrative) -> dict[str, Any]:
    """Return the same object as for a workbook, with each value's sentence and place, and what was not found."""
    statements = [*narrative.statements, *([narrative.grade] if narrative.grade else [])]
    clashing = _clashing(statements)
    values = _values(narrative, clashing)
    return {
        "form": narrative.form.id,
        "version": narrative.form.version,
        "file": narrative.file,
        "sha256": narrative.document.source.sha256,
        "values": values,
        "cells": [
            {
                "field": s.name,
                "sheet": "",
                "cell": "",
                "raw": s.raw,
                "value": s.value,
                "formula": None,
                "cached": None,
                "problem": "said_differently" if s.key in clashing else None,
                "place": s.place,
                "sentence": s.sentence,
            }
            for s in statements
        ],
        "not_found": _not_found(narrative, values),
        "text": {
            "kind": narrative.read.kind,
            "title": narrative.title or narrative.read.text,
            "department": narrative.department,
            "year": narrative.year,
        },
        "figures": figures_data(narrative),
    }


def figures_data(narrative: Narrative) -> list[dict[str, Any]]:
    """Return every figure of the text with its sentence, place and scope, and the fields it is; none where not certain."""
    named = _named(narrative)
    found = []
    for passage in narrative.passages:
        for sentence in passage.sentences:
            text = passage.evened.quote(sentence.span.start, sentence.span.end)
            for figure in sentence.figures:
                number, scope = figure.number, figure.scope
                row = named.get((passage.place, number.value, number.unit), [])
                own = row.pop(0) if row else []
                names = own or narrative.bound.get(figure, [])
                found.append(
                    {
                        "raw": number.raw,
                        "value": number_of(number.value),
                        "unit": number.unit,
                        "exact": number.exact,
                        "is": figure.function,
                        "of": scope.subject if figure.function == "amount" else figure.base,
                        "direction": figure.direction,
                        "stage": scope.stage,
                        "year": scope.year,
                        "money": scope.money,
                        "account": scope.account,
                        "fields": names,
                        "place": passage.place,
                        "sentence": text,
                    }
                )
    return found


def _named(narrative: Narrative) -> dict[tuple[str, Decimal, str], list[list[str]]]:
    """The fields of each number that the form's own phrases named, number by number as they stand in a paragraph."""
    names: dict[int, list[str]] = {}
    for statement in narrative.statements:
        if statement.mention is not None and statement.name not in names.setdefault(id(statement.mention), []):
            names[id(statement.mention)].append(statement.name)
    found: dict[tuple[str, Decimal, str], list[list[str]]] = {}
    for sentence in narrative.sentences:
        for mention in sentence.mentions:
            key = (sentence.paragraph.place, mention.value, mention.unit)
            found.setdefault(key, []).append(names.get(id(mention), []))
    return found


def _clashing(statements: list[Statement]) -> set[Key]:
    said: dict[Key, set[int | float | str]] = {}
    for statement in statements:
        said.setdefault(statement.key, set()).add(statement.value)
    return {key for key, values in said.items() if len(values) > 1}


def _values(narrative: Narrative, clashing: set[Key]) -> dict[str, Any]:
    form = narrative.form
    found: dict[Key, Scalar] = {}
    for statement in narrative.statements:
        if statement.key not in clashing:
            found.setdefault(statement.key, statement.value)
    values: dict[str, Any] = {}
    if narrative.department:
        values[form.name_field] = narrative.department
    if narrative.year is not None:
        for item in form.fields:
            if item.type == "year" and item.is_input:
                values[item.name] = narrative.year
    for item in form.fields:
        if item.is_input and Key(item.name) in found:
            values[item.name] = found[Key(item.name)]
    values |= passages(narrative)
    for table in form.tables:
        rows = _rows(narrative, table.name, found)
        if rows:
            values[table.name] = rows
    order = {f.name: i for i, f in enumerate(form.fields)}
    return dict(sorted(values.items(), key=lambda kv: order.get(kv[0], len(order))))


def _rows(narrative: Narrative, name: str, found: dict[Key, Scalar]) -> list[dict[str, Any]]:
    table = narrative.form.table(name)
    rows: dict[int, dict[str, Any]] = {}
    for key, value in found.items():
        if (
            key.field == name
            and key.row >= 0
            and table.is_input(key.row if table.is_fixed else 0, table.column(key.column))
        ):
            rows.setdefault(key.row, {})[key.column] = value
    if not table.is_fixed or table.key_column is None:
        return [rows[i] for i in sorted(rows)]
    return [{table.key_column: table.rows[i][table.key_column], **rows[i]} for i in sorted(rows)]


def passages(narrative: Narrative) -> dict[str, str]:
    """Return the sections whose text is a field's, paragraphs on lines of their own."""
    found: dict[str, str] = {}
    document, placeholder = narrative.document, narrative.phrases.placeholder
    for passage in narrative.phrases.passages:
        for heading in document.headings:
            if passage.field in found or not passage.heading.search(heading.text[len(heading.mark) :].rstrip("。：")):
                continue
            lines = [p.text for p in document.under(heading) if not (placeholder and p.text.startswith(placeholder))]
            text = "\n".join(lines)
            limit = narrative.form.field(passage.field).max_length or len(text)
            if text and len(text) <= limit:
                found[passage.field] = text
    return found


def _not_found(narrative: Narrative, values: dict[str, Any]) -> list[str]:
    phrases = phrases_of(narrative.form)
    wanted = dict.fromkeys(p.field for p in phrases.phrases if p.row < 0)
    inputs = [n for n in wanted if narrative.form.field(n).is_input]
    texts = [p.field for p in phrases.passages]
    tables = [r.table for r in phrases.rows]
    return [n for n in (narrative.form.name_field, *inputs, *texts, *tables) if n not in values]
