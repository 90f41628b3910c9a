"""Gives every required field a value in the clean filling and the samples of its form, so that a new one needs one edit.

What it wrote it says; look at it once, and write something better where the field deserves it.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from xltools.form import form_folders, open_form  # noqa: E402 - run from a checkout, installed or not
from xltools.form import model as m  # noqa: E402

SAMPLES = ROOT / "samples" / "values"
SAMPLES_FORM = "guangdong-2023"
"""The form of the samples (samples/build.py)."""


def stand_in(item: m.Field, form: m.Form) -> Any:
    """Return a value that is allowed in a field and says that it is an example."""
    if item.choices:
        return item.choices[0]
    fixed = {
        "phone": "020-00000000",
        "date": f"{form.year + 1}-03-20",
        "year": form.year,
        "code": "000000",
        "longtext": "按年度计划完成各项重点工作（示例）。",
    }
    if item.type in fixed:
        return fixed[item.type]
    return max(0, item.minimum or 0) if item.numeric else "示例"[: item.max_length]


def lacking(form: m.Form, values: dict[str, Any]) -> dict[str, Any]:
    """Return what required inputs lack, with a value for each."""
    required = [f for f in form.fields if f.required and f.is_input and f.constant is None]
    return {f.name: stand_in(f, form) for f in required if values.get(f.name) in (None, "")}


def completed(text: str, form: m.Form, new: dict[str, Any]) -> str:
    """Return a file of values with these, each on a line behind the field that stands before it on the form."""
    lines, order = text.split("\n"), [f.name for f in form.fields]
    for name, value in new.items():
        lines = [line for line in lines if not line.startswith(f' "{name}":')]
        before = {f' "{other}":' for other in order[: order.index(name)]}
        at = max((n for n, line in enumerate(lines) if line.startswith(tuple(before))), default=0)
        lines.insert(at + 1, f' "{name}": {json.dumps(value, ensure_ascii=False)},')
    made = "\n".join(lines)
    json.loads(made)  # what cannot be read is not written
    return made


def main() -> int:
    """Write what is lacking; with --check only say it. 1 when something is lacking and was not written."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--check", action="store_true")
    check, found = arguments.parse_args().check, False
    for name, folder in form_folders(None).items():
        form = open_form(name, None)
        paths = [folder / "clean.json", *(sorted(SAMPLES.glob("*.json")) if name == SAMPLES_FORM else ())]
        for path in paths:
            text = path.read_text(encoding="utf-8")
            new = lacking(form, json.loads(text))
            if not new:
                continue
            found = True
            said = "、".join(f"{key} = {value}" for key, value in new.items())
            print(f"{'lacks' if check else 'written'}: {path.relative_to(ROOT)} · {said}")
            if not check:
                path.write_text(completed(text, form, new), encoding="utf-8", newline="\n")
    if not found:
        print("all current")
    return int(check and found)


if __name__ == "__main__":
    sys.exit(main())
