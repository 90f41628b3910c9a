"""The formulas by which a return copy knows whether a finding still stands, and what they give on opening."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from xltools.form import model as m
from xltools.form.address import Ref, absolute, quote_sheet
from xltools.form.formulas import literal
from xltools.recalc.engine import serial

OPEN_WORDS: dict[m.Level, str] = {"error": "× 未改", "confirm": "● 待核实", "notice": "● 提示"}
CHANGED, EXPLAINED = "√ 已改", "√ 已说明"
RESTORED, WAIVED, REPLACED, MOVED = "√ 已恢复", "√ 已豁免", "√ 已换成结果", "√ 已移出"
RENEWED = "√ 已换新版"
FINAL = frozenset({RESTORED, WAIVED, REPLACED, MOVED, RENEWED})
"""States that no typing changes: the copy itself has settled them."""
SETTLED_SIGN = "√"
SETTLED_STATES = (m.PASSED, m.NOT_APPLICABLE)
ARGUMENTS, MOST_TESTS = 25, 75
"""Tests in one call (Excel 2003 takes 30 arguments), and in one formula (it has 8,192 characters)."""
PIECE = 200
PIECES = 12
"""Characters of a text in one literal (Excel takes 255), and how many pieces are compared (a formula has 8,192)."""


def cell_of(ref: Ref) -> str:
    """Return a cell as a formula on another sheet names it."""
    return f"{quote_sheet(ref.sheet)}!{absolute(ref.row, ref.column)}"


def still(cell: str, value: m.Scalar) -> str:
    """Return the test that `cell` holds exactly what was sent, written so that Excel and LibreOffice agree."""
    if value is None or value == "":
        return f"COUNTA({cell})=0"
    if isinstance(value, bool):
        return f"IF(ISLOGICAL({cell}),{cell}={'TRUE()' if value else 'FALSE()'},FALSE())"
    if isinstance(value, date):
        value = serial(value)
    if isinstance(value, int | float):
        size = max(1.0, abs(value)) * 1e-13
        return f"IF(ISNUMBER({cell}),ABS({cell}-{_number(value)})<={_number(size)},FALSE())"
    return f"IF(ISTEXT({cell}),AND({','.join(_text_tests(cell, value))}),FALSE())"


def any_of(tests: Sequence[str]) -> str:
    """Return the test that any of several holds, in groups: a call takes so many arguments in every Excel."""
    groups = [tests[at : at + ARGUMENTS] for at in range(0, len(tests[:MOST_TESTS]), ARGUMENTS)]
    return "OR(" + ",".join(f"OR({','.join(group)})" for group in groups) + ")"


def _number(value: float) -> str:
    text = (
        repr(int(value)) if isinstance(value, int) or (float(value).is_integer() and abs(value) < 1e15) else repr(value)
    )
    return f"({text.upper()})" if value < 0 else text.upper()


def _text_tests(cell: str, text: str) -> Iterator[str]:
    """Yield tests that together mean the text: its length, and its pieces without what a literal cannot hold."""
    wide = any(ord(ch) > 0xFFFF for ch in text)
    if wide:
        # programs count such characters as one or as two: only what comes before the first can be placed
        yield f"LEN({cell})>={len(text)}"
        text = text[: next(i for i, ch in enumerate(text) if ord(ch) > 0xFFFF)]
    else:
        yield f"LEN({cell})={len(text)}"
    for start, piece in _pieces(text)[:PIECES]:
        yield f"EXACT(MID({cell},{start + 1},{len(piece)}),{literal(piece)})"


def _pieces(text: str) -> list[tuple[int, str]]:
    """Return (where it begins, piece) of the runs of a text that a literal can hold, each short enough for one."""
    found: list[tuple[int, str]] = []
    start = 0
    for end, ch in enumerate([*text, "\n"]):
        plain = ch >= " " and ch not in "\x7f\ufffe\uffff"
        if plain and end - start < PIECE:
            continue
        if end > start:
            found.append((start, text[start:end]))
        start = end if plain else end + 1
    return found


def by_state(state_cell: str, level: m.Level, answered: str = "") -> str:
    """Return the formula of a finding of the form's own rules: the rule's state, in the words of 问题清单; `answered` is the test
    that an answer was given."""
    settled = ",".join(f"{state_cell}={literal(s)}" for s in (*SETTLED_STATES, ""))
    stands = _answered(literal(OPEN_WORDS[level]), answered)
    return (
        f"=IF(OR({settled}),{literal(CHANGED)},IF({state_cell}={literal(m.EXPLAINED)},{literal(EXPLAINED)},{stands}))"
    )


def state_words(state: object, level: m.Level, answered: bool) -> str:
    """Return what `by_state` gives."""
    if state in (*SETTLED_STATES, "", None):
        return CHANGED
    return EXPLAINED if state == m.EXPLAINED or answered else OPEN_WORDS[level]


def by_cell(test: str, level: m.Level, answered: str = "") -> str:
    """Return the formula of a finding about an input: it stands while `test` holds and no answer is given."""
    return f"=IF({test},{_answered(literal(OPEN_WORDS[level]), answered)},{literal(CHANGED)})"


def by_answer(level: m.Level, answered: str) -> str:
    """Return the formula of a finding that only an answer settles."""
    return "=" + _answered(literal(OPEN_WORDS[level]), answered)


def _answered(words: str, answered: str) -> str:
    return f"IF({answered},{literal(EXPLAINED)},{words})" if answered else words
