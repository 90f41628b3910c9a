"""Damages that VA013 must tell: the template's own hints or placeholders were left in a text."""

from __future__ import annotations

from tests.support.acts import set_cell, set_field
from tests.support.stage import Result, Stage, damage

_LEFT = {
    "placeholder": "【请补充存在的主要问题】",
    "gap": "较上年增长XX%",
    "bookmark": "见错误!未定义书签。所列各项工作",
    "length and what to write": "（不超过500字，简要说明年度总体目标）完成加固。",
    "what to write and length": "（简要说明主要做法，300字以内）完成加固。",
    "to be filled in": "（待补充）完成加固。",
    "click here": "单击此处输入文字",
    "length": "（200字以内）按要求完成各项工作",
    "choice of words": "三公经费较上年下降（增长）5%",
}


def _left(name: str, text: str) -> None:
    @damage("VA013", name)
    def apply(s: Stage) -> Result:
        return set_field(s, s.field("longtext").name, text, "VA013")


for _name, _text in _LEFT.items():
    _left(_name, _text)


@damage("VA013", "open row text")
def _(s: Stage) -> Result:
    return set_cell(s.cell("text", open_=True), "【待填】指标", "VA013")
