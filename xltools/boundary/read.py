"""Reads TOML files of ours and of the operator: UTF-8 with or without a mark at its beginning."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from xltools.bilingual import Pair
from xltools.boundary.walk import Fault

ABSENT = Pair("没有这个文件", "no such file")


def read_toml(path: Path, missing: Pair = ABSENT) -> tuple[dict[str, Any], list[Fault]]:
    """Return what a TOML file holds, or nothing and why it cannot be read; `missing` is said where there is no file."""
    text, found = _text(path, missing)
    try:
        return tomllib.loads(text), found
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return {}, [Fault(path.name, Pair(f"TOML 写法有误：{error}", f"not valid TOML: {error}"))]


def _text(path: Path, missing: Pair = ABSENT) -> tuple[str, list[Fault]]:
    try:
        return path.read_bytes().decode("utf-8-sig"), []
    except FileNotFoundError:
        says = missing
    except OSError as error:
        says = Pair(f"打不开：{error.strerror or error}", f"cannot be opened: {error.strerror or error}")
    except UnicodeDecodeError as error:
        says = Pair(
            f"不是 UTF-8 文本（第 {error.start} 字节）；请另存为 UTF-8",
            f"not UTF-8 (byte {error.start}); save it as UTF-8",
        )
    return "", [Fault(path.name, says)]
