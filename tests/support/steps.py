"""Counts the steps a backtracking matcher takes for a pattern on a text, so that cost is measured without a clock.

It follows Python's own parse of the pattern, tries alternatives in the same order, and counts every comparison with a
character. The engine of `re` does no more of them, but for what its optimisations save.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

_parser: Any = getattr(re, "_parser")  # noqa: B009 - the parse of a pattern has no public name
_MOST = 2_000_000


class TooManySteps(Exception):
    """The matcher was stopped: the pattern is far from linear on this text."""


class Steps:
    """The steps of one search."""

    def __init__(self, pattern: re.Pattern[str], text: str) -> None:
        self.text, self.count = text, 0
        self._flags = pattern.flags
        self._groups: dict[int, tuple[int, int]] = {}
        self._tree = _tree(pattern)

    def search_all(self) -> int:
        """Return the steps of finding every match, as finditer and sub do."""
        at = 0
        while at <= len(self.text):
            self._groups.clear()
            end = next(self._sequence(self._tree, 0, at), None)
            at = at + 1 if end is None or end == at else end
        return self.count

    def match(self) -> int:
        """Return the steps of one attempt at the whole text, as fullmatch makes it."""
        any(end == len(self.text) for end in self._sequence(self._tree, 0, 0))
        return self.count

    def _step(self) -> None:
        self.count += 1
        if self.count > _MOST:
            raise TooManySteps

    def _sequence(self, items: list[Any], index: int, at: int) -> Iterator[int]:
        if index == len(items):
            yield at
            return
        for end in self._item(items[index], at):
            yield from self._sequence(items, index + 1, end)

    def _item(self, item: Any, at: int) -> Iterator[int]:
        kind, argument = item
        if kind in ("LITERAL", "NOT_LITERAL", "ANY", "IN"):
            self._step()
            if at < len(self.text) and self._fits(kind, argument, self.text[at]):
                yield at + 1
        elif kind in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            yield from self._repeat(kind, argument, at)
        elif kind == "SUBPATTERN":
            number, _, _, inner = argument
            for end in self._sequence(inner, 0, at):
                if number is not None:
                    self._groups[number] = (at, end)
                yield end
        elif kind == "ATOMIC_GROUP":
            end = next(self._sequence(argument, 0, at), None)
            if end is not None:
                yield end
        elif kind == "BRANCH":
            for inner in argument[1]:
                yield from self._sequence(inner, 0, at)
        elif kind in ("ASSERT", "ASSERT_NOT"):
            if self._looks(argument, at) == (kind == "ASSERT"):
                yield at
        elif kind == "AT":
            if self._stands(argument, at):
                yield at
        elif kind == "GROUPREF":
            start, stop = self._groups.get(argument, (0, 0))
            self._step()
            if self.text.startswith(self.text[start:stop], at):
                yield at + stop - start
        else:
            raise NotImplementedError(kind)

    def _repeat(self, kind: str, argument: Any, at: int) -> Iterator[int]:
        low, high, inner = argument
        if len(inner) == 1 and inner[0][0] in ("LITERAL", "NOT_LITERAL", "ANY", "IN"):
            yield from self._run(kind, low, high, inner[0], at)
            return
        if kind == "MIN_REPEAT":
            yield from self._lazy(low, high, inner, at, 0)
            return
        ends = self._greedy(low, high, inner, at, 0)
        if kind == "POSSESSIVE_REPEAT":
            end = next(ends, None)
            if end is not None:
                yield end
        else:
            yield from ends

    def _run(self, kind: str, low: int, high: int, item: Any, at: int) -> Iterator[int]:
        """A repeat of one character, without a stack for each."""
        name, argument = item
        if kind == "MIN_REPEAT":
            end = at
            while end - at <= high:
                if end - at >= low:
                    yield end
                self._step()
                if end >= len(self.text) or not self._fits(name, argument, self.text[end]):
                    return
                end += 1
            return
        end = at
        while end - at < high:
            self._step()
            if end >= len(self.text) or not self._fits(name, argument, self.text[end]):
                break
            end += 1
        while end - at >= low:
            yield end
            if kind == "POSSESSIVE_REPEAT":
                return
            end -= 1
            self._step()

    def _greedy(self, low: int, high: int, inner: list[Any], at: int, done: int) -> Iterator[int]:
        if done < high:
            for end in self._sequence(inner, 0, at):
                if end > at or done < low:
                    yield from self._greedy(low, high, inner, end, done + 1)
        if done >= low:
            yield at

    def _lazy(self, low: int, high: int, inner: list[Any], at: int, done: int) -> Iterator[int]:
        if done >= low:
            yield at
        if done < high:
            for end in self._sequence(inner, 0, at):
                if end > at or done < low:
                    yield from self._lazy(low, high, inner, end, done + 1)

    def _looks(self, argument: Any, at: int) -> bool:
        direction, inner, low, high = argument
        if direction > 0:
            return next(self._sequence(inner, 0, at), None) is not None
        return any(end == at for width in range(low, min(high, at) + 1) for end in self._sequence(inner, 0, at - width))

    def _stands(self, where: str, at: int) -> bool:
        if where in ("AT_BEGINNING", "AT_BEGINNING_STRING"):
            return at == 0
        if where == "AT_END_STRING":
            return at == len(self.text)
        return at == len(self.text) or (at == len(self.text) - 1 and self.text[at] == "\n")

    def _fits(self, kind: str, argument: Any, char: str) -> bool:
        if kind == "ANY":
            return char != "\n" or bool(self._flags & re.DOTALL)
        if kind == "IN":
            known = argument[1].get(char)
            if known is None:
                known = argument[1][char] = _in_set(argument[0], char)
            return bool(known)
        same = ord(char) == argument
        return same if kind == "LITERAL" else not same


@cache
def _tree(pattern: re.Pattern[str]) -> list[Any]:
    """Return Python's parse of a pattern as plain lists, made once: (name, argument), a set with what it answered."""
    return _plain(_parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE))


def _plain(items: Any) -> list[Any]:
    return [(str(kind), _argument(str(kind), argument)) for kind, argument in items]


def _argument(kind: str, argument: Any) -> Any:
    if kind == "IN":
        return argument, {}
    if kind in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return int(argument[0]), int(argument[1]), _plain(argument[2])
    if kind == "SUBPATTERN":
        return (*argument[:3], _plain(argument[3]))
    if kind == "ATOMIC_GROUP":
        return _plain(argument)
    if kind == "BRANCH":
        return argument[0], [_plain(inner) for inner in argument[1]]
    if kind in ("ASSERT", "ASSERT_NOT"):
        return (argument[0], _plain(argument[1]), *argument[1].getwidth())
    return str(argument) if kind == "AT" else argument


def _in_set(items: list[Any], char: str) -> bool:
    negated = str(items[0][0]) == "NEGATE"
    found = any(_one_of(item, char) for item in items[1 if negated else 0 :])
    return found != negated


_CATEGORIES = {
    "CATEGORY_DIGIT": str.isdecimal,
    "CATEGORY_SPACE": str.isspace,
    "CATEGORY_WORD": lambda ch: ch.isalnum() or ch == "_",
}


def _one_of(item: Any, char: str) -> bool:
    kind, argument = str(item[0]), item[1]
    if kind == "LITERAL":
        return ord(char) == argument
    if kind == "RANGE":
        return bool(argument[0] <= ord(char) <= argument[1])
    name = str(argument)
    holds = _CATEGORIES[name.replace("NOT_", "")](char)
    return holds != ("NOT_" in name)


def letters_of(pattern: re.Pattern[str]) -> list[str]:
    """Return one character for each set and literal of a pattern, in their order: what a hostile text is made of."""
    found: dict[str, None] = {}

    def walk(items: Any) -> None:
        for kind, argument in items:
            name = str(kind)
            if name == "LITERAL":
                found[chr(argument)] = None
            elif name == "IN":
                found[next((c for c in "甲1 .元a，" + "".join(found) if _in_set(argument, c)), "一")] = None
            elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
                walk(argument[2])
            elif name == "SUBPATTERN":
                walk(argument[3])
            elif name == "ATOMIC_GROUP":
                walk(argument)
            elif name == "BRANCH":
                for inner in argument[1]:
                    walk(inner)
            elif name in ("ASSERT", "ASSERT_NOT"):
                walk(argument[1])

    walk(_parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE))
    return list(found)
