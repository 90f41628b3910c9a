"""xltools forms and what it is asked to do with a definition."""

from __future__ import annotations

from typing import Any

import click

from xltools.bilingual import Pair
from xltools.cli.bilingual_click import option
from xltools.cli.commands import command
from xltools.cli.options import PATHS, common, force

ACTIONS = ["copy", "export", "import", "check", "diff", "new"]


@command(
    "forms",
    "列出现有的表格；copy FORM DIR 复制一套定义；export FORM -o 定义.xlsx 写成工作簿供修改，import 定义.xlsx -o DIR 读回；"
    "check FORM|DIR|定义.xlsx 检查；diff OLD NEW 列出两套定义的不同；"
    "new 附件3.xlsx -o DIR 由通知的指标表起草一套定义。",
    "List the forms on hand; copy FORM DIR copies a definition; export FORM -o BOOK.xlsx writes it as a workbook to edit, "
    "import BOOK.xlsx -o DIR reads it back; check FORM|DIR|BOOK.xlsx looks whether it is sound; diff OLD NEW says what "
    "changed; new TABLE.xlsx -o DIR drafts a definition from a notice's indicator table.",
)
@click.argument("action", type=click.Choice(ACTIONS), required=False)
@click.argument("form", required=False)
@click.argument("folder", type=PATHS, required=False)
@option(
    "-o",
    "--output",
    type=PATHS,
    metavar="OUT",
    says=Pair(
        "export、diff 写出的工作簿；import、new 放结果的文件夹；check 标出问题的副本。",
        "The workbook of export and diff; the folder of import and new; the marked copy of check.",
    ),
)
@force
@common
def forms_command(**options: Any) -> int:
    """List the forms, or do something with one."""
    from xltools.jobs import forms

    return forms.run(forms.FormsOptions(**options))
