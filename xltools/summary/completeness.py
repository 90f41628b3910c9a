"""May the consolidated workbook be called complete? Only when every department of the roster is in, or excused by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from xltools.form.model import Form
from xltools.summary.batch import Batch
from xltools.summary.entry import BatchEntry
from xltools.summary.numbers import exact_sum, half_up, is_number
from xltools.summary.standing import STATES, WORDS

Kind = Literal["complete", "stage", "broken"]
FEW = 6
"""Names that a sentence lists before it says how many there are."""


@dataclass(frozen=True, slots=True)
class Completeness:
    """What the whole may be called, in one line, and what that line leaves to be said."""

    kind: Kind
    words: str
    more: tuple[str, ...] = ()


def completeness_of(batch: Batch, problems: Sequence[str], proofs: int) -> Completeness:
    """Return what a batch may be called; `proofs` totals were computed twice and agree."""
    more = tuple(_balances(batch))
    if problems:
        words = f"× 未完成：有 {len(problems)} 个问题没有解决，以下数字不能作为正式汇总使用"
        return Completeness("broken", words, more)
    if batch.roster is None:
        counted = sum(e.counted for e in batch.entries)
        words = f"● 阶段汇总：计入 {counted} 件 / 收到 {len(batch.entries)} 件；没有给出名册，不知道应报多少，无法判断是否收齐"
        return Completeness("stage", words, (*_open_words(batch), *more))
    due = len(batch.standings)
    if due and all(s.done for s in batch.standings):
        excused = sum(s.state == "excused" for s in batch.standings)
        counted = due - excused
        words = f"√ 汇总完整：应报 {due} 个部门，" + (
            f"计入 {counted} 个，免报 {excused} 个" if excused else "全部通过审核并计入"
        )
        return Completeness("complete", f"{words}；{proofs} 项合计核对一致（见“核对”）", (*_apart(batch), *more))
    counted = sum(s.counted for s in batch.standings)
    return Completeness(
        "stage", f"● 阶段汇总：计入 {counted} / 应报 {due}", (*_open_words(batch), *_apart(batch), *more)
    )


def _open_words(batch: Batch) -> list[str]:
    """Say what is still to come, or to be settled, department by department where they are few."""
    parts: list[str] = []
    for state in STATES[::-1]:
        if state in ("passed", "excused"):
            continue
        names = [s.line.name for s in batch.standings if s.state == state and not s.counted]
        if names:
            parts.append(f"{WORDS[state]} {len(names)} 个（{listed(names)}）")
    marked = [s.line.name for s in batch.standings if s.counted and s.state != "passed"]
    if marked:
        parts.append(f"没有通过审核、按要求计入 {len(marked)} 个（{listed(marked)}）")
    return [f"还差：{'；'.join(parts)}。"] if parts else []


def _apart(batch: Batch) -> list[str]:
    """What came besides: from those the roster does not name, from nobody knows whom, replaced copies."""
    parts = []
    if batch.strangers:
        counted = sum(e.counted for e in batch.strangers)
        parts.append(
            f"不在名册的 {len(batch.strangers)} 件（{listed([_called(e) for e in batch.strangers])}"
            f"；其中计入 {counted} 件）"
        )
    if batch.nobodys:
        parts.append(
            f"打不开、看不出是哪个部门的 {len(batch.nobodys)} 件（{listed([e.file_name for e in batch.nobodys])}）"
        )
    if batch.replaced:
        parts.append(f"已由同一部门另一份代替的 {len(batch.replaced)} 件（见“重复报送”）")
    return [f"另有：{'；'.join(parts)}。都不算在应报、已报之内。"] if parts else []


def _called(entry: BatchEntry) -> str:
    return entry.name or entry.file_name


def listed(names: Sequence[str], few: int = FEW) -> str:
    """Return some names, and how many there are where not all are said."""
    return "、".join(names) if len(names) <= few else "、".join(names[:few]) + f" 等 {len(names)} 个"


def _balances(batch: Batch) -> list[str]:
    """Of each form whose counted income and expenditure differ, the difference and whose it is."""
    found = []
    for form in batch.forms.values():
        gaps = gaps_of(batch, form)
        whole = exact_sum((gap for _, gap in gaps), 2)
        if gaps:
            income, spent = (form.field(str(n)).label for n in (form.income_field, form.expenditure_field))
            owners = "、".join(f"{_called(e)}（{gap:+,.2f}）" for e, gap in gaps[:FEW])
            rest = f" 等 {len(gaps)} 个部门" if len(gaps) > FEW else ""
            found.append(f"计入的{income}与{spent}相差 {whole:,.2f} {form.unit}：{owners}{rest}。")
    return found


def gaps_of(batch: Batch, form: Form) -> list[tuple[BatchEntry, float]]:
    """Return the counted workbooks whose income and expenditure differ, and by how much, the largest first."""
    if not form.income_field or not form.expenditure_field:
        return []
    decimals = form.field(form.income_field).decimals
    found = []
    for entry in batch.totalled(form.id):
        income, spent = (entry.checked.figures.get(n) for n in (form.income_field, form.expenditure_field))
        gap = half_up(_number(income) - _number(spent), decimals)
        if gap:
            found.append((entry, gap))
    return sorted(found, key=lambda g: -abs(g[1]))


def _number(value: object) -> float:
    return float(value) if is_number(value) else 0.0
