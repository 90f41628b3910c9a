"""The published JSON Schema is current, and every report keeps to it."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from tests.support.forms import FORM_IDS, built, checked, wording
from tests.support.spoiled import spoiled
from xltools.findings.report import ListedFinding, Progress, Report
from xltools.output.json_report import report_data, report_json
from xltools.output.schema import schema, schema_text

PUBLISHED = Path(__file__).resolve().parents[2] / "docs" / "report.schema.json"


def test_the_published_schema_is_current() -> None:
    assert PUBLISHED.read_text(encoding="utf-8") == schema_text()
    jsonschema.Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_reports_keep_to_the_schema(form_id: str) -> None:
    report = Report([checked(spoiled(form_id, seed).data) for seed in range(3)], missing=[("101009", "档案馆")])
    report.submissions.append(checked(built(form_id)))
    report.submissions[0].progress = Progress((ListedFinding("VA001", "甲", "B2"),), (), ())
    data = json.loads(report_json(report, wording()))
    jsonschema.validate(data, schema())
    assert data["findings"] and data["submissions"][0]["progress"]["solved"] == [
        {"code": "VA001", "sheet": "甲", "cell": "B2"}
    ]


def test_the_schema_names_every_key_of_a_finding_and_a_submission() -> None:
    properties, parts = schema()["properties"], schema()["$defs"]
    made = report_data(Report([checked(spoiled("guangdong-2023", 0).data)]), wording())
    assert list(properties) == list(made)
    assert list(parts["FindingRecord"]["properties"]) == list(made["findings"][0])
    assert list(parts["SubmissionRecord"]["properties"]) == list(made["submissions"][0])


KEYS_OF_0_1 = {
    "Counts": "submissions passed confirm failed unreadable missing error notice explained waived",
    "SubmissionRecord": "file sha256 form department code status score grade round superseded_by progress",
    "FindingRecord": "code level state file department sheet cell field message hint stated expected difference related "
    "explanation root place",
    "SkippedRecord": "code file department reason cells",
    "AsideRecord": "file reason kind department code",
    "DepartmentRecord": "code department",
    "ProgressRecord": "solved open new",
}


@pytest.mark.parametrize(("record", "keys"), KEYS_OF_0_1.items())
def test_keys_are_only_ever_added(record: str, keys: str) -> None:
    assert set(keys.split()) <= set(schema()["$defs"][record]["required"])


def test_a_wrong_report_is_refused() -> None:
    data = report_data(Report([checked(built("guangdong-2023"))]), wording())
    data["submissions"][0]["status"] = "好"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, schema())
