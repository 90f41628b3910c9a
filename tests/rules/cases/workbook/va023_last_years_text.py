"""Damages that VA023 must tell: a text that the workbook started with is still last year's."""

from __future__ import annotations

from tests.support.forms import room
from tests.support.stage import Result, Stage, damage, first, spot
from xltools.form.model import last_year_name
from xltools.writing.department.make import workbook


def _started(s: Stage, now: str, then: str) -> tuple[bytes, str]:
    """Return a workbook that was given last year's text beside its first long one, and that field's name."""
    name = str(first(name for name in s.form.last_years if s.form.field(name).type == "longtext"))
    s.values |= {name: now, last_year_name(name): then}
    return workbook(room(), s.form, s.values), name


@damage("VA023", "unchanged")
def _(s: Stage) -> Result:
    text = "一是部分资金无法科学列支；二是对绩效评价工作的了解不够深入。"
    data, name = _started(s, text, text)
    return data, spot("VA023", s.at(name))


@damage("VA023", "blanks and punctuation changed")
def _(s: Stage) -> Result:
    data, name = _started(s, "一是资金列支不科学；\n二是了解不够深入", "一是资金列支不科学，二是了解不够深入。")
    return data, spot("VA023", s.at(name))


@damage("VA023", "rewritten (not told)")
def _(s: Stage) -> Result:
    return (_started(s, "一是项目前期论证不足；二是合同签订偏晚。", "一是资金列支不科学。")[0],)
