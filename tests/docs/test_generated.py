"""What is generated and committed is current: docs/rules, docs/cli.md, docs/forms.md, the templates."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.forms import FORM_IDS, form, room
from xltools.recalc.workspace import TEMPLATE
from xltools.writing.department.make import workbook

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

import make_docs  # noqa: E402
import make_templates  # noqa: E402

from xltools.editing import key_words  # noqa: E402


def test_the_pages_are_current() -> None:
    assert make_docs.differences(make_docs.DOCS) == [], "run: python scripts/make_docs.py"


def test_a_page_that_rotted_is_noticed(tmp_path: Path) -> None:
    make_docs.write(tmp_path)
    assert make_docs.differences(tmp_path) == []
    (tmp_path / "rules" / "BA101.md").write_text("旧", encoding="utf-8")
    (tmp_path / "rules" / "ZZ999.md").write_text("无此规则", encoding="utf-8")
    (tmp_path / "cli.md").unlink()
    assert make_docs.differences(tmp_path) == ["rules/BA101.md", "cli.md", "rules/ZZ999.md"]
    make_docs.write(tmp_path)
    assert not (tmp_path / "rules" / "ZZ999.md").exists()


def test_every_key_of_a_definition_is_described() -> None:
    assert key_words.undocumented() == []


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_the_template_is_current(form_id: str) -> None:
    fresh = workbook(room(), form(form_id))
    assert not make_templates.stale(form(form_id).folder / TEMPLATE, fresh), "run: python scripts/make_templates.py"


def test_the_check_mode_says_so_with_its_exit_code() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "make_docs.py"), "--check"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode == 0) == (done.stdout.strip() == "all current")
