"""Two copies of one department: the older is set aside; one alone is not."""

from __future__ import annotations

import re

from tests.support.arrivals import Files, arrival
from tests.support.sent import edited, workbook


@arrival("IN015", "an older copy")
def _() -> Files:
    later = edited("docProps/core.xml", lambda c: re.sub(rb"(modified [^>]*>)\d{4}", rb"\g<1>2031", c))
    return {"自评表.xlsx": workbook(), "自评表（最终版2）.xlsx": later}


@arrival("IN015", "one copy", told="")
def _() -> Files:
    return {"自评表.xlsx": workbook()}
