"""One damage to a clean workbook at a time: to its values (through the builder) or to its package (its XML)."""

from __future__ import annotations

import io
import re
import zipfile
from xml.sax.saxutils import escape

from xltools.form.address import Ref, a1, column_number, parse_a1

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_CELL = r'<c r="{cell}"(?P<style> s="\d+")?[^>]*?(?:/>|>(?P<body>.*?)</c>)'


class Package:
    """The parts of an .xlsx written by our builder, to be changed as a person's program would."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            self.parts = {name: package.read(name).decode("utf-8") for name in package.namelist()}
        book = self.parts["xl/workbook.xml"]
        self.sheets = {
            name: f"xl/worksheets/sheet{number}.xml"
            for number, name in enumerate(re.findall(r'<sheet name="([^"]+)"', book), start=1)
        }

    def data(self) -> bytes:
        """Return the package's bytes."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
            for name, text in self.parts.items():
                package.writestr(name, text.encode("utf-8"))
        return buffer.getvalue()

    # ------------------------------------------------------------------ cells
    def put(self, ref: Ref, content: str) -> Package:
        """Put `content` (the inside of <c>, with its attributes behind "|": 't="str"|<v>x</v>') into a cell."""
        kind, _, inside = content.partition("|")
        part = self.sheets[ref.sheet]
        pattern = re.compile(_CELL.format(cell=ref.a1), re.S)
        attributes = f" {kind}" if kind else ""
        match = pattern.search(self.parts[part])
        if match is not None:
            made = f'<c r="{ref.a1}"{match.group("style") or ""}{attributes}>{inside}</c>'
            self.parts[part] = self.parts[part][: match.start()] + made + self.parts[part][match.end() :]
        else:
            self._new_cell(part, ref, f'<c r="{ref.a1}"{attributes}>{inside}</c>')
        return self

    def _new_cell(self, part: str, ref: Ref, made: str) -> None:
        text = self.parts[part]
        row = re.search(rf'<row r="{ref.row}"[^>]*?(/>|>.*?</row>)', text, re.S)
        if row is None:
            after = [m for m in re.finditer(r'<row r="(\d+)"', text) if int(m.group(1)) > ref.row]
            at = after[0].start() if after else text.index("</sheetData>")
            self.parts[part] = text[:at] + f'<row r="{ref.row}">{made}</row>' + text[at:]
            return
        if row.group(1) == "/>":
            whole = row.group()[:-2] + f">{made}</row>"
        else:
            cells = re.findall(r"<c .*?(?:/>|</c>)", row.group(), re.S)
            later = [c for c in cells if column_number(re.match(r'<c r="([A-Z]+)', c)[1]) > ref.column]  # type: ignore[index]
            at = row.group().index(later[0]) if later else len(row.group()) - len("</row>")
            whole = row.group()[:at] + made + row.group()[at:]
        self.parts[part] = text[: row.start()] + whole + text[row.end() :]

    def number(self, ref: Ref, value: float) -> Package:
        """Type a number over whatever stands there."""
        return self.put(ref, f"|<v>{value!r}</v>")

    def text(self, ref: Ref, value: str) -> Package:
        """Type a text over whatever stands there."""
        return self.put(ref, f't="inlineStr"|<is><t xml:space="preserve">{escape(value)}</t></is>')

    def error(self, ref: Ref, value: str = "#REF!") -> Package:
        """Leave an error value."""
        return self.put(ref, f't="e"|<v>{value}</v>')

    def values_only(self, sheet: str) -> Package:
        """Leave of every formula of a sheet only what it shows, as pasting values does."""
        part = self.sheets[sheet]
        self.parts[part] = re.sub(r"<f\b[^>]*?(?:/>|>.*?</f>)", "", self.parts[part], flags=re.S)
        return self

    def empty(self, ref: Ref) -> Package:
        """Delete a cell's content."""
        return self.put(ref, "|")

    def formula(self, ref: Ref, formula: str, cached: float | str | None = None) -> Package:
        """Type a formula, with the value it shows."""
        kind = 't="str"' if isinstance(cached, str) else ""
        shown = "" if cached is None else f"<v>{escape(str(cached))}</v>"
        return self.put(ref, f"{kind}|<f>{escape(formula)}</f>{shown}")

    def formula_of(self, ref: Ref) -> str:
        """Return the formula that stands in a cell."""
        match = re.search(_CELL.format(cell=ref.a1), self.parts[self.sheets[ref.sheet]], re.S)
        assert match is not None and match.group("body") is not None, ref
        found = re.search(r"<f>(.*?)</f>", match.group("body"), re.S)
        assert found is not None, ref
        return found.group(1).replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")

    def style_of(self, ref: Ref) -> int:
        """Return the number of a cell's style."""
        found = re.search(_CELL.format(cell=ref.a1), self.parts[self.sheets[ref.sheet]], re.S)
        assert found is not None, ref
        return int(re.sub(r"\D", "", found.group("style") or "0"))

    def shows_error(self, ref: Ref, value: str = "#NAME?") -> Package:
        """Keep a cell's formula, but let it show an error."""
        formula = escape(self.formula_of(ref))
        return self.put(ref, f't="e"|<f>{formula}</f><v>{value}</v>')

    # ------------------------------------------------------------------ the workbook
    def everywhere(self, pattern: str, by: str, parts: str = r"xl/(worksheets/.*|workbook)\.xml") -> Package:
        """Replace a pattern in all sheets and the workbook."""
        for name, text in self.parts.items():
            if re.fullmatch(parts, name):
                self.parts[name] = re.sub(pattern, by, text, flags=re.S)
        return self

    def without_results(self) -> Package:
        """Drop every formula's cached value, as scripts and some phones do."""
        return self.everywhere(r"(</f>)<v>[^<]*</v>", r"\1", r"xl/worksheets/.*\.xml")

    def unprotected(self, sheet: str) -> Package:
        """Take a sheet's protection away."""
        part = self.sheets[sheet]
        self.parts[part] = re.sub(r"<sheetProtection[^>]*/>", "", self.parts[part])
        return self

    def without_validations(self, sheet: str) -> Package:
        """Take every drop-down and limit of a sheet away."""
        part = self.sheets[sheet]
        self.parts[part] = re.sub(r"<dataValidations.*?</dataValidations>", "", self.parts[part], flags=re.S)
        return self

    def without_validation_at(self, ref: Ref) -> Package:
        """Take the drop-down or limit of the column run that holds `ref` away."""
        part = self.sheets[ref.sheet]

        def keep(match: re.Match[str]) -> str:
            areas = [a for a in match.group(1).split() if not _holds(a, ref)]
            return f'sqref="{" ".join(areas or ["XFA1"])}"'

        head, tail = self.parts[part].split("<dataValidations", 1)
        body, rest = tail.split("</dataValidations>", 1)
        body = re.sub(r'sqref="([^"]*)"', keep, body)
        self.parts[part] = f"{head}<dataValidations{body}</dataValidations>{rest}"
        return self

    def renamed(self, sheet: str, name: str) -> Package:
        """Rename a sheet as Excel does: its tab, the names and formulas that point to it."""
        book = self.parts["xl/workbook.xml"]
        self.parts["xl/workbook.xml"] = book.replace(f'<sheet name="{sheet}"', f'<sheet name="{name}"')
        self.sheets[name] = self.sheets.pop(sheet)
        return self.everywhere(rf"(?<![\w#]){re.escape(sheet)}!", f"{name}!")

    def hidden(self, sheet: str) -> Package:
        """Hide a sheet."""
        book = self.parts["xl/workbook.xml"]
        self.parts["xl/workbook.xml"] = re.sub(rf'(<sheet name="{re.escape(sheet)}")', r'\1 state="hidden"', book)
        return self

    def removed(self, sheet: str) -> Package:
        """Delete a sheet as Excel does: its names end in #REF!."""
        book = self.parts["xl/workbook.xml"]
        book = re.sub(rf'<sheet name="{re.escape(sheet)}"[^>]*/>', "", book)
        self.parts["xl/workbook.xml"] = re.sub(rf">{re.escape(sheet)}![^<]*<", ">#REF!<", book)
        return self

    def added(self, name: str) -> Package:
        """Add a sheet with something on it."""
        number = len(self.sheets) + 1
        part = f"xl/worksheets/sheet{number}.xml"
        cell = '<c r="A1" t="inlineStr"><is><t>附表</t></is></c>'
        self.parts[part] = f'<worksheet xmlns="{_MAIN}"><sheetData><row r="1">{cell}</row></sheetData></worksheet>'
        relation = (
            '<Relationship Id="rIdNew" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
            f'worksheet" Target="worksheets/sheet{number}.xml"/></Relationships>'
        )
        rels = "xl/_rels/workbook.xml.rels"
        self.parts[rels] = self.parts[rels].replace("</Relationships>", relation)
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
        self.parts["[Content_Types].xml"] = self.parts["[Content_Types].xml"].replace(
            "</Types>", f'<Override PartName="/{part}" ContentType="{kind}"/></Types>'
        )
        sheet = f'<sheet name="{name}" sheetId="99" r:id="rIdNew"/></sheets>'
        self.parts["xl/workbook.xml"] = self.parts["xl/workbook.xml"].replace("</sheets>", sheet)
        return self

    def row_hidden(self, ref: Ref) -> Package:
        """Hide the row of a cell, as a filter does too."""
        part, row = self.sheets[ref.sheet], f'<row r="{ref.row}"'
        if not re.search(rf'{row}[^>]* hidden="1"', self.parts[part]):  # the unused rows of a table are hidden already
            self.parts[part] = self.parts[part].replace(row, f'{row} hidden="1"')
        return self

    def column_hidden(self, ref: Ref) -> Package:
        """Hide the column of a cell."""
        part = self.sheets[ref.sheet]
        hidden = f'<col min="{ref.column}" max="{ref.column}" width="0" hidden="1" customWidth="1"/>'
        self.parts[part] = re.sub(rf'<col min="{ref.column}" max="{ref.column}"[^>]*/>', hidden, self.parts[part])
        return self

    def merged(self, ref: Ref, other: Ref) -> Package:
        """Merge two cells and what lies between, their contents left where they are."""
        part = self.sheets[ref.sheet]
        made = f'<mergeCell ref="{ref.a1}:{other.a1}"/>'
        if "</mergeCells>" not in self.parts[part]:
            made = f"<mergeCells>{made}</mergeCells>"
            self.parts[part] = re.sub(r"(</sheetData>(?:<sheetProtection[^>]*/>)?)", rf"\g<1>{made}", self.parts[part])
            return self
        self.parts[part] = self.parts[part].replace("</mergeCells>", f"{made}</mergeCells>")
        return self

    def without_name(self, name: str) -> Package:
        """Delete one defined name."""
        return self.everywhere(rf'<definedName name="{name}"[^>]*>[^<]*</definedName>', "", r"xl/workbook\.xml")

    def name_points(self, name: str, reference: str) -> Package:
        """Let a defined name point elsewhere."""
        return self.everywhere(rf'(<definedName name="{name}"[^>]*>)[^<]*', rf"\g<1>{reference}", r"xl/workbook\.xml")

    # ------------------------------------------------------------------ rows
    def rows_moved(self, sheet: str, at: int, count: int) -> Package:
        """Insert `count` rows before row `at` (or delete -count rows from there), as a spreadsheet program does."""
        part = self.sheets[sheet]
        text = self.parts[part]
        if count < 0:
            for row in range(at, at - count):
                text = re.sub(rf'<row r="{row}"[^>]*?(?:/>|>.*?</row>)', "", text, flags=re.S)
        head, data, tail = re.split(r"(<sheetData>.*</sheetData>)", text, flags=re.S)
        data = re.sub(r'(<row r=")(\d+)', lambda m: m[1] + str(_moved(int(m[2]), at, count)), data)
        data = re.sub(r'(<c r="[A-Z]+)(\d+)', lambda m: m[1] + str(_moved(int(m[2]), at, count)), data)
        data = self._formulas(data, at, count, own=True, sheet=sheet)
        tail = re.sub(r'((?:sqref|ref)=")([^"]*)', lambda m: m[1] + _shift_own(m[2], at, count), tail)
        tail = re.sub(
            r"(<formula1?2?>)(.*?)(</formula)", lambda m: m[1] + _shift_own(m[2], at, count) + m[3], tail, flags=re.S
        )
        self.parts[part] = head + data + tail
        for name, other in self.parts.items():
            if re.fullmatch(r"xl/worksheets/.*\.xml", name) and name != part:
                self.parts[name] = self._formulas(other, at, count, own=False, sheet=sheet)
        self.parts["xl/workbook.xml"] = re.sub(
            r"(<definedName[^>]*>)([^<]*)",
            lambda m: m[1] + _shift_other(m[2], sheet, at, count),
            self.parts["xl/workbook.xml"],
        )
        return self

    @staticmethod
    def _formulas(text: str, at: int, count: int, *, own: bool, sheet: str) -> str:
        def shift(match: re.Match[str]) -> str:
            inside = _shift_own(match[2], at, count) if own else match[2]
            return match[1] + _shift_other(inside, sheet, at, count) + match[3]

        return re.sub(r"(<f>)(.*?)(</f>)", shift, text, flags=re.S)


def _holds(area: str, ref: Ref) -> bool:
    first, _, last = area.partition(":")
    start, end = parse_a1(first), parse_a1(last or first)
    assert start is not None and end is not None
    return start[0] <= ref.row <= end[0] and start[1] <= ref.column <= end[1]


def _moved(row: int, at: int, count: int) -> int:
    if row < at:
        return row
    return max(at - 1 if count < 0 else at, row + count)


_OWN = re.compile(r"(?<![\w!$:'])(\$?[A-Z]{1,3}\$?)(\d+)(?::(\$?[A-Z]{1,3}\$?)(\d+))?(?![\w(!])")


def _shift_own(text: str, at: int, count: int) -> str:
    """Shift the references of a text to its own sheet; texts in quotes stay."""
    pieces = re.split(r'("(?:[^"]|"")*"|&quot;.*?&quot;)', text)
    for index in range(0, len(pieces), 2):
        pieces[index] = _OWN.sub(lambda m: _shifted(m, at, count), pieces[index])
    return "".join(pieces)


def _shift_other(text: str, sheet: str, at: int, count: int) -> str:
    pattern = re.compile(rf"(?<![\w#])({re.escape(sheet)}!)(\$?[A-Z]{{1,3}}\$?)(\d+)(?::(\$?[A-Z]{{1,3}}\$?)(\d+))?")

    def shift(match: re.Match[str]) -> str:
        first, last = int(match[3]), int(match[5]) if match[5] else None
        return match[1] + _range(match[2], first, match[4], last, at, count)

    return pattern.sub(shift, text)


def _shifted(match: re.Match[str], at: int, count: int) -> str:
    return _range(match[1], int(match[2]), match[3], int(match[4]) if match[4] else None, at, count)


def _range(column: str, first: int, other: str | None, last: int | None, at: int, count: int) -> str:
    """Return a reference after rows moved; what was deleted altogether becomes #REF!."""
    gone = range(at, at - count) if count < 0 else range(0)
    if first in gone and (last is None or last in gone):
        return "#REF!"
    start = at if first in gone else _moved(first, at, count)
    if last is None or other is None:
        return f"{column}{start}"
    return f"{column}{start}:{other}{at - 1 if last in gone else _moved(last, at, count)}"


def below(ref: Ref, rows: int = 1) -> Ref:
    """Return the cell `rows` further down."""
    return Ref(ref.sheet, ref.row + rows, ref.column)


__all__ = ["Package", "Ref", "a1", "below"]
