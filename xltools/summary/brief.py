"""The page of words for the leader: 总体情况, 主要问题, 建议, each sentence made of the batch's figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from xltools.findings.texts import figure
from xltools.rules.catalogue import catalogue
from xltools.summary.batch import Batch
from xltools.summary.completeness import gaps_of, listed
from xltools.summary.entry import NO_OFFICE
from xltools.summary.frames import Indicator, figures
from xltools.summary.low_rates import under_target
from xltools.summary.numbers import half_up, share
from xltools.summary.overview import FirstPage
from xltools.summary.previous import Previous
from xltools.summary.standing import WORDS, Standing
from xltools.writing.brief_docx import TEMPLATE
from xltools.writing.consolidated.plan import Letter, Paragraphs

FEW_TYPES, FEW_INDICATORS = 3, 3
TOO_MANY_BEST = 90.0
"""The share of the best grade, in percent, from which the grades tell departments apart no longer."""
EDITABLE = "本页文字由程序按汇总数据写成，可直接修改。"


@dataclass(frozen=True, slots=True)
class Brief:
    """The words of one form's batch, and the figures they are made of by name (for a Word template)."""

    title: str
    year: str
    bureau: str
    day: str
    parts: tuple[Paragraphs, ...]
    figures: dict[str, str]
    folder: Path  # the form's, which may hold the bureau's template

    def template(self, given: Path | None) -> Path | None:
        """Return the Word template: the one given, else the form's own; None for the built-in one."""
        own = self.folder / TEMPLATE
        return given or (own if own.is_file() else None)

    def letter(self, name: str) -> Letter:
        """Return the words as a sheet."""
        return Letter(name, self.title, self.parts, EDITABLE, (self.bureau, self.day))


class BriefWriter:
    """Puts the words of one form together."""

    def __init__(self, batch: Batch, page: FirstPage, previous: Previous | None) -> None:
        self.batch, self.page, self.previous = batch, page, previous
        self.form, self.tables = page.form, page.tables

    def brief(self, bureau: str, day: str) -> Brief:
        """Return the words."""
        problems, advice = [], []
        for problem, what in self._problems():
            problems.append(problem)
            advice += [what] if what else []
        parts = (
            Paragraphs("一、总体情况", list(self._whole())),
            Paragraphs("二、主要问题", problems or ["没有发现需要说明的问题。"]),
            Paragraphs("三、建议", advice or ["继续做好部门整体支出绩效管理工作。"]),
        )
        year = f"{self.form.year} 年度"
        return Brief(f"{year}{self.form.title}情况说明", year, bureau, day, parts, self._figures(), self.form.folder)

    def _figures(self) -> dict[str, str]:
        """The figures of the first page by their labels without units."""
        page, found = self.page, {}
        for item in (*page.counts(), *page.whole(), *page.spread(), *page.grades()):
            decimals = 0 if item.kind == "integer" else 2
            found[item.label.partition("（")[0]] = "—" if item.value == "" else _plain(item.value, decimals)
        return found

    # ------------------------------------------------------------------ 总体情况
    def _whole(self) -> Iterator[str]:
        yield self._reported()
        entries, form = self.tables.entries, self.form
        if not entries:
            yield "目前没有报送件计入合计。"
            return
        sums = [
            f"{k.label.partition('（')[0]} {_plain(k.value, 2)} {form.unit}"
            for k in self.page.whole()
            if k.kind == "amount"
        ]
        rates = [f"{k.label} {_plain(k.value, 2)}%" for k in self.page.whole() if k.kind == "percent"]
        yield f"{self.tables.counted_words}：{'，'.join([*sums, *rates])}。"
        yield self._scored()

    def _reported(self) -> str:
        stand = self.batch.standings
        if not stand or len(self.batch.forms) > 1:
            counts = "，".join(f"{k.label} {_plain(k.value, 0)}" for k in self.page.counts())
            return f"报送情况：{counts}。"
        came, passed = sum(s.reported for s in stand), sum(s.state == "passed" for s in stand)
        parts = [f"应报 {len(stand)} 个部门，已报 {came} 个，报送率 {_rate(came, len(stand))}"]
        parts.append(f"审核通过 {passed} 个，占已报的 {_rate(passed, came)}")
        for state in ("confirm", "failed", "unreadable", "undecided", "excused", "missing"):
            names = [s.line.name for s in stand if s.state == state]
            if names:
                parts.append(f"{WORDS[state]} {len(names)} 个")
        return "；".join(parts) + "。"

    def _scored(self) -> str:
        page, entries = self.page, self.tables.entries
        score = page.score
        if not len(score):
            return "没有自评得分。"
        named = sorted(zip(score.astype(float), (entries[int(i)].name for i in score.index), strict=True))
        worst, best = named[0][1], named[-1][1]
        words = f"自评平均 {score.mean():.2f} 分，中位数 {score.median():.2f} 分，最高 {score.max():.2f} 分（{best}），最低 {score.min():.2f} 分（{worst}）"
        grades = [f"“{g.label}”{g.value} 个" for g in page.grades() if g.value]
        words += f"；等级{'、'.join(grades)}" if grades else ""
        return words + self._against_last_year() + "。"

    def _against_last_year(self) -> str:
        if self.previous is None:
            return ""
        field = self.form.score_field
        pairs = [
            (float(now), float(was))
            for e in self.tables.entries
            if (now := e.checked.score) is not None
            and isinstance(was := self.previous.figures(e).get(field), int | float)
        ]
        if not pairs:
            return ""
        change = half_up(sum(a - b for a, b in pairs) / len(pairs), 2)
        return (
            f"；与上年都有得分的 {len(pairs)} 个部门相比，平均{'提高' if change >= 0 else '降低'} {abs(change):.2f} 分"
        )

    # ------------------------------------------------------------------ 主要问题, 建议
    def _problems(self) -> Iterator[tuple[str, str]]:
        """Yield every problem worth a sentence, and what to do about it ("" where that is said elsewhere)."""
        yield from self._not_in()
        yield from self._findings()
        yield from self._rates()
        yield from self._lost()
        yield from self._doubtful_scores()
        for entry, gap in gaps_of(self.batch, self.form)[:1]:
            count = len(gaps_of(self.batch, self.form))
            yield (
                f"计入的部门中有 {count} 个收支不平衡，差额最大的是{entry.name}（{gap:,.2f} {self.form.unit}）。",
                "收支不平衡的部门，请对照决算报表改正后重新报送。",
            )

    def _not_in(self) -> Iterator[tuple[str, str]]:
        stand = self.batch.standings if len(self.batch.forms) == 1 else ()
        missing = [s for s in stand if s.state == "missing"]
        if missing:
            yield (
                f"{len(missing)} 个部门没有报送：{_with_office(missing)}。",
                f"请归口科室催报尚未报送的 {len(missing)} 个部门。",
            )
        closed = [s for s in stand if s.state in ("unreadable", "undecided")]
        if closed:
            names = listed([s.line.name for s in closed])
            yield f"{len(closed)} 个部门的报送件打不开或有几份不同的：{names}。", "请与这些部门核实后重报一份。"

    def _findings(self) -> Iterator[tuple[str, str]]:
        """What is open at the workbooks that speak, errors and doubts, by type and by office."""
        own = [e for e in self.batch.speaking if e.checked.form == self.form.id]
        open_ = [(e, f) for e in own for f in e.checked.findings if f.is_open and f.level != "notice"]
        if not open_:
            return
        errors = sum(f.level == "error" for _, f in open_)
        who = len({e.checked.owner or e.checked.file for e, _ in open_})
        cards = catalogue([self.form])
        types = Counter(f.code for _, f in open_).most_common()
        named = [f"“{cards[c].name.zh if c in cards else c}”{n} 项" for c, n in types[:FEW_TYPES]]
        words = f"{who} 个部门有未处理的问题：错误 {errors} 项、待核实 {len(open_) - errors} 项；"
        words += f"较多的是{'、'.join(named)}" + (f"（共 {len(types)} 类）" if len(types) > FEW_TYPES else "")
        if self.batch.roster is not None:
            offices = Counter(e.office for e, _ in open_).most_common()
            words += f"；按科室，{'、'.join(f'{o} {n} 项' for o, n in offices[:FEW_TYPES])}"
            words += f"（共 {len(offices)} 个科室）" if len(offices) > FEW_TYPES else ""
        yield f"{words}。", f"请有问题的 {who} 个部门按退回件逐项改正或说明原因，改正后重新报送。"

    def _rates(self) -> Iterator[tuple[str, str]]:
        form = self.form
        if form.rate_field is None or form.rate_target is None:
            return
        rows = under_target(self.batch, form)
        if rows:
            label, target = form.field(form.rate_field).label, f"{form.rate_target:g}%"
            lowest = listed([f"{e.name}（{figure(half_up(r, 2), 2, '%')}）" for e, r in rows])
            yield (
                f"{len(rows)} 个部门的{label}低于 {target}：{lowest}。",
                f"{label}低于 {target} 的部门，请说明原因、加快支出，并在安排下年预算时予以考虑。",
            )

    def _lost(self) -> Iterator[tuple[str, str]]:
        """The indicators that lose the largest share of their weight, and who loses most points."""
        found = []
        for indicator in self.tables.indicators:
            scores = figures(self.tables.scores[indicator.key])
            lost = (indicator.weight - scores).clip(lower=0)
            if indicator.weight and lost.sum() > 0.005:
                found.append((lost.mean() / indicator.weight, indicator, lost))
        found.sort(key=lambda r: (-r[0], r[1].table, r[1].row))
        if found:
            words = "；".join(self._lost_words(i, lost) for _, i, lost in found[:FEW_INDICATORS])
            names = "、".join(f"“{i.name}”" for _, i, _ in found[:FEW_INDICATORS])
            more = f"（共 {len(found)} 项指标有失分，其余见“指标得分”）" if len(found) > FEW_INDICATORS else ""
            yield (
                f"失分比例较高的指标：{words}{more}。",
                f"针对失分较多的{names}，加强指导和培训，督促完善制度、规范管理。",
            )

    def _lost_words(self, indicator: Indicator, lost: pd.Series) -> str:
        losers = lost[lost > 0.005].sort_values(ascending=False, kind="stable")
        worst = [(self.tables.entries[int(i)].name, half_up(v, 2)) for i, v in zip(losers.index, losers, strict=True)]
        names = "、".join(f"{n}（失 {v:.2f} 分）" for n, v in worst[:3]) + (
            f" 等 {len(worst)} 个部门" if len(worst) > 3 else ""
        )
        rate = half_up(100 - lost.mean() / indicator.weight * 100, 1)
        return f"{indicator.name}（分值 {indicator.weight:g}，得分率 {rate:.1f}%，共失 {half_up(lost.sum(), 2):.2f} 分），失分最多的是{names}"

    def _doubtful_scores(self) -> Iterator[tuple[str, str]]:
        entries, notes = self.tables.entries, self.tables.score_notes
        over = [e.name for e in entries if notes.over_weight(e)]
        if over:
            yield f"{len(over)} 个部门有指标得分超过分值：{listed(over)}。", "超过分值的得分应予改正。"
        blank = [e.name for e in entries if notes.blank(e)]
        if blank:
            yield (
                f"{len(blank)} 个部门有指标数据没有填写却得了分：{listed(blank)}。",
                "没有填写数据的指标，补填后重新计算得分。",
            )
        grades = self.page.grades()
        best = share(float(grades[0].value or 0), len(entries), 1) if grades and entries else None
        if best is not None and best >= TOO_MANY_BEST and len(entries) >= 5:
            yield (
                f"自评为“{grades[0].label}”的占 {best:.1f}%，得分集中，区分度不高。",
                "可抽取部分部门复核自评得分，重点看满分指标的佐证材料。",
            )


def _with_office(missing: Sequence[Standing]) -> str:
    return listed(
        [s.line.name + (f"（{s.line.office}）" if s.line.office not in ("", NO_OFFICE) else "") for s in missing]
    )


def _rate(part: int, whole: int) -> str:
    return f"{half_up(part / whole * 100, 1):.1f}%" if whole else "—"


def _plain(value: object, decimals: int) -> str:
    return f"{value:,.{decimals}f}" if isinstance(value, int | float) else str(value)
