"""Which submissions count in the totals, which do not, and why: every file of the run gets an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from xltools.bilingual import Lang
from xltools.findings.adjusted import Adjusted
from xltools.findings.finding import Finding
from xltools.findings.report import Checked, Report
from xltools.findings.wording import Wording
from xltools.form.model import Form
from xltools.intake.columns import SCOPE
from xltools.intake.roster import Department, Roster
from xltools.rules.catalogue import card_finder
from xltools.rules.registry import about_copies
from xltools.summary.entry import NO_OFFICE, BatchEntry
from xltools.summary.standing import Standing, standings

OWN_FIGURES = "本级"
"""In the roster's column 口径: the head's workbook holds its own figures only, so its units count beside it."""


@dataclass(slots=True)
class Batch:
    """A run, settled: its entries in the order of the tables, who is missing, and what keeps it from being complete."""

    entries: list[BatchEntry]
    forms: dict[str, Form]
    wording: Wording  # how its findings are said
    roster: Roster | None = None
    missing: list[Department] = field(default_factory=list)
    include_failed: bool = False
    problems: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)  # about the run as a whole
    standings: tuple[Standing, ...] = ()  # of the roster's departments, in its order
    excused: Mapping[str, str] = field(default_factory=dict)
    adjusted: tuple[Adjusted, ...] = ()  # rules that were changed for this run

    def counted(self, form: str) -> list[BatchEntry]:
        """The entries of a form that stand in its tables, in order."""
        return [e for e in self.entries if e.counted and e.checked.form == form]

    def totalled(self, form: str) -> list[BatchEntry]:
        """The entries of a form whose figures make the grand totals."""
        return [e for e in self.counted(form) if e.in_total]

    def units(self, form: str) -> list[BatchEntry]:
        """The counted entries of a form that belong to a head department."""
        return [e for e in self.counted(form) if e.head is not None]

    @property
    def left_out(self) -> list[BatchEntry]:
        """The files that are in no table of figures; those that a newer one replaces stand in a list of their own."""
        return [e for e in self.entries if not e.counted and not e.spare]

    @property
    def speaking(self) -> list[BatchEntry]:
        """The files that speak for a department: all but the replaced."""
        return [e for e in self.entries if not e.spare]

    @property
    def replaced(self) -> list[BatchEntry]:
        """The files in whose place another workbook of the same department stands."""
        return [e for e in self.entries if e.spare]

    @property
    def strangers(self) -> list[BatchEntry]:
        """With a roster: the readable files of those whom it does not name."""
        return [e for e in self.speaking if e.line is None and e.checked.form] if self.roster is not None else []

    @property
    def nobodys(self) -> list[BatchEntry]:
        """The files that cannot be opened and of which not even the name says whose they are."""
        return [e for e in self.speaking if e.line is None and not e.checked.form]

    def only(self, office: str) -> Batch:
        """Return the part of this batch that one office looks after."""
        part = Batch(
            [e for e in self.entries if e.office == office],
            self.forms,
            self.wording,
            self.roster,
            [d for d in self.missing if (d.office or NO_OFFICE) == office],
            self.include_failed,
            standings=tuple(s for s in self.standings if (s.line.office or NO_OFFICE) == office),
            excused=self.excused,
            adjusted=self.adjusted,
        )
        part.problems = problems_of(part)
        return part

    @property
    def offices(self) -> list[str]:
        """The offices in order, those of whose departments nothing came too."""
        lines = self.roster.departments if self.roster is not None else ()
        return list(dict.fromkeys([*(d.office or NO_OFFICE for d in lines), *(e.office for e in self.entries)]))


def settle(
    report: Report,
    forms: dict[str, Form],
    roster: Roster | None,
    include_failed: bool = False,
    lang: Lang = "zh",
    form_of: Callable[[str], Form] | None = None,
) -> Batch:
    """Decide for every file whether it counts; nothing is left out without a reason. `form_of` knows former editions
    of the forms too."""
    index, wording = _Index(roster), Wording(card_finder(form_of or forms.__getitem__), lang)
    entries = [_entry(checked, index) for checked in report.submissions]
    _one_of_each(entries)
    for entry in entries:
        _admit(entry, include_failed, wording)
    _levels(entries)
    ordered, released = _in_order(entries, roster), report.excused
    stand = standings(roster.departments if roster is not None else (), ordered, released)
    missing = [s.line for s in stand if s.state == "missing"]
    batch = Batch(ordered, forms, wording, roster, missing, include_failed, findings=list(report.batch))
    batch.standings, batch.excused, batch.adjusted = stand, released, report.adjusted
    batch.problems = problems_of(batch)
    return batch


class _Index:
    """The roster's lines by code and by name."""

    def __init__(self, roster: Roster | None) -> None:
        self._roster = roster if roster is not None else Roster(())

    def find(self, code: str, name: str) -> Department | None:
        return self._roster.find(code, name)

    def head(self, line: Department) -> Department | None:
        """Return the topmost department above this one, or None when it is a head itself."""
        seen, at, head = {line.code}, line, None
        while at.parent:
            above = self.find(at.parent, at.parent)
            if above is None or above.code in seen:
                break
            seen.add(above.code)
            at = head = above
        return head


def _entry(checked: Checked, index: _Index) -> BatchEntry:
    line = index.find(checked.code, checked.department)
    return BatchEntry(checked, line, None if line is None else index.head(line))


def _one_of_each(entries: Iterable[BatchEntry]) -> None:
    """Of several workbooks of one department, let at most one stand: the newest; never guess beyond that. Where the
    review asks which counts (BT002), it is not decided here either."""
    entries = list(entries)
    asked = {e.checked.file: e.checked for e in entries if _is_asked(e.checked)}
    groups: dict[str, list[BatchEntry]] = {}
    for entry in entries:
        newer = entry.checked.superseded
        best = asked.get(newer)
        if best is not None and best.round == entry.checked.round and best.sha256 != entry.checked.sha256:
            groups.setdefault(entry.checked.owner, []).append(entry)
        elif newer:
            entry.spare, entry.reason = True, f"同一部门另有较新的报送件 {newer}，以后者为准"
        elif entry.checked.form:
            groups.setdefault(entry.checked.owner, []).append(entry)
    for group in groups.values():
        first = {e.checked.sha256: e for e in reversed(group)}
        for entry in group:
            if first[entry.checked.sha256] is not entry:
                entry.spare = True
                entry.reason = f"与 {first[entry.checked.sha256].checked.file} 内容完全相同，只计一份"
            elif len(first) > 1:
                entry.undecided = True
                entry.reason = f"同一部门报送了 {len(first)} 份内容不同的工作簿，未定以哪一份为准"


def _is_asked(checked: Checked) -> bool:
    return any(f.is_open and f.level == "error" and about_copies(f.code) for f in checked.findings)


def _admit(entry: BatchEntry, include_failed: bool, wording: Wording) -> None:
    """Let in what passed; what did not, only when it was asked for, and marked."""
    checked = entry.checked
    if entry.reason:
        return
    if not checked.form or checked.harvest is None:
        entry.reason = "打不开：" + (wording.message(checked.findings[0]) if checked.findings else "原因不明")
        return
    open_ = [f.level for f in checked.findings if f.is_open]
    if checked.status == "passed":
        entry.counted = True
        return
    errors, doubts = open_.count("error"), open_.count("confirm")
    words = "、".join(w for n, w in ((errors, f"{errors} 项错误"), (doubts, f"{doubts} 项待核实")) if n)
    if include_failed:
        entry.counted, entry.mark = True, f"有{words}，按要求计入"
    else:
        entry.reason = f"有{words}未处理"


def _levels(entries: Iterable[BatchEntry]) -> None:
    """A head's workbook holds its units' figures too, unless the roster says 本级: a unit then adds nothing."""
    heads = {(e.checked.form, e.code) for e in entries if e.counted and e.head is None}
    for entry in entries:
        head = entry.head
        within = (
            head is not None
            and (entry.checked.form, head.code) in heads
            and str(head.values.get(SCOPE, "")).strip() != OWN_FIGURES
        )
        entry.in_total = entry.counted and not within


def _in_order(entries: list[BatchEntry], roster: Roster | None) -> list[BatchEntry]:
    """By office as the roster names them, then as the roster lists the departments, then by code."""
    lines = roster.departments if roster is not None else ()
    offices = {o: i for i, o in enumerate(dict.fromkeys(d.office or NO_OFFICE for d in lines))}
    places = {d.code: i for i, d in enumerate(lines)}
    return sorted(
        entries,
        key=lambda e: (
            offices.get(e.office, len(offices)),
            places.get(e.code, len(places)),
            e.code,
            e.name,
            e.checked.file,
        ),
    )


def problems_of(batch: Batch) -> list[str]:
    """Return what keeps the whole from being called complete, apart from sums that differ."""
    found = [f"{e.checked.file} 没有计入，也没有写明原因" for e in batch.left_out if not e.reason]
    for name, form in batch.forms.items():
        counted = [e.checked for e in batch.counted(name)]
        same = {form.version, *form.same_as, "", *(c.edition for c in counted)}  # a known edition is checked by itself
        seen = {c.harvest.version for c in counted if c.harvest is not None}
        other = sorted(seen - same)
        if len(other) > 1 or (other and seen & same):
            versions = "、".join(sorted(v or "（未注明）" for v in seen))
            found.append(f"{name} 混有不同版本的报送件（{versions}），各版本的口径未必相同")
    return found
