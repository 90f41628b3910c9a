"""The return copy: the standard workbook built anew with what the sender typed, its errors marked and listed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from xltools.findings.card import Mended
from xltools.findings.finding import Finding
from xltools.findings.report import Checked
from xltools.findings.texts import inert
from xltools.findings.wording import Wording
from xltools.form import model as m
from xltools.form.address import Ref, absolute, column_letter, parse_a1
from xltools.form.formulas import literal
from xltools.form.layout import CheckColumn, Key, Layout
from xltools.form.states import has_reason, is_reason
from xltools.intake.binding.returned_sheets import item_text
from xltools.intake.submission import Kept, Submission
from xltools.recalc.engine import EngineValue
from xltools.recalc.workspace import Workspace
from xltools.rules.registry import mended_by_return, of_a_block
from xltools.rules.requirements import is_nothing
from xltools.writing.department.builder import Filling, Mark, build
from xltools.writing.return_copy import status_formulas
from xltools.writing.return_copy.newest_edition import in_newest
from xltools.writing.return_copy.next_place import linked_in_turn
from xltools.writing.return_copy.problem_list import (
    ANSWER_COLUMN,
    DONE,
    FIRST_ROW,
    STATE_NAME,
    Alike,
    Head,
    Line,
    ReturnSheets,
)
from xltools.writing.return_copy.unplaced import aside_lines, is_bureaus

MENDED: dict[Mended, str] = {
    "restored": status_formulas.RESTORED,
    "replaced": status_formulas.REPLACED,
    "moved": status_formulas.MOVED,
    "renewed": status_formulas.RENEWED,
}
"""The words for what the copy does about a finding by being built anew."""


@dataclass
class _Copy:
    """One return copy in the making. `old` is the layout of the sender's file, `layout` the copy's (more rows)."""

    submission: Submission
    layout: Layout
    values: dict[Key, m.Scalar]
    restored: dict[Key, m.Scalar]
    engine: Mapping[Ref, EngineValue]
    home: dict[str, str]  # the sender's sheet → the form's
    keys: dict[Ref, Key]  # the sender's cell → what it is
    formulas: dict[Ref, Ref]  # the sender's formula cell → the template's
    wording: Wording
    renewed: bool = False  # of a former edition: addresses mean something else here
    lines: list[Line] = field(default_factory=list)
    settled: list[Finding] = field(default_factory=list)

    @property
    def form(self) -> m.Form:
        return self.layout.form


@dataclass(frozen=True, slots=True)
class Returned:
    """A return copy, and which findings it has settled itself: they ask nothing of the department any more."""

    data: bytes
    settled: tuple[Finding, ...]


def return_copy(
    workspace: Workspace, submission: Submission, checked: Checked, wording: Wording, deadline: str = ""
) -> bytes:
    """Return the workbook that goes back to the department, listing and marking what `checked` found."""
    return returned(workspace, submission, checked, wording, deadline).data


def returned(
    workspace: Workspace, submission: Submission, checked: Checked, wording: Wording, deadline: str = ""
) -> Returned:
    """Return the workbook that goes back to the department, and what it settles."""
    renewed, left = bool(submission.form.newest), list[Kept]()
    if renewed:
        newest = workspace.form(submission.form.id)
        submission, left = in_newest(submission, workspace.layout(newest, submission.layout.capacities))
    layout = workspace.layout(submission.form, _capacities(submission))
    values, restored = _values(submission)
    model, _ = workspace.model(layout)
    computed = model.evaluate(values)
    copy = _Copy(submission, layout, values, restored, computed, *_maps(submission), wording.to("department"), renewed)
    for finding in _worth_listing(checked.findings):
        _list(copy, finding)
    given = {Key(n): _number_or_text(submission, n, t) for n, t in submission.prefilled.items()}
    kept = {k: v for k, v in given.items() if k in layout.inputs}
    changed = {k: v for k, v in kept.items() if values.get(k) != v}
    filling = Filling(
        values,
        frozenset(kept) - frozenset(changed),
        submission.meta.get("code", ""),
        submission.round + 1,
        changed,
        linked_in_turn([mark for line in copy.lines for mark in _marks(copy, line)], layout),
    )
    ready = str(computed.get(layout.master) or "")
    head = Head(layout.master, ready, deadline)
    sheets = ReturnSheets(submission, copy.lines, aside_lines(submission, left), copy.wording, head)
    return Returned(build(layout, filling, computed, sheets), tuple(copy.settled))


def _capacities(submission: Submission) -> dict[str, int]:
    """Return the rows each open table needs: as many as in the sender's file, and room for rows typed below it."""
    found = dict(submission.layout.capacities)
    home = submission.structure.sheet_of
    for table in submission.form.tables:
        places = [r for k, r in submission.where.items() if k.field == table.name and k.row == found[table.name] - 1]
        if table.is_fixed or not places:
            continue
        last = max(r.row for r in places)
        below = {ref.row for ref, _ in submission.structure.outside if ref.sheet == home.get(table.sheet)}
        extra = 0
        while last + extra + 1 in below:
            extra += 1
        found[table.name] += extra
    return {t.name: found[t.name] for t in submission.form.tables if not t.is_fixed}


def _values(submission: Submission) -> tuple[dict[Key, m.Scalar], dict[Key, m.Scalar]]:
    """Return what goes into the inputs, and what the sender had where the bureau's locked figure was put back."""
    values: dict[Key, m.Scalar] = {}
    for key, reading in submission.readings.items():
        if is_bureaus(reading.item):
            continue
        value = reading.as_sent
        if reading.item.type == "date" and isinstance(reading.value, date):
            value = reading.value if isinstance(reading.raw, int | float) else value
        if value is not None and value != "":
            values[key] = value
    restored: dict[Key, m.Scalar] = {}
    for name, text in submission.prefilled.items():
        key = Key(name)
        slot = submission.layout.inputs.get(key)
        if slot is None or slot.role != "bureau":
            continue
        sent = _number_or_text(submission, name, text)
        if values.get(key) != sent:
            restored[key] = values.get(key)
            values[key] = sent
    return values, restored


def _number_or_text(submission: Submission, name: str, text: str) -> m.Scalar:
    """Return a prefilled value as its cell held it: _meta keeps it as text."""
    slot = submission.layout.inputs.get(Key(name))
    if slot is None or slot.item is None or not slot.item.numeric:
        return text
    try:
        number = float(text)
    except ValueError:
        return text
    return int(number) if number.is_integer() and "." not in text else number


def _maps(submission: Submission) -> tuple[dict[str, str], dict[Ref, Key], dict[Ref, Ref]]:
    home = {there: own for own, there in submission.structure.sheet_of.items() if there}
    keys = {ref: key for key, ref in submission.where.items()}
    formulas = {found.ref: ref for ref, found in submission.computed.items()}
    return home, keys, formulas


def _worth_listing(findings: Iterable[Finding]) -> Sequence[Finding]:
    """Return all findings, what still counts first."""
    return sorted(findings, key=lambda f: not f.is_open)


def _place(copy: _Copy, finding: Finding) -> tuple[Ref | None, Key | None]:
    """Return a finding's cell in the copy, and what the cell is."""
    sheet = copy.home.get(finding.sheet, finding.sheet)
    known = any(s.name == sheet and s.kind != "meta" for s in copy.form.sheets)
    place = parse_a1(finding.cell) if finding.cell else None
    if place is None:
        return (Ref(sheet, 1, 1), None) if known else (None, None)
    sent = Ref(finding.sheet, *place)
    key = copy.keys.get(sent)
    if key is None and sent in copy.formulas:
        ref = copy.formulas[sent]
        key = copy.submission.layout.computed.get(ref)
        if key is None:
            return ref, None
    if key is None and copy.renewed:
        return (Ref(sheet, 1, 1) if known else None), None
    if key is None:
        ref = Ref(sheet, *place)
        slot = copy.layout.by_cell.get(ref)
        return (ref if known else None), (None if slot is None else slot.key)
    return copy.layout.cells.get(key, Ref(sheet, *place)), key


def _list(copy: _Copy, finding: Finding) -> None:
    """Add a finding to 问题清单; what the copy has settled like another one on the same sheet is said with it, but an
    error has its own line."""
    line = _line(copy, len(copy.lines), finding)
    if line.state.startswith(status_formulas.SETTLED_SIGN):
        copy.settled.append(finding)
    if line.state in DONE and finding.cell and finding.level != "error":
        for index, other in enumerate(copy.lines):
            same = (other.finding.code, other.finding.sheet) == (finding.code, finding.sheet)
            if same and other.state == line.state and other.exact:
                alike = Alike(line.ref.a1 if line.ref is not None else finding.cell, line.item)
                copy.lines[index] = replace(other, alike=(*other.alike, alike))
                return
    copy.lines.append(line)


def _line(copy: _Copy, number: int, finding: Finding) -> Line:
    """Return the line of 问题清单 for one finding: where it leads, what it says, whether it still stands."""
    ref, key = _place(copy, finding)
    answer_at = _answer_place(copy, finding, ref, key)
    asks = finding.level == "confirm" and answer_at is None and finding.state != "waived"
    answer = f"${ANSWER_COLUMN}${FIRST_ROW + number}" if asks else ""
    state, formula = _state(copy, finding, ref, key, answer)
    if state in status_formulas.FINAL:
        asks = False
    item = "" if key is None else item_text(key)
    if not item:
        item = f"{ref.sheet}!{ref.a1 if finding.cell else ''}" if ref is not None else f"{finding.sheet}!{finding.cell}"
    given = finding.explanation if finding.state == "explained" and asks else ""
    return Line(number + 1, finding, ref, key, item, state, formula, asks, given, answer_at, bool(finding.cell))


def _answer_place(copy: _Copy, finding: Finding, ref: Ref | None, key: Key | None) -> Ref | None:
    """Return where the form itself has room for an explanation of this finding."""
    if finding.level != "confirm":
        return None
    rule = next((r for r in copy.form.rules if r.code == finding.code), None)
    if rule is None:
        return None
    if rule.table is None:
        return copy.layout.cells.get(Key(m.explanation_name(rule.code)))
    reason = copy.form.table(rule.table).reason_column
    return copy.layout.cells.get(Key(rule.table, key.row, reason)) if reason and key is not None else None


def _state(copy: _Copy, finding: Finding, ref: Ref | None, key: Key | None, answer: str) -> tuple[str, str]:
    """Return the words of a line's state on opening, and the formula that keeps them true ("": they never change)."""
    level = finding.level
    answered = is_reason(finding.explanation, copy.form.no_reason) if answer else False
    given = has_reason(answer, copy.form.no_reason) if answer else ""
    if finding.state == "waived":
        return status_formulas.WAIVED, ""
    rule = next((r for r in copy.form.rules if r.code == finding.code), None)
    if rule is not None:
        state_ref = _rule_state(copy, rule, ref)
        if state_ref is not None:
            words = status_formulas.state_words(copy.engine.get(state_ref), level, answered)
            return words, status_formulas.by_state(status_formulas.cell_of(state_ref), level, given)
    slot = None if ref is None else copy.layout.by_cell.get(ref)
    if mended := mended_by_return(finding.code):
        return MENDED[mended], ""
    if slot is not None and is_bureaus(slot.item):
        return status_formulas.MOVED, ""
    if key is not None and key in copy.restored:
        return status_formulas.RESTORED, ""
    if ref is None:
        if level == "notice" or not answer:
            return status_formulas.OPEN_WORDS[level], ""
        return _words(level, answered), status_formulas.by_answer(level, given)
    if finding.cell and slot is not None and slot.role in ("input", "bureau") and key is not None:
        test = _block_test(copy, finding, _input_test(copy, ref, key))
        return _words(level, answered), status_formulas.by_cell(test, level, given)
    if not finding.cell and finding.sheet in copy.submission.structure.missing:
        return _sheet_state(copy, finding.sheet, level)
    return status_formulas.RESTORED, ""


def _words(level: m.Level, answered: bool) -> str:
    return status_formulas.EXPLAINED if answered else status_formulas.OPEN_WORDS[level]


def _rule_state(copy: _Copy, rule: m.Rule, ref: Ref | None) -> Ref | None:
    """Return the cell that shows a rule's state: its line on 校验, or its column in the row."""
    if rule.table is None:
        return copy.layout.check(rule.code, CheckColumn.STATE)
    if ref is None:
        return None
    span = copy.layout.spans[rule.table, rule.code]
    return Ref(span.sheet, ref.row, span.column)


def _input_test(copy: _Copy, ref: Ref, key: Key) -> str:
    """Return the test that an input still holds what was sent; an empty one only while something is missing there."""
    cell = status_formulas.cell_of(ref)
    test = status_formulas.still(cell, copy.values.get(key))
    if not is_nothing(copy.submission.readings.get(key)):
        return test
    state = _state_beside(copy, ref, key)
    if state is not None and copy.engine.get(state) == m.MISSING:
        return f"AND({test},{status_formulas.cell_of(state)}={literal(m.MISSING)})"
    return test


def _block(copy: _Copy, finding: Finding) -> list[tuple[Ref, Key]]:
    """Return the inputs in the copy of the other cells of a finding about a block, "" for one about its own cell."""
    if not of_a_block(finding.code):
        return []
    keys = [copy.keys.get(Ref(r.sheet, *place)) for r in finding.related if (place := parse_a1(r.cell)) is not None]
    return [(copy.layout.cells[key], key) for key in keys if key is not None and key in copy.layout.cells]


def _block_test(copy: _Copy, finding: Finding, own: str) -> str:
    """Return the test that any cell of a block still holds what was sent."""
    tests = [
        own,
        *(status_formulas.still(status_formulas.cell_of(r), copy.values.get(k)) for r, k in _block(copy, finding)),
    ]
    return own if len(tests) == 1 else status_formulas.any_of(tests)


def _state_beside(copy: _Copy, ref: Ref, key: Key) -> Ref | None:
    """Return the state cell of an input: beside a field, or in a table's row."""
    if key.row >= 0:
        span = copy.layout.spans[key.field, m.STATE_COLUMN]
        return Ref(span.sheet, ref.row, span.column)
    column = copy.layout.sheet(ref.sheet).sheet.columns.state
    found = Ref(ref.sheet, ref.row, column)
    return found if column and found in copy.engine else None


def _sheet_state(copy: _Copy, sheet: str, level: m.Level) -> tuple[str, str]:
    """Return the state of a sheet that was missing: it stands while something required on it is not filled in."""
    columns: dict[int, list[int]] = {}
    for ref in copy.layout.state_cells:
        if ref.sheet == sheet:
            columns.setdefault(ref.column, []).append(ref.row)
    areas = [(column, min(rows), max(rows)) for column, rows in columns.items()]
    areas += [
        (span.column, span.first, span.last)
        for (_, column_name), span in copy.layout.spans.items()
        if span.sheet == sheet and column_name == m.STATE_COLUMN
    ]
    if not areas:
        return status_formulas.RESTORED, ""
    counts = "+".join(
        f"COUNTIF({status_formulas.cell_of(Ref(sheet, first, column))}:{absolute(last, column)},{literal(m.MISSING)})"
        for column, first, last in areas
    )
    missing = any(
        copy.engine.get(Ref(sheet, row, column)) == m.MISSING
        for column, first, last in areas
        for row in range(first, last + 1)
    )
    words = status_formulas.OPEN_WORDS[level] if missing else status_formulas.CHANGED
    return words, status_formulas.by_cell(f"{counts}>0", level)


def _marks(copy: _Copy, line: Line) -> Iterable[Mark]:
    """Yield the marks of a line's cells: colour and sign while it stands, and a comment that says what the list says.
    What the copy itself has settled is said on the list alone; a comment cannot change, so it speaks of the return."""
    finding = line.finding
    if line.ref is None or not finding.cell or line.state in status_formulas.FINAL:
        return
    text = f"退回时{line.state}（{finding.code}，问题清单第 {line.number} 项）\n{inert(line.said(copy.wording))}"
    if hint := copy.wording.hint(finding):
        text += f"\n可能的原因：{inert(hint)}"
    test = ""
    if line.formula:
        standing_words = literal(status_formulas.OPEN_WORDS[finding.level])
        test = f"{STATE_NAME}{line.number}={standing_words}"
    yield Mark(line.ref, finding.level, test, text)
    for ref, key in _block(copy, finding):
        still = status_formulas.still(f"${column_letter(ref.column)}${ref.row}", copy.values.get(key))
        yield Mark(ref, finding.level, f"AND({test},{still})" if test else still, text)
