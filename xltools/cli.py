"""The command line (a contract, see docs/architecture.md): options in, one job called, exit code out; no logic."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from xltools import __version__
from xltools.cli_errors import Group

PATHS = click.Path(path_type=Path)
LANGUAGES = click.Choice(["zh", "en"])


def common(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that every command takes."""
    for option in reversed(
        (
            click.option("--forms", "forms_dir", type=PATHS, metavar="DIR", help="本单位自己的表格定义所在的文件夹。"),
            click.option(
                "--lang",
                type=LANGUAGES,
                envvar="XLTOOLS_LANG",
                default="zh",
                show_default=True,
                help="消息的语言；也可设环境变量 XLTOOLS_LANG。",
            ),
            click.option("-q", "--quiet", is_flag=True, help="只输出结果，不输出进度和说明。"),
            click.option("-v", "--verbose", is_flag=True, help="多说一些：列出没有进行的审核和搁置的文件。"),
            click.option(
                "--date", "day", metavar="YYYY-MM-DD", default=None, help="写进输出文件的日期；不写则不含日期。"
            ),
        )
    ):
        command = option(command)
    return command


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", message="xltools %(version)s", help="显示版本。")
def main() -> None:
    """部门整体支出绩效自评：生成填报表、审核报送件、汇总。"""


@main.command("forms")
@click.argument("action", type=click.Choice(["copy"]), required=False)
@click.argument("form", required=False)
@click.argument("folder", type=PATHS, required=False)
@common
def forms_command(**options: Any) -> int:
    """列出现有的表格；forms copy FORM DIR 复制一套定义供修改。"""
    from xltools.jobs import forms

    return forms.run(**options)


@main.command("template")
@click.argument("form")
@click.option("-o", "--output", type=PATHS, metavar="OUT", help="输出的文件；用名册时为文件夹。")
@click.option("--roster", type=PATHS, metavar="FILE", help="部门名册（.xlsx 或 .csv）：每个部门一份预填好的表。")
@click.option("--values", type=PATHS, metavar="FILE.json", help="填入的值（xltools read 给出的 JSON）。")
@click.option("--previous", type=PATHS, metavar="DIR", help="上年或旧版的工作簿：能对上的内容带入本表，其余列出。")
@common
def template_command(**options: Any) -> int:
    """生成填报工作簿：空白的、按名册预填的、按给定值填好的、由上年工作簿带入的。"""
    from xltools.jobs import template

    return template.run(**options)


@main.command("read")
@click.argument("file", type=PATHS)
@click.option("--password-file", type=PATHS, metavar="F", help="打开密码，每行一个；命令行上不接受密码。")
@common
def read_command(**options: Any) -> int:
    """把一份报送件读成 JSON：逐格说明读到了什么。"""
    from xltools.jobs import read

    return read.run(**options)


@main.command("check")
@click.argument("paths", type=PATHS, nargs=-1, required=True)
@click.option("--roster", type=PATHS, metavar="FILE", help="部门名册：核对谁没有报、谁不在册。")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "xlsx"]),
    default="text",
    show_default=True,
    help="输出的格式；xlsx 为问题工作簿，须用 -o 指定文件。",
)
@click.option("-o", "--output", type=PATHS, metavar="OUT", help="写到文件，而不是屏幕。")
@click.option("--return", "return_dir", type=PATHS, metavar="DIR", help="为有问题的报送件生成退回件和通知。")
@click.option("--decisions", type=PATHS, metavar="FILE", help="填好处理意见的问题工作簿：豁免的不再计入。")
@click.option("--previous", type=PATHS, metavar="PATH", help="上年的工作簿（文件夹），或上一轮的 JSON 报告，用来对照。")
@click.option("--select", multiple=True, metavar="CODES", help="只报告这些规则：编号的开头或名称，逗号分开。")
@click.option("--ignore", multiple=True, metavar="CODES", help="不报告这些规则。")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "confirm", "notice"]),
    default="error",
    show_default=True,
    help="有这一级及以上未处理的问题时，退出码为 1。",
)
@click.option("--require-narrative", is_flag=True, help="只有工作簿或只有自评报告的，按错误处理。")
@click.option("--password-file", type=PATHS, metavar="F", help="打开密码，每行一个；命令行上不接受密码。")
@click.option("--no-cache", is_flag=True, help="不用上次留下的结果，全部重新审核。")
@click.option("-j", "--jobs", type=click.IntRange(1, 64), metavar="N", help="同时工作的进程数；默认用全部处理器。")
@common
def check_command(**options: Any) -> int:
    """审核报送件（文件或文件夹）。"""
    from xltools.jobs import check

    return check.run(**options)


@main.command("summary")
@click.argument("paths", type=PATHS, nargs=-1, required=True)
@click.option("-o", "--output", type=PATHS, required=True, metavar="OUT.xlsx", help="汇总工作簿。")
@click.option("--roster", type=PATHS, metavar="FILE", help="部门名册：列出未报送的部门，按归口科室排列。")
@click.option("--include", type=click.Choice(["failed"]), help="把有错误或待核实的报送件也计入合计（逐行标明）。")
@click.option("--previous", type=PATHS, metavar="PATH", help="上年的报送件：列出较上年的增减。")
@click.option("--decisions", type=PATHS, metavar="FILE", help="写好处理意见的问题工作簿。")
@click.option("--by-unit", is_flag=True, help="另按归口科室各生成一个工作簿（要有名册）。")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["xlsx", "csv", "json"]),
    default="xlsx",
    show_default=True,
    help="输出的格式；csv 时 -o 为文件夹。",
)
@click.option("--bureau", default="", metavar="NAME", help="封面上的编制单位。")
@click.option("--password-file", type=PATHS, metavar="F", help="打开密码，每行一个；命令行上不接受密码。")
@click.option("-j", "--jobs", type=click.IntRange(1, 64), metavar="N", help="同时工作的进程数；默认用全部处理器。")
@common
def summary_command(**options: Any) -> int:
    """把报送件汇总成一个工作簿。"""
    from xltools.jobs import summary

    return summary.run(**options)


@main.command("narrative")
@click.argument("files", type=PATHS, nargs=-1, required=True)
@click.option("-o", "--output", type=PATHS, metavar="OUT", help="输出的 .docx 文件；多个工作簿时为文件夹。")
@click.option("--draft", is_flag=True, help="工作簿还有错误也生成，每页标明草稿。")
@common
def narrative_command(**options: Any) -> int:
    """由填好的工作簿写出自评报告（附件2，Word 文档）。"""
    from xltools.jobs import narrative

    return narrative.run(**options)


@main.command("rules")
@click.argument("code", required=False)
@common
def rules_command(**options: Any) -> int:
    """列出全部审核规则；给出编号时显示该规则的说明。"""
    from xltools.jobs import rules

    return rules.run(**options)


@main.command("demo")
@click.argument("folder", type=PATHS, required=False)
@common
def demo_command(**options: Any) -> int:
    """用自带的示例走一遍：生成、审核、汇总。"""
    from xltools.jobs import demo

    return demo.run(**options)


def entry() -> None:
    """Run the command line and leave with the contract's exit code."""
    from xltools.console import prepare_streams

    prepare_streams()
    sys.exit(main(standalone_mode=False))


if __name__ == "__main__":
    entry()
