"""A number of things at a price each: 80 人，每人 500 元，共计 4 万元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from xltools.intake.narrative.facts.figures import Figure, Passage, Sentence
from xltools.rules.arithmetic.verdicts import TINY, Discrepancy, discrepancy, shown

_EACH = re.compile(
    r"(?:每|人均|户均|亩均|生均)(?P<of>[人名亩户个期册套台件次天辆头只吨生公里]{0,2})(?:每次)?(?:补助|补贴|发放|标准|支付|资助)?(?:为|按)?$|单价(?:为|：)?$"
)
_MONTHLY = re.compile(r"月(?:工资|补助|补贴|报酬)(?:为|标准)?$")
_TOTAL = re.compile(r"(?:共计|合计|共|总计|支出|发放|补助资金|补贴资金|资金|金额|费用|累计[^，]{0,4})(?:共|为|：)?$")
_MONTHS = 12
_ALIKE = {"名": "人", "生": "人", "本": "册"}


def unit_prices(passages: Sequence[Passage]) -> Iterator[Discrepancy]:
    """Yield totals that the number of things and the price each, the only other figures of the sentence, do not make."""
    for passage in passages:
        for sentence in passage.sentences:
            found = _judge(sentence)
            if found is not None:
                yield found


def _judge(sentence: Sentence) -> Discrepancy | None:
    figures = sentence.figures
    if len(figures) != 3 or not all(f.number.exact and f.function in ("amount", "other") and f.kind for f in figures):
        return None
    total = figures[2]
    price = next((f for f in figures[:2] if _EACH.search(f.before) or _MONTHLY.search(f.before)), None)
    if price is None or not _TOTAL.search(total.before) or not _same(price, total):
        return None
    count = figures[1] if figures[0] is price else figures[0]
    if count.kind == "money" or not _counted(price, count):
        return None
    right = price.amount * count.number.value
    rights = [right, right * _MONTHS] if _MONTHLY.search(price.before) else [right]
    slack = total.slack + price.slack * Decimal("0.2") * count.number.value / 10
    if any(abs(r - total.amount) <= slack + TINY for r in rights):
        return None
    return discrepancy("product", total, shown(rights[-1], total), (count, price), "confirm")


def _same(price: Figure, total: Figure) -> bool:
    return (price.kind == total.kind == "money") or total.kind.startswith(price.kind)


def _counted(price: Figure, count: Figure) -> bool:
    """True when the price is for one of what is counted (每亩, 2500 亩)."""
    told = _EACH.search(price.before)
    unit = (told["of"] or "") if told is not None else ""
    counted = count.number.unit
    return not unit or _ALIKE.get(unit, unit) == _ALIKE.get(counted, counted)
