"""Formula texts of a definition: tokens, the names and functions they use, and the replacing of [@列]."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from xltools.bilingual import Pair

TokenKind = Literal["string", "number", "row", "func", "name", "op", "open", "close", "comma", "space"]

NAME = re.compile(r"[一-鿿][一-鿿A-Za-z0-9_]*")
_TOKEN = re.compile(
    r'(?P<string>"(?:[^"]|"")*")'
    r"|(?P<number>\d+(?:\.\d+)?)"
    r"|\[@(?P<row>[一-鿿][一-鿿A-Za-z0-9_]*)\]"
    r"|(?P<func>[A-Z][A-Z0-9.]*)(?=\()"
    r"|(?P<name>[一-鿿][一-鿿A-Za-z0-9_]*)"
    r"|(?P<op><>|<=|>=|[-+*/^&=<>])"
    r"|(?P<open>\()|(?P<close>\))|(?P<comma>,)|(?P<space>\s+)"
)

FUNCTIONS = frozenset(
    [
        "IF",
        "AND",
        "OR",
        "NOT",
        "TRUE",
        "FALSE",
        "SUM",
        "COUNT",
        "COUNTA",
        "COUNTIF",
        "COUNTIFS",
        "SUMIF",
        "SUMIFS",
        "MAX",
        "MIN",
        "INDEX",
        "MATCH",
        "N",
        "ROUND",
        "ABS",
        "ISNUMBER",
        "ISTEXT",
        "ISBLANK",
        "LEN",
        "TRIM",
        "SUBSTITUTE",
        "TEXT",
        "LEFT",
        "RIGHT",
        "MID",
    ]
)
"""Excel 2007 functions that Excel, WPS, LibreOffice and the engine compute alike."""

RANGE_FUNCTIONS = frozenset(
    ["SUM", "COUNT", "COUNTA", "COUNTIF", "COUNTIFS", "SUMIF", "SUMIFS", "MAX", "MIN", "INDEX", "MATCH"]
)
"""Where a whole column may stand: anywhere else it would be implicit intersection."""

NUMBER_SAFE = RANGE_FUNCTIONS | frozenset({"N", "ISNUMBER", "ISBLANK", "ISTEXT", "LEN", "TRIM"})
"""Where a numeric input may stand bare: these never stumble over a text in it."""

_SUM_CALL = re.compile(r"^SUM\(([^()]+)\)$")
_RATE = re.compile(r"^N\(([^()]+)\)/N\(([^()]+)\)\*100$")


class FormulaError(ValueError):
    """A formula is none of ours; `says` is why, for the loader to put file and key before it."""

    def __init__(self, says: Pair) -> None:
        super().__init__(says.zh)
        self.says = says


@dataclass(frozen=True, slots=True)
class Token:
    """One token; `text` is a row column's name for kind row, the function's name for func."""

    kind: TokenKind
    text: str


@lru_cache(maxsize=4096)  # a table's formula is looked at once a row
def tokenize(formula: str) -> tuple[Token, ...]:
    """Return the tokens of a formula without its leading "="; raise FormulaError at what is not ours to write."""
    found: list[Token] = []
    position = 0
    while position < len(formula):
        match = _TOKEN.match(formula, position)
        if match is None:
            says = Pair("“{text}” 不是公式里能写的内容", "“{text}” is nothing a formula can hold")
            raise FormulaError(says.format(text=formula[position : position + 12]))
        kind = match.lastgroup
        assert kind is not None
        found.append(Token(kind, match.group(kind)))  # type: ignore[arg-type]  # the group names are the kinds
        position = match.end()
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Use:
    """A name or row column in a formula, with the function whose argument it directly is ("" at the top)."""

    kind: Literal["name", "row"]
    name: str
    function: str


def uses(formula: str) -> list[Use]:
    """List the names and row columns of a formula; raise FormulaError for unknown functions and loose brackets."""
    found: list[Use] = []
    stack: list[str] = []
    pending = ""
    for token in tokenize(formula):
        if token.kind == "func":
            if token.text not in FUNCTIONS:
                says = Pair("函数 {name} 不在允许之列", "the function {name} is not on the list")
                raise FormulaError(says.format(name=token.text))
            pending = token.text
        elif token.kind == "open":
            stack.append(pending)
            pending = ""
        elif token.kind == "close":
            if not stack:
                raise FormulaError(Pair("多了一个右括号", "one bracket is closed too often"))
            stack.pop()
        elif token.kind in ("name", "row"):
            kind: Literal["name", "row"] = "name" if token.kind == "name" else "row"
            found.append(Use(kind, token.text, stack[-1] if stack else ""))
    if stack:
        raise FormulaError(Pair("少了一个右括号", "a bracket is not closed"))
    return found


def strings(formula: str) -> list[str]:
    """List the text literals of a formula."""
    return [t.text[1:-1].replace('""', '"') for t in tokenize(formula) if t.kind == "string"]


def replace_rows(formula: str, address: Callable[[str], str]) -> str:
    """Replace each [@列] by the address that `address` gives for the column's name."""
    parts: list[str] = []
    for token in tokenize(formula):
        parts.append(address(token.text) if token.kind == "row" else token.text)
    return "".join(parts)


def sum_arguments(operand: str) -> tuple[str, ...] | None:
    """Return the names a rule's operand adds up when it is one SUM of names, else None."""
    match = _SUM_CALL.match(operand)
    if match is None:
        return None
    names = tuple(part.strip() for part in match.group(1).split(","))
    return names if all(NAME.fullmatch(n) for n in names) else None


def rate_arguments(operand: str) -> tuple[str, str] | None:
    """Return (numerator, base) when an operand is the rate N(a)/N(b)*100, else None."""
    match = _RATE.match(operand)
    return (match.group(1), match.group(2)) if match else None


def bare_name(operand: str) -> str | None:
    """Return the field's name when an operand is nothing else, else None."""
    return operand if NAME.fullmatch(operand) else None


def is_number(operand: str) -> bool:
    """True when an operand is a number and nothing else."""
    return [token.kind for token in tokenize(operand)] == ["number"]


def literal(text: str) -> str:
    """Return a text as a formula's string literal."""
    return '"' + text.replace('"', '""') + '"'
