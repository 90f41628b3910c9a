"""The commands: their options in both languages, each calling its job."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from xltools import __version__
from xltools.bilingual import Pair
from xltools.cli.bilingual_click import SpokenCommand, SpokenGroup, SpokenOption, help_option, option
from xltools.cli.errors import OK
from xltools.cli.language import DEFAULT, OPTION, language
from xltools.cli.options import LANG, LANGUAGES, PATHS, RULES, common, force, passwords_and_jobs
from xltools.intake.columns import COLUMNS
from xltools.output.formats import FORMATS

ENDINGS = (*(one.endings[0] for one in FORMATS.values()), ".xlsx")
SHOW_VERSION = Pair("显示版本。", "Show the version and exit.")
GREETING = Pair(
    "xltools：部门整体支出绩效自评。常用三步：\n"
    "  1. 建一轮的文件夹    xltools round new 2023年度自评 --form guangdong-2023 --roster 名册.xlsx\n"
    "  2. 生成要下发的表    xltools round next 2023年度自评\n"
    "  3. 收到的放进“收件”，再运行一次上面的命令：审核、退回、汇总\n"
    "没有名册：xltools template --roster-template；先看示例：xltools demo；全部命令：xltools --help",
    "xltools: the self-evaluation of departments' spending. The three usual steps:\n"
    "  1. a folder for the round    xltools round new 2023 --form guangdong-2023 --roster roster.xlsx\n"
    "  2. the workbooks to send out    xltools round next 2023\n"
    "  3. put what comes back into its inbox and run the same again: check, return, sum up\n"
    "No roster: xltools template --roster-template; an example: xltools demo; all commands: xltools --help",
)


@click.group(
    cls=SpokenGroup,
    invoke_without_command=True,
    subcommand_metavar="COMMAND [ARGS]...",
    context_settings={"max_content_width": 100},
    says=Pair(
        "部门整体支出绩效自评：生成填报表、审核报送件、汇总。",
        "The self-evaluation of departments' spending: make the workbooks, check what comes back, sum up.",
    ),
)
@click.version_option(
    __version__, "-V", "--version", message="xltools %(version)s", cls=SpokenOption, says=SHOW_VERSION
)
@option(OPTION, type=LANGUAGES, default=DEFAULT, show_default=True, expose_value=False, says=LANG)
@help_option()
@click.pass_context
def main(context: click.Context) -> None:
    """Greet where no command was given."""
    if context.invoked_subcommand is None:
        click.echo(GREETING.text(language(context)))
        context.exit(OK)


def command(name: str, zh: str, en: str) -> Callable[[Callable[..., Any]], click.Command]:
    """Return the decorator that makes a function one of the commands."""
    return main.command(name, cls=SpokenCommand, says=Pair(zh, en))


@command(
    "template",
    "生成填报工作簿：空白的、按名册预填的、按给定值填好的、由上年工作簿带入的。",
    "Make workbooks: blank, prefilled from a roster, filled with values, carried over from last year's.",
)
@click.argument("form", required=False)
@option(
    "-o",
    "--output",
    type=PATHS,
    metavar="OUT",
    says=Pair("输出的文件；用名册时为文件夹。", "The file to write; a folder with a roster."),
)
@option(
    "--roster",
    type=PATHS,
    metavar="FILE",
    says=Pair(
        "部门名册（.xlsx 或 .csv）：每个部门一份预填好的表。列：{columns}；前两列必填，“单位代码”“单位名称”“联系电话”等写法也认得，"
        "上面可以有标题行；别的列与表格的项目同名的（编制数、年初预算数……）也预填。有“项目编码”“项目名称”两列的，一个项目一份。",
        "The roster of departments (.xlsx or .csv): a prefilled workbook for each. Its columns are those that "
        "--roster-template writes, or their usual other names; a heading may stand above them. Other columns named like an "
        "item of the form are prefilled too. With a code and a name of projects it lists projects: a workbook for each.",
    ).format(columns="、".join(COLUMNS)),
)
@option(
    "--roster-template",
    is_flag=True,
    says=Pair(
        "生成一份空白名册（名册.xlsx），带填写说明；写明是项目的表格，就是项目名册。",
        "Write an empty roster, with what its columns mean; for a form about projects, a roster of projects.",
    ),
)
@option(
    "--values",
    type=PATHS,
    metavar="FILE.json",
    says=Pair("填入的值（xltools read 给出的 JSON）。", "Values to fill in (the JSON that xltools read gives)."),
)
@option(
    "--previous",
    type=PATHS,
    metavar="DIR",
    says=Pair(
        "上年或旧版的工作簿：能对上的内容带入本表，其余列出。上年的指标只带名称、单位和方向，旁边显示上年目标和完成；文字标明是上年的。",
        "Older workbooks: what fits is carried over, the rest is listed. Of last year's indicators name, unit and direction, "
        "beside them last year's target and result; texts are marked as last year's.",
    ),
)
@option(
    "--sample",
    type=int,
    metavar="N",
    says=Pair(
        "试用表格：生成 N 份随机填报，满足全部规则（写到 -o 的文件夹）。",
        "To try a form: N invented fillings that hold every rule, written to the folder -o.",
    ),
)
@option(
    "--break",
    "broken",
    multiple=True,
    metavar="CODES",
    says=Pair(
        "与 --sample 一起用：每份只违反这些规则，如 BA101 或 BA101,EX106；写 list 列出可用的编号。",
        "With --sample: each filling breaks just these rules, as BA101 or BA101,EX106; “list” shows the codes.",
    ),
)
@option(
    "--seed",
    type=int,
    default=1,
    show_default=True,
    metavar="S",
    says=Pair("随机填报的种子：同样的种子得到同样的填报。", "The seed of the fillings: the same one gives the same."),
)
@force
@common
def template_command(**options: Any) -> int:
    """Make workbooks."""
    from xltools.jobs import template

    return template.run(template.TemplateOptions(**options))


@command("check", "审核报送件（文件或文件夹）。", "Check submissions (files or folders).")
@click.argument("paths", type=PATHS, nargs=-1, required=True)
@option(
    "--roster",
    type=PATHS,
    metavar="FILE",
    says=Pair("部门名册：核对谁没有报、谁不在册。", "The roster: who has not reported, who is not on it."),
)
@option(
    "--format",
    "format_",
    type=click.Choice([*FORMATS, "xlsx"]),
    says=Pair(
        f"输出的格式；不写则看 -o 的结尾（{'、'.join(ENDINGS)}），没有 -o 时为文本。xlsx 为问题工作簿。",
        "The format; unless given, what the ending of -o says, text without -o. xlsx is the findings workbook.",
    ),
)
@option(
    "-o",
    "--output",
    type=PATHS,
    metavar="OUT",
    says=Pair("写到文件，而不是屏幕。", "Write to a file instead of the screen."),
)
@option(
    "--return",
    "return_dir",
    type=PATHS,
    metavar="DIR",
    says=Pair("为有问题的报送件生成退回件和通知。", "Make return copies and notices of what is not clean."),
)
@option(
    "--decisions",
    type=PATHS,
    metavar="FILE",
    says=Pair(
        "填好处理意见的问题工作簿：豁免的不再计入。",
        "A findings workbook with decisions: what was waived no longer counts.",
    ),
)
@RULES
@option(
    "--previous",
    type=PATHS,
    metavar="PATH",
    says=Pair(
        "上年的工作簿（文件夹），或上一轮的 JSON 报告，用来对照。",
        "Last year's workbooks (a folder) or the last round's JSON report, to compare with.",
    ),
)
@option(
    "--select",
    multiple=True,
    metavar="CODES",
    says=Pair(
        "只报告这些规则：编号的开头或名称，逗号分开。",
        "Report only these rules: a code's beginning or a name, separated by commas.",
    ),
)
@option("--ignore", multiple=True, metavar="CODES", says=Pair("不报告这些规则。", "Do not report these rules."))
@option(
    "--fail-on",
    type=click.Choice(["error", "confirm", "notice"]),
    default="error",
    show_default=True,
    says=Pair(
        "有这一级及以上未处理的问题时，退出码为 1。",
        "The exit code is 1 when something is open at this level or above.",
    ),
)
@option(
    "--require-narrative",
    is_flag=True,
    says=Pair(
        "只有工作簿或只有自评报告的，按错误处理。", "A workbook or a narrative report without the other is an error."
    ),
)
@option(
    "--no-cache",
    is_flag=True,
    says=Pair("不用上次留下的结果，全部重新审核。", "Check everything anew, without earlier results."),
)
@force
@passwords_and_jobs
@common
def check_command(**options: Any) -> int:
    """Check submissions."""
    from xltools.jobs import check

    return check.run(check.CheckOptions(**options))


@command("summary", "把报送件汇总成一个工作簿。", "Sum submissions up in one workbook.")
@click.argument("paths", type=PATHS, nargs=-1, required=True)
@option(
    "-o",
    "--output",
    type=PATHS,
    required=True,
    metavar="OUT.xlsx",
    says=Pair("汇总工作簿。", "The consolidated workbook."),
)
@option(
    "--roster",
    type=PATHS,
    metavar="FILE",
    says=Pair(
        "部门名册：列出未报送的部门，按归口科室排列。",
        "The roster: lists who has not reported, in the order of their offices.",
    ),
)
@option(
    "--include",
    type=click.Choice(["failed"]),
    says=Pair(
        "把有错误或待核实的报送件也计入合计（逐行标明）。",
        "Count submissions with open findings too (marked line by line).",
    ),
)
@option(
    "--previous",
    type=PATHS,
    metavar="PATH",
    says=Pair("上年的报送件：列出较上年的增减。", "Last year's submissions: lists what changed since."),
)
@option(
    "--decisions",
    type=PATHS,
    metavar="FILE",
    says=Pair("写好处理意见的问题工作簿。", "A findings workbook with decisions."),
)
@RULES
@option(
    "--by-unit",
    is_flag=True,
    says=Pair("另按归口科室各生成一个工作簿（要有名册）。", "Also a workbook for each office (needs a roster)."),
)
@option(
    "--format",
    "format_",
    type=click.Choice(["xlsx", "csv", "json"]),
    says=Pair(
        "输出的格式；不写则看 -o 的结尾（.xlsx、.json）；csv 时 -o 为文件夹。",
        "The format; unless given, what the ending of -o says; with csv, -o is a folder.",
    ),
)
@option("--bureau", default="", metavar="NAME", says=Pair("封面上的编制单位。", "Who made it, for the cover."))
@option(
    "--leader",
    type=PATHS,
    metavar="FILE.xlsx",
    says=Pair("另写一份供领导看和打印的（十页以内）。", "Also write a version to read and print, ten pages at most."),
)
@option(
    "--brief",
    type=PATHS,
    metavar="FILE.docx",
    says=Pair("另写一份情况说明（Word）。", "Also write the page of words as a Word document."),
)
@option(
    "--brief-template",
    type=PATHS,
    metavar="FILE.docx",
    says=Pair("情况说明用本单位自己的 Word 模板。", "The bureau's own Word template for --brief."),
)
@force
@passwords_and_jobs
@common
def summary_command(**options: Any) -> int:
    """Sum submissions up."""
    from xltools.jobs import summary

    return summary.run(summary.SummaryOptions(**options))


@command(
    "narrative",
    "由填好的工作簿写出自评报告（附件2，Word 文档）。",
    "Write the narrative report of filled workbooks as a Word document.",
)
@click.argument("files", type=PATHS, nargs=-1, required=True)
@option(
    "-o",
    "--output",
    type=PATHS,
    metavar="OUT",
    says=Pair(
        "输出的 .docx 文件；多个工作簿时为文件夹。",
        "The .docx file to write; a folder where there are several workbooks.",
    ),
)
@option(
    "--draft",
    is_flag=True,
    says=Pair("工作簿还有错误也生成，每页标明草稿。", "Write it although errors are open; each page says draft."),
)
@force
@common
def narrative_command(**options: Any) -> int:
    """Write narrative reports."""
    from xltools.jobs import narrative

    return narrative.run(narrative.NarrativeOptions(**options))


def entry() -> None:
    """Run the command line and leave with the contract's exit code."""
    from xltools.console import prepare_streams
    from xltools.temporary import remove_left

    prepare_streams()
    remove_left(Path(tempfile.gettempdir()))
    sys.exit(main(standalone_mode=False))
