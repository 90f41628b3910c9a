"""click's errors and exits mapped to the contract: Chinese lines, 0 1 2 3 130."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from xltools.errors import XltoolsError

OK, FINDINGS, CANNOT, NOTHING, INTERRUPTED = 0, 1, 2, 3, 130


class Group(click.Group):
    """A click group whose every way out is the contract's."""

    def main(self, args: Sequence[str] | None = None, **extra: Any) -> Any:  # type: ignore[override]
        """Run and return the exit code; never a traceback for what a person did."""
        extra["standalone_mode"] = False
        try:
            code = super().main(args, **extra)
            sys.stdout.flush()
            return code if isinstance(code, int) else OK
        except click.exceptions.Exit as leave:
            return leave.exit_code
        except click.UsageError as error:
            return _say(_in_chinese(error), error)
        except click.ClickException as error:
            return _say(error.format_message(), error)
        except XltoolsError as error:
            return _say(str(error))
        except (click.Abort, KeyboardInterrupt):
            print("\n已中断。", file=sys.stderr)
            return INTERRUPTED
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return OK
        except MemoryError:
            return _say("内存不足；请分批审核")
        except OSError as error:
            return _say(f"读写文件时出错：{error.strerror or error}（{error.filename or ''}）")
        except Exception as error:  # noqa: BLE001 - ours, and no sender's or operator's fault: one line, exit code 2
            return _say(f"程序内部出错，请把这一行反馈给维护者：{type(error).__name__}: {error}")

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command, or answer an unknown one with the nearest word."""
        command = super().get_command(ctx, cmd_name)
        if command is None:
            from difflib import get_close_matches

            close = get_close_matches(cmd_name, self.list_commands(ctx), n=1, cutoff=0.4)
            hint = f"，是否要用 {close[0]}" if close else ""
            raise click.UsageError(f"没有 {cmd_name} 这个命令{hint}；用 xltools --help 查看全部命令", ctx)
        return command


def _say(message: str, error: click.ClickException | None = None) -> int:
    print(f"xltools：{message}", file=sys.stderr)
    context = getattr(error, "ctx", None)
    if context is not None:
        print(f"用法见：{context.command_path} --help", file=sys.stderr)
    return CANNOT


def _in_chinese(error: click.UsageError) -> str:
    """Say click's usage errors in Chinese; ours are already."""
    if isinstance(error, click.NoSuchOption):
        close = f"，是否要用 {error.possibilities[0]}" if error.possibilities else ""
        return f"没有 {error.option_name} 这个选项{close}"
    if isinstance(error, click.MissingParameter):
        name = error.param.make_metavar(error.ctx) if error.param is not None and error.ctx is not None else ""
        return f"缺少 {name}"
    if isinstance(error, click.BadParameter):
        name = error.param.opts[-1] if error.param is not None else ""
        if isinstance(error.param, click.Option | click.Argument) and isinstance(error.param.type, click.Choice):
            return f"{name} 只能是 {'、'.join(map(str, error.param.type.choices))}"
        return f"{name} 的值不对：{error.format_message()}"
    if isinstance(error, click.BadOptionUsage):
        return f"选项 {error.option_name} 缺少值"
    return error.format_message()
