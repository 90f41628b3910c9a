"""Scopes: of which year and stage a figure is (initial or adjusted budget, final, last year), of which money, and whose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from xltools.intake.narrative.facts.evened import ACCOUNT

BudgetStage = Literal["", "initial", "adjusted", "budget", "final"]

_STAGES: tuple[tuple[BudgetStage, re.Pattern[str]], ...] = (
    ("adjusted", re.compile(r"调整后|调整预算|预算调整|全年预算|调整数|变更预算|预算总额")),
    ("initial", re.compile(r"年初(?:部门|财政|批复|安排|支出|收入|的|拨款){0,4}预算|期初预算|年初(?!结转|结余)")),
    (
        "final",
        re.compile(
            r"决算|执行数|执行金额|实际(?:已|共|累计)?(?:执行|支出|使用|完成|支付|拨付|发生)|支出执行|累计(?:支出|支付)|已(?:支出|支付|拨付)|实支"
        ),
    ),
    ("budget", re.compile(r"预算|计划|指标数|批复数?")),
)
_PLAIN_FINAL = re.compile(r"预算执行数|预算执行金额|预算支出")
_OTHER_WORD_BUDGET = re.compile(
    r"一般公共预算|公共财政预算|预算稳定调节基金|政府性基金预算|基金预算|资本经营预算|公共预算|预算单位|预算绩效|预算内|预算外|预算管理"
)
_LAST = re.compile(
    r"(?:上年|上一年|上年度|去年|前年)(?!度?(?:末|底)?(?:财政拨款|一般公共预算)?(?:结转|结余|余额))|往年|同期|历年"
)
_MONEY_WORDS = re.compile(
    r"(?:一般公共预算|政府性基金预算?|国有资本经营预算?)?(?:当年)?财政拨款(?:安排的?|开支的?)?|一般公共预算|政府性基金预算?|国有资本经营预算?"
)
_AGAINST = re.compile(
    r"[与同较比][^，；。：（）]{0,8}?(?:上年|去年|上一年|(?:19|20)\d{2}年|同期|年初预算|预算|决算)[^，；。：（）增减上下提降]{0,10}(?:相比)?|按?同口径|按?可比口径|同比"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年")
_MONEY = (
    ("general", re.compile(r"一般公共预算")),
    ("fund", re.compile(r"政府性基金|基金预算")),
    ("capital", re.compile(r"国有资本经营|资本经营预算")),
    ("fiscal", re.compile(r"(?<!非)财政拨款")),
)
_HEAD = re.compile(
    r"^(?:(?:19|20)\d{2}年度?|本年度|全年度?|当年度?|年度|其中|分别|主要|用于|以下|方面|包括|包含|此外|截至|年末(?!结转)|年底(?!结转)|"
    r"我(?:部门|单位|局|委|办|中心|院|校|镇|街道|县|区|市|厅|所|站)|本(?:部门|单位|级)|年初(?!结转)|[：、，和与及的])++"
)
_TAIL = re.compile(
    r"(?:决算数|决算|执行数|实际|完成|年初|全年|调整后|调整|预算数|预算|安排|批复|下达|(?<=[^总])数|金额|分别|各|均|共计|共|"
    r"为|是|达到?|约|有|计(?<=[^合总]计)|：|的|了|资金){1,8}+$"
)
_MARKS = re.compile(
    r"^(?:[\d一二三四五六七八九十]{1,3}[、.．]|（[\d一二三四五六七八九十]{1,3}）|[一二三四五六七八九十]是|[①-⑳]|[、，和与及])++"
)
_OWNER = re.compile(
    r"^[一-鿿（）]{2,30}(?:局|委|办|院|校|中心|部|厅|所|站|会|政府|街道|镇|乡|园)(?=(?:19|20)\d{2}年度?[^，。；]{0,20}(?:支出|收入|经费))"
)
_NO_SUBJECT = ("", "支出", "收入", "经费", "资金")


@dataclass(frozen=True, slots=True)
class Scope:
    """What is known of a figure from its words. Empty where nothing is said: the reader of a claim decides then."""

    subject: str = ""
    stage: BudgetStage = ""
    year: str = ""  # "last", a year, or ""
    money: str = ""
    account: bool = False


def scope_of(before: str, lead: str, previous: Scope | None) -> Scope:
    """Return the scope of a figure from the words right before it and all words since the figure before.

    A final figure told by its stage alone (年初预算为 a，支出决算为 b) is of what the budget before it is.
    """
    subject, stage = subject_of(before), stage_of(before)
    if previous is not None and stage and subject in _NO_SUBJECT and previous.stage not in ("", stage):
        subject = previous.subject
    return Scope(
        subject,
        stage,
        year_of(before) or year_of(lead),
        money_of(before),
        bool(ACCOUNT.search(before)),
    )


@lru_cache(maxsize=4096)
def stage_of(words: str) -> BudgetStage:
    """Return the stage the last telling word names (年初预算, 全年预算, 决算 …)."""
    words = _OTHER_WORD_BUDGET.sub("", _PLAIN_FINAL.sub("执行数", words))
    best: tuple[int, int, BudgetStage] = (-1, 0, "")
    for rank, (stage, pattern) in enumerate(_STAGES):
        for match in pattern.finditer(words):
            best = max(best, (match.end(), -rank, stage))
    return best[2]


@lru_cache(maxsize=4096)
def year_of(words: str) -> str:
    """Return the year these words name, "last" for 上年, "" for none; what is only compared with does not count."""
    words = _AGAINST.sub("", words)
    if _LAST.search(words):
        return "last"
    years = _YEAR.findall(words)
    return str(years[-1]) if years else ""


@lru_cache(maxsize=4096)
def money_of(words: str) -> str:
    """Return which money is meant: general, fund, capital, fiscal (all 财政拨款) or "" (all, or not said)."""
    return next((name for name, pattern in _MONEY if pattern.search(words)), "")


def without_names(words: str) -> str:
    """Return words without the names in which 预算 is no budget (一般公共预算, 预算单位)."""
    return _OTHER_WORD_BUDGET.sub("", words)


def without_money(words: str) -> str:
    """Return words without the money they are of (一般公共预算财政拨款支出 is 支出)."""
    return _MONEY_WORDS.sub("", words)


@lru_cache(maxsize=4096)
def subject_of(words: str) -> str:
    """Return what the words before a figure name, without year, stage and small words."""
    return _TAIL.sub("", _HEAD.sub("", _OWNER.sub("", _MARKS.sub("", _AGAINST.sub("", words)))))
