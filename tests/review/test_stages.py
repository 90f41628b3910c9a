"""A run as a whole: its stages in their order, each file read once, what is kept on the way and what is not."""

from __future__ import annotations

import inspect
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.support.forms import built, clean, form, room
from tests.support.narratives import FORM, pair
from tests.support.sent import edited
from xltools.bilingual import Lang
from xltools.cli import main
from xltools.findings.report import Checked, Report
from xltools.intake import open as opening
from xltools.intake.files.discover import discover
from xltools.jobs.common import wording
from xltools.jobs.outputs import Outputs
from xltools.jobs.returns import Post, goes_back, send_back
from xltools.review import checking
from xltools.review.context import DecisionsFile, LastRound, RunContext, RunOptions
from xltools.review.decisions import RETURN, WAIVE, Decision, finding_id
from xltools.review.earlier_report import EarlierReport
from xltools.review.executor import Executor, InProcess
from xltools.review.run import run
from xltools.review.stages import STAGES
from xltools.sampling.base import laid_over

ARCHITECTURE = Path(__file__).parents[2] / "docs" / "architecture.md"


def context(folder: Path, **options: Any) -> RunContext:
    """Return a run over a folder."""
    files, aside = discover([folder])
    return RunContext(room(), files, aside, options=RunOptions(**options))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A wrong workbook, a copy of it, a clean one, and the clean one's narrative."""
    wrong = laid_over(form(FORM), clean(FORM), {"收入总计": 1300.0, "部门编码": "7", "部门名称": "甲局"})
    book, narrative, _ = pair(clean(FORM))
    for name, data in (("错.xlsx", built(FORM, wrong)), ("对.xlsx", book), ("报告.docx", narrative)):
        (tmp_path / name).write_bytes(data)
    copy = edited("docProps/app.xml", lambda c: c + b" ", (tmp_path / "错.xlsx").read_bytes())
    (tmp_path / "错（再报）.xlsx").write_bytes(copy)
    return tmp_path


def test_the_order_is_told_where_a_newcomer_reads() -> None:
    told = re.findall(r"^\d+\. `(\w+)`: (.*)$", ARCHITECTURE.read_text(encoding="utf-8"), re.M)
    assert told == [(stage.__name__, inspect.getdoc(stage)) for stage in STAGES]


def test_each_file_is_read_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: Counter[str] = Counter()
    real = opening.load_bytes

    def counted(data: bytes, shown: str, *rest: Any) -> Any:
        read[Path(shown).name] += 1
        return real(data, shown, *rest)

    monkeypatch.setattr(opening, "load_bytes", counted)
    out = folder.parent / f"{folder.name}-退回"
    assert main(["check", str(folder), "--return", str(out), "--no-cache", "-q"]) == 1
    assert read == {"错.xlsx": 1, "错（再报）.xlsx": 1, "对.xlsx": 1}
    assert len(list(out.glob("*_退回1.xlsx"))) == 2


def test_a_file_that_is_gone_meanwhile_is_still_sent_back(folder: Path, tmp_path: Path) -> None:
    made = context(folder, returns=True)
    report = run(made)
    for path in folder.glob("*.xlsx"):
        path.unlink()
    out = tmp_path / "退回"
    sent = send_back(made, report, wording(room(), "zh"), Post(lambda _: out, Outputs(room(), ())))
    assert list(sent.copies) == [c.file for c in report.submissions if goes_back(c)] != []
    assert all(path.stat().st_size > 10_000 for path in sent.copies.values())


def test_submissions_are_kept_only_where_something_asks_for_them(folder: Path) -> None:
    assert all(c.kept for c in run(context(folder)).submissions), "the narrative is held against its workbook"
    assert all(c.kept for c in run(context(folder, narratives=False, returns=True)).submissions)
    (folder / "报告.docx").unlink()
    assert not any(c.kept for c in run(context(folder)).submissions)


def test_what_is_kept_comes_through_the_pool_too(tmp_path: Path) -> None:
    for number in range(18):
        data = edited("docProps/app.xml", lambda c, n=number: c + f"<!-- {n} -->".encode())  # type: ignore[misc]
        (tmp_path / f"{number:02}.xlsx").write_bytes(data)
    one, two = (run(context(tmp_path, returns=True, jobs=jobs)) for jobs in (1, 2))
    assert one == two and all(c.kept for c in two.submissions)


def test_any_executor_gives_the_same_report(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Backwards:
        """Answers the last file first, as a far-away worker may."""

        def __init__(self, near: Executor) -> None:
            self.near = near

        def check(self, files: Sequence[Any]) -> Iterator[tuple[int, Checked]]:
            yield from reversed(list(self.near.check(files)))

    made = context(folder)
    expected = run(made)
    near = InProcess(made.workspace, made.terms, made.limits.work)
    monkeypatch.setattr(checking, "executor_for", lambda *_: Backwards(near))
    assert run(made) == expected


def test_the_status_is_settled_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settled: Counter[str] = Counter()
    real = Checked.settle

    def counted(self: Checked) -> None:
        settled[self.file] += 1
        real(self)

    monkeypatch.setattr(Checked, "settle", counted)
    report = run(context(folder))
    assert settled == {c.file: 1 for c in report.submissions}
    assert sorted(c.status for c in report.submissions) == ["confirm", "failed", "failed"]


# ── the order, where it matters ───────────────────────────────────────────────────────────────────────────────────────


def one_wrong(folder: Path) -> tuple[RunContext, Decision]:
    """Return a run over one wrong workbook, and the decision that waives its error."""
    for name in ("对.xlsx", "报告.docx", "错（再报）.xlsx"):
        (folder / name).unlink()
    made = context(folder, narratives=False)
    (checked,) = run(made).submissions
    (error,) = [f for f in checked.findings if f.code == "BA101"]
    return made, Decision(5, finding_id(checked, error), WAIVE, "决算已批复", "张三", "7 BA101")


def said_of(report: Report) -> list[str]:
    """Return the codes of what is said of decisions."""
    return [f.code for f in report.batch]


def test_what_is_not_reported_can_still_be_waived(folder: Path) -> None:
    made, decision = one_wrong(folder)
    decisions = DecisionsFile("意见.xlsx", [decision])
    report = run(replace(made, decisions=decisions, codes=frozenset({"VA001", "BT011"})))
    assert report.findings == []
    assert report.submissions[0].status == "passed"


def test_what_was_waived_is_no_longer_open_since_the_last_round(folder: Path) -> None:
    made, decision = one_wrong(folder)
    (checked,) = run(made).submissions
    before = {
        "schema": "xltools.report/1",
        "submissions": [{"file": checked.file, "code": "7", "department": "甲局"}],
        "findings": [
            {
                "state": "open",
                "code": f.code,
                "sheet": f.sheet,
                "cell": f.cell,
                "file": checked.file,
                "department": "甲局",
            }
            for f in checked.findings
        ],
    }
    compared = replace(made, previous=LastRound(msgspec.convert(before, EarlierReport)))
    (still,) = run(compared).submissions
    assert still.progress is not None and "BA101" in {p.code for p in still.progress.open}
    (waived,) = run(replace(compared, decisions=DecisionsFile("意见.xlsx", [decision]))).submissions
    assert waived.progress is not None and "BA101" not in {p.code for p in waived.progress.open}
    returned = replace(decision, verdict=RETURN)
    (asked,) = run(replace(compared, decisions=DecisionsFile("意见.xlsx", [returned]))).submissions
    assert asked.progress is not None and "BA101" in {p.code for p in asked.progress.open}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_one_report_serves_every_language(folder: Path, lang: Lang) -> None:
    words = wording(room(), lang)
    said = [words.message(f) for f in run(context(folder)).findings]
    assert said and any(re.search("请|核对" if lang == "zh" else "[Cc]heck|[Cc]orrect", text) for text in said)
