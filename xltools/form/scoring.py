"""How a row of indicators is scored: the named methods a definition chooses from, their formulas and their words."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from xltools.bilingual import Pair


class Scoring(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The method of a table whose rows are scored, and the columns that it reads and fills."""

    direction: str  # the column that says ≥, ≤, = or 定性
    target: str
    actual: str
    share: str  # of a qualitative row, in percent
    rate: str  # the column that is computed: the part of the weight that is reached
    weight: str
    score: str
    down: Literal["inverse", "linear"]  # of ≤ above the target
    equal: Literal["exact", "at_least"]
    zero: Literal["not_applicable", "full"]  # of ≥ with a target of 0
    bands: Literal["closed", "half_open"]  # of 定性
    rounding: Literal["row", "group"]
    basis: str
    basis_en: str


_TIE = "0.000000001"
"""What is added before a row is rounded: a half stays a half where a program computes it a hair below."""

_UP = Pair(
    "≥：按 实际÷目标 得分，最多得满分；实际为负的按 0", "≥: actual ÷ target, at most all; a negative actual is 0"
)
_DOWN = {
    "inverse": Pair(
        "≤：不超过目标得满分，超过的按 目标÷实际 得分；目标为 0 而实际大于 0 的不得分",
        "≤: all up to the target, beyond it target ÷ actual; nothing for more than 0 where the target is 0",
    ),
    "linear": Pair(
        "≤：不超过目标得满分，超过的按 1－（实际－目标）÷目标 得分，达到目标两倍的不得分；目标为 0 而实际大于 0 的不得分",
        "≤: all up to the target, then 1 − (actual − target) ÷ target: nothing from twice the target on, or above a target of 0",
    ),
}
_EQUAL = {
    "exact": Pair("=：等于目标得满分，否则不得分", "=: all at the target itself, otherwise nothing"),
    "at_least": Pair(
        "=：达到目标得满分，不到的按 实际÷目标 得分；目标为 0 的，实际不大于 0 得满分，否则不得分",
        "=: all at or above the target, below it actual ÷ target; a target of 0 is met by 0 or less only",
    ),
}
_ZERO = {
    "not_applicable": Pair(
        "≥ 而目标为 0 的不适用，分值分给同组其他指标",
        "≥ with a target of 0: not applicable, its weight goes to the others",
    ),
    "full": Pair(
        "≥ 而目标不大于 0 的，达到目标即得满分，否则不得分",
        "≥ with a target of 0 or less: all if met, otherwise nothing",
    ),
}
_BANDS = {
    "closed": Pair(
        "定性：按达成比例得分（达成预期 80–100，部分达成 60–80，未达成 0–60）",
        "qualitative: the share reached (achieved 80–100, partly 60–80, not achieved 0–60)",
    ),
    "half_open": Pair(
        "定性：按达成比例得分（达成预期 80–100，部分达成 60 至不足 80，未达成不足 60）",
        "qualitative: the share reached (achieved 80–100, partly 60 to less than 80, not achieved less than 60)",
    ),
}
_ROUNDING = {
    "row": Pair("每个指标的得分四舍五入到两位小数", "each indicator's score is rounded to two decimals"),
    "group": Pair(
        "各指标得分不取整，合计后四舍五入到两位小数", "scores are not rounded, only their sum is, to two decimals"
    ),
}


def told(scoring: Scoring) -> tuple[Pair, ...]:
    """Return the method in words, a line each, with what it is based on."""
    return (
        _UP,
        _ZERO[scoring.zero],
        _DOWN[scoring.down],
        _EQUAL[scoring.equal],
        _BANDS[scoring.bands],
        _ROUNDING[scoring.rounding],
        Pair(f"依据：{scoring.basis}", f"basis: {scoring.basis_en}"),
    )


def rate_formula(scoring: Scoring, unready: str) -> str:
    """Return the formula of the part of the weight that a row reaches; blank where the test `unready` holds."""
    target, actual = f"N([@{scoring.target}])", f"N([@{scoring.actual}])"
    reached = f"MAX(0,MIN(1,{actual}/{target}))"
    low = {"not_applicable": '"不适用"', "full": f"IF({actual}>={target},1,0)"}[scoring.zero]
    up = f"IF({target}>0,{reached},{low})"
    beyond = {"inverse": f"{target}/{actual}", "linear": f"MAX(0,2-{actual}/{target})"}[scoring.down]
    down = f"IF({actual}<={target},1,IF({target}>0,{beyond},0))"
    exact = f"IF(ROUND({actual}-{target},6)=0,1,0)"
    nothing = f"IF({target}=0,IF({actual}<=0,1,0),{exact})"
    equal = {"exact": exact, "at_least": f"IF({target}>0,{reached},{nothing})"}[scoring.equal]
    where = f"[@{scoring.direction}]"
    share = f"N([@{scoring.share}])/100"
    return f'=IF({unready},"",IF({where}="定性",{share},IF({where}="≥",{up},IF({where}="≤",{down},{equal}))))'


def score_formula(scoring: Scoring) -> str:
    """Return the formula of a row's score."""
    score = f"[@{scoring.rate}]*[@{scoring.weight}]"
    if scoring.rounding == "row":
        score = f"ROUND({score}+{_TIE},2)"
    return f'=IF(ISNUMBER([@{scoring.rate}]),{score},"")'
