"""The samples: current, clean where they are clean, each planted problem found at its exact cell, once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.forms import checked, places
from tests.support.samples import CLEAN, PLANTED, SENT, sample
from xltools.intake.open import load_bytes
from xltools.jobs.common import workspace

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("script", ["scripts/complete_values.py", "scripts/make_templates.py", "samples/build.py"])
def test_committed_files_are_current(script: str) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / script), "--check"], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_eight_departments_sent_something() -> None:
    assert sorted(p.name.split("_")[0] for p in SENT.glob("*.xlsx")) == sorted([*CLEAN, *PLANTED])


@pytest.mark.parametrize("code", CLEAN)
def test_clean_samples_have_nothing_open(code: str) -> None:
    found = checked(sample(code).read_bytes())
    assert places(found.findings) == []
    assert found.status == "passed"


@pytest.mark.parametrize("code", PLANTED)
def test_each_planted_problem_is_found_at_its_cell_once(code: str) -> None:
    found = checked(sample(code).read_bytes())
    assert places(found.findings) == [PLANTED[code]]


def test_the_real_department_has_its_published_figures_and_no_others() -> None:
    shop = workspace(None)
    sent = load_bytes(sample("101001").read_bytes(), "一份.xlsx", shop)
    values = sent.values()
    published = {
        "在职人数": 39,
        "离退休人数": 13,
        "养老保险基金发放人数": 13,
        "内设科室数": 10,
        "独立编制机构数": 1,
        "收入总计": 2180.24,
        "财政拨款收入": 2180.24,
        "其他收入": 0,
        "支出总计": 2180.24,
        "基本支出": 1900.21,
        "项目支出": 280.03,
        "全年预算数": 2282.21,
        "执行数": 2180.24,
        "支出率": 95.53,
        "采购总额": 57.05,
        "中小企业采购份额": 100,
    }
    assert {name: values[name] for name in published} == published
    amounts = {f.name for f in sent.form.fields if f.numeric and f.is_input and f.section != "判定"}
    beyond = {"年度", "本年收入合计", "本年支出合计", "财政核定全年预算数"}
    assert {n for n in values if n in amounts} - set(published) == beyond
    result = checked(sample("101001").read_bytes())
    assert (result.score, result.grade) == (97.8, "优")
