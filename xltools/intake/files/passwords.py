"""The passwords of a run: one a line in the operator's file, tried in turn on what is encrypted."""

from __future__ import annotations

from pathlib import Path

from xltools.bilingual import Pair
from xltools.errors import UsageError
from xltools.intake.files.bounds import MIB
from xltools.intake.files.regular import own_file

WHAT = Pair("密码文件", "password file")
NONE = Pair("密码文件里没有密码：{path}；每行写一个", "the password file {path} holds no password; write one a line")
TOO_MANY = Pair("密码文件 {path} 里的密码超过 {most} 个", "the password file {path} holds more than {most} passwords")
MOST = 1_000


def read_passwords(path: Path | None) -> tuple[str, ...]:
    """Return the passwords in a file (UTF-8, or GBK as Notepad may save it). Raises UsageError."""
    if path is None:
        return ()
    data = own_file(path, MIB, WHAT)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", "replace")
    found = tuple(dict.fromkeys(line for line in text.splitlines() if line.strip()))
    if not found:
        raise UsageError(NONE.format(path=path))
    if len(found) > MOST:
        raise UsageError(TOO_MANY.format(path=path, most=MOST))
    return found
