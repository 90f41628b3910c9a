"""click in Chinese and English: commands and options whose help is a pair, and all of click's own words."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from difflib import get_close_matches
from typing import Any

import click

from xltools.bilingual import Pair
from xltools.cli.errors import CLOSE, guarded
from xltools.cli.language import asked_for, language

USAGE = Pair("用法：", "Usage: ")
OPTIONS = Pair("选项：", "Options:")
COMMANDS = Pair("命令：", "Commands:")
METAVARS = {"[OPTIONS]": Pair("[选项]", "[OPTIONS]"), "COMMAND [ARGS]...": Pair("命令 [参数]...", "COMMAND [ARGS]...")}
DEFAULT_IS = Pair("默认：{value}", "default: {value}")
REQUIRED = Pair("必须给出", "required")
HELP = Pair("显示这段说明。", "Show this message and exit.")
NO_COMMAND = Pair(
    "没有 {name} 这个命令{close}；用 xltools --help 查看全部命令",
    "no command is called {name}{close}; xltools --help lists them",
)
TOO_MANY = Pair("多出的参数：{words}", "more arguments than the command takes: {words}")
HELP_NAMES = ("-h", "--help")


class SpokenError(click.UsageError):
    """A usage error of ours, in both languages."""

    def __init__(self, text: Pair, context: click.Context | None = None) -> None:
        super().__init__(text.zh, context)
        self.text = text


class SpokenOption(click.Option):
    """An option whose help is a pair."""

    def __init__(self, *names: Any, says: Pair, **attributes: Any) -> None:
        super().__init__(*names, **attributes | {"help": says.zh})
        self.says = says

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the option's names and its help, with what click adds to it."""
        record = super().get_help_record(ctx)
        if record is None:
            return None
        lang = language(ctx)
        extra = "; ".join(pair.text(lang) for pair in self._extra())
        return record[0], self.says.text(lang) + (f"  [{extra}]" if extra else "")

    def _extra(self) -> Iterator[Pair]:
        if self.show_default and self.default is not None:
            yield DEFAULT_IS.format(value=self.default)
        if isinstance(self.type, click.IntRange):
            bounds = f"{self.type.min}<=x<={self.type.max}"
            yield Pair(bounds, bounds)
        if self.required:
            yield REQUIRED


class _Spoken(click.Command):
    """A command whose help is a pair, and whose page has no word in another language."""

    def __init__(self, *arguments: Any, says: Pair, **attributes: Any) -> None:
        super().__init__(*arguments, **attributes | {"help": says.zh, "add_help_option": False})
        self.says = says

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        lang = language(ctx)
        pieces = [METAVARS[p].text(lang) if p in METAVARS else p for p in self.collect_usage_pieces(ctx)]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=USAGE.text(lang))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command is for."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(self.says.text(language(ctx)))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        options = [p for p in self.get_params(ctx) if isinstance(p, click.Option)]
        _list(formatter, OPTIONS.text(language(ctx)), [r for o in options if (r := o.get_help_record(ctx)) is not None])


class SpokenCommand(_Spoken):
    """A command that does something."""

    allow_extra_args = True  # so that what is too much is refused in our words

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse; refuse what no parameter takes."""
        rest = super().parse_args(ctx, args)
        if rest:
            raise SpokenError(TOO_MANY.format(words=" ".join(rest)), ctx)
        return rest


class SpokenGroup(_Spoken, click.Group):
    """The whole command line: every way out of it is the contract's."""

    def main(self, args: Sequence[str] | None = None, **extra: Any) -> Any:  # type: ignore[override]
        """Run and return the exit code; never a traceback for what a person did."""
        given = sys.argv[1:] if args is None else list(args)
        lang = asked_for(given, os.environ)
        extra |= {"standalone_mode": False, "obj": lang, "prog_name": "xltools"}
        return guarded(lambda: super(SpokenGroup, self).main(given, **extra), lang)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command, or answer an unknown one with the nearest word."""
        command = super().get_command(ctx, cmd_name)
        if command is None:
            nearest = get_close_matches(cmd_name, self.list_commands(ctx), n=1, cutoff=0.4)
            close = CLOSE.format(name=nearest[0]) if nearest else ""
            raise SpokenError(NO_COMMAND.format(name=cmd_name, close=close), ctx)
        return command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands."""
        super().format_options(ctx, formatter)
        lang = language(ctx)
        rows = [(name, self.commands[name].says.text(lang)) for name in self.list_commands(ctx)]  # type: ignore[attr-defined]
        _list(formatter, COMMANDS.text(lang), rows)


def _list(formatter: click.HelpFormatter, title: str, rows: Sequence[tuple[str, str]]) -> None:
    formatter.write_paragraph()
    formatter.write(f"{title}\n")
    with formatter.indentation():
        formatter.write_dl(rows)


def option(*names: str, says: Pair, **attributes: Any) -> Callable[[Any], Any]:
    """Return the decorator that adds an option whose help is a pair."""
    return click.option(*names, cls=SpokenOption, says=says, **attributes)


def help_option() -> Callable[[Any], Any]:
    """Return the decorator that adds -h and --help."""
    return click.help_option(*HELP_NAMES, cls=SpokenOption, says=HELP)
