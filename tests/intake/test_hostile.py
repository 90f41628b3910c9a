"""Hostile workbooks through the whole check: always an answer, never the program's own failure."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from tests.support.forms import room, said
from tests.support.sent import edited, packed, parts_of, workbook
from xltools.findings.report import Checked
from xltools.review.one_workbook import check_file

SHEET = "xl/worksheets/sheet3.xml"
MUTANTS = 150 if os.environ.get("XLTOOLS_EVERY") == "1" else 50


def answer(data: bytes, folder: Path) -> Checked:
    path = folder / "件.xlsx"
    path.write_bytes(data)
    return check_file(path, "件.xlsx", room())


def deep(content: bytes) -> bytes:
    return content.replace(b"<sheetData>", b"<a>" * 5_000 + b"</a>" * 5_000 + b"<sheetData>", 1)


HOSTILE = {
    "zip bomb": lambda: packed(parts_of(workbook()) | {SHEET: b"<worksheet><sheetData>" + b" " * (64 << 20)}),
    "entity bomb": lambda: edited(
        SHEET,
        lambda c: (
            b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
            + c.partition(b"?>")[2]
        ),
    ),
    "outside entity": lambda: edited(
        "xl/workbook.xml",
        lambda c: (
            b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + c.partition(b"?>")[2]
        ),
    ),
    "depth": lambda: edited(SHEET, deep),
    "a cell far away": lambda: edited(
        SHEET,
        lambda c: c.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'),
    ),
    "a merge of everything": lambda: edited(
        SHEET,
        lambda c: c.replace(b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    ),
    "names by the thousand": lambda: edited(
        "xl/workbook.xml",
        lambda c: c.replace(b"<definedNames>", b"<definedNames>" + b'<definedName name="n">1</definedName>' * 30_000),
    ),
    "a name of a huge table": lambda: edited(
        "xl/workbook.xml", lambda c: c.replace(b"$44<", b"$1048576<").replace(b"$45<", b"$1048576<")
    ),
    "capacities of nonsense": lambda: edited(
        "xl/sharedStrings.xml", lambda c: c.replace("行数:".encode(), "行数:９９９".encode())
    ),
    "text for ever": lambda: edited("xl/sharedStrings.xml", lambda c: c.replace(b"<t>", b"<t>" + b"9" * 40_000, 3)),
    "a crc that lies": lambda: workbook()[:2000] + b"\0" + workbook()[2001:],
    "cut": lambda: workbook()[:-2000],
    "parts that leave": lambda: packed(parts_of(workbook()) | {"../x.xml": b"<x/>"}),
    "a workbook of a workbook": lambda: packed({"xl/workbook.xml": workbook()}),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_workbooks_are_answered(case: str, tmp_path: Path) -> None:
    result = answer(HOSTILE[case](), tmp_path)
    codes = [f.code for f in result.findings]
    assert "IN010" not in codes
    assert result.status != "passed" or result.form


def mutated(dice: random.Random) -> bytes:
    """A workbook with something changed inside one of its parts, as a broken program or a clumsy forger might."""
    parts = parts_of(workbook())
    name = dice.choice([n for n in parts if "theme" not in n])
    content = bytearray(parts[name])
    for _ in range(dice.randrange(1, 4)):
        at, length = dice.randrange(len(content)), dice.randrange(1, 40)
        how = dice.randrange(5)
        if how == 0:
            content[at] = dice.randrange(256)
        elif how == 1:
            del content[at : at + length]
        elif how == 2:
            content[at:at] = content[at : at + length]
        elif how == 3:
            content[at:at] = dice.choice(
                [b"<c/>", b"</row>", b"&amp;", b'"', b"<v>1e999</v>", b"\xff", b"<f>A1</f>", b"-"]
            )
        else:
            other = dice.randrange(len(content))
            content[at : at + length] = content[other : other + length]
        if not content:
            content = bytearray(b" ")
    return packed(parts | {name: bytes(content)})


def digits(dice: random.Random) -> bytes:
    """A workbook whose numbers, references and attributes are replaced by odd ones; still well-formed."""
    odd = [b"-1", b"0", b"99999999999999999999", b"1e308", b"NaN", b"", b"1048577", b"\xe5\x8d\x81", b"2.5", b"A0"]
    parts = parts_of(workbook())
    name = dice.choice([n for n in parts if n.startswith("xl/w") or n == "xl/styles.xml"])
    pieces = parts[name].split(b'"')
    for _ in range(3):
        index = dice.randrange(len(pieces) // 2) * 2 + 1
        if not pieces[index].startswith(b"http"):
            pieces[index] = dice.choice(odd)
    return packed(parts | {name: b'"'.join(pieces)})


@pytest.mark.parametrize("make", [mutated, digits])
def test_mutants_are_answered(make: object, tmp_path: Path) -> None:
    assert callable(make)
    for seed in range(MUTANTS):
        result = answer(make(random.Random(seed)), tmp_path)
        failed = [said(f) for f in result.findings if f.code == "IN010"]
        assert not failed, (seed, failed)
        assert result.form or result.findings
