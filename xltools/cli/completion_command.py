"""xltools completion: the script that lets a shell complete commands, options and their choices with the Tab key."""

from __future__ import annotations

import os
from typing import Any

import click
from click.shell_completion import (
    CompletionItem,
    ShellComplete,
    add_completion_class,
    get_completion_class,
)

from xltools.cli.commands import command, main
from xltools.cli.options import common

PROGRAM, VARIABLE = "xltools", "_XLTOOLS_COMPLETE"
_POWERSHELL = """\
Register-ArgumentCompleter -Native -CommandName %(prog_name)s -ScriptBlock {
    param($word, $line, $position)
    $env:%(complete_var)s = 'powershell_complete'
    $env:XLTOOLS_WORDS = $line.CommandElements -join "`n"
    $env:XLTOOLS_WORD = $word
    try {
        %(prog_name)s | ForEach-Object {
            [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
        }
    } finally {
        Remove-Item Env:%(complete_var)s, Env:XLTOOLS_WORDS, Env:XLTOOLS_WORD -ErrorAction SilentlyContinue
    }
}
"""


@add_completion_class
class PowerShellComplete(ShellComplete):
    """Completion for PowerShell, which asks with the words of the line; files it completes by itself."""

    name = "powershell"
    source_template = _POWERSHELL

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words that are there and the one that is being typed."""
        word = os.environ.get("XLTOOLS_WORD", "")
        words = os.environ.get("XLTOOLS_WORDS", "").split("\n")[1:]
        return words[:-1] if word and words and words[-1] == word else words, word

    def complete(self) -> str:
        """Return the possible words, a line each."""
        arguments, word = self.get_completion_args()
        found = self.get_completions(arguments, word)
        return "\n".join(self.format_completion(item) for item in found if item.type == "plain")

    def format_completion(self, item: CompletionItem) -> str:
        """Return one word."""
        return str(item.value)


@command(
    "completion",
    "输出按 Tab 键补全命令的脚本，加到 PowerShell 的 $PROFILE、bash 的 ~/.bashrc、zsh 的 ~/.zshrc 末尾。",
    "Print the script for completion with the Tab key, for $PROFILE of PowerShell, ~/.bashrc or ~/.zshrc.",
)
@click.argument("shell", type=click.Choice(["powershell", "bash", "zsh"]))
@common
def completion_command(shell: str, **_: Any) -> int:
    """Print the script."""
    kind = get_completion_class(shell)
    assert kind is not None
    click.echo(ShellComplete.source(kind(main, {}, PROGRAM, VARIABLE)))
    return 0
