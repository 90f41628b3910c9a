"""Damages that VA020 must tell: a person or a telephone number that is only put there to fill the cell."""

from __future__ import annotations

from tests.support.acts import set_field
from tests.support.stage import Result, Stage, damage


@damage("VA020", "person")
def _(s: Stage) -> Result:
    return set_field(s, s.form.plausible.common.persons[-1], "/", "VA020")


@damage("VA020", "the department for a person")
def _(s: Stage) -> Result:
    """A notice."""
    return set_field(s, s.form.plausible.common.persons[0], s.values[s.form.name_field], "VA020")


@damage("VA020", "phone")
def _(s: Stage) -> Result:
    return set_field(s, s.field("phone").name, "1", "VA020")


@damage("VA020", "phone told in words")
def _(s: Stage) -> Result:
    """A notice: the words say where the number is."""
    return set_field(s, s.field("phone").name, "见单位门户网站", "VA020")


@damage("VA020", "a number shortened to E+10")
def _(s: Stage) -> Result:
    return set_field(s, s.field("phone").name, "1.38E+10", "VA020")


@damage("VA020", "a mobile number of ten digits")
def _(s: Stage) -> Result:
    return set_field(s, s.field("phone").name, "1380013800", "VA020")


@damage("VA020", "a mobile number (not told)")
def _(s: Stage) -> Result:
    s.values[s.field("phone").name] = 13800138000
    return (None,)
