"""Names of sheets: one set a form, within Excel's 31 characters, no two alike."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_ILLEGAL = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")


@dataclass(slots=True)
class Names:
    """Gives each sheet of a form its name; `suffix` tells the forms of one run apart."""

    suffix: str = ""
    longest: int = 31
    given: dict[str, str] = field(default_factory=dict)

    def __call__(self, base: str) -> str:
        """Return the name of that sheet (the same each time)."""
        if base not in self.given:
            self.given[base] = fitted(f"{base}-{self.suffix}" if self.suffix else base, self.longest)
        return self.given[base]


def fitted(name: str, longest: int = 31) -> str:
    """Return a name without what a sheet's name cannot hold, cut to what it can."""
    clean = _ILLEGAL.sub("_", name)
    return clean if len(clean) <= longest else clean[: longest - 1] + "…"


def suffixes(forms: dict[str, str], longest: int = 31) -> dict[str, str]:
    """Return a short, distinct suffix for each form (id → id, cut where the longest sheet name needs it)."""
    if len(forms) < 2:
        return dict.fromkeys(forms, "")
    room = longest - len("绩效指标明细") - 1
    found: dict[str, str] = {}
    for number, name in enumerate(forms, start=1):
        short = fitted(name, room)
        while short.lower() in {s.lower() for s in found.values()}:
            short = fitted(name, room - len(str(number)) - 1) + f"~{number}"
        found[name] = short
    return found
