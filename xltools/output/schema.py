"""The JSON Schema of the report (docs/report.schema.json), made of the types that the report is written from."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from xltools.output.records import ReportRecord

HEAD = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "xltools check --format json"}


def schema() -> dict[str, Any]:
    """Return the schema as data; the records it names stand under `$defs`."""
    (root,), parts = msgspec.json.schema_components([ReportRecord], ref_template="#/$defs/{name}")
    own = parts.pop(root["$ref"].rpartition("/")[2])
    return {**own, **HEAD, "$defs": parts}


def schema_text() -> str:
    """Return the text of docs/report.schema.json."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"
