"""The commands that only look: read one submission, the rules, the demonstration."""

from __future__ import annotations

from typing import Any

import click

from xltools.cli.bilingual_click import option
from xltools.cli.commands import command
from xltools.cli.options import PASSWORDS, PATHS, common


@command(
    "read",
    "把一份报送件读成 JSON：逐格说明读到了什么。",
    "Read one submission as JSON: what was understood, cell by cell.",
)
@click.argument("file", type=PATHS)
@option("--password-file", type=PATHS, metavar="F", says=PASSWORDS)
@common
def read_command(**options: Any) -> int:
    """Read one submission."""
    from xltools.jobs import read

    return read.run(read.ReadOptions(**options))


@command(
    "rules",
    "列出全部审核规则；给出编号时显示该规则的说明，给出一个词（如 收支平衡）时列出有关的规则。",
    "List all rules; with a code, show that rule's page; with a word, the rules that speak of it.",
)
@click.argument("code", required=False)
@common
def rules_command(**options: Any) -> int:
    """List the rules."""
    from xltools.jobs import rules

    return rules.run(rules.RulesOptions(**options))


@command(
    "demo",
    "用自带的示例走一遍：生成、审核、汇总。",
    "Walk through the whole round on the samples: make, check, sum up.",
)
@click.argument("folder", type=PATHS, required=False)
@common
def demo_command(**options: Any) -> int:
    """Walk through the samples."""
    from xltools.jobs import demo

    return demo.run(demo.DemoOptions(**options))
