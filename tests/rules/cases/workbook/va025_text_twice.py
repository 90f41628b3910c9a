"""Damages that VA025 must tell: one text stands in two places that ask for different things."""

from __future__ import annotations

from tests.support.acts import set_field
from tests.support.stage import NotHere, Result, Stage, damage


def _two(s: Stage) -> tuple[str, str]:
    names = [f.name for f in s.fields("longtext")]
    if len(names) < 2:
        raise NotHere
    return names[0], names[-1]


@damage("VA025", "a text copied to another place")
def _(s: Stage) -> Result:
    one, other = _two(s)
    s.values[one] = "按季通报支出进度，年底前完成全部任务。"
    return set_field(s, other, " 按季通报支出进度,年底前完成全部任务", "VA025")


@damage("VA025", "a short answer twice (not told)")
def _(s: Stage) -> Result:
    for name in _two(s):
        s.values[name] = "制度健全，执行到位。"
    return (None,)
