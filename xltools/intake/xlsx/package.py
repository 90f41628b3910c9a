"""Opens a zip package of XML parts that we were sent: bounded, checked, never trusting what it declares about itself.

Reasons given by `UnreadableFile.reason` here: cannot_open, not_a_file, empty, too_large, ole2, not_zip, truncated,
encrypted, too_many_parts, escaping_part, duplicate_part, unsupported_compression, ratio, corrupt, bad_crc,
bad_size, dtd, bad_xml, too_deep, too_many_tags.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from xltools.errors import UnreadableFile
from xltools.intake.files.bounds import MIB, FileLimits
from xltools.intake.files.regular import read_file
from xltools.intake.files.zip_directory import (
    DEFLATED,
    ENCRYPTED,
    PIECE,
    STORED,
    ZipEntry,
    fed,
    packed_start,
    unpacked,
    zip_entries,
)

_OLE2 = bytes.fromhex("D0CF11E0A1B11AE1")
_DISTINCT_NAMES = 20_000  # element and attribute names in one part; a real one has under two hundred


def local(name: str) -> str:
    """The name without its namespace prefix."""
    return name.rpartition(":")[2]


def new_parser() -> expat.XMLParserType:
    """An expat parser that refuses document type declarations, and with them every entity."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_dtd
    return parser


def _refuse_dtd(*_: object) -> None:
    raise UnreadableFile("dtd")


class Package:
    """The parts of a package, found by name whatever the case or slashes, each read at most within its limits."""

    def __init__(self, source: str | Path | bytes, limits: FileLimits) -> None:
        self.limits = limits
        data = source if isinstance(source, bytes) else read_file(Path(source), limits)
        self._data = memoryview(data)
        self._expanded = 0
        self._tags = 0
        if len(data) > limits.file_bytes:
            raise UnreadableFile("too_large", bytes=len(data), limit=limits.file_bytes)
        self._entries = _directory(data, limits)

    def __iter__(self) -> Iterator[str]:
        """The keys of all parts: lower case, forward slashes."""
        return iter(self._entries)

    def name(self, key: str) -> str:
        """The part's name as the package spells it."""
        return self._entries[key].name

    def find(self, target: str, base: str = "") -> str | None:
        """The key of the part a relationship of `base` points at, if the package has it."""
        path = target.replace("\\", "/").partition("#")[0]
        if not path.startswith("/"):
            path = base.rpartition("/")[0] + "/" + path
        for spelling in (path, unquote(path, errors="replace")):
            key = _resolve(spelling)
            if key in self._entries:
                return key
        return None

    def pieces(self, key: str) -> Iterator[bytes]:
        """The part's bytes, inflated and counted piece by piece; its checksum is verified when the last was taken."""
        entry = self._entries[key]
        raw = self._raw(entry)
        ratio_cap = max(MIB, len(raw) * self.limits.ratio)
        size = crc = 0
        for piece in unpacked(fed(raw), entry.method, entry.name):
            size += len(piece)
            self._expanded += len(piece)
            if size > self.limits.part_bytes or self._expanded > self.limits.expanded_bytes:
                raise UnreadableFile("too_large", part=entry.name, bytes=size, expanded=self._expanded)
            if size > ratio_cap:
                raise UnreadableFile("ratio", part=entry.name, bytes=size, compressed=len(raw))
            crc = zlib.crc32(piece, crc)
            yield piece
        if crc != entry.crc:
            raise UnreadableFile("bad_crc", part=entry.name)
        if size != entry.size:
            raise UnreadableFile("bad_size", part=entry.name, bytes=size, declared=entry.size)

    def parse(
        self,
        key: str,
        parser: expat.XMLParserType,
        after_piece: Callable[[], None] | None = None,
        cut: Callable[[bytes], bytes] | None = None,
    ) -> None:
        """Push the part through `parser`, bounding what expat's own callbacks cannot see.

        `cut` may take something out of a part that is a single piece.
        """
        entry = self._entries[key]
        name, silent = entry.name, 0
        try:
            for piece in self.pieces(key):
                tags = piece.count(b"<")
                self._tags += tags
                silent = 0 if tags else silent + len(piece)
                if self._tags > self.limits.tags:
                    raise UnreadableFile("too_many_tags", part=name, limit=self.limits.tags)
                if silent >= PIECE:  # one tag or text of a mebibyte: expat would rescan it again and again
                    raise UnreadableFile("bad_xml", part=name, error="token too long")
                if cut is not None and len(piece) == entry.size:
                    piece = cut(piece)
                parser.Parse(piece, False)
                if len(parser.intern) > _DISTINCT_NAMES:
                    raise UnreadableFile("bad_xml", part=name, error="too many names")
                if after_piece is not None:
                    after_piece()
            parser.Parse(b"", True)
        except UnreadableFile as error:
            error.detail.setdefault("part", name)
            raise
        except (expat.ExpatError, ValueError, LookupError) as error:  # the last two: an encoding Python cannot give
            raise UnreadableFile("bad_xml", part=name, error=str(error)) from error

    def elements(
        self,
        key: str,
        inside: str,
        take: Callable[[Element], None],
        cut: Callable[[bytes], bytes] | None = None,
    ) -> str:
        """Give `take` each child of the root, for the child called `inside` its children; return the root's name.

        expat calls the tree builder's C methods directly, which is twice as fast as handlers in Python, and what was
        taken is dropped after every piece, so a large sheet never stands in memory as a tree.
        """
        harvest = _Harvest(inside, take, self.limits, lambda: self._tags)
        self.parse(key, harvest.parser, harvest.gather, cut)
        return harvest.finish()

    def _raw(self, entry: ZipEntry) -> memoryview:
        """The part's compressed bytes, after its local header was found to agree with the directory."""
        start = packed_start(bytes(self._data[entry.start : entry.start + 30]), entry)
        raw = self._data[start : start + entry.packed]
        if len(raw) < entry.packed:
            raise UnreadableFile("truncated", part=entry.name)
        return raw


class _Harvest:
    """Collects elements in a tree builder and hands each on when it is complete."""

    def __init__(
        self, inside: str, take: Callable[[Element], None], limits: FileLimits, tags: Callable[[], int]
    ) -> None:
        self._inside, self._take, self._limits, self._tags = inside, take, limits, tags
        self._root: Element | None = None
        self._mark = 0
        builder = self._builder = TreeBuilder()
        parser = self.parser = new_parser()

        def first(name: str, attrs: dict[str, str]) -> None:
            self._root = builder.start(name, attrs)
            parser.StartElementHandler = builder.start

        parser.StartElementHandler = first
        parser.EndElementHandler = builder.end
        parser.CharacterDataHandler = builder.data

    def gather(self) -> None:
        """After a piece: hand on all but the last child, which may still be open."""
        root = self._root
        if root is None or not len(root):
            return
        self._check_depth(root)
        progress, last = self._hand_on(root, 1), root[-1]
        if local(last.tag) == self._inside and len(last):
            progress += self._hand_on(last, 1)
        now = self._tags()
        if progress:
            self._mark = now
        elif now - self._mark > self._limits.block_tags:
            raise UnreadableFile("too_many_tags", limit=self._limits.block_tags)

    def finish(self) -> str:
        """At the end of the part: hand on the rest."""
        root = self._root
        assert root is not None  # expat has refused a document without an element
        self._hand_on(root, 0)
        return local(root.tag)

    def _hand_on(self, parent: Element, keep: int) -> int:
        count = len(parent) - keep
        for child in parent[:count]:
            if parent is self._root and local(child.tag) == self._inside:
                for grandchild in child:
                    self._take(grandchild)
            else:
                self._take(child)
        del parent[:count]
        return count

    def _check_depth(self, root: Element) -> None:
        """Follow what was opened last: what is open now is on that path, so the builder's stack is no deeper."""
        depth, element = 1, root
        while len(element):
            depth, element = depth + 1, element[-1]
        if depth > self._limits.xml_depth:
            raise UnreadableFile("too_deep", depth=depth, limit=self._limits.xml_depth)


def _directory(data: bytes, limits: FileLimits) -> dict[str, ZipEntry]:
    """The central directory, by normalised name; anything two readers could understand differently is refused."""
    head = data[:8]
    if head.startswith(_OLE2[:4]):
        raise UnreadableFile("ole2", whole_signature=head.startswith(_OLE2))
    entries: dict[str, ZipEntry] = {}
    for entry in zip_entries(io.BytesIO(data), limits.parts):
        if entry.flags & ENCRYPTED:
            raise UnreadableFile("encrypted", part=entry.name)
        key = _normalise(entry.name)
        if key in entries:
            raise UnreadableFile("duplicate_part", part=entry.name)
        if key.endswith("/"):
            continue
        if entry.method not in (STORED, DEFLATED):
            raise UnreadableFile("unsupported_compression", part=entry.name, method=entry.method)
        entries[key] = entry
    if not entries:
        raise UnreadableFile("empty")
    return entries


def _normalise(name: str) -> str:
    """The key of an entry's name; refuses names that would leave the package's folder."""
    path = name.replace("\\", "/")
    segments = path.split("/")
    if path.startswith("/") or ".." in segments or ":" in segments[0]:
        raise UnreadableFile("escaping_part", part=name)
    folder = "/" if path.endswith("/") else ""
    return "/".join(segment for segment in segments if segment not in ("", ".")).casefold() + folder


def _resolve(path: str) -> str:
    """The key a target means: dots resolved, never above the root."""
    segments: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            del segments[-1:]
        elif segment not in ("", "."):
            segments.append(segment)
    return "/".join(segments).casefold()
