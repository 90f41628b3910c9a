"""Options that several commands share, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from xltools.bilingual import LANGS, Pair
from xltools.cli.bilingual_click import help_option, option
from xltools.cli.language import DEFAULT, OPTION, VARIABLE, language

PATHS = click.Path(path_type=Path)
LANGUAGES = click.Choice(list(LANGS))
LANG = Pair(
    f"消息的语言；写在命令前后都可以，也可设环境变量 {VARIABLE}。",
    f"The language of messages, before or after the command; or the environment variable {VARIABLE}.",
)
PASSWORDS = Pair(
    "打开密码，每行一个；命令行上不接受密码。", "Passwords, one a line; none is taken on the command line."
)
RULES = option(
    "--rules",
    type=PATHS,
    metavar="FILE",
    says=Pair(
        "规则调整（.xlsx、.csv 或 .toml）：某条规则改级别或停用，须写理由和经办人。",
        "Rules changed for this run (.xlsx, .csv, .toml): another level, or off, with reason and name.",
    ),
)
JOBS = Pair("同时工作的进程数；默认用全部处理器。", "How many processes work at once; all processors unless given.")
COMMON = (
    option(
        "--forms",
        "forms_dir",
        type=PATHS,
        metavar="DIR",
        says=Pair("本单位自己的表格定义所在的文件夹。", "The folder of the bureau's own definitions."),
    ),
    option(
        OPTION,
        type=LANGUAGES,
        envvar=VARIABLE,
        default=DEFAULT,
        show_default=True,
        callback=lambda context, _, __: language(context),
        says=LANG,
    ),
    option(
        "-q",
        "--quiet",
        is_flag=True,
        says=Pair("只输出结果，不输出进度和说明。", "Only the result; no progress, no notes."),
    ),
    option(
        "-v",
        "--verbose",
        is_flag=True,
        says=Pair(
            "多说一些：列出没有进行的审核和搁置的文件。",
            "Say more: what was not evaluated, which files were set aside.",
        ),
    ),
    option(
        "--date",
        "day",
        metavar="YYYY-MM-DD",
        says=Pair("写进输出文件的日期；不写则不含日期。", "The date written into outputs; none unless given."),
    ),
    help_option(),
)


def common(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that every command takes."""
    for add in reversed(COMMON):
        command = add(command)
    return command


def passwords_and_jobs(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of a command that opens many files."""
    command = option("--password-file", type=PATHS, metavar="F", says=PASSWORDS)(command)
    return processes(command)


def processes(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the option that says how many processes work."""
    add: Callable[[Any], Callable[..., Any]] = option(
        "-j", "--jobs", type=click.IntRange(1, 64), metavar="N", says=JOBS
    )
    return add(command)


def force(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the option that lets an output replace a file that is not ours."""
    says = Pair(
        "输出处原有的其他文件也替换，报送件的文件夹里也写；部门可能报来的文件（工作簿、压缩包、文档）从不替换。",
        "Replace another file that stands where an output goes, write among what was sent; never replace what was sent.",
    )
    add: Callable[..., Callable[..., Any]] = option("--force", is_flag=True, says=says)
    return add(command)
