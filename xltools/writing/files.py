"""Writes output files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from xltools.bilingual import Pair
from xltools.errors import UsageError
from xltools.temporary import prefix, remove_left

_CANNOT = Pair(
    "写不了 {path}：{why}；若文件正在 Excel 或 WPS 中打开，请先关闭",
    "{path} cannot be written: {why}; close it first if it is open in Excel or WPS",
)


@cache
def _cleared(folder: Path) -> None:
    """Remove, once in a run, what killed runs left in a folder."""
    remove_left(folder)


def save(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Write `data` (or its pieces) to `path` whole or not at all; raise UsageError when the place cannot be written."""
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _cleared(path.parent)
        handle, name = tempfile.mkstemp(prefix=prefix(), dir=path.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as stream:
            stream.writelines([data] if isinstance(data, bytes) else data)
        umask = os.umask(0)
        os.umask(umask)
        temporary.chmod(0o666 & ~umask)
        temporary.replace(path)
        temporary = None
    except OSError as error:
        raise UsageError(_CANNOT.format(path=path, why=error.strerror or error)) from None
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
