"""The passwords of a run: one a line in the operator's file, tried in turn on what is encrypted."""

from __future__ import annotations

from pathlib import Path

from xltools.errors import UsageError


def read_passwords(path: Path | None) -> tuple[str, ...]:
    """Return the passwords in a file (UTF-8, or GBK as Notepad may save it). Raises UsageError."""
    if path is None:
        return ()
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"密码文件读不了：{path}（{error.strerror or error}）") from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", "replace")
    found = tuple(dict.fromkeys(line for line in text.splitlines() if line.strip()))
    if not found:
        raise UsageError(f"密码文件里没有密码：{path}；每行写一个")
    return found
