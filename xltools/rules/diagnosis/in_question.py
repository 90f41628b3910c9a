"""Which figures are themselves in question: what is computed from one names it as what comes first, and no figure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from xltools.findings.finding import Finding, Related, reclassed
from xltools.findings.folding import name_of
from xltools.form.layout import Key
from xltools.form.model import LEVELS
from xltools.rules.context import RuleContext
from xltools.rules.diagnosis.causes import Guesser
from xltools.rules.diagnosis.equations import Equation
from xltools.rules.registry import may_lead

NEAR = 1e-9
"""Two figures that should stand in one cell and differ by less are one."""


def awaited(
    findings: Sequence[Finding],
    own: Sequence[Finding],
    ctx: RuleContext,
    guesser: Guesser | None,
    roots: Mapping[int, str],
) -> dict[int, tuple[Related, ...]]:
    """Return, by a finding's id, the cells that are to be put right before its figures mean anything."""
    doubts = _Doubts(findings, own, ctx, guesser)
    found = {id(f): cells for f in doubts.open_.values() if (cells := doubts.before(f))}
    found |= _one_a_cell([f for f in doubts.open_.values() if id(f) not in found], ctx)
    leaders = {name_of(f): f for f in findings if f.is_open and f.code not in {g.code for g in own}}
    for finding in own:
        lead = leaders.get(roots.get(id(finding), ""))
        elsewhere = lead is not None and (lead.sheet, lead.cell) != (finding.sheet, finding.cell)
        if lead is not None and elsewhere and finding.is_open and finding.code not in doubts.open_:
            found[id(finding)] = (Related(lead.sheet, lead.cell, lead.field),)
    return found


class _Doubts:
    """What of one submission's figures is in question, and which broken rule says so."""

    def __init__(
        self, findings: Sequence[Finding], own: Sequence[Finding], ctx: RuleContext, guesser: Guesser | None
    ) -> None:
        self.ctx, self.broken = ctx, ctx.sums.broken
        codes = {f.code for f in own}
        ordered = sorted(own, key=lambda f: LEVELS.index(f.level))
        self.open_ = {f.code: f for f in ordered if f.is_open and f.code in self.broken}
        self.wrong: set[str] = set()  # a likely explanation changes them
        self.together: list[frozenset[str]] = []  # what one explanation changes at once
        explained: set[str] = set()
        for code in self.open_:
            verdict = guesser.verdict(code) if guesser is not None else None
            changed = {n for r in verdict.agreed for n in r.changes} if verdict is not None else set[str]()
            if not changed.isdisjoint(self.broken[code].fields):
                explained.add(code)
            self.wrong |= changed
            self.together += [frozenset(r.changes) for r in verdict.agreed] if verdict is not None else []
        self.wrong |= _spoiled([f for f in findings if f.is_open and f.code not in codes and may_lead(f)], ctx)
        self.unsure: dict[str, list[str]] = {}  # a broken rule stands at them, and nothing says where its slip is
        for code in self.open_:
            if code not in explained and self.broken[code].left not in ctx.sums.sent:
                self.unsure.setdefault(self.broken[code].left, []).append(code)
        self._after: dict[str, set[str]] = {}

    def before(self, finding: Finding) -> tuple[Related, ...]:
        """Return the cells that come before a finding."""
        equation = self.broken[finding.code]
        return tuple(self.ctx.related(Key(n)) for n in dict.fromkeys(self._names(equation)))

    def _names(self, equation: Equation) -> Iterator[str]:
        for name in equation.parts:
            if name in self.ctx.sums.sent or name == equation.left:
                continue
            others = [c for c in self.unsure.get(name, ()) if not self._reaches(c, equation.code)]
            if others:
                self._after.setdefault(equation.code, set()).update(others)
            if others or (name in self.wrong and not self._changed_places(equation, name)):
                yield name
        if equation.op != "=" and any(self.broken[c].op == "=" for c in self.unsure.get(equation.left, ())):
            yield equation.left

    def _changed_places(self, equation: Equation, name: str) -> bool:
        """True where a limit and what it limits may have changed places: either may be the wrong one, none comes first."""
        return equation.op != "=" and any({name, equation.left} <= changed for changed in self.together)

    def _reaches(self, code: str, other: str) -> bool:
        """True when `code` is `other` or waits for it, however far: two rules never wait for each other."""
        return code == other or any(self._reaches(c, other) for c in self._after.get(code, ()))


def _spoiled(leaders: Sequence[Finding], ctx: RuleContext) -> set[str]:
    """Return the fields at whose cells something else is wrong, the other cells of a block included."""
    cells = {(f.sheet, f.cell) for f in leaders} | {(r.sheet, r.cell) for f in leaders for r in f.related}
    return {k.field for k, ref in ctx.submission.where.items() if k.row < 0 and (ref.sheet, ref.a1) in cells}


def _one_a_cell(findings: Sequence[Finding], ctx: RuleContext) -> dict[int, tuple[Related, ...]]:
    """Let the first finding of a cell say what should stand there; one that says something else comes after it."""
    leads: dict[tuple[str, str], Finding] = {}
    found: dict[int, tuple[Related, ...]] = {}
    for finding in findings:
        equation, right = ctx.sums.broken[finding.code], finding.expected
        if equation.op != "=" or not isinstance(right, int | float):
            continue
        lead = leads.setdefault((finding.sheet, finding.cell), finding)
        if isinstance(lead.expected, int | float) and abs(lead.expected - right) > NEAR:
            found[id(finding)] = (ctx.related(Key(equation.left)),)
    return found


def behind_workbook(findings: Iterable[Finding], known: Iterable[Finding]) -> list[Finding]:
    """Return a narrative's findings; of one that expects what the workbook says, with the workbook's cell before it
    where that cell is itself in question."""
    wrong = [f for f in known if f.is_open and f.level == "error"]
    doubtful = {(f.sheet, f.cell) for f in wrong} | {(r.sheet, r.cell) for f in wrong for r in f.awaits}
    made = []
    for finding in findings:
        cells = tuple(r for r in finding.related if (r.sheet, r.cell) in doubtful)
        made.append(reclassed(finding, awaits=cells) if cells and finding.expected is not None else finding)
    return made
