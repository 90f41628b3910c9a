"""The hostile set: small files made to be dear to open, or to be taken for something they are not. Seeded, no binaries.

Each case is a name and a maker; a maker is given dice and a scale, 1 for the suite and more for the whole set.
"""

from __future__ import annotations

import bz2
import gzip
import io
import random
import re
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.support.sent import edited, packed, parts_of, workbook

MIB = 1 << 20
Maker = Callable[[random.Random, int], bytes]
CASES: dict[str, Maker] = {}
"""File name → what it holds."""
SHEET = "xl/worksheets/sheet3.xml"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
FILL = "这是一份用来测试读取的自评报告，文字要足够长才算有文字的报告。"


def case(name: str) -> Callable[[Maker], Maker]:
    """Enter a maker under the name of its file."""

    def enter(make: Maker) -> Maker:
        CASES[name] = make
        return make

    return enter


# ── zips, entry by entry ──────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a zip as it is to be written, true or not."""

    name: bytes
    raw: bytes
    method: int = zipfile.ZIP_DEFLATED
    size: int = 0
    crc: int = 0
    flags: int = 0
    start: int | None = None  # where it claims to stand, if not where it does


def deflated(content: bytes) -> bytes:
    """Return bytes as a zip packs them."""
    stream = zlib.compressobj(9, zlib.DEFLATED, -15)
    return stream.compress(content) + stream.flush()


def honest(name: str, content: bytes) -> Entry:
    """Return an entry that tells the truth."""
    return Entry(name.encode(), deflated(content), size=len(content), crc=zlib.crc32(content), flags=0x800)


def zip_of(entries: Sequence[Entry], told: int | None = None) -> bytes:
    """Return a zip of these entries; `told` is how many its end says there are."""
    out, directory = bytearray(), bytearray()
    for e in entries:
        at = len(out) if e.start is None else e.start
        sizes = struct.pack("<3L", e.crc, len(e.raw), e.size)
        if e.start is None:
            out += struct.pack("<4s5H", b"PK\x03\x04", 20, e.flags, e.method, 0, 0x5821) + sizes
            out += struct.pack("<2H", len(e.name), 0) + e.name + e.raw
        directory += struct.pack("<4s6H", b"PK\x01\x02", 20, 20, e.flags, e.method, 0, 0x5821) + sizes
        directory += struct.pack("<5H2L", len(e.name), 0, 0, 0, 0, 0, at) + e.name
    count = min(len(entries) if told is None else told, 0xFFFF)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(directory), len(out), 0)
    return bytes(out + directory + end)


@case("bzip2.zip")
def _(dice: random.Random, scale: int) -> bytes:
    block = bytes(64 * MIB * scale)
    return zip_of([Entry(b"a.xlsx", bz2.compress(block), 12, 100, zlib.crc32(block))])


@case("lzma.zip")
def _(dice: random.Random, scale: int) -> bytes:
    return zip_of([Entry(b"a.xlsx", b"\x09\x14\x05\x00" + bytes(40), 14, 100)])


@case("deflate64.zip")
def _(dice: random.Random, scale: int) -> bytes:
    return zip_of([Entry(b"a.xlsx", bytes(40), 9, 100)])


@case("declared-small.zip")
def _(dice: random.Random, scale: int) -> bytes:
    return zip_of([Entry(b"a.xlsx", deflated(bytes(100 * MIB)), size=10)])


@case("declared-huge.zip")
def _(dice: random.Random, scale: int) -> bytes:
    return zip_of([Entry(b"a.xlsx", deflated(b"x"), size=0xFFFFFFFE)])


@case("encrypted-bomb.zip")
def _(dice: random.Random, scale: int) -> bytes:
    return zip_of([Entry(b"a.xlsx", dice.randbytes(4000), size=0xFFFFFFFE, flags=1)])


@case("aes.zip")
def _(dice: random.Random, scale: int) -> bytes:
    return zip_of([Entry(b"a.xlsx", dice.randbytes(4000), 99, 4000, flags=1)])


@case("directory.zip")
def _(dice: random.Random, scale: int) -> bytes:
    return zip_of([Entry(b"%d" % n, b"", 0, start=0) for n in range(60_000 * scale)])


@case("directory.xlsx")
def _(dice: random.Random, scale: int) -> bytes:
    return zip_of([Entry(b"xl/%d.xml" % n, b"", 0, start=0) for n in range(60_000 * scale)])


@case("one-told.zip")
def _(dice: random.Random, scale: int) -> bytes:
    return zip_of([Entry(b"%d.txt" % n, b"", 0, start=0) for n in range(30_000)], told=1)


@case("overlapping.zip")
def _(dice: random.Random, scale: int) -> bytes:
    bomb = deflated(bytes(20 * MIB))
    first = Entry(b"0.xlsx", bomb, size=20 * MIB)
    return zip_of([first, *(Entry(b"%d.xlsx" % n, bomb, size=20 * MIB, start=0) for n in range(1, 300 * scale))])


@case("long-names.zip")
def _(dice: random.Random, scale: int) -> bytes:
    return zip_of([Entry(b"a" * 60_000 + b"%d" % n, b"", 0, start=0) for n in range(100)])


@case("mimetype.ods")
def _(dice: random.Random, scale: int) -> bytes:
    return zip_of([Entry(b"mimetype", bz2.compress(bytes(64 * MIB)), 12, 46), honest("content.xml", b"<x/>")])


@case("mimetype-deflated.bin")
def _(dice: random.Random, scale: int) -> bytes:
    return zip_of([Entry(b"mimetype", deflated(bytes(64 * MIB)), size=46), honest("content.xml", b"<x/>")])


@case("zip64.zip")
def _(dice: random.Random, scale: int) -> bytes:
    huge = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 1 << 60, 1 << 60, 1 << 62, 1 << 61)
    return b"PK\x03\x04" + bytes(30) + huge + struct.pack("<4sLQL", b"PK\x06\x07", 0, 34, 1) + zip_of([])[-22:]


@case("half.zip")
def _(dice: random.Random, scale: int) -> bytes:
    whole = zip_of([honest("甲.xlsx", workbook())])
    return whole[: dice.randrange(100, len(whole) - 100)]


@case("nested.zip")
def _(dice: random.Random, scale: int) -> bytes:
    data = zip_of([honest("a.xlsx", bytes(8 * MIB))])
    for _level in range(4):
        data = zip_of([honest(f"{n}.zip", data) for n in range(4)])
    return data


@case("alike.zip")
def _(dice: random.Random, scale: int) -> bytes:
    return zip_of([honest(f"王{mark}局.xlsx", workbook()) for mark in "\x01\x02\u202e\ue001"])


# ── other archives ────────────────────────────────────────────────────────────────────────────────────────────────────


@case("bomb.xlsx.gz")
def _(dice: random.Random, scale: int) -> bytes:
    return gzip.compress(bytes(100 * MIB), mtime=0)


@case("bomb.bz2")
def _(dice: random.Random, scale: int) -> bytes:
    return bz2.compress(bytes(64 * MIB)) * (4 * scale)


@case("members.tar.gz")
def _(dice: random.Random, scale: int) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        info = tarfile.TarInfo("a.txt")
        for number in range(25_000 * scale):
            info.name = f"{number}.txt"
            archive.addfile(info, io.BytesIO())
    return gzip.compress(stream.getvalue(), 1, mtime=0)


@case("broken.7z")
def _(dice: random.Random, scale: int) -> bytes:
    return b"7z\xbc\xaf\x27\x1c\x00\x04" + dice.randbytes(4_000)


@case("endless.tar")
def _(_: random.Random, __: int) -> bytes:
    head = tarfile.TarInfo("101001_x.xlsx")
    head.size = 8 << 40
    return head.tobuf(tarfile.GNU_FORMAT) + bytes(1_000)


@case("broken.tar")
def _(dice: random.Random, scale: int) -> bytes:
    return (b"a.txt".ljust(100, b"\0") + b"0" * 57 + b"9" * 100).ljust(257, b"0") + b"ustar" + bytes(400)


# ── workbooks ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def in_sheet(before: bytes, more: bytes) -> bytes:
    """Return the workbook with something put before a mark of one sheet."""
    return edited(SHEET, lambda content: content.replace(before, more + before, 1))


@case("cells.xlsx")
def _(dice: random.Random, scale: int) -> bytes:
    rows = b"".join(
        b'<row r="%d">%s</row>' % (row, b"".join(b'<c r="%c%d"><v>1</v></c>' % (col, row) for col in b"PQRSTUVWXY"))
        for row in range(500, 12_500 * min(scale, 8))
    )
    return in_sheet(b"</sheetData>", rows)


@case("validations.xlsx")
def _(dice: random.Random, scale: int) -> bytes:
    area = b"A1:XFD1048576 " * (60_000 * scale)
    more = b'<dataValidations><dataValidation type="list" sqref="%s"/></dataValidations>' % area
    return edited(SHEET, lambda c: c.replace(b"</sheetData>", b"</sheetData>" + more, 1))


@case("one-label.xlsx")
def _(dice: random.Random, scale: int) -> bytes:
    content = parts_of(workbook())["xl/sharedStrings.xml"]
    label = content.partition(b"<t>")[2].partition(b"</t>")[0]
    rows = b"".join(
        b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>%s</t></is></c></row>' % (r, r, label)
        for r in range(300, 40_000 * min(scale, 10))
    )
    moved = edited("xl/workbook.xml", lambda c: c.replace(b"$B$", b"$Z$"))
    return edited(SHEET, lambda c: c.replace(b"</sheetData>", rows + b"</sheetData>", 1), moved)


@case("numbers.xlsx")
def _(dice: random.Random, scale: int) -> bytes:
    odd = [b"1e308", b"-1e308", b"9" * 400, b"1e-320", b"1e999", b"NaN", b"-0", b"0x10", "１２".encode(), b"\xc2\xb2"]
    pieces = parts_of(workbook())[SHEET].split(b"<v>")
    made = [pieces[0]] + [dice.choice(odd) + b"</v>" + piece.partition(b"</v>")[2] for piece in pieces[1:]]
    return edited(SHEET, lambda _c: b"<v>".join(made))


@case("directions.xlsx")
def _(dice: random.Random, scale: int) -> bytes:
    unseen = "12\u202e\u200b\x7f_x001B_[31m".encode()
    return edited(SHEET, lambda c: re.sub(rb"(<c [^>]*)><v>[0-9.]+</v>", rb'\1 t="str"><v>' + unseen + b"</v>", c))


@case("meta.xlsx")
def _(dice: random.Random, scale: int) -> bytes:
    def change(content: bytes) -> bytes:
        for mark in (b"<t>0</t>", b"<t>40</t>"):
            content = content.replace(mark, "<t>²</t>".encode()).replace(mark, b"<t>" + b"9" * 5_000 + b"</t>")
        return content

    return edited("xl/sharedStrings.xml", change)


@case("shared-formula.xlsx")
def _(dice: random.Random, scale: int) -> bytes:
    master = b"SUM(" + b",".join(b"A%d" % n for n in range(1, 1_500)) + b")"
    cells = b'<row r="900"><c r="P900"><f t="shared" si="9" ref="P900:P99999">%s</f></c></row>' % master
    cells += b"".join(
        b'<row r="%d"><c r="P%d"><f t="shared" si="9"/></c></row>' % (r, r) for r in range(901, 4_000 * scale)
    )
    return in_sheet(b"</sheetData>", cells)


@case("strings.xlsx")
def _(dice: random.Random, scale: int) -> bytes:
    return edited(
        "xl/sharedStrings.xml", lambda c: c.replace(b"</sst>", b"<si><t>x</t></si>" * (300_000 * scale) + b"</sst>")
    )


@case("styles.xlsx")
def _(dice: random.Random, scale: int) -> bytes:
    return edited("xl/styles.xml", lambda c: c.replace(b"</cellXfs>", b'<xf numFmtId="0"/>' * 70_000 + b"</cellXfs>"))


@case("entities.xlsx")
def _(dice: random.Random, scale: int) -> bytes:
    head = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "%s">]>' % (b"a" * 1_000)
    return edited("xl/workbook.xml", lambda c: head + c.partition(b"?>")[2])


@case("attributes.xlsx")
def _(dice: random.Random, scale: int) -> bytes:
    many = b" ".join(b'a%d="1"' % n for n in range(30_000))
    return edited(SHEET, lambda c: c.replace(b"<worksheet ", b"<worksheet " + many + b" ", 1))


@case("listed.xlsx")
def _(dice: random.Random, scale: int) -> bytes:
    """A workbook that calls itself a return copy and lists no end of findings."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(workbook()))
    sheet = book.create_sheet("问题清单")
    sheet.append(["编号", "位置", "说明", "填报项"])
    for number in range(3_000):
        sheet.append(["BA101", f"收支情况!B{number}", "无", f"表[{'9' * (number % 30 + 1)}].列["])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@case("mutated.xlsx")
def _(dice: random.Random, scale: int) -> bytes:
    parts = parts_of(workbook())
    name = dice.choice([n for n in parts if n.startswith("xl/w")])
    content = bytearray(parts[name])
    for _number in range(3):
        content[dice.randrange(len(content))] = dice.randrange(256)
    return packed(parts | {name: bytes(content)})


@case("noise.xlsx")
def _(dice: random.Random, scale: int) -> bytes:
    return b"PK\x03\x04" + dice.randbytes(20_000)


# ── older formats ─────────────────────────────────────────────────────────────────────────────────────────────────────


def compound(*streams: str) -> bytes:
    """Return the beginning of a compound file, as far as its directory."""
    data = bytearray(bytes.fromhex("D0CF11E0A1B11AE1").ljust(512, b"\0"))
    for name in ("Root Entry", *streams):
        entry = bytearray(128)
        text = name.encode("utf-16-le") + b"\0\0"
        entry[: len(text)] = text
        entry[64:66] = len(text).to_bytes(2, "little")
        entry[66] = 5 if name == "Root Entry" else 2
        data += entry
    return bytes(data)


@case("stub.xls")
def _(dice: random.Random, scale: int) -> bytes:
    return compound("WORKBOOK") + dice.randbytes(3_000)


@case("noise.xls")
def _(dice: random.Random, scale: int) -> bytes:
    return compound("Workbook") + dice.randbytes(40_000)


@case("far-cell.xlsb")
def _(dice: random.Random, scale: int) -> bytes:
    return packed({"[Content_Types].xml": b"<x/>", "xl/workbook.bin": dice.randbytes(2_000)})


@case("repeated.ods")
def _(dice: random.Random, scale: int) -> bytes:
    ns = 'xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:t="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    cell = '<t:table-cell t:number-columns-repeated="16384" o:value-type="float" o:value="1"/>'
    table = f'<t:table t:name="a"><t:table-row t:number-rows-repeated="1048576">{cell}</t:table-row></t:table>'
    body = f"<o:document-content {ns}><o:body><o:spreadsheet>{table}</o:spreadsheet></o:body></o:document-content>"
    return packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": body.encode()})


@case("endless-key.xlsx")
def _(dice: random.Random, scale: int) -> bytes:
    return compound("EncryptionInfo", "EncryptedPackage") + b'<keyData spinCount="2147483647"/>'


# ── narratives ────────────────────────────────────────────────────────────────────────────────────────────────────────


def docx(body: str, numbering: str = "") -> bytes:
    """Return a Word document of nothing but its text, and its lists."""
    fill = f"<w:p><w:r><w:t>{FILL}</w:t></w:r></w:p>"
    parts = {"word/document.xml": f"<w:document {W}><w:body>{fill}{body}</w:body></w:document>".encode()}
    if numbering:
        parts["word/numbering.xml"] = f"<w:numbering {W}>{numbering}</w:numbering>".encode()
    return packed(parts)


@case("dots.docx")
def _(dice: random.Random, scale: int) -> bytes:
    return docx(f"<w:p><w:r><w:t>{'.' * 400_000}x</w:t></w:r></w:p>")


@case("breaks.docx")
def _(dice: random.Random, scale: int) -> bytes:
    return docx(f"<w:p><w:r>{'<w:br/>' * (800_000 * scale)}</w:r></w:p>")


@case("list-text.docx")
def _(dice: random.Random, scale: int) -> bytes:
    text = "%1" * 50_000
    levels = "".join(f'<w:lvl w:ilvl="{n}"><w:lvlText w:val="{text}"/></w:lvl>' for n in (0, 1, 10**5, 10**9))
    point = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>'
    )
    lists = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num>'
    return docx(point * 3_000, lists)


@case("tables.docx")
def _(dice: random.Random, scale: int) -> bytes:
    return docx(
        "<w:tbl><w:tr><w:tc>" * 60
        + f"<w:p><w:r><w:t>{'甲' * 100_000}</w:t></w:r></w:p>"
        + "</w:tc></w:tr></w:tbl>" * 60
    )


@case("headings.docx")
def _(dice: random.Random, scale: int) -> bytes:
    return docx("<w:p><w:r><w:t>一、甲</w:t></w:r></w:p><w:p><w:r><w:t>（一）产出指标</w:t></w:r></w:p>" * 9_000)


def pdf(pages: int, content: bytes, loop: bool = False) -> bytes:
    """Return a PDF whose pages all show one packed content; with `loop`, its page tree holds itself."""
    stream = zlib.compress(content, 9)
    kids = b" ".join(b"3 0 R" for _ in range(pages)) + (b" 2 0 R" if loop else b"")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages),
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/MediaBox[0 0 9 9]/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % p for p in places)
    return bytes(out + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % start)


@case("pages.pdf")
def _(dice: random.Random, scale: int) -> bytes:
    return pdf(399, b"BT /F 9 Tf " + b"(abcdefgh 12.5) Tj 0 -9 Td " * 2_000 + b"ET")


@case("bomb.pdf")
def _(dice: random.Random, scale: int) -> bytes:
    return pdf(3, b" " * (300 * MIB))


@case("loop.pdf")
def _(dice: random.Random, scale: int) -> bytes:
    return pdf(2, b"BT (a) Tj ET", loop=True)


@case("dots.txt")
def _(dice: random.Random, scale: int) -> bytes:
    return (FILL + "\n" + "." * 300_000 + "\n" + "…1" * 4_000).encode()


@case("marks.txt")
def _(dice: random.Random, scale: int) -> bytes:
    return (FILL + "\n" + "和是" * 200_000 + "1万元，" + "（" * 1_000).encode()


# ── what is not what it is called ─────────────────────────────────────────────────────────────────────────────────────


@case("program.xlsx")
def _(dice: random.Random, scale: int) -> bytes:
    return b"MZ" + dice.randbytes(500)


@case("text.xlsx")
def _(dice: random.Random, scale: int) -> bytes:
    return ("\u202e" + "甲,1\n" * 50_000).encode()


@case("empty.xlsx")
def _(dice: random.Random, scale: int) -> bytes:
    return b""


def made(name: str, seed: int = 0, scale: int = 1) -> bytes:
    """Return one hostile file; the same for the same seed."""
    return CASES[name](random.Random(f"{name} {seed}"), scale)
