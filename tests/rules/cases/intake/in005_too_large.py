"""A workbook of more names than the bounds allow, and one of a few hundred."""

from __future__ import annotations

from tests.support.arrivals import Files, arrival
from tests.support.sent import edited


def _named(count: int) -> bytes:
    names = b'<definedName name="n">1</definedName>' * count
    return edited("xl/workbook.xml", lambda c: c.replace(b"<definedNames>", b"<definedNames>" + names))


@arrival("IN005", "thirty thousand names")
def _() -> Files:
    return {"自评表.xlsx": _named(30_000)}


@arrival("IN005", "three hundred names", told="")
def _() -> Files:
    return {"自评表.xlsx": _named(300)}
