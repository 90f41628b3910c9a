"""ST024: labels, titles, help or rule texts were changed; each has a harmless twin, the same cell re-saved."""

from __future__ import annotations

from tests.support.acts import relocked

for _kind in ("label", "help", "rule text"):
    relocked(_kind, "ST024")
