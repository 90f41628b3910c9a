"""What only the whole batch shows (BT): who did not report, who reported twice, who is unknown to the roster."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import mean

from xltools.findings.card import Card
from xltools.findings.extract import Compared
from xltools.findings.finding import Finding
from xltools.findings.report import Checked, Report
from xltools.findings.wording import figure
from xltools.intake.roster import Department, Roster
from xltools.rules.batch.cards import ALL_BEST, APPROVED, COPIED, SAME, SHARED, TOO_GOOD, TWICE, UNKNOWN

_BEST = {
    "zh": ("全部为“{grade}”", "平均 {mean} 分"),
    "en": ("all graded “{grade}”", "mean score {mean}"),
}
_GOOD = {
    "zh": ("{label}没有写出具体内容", "{row}没有达到目标，判定的指标仍全部满分"),
    "en": ("{label} says nothing", "{row} missed its target, yet every judged score is full"),
}
ENOUGH, SHARE, FEWEST, HIGH = 10, 0.8, 5, 99
"""Figures needed to speak of copying, the share that must be alike, workbooks that make a batch, a mean too high."""


def batch_findings(report: Report, roster: Roster | None, lang: str) -> None:
    """Add the batch's findings to `report`, at the workbook they are about, and list who sent nothing."""
    read = [s for s in report.submissions if s.form]
    _duplicates(read, lang)
    _one_code(read, lang)
    _copies(read, lang)
    _inflation(report, read, lang)
    if roster is not None:
        for checked in read:
            line = roster.find(checked.code, checked.department)
            if line is None:
                add(checked, UNKNOWN, lang, code=checked.code or checked.department)
            else:
                _approved(checked, line, lang)
        codes, said = {s.code for s in read}, {s.department for s in read}
        report.missing = [(d.code, d.name) for d in roster.departments if d.code not in codes and d.name not in said]
    for checked in read:
        checked.settle()


def _approved(checked: Checked, line: Department, lang: str) -> None:
    if checked.traits is None:
        return
    for column, own in checked.traits.given.items():
        right = line.values.get(column)
        if (
            not isinstance(right, int | float)
            or own.value is None
            or abs(own.value - right) < 0.5 * 10.0**-own.decimals
        ):
            continue
        add_at(checked, APPROVED, own, lang, expected=float(right), right=figure(right, own.decimals, own.unit))


def _one_code(read: Sequence[Checked], lang: str) -> None:
    by_code: dict[tuple[str, str], dict[str, list[Checked]]] = {}
    for checked in read:
        if checked.code and checked.department:
            by_code.setdefault((checked.form, checked.code), {}).setdefault(checked.owner, []).append(checked)
    for (_, code), owners in by_code.items():
        for owner, own in owners.items() if len(owners) > 1 else ():
            others = "、".join(theirs[0].department for other, theirs in owners.items() if other != owner)
            for checked in own:
                add(checked, SHARED, lang, code=code, others=others)


def _copies(read: Sequence[Checked], lang: str) -> None:
    """Compare each workbook with those that share figures with it (an index keeps this far from every pair)."""
    holders: dict[int, list[int]] = {}
    for index, checked in enumerate(read):
        for mark in () if checked.traits is None else checked.traits.fingerprint:
            holders.setdefault(mark, []).append(index)
    shared: dict[tuple[int, int], int] = {}
    for owners in holders.values():
        if 1 < len(owners) <= 50:
            for place, one in enumerate(owners):
                for other in owners[place + 1 :]:
                    shared[one, other] = shared.get((one, other), 0) + 1
    for (one, other), count in sorted(shared.items()):
        if _same_owner(read[one], read[other]):
            continue
        share = alike(read[one], read[other])
        if share >= SHARE:
            for checked, twin in ((read[one], read[other]), (read[other], read[one])):
                name = twin.department or twin.file
                add(checked, COPIED, lang, count=count, others=name, share=f"{share * 100:.0f}")


def _same_owner(one: Checked, other: Checked) -> bool:
    return one.form != other.form or one.owner == other.owner or one.department == other.department


def alike(one: Checked, other: Checked) -> float:
    """Return the share of figures that two workbooks have in common; 0 where either has too few to tell."""
    if one.traits is None or other.traits is None:
        return 0.0
    mine, theirs = one.traits.fingerprint, other.traits.fingerprint
    most = max(len(mine), len(theirs))
    return len(mine & theirs) / most if min(len(mine), len(theirs)) >= ENOUGH else 0.0


def _inflation(report: Report, read: Sequence[Checked], lang: str) -> None:
    for checked in read:
        if checked.traits is None:
            continue
        for label in checked.traits.no_problem:
            add(checked, TOO_GOOD, lang, what=_GOOD[lang][0].format(label=label))
        if checked.traits.full_but_unmet:
            add(checked, TOO_GOOD, lang, what=_GOOD[lang][1].format(row=checked.traits.full_but_unmet))
    by_form: dict[str, list[Checked]] = {}
    for checked in read:
        if checked.score is not None and not checked.superseded:
            by_form.setdefault(checked.form, []).append(checked)
    for scored in by_form.values():
        level = mean(s.score for s in scored if s.score is not None)
        grades = {s.grade for s in scored}
        if len(scored) < FEWEST or not (level >= HIGH or (len(grades) == 1 and level >= 90)):
            continue
        words = _BEST[lang][0] if len(grades) == 1 else _BEST[lang][1]
        what = words.format(grade=scored[0].grade, mean=f"{level:.2f}")
        sentence = ALL_BEST.sentence(lang, count=len(scored), what=what)
        report.batch.append(Finding(ALL_BEST.code, ALL_BEST.level, "open", "", "", "", "", "", sentence))


def _duplicates(read: list[Checked], lang: str) -> None:
    groups: dict[tuple[str, int], list[Checked]] = {}
    for checked in read:
        if checked.code or checked.department:
            groups.setdefault((checked.owner, checked.round), []).append(checked)
    for group in groups.values():
        for number, checked in enumerate(group[1:], start=1):
            twins = [o for o in group[:number] if o.sha256 == checked.sha256]
            if twins:
                add(checked, SAME, lang, others=twins[0].file)
        different = list({c.sha256: c for c in group}.values())
        if len(different) > 1:
            for checked in different:
                others = "、".join(o.file for o in different if o is not checked)
                add(checked, TWICE, lang, others=others)


def add_at(checked: Checked, card: Card, own: Compared, lang: str, *, expected: float, **values: object) -> None:
    """Add a finding at the cell of a compared figure."""
    there = figure(own.value, own.decimals, own.unit)
    message = card.sentence(lang, label=own.label, there=there, **values)
    gap = None if own.value is None else round(own.value - expected, 6)
    place = (own.sheet, own.cell, own.label, message)
    checked.findings.append(
        Finding(
            *(card.code, card.level, "open", checked.file, checked.department, *place),
            stated=own.value,
            expected=expected,
            difference=gap,
        )
    )


def add(checked: Checked, card: Card, lang: str, **values: object) -> None:
    """Add a finding about a workbook as a whole."""
    checked.findings.append(
        Finding(
            card.code, card.level, "open", checked.file, checked.department, "", "", "", card.sentence(lang, **values)
        )
    )
