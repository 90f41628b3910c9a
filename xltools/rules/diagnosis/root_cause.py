"""One slip upsets several rules: finds the finding that leads, so that texts can fold the others under it, and what comes first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xltools.bilingual import EMPTY, Pair
from xltools.findings.finding import Finding, Related, reclassed
from xltools.findings.folding import may_fold, name_of
from xltools.form import checks
from xltools.form.formulas import uses
from xltools.form.layout import Key
from xltools.form.model import LEVELS
from xltools.rules.context import RuleContext
from xltools.rules.diagnosis.causes import Guesser
from xltools.rules.diagnosis.in_question import awaited
from xltools.rules.registry import may_lead

Cell = tuple[str, str]


def linked(findings: Sequence[Finding], ctx: RuleContext) -> list[Finding]:
    """Return the findings with hints, and with `root` (code@cell) where another one leads."""
    codes = {rule.code for rule in ctx.submission.form.rules}
    own = [f for f in findings if f.code in codes]
    roots: dict[int, str] = {}
    _by_value_findings(findings, own, ctx, roots)
    hinted: dict[int, Pair] = {}
    guesser = Guesser(ctx.sums) if ctx.sums.broken else None
    if guesser is not None:
        hinted = {id(f): hint for f in own if f.is_open and (hint := guesser.hint(f.code))}
        _by_figures(own, guesser, roots)
    awaits = awaited(findings, own, ctx, guesser, roots)
    return [_told(f, roots, hinted, awaits) for f in findings]


def _told(
    finding: Finding,
    roots: Mapping[int, str],
    hinted: Mapping[int, Pair],
    awaits: Mapping[int, tuple[Related, ...]],
) -> Finding:
    """Return a finding with what leads it, its likely cause and what comes before it; itself where there is nothing."""
    key = id(finding)
    if key not in roots and key not in hinted and key not in awaits:
        return finding
    hint = finding.hint if finding.hint.zh else hinted.get(key, EMPTY)
    return reclassed(finding, root=roots.get(key, ""), hint=hint, awaits=awaits.get(key, ()))


def _by_value_findings(
    findings: Sequence[Finding], own: Sequence[Finding], ctx: RuleContext, roots: dict[int, str]
) -> None:
    """A cell with a problem of its own leads the rules that read it."""
    leaders: dict[Cell, Finding] = {}
    for finding in sorted(findings, key=lambda f: LEVELS.index(f.level)):
        if finding.is_open and finding.cell and may_lead(finding):
            leaders.setdefault((finding.sheet, finding.cell), finding)
            if (lead := leaders[finding.sheet, finding.cell]) is not finding:
                roots[id(finding)] = name_of(lead)
            for other in finding.related:
                leaders.setdefault((other.sheet, other.cell), finding)
    if not leaders:
        return
    rows = {
        (r.sheet, r.a1): k.field for k, r in ctx.submission.where.items() if k.row >= 0 and (r.sheet, r.a1) in leaders
    }
    by_table = {table: leaders[cell] for cell, table in reversed(rows.items()) if leaders[cell].level == "error"}
    for finding in own:
        for cell in _cells(finding, ctx):
            if cell in leaders and may_fold(finding, leaders[cell]):
                roots[id(finding)] = name_of(leaders[cell])
                break
        else:
            _by_column(finding, ctx, by_table, roots)


def _by_column(finding: Finding, ctx: RuleContext, by_table: Mapping[str, Finding], roots: dict[int, str]) -> None:
    """A row that could not be read leads the rule that adds up its table's columns."""
    rule = ctx.submission.form.rule(finding.code)
    if rule.table is not None:
        return
    read = {use.name for side in (rule.left, rule.right) for use in uses(side)}
    for table in ctx.submission.form.tables:
        folds = table.name in by_table and may_fold(finding, by_table[table.name])
        if folds and any(f"{table.name}_{column.name}" in read for column in table.columns):
            roots[id(finding)] = name_of(by_table[table.name])
            return


def _cells(finding: Finding, ctx: RuleContext) -> list[Cell]:
    """Return the cells a rule's finding reads, its own first."""
    found = [(finding.sheet, finding.cell), *((r.sheet, r.cell) for r in finding.related)]
    form = ctx.submission.form
    rule = form.rule(finding.code)
    if rule.table is None:
        for name in checks.operands(form, rule).leaves:
            place = ctx.related(Key(name))
            found.append((place.sheet, place.cell))
    return found


def _by_figures(own: Sequence[Finding], guesser: Guesser, roots: dict[int, str]) -> None:
    """Rules that one slip broke together have one root: of the gravest, the rule that stands at the wrong figure."""
    open_ = {f.code: f for f in own if f.is_open and id(f) not in roots and f.code in guesser.figures.broken}
    for codes, names in guesser.together():
        members = [f for code, f in open_.items() if code in codes]
        if len(members) < 2:
            continue
        gravest = min(members, key=lambda f: LEVELS.index(f.level)).level
        able = [f for f in members if f.level == gravest]
        leader = next((f for f in able if guesser.figures.broken[f.code].left in names), able[0])
        for finding in members:
            if finding is not leader:
                roots[id(finding)] = name_of(leader)
