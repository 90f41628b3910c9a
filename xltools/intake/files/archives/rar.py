"""The members of a .rar, by a program of the system."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from xltools.errors import UnreadableFile
from xltools.intake.files.archives.sink import Member, Sink, pieces_of
from xltools.intake.files.bounds import ArchiveLimits
from xltools.intake.files.worker import dies_with_parent

_PLACES = (r"C:\Program Files\7-Zip", r"C:\Program Files\WinRAR", r"C:\Program Files (x86)\WinRAR")


def rar_program() -> tuple[str, str] | None:
    """Return (kind, path) of a program that reads .rar, if the system has one: 7z, unrar or bsdtar."""
    for kind, names in (("7z", ("7z", "7zz", "7za")), ("unrar", ("unrar", "UnRAR")), ("tar", ("bsdtar",))):
        for name in names:
            found = shutil.which(name)
            for folder in _PLACES if sys.platform == "win32" and found is None else ():
                found = found or shutil.which(name, path=folder)
            if found is not None:
                return kind, found
    return None


def unrar(path: Path, folder: Path, by: tuple[str, str] | None, limits: ArchiveLimits) -> list[Member]:
    """Write the members of a .rar to `folder`, by a program that `rar_program` found."""
    if by is None:
        raise UnreadableFile("rar_unsupported")
    kind, program = by
    sink = Sink(folder, limits, path.stat().st_size)
    listing, printing = {  # never a password: other users of the computer can see a program's arguments
        "7z": (["l", "-ba", "-slt", "-sccUTF-8", "-p-", "--"], ["x", "-so", "-spd", "-p-", "--"]),
        "unrar": (["lb", "-p-", "-scu", "-@", "--"], ["p", "-inul", "-p-", "-@", "--"]),
        "tar": (["-tf"], ["-xOf"]),
    }[kind]
    names = listed_names(kind, _output([program, *listing, str(path)]))
    if len(names) > limits.members:
        raise UnreadableFile("too_many_members", limit=limits.members)
    for name in names:
        if sink.accept(name):
            sink.write(name, _printed([program, *printing, str(path), name]))
    return sink.members


def _output(command: list[str]) -> str:
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, check=False, preexec_fn=dies_with_parent()
    )
    if done.returncode:
        raise UnreadableFile("archive_damaged", error=done.stderr.decode("utf-8", "replace")[:200])
    return done.stdout.decode("utf-8", "replace")


def _printed(command: list[str]) -> Iterator[bytes]:
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        preexec_fn=dies_with_parent(),
    ) as process:
        assert process.stdout is not None
        try:
            yield from pieces_of(process.stdout)
        finally:
            process.kill()
        if process.wait() > 0:
            raise UnreadableFile("corrupt")


def listed_names(kind: str, text: str) -> list[str]:
    """The names of files in a program's listing; 7z tells folders by an attribute, bsdtar by a slash."""
    if kind != "7z":
        return [line for line in text.splitlines() if line and not line.endswith("/")]
    names = []
    for block in text.replace("\r\n", "\n").split("\n\n"):
        fields = dict(line.partition(" = ")[::2] for line in block.splitlines())
        if fields.get("Path") and fields.get("Folder") != "+" and not fields.get("Attributes", "").startswith("D"):
            names.append(fields["Path"])
    return names
