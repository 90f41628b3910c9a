"""Completion by what figures do: what was given (安排, 下达, 计划) and what was done (支付, 完成), near or a few lines above."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from xltools.intake.narrative.facts.clauses import words_before
from xltools.intake.narrative.facts.evened import ACCOUNT
from xltools.intake.narrative.facts.figures import Figure, Passage
from xltools.intake.narrative.facts.known import BUDGETS, names_of
from xltools.intake.narrative.facts.lists import OPENER
from xltools.intake.narrative.facts.scopes import without_names
from xltools.rules.arithmetic.verdicts import Discrepancy, Level, discrepancy, percent, share_check, together

_NEAREST, _PASSAGES, _SENTENCES = 12, 6, 4
_MOST, _MOST_SENTENCES = 48, 24
"""What lies further off is not looked at: the cost of a text is its length."""
_LEFT = re.compile(r"未(?:支|拨|付|用|使用|执行|完成|发放|兑付)|结余|剩余|余额|尚余|尚有|结转")
_SOURCE = re.compile(r"中央|省级|自治区|市级|县级|区级|本级|上级|地方|自筹|债券")
_BRACKET = re.compile(r"（[^（）]{0,80}）")
_RECEIVED = re.compile(r"实际(?:下达|安排|批复|收到|拨入|分配)")
_PLANNED = re.compile(r"(?<!公共)(?<!基金)预算(?:支出|收入)数?为?$")
_NOT = re.compile(r"[未没不无非尚](?:能|有|得到)?$")


@dataclass(frozen=True, slots=True)
class _Way:
    """A family of rates: the words of its name, of what was done and of what was given."""

    name: re.Pattern[str]
    done: re.Pattern[str]
    given: re.Pattern[str]


_WAYS = (
    _Way(
        re.compile(r"到位"),
        re.compile(r"到位|收到|到账|拨入"),
        re.compile(r"预算|安排|计划|批复|下达|应|总投资|概算|申报|核定|需"),
    ),
    _Way(
        re.compile(r"执行|支出|支付|使用|拨付|拨款|兑付|兑现"),
        re.compile(r"支出|支付|使用|拨付|执行|兑付|兑现|发放|决算|列支|支用|采购|已付"),
        re.compile(r"预算|安排|下达|到位|收到|批复|总额|总投资|计划|拨入|(?<!公)共|获得|争取|划拨"),
    ),
    _Way(
        re.compile(r"完成|完工|竣工|开工|发放|收缴|征收|任务|目标|计划|预算|下达|安排"),
        re.compile(r"完成|实际|已|累计|收缴|征收|入库|发放|达到|竣工|开工|决算|支出|实施了|采购"),
        re.compile(r"预算|计划|任务|目标|应|总投资|下达|安排|批复|设计|拟|核定"),
    ),
)
_ALL = re.compile(
    r"(?:全部|全额|足额|均已|已全|全数)(?:都|已|均|及时|足额|按时){0,3}"
    r"(?P<verb>(?:拨付|支付|发放|兑付)?到位|拨付|支付|支出|使用|发放|兑付|兑现|完工|完成)(?:完毕|完成|到位)?(?!的)"
)
_IS = r"(?:均|都|各|分别)?(?:为|是|达到?|：)?$"
_NEVER_ABOVE = re.compile(rf"(?:覆盖|合格|及时|准确|知晓|达标|满意|通过|成功|优良)(?:率|度){_IS}")
_SELDOM_ABOVE = re.compile(rf"(?:到位|支付|拨付|发放|兑付|兑现|执行|使用)率{_IS}")
_OVER_TASK = re.compile(r"超[额出过]?")
_BEYOND = re.compile(
    r"超(?:额|出|过)?(?:完成)?(?:了)?(?:年度|年初|计划|目标|任务|预期){1,3}(?:数|值)?(?:的|了|达|为)?$"
)
_TASK = re.compile(r"任务|计划|目标")
_HOW = re.compile(r"已|共|实际|按期|按时|全部|其中|及时|累计")
_NAMED = re.compile(r"(?P<stem>[一-鿿]{2})率(?:均|都)?(?:为|是|达到?|：)?$")
_WHOLE_RATE, _FAR_ABOVE = 100, 150
_REACH = 40


def said_all(rate: Figure) -> Discrepancy | None:
    """资金全部到位 beside a 到位率 that is not 100 %."""
    if rate.number.value == _WHOLE_RATE or not rate.number.exact:
        return None
    passage = rate.sentence.passage
    floor = max(rate.sentence.span.start, rate.start - _REACH)
    floor = max(floor, passage.text.rfind("；", floor, rate.start) + 1)
    for match in _ALL.finditer(passage.text, floor, rate.word_start):
        before = passage.text[max(floor, match.start() - 4) : match.start()]
        told = match["verb"][:2] in rate.base or match["verb"][-2:] in rate.base
        if told and not _NOT.search(before) and "率" in rate.base:
            begin = words_before(passage.text, rate.sentence.span.start, match.start())
            words = passage.evened.quote(begin, match.end())
            one = discrepancy("completion", rate, "100%", (rate,), "confirm", "direction")
            return replace(one, start=begin, quote=words, stated=words)
    return None


def above_all(rate: Figure) -> Discrepancy | None:
    """A rate that cannot be above 100 % (满意度, 覆盖率), or not by so much (资金到位率)."""
    if rate.number.unit != "%" or not rate.number.exact or rate.number.value <= _WHOLE_RATE:
        return None
    if _NEVER_ABOVE.search(rate.before) or (_SELDOM_ABOVE.search(rate.before) and rate.number.value >= _FAR_ABOVE):
        return discrepancy("completion", rate, "", (), "confirm", "above")
    return None


def beyond(rate: Figure, number: int, passages: Sequence[Passage]) -> Discrepancy | None:
    """超任务 R%: what was done beyond the task, of the task, both told before in one unit."""
    if rate.number.unit != "%" or not rate.number.exact or not _BEYOND.search(rate.before):
        return None
    index = rate.sentence.passage.index
    above = [s for p in passages[max(0, index - _PASSAGES) : index] for s in p.sentences[:_NEAREST]]
    said = [*above, *rate.sentence.passage.sentences[max(0, number - _SENTENCES) : number + 1]]
    near = [
        f for s in said for f in s.figures[:_NEAREST] if _plain(f) and (s is not rate.sentence or f.start < rate.start)
    ]
    near = near[-4 * _NEAREST :]
    told = [f for f in reversed(near) if "实际" in f.before]
    for done in [*told, *(f for f in reversed(near) if f not in told)]:
        if not _WAYS[-1].done.search(done.before):
            continue
        tasks = [f for f in near if f.kind == done.kind and f is not done and _TASK.search(f.before) and f.amount]
        if len({f.amount for f in tasks}) != 1 or done.amount <= tasks[0].amount:
            return None
        more = (done.amount / tasks[0].amount - 1) * _WHOLE_RATE
        if abs(more - rate.number.value) <= rate.number.half + 1:
            return None
        exact = percent(more, rate)
        return discrepancy("completion", rate, exact, (tasks[0], done), "confirm", "beyond")
    return None


def named_rates(passages: Sequence[Passage]) -> Iterator[Discrepancy]:
    """Yield rates of things counted that the two numbers told before do not make: 受理 250 件，办结 240 件，办结率 R%."""
    for passage in passages:
        for sentence in passage.sentences:
            for index, rate in enumerate(sentence.figures):
                name = _NAMED.search(rate.before) if rate.function in ("rate", "completion") else None
                if name is None or not rate.number.exact or rate.number.unit != "%":
                    continue
                counted = [f for f in sentence.figures[:index] if _plain(f) and f.kind != "money"]
                done = counted[-1] if counted else None
                if (
                    done is None
                    or done is not sentence.figures[index - 1]
                    or not _told_by(name["stem"], done)
                    or "；" in passage.text[done.end : rate.start]
                ):
                    continue
                whose = rate.before[: name.start()]  # 线上办结率 is of another number
                if (
                    OPENER.search(passage.text[done.end : rate.start])
                    or whose not in passage.text[sentence.span.start : done.end]
                ):
                    continue
                same = [f for f in counted if f.kind == done.kind]
                if len(same) != 2 or same[0].amount < done.amount or not same[0].amount:
                    continue
                check = share_check(rate, done, same[0])
                if not check.fits and check.exact is not None and rate.function == "rate":
                    small = check.cut or check.trailing
                    right = percent(check.exact, rate)
                    level: Level = "notice" if small else "confirm"
                    yield discrepancy("completion", rate, right, (same[0], done), level, "cut" if check.cut else "")


def _told_by(stem: str, done: Figure) -> bool:
    """True when the number is of what the rate is called by (办结 240 件: 办结率; 收回 190 份: 回收率), of no object of its own."""
    words = _HOW.sub("", done.before)
    return len(words) <= len(stem) + 1 and (stem in words or set(stem) <= set(words) or stem[-1] in words[-2:])


def of_its_words(rate: Figure, here: list[Figure]) -> tuple[Figure, Figure] | None:
    """The base that stands in the rate's own words (完成全年预算 200 万元的 95%), and what is before it."""
    if rate.of is None:
        return None
    part = next((f for f in reversed(here) if f.end <= rate.of.start and _plain(f) and f.kind == rate.of.kind), None)
    if part is None or "；" in rate.sentence.passage.text[part.end : rate.of.start]:
        return None
    return rate.of, part


def by_role(rate: Figure, index: int, number: int, passages: Sequence[Passage]) -> tuple[Figure, Figure] | None:
    """The base and what was done of it, where no two figures near make the rate; None where that is not certain."""
    way = next((w for w in _WAYS if w.name.search(rate.base)), None)
    if way is None:
        return None
    here, behind = _segment(rate, index)
    done = None if _OVER_TASK.search(rate.before) else _done(way, behind or here, rate)
    if done is None or done.scope.year == "last":
        return None
    region = [f for f in rate.sentence.figures[max(0, index - _NEAREST) : index] if _plain(f)] + behind
    if (rest := _rest(done, [*here, *behind], rate)) is not None:
        return None if _makes(rate, region, [*region, rest]) else (rest, done)
    base = _base(way, done, behind or here, rate)
    done_here = done.kind != "money"
    if base is None:
        told = _told_before(rate, number, passages, done)
        region += [f for group in told for f in group]
        base = next((b for group in told if group and (b := _one(rate, way, done, group)) is not None), None)
        if base is None or done.amount > base.amount:
            return None
        done_here = False
    if _rated_itself(base, done):
        return None
    same = [f for f in (here if done_here else region) if f.kind == done.kind][:_MOST]
    return None if _makes(rate, same, same) else (base, done)


def _rated_itself(base: Figure, done: Figure) -> bool:
    """True when the figure has a rate of its own before its parts are told, each with one: theirs are of what is not told."""
    if base.sentence is not done.sentence:
        return False
    between = [f for f in base.sentence.figures if base.end <= f.start < done.start]
    rate = next((f for f in between if f.function == "completion"), None)
    return rate is not None and OPENER.search(base.sentence.passage.text[rate.end : done.start]) is not None


def _plain(figure: Figure) -> bool:
    return figure.function == "amount" and figure.number.exact and bool(figure.kind)


def _segment(rate: Figure, index: int) -> tuple[list[Figure], list[Figure]]:
    """The amounts before the rate up to the last ；, and those of a bracket right behind it."""
    figures, text = rate.sentence.figures, rate.sentence.passage.text
    floor = text.rfind("；", rate.sentence.span.start, rate.start)
    near = [f for f in figures[max(0, index - _NEAREST) : index] if _plain(f)]
    if not any(f.start > floor for f in near):  # 使用 72 万元；执行率 90%
        floor = text.rfind("；", rate.sentence.span.start, max(floor, rate.sentence.span.start))
    here = [f for f in near if f.start > floor]
    behind: list[Figure] = []
    if text[rate.end : rate.end + 1] == "（":
        end = text.find("）", rate.end, rate.end + 2 * _REACH)
        behind = [f for f in figures[index + 1 : index + 3] if _plain(f) and f.end <= end]
    return here, behind if len(behind) == 2 else []


def _done(way: _Way, amounts: list[Figure], rate: Figure) -> Figure | None:
    """The last amount told as done; the words before it say so, and nothing of a list stands between it and the rate."""
    for figure in reversed(amounts):
        words = figure.before
        if _LEFT.search(words):
            continue
        words = _RECEIVED.sub("下达", words)
        late = "实际" in words or "已" in words or figure.scope.stage == "final"
        if not way.done.search(words) or (_gives(way, words) and not late):
            continue
        if figure.start < rate.start and OPENER.search(rate.sentence.passage.text[figure.end : rate.start]):
            return None
        return figure
    return None


def _base(way: _Way, done: Figure, amounts: list[Figure], rate: Figure) -> Figure | None:
    """What was given, in the same clauses; of things counted, the one other number of the unit."""
    others = [f for f in amounts if f is not done and f.kind == done.kind and not _LEFT.search(f.before)]
    others = [f for f in others if f.scope.year != "last"]
    given = [f for f in others if _gives(way, f.before) and _budgeted(rate, f)]
    if done.kind != "money":
        given = others if len(others) == 1 and (given or not way.done.search(others[0].before)) else []
    if len({f.amount for f in given}) != 1:
        return None
    low, high = sorted((given[-1], done), key=lambda f: f.start)
    between = _BRACKET.sub("", rate.sentence.passage.text[low.end : high.start])
    return None if OPENER.search(between) and done.kind != "money" else given[-1]


def _rest(done: Figure, near: list[Figure], rate: Figure) -> Figure | None:
    """What was done and what is left, together, where no whole is told: 支付 a 万元，未支付 b 万元，支付率 R%."""
    left = [f for f in near if f.kind == done.kind and f.start > done.start and _LEFT.search(f.before)]
    told = [f for f in near if f.kind == done.kind and f is not done and f not in left]
    if len(left) != 1 or told or left[0].start > rate.start or done.number.unit != left[0].number.unit:
        return None
    return together((done, left[0]))


def _told_before(rate: Figure, number: int, passages: Sequence[Passage], done: Figure) -> list[list[Figure]]:
    """The money amounts of the clauses and sentences before, nearest first, under the same heading of the first level."""
    if done.kind != "money" or done.scope.account or names_of(done.scope.subject) or ACCOUNT.search(done.before):
        return []
    passage = rate.sentence.passage
    own = [f for f in rate.sentence.figures if _plain(f) and f.end < done.start and f.kind == done.kind]
    groups = [own] if own else []
    before = passage.sentences[max(0, number - _SENTENCES) : number]
    near = passages[max(0, passage.index - _PASSAGES) : passage.index]
    named = _SOURCE.search(done.before) is not None
    above = [s for p in near if named or p.headings[:1] == passage.headings[:1] for s in p.sentences]
    for sentence in reversed([*above, *before][-_MOST_SENTENCES:]):
        if ACCOUNT.search(sentence.text):
            break
        groups.append([f for f in sentence.figures if _plain(f) and f.kind == done.kind])
    return [group[:_NEAREST] for group in groups if group]


def _gives(way: _Way, words: str) -> bool:
    return way.given.search(without_names(words)) is not None


def _budgeted(rate: Figure, figure: Figure) -> bool:
    """A rate that is said to be of a budget is of nothing else."""
    if _PLANNED.search(figure.before):
        return True
    told = rate.base.endswith(("预算", "预算数")) and "率" not in rate.base
    return figure.scope.stage != "final" and (not told or figure.scope.stage in BUDGETS)


def _one(rate: Figure, way: _Way, done: Figure, group: list[Figure]) -> Figure | None:
    """The one amount of a sentence that can be the base: of the source the words name, else the head of its list."""
    given = [f for f in group if f.scope.year != "last" and _budgeted(rate, f)]
    source = _SOURCE.search(done.before)
    given = [f for f in given if (source.group() in f.before if source else _gives(way, f.lead))]
    unlike = [f for f in group if f not in given and not way.done.search(f.before)]
    if len({f.amount for f in given}) == 1 and (source is not None or not unlike):
        return given[-1]
    if not given or source is not None:
        return None
    head = given[0]
    behind = next((f for f in group if f.start > head.start), None)
    opened = behind and OPENER.search(head.sentence.passage.text[head.end : behind.start])
    return head if opened and head.amount == max(f.amount for f in given) else None


def _makes(rate: Figure, parts: Sequence[Figure], wholes: Sequence[Figure]) -> bool:
    """True when some two of these figures make the rate: it may be theirs."""
    return any(
        share_check(rate, part, whole).fits
        for part in parts
        for whole in wholes
        if part is not whole and whole.amount and part.kind == whole.kind
    )
