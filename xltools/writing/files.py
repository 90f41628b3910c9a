"""Writes output files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from xltools.bilingual import Pair
from xltools.errors import UsageError

_STAYS = Pair(
    "{path} 已经存在，又移不开（{why}）；请换一个输出位置",
    "{path} is there already and cannot be moved ({why}); name another place",
)
_CANNOT = Pair(
    "写不了 {path}：{why}；若文件正在 Excel 或 WPS 中打开，请先关闭",
    "{path} cannot be written: {why}; close it first if it is open in Excel or WPS",
)


def keep_aside(path: Path) -> Path:
    """Give a file that stands where an output will stand another name, and return it: nothing is replaced unseen."""
    number, target = 1, path.with_stem(f"{path.stem}（原有）")
    while target.exists():
        number += 1
        target = path.with_stem(f"{path.stem}（原有{number}）")
    try:
        path.rename(target)
    except OSError as error:
        raise UsageError(_STAYS.format(path=path, why=error.strerror or error)) from None
    return target


def save(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Write `data` (or its pieces) to `path` whole or not at all; raise UsageError when the place cannot be written."""
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".xltools-", dir=path.parent)
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
