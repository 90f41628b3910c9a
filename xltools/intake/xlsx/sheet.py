"""The exact reader of one worksheet: its cells however they are written, and what surrounds them."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from xltools.errors import UnreadableFile
from xltools.intake.xlsx import fast
from xltools.intake.xlsx.model import MAX_COL, Sheet, Validation
from xltools.intake.xlsx.package import local
from xltools.intake.xlsx.shared_formulas import SharedFormulas
from xltools.intake.xlsx.source import Source
from xltools.intake.xlsx.values import PLACES, cell_of, is_true, namespaced, place_of, rich_text, whole


class SheetReader:
    """Reads one worksheet part into one Sheet, a row or a block at a time."""

    def __init__(self, source: Source, sheet: Sheet, key: str) -> None:
        self.source, self.sheet, self.key = source, sheet, key
        self.row = 0
        self.items = 0
        self.around = b""
        self.hidden_rows: list[int] = []  # told by the fast path
        self.formulas = SharedFormulas(source.spend_text)
        self.links: list[tuple[str, str, str]] = []
        self.blocks: dict[str, Callable[[Element], None]] = {
            "row": self._row,
            "cols": self._cols,
            "sheetProtection": self._protection,
            "mergeCells": self._merges,
            "dataValidations": self._validations,
            "hyperlinks": self._hyperlinks,
            "extLst": self._extensions,
        }

    def read(self) -> None:
        """Read the part. Raises UnreadableFile."""
        self.source.package.elements(self.key, "sheetData", self._take, self.cut)
        self._remember()
        for row in self.hidden_rows:
            self._hide(self.sheet.hidden_rows, row, row)
        self.formulas.settle(self.sheet.cells)
        self.source.cell_count += len(self.sheet.cells)
        relations = self.source.relations(self.key)
        if self.links:
            for ref, number, spot in self.links:
                target = relations[number].target if number in relations else ""
                self.sheet.hyperlinks.append((ref, target + (f"#{spot}" if spot else "")))
        for relation in relations.values():
            part = self.source.package.find(relation.target, self.key) if relation.kind == "comments" else None
            if part is not None:
                self.source.package.elements(part, "commentList", self._comment)

    def cut(self, part: bytes) -> bytes:
        """Take the cells out of a small part that is written plainly: the same answer in two thirds of the time."""
        rows = fast.PlainRows(self.sheet, self.source.strings, self.formulas)
        rest = rows.cut(part)
        if rest is None:
            return part
        self.hidden_rows = rows.hidden
        self._bound_cells()
        return self._around_cells(rest)

    def _around_cells(self, rest: bytes) -> bytes:
        """What is left of a sheet without its cells is the template's own in book after book: parsed once, then known."""
        known = fast.AROUND.get((self.source.limits, rest))
        if known is None:
            self.around = rest
            return rest
        sheet = self.sheet
        sheet.protected, self.links, self.items = known[0], list(known[4]), known[5]
        sheet.validations, sheet.merges, sheet.hidden_cols = list(known[1]), list(known[2]), list(known[3])
        return b"<worksheet/>"

    def _remember(self) -> None:
        if self.around:
            sheet = self.sheet
            lists = (tuple(sheet.validations), tuple(sheet.merges), tuple(sheet.hidden_cols), tuple(self.links))
            fast.keep(fast.AROUND, (self.source.limits, self.around), (sheet.protected, *lists, self.items))

    def _take(self, element: Element) -> None:
        read = self.blocks.get(element.tag) or self.blocks.get(local(element.tag))
        if read is not None:
            read(element)

    def _row(self, row: Element) -> None:
        """The cells of a row, however they are written."""
        number = self.row = whole(row.get("r"), self.row + 1)
        if is_true(row.get("hidden")):
            self._hide(self.sheet.hidden_rows, number, number)
        column = 0
        for cell in row:
            get = cell.get
            ref = get("r")
            place = PLACES.get(ref) or place_of(ref) if ref else (number, column + 1)
            if place is None or place[1] > MAX_COL:
                continue
            column = place[1]
            text = formula = None
            for child in cell:
                tag = child.tag
                if ":" in tag:
                    tag = local(tag)
                if tag == "v":
                    text = child.text or ""
                elif tag == "f":
                    formula = self.formulas.text_of(child.attrib, child.text or "", place)
                elif tag == "is":
                    text = rich_text(child)
            if text is not None or formula is not None:
                made = cell_of(get("t") or "n", text, formula, whole(get("s"), 0), self.source.strings)
                if made is not None:
                    self.sheet.cells[place] = made
        self._bound_cells()

    def _bound_cells(self) -> None:
        if len(self.sheet.cells) + self.source.cell_count > self.source.limits.cells:
            raise UnreadableFile("too_many_cells", sheet=self.sheet.name, limit=self.source.limits.cells)

    def _count(self, more: int) -> None:
        self.items += more
        self.source.bound_items(self.items, self.key)

    def _hide(self, ranges: list[tuple[int, int]], first: int, last: int) -> None:
        if ranges and ranges[-1][1] == first - 1:
            ranges[-1] = (ranges[-1][0], last)
        else:
            self._count(1)
            ranges.append((first, last))

    def _cols(self, element: Element) -> None:
        for col in element:
            if is_true(col.get("hidden")):
                self._hide(self.sheet.hidden_cols, whole(col.get("min"), 0), whole(col.get("max"), 0))

    def _protection(self, element: Element) -> None:
        self.sheet.protected = is_true(element.get("sheet"))

    def _merges(self, element: Element) -> None:
        self._count(len(element))
        self.sheet.merges.extend(merge.get("ref", "") for merge in element)

    def _validations(self, element: Element) -> None:
        self._count(len(element))
        for item in element:
            parts: dict[str, str] = {}
            for child in item:  # the extension wraps formulas in xm:f and keeps the range in xm:sqref
                parts[local(child.tag)] = "".join(child.itertext()).strip()
            get = item.get
            self._count((get("sqref") or parts.get("sqref", "")).count(" "))
            self.sheet.validations.append(
                Validation(
                    get("sqref") or parts.get("sqref", ""),
                    get("type", "none"),
                    parts.get("formula1"),
                    parts.get("formula2"),
                    get("operator", "between"),
                )
            )

    def _extensions(self, element: Element) -> None:
        for extension in element:
            for child in extension:
                if local(child.tag) == "dataValidations":
                    self._validations(child)

    def _comment(self, element: Element) -> None:
        if local(element.tag) != "comment":
            return
        self._count(1)
        text = "".join(rich_text(child) for child in element if local(child.tag) == "text")
        self.source.spend_text(len(text))
        self.sheet.comments.append((element.get("ref", ""), text))

    def _hyperlinks(self, element: Element) -> None:
        self._count(len(element))
        for link in element:
            self.links.append((link.get("ref", ""), namespaced(link, "id"), link.get("location", "")))
