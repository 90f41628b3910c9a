"""The catalogue of what goes wrong with a batch: reports missing, twice, unknown, copied, at odds with roster or year."""

from __future__ import annotations

import copy

from tests.support.batches import POOR, Batch, NotHere, Place, batch_damage
from tests.support.stage import first


@batch_damage("", "a department did not report")
def _(b: Batch) -> list[Place]:
    del b.files[b.names()[1]]
    return []


@batch_damage("BT002", "two files that differ")
def _(b: Batch) -> list[Place]:
    name = b.names()[2]
    other = name.replace(".xlsx", "（最终版2）.xlsx")
    b.files[other] = copy.deepcopy(b.files[name])
    item = first(f for f in b.form.fields if f.type == "longtext" and b.own(name, f.name))
    b.files[other][item.name] = "按年度计划推进，个别项目进度偏慢。"
    return [b.at("BT002", name), b.at("BT002", other), b.at("IN015", name)]


@batch_damage("BT003", "a code and name the roster does not know")
def _(b: Batch) -> list[Place]:
    gone = b.names()[4]
    b.roster.remove(b.line(gone))
    return [b.at("BT003", gone)]


@batch_damage("BT004", "the same file twice")
def _(b: Batch) -> list[Place]:
    name = b.names()[1]
    twin = name.replace(".xlsx", " - 副本.xlsx")
    b.twins[twin] = name
    return [b.at("BT004", name), b.at("IN015", name)]  # the copy's name comes first


@batch_damage("BT005", "the roster's figure is another")
def _(b: Batch) -> list[Place]:
    item, name = b.approved(), b.names()[5]
    line = b.line(name)
    line[item.roster] = round(line[item.roster] + 12.5, 2)
    return [b.at("BT005", name, item.name)]


@batch_damage("BT006", "another department's code")
def _(b: Batch) -> list[Place]:
    one, other = b.names()[0], b.names()[6]
    b.files[other][b.form.code_field] = b.own(one, b.form.code_field)
    return [b.at("BT006", one), b.at("BT006", other)]


@batch_damage("BT007", "figures of another department")
def _(b: Batch) -> list[Place]:
    one, other = b.names()[0], b.names()[7]
    own = b.files[other]
    kept = {b.form.code_field, b.form.name_field}
    b.files[other] = copy.deepcopy(b.files[one]) | {name: own[name] for name in kept}
    b.continue_from_last_year(other)
    _roster_follows(b, other)
    return [b.at("BT007", one), b.at("BT007", other)]


def _roster_follows(b: Batch, name: str) -> None:
    line = b.line(name)
    for item in b.form.fields:
        if item.roster in line and item.numeric:
            line[item.roster] = b.own(name, item.name)


@batch_damage("BT008", "nobody lost the top grade")
def _(b: Batch) -> list[Place]:
    poor, many_rows = b.names()[POOR], b.names()[5]  # many rows miss many targets
    b.files[poor] = b.made_good(poor)
    b.roster.remove(b.line(many_rows))
    del b.files[many_rows]
    return [b.at("BT008", "")]


@batch_damage("BT009", "no problem was met")
def _(b: Batch) -> list[Place]:
    name = b.names()[2]
    item = first(f for f in b.form.fields if f.type == "longtext" and f.required)
    b.files[name][item.name] = "无"
    return [b.at("BT009", name)]


def _decided(code: str, kind: str, verdict: str, reason: str, name: str) -> None:
    @batch_damage(code, kind)
    def apply(b: Batch) -> list[Place]:
        b.decided.append(("0123456789abcdef", verdict, reason, name))
        return [(code, "意见.xlsx", "问题", "A2")]


for _code, _kind, _line in (
    ("BT010", "a waiver without a reason", ("豁免", "", "王某")),
    ("BT010", "a waiver without a name", ("豁免", "已电话核实", "")),
    ("BT010", "an unknown verdict", ("同意", "已电话核实", "王某")),
    ("BT011", "a decision that fits nothing", ("豁免", "已电话核实", "王某")),
):
    _decided(_code, _kind, *_line)


@batch_damage("BT012", "last year closed with another figure")
def _(b: Batch) -> list[Place]:
    item, name = b.opening(), b.names()[1]
    closing = b.own(name, item.name)
    if not isinstance(closing, int | float):
        raise NotHere
    b.last[name][item.previous or ""] = round(closing + 4.2, 2)
    return [b.at("BT012", name, item.name)]


@batch_damage("BT013", "last year's workbook again")
def _(b: Batch) -> list[Place]:
    name = b.names()[0]
    b.last[name] = copy.deepcopy(b.files[name])
    b.continue_from_last_year(name)
    item = first(f for f in b.form.fields if f.type == "longtext" and f.required)
    b.last[name][item.name] = "去年写的另一段话。"
    return [b.at("BT013", name)]
