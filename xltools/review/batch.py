"""What only the whole batch shows (BT): who did not report, who reported twice, who is unknown to the roster."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import mean

from xltools.intake.roster import Department, Roster
from xltools.review.cards import Card
from xltools.review.findings import Checked, Finding, Report
from xltools.review.traits import Compared
from xltools.review.words import figure

_BASIS = "名册与报送件对照"

UNKNOWN = Card(
    "BT003",
    "error",
    "名册中没有这个部门",
    "A department the roster does not know",
    "报送件的部门编码（或名称）是否在名册中。",
    "编码填错会使汇总重复或漏掉部门。",
    _BASIS,
    "请核对部门编码；确为新增部门的，先补入名册。",
    "Check the code; add the department to the roster if it is new.",
    "编码 101010 填成 101001。",
    "名册中没有编码为“{code}”的部门",
    "the roster has no department with code “{code}”",
)
TWICE = Card(
    "BT002",
    "error",
    "同一部门报送多份且内容不同",
    "Reported twice with different content",
    "同一部门、同一轮次是否报送了多份不同的工作簿。",
    "不知以哪一份为准，汇总会重复。",
    _BASIS,
    "请与部门确认以哪一份为准，把其余的移出文件夹。",
    "Ask which one counts and move the others away.",
    "同时收到“自评表.xlsx”和“自评表（最终版2）.xlsx”。",
    "这个部门还报送了 {others}，内容不同",
    "this department also sent {others}, with other content",
)
SAME = Card(
    "BT004",
    "notice",
    "同一部门重复报送（内容相同）",
    "The same workbook twice",
    "同一部门是否重复报送了相同的工作簿。",
    "重复的只需留一份。",
    _BASIS,
    "可删除重复的一份。",
    "Delete one of them.",
    "邮件和网盘各收到一份。",
    "与 {others} 内容完全相同",
    "identical to {others}",
)

APPROVED = Card(
    "BT005",
    "error",
    "核定数与名册不符",
    "The approved figure is not the roster's",
    "工作簿里由财政部门预填的核定数与名册是否一致。",
    "核定数以名册为准；不一致说明预填后被改动，或名册更新后没有重新下发。",
    _BASIS,
    "请以名册为准改正；名册有误的，更正名册后重新审核。",
    "Correct it to the roster's figure, or correct the roster.",
    "名册的核定数是 2,282.21，工作簿里是 2,180.24。",
    "{label}为 {there}，名册为 {right}",
    "{label} is {there}, the roster says {right}",
)
SHARED = Card(
    "BT006",
    "error",
    "两个部门用了同一编码",
    "Two departments under one code",
    "不同名称的部门是否用了同一个部门编码。",
    "同一编码会被当成同一部门，汇总时互相覆盖。",
    _BASIS,
    "请核对部门编码，改正用错的一份。",
    "Check the codes and correct the wrong one.",
    "农业局和水务局的编码都填成 101002。",
    "编码 {code} 也是 {others} 使用的",
    "code {code} is also used by {others}",
)
COPIED = Card(
    "BT007",
    "confirm",
    "数字与别的部门大量相同",
    "Figures copied from another department",
    "不为零的金额和数量有没有大部分与另一部门完全相同。",
    "两个部门的数字不会大量相同，多半是在别人的表格上改的，没有改完。",
    "整批对照",
    "请核对数字是否为本部门的；确属同一套账的，请说明。",
    "Make sure the figures are this department's own.",
    "30 项金额中有 28 项与另一部门一样。",
    "{count} 项数字与 {others} 完全相同（占 {share}%）",
    "{count} figures are those of {others} ({share} %)",
)
ALL_BEST = Card(
    "BT008",
    "notice",
    "整批得分偏高",
    "Scores of the whole batch look inflated",
    "整批部门是否都是最高等级，或平均分是否在 99 分以上。",
    "得分没有差别，自评就失去意义。",
    "绩效自评工作的常见问题",
    "请抽查扣分项和佐证材料。",
    "Look into some of them.",
    "全部 80 个部门都是“优”。",
    "{count} 个部门{what}",
    "{count} departments: {what}",
)
TOO_GOOD = Card(
    "BT009",
    "notice",
    "自评可能偏宽",
    "The self-evaluation may be lenient",
    "有没有写出存在的问题；有未完成的指标，判定的指标是否仍全部满分。",
    "没有问题、没有扣分的自评，与未完成的指标对不上。",
    "绩效自评工作的常见问题",
    "请部门补充存在的问题，或核实判定的得分。",
    "Ask for the problems met, or check the judged scores.",
    "“存在的主要问题”只写了“无”。",
    "{what}",
    "{what}",
)
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

CARDS = (TWICE, UNKNOWN, SAME, APPROVED, SHARED, COPIED, ALL_BEST, TOO_GOOD)


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
