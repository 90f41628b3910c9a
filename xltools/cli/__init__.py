"""The command line (a contract, see docs/architecture.md): options in, one job called, exit code out; no logic."""

from __future__ import annotations

from xltools.cli import completion_command, forms_command, look_commands, round_command
from xltools.cli.commands import entry, main

__all__ = ["completion_command", "entry", "forms_command", "look_commands", "main", "round_command"]
