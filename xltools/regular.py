"""Opens regular files alone: a pipe or a device is never waited for."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO


class NotRegular(OSError):
    """A folder, a pipe or a device stands there."""


def open_regular(path: Path) -> BinaryIO:
    """Return a regular file, open for reading. Raises NotRegular, OSError, and ValueError for a NUL in the path."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        if isinstance(error, IsADirectoryError) or path.is_dir():
            raise NotRegular(*error.args) from None
        raise
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise NotRegular
    return os.fdopen(descriptor, "rb")
