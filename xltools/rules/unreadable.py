"""Why a file could not be read, as a finding: the reading's reason leads to the rule that speaks of it."""

from __future__ import annotations

from xltools.bilingual import EMPTY, Pair, same
from xltools.errors import UnreadableFile
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.values import Value
from xltools.intake.files.bounds import MIB, bounds
from xltools.intake.files.names import name_of
from xltools.rules.intake.kinds import kind_words
from xltools.rules.registry import FILES, NARRATIVE_FILES

_LONGEST = 80
"""Characters of the program's own words about a failure."""


def unreadable_workbook(error: UnreadableFile, shown: str) -> Finding:
    """Return the finding that says why a file could not be read and what to send instead."""
    card, detail = _spoken_of(error)
    return Finding(code=card.code, level=card.level, file=shown, values={"detail": detail})


def card_of_reason(error: UnreadableFile) -> Card:
    """Return the card of the rule that speaks of a reason."""
    return _spoken_of(error)[0]


def _spoken_of(error: UnreadableFile) -> tuple[Card, Pair]:
    """Return the card that speaks of a reason, and the reason in words."""
    told = {"kind": kind_words(str(error.detail.get("kind", ""))), "form": str(error.detail.get("form", ""))} | _bound(
        error
    )
    for reason in (error.reason, "too_many" if _is_too_much(error.reason) else ""):
        for rule in FILES.rules:
            if reason in rule.REASONS:
                return rule.CARD, rule.REASONS[reason].format(
                    error=str(error.detail.get("error", ""))[:_LONGEST], **told
                )
    return FILES.rules[0].CARD, same(error.reason.replace("_", " "))


def _bound(error: UnreadableFile) -> dict[str, object]:
    """Return the bound of time or memory that was met."""
    work = bounds().work
    memory = error.detail.get("limit", work.memory_bytes)
    return {
        "seconds": error.detail.get("seconds", work.seconds),
        "megabytes": memory // MIB if isinstance(memory, int) else "",
    }


def _is_too_much(reason: str) -> bool:
    return reason.startswith("too_many") or reason == "too_much_text"


def unreadable_narrative(error: UnreadableFile, shown: str, department: str = "", *, required: bool = False) -> Finding:
    """Return the finding that says why a narrative could not be read."""
    (rule,) = NARRATIVE_FILES.rules
    values: dict[str, Value] = {
        "why": rule.REASONS.get(error.reason, rule.OTHERWISE),
        "file": Pair(f"《{name_of(shown)}》", f"{name_of(shown)}: ") if shown else EMPTY,
    }
    level = "error" if required else rule.CARD.level
    return Finding(code=rule.CARD.code, level=level, file=shown, department=department, values=values)
