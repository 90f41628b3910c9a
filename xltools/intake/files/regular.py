"""The bytes of a regular file: a pipe or a device is never waited for, and no more is read than the bound."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import BinaryIO

from xltools.bilingual import Pair
from xltools.errors import UnreadableFile, UsageError
from xltools.intake.files.bounds import MIB, FileLimits
from xltools.regular import NotRegular, open_regular

NOT_THERE = Pair("没有这个{what}：{path}", "there is no such {what}: {path}")
NOT_A_FILE = Pair("{what} {path} 不是普通文件", "the {what} {path} is no regular file")
NOT_OPENED = Pair("{what} {path} 打不开", "the {what} {path} cannot be opened")
TOO_LARGE = Pair(
    "{what} {path} 超过 {megabytes} MB，不会是这个程序要的文件", "the {what} {path} is larger than {megabytes} MB"
)


def opened(path: Path) -> BinaryIO:
    """Return a regular file, open for reading. Raises UnreadableFile: not_a_file, cannot_open."""
    try:
        return open_regular(path)
    except NotRegular as error:
        raise UnreadableFile("not_a_file", error=str(error)) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise UnreadableFile("cannot_open", error=str(error)) from error


def read_file(path: Path, limits: FileLimits) -> bytes:
    """The file's bytes, and no more than one beyond the limit. Raises UnreadableFile."""
    with opened(path) as file:
        try:
            return file.read(limits.file_bytes + 1)
        except OSError as error:
            raise UnreadableFile("cannot_open", error=str(error)) from error


def hash_of(path: Path) -> str:
    """The SHA-256 of a regular file, whatever its size; "" when it cannot be read."""
    digest = hashlib.sha256()
    try:
        with opened(path) as file:
            while piece := file.read(MIB):
                digest.update(piece)
    except (OSError, UnreadableFile):
        return ""
    return digest.hexdigest()


def own_file(path: Path, most: int, what: Pair) -> bytes:
    """Return the bytes of a file of the operator's own. Raises UsageError, which says `what` it was to be."""
    try:
        with opened(path) as file:
            data = file.read(most + 1)
    except UnreadableFile as error:
        why = NOT_THERE if not path.exists() else NOT_A_FILE if error.reason == "not_a_file" else NOT_OPENED
        raise UsageError(why.format(what=what, path=path)) from None
    except OSError as error:
        raise UsageError(NOT_OPENED.format(what=what, path=path)) from error
    if len(data) > most:
        raise UsageError(TOO_LARGE.format(what=what, path=path, megabytes=most // MIB))
    return data
