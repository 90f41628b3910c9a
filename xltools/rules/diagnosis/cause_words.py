"""The words of likely causes: each kind of slip as a sentence that names the line, what stands there and what should."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xltools.bilingual import Pair, joined, same
from xltools.findings.texts import figure
from xltools.form import model as m
from xltools.rules.diagnosis.equations import Figures, rounded
from xltools.rules.diagnosis.slips import Kind, Repair

_NUMBER = re.compile(r"^[一二三四五六七八九十]+、")
_SAID: dict[Kind, Pair] = {
    "restored": Pair(
        "“{label}”是财政部门预填的，被改成了 {was}，应恢复为 {now}",
        "“{label}” was prefilled by the bureau and is now {was}: put {now} back",
    ),
    "unit": Pair("可能是“{label}”{was} 按元填列，应为 {now}", "“{label}” {was} may be in yuan: {now}"),
    "digits": Pair(
        "可能是“{label}”{was} 相邻两位数字颠倒，应为 {now}",
        "two digits of “{label}” {was} may be transposed: {now}",
    ),
    "point": Pair(
        "可能是“{label}”{was} 小数点错位，应为 {now}", "the decimal point of “{label}” {was} may be misplaced: {now}"
    ),
    "sign": Pair("可能是“{label}”{was} 的正负号反了", "the sign of “{label}” {was} may be wrong"),
    "unfilled": Pair("“{label}”为 0，可能没有填列", "“{label}” is 0 and may not have been filled in"),
    "copied": Pair(
        "可能是“{label}”抄成了“{other}”的 {was}，应为 {now}",
        "“{label}” may be copied from “{other}” ({was}): {now}",
    ),
    "equal": Pair(
        "“{label}”与“{other}”同为 {was}，可能抄错，应为 {now}",
        "“{label}” and “{other}” are both {was}, one may be copied: {now}",
    ),
    "left_out": Pair(
        "差额正好是“{other}”{size}，可能“{label}”漏加了这一项",
        "the difference is “{other}” {size}, which may be left out of “{label}”",
    ),
    "twice": Pair(
        "差额正好是“{other}”{size}，可能“{label}”重复计入了这一项",
        "the difference is “{other}” {size}, which may be counted twice in “{label}”",
    ),
    "carried": Pair(
        "差额正好是“{other}”{size}，可能与“{label}”的口径有关：应为 {now}",
        "the difference is “{other}” {size}: “{label}” may count it wrongly, {now} expected",
    ),
    "chain": Pair(
        "差额正好是“{other}”{size}，可能{labels}都漏加了这一项",
        "the difference is “{other}” {size}, which may be left out of {labels}",
    ),
    "swapped": Pair("可能“{label}”和“{other}”两格填反了", "“{label}” and “{other}” may have changed places"),
    "row": Pair("可能“{other}”的 {was} 填到了“{label}”一格", "{was} in “{label}” may belong to the line “{other}”"),
    "missing": Pair("可能漏填了{lines}（差额 {now}）", "{lines} may be missing (difference {now})"),
    "forgotten": Pair("可能漏填了{lines}（差额 {more}）", "{lines} may be missing (difference {more})"),
    "cut": Pair("可能截去了尾数，没有四舍五入，应为 {now}", "it may be cut instead of rounded: {now}"),
    "coarse": Pair(
        "可能少写了小数位，按表格的位数应为 {now}", "it may be given with too few digits: {now} with those of the form"
    ),
    "base": Pair(
        "可能以“{other}”为分母计算，应以“{base}”为分母，即 {now}",
        "it may be based on “{other}” instead of “{base}”: {now}",
    ),
    "inverted": Pair(
        "可能分子和分母颠倒了，应以“{base}”为分母，即 {now}",
        "the two figures may be upside down: based on “{base}” it is {now}",
    ),
    "bureau": Pair(
        "可能没有按财政部门预填的“{other}”填列“{label}”，应为 {now}",
        "“{label}” may not follow “{other}” as prefilled by the bureau: {now}",
    ),
    "wrong": Pair(
        "可能是“{label}”填错：改为 {now}，则 {rules} 条审核公式同时成立",
        "“{label}” may be wrong: with {now}, {rules} rules hold at once",
    ),
}


def said(figures: Figures, repair: Repair, lines: Sequence[str]) -> Pair:
    """Return a slip as a sentence; `lines` are the blank lines of which one may be missing."""
    main, values = repair.main, figures.values
    form = figures.form
    label, other = _told_apart(form, main, repair.other if repair.other in values else "")
    bases = [e.parts[1] for e in figures.broken.values() if e.kind == "rate" and e.left == main]
    was, now = values.get(main) or 0.0, repair.changes[main] or 0.0
    shown = repair.main if repair.kind != "row" else repair.other
    return _SAID[repair.kind].format(
        label=label,
        other=other,
        labels=_quoted(figures, list(repair.changes), "、", ", "),
        lines=_quoted(figures, lines, "或", " or "),
        was=_shown(figures, main, was),
        now=_shown(figures, main, now),
        more=_shown(figures, shown, rounded(now - was, form.field(shown).decimals)),
        size=_shown(figures, main, abs(rounded(now - was, form.field(main).decimals))),
        base=form.field(bases[0]).label if bases else "",
        rules=sum(main in e.fields for e in figures.broken.values()),
    )


def several(texts: Sequence[Pair]) -> Pair:
    """Return several slips that go together as one text."""
    return Pair("可能有 {count} 处：{all}", "{count} slips together: {all}").format(
        count=len(texts), all=joined(texts, "；", "; ")
    )


def one_of(figures: Figures, names: Sequence[str]) -> Pair:
    """Say which lines are in question."""
    return Pair("请核对{lines}，差错可能在其中", "check {lines}: the slip may be there").format(
        lines=_quoted(figures, names, "、", ", ")
    )


def coincidence(figures: Figures, name: str) -> Pair:
    """Say that the difference is just a figure that the rule does not read."""
    return Pair(
        "差额正好等于“{label}”{size}，请核对是否应当计入",
        "the difference is just “{label}” {size}: check whether it belongs here",
    ).format(label=figures.form.field(name).label, size=_shown(figures, name, figures.values.get(name) or 0.0))


def _quoted(figures: Figures, names: Sequence[str], zh: str, en: str) -> Pair:
    return joined([same(f"“{figures.form.field(n).label}”") for n in names], zh, en)


def _told_apart(form: m.Form, one: str, other: str) -> tuple[str, str]:
    """Return the labels of two figures, with their blocks' titles where two blocks call them alike."""
    items = [form.field(name) for name in (one, other) if name]
    labels = [item.label for item in items]
    if len(set(labels)) < len(labels):
        titles = {s.name: _NUMBER.sub("", s.title) for s in form.sections}
        labels = [f"{item.label}（{titles[item.section]}）" for item in items]
    return labels[0], "".join(labels[1:])


def _shown(figures: Figures, name: str, value: float) -> str:
    item = figures.form.field(name)
    return figure(value, item.decimals, "%" if item.type == "percent" else "")
