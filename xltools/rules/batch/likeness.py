"""How much of their figures two workbooks have in common."""

from __future__ import annotations

from xltools.findings.report import Checked

ENOUGH, SHARE = 6, 0.8
"""Figures needed to speak of copying, and the share that must be alike."""


def alike(one: Checked, other: Checked) -> float:
    """Return the share of figures that two workbooks have in common; 0 where either has too few to tell."""
    if one.traits is None or other.traits is None:
        return 0.0
    mine, theirs = one.traits.fingerprint, other.traits.fingerprint
    most = max(len(mine), len(theirs))
    return len(mine & theirs) / most if min(len(mine), len(theirs)) >= ENOUGH else 0.0
