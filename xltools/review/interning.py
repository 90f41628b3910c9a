"""Lets the results of many files share their words: what came from another process repeats each of them in each file."""

from __future__ import annotations

from msgspec.structs import force_setattr

from xltools.bilingual import Pair
from xltools.findings.finding import Finding, NotEvaluated, Related
from xltools.findings.report import Checked

_TEXTS = ("code", "level", "state", "file", "department", "sheet", "cell", "root", "form")
_PAIRS = ("field", "hint", "place")
_LONGEST = 400
_MOST = 200_000


class SharedWords:
    """The words met so far in a run."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}
        self._pairs: dict[Pair, Pair] = {}
        self._related: dict[Related, Related] = {}

    def share(self, checked: Checked) -> Checked:
        """Return the same result, its repeated words held once."""
        word = self._word
        for finding in checked.findings:
            for name in _TEXTS:
                force_setattr(finding, name, word(getattr(finding, name)))  # equal: no change to what is frozen
            for name in _PAIRS:
                force_setattr(finding, name, self._pair(getattr(finding, name)))
            for name, value in finding.values.items():
                if isinstance(value, Pair):
                    finding.values[name] = self._pair(value)
            self._cells(finding, "related")
        for item in checked.not_evaluated:
            for name in ("code", "file", "department", "reason", "form"):
                force_setattr(item, name, word(getattr(item, name)))
            self._cells(item, "cells")
        checked.figures = {word(name): value for name, value in checked.figures.items()}
        checked.form, checked.grade = word(checked.form), word(checked.grade)
        return checked

    def _word(self, text: str) -> str:
        if len(text) > _LONGEST or len(self._known) >= _MOST:
            return self._known.get(text, text)
        return self._known.setdefault(text, text)

    def _pair(self, pair: Pair) -> Pair:
        if len(self._pairs) >= _MOST or len(pair.zh) > _LONGEST:
            return self._pairs.get(pair, pair)
        return self._pairs.setdefault(pair, pair)

    def _cells(self, item: Finding | NotEvaluated, name: str) -> None:
        cells = getattr(item, name)
        if cells and len(self._related) < _MOST:
            known = self._related
            force_setattr(item, name, tuple(known.setdefault(cell, cell) for cell in cells))
