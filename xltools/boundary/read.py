"""Reads TOML and JSON files of ours and of the operator: regular, of a size that is bounded, UTF-8 with or without a mark."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

from xltools.bilingual import Pair
from xltools.boundary.plain import said_of
from xltools.boundary.walk import Fault
from xltools.regular import NotRegular, open_regular

MOST_BYTES, MOST_IN_LINE, MOST_DOTS = 4 << 20, 8_000, 200
"""A key of many dots takes memory with the square of its length: no line of ours is a tenth as long."""
NO_FILE = Pair("不是普通文件", "no regular file")
TOO_LARGE = Pair("文件过大，或有一行过长", "the file is too large, or a line of it is too long")
NOT_TOML = Pair("TOML 写法有误：{error}", "not valid TOML: {error}")
NOT_JSON = Pair("JSON 写法有误：{error}", "not valid JSON: {error}")
NO_OBJECT = Pair("应是 {} 括起的一组值", "expected values in {}")
TOO_ODD = Pair("TOML 写法有误：数字过长或嵌套过深", "not valid TOML: a number is too long, or it is nested too deep")
ABSENT = Pair("没有这个文件", "no such file")


def read_toml(path: Path, missing: Pair = ABSENT) -> tuple[dict[str, Any], list[Fault]]:
    """Return what a TOML file holds, or nothing and why it cannot be read; `missing` is said where there is no file."""
    text, found = read_text(path, missing)
    try:
        return tomllib.loads(text), found
    except tomllib.TOMLDecodeError as error:
        return {}, [Fault(path.name, NOT_TOML.format(error=said_of(error)))]
    except (ValueError, RecursionError):
        return {}, [Fault(path.name, TOO_ODD)]


def read_object(path: Path) -> tuple[dict[str, Any], list[Fault]]:
    """Return the object that a JSON file holds, or nothing and why it cannot be read."""
    text, found = read_text(path)
    try:
        made = {} if found else json.loads(text)
    except (ValueError, RecursionError) as error:
        return {}, [Fault(path.name, NOT_JSON.format(error=said_of(error)))]
    if not isinstance(made, dict):
        return {}, [Fault(path.name, NO_OBJECT)]
    return made, found


def read_text(path: Path, missing: Pair = ABSENT) -> tuple[str, list[Fault]]:
    """Return what a text file holds, or nothing and why it cannot be read."""
    try:
        with open_regular(path) as file:
            data = file.read(MOST_BYTES + 1)
        text = "" if len(data) > MOST_BYTES else data.decode("utf-8-sig")
        lines = text.splitlines()
        if len(data) > MOST_BYTES or max(map(len, lines), default=0) > MOST_IN_LINE:
            return "", [Fault(path.name, TOO_LARGE)]
        if max((line.partition("=")[0].count(".") for line in lines), default=0) > MOST_DOTS:
            return "", [Fault(path.name, TOO_ODD)]
        return text, []
    except NotRegular:
        says = NO_FILE
    except FileNotFoundError:
        says = missing
    except OSError as error:
        says = Pair(f"打不开：{error.strerror or error}", f"cannot be opened: {error.strerror or error}")
    except UnicodeDecodeError as error:
        says = said_of(error, data)
    return "", [Fault(path.name, says)]
