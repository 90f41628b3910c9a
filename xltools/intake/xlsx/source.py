"""What the readers of one workbook share: its package, its shared strings, and what is left of the bounds."""

from __future__ import annotations

from typing import NamedTuple
from xml.etree.ElementTree import Element

from xltools.errors import UnreadableFile
from xltools.intake.files.bounds import FileLimits
from xltools.intake.xlsx.package import Package


class Relation(NamedTuple):
    kind: str  # the last segment of the type, lower case: the same in transitional and strict files
    target: str
    external: bool


class Source:
    """One workbook's package and the counts that hold for all of its parts together."""

    def __init__(self, package: Package, limits: FileLimits) -> None:
        self.package, self.limits = package, limits
        self.strings: list[str] = []
        self.cell_count = 0
        self.text_left = limits.text_chars

    def relations(self, part: str) -> dict[str, Relation]:
        """The relationships of a part (of the package for ""), by id; none if the package has no such file."""
        folder, _, name = part.rpartition("/")
        key = self.package.find(f"{folder}/_rels/{name}.rels")
        found: dict[str, Relation] = {}
        if key is None:
            return found

        def take(element: Element) -> None:
            get = element.get
            kind = get("Type", "").rpartition("/")[2].casefold()
            found[get("Id", "")] = Relation(kind, get("Target", ""), get("TargetMode", "").casefold() == "external")
            self.bound_items(len(found), key)

        self.package.elements(key, "", take)
        return found

    def bound_items(self, count: int, key: str) -> None:
        """Raise UnreadableFile when a part holds too many things of one kind."""
        if count > self.limits.items:
            raise UnreadableFile("too_many_items", part=self.package.name(key), limit=self.limits.items)

    def spend_text(self, count: int) -> None:
        """Count text that is kept; raise UnreadableFile when it is too much."""
        self.text_left -= count
        if self.text_left < 0:
            raise UnreadableFile("too_much_text", limit=self.limits.text_chars)
