"""Writes output files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from xltools.errors import UsageError


def keep_aside(path: Path) -> Path:
    """Give a file that stands where an output will stand another name, and return it: nothing is replaced unseen."""
    number, target = 1, path.with_stem(f"{path.stem}（原有）")
    while target.exists():
        number += 1
        target = path.with_stem(f"{path.stem}（原有{number}）")
    try:
        path.rename(target)
    except OSError as error:
        raise UsageError(f"{path} 已经存在，又移不开（{error.strerror or error}）；请换一个输出位置") from None
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
        raise UsageError(
            f"写不了 {path}：{error.strerror or error}；若文件正在 Excel 或 WPS 中打开，请先关闭"
        ) from None
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
