"""Sums: the parts a text lists under a total, against it; only what is surely a whole list may be too little."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise
from math import isqrt

from xltools.form.words import shared_words
from xltools.intake.narrative.facts.evened import ACCOUNT
from xltools.intake.narrative.facts.figures import Figure, Passage
from xltools.intake.narrative.facts.lists import OPENER, Listing
from xltools.rules.arithmetic.verdicts import TINY, Discrepancy, closing_digit, discrepancy, shown

_AND_SO_ON = re.compile(r"^等(?!级|次)")
_STAFF = re.compile(r"行政|事业|工勤|参公|参照|管理人员|专业技术|专技|后勤|职称|技师|高级工|中级工|初级工")
_OTHER = re.compile(r"^其他|其他(?:收入|支出|用车|人员|车辆)$")
_TOTAL = re.compile(r"(?:总[额计]|合计|总收入|总支出)$")
_PARTS = ("其中", "分别为", "分别是", "包括", "：")
_REASON = re.compile(r"原因|由于|因为|支付了|用于")
_ROUGH = re.compile(r"[一二三1-9]级|支付|使用|完成|执行|到位|已|女|党员|年初|年中")
_ANYTHING = ("个", "家", "项", "处", "类", "所")
_CLOSE = 16
_CLAUSES = 120
_LAST_DIGIT = 20
"""Ten units of the last digit, in halves: totals that differ in it alone."""
_MOST_NESTED, _CENTS, _SEVERAL = 24, 2, 3
_OF_A_RATE = re.compile(r"的?\d[\d.]{0,8}%")
_THAN = re.compile(r"[较比与](?:上年度?|去年|(?:19|20)\d{2}年度?)(?:决算|预算)?数?的?$")
_NO_TRIPS = re.compile(r"无因公出国|出国境?(?:费用?|经费)?(?:支出)?(?:决算)?(?:为)?0(?:\.0{1,2})?万?元")
_AGAINST_BUDGET = re.compile(r"[较比与同](?:年初|全年|调整)?(?:批复)?预算")
_CARS, _GUESTS, _PUBLIC = re.compile(r"公务用?车|公车"), re.compile(r"接待"), re.compile(r"三公")
_TELLING = 2000
_TELLING_WHOLE = 500
_ROUND = 10**9


@dataclass(slots=True)
class _Part:
    """A part of a list: its figure, and whether a list of its own opens behind it."""

    figure: Figure
    opens: bool = False
    semicolon: bool = False  # a ； stands before it


def sums(lists: Sequence[Listing], passages: Sequence[Passage]) -> Iterator[Discrepancy]:
    """Yield the totals that the parts listed under them do not make, each total once."""
    told: set[Figure] = set()
    no_trips = any(_NO_TRIPS.search(p.text) for p in passages)
    for listing in lists:
        found = _over_items(listing) if listing.items else _within(listing, no_trips)
        for one, figure in found:
            if figure not in told:
                told.add(figure)
                yield one


# ---------------------------------------------------------------- within one sentence
def _within(listing: Listing, no_trips: bool) -> Iterator[tuple[Discrepancy, Figure]]:
    """Judge each column of a list; where one column closes, the list is whole, and so are its other columns."""
    columns = []
    for head, members in _columns(listing):
        if head.number.exact:
            solved = [_solved(head, parts) for parts in _versions(_parts(listing, head, members))]
            if solved:
                columns.append((head, solved))
    columns = [(h, s) for h, s in columns if h.amount or h.sentence is listing.sentence]  # 分散采购 0 元。按类型分：…
    closed = {len(top) for head, solved in columns for top, _ in solved if len(top) > 1 and fits(head, top)}
    for head, solved in columns:
        if any(fits(head, top) or _of_another(listing, head, top) for top, _ in solved):
            continue
        top, sure = solved[-1]
        public = no_trips and head.function == "change" and _cars_and_guests(head, top)
        one = _judge(listing, head, top, sure, len(top) in closed or public)
        if one is not None:
            yield one, head


def _of_another(listing: Listing, head: Figure, parts: Sequence[Figure]) -> bool:
    """True when the parts make another of the figures told before them (中央 a、地方 b。其中中央 …)."""
    beside = [h for h in listing.heads if h is not head and (h.kind, h.function) == (head.kind, head.function)]
    return len(parts) > 1 and any(abs(gap(h, parts)) <= h.slack * (len(parts) + 1) for h in beside)


def first_levels(listing: Listing) -> Iterator[tuple[Figure, list[Figure]]]:
    """Yield each head with the parts on the first level of its list, as far as they make it."""
    for head, members in _columns(listing):
        if head.number.exact and head.function == "amount":
            for parts in _versions(_parts(listing, head, members)):
                top, _ = _solved(head, parts)
                if fits(head, top):
                    yield head, top
                    break


def _cars_and_guests(head: Figure, parts: Sequence[Figure]) -> bool:
    """Two changes, of cars and of guests, are the whole change of 三公 where nobody travelled."""
    if len(parts) != 2 or not _PUBLIC.search(head.sentence.passage.text[: head.start]):
        return False
    return _told_of(parts[0], _CARS) and _told_of(parts[1], _GUESTS)


def _told_of(change: Figure, what: re.Pattern[str]) -> bool:
    """True when the clauses since the last ； before a change are of this."""
    text, floor = change.sentence.passage.text, max(change.sentence.span.start, change.start - _CLAUSES)
    floor = max(floor, text.rfind("；", floor, change.start), text.rfind("其中", floor, change.start))
    return bool(what.search(text, floor, change.start))


def _versions(parts: list[_Part]) -> Iterator[list[_Part]]:
    """Yield the parts up to where the list can end, the likeliest last: at a further total, at a ； behind parts that ， joins."""
    total = next((i for i, p in enumerate(parts) if i and _TOTAL.search(p.figure.scope.subject)), len(parts))
    parts = parts[:total]
    if not parts:
        return
    yield parts
    shared = _with_shares(parts)
    if len(shared) > 1 and len(shared) < len(parts):
        yield shared
    stop = next((i for i, p in enumerate(parts) if i and p.semicolon), 0)
    if stop > 1 and not any(p.opens for p in parts[:stop]):
        yield parts[:stop]


def _columns(listing: Listing) -> Iterator[tuple[Figure, list[Figure]]]:
    """Pair each head with the members of its kind and stage: budget with budgets, final with finals; unstaged with the
    nearest head of that kind."""
    for function, budget in (("amount", False), ("change", False), ("change", True)):
        told = [m for m in listing.members if m.function == function and _of_budget(m) == budget]
        for kind in dict.fromkeys(m.kind for m in told if m.kind):
            members = [m for m in told if m.kind == kind]
            heads = [h for h in _near_heads(listing, function, kind) if _of_budget(h) == budget]
            staged = {m.scope.stage for m in members}
            for head in heads:
                same = [m for m in members if _noun(m) == _noun(head)]
                if len(staged - {""}) > 1 or (len(staged) > 1 and head.scope.stage in staged):
                    same = [m for m in same if m.scope.stage == head.scope.stage]
                elif head is not heads[-1]:
                    same = []
                if same:
                    yield head, same


def _of_budget(figure: Figure) -> bool:
    """True for a change that is told against the budget, not against the year before."""
    return figure.function == "change" and _AGAINST_BUDGET.search(figure.before) is not None


def _noun(figure: Figure) -> str:
    """What is counted, where it stands behind the number (9个乡镇, 33个村)."""
    return figure.after[:1] if figure.number.unit == "个" else ""


def _near_heads(listing: Listing, function: str, kind: str) -> list[Figure]:
    """The amounts (or changes) of a kind in the clauses before the opener: back to the last ； or opener, no reasons."""
    text = listing.sentence.passage.text
    found: list[Figure] = []
    for head in reversed(listing.heads):
        if (
            head.function != function
            or head.kind != kind
            or _THAN.search(head.before)
            or _OF_A_RATE.match(text, head.end)
            or _REASON.search(head.lead[-_CLOSE:])
        ):
            continue
        if found:
            between = text[head.end : found[-1].start]
            if "；" in between or OPENER.search(between):
                break
        found.append(head)
    return found[::-1][-3:]


def _parts(listing: Listing, head: Figure, members: list[Figure]) -> list[_Part]:
    """The members with the lists that open behind them; what stands in a bracket of its own is no part."""
    text = listing.sentence.passage.text
    level = depth(text, listing.members[0].start, listing.sentence.span.start)
    parts: list[_Part] = []
    for member in members:
        if depth(text, member.start, listing.sentence.span.start) > level:
            continue
        between = text[parts[-1].figure.end if parts else head.end : member.start]
        if parts:
            opener = OPENER.search(between)  # behind a change, 主要是 tells why
            ended = opener is not None and "；" in between[opener.end() :]  # 主要包括基本工资、津贴；
            reason = opener is not None and member.function == "change" and "主要" in opener.group()
            parts[-1].opens = opener is not None and not ended and not reason
        parts.append(_Part(member, semicolon="；" in between))
    return parts[:_MOST_NESTED]


def depth(text: str, place: int, floor: int) -> int:
    return text.count("（", floor, place) - text.count("）", floor, place)


def _with_shares(parts: list[_Part]) -> list[_Part]:
    """The parts that are told with a share: what has none beside them (…，占 42.8%；年初结转 200 万元) is no part."""
    figures = {id(p.figure): p for p in parts}
    all_figures = parts[0].figure.sentence.figures
    pairs = pairwise(all_figures)
    return [figures[id(a)] for a, b in pairs if id(a) in figures and b.function == "share"]


def _solved(head: Figure, parts: list[_Part]) -> tuple[list[Figure], bool]:
    """The parts on the first level; nested lists are taken out where they close. False: a nested list's end is unsure."""
    parts = list(parts)
    sure = True
    for index in range(len(parts) - 2, -1, -1):
        if not parts[index].opens:
            continue
        rest = [p.figure for p in parts[index + 1 :]]
        count = _closes(parts[index].figure, rest)
        if count is None:
            outer = [p.figure for p in parts[: index + 1]]
            count = next((k for k in range(1, len(rest) + 1) if fits(head, [*outer, *rest[k:]])), None)
        if count is None:
            sure = False
            semicolons = [k for k, p in enumerate(parts[index + 1 :]) if k and p.semicolon]
            count = semicolons[0] if semicolons else len(rest)
        del parts[index + 1 : index + 1 + count]
    return [p.figure for p in parts], sure


def _closes(head: Figure, rest: list[Figure]) -> int | None:
    return next((k for k in range(1, len(rest) + 1) if fits(head, rest[:k])), None)


# ---------------------------------------------------------------- over several sentences
def _over_items(listing: Listing) -> Iterator[tuple[Discrepancy, Figure]]:
    heads = [h for h in listing.heads[-3:] if h.kind == listing.heads[-1].kind]
    stages = [h.scope.stage for h in heads]
    for head in heads:
        if not head.number.exact or head.function != "amount" or stages.count(head.scope.stage) > 1:
            continue
        picks = _picks(listing, head)
        if any(len(p) >= 2 and fits(head, p) for p in picks):
            continue
        best = min(picks, key=lambda p: abs(gap(head, p)), default=[])
        if len(best) < 2:
            continue
        one = _judge(listing, head, best, True)
        if one is not None:
            yield one, head


def _picks(listing: Listing, head: Figure) -> list[list[Figure]]:
    """Which figure of each item may be the part: the first of the head's stage; all items, or those of one level."""
    stage = head.scope.stage
    stages = (stage, "") if stage == "final" else (stage,) if stage else ("", "final")
    found = []
    groups = [listing.items]
    for key in ("depth", "mark"):
        kinds: dict[str, list[object]] = {}
        for item in listing.items:
            kinds.setdefault(_level(getattr(item, key)), []).append(item)
        if len(kinds) > 1:
            groups += [g for g in kinds.values() if len(g) >= 2]  # type: ignore[misc]
    for group in groups:
        for wanted in stages:
            pick = []
            for item in group:
                amounts = [f for f in item.figures if f.function == "amount" and f.kind == head.kind]
                first = next((f for f in amounts if f.scope.stage == wanted), None)
                first = first or next((f for f in amounts if f.scope.stage == ""), None)
                if first is not None and first.number.exact:
                    pick.append(first)
            found.append(pick)
    return found


def _level(mark: str) -> str:
    return re.sub(r"[\d一二三四五六七八九十①-⑳]+", "1", mark) if not ACCOUNT.fullmatch(mark) else mark


# ---------------------------------------------------------------- judging
def tolerance(total: Figure, parts: Sequence[Figure]) -> Decimal:
    """Less than (n + 1) half units of the last digit; zeros left out at the end (150 万元 beside 306.90 万元) count as shown."""
    figures = (total, *parts)
    digits: dict[str, int] = {}
    for figure in figures:
        digits[figure.number.unit] = max(digits.get(figure.number.unit, 0), figure.number.decimals)
    slacks = []
    for figure in figures:
        slack = figure.slack if figure.amount else Decimal(0)
        finest = digits[figure.number.unit]
        missing = finest - figure.number.decimals
        if finest and missing and figure.kind == "money" and (finest >= _CENTS or figure.number.decimals == 0):
            slack = slack.scaleb(-min(missing, _CENTS))
        slacks.append(slack)
    return max(max(slacks) * (len(parts) + 1) - TINY, TINY)


def gap(total: Figure, parts: Sequence[Figure]) -> Decimal:
    return _signed(total) - sum((_signed(p) for p in parts), Decimal(0))


def _signed(figure: Figure) -> Decimal:
    return -figure.amount if figure.function == "change" and figure.direction < 0 else figure.amount


def fits(total: Figure, parts: Sequence[Figure]) -> bool:
    return bool(parts) and abs(gap(total, parts)) <= tolerance(total, parts)


def telling(total: Figure, parts: Sequence[Figure]) -> bool:
    """True when the figures have so many digits that one digit's repair closing the sum is no accident."""
    figures = (total, *parts)
    if all(f.number.value == f.number.value.to_integral_value() for f in figures):
        step = Decimal(1)
        while all(f.number.value % (step * 10) == 0 for f in figures) and step < _ROUND:
            step *= 10
        return abs(total.number.value) >= _TELLING_WHOLE * step
    return abs(total.amount) >= _TELLING * residue(total, parts)


def residue(total: Figure, parts: Sequence[Figure]) -> Decimal:
    """What rounding may leave when one digit is mended: nothing of whole figures, else it grows with the root of the number."""
    if all(f.number.value == f.number.value.to_integral_value() for f in (total, *parts)):
        return TINY
    finest = min(f.slack for f in (total, *parts) if f.slack)
    return min(tolerance(total, parts), 2 * finest * (isqrt(len(parts)) + 1))


def _judge(listing: Listing, head: Figure, parts: list[Figure], sure: bool, whole: bool = False) -> Discrepancy | None:
    if not all(p.number.exact for p in parts) or fits(head, parts):
        return None
    off = gap(head, parts)
    if len(parts) == 1:
        return _too_large(listing, head, parts)
    if not sure or _open_ended(listing):
        return None
    complete = whole or listing.says_all or _shares_whole(listing, parts) or _known_whole(parts, bool(listing.items))
    if not complete and any(fits(head, parts[:k]) for k in range(1, len(parts))):
        return None
    digit = closing_digit(parts, head, off, residue(head, parts))
    if complete or (digit is not None and telling(head, parts)) or _exceeds(listing, head, parts):
        return say(head, parts, digit)
    return _too_large(listing, head, parts)


def say(head: Figure, parts: Sequence[Figure], digit: Figure | None) -> Discrepancy:
    off = gap(head, parts)
    total = sum((_signed(p) for p in parts), Decimal(0))
    small = abs(off) < _LAST_DIGIT * min((f.slack for f in (head, *parts) if f.slack), default=Decimal(0))
    repair = digit.number.raw if digit is not None else ""
    level, reason = ("notice", "trailing") if small and head.kind == "money" else ("confirm", "digit" if digit else "")
    return discrepancy("sum", head, shown(total, _finest(head, parts)), (head, *parts), level, reason, repair)  # type: ignore[arg-type]


def _finest(head: Figure, parts: Sequence[Figure]) -> Figure:
    """The figure in the head's unit with the most digits: what is recomputed is shown with as many."""
    return max((f for f in (head, *parts) if f.number.unit == head.number.unit), key=lambda f: f.number.decimals)


def _exceeds(listing: Listing, head: Figure, parts: Sequence[Figure]) -> bool:
    """True when parts of one sort (基建类项目, 民生类项目; 一标段, 二标段) together are more than their total."""
    total = sum((p.amount for p in parts), Decimal(0))
    if (
        head.function != "amount"
        or listing.opener not in _PARTS
        or listing.items
        or head.sentence is not listing.sentence
        or not head.amount
    ):
        return False
    if not head.amount < total <= head.amount * 2 or any(p.amount >= head.amount for p in parts):
        return False
    names = [p.scope.subject for p in parts]
    years = {p.scope.year for p in parts} - {"", head.scope.year}
    alike = {n[-2:] for n in names} if all(len(n) > 2 for n in names) else set()
    one_sort = len(alike) == 1 and (alike != {"指标"} or head.number.unit == "分") and len(set(names)) == len(names)
    return one_sort and not years and all(p.function == "amount" for p in parts) and not _ROUGH.search("".join(names))


def _too_large(listing: Listing, head: Figure, parts: list[Figure]) -> Discrepancy | None:
    """A single part that exceeds its total."""
    for part in parts:
        plain = part.function == "amount" == head.function and part.number.exact and part.scope.year == head.scope.year
        told = (
            plain
            and part.sentence is head.sentence
            and part.scope.stage in ("", head.scope.stage)
            and listing.opener in _PARTS
            and not part.after
            and not _of_other_things(part, head)
        )
        larger = any(h.kind == part.kind and h.amount >= part.amount for h in listing.heads)
        if told and not larger and part.amount > head.amount + head.slack + part.slack and head.amount > 0:
            return discrepancy("part", part, "", (head,), "confirm")
    return None


def _of_other_things(part: Figure, head: Figure) -> bool:
    """True for things of two sorts under one measure word: 单位共1个，包括内设机构14个."""
    names = (part.scope.subject, head.scope.subject)
    return part.number.unit in _ANYTHING and all(names) and names[0][-2:] != names[1][-2:]


def _open_ended(listing: Listing) -> bool:
    return any(_AND_SO_ON.match(m.after) for m in listing.members)


def _shares_whole(listing: Listing, parts: Sequence[Figure]) -> bool:
    """True when every part has a share and the shares make 100 %."""
    members = listing.members
    total, count = Decimal(0), 0
    for figure, behind in itertools.pairwise(members):
        of_it = behind.function == "share" and (not behind.base or behind.base in listing.heads[-1].before)
        if figure in parts and of_it:
            total, count = total + behind.number.value, count + 1
    return count == len(parts) and count > 1 and abs(total - 100) <= Decimal("0.06") * count


@cache
def _wholes() -> tuple[tuple[re.Pattern[str], ...], ...]:
    return tuple(tuple(re.compile(part) for part in whole.parts) for whole in shared_words().whole)


def _known_whole(parts: Sequence[Figure], loose: bool = False) -> bool:
    """True for parts that are a whole: by the rules of accounts (基本 and 项目, 人员 and 公用, 货物, 工程 and 服务 …), by an
    其他 at the end, or because what there is none of is told too (离休 0 人)."""
    if len(parts) < 2:
        return False
    names = [p.scope.subject or p.before for p in parts]
    told = [
        patterns
        for patterns in _wholes()
        if len(parts) >= len(patterns) and all(any(pattern.search(n) for n in names) for pattern in patterns)
    ]
    if told:
        return any(all(any(pattern.search(n) for pattern in patterns) for n in names) for patterns in told)
    if parts[0].kind == "人" and len(parts) >= 3 and all(_STAFF.search(n) for n in names):
        return True
    return not loose and len(parts) >= _SEVERAL and (any(not p.amount for p in parts) or bool(_OTHER.search(names[-1])))
