"""ST023: the name of a fixed row, or a unit, was changed; each has a harmless twin, the same cell re-saved."""

from __future__ import annotations

from tests.support.acts import relocked

for _kind in ("name", "unit"):
    relocked(_kind, "ST023")
