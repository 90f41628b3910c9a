"""A narrative as paragraphs in their sections: wrapped lines joined, headings told from text, tables kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from xltools.intake.narrative.source import Row, Source
from xltools.width import display_width

_NUMERAL = "[一二三四五六七八九十]{1,3}"
_MARKS = (
    re.compile(r"第[一二三四五六七八九十]{1,3}部分[：:、]?"),
    re.compile(rf"{_NUMERAL}、"),
    re.compile(rf"[（(]{_NUMERAL}[）)]、?"),
    re.compile(r"\d{1,2}(?:[、．]|\.(?!\d))"),
    re.compile(r"[（(]\d{1,2}[）)]、?"),
    re.compile(r"[①-⑳]|\d{1,2}[）)]"),
)
_Line = tuple[str, int]
"""A line and its page."""
_LONGEST_HEADING = 42
_END = "。！？；!?;"
_LEADERS, _PAGE_DIGITS = ".．·…‥", "0123456789０１２３４５６７８９"
_ATTACHMENT = re.compile(r"附件?\s*[\d一二三四五六七八九十]*(?:[-—]\d+)?[：:]?")
_SPACES = re.compile(r"\s+")
_PAGE_NUMBER = re.compile(r"[-—–－\s]*\d{1,3}[-—–－\s]*|第\s*\d{1,3}\s*页.{0,12}")
_HALF = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_HALF |= {ord("％"): "%", ord("．"): ".", ord("－"): "-", ord("\u3000"): " ", ord("\xa0"): " "}
_GLUE = re.compile(r"(?<![0-9A-Za-z.%])\s+|\s+(?![0-9A-Za-z])")


@dataclass(slots=True)
class Paragraph:
    """One paragraph. `text` is it on one line; `path` the marks of its section (二、（二）2、); `number` its place there."""

    text: str
    path: tuple[str, ...]
    number: int
    heading: bool
    mark: str = ""
    level: int = -1
    page: int = 0  # of a PDF: the page it begins on

    @property
    def place(self) -> str:
        """Where it stands, as a person would say it: 二、（二）第 3 段（第 5 页）."""
        where = "".join(self.path)
        page = f"（第 {self.page} 页）" if self.page else ""
        if self.heading:
            return f"标题“{self.text[:20]}”{page}"
        return f"{where or '开头'}第 {self.number} 段{page}"


@dataclass(slots=True)
class Grid:
    """A table: its rows of cells, each on one line."""

    rows: list[Row]
    path: tuple[str, ...] = ()


@dataclass(slots=True)
class Document:
    """A narrative in reading order."""

    source: Source
    paragraphs: list[Paragraph] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Everything before the first section: the title, often over several lines."""
        words = []
        for paragraph in self.paragraphs[:12]:
            if paragraph.level in (0, 1) and paragraph.heading:
                break
            if not _ATTACHMENT.fullmatch(paragraph.text):
                words.append(paragraph.text)
        return "".join(words)[:400]

    @property
    def headings(self) -> list[Paragraph]:
        """The headings, in order."""
        return [p for p in self.paragraphs if p.heading]

    def under(self, heading: Paragraph) -> list[Paragraph]:
        """The paragraphs below a heading, up to the next of its level or a higher one."""
        start = next(i for i, p in enumerate(self.paragraphs) if p is heading) + 1
        found = []
        for paragraph in self.paragraphs[start:]:
            if paragraph.heading and paragraph.level <= heading.level:
                break
            found.append(paragraph)
        return found


def tidy(text: str) -> str:
    """Return a line in everyday characters, without the blanks that mean nothing between Chinese characters."""
    text = unicodedata.normalize("NFC", text).translate(_HALF)
    text = "".join(ch for ch in text if ch == "\t" or unicodedata.category(ch) not in ("Cc", "Cf"))
    return _GLUE.sub("", _SPACES.sub(" ", text.strip()))


def read_document(source: Source) -> Document:
    """Build the paragraphs and sections of a narrative."""
    document = Document(source)
    lines: list[_Line] = []
    for block, page in zip_longest([*source.blocks, ""], source.pages, fillvalue=0):
        if isinstance(block, str):
            lines.append((block, int(page)))
        elif not isinstance(block, int):
            document.grids.append(Grid([[tidy(cell) for cell in row] for row in block]))
    told = _joined(lines) if source.wrapped else ((tidy(t), page) for t, page in lines if not _is_contents(t))
    _section(document, ((text, page) for text, page in told if text))
    return document


def _is_contents(line: str) -> bool:
    """True for a line of a table of contents: words, a tab or dots, a page. Looked at from its end, so that a line of
    nothing but dots costs no more than its length."""
    line = line.rstrip()
    words = line.rstrip(_PAGE_DIGITS)
    if not 0 < len(line) - len(words) <= 3:
        return False
    bare = words.rstrip()
    return "\t" in words[len(bare) :] or len(bare) - len(bare.rstrip(_LEADERS)) >= 3


def _joined(lines: Iterable[_Line]) -> Iterator[_Line]:
    """Yield paragraphs from lines that the page's width may have cut, each with the page it begins on."""
    kept = [
        (tidy(line.rstrip()), page)
        for line, page in lines
        if line.strip() and not _PAGE_NUMBER.fullmatch(line.strip()) and not _is_contents(line)
    ]
    widths = sorted(display_width(text) for text, _ in kept)
    full = widths[int(len(widths) * 0.9)] if widths else 0
    cut = sum(display_width(t) >= full * 0.8 and t[-1] not in _END for t, _ in kept if t)
    wrapped = full <= 120 and cut >= max(3, len(kept) // 5)
    current = last = ""
    begun = 0
    for text, page in kept:
        if not text:
            continue
        if current and not (wrapped and _goes_on(current, last, text, full)):
            yield current, begun
            current = ""
        begun = begun if current else page
        glue = " " if current and current[-1].isascii() and text[0].isascii() and current[-1].isalpha() else ""
        current += glue + text
        last = text
    if current:
        yield current, begun


def _goes_on(paragraph: str, last: str, line: str, full: int) -> bool:
    """True when `line` continues the paragraph: the line before is full, and this one starts nothing of its own."""
    if last[-1] in "，、：“（,(":
        return True
    level, mark = _mark(line)
    unfinished = (
        level < 0 and ("，" in paragraph or "," in paragraph) and last[-1] not in _END
    )  # a sentence that was begun and not ended
    if display_width(last) < full * (0.5 if unfinished else 0.8):
        return False
    if level < 0:
        return True
    return (
        last[-1] not in _END and paragraph[-1] not in _END and level >= 3 and line[len(mark) : len(mark) + 1].isdigit()
    )


def _mark(text: str) -> tuple[int, str]:
    for level, pattern in enumerate(_MARKS):
        if match := pattern.match(text):
            return level, match.group()
    return -1, ""


def is_heading(text: str, level: int, mark: str) -> bool:
    """True for a marked line that is a title and not a sentence."""
    body = text[len(mark) :].rstrip("。：:")
    if level < 0 or not body or len(body) > _LONGEST_HEADING:
        return False
    return not any(ch in body for ch in "。；！？：，") and not re.search(r"\d(?:万元|元|%|人|个)", body)


def _section(document: Document, texts: Iterable[_Line]) -> None:
    path: list[tuple[int, str]] = []
    number = 0
    for text, page in texts:
        level, mark = _mark(text)
        heading = is_heading(text, level, mark)
        if heading:
            path = [p for p in path if p[0] < level] + [(level, mark)]
            number = 0
        else:
            number += 1
        marks = tuple(m for _, m in path)
        document.paragraphs.append(Paragraph(text, marks, number, heading, mark, level, page))
