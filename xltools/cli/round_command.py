"""xltools round: its options; the work is done inside the round's folder, so that outputs say the same wherever it is run."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from xltools.bilingual import Pair
from xltools.cli.bilingual_click import option
from xltools.cli.commands import command
from xltools.cli.options import PATHS, common, processes


@command(
    "round",
    "一轮自评：round new 建文件夹，round next 做该做的事（下发、审核、退回、汇总）。",
    "A round: round new makes its folder, round next does what is due (issue, check, return, sum up).",
)
@click.argument("action", type=click.Choice(["new", "next"]), required=False, default="next")
@click.argument("folder", type=PATHS, required=False)
@option("--form", metavar="FORM", says=Pair("新一轮用哪一种表格。", "The form of a new round."))
@option(
    "--roster",
    type=PATHS,
    metavar="FILE",
    says=Pair("新一轮的部门名册；不写则生成一份空白名册。", "Its roster; an empty one is made unless given."),
)
@option("--bureau", default="", metavar="NAME", says=Pair("编制单位，写进设置。", "The bureau, for the settings."))
@processes
@common
def round_command(**options: Any) -> int:
    """Start a round, or do what is due in it."""
    from xltools.jobs.round import job

    wanted = job.RoundOptions(**options)
    if wanted.action == "new" or wanted.folder is None:
        return job.run(wanted)
    if not wanted.folder.is_dir():
        return job.run(wanted)
    own = wanted.forms_dir.absolute() if wanted.forms_dir is not None else None
    with contextlib.chdir(wanted.folder):
        return job.run(replace(wanted, folder=Path(), forms_dir=own))
