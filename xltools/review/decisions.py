"""The coordinator's decisions on findings, and what they do to a report."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from xltools.bilingual import EMPTY, Pair
from xltools.findings.finding import Finding, reclassed
from xltools.findings.report import Checked, Report
from xltools.form.states import is_reason
from xltools.rules.batch.context import DecisionLine
from xltools.rules.registry import DECISIONS

SHEET = "问题"
ID, VERDICT, REASON, NAME = "标识", "处理意见", "理由", "经办人"
DEPARTMENT, CODE = "部门编码", "编号"
RETURN, WAIVE = "退回", "豁免"
VERDICTS = (RETURN, WAIVE)

_NEITHER = Pair("是“{verdict}”，应为“退回”或“豁免”", "is neither 退回 nor 豁免")
_LEFT_BLANK = Pair("空着", "is neither 退回 nor 豁免")
_NO_REASON, _NO_NAME = Pair("没有写理由", "has no reason"), Pair("没有写经办人", "has no name")


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the findings workbook on which the coordinator wrote something."""

    row: int
    id: str
    verdict: str
    reason: str
    name: str
    what: str  # department and code of the finding, for messages

    @property
    def gap(self) -> Pair:
        """What is missing; nothing when the decision is whole."""
        if self.verdict not in VERDICTS:
            return _NEITHER.format(verdict=self.verdict[:20]) if self.verdict else _LEFT_BLANK
        if self.verdict == WAIVE and not is_reason(self.reason):
            return _NO_REASON
        if self.verdict == WAIVE and not is_reason(self.name):
            return _NO_NAME
        return EMPTY


def finding_id(checked: Checked | None, finding: Finding) -> str:
    """Return what ties a decision to a finding: department, code, cell, and the figure that stands there.

    A changed figure gives another id, so that what was waived for one figure is asked again for another.
    """
    who = (checked.code or checked.department or checked.file) if checked is not None else finding.file
    parts = (who, finding.code, finding.sheet, finding.cell, _figure(finding.stated))
    return hashlib.sha256("\x1f".join(parts).encode("utf-8")).hexdigest()[:16]


def _figure(value: object) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return repr(float(value))
    return "" if value is None else str(value)


def apply_decisions(report: Report, decisions: Sequence[Decision], file: str) -> None:
    """Waive what was waived with reason and name, and report decisions that have no effect."""
    whole = {d.id: d for d in decisions if not d.gap.zh}
    met: set[str] = set()
    for checked in report.submissions:
        checked.findings = [_decided(f, finding_id(checked, f), whole, met) for f in checked.findings]
    report.batch = [_decided(f, finding_id(None, f), whole, met) for f in report.batch]
    for decision in decisions:
        line = DecisionLine(
            file, SHEET, decision.row, decision.what, decision.verdict, decision.gap, decision.id in met
        )
        report.batch += [finding for rule in DECISIONS.rules for finding in rule.find(line)]


def _decided(finding: Finding, id_: str, whole: dict[str, Decision], met: set[str]) -> Finding:
    decision = whole.get(id_)
    if decision is None:
        return finding
    met.add(id_)
    if decision.verdict != WAIVE or not finding.is_open:
        return finding
    return reclassed(finding, state="waived", explanation=f"{decision.reason}（{decision.name}）")
