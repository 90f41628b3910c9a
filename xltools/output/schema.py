"""The JSON Schema of the report (docs/report.schema.json), made from the same words as the report itself."""

from __future__ import annotations

import json
from typing import Any, get_args

from xltools.findings.finding import State
from xltools.findings.report import SCHEMA, Status
from xltools.form.model import LEVELS

TEXT: dict[str, Any] = {"type": "string"}
COUNT: dict[str, Any] = {"type": "integer", "minimum": 0}
SCALAR: dict[str, Any] = {"type": ["string", "number", "boolean", "null"]}


def _described(kind: dict[str, Any], words: str) -> dict[str, Any]:
    return kind | {"description": words}


def _object(required: dict[str, Any]) -> dict[str, Any]:
    """Return an object with these keys; more keys may come in later versions (keys are only ever added)."""
    return {"type": "object", "required": list(required), "properties": required}


def _list(item: dict[str, Any], words: str = "") -> dict[str, Any]:
    return {"type": "array", "items": item} | ({"description": words} if words else {})


def _counts() -> dict[str, Any]:
    names = ("submissions", *get_args(Status), "missing", *LEVELS, "explained", "waived")
    return _object(dict.fromkeys(dict.fromkeys(names), COUNT))


def _progress() -> dict[str, Any]:
    place = _object({"code": TEXT, "sheet": TEXT, "cell": TEXT})
    words = "against the list in a return copy that was sent back, or against an earlier report; null without either"
    made = _object({name: _list(place) for name in ("solved", "open", "new")})
    return {"description": words, "anyOf": [{"type": "null"}, made]}


def _submission() -> dict[str, Any]:
    return _object(
        {
            "file": _described(TEXT, "the path as given, or the place in an archive"),
            "sha256": TEXT,
            "form": _described(TEXT, "the form's id; empty when the file could not be read"),
            "department": TEXT,
            "code": _described(TEXT, "the department's code"),
            "status": {"enum": list(get_args(Status))},
            "score": {"type": ["number", "null"]},
            "grade": TEXT,
            "round": _described(COUNT, "0 the first time, one more for each return copy"),
            "superseded_by": _described(TEXT, "the file of this department that counts instead"),
            "progress": _progress(),
        }
    )


def _finding() -> dict[str, Any]:
    related = _object({"sheet": TEXT, "cell": TEXT, "field": TEXT})
    return _object(
        {
            "code": {"type": "string", "pattern": "^[A-Z]{2}[0-9]{3}$"},
            "level": {"enum": list(LEVELS)},
            "state": {"enum": list(get_args(State))},
            "file": TEXT,
            "department": TEXT,
            "sheet": _described(TEXT, "in the sender's file; empty for the file as a whole"),
            "cell": _described(TEXT, "like B5; empty for a sheet or the file as a whole"),
            "field": _described(TEXT, "what the form calls the cell"),
            "message": TEXT,
            "hint": _described(TEXT, "the likely cause, where there is one"),
            "stated": _described(SCALAR, "what stands there"),
            "expected": _described(SCALAR, "what should stand there"),
            "difference": {"type": ["number", "null"]},
            "related": _list(related, "other cells the finding speaks of"),
            "explanation": _described(TEXT, "the sender's reason, or the coordinator's with the name"),
            "root": _described(TEXT, "code@cell of the finding that this one follows from"),
            "place": _described(TEXT, "of a narrative: section and paragraph"),
        }
    )


def schema() -> dict[str, Any]:
    """Return the schema as data."""
    skipped = {"code": TEXT, "file": TEXT, "department": TEXT, "reason": TEXT}
    cells = _list(_object({"sheet": TEXT, "cell": TEXT, "field": TEXT}))
    parts = {
        "schema": {"const": SCHEMA},
        "counts": _counts(),
        "submissions": _list(_submission()),
        "findings": _list(_finding(), "of all workbooks and of the batch, in the order of the workbooks"),
        "not_evaluated": _list(_object(skipped | {"cells": cells}), "rules that could not be judged, and why"),
        "missing": _list(_object({"code": TEXT, "department": TEXT}), "departments of the roster that sent nothing"),
        "set_aside": _list(
            _object({"file": TEXT, "reason": TEXT, "kind": TEXT, "department": TEXT, "code": TEXT}),
            "files that were met and are no submissions",
        ),
    }
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "xltools check --format json"}
    return head | _object(parts)


def schema_text() -> str:
    """Return the text of docs/report.schema.json."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"
