"""A file's shown name taken apart: its path as given, or its place in an archive, with slashes of either kind."""

from __future__ import annotations

import contextlib


def name_of(shown: str) -> str:
    """Return the last part: 甲/自评表.xlsx → 自评表.xlsx."""
    return shown.replace("\\", "/").rpartition("/")[2]


def folder_of(shown: str) -> str:
    """Return what stands before the last part, with forward slashes; "" for a bare name."""
    return shown.replace("\\", "/").rpartition("/")[0]


def stem_of(shown: str) -> str:
    """Return the last part without its ending; a name that is nothing but an ending stays whole."""
    name = name_of(shown)
    return name.rpartition(".")[0] or name


def ending_of(shown: str) -> str:
    """Return what a name ends in, with its dot, in lower case; "" for a name without one."""
    name, dot, ending = name_of(shown).rpartition(".")
    return (dot + ending).lower() if name else ""


class Names:
    """Shown names that are given once only."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def distinct(self, shown: str) -> str:
        """Return the name, with a number behind it if another file is shown by it already."""
        ending = ending_of(shown)
        start, name, number = shown[: len(shown) - len(ending)], shown, 1
        while name in self._given:
            number += 1
            name = f"{start}〔{number}〕{ending}"
        self._given.add(name)
        return name


def readable(name: str) -> str:
    """Return a file's name with bytes that were no UTF-8 read as GBK, and without what a terminal would act upon."""
    raw = name.encode("utf-8", "surrogateescape")
    for encoding in ("utf-8", "gb18030"):
        with contextlib.suppress(UnicodeDecodeError):
            name = raw.decode(encoding)
            break
    else:
        name = raw.decode("utf-8", "replace")
    return "".join(ch if ch.isprintable() or ch == "　" else "?" for ch in name)
