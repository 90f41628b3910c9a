"""Every way out of a command mapped to the contract: 0 1 2 3 130, and one line on stderr in the user's language."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

import click

from xltools.bilingual import Lang, Pair, same
from xltools.errors import XltoolsError
from xltools.json_text import harmless

OK, FINDINGS, CANNOT, NOTHING, INTERRUPTED = 0, 1, 2, 3, 130
LINE = Pair("xltools：{text}", "xltools: {text}")
SEE_HELP = Pair("用法见：{command} --help", "See: {command} --help")
STOPPED = Pair("\n已中断。", "\nInterrupted.")
NO_MEMORY = Pair("内存不足；请分批审核", "out of memory; check fewer files at a time")
NO_FILE = Pair("读写文件时出错：{why}（{file}）", "a file could not be read or written: {why} ({file})")
OURS = Pair(
    "程序内部出错，请把这一行反馈给维护者：{kind}: {error}",
    "an internal error; please report this line: {kind}: {error}",
)
NO_OPTION = Pair("没有 {name} 这个选项{close}", "no option is called {name}{close}")
CLOSE = Pair("，是否要用 {name}", ", did you mean {name}")
MISSING = Pair("缺少 {name}", "{name} is missing")
ONE_OF = Pair("{name} 只能是 {choices}", "{name} must be one of {choices}")
WRONG = Pair("{name} 的值不对：{why}", "the value of {name} is wrong: {why}")
NO_VALUE = Pair("选项 {name} 缺少值", "option {name} needs a value")
NO_FLAG_VALUE = Pair("选项 {name} 后面不写值", "option {name} takes no value")
NOT_IN_RANGE = Pair("应为 {low} 到 {high} 的整数", "it must be a whole number from {low} to {high}")


def guarded(command: Callable[[], Any], lang: Lang) -> int:
    """Run the command line and return its exit code; whatever goes wrong is one line."""
    try:
        code = command()
        sys.stdout.flush()
        return code if isinstance(code, int) else OK
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.ClickException as error:
        return _say(spoken(error), lang, getattr(error, "ctx", None))
    except XltoolsError as error:
        return _say(error.pair, lang)
    except (click.Abort, KeyboardInterrupt):
        print(STOPPED.text(lang), file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except MemoryError:
        return _say(NO_MEMORY, lang)
    except OSError as error:
        return _say(NO_FILE.format(why=error.strerror or error, file=error.filename or ""), lang)
    except Exception as error:  # noqa: BLE001 - ours, and no sender's or operator's fault: one line, exit code 2
        return _say(OURS.format(kind=type(error).__name__, error=error), lang)


def _say(text: Pair, lang: Lang, context: click.Context | None = None) -> int:
    print(harmless(LINE.format(text=text).text(lang)), file=sys.stderr)
    if context is not None:
        print(SEE_HELP.format(command=context.command_path).text(lang), file=sys.stderr)
    return CANNOT


def spoken(error: click.ClickException) -> Pair:
    """Return what click has to say against the arguments, in both languages; ours are pairs already."""
    own = getattr(error, "text", None)
    if isinstance(own, Pair):
        return own
    if isinstance(error, click.NoSuchOption):
        close = CLOSE.format(name=error.possibilities[0]) if error.possibilities else ""
        return NO_OPTION.format(name=error.option_name, close=close)
    if isinstance(error, click.MissingParameter):
        return MISSING.format(name=_name(error))
    if isinstance(error, click.BadParameter):
        return _bad_value(error)
    if isinstance(error, click.BadOptionUsage):
        taken = error.ctx.command.params if error.ctx is not None else []
        flag = any(isinstance(p, click.Option) and p.is_flag and error.option_name in p.opts for p in taken)
        return (NO_FLAG_VALUE if flag else NO_VALUE).format(name=error.option_name)
    return same(error.format_message())


def _name(error: click.BadParameter) -> str:
    """What the user calls a parameter: an option by its long name, an argument as the usage line does."""
    if isinstance(error.param, click.Argument) and error.ctx is not None:
        return error.param.make_metavar(error.ctx)
    return error.param.opts[-1] if error.param is not None else ""


def _bad_value(error: click.BadParameter) -> Pair:
    kind = getattr(error.param, "type", None)
    if isinstance(kind, click.Choice):
        choices = [str(c) for c in kind.choices]
        return ONE_OF.format(name=_name(error), choices=Pair("、".join(choices), ", ".join(choices)))
    why = NOT_IN_RANGE.format(low=kind.min, high=kind.max) if isinstance(kind, click.IntRange) else same(error.message)
    return WRONG.format(name=_name(error), why=why)
