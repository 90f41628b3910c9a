"""ST022: a locked weight, scoring method or constant was changed; each has a harmless twin, the same cell re-saved."""

from __future__ import annotations

from tests.support.acts import relocked

for _kind in ("weight", "constant"):
    relocked(_kind, "ST022")
