"""Fills Word templates. A bureau's own is filled in a watched process: a slip of its pen may loop for ever.

What is wrong with a template is said in plain words, in one line.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from xltools.bilingual import Pair
from xltools.errors import DefinitionError, UnreadableFile
from xltools.form import shipped_folder
from xltools.intake.files.bounds import bounds
from xltools.intake.files.worker import run_watched

T = TypeVar("T")
FAULTY = Pair("{path}：模板中的写法有误：{what}", "{path}: the template is faulty: {what}")
NO_WORD = Pair(
    "{path}：不是能用的 Word 模板（.docx）；请用 Word 打开看看，或从原来的模板重新修改",
    "{path}: no usable Word template (.docx); open it in Word, or start again from the original",
)
_UNKNOWN = Pair("没有“{name}”这一项", "there is no “{name}”")
_NOT_CLOSED = Pair("大括号不配对，或语句不完整", "a brace is not closed, or a statement is not complete")
_NOT_ALLOWED = Pair("用了模板里不能用的写法（如过大的 range、访问内部属性）", "what a template may not use")
_NO_RESULT = Pair("有一处算不出结果（如文字与数相加、除以零）", "something in it has no result (as a division by zero)")
_TOO_MUCH = Pair(
    "填写它的时间或内存超过上限，多半是循环过多", "filling it takes too much time or memory: a loop too many?"
)
_NAME = re.compile(r"'([^']*)'(?: is undefined)?$")


def filled(source: bytes, context: Mapping[str, Any], path: Path | str) -> Any:
    """Return the document that a template gives. Raises DefinitionError."""
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
    from jinja2.sandbox import SandboxedEnvironment

    try:
        document = DocxTemplate(io.BytesIO(source))
        document.get_docx()
    except Exception:  # noqa: BLE001 - a bureau's file may be anything; the operator needs one line
        raise DefinitionError(NO_WORD.format(path=path)) from None
    try:
        document.render(context, SandboxedEnvironment(undefined=StrictUndefined), autoescape=True)
    except DefinitionError:  # said by a word of the template already
        raise
    except UndefinedError as error:
        name = _NAME.search(str(error))
        what = _UNKNOWN.format(name=name[1]) if name is not None else _NO_RESULT
    except TemplateSyntaxError:
        what = _NOT_CLOSED
    except (TemplateError, OverflowError, RecursionError):
        what = _NOT_ALLOWED
    except MemoryError:
        what = _TOO_MUCH
    except Exception:  # noqa: BLE001 - a template is a program of the bureau's, which may fail in any way
        what = _NO_RESULT
    else:
        return document
    raise DefinitionError(FAULTY.format(path=path, what=what))


def in_bounds(template: Path, fill: Callable[..., T], *arguments: Any) -> T:
    """Return `fill(*arguments)`, which fills a template; one that is not of the program's own within bounds."""
    if template.resolve().is_relative_to(shipped_folder().resolve()):
        return fill(*arguments)
    try:
        return run_watched(fill, arguments, bounds().work)
    except UnreadableFile:
        raise DefinitionError(FAULTY.format(path=template, what=_TOO_MUCH)) from None
