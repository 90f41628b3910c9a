"""python -m xltools.cli.launch JOB: what the Windows launchers run for what was dropped on them, without a terminal.

The words after a .cmd file's name are taken from the whole command line of cmd.exe: Explorer puts no quotes around a
path that has no blank, so that an & in it would end the command.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from xltools.cli import main
from xltools.jobs.round.home import FINDINGS, INBOX, ROSTER, ROSTER_ENDINGS, SETTINGS, SUMMARY

COMMAND_LINE, HOME = "XLTOOLS_CMDLINE", "XLTOOLS_HOME"
FORM = "guangdong-2023"
JOBS = ("check", "summary", "template", "sendto")
LINKS = {"审核": "审核.cmd", "汇总": "汇总.cmd"}
ASK = "请把{what}拖到这个窗口里，再按回车键："
WHAT = {"check": "一轮的文件夹，或收到的文件", "summary": "一轮的文件夹，或收到的文件", "template": "部门名册"}
ASK_FORM = "用哪一种表格？直接按回车键为 {first}：{known}\n"
STAY = "\n没有做完，原因见上。按回车键关闭窗口。"
SENT = "已加到右键菜单的“发送到”：{names}"
_WORD = re.compile(r'"([^"]*)"|(\S+)')
_SHORTCUT = (
    "$s=(New-Object -ComObject WScript.Shell).CreateShortcut($env:XLTOOLS_LINK);"
    "$s.TargetPath=$env:XLTOOLS_TARGET;$s.WorkingDirectory=$env:XLTOOLS_HOME;$s.Save()"
)
Ask = Callable[[str], str]


def dropped(command_line: str) -> list[Path]:
    """Return the paths on the command line of cmd.exe behind the launcher's own name."""
    _, sign, rest = command_line.partition("/c ")
    rest = rest.strip() if sign else ""
    if rest.startswith('""') and rest.endswith('"'):
        rest = rest[1:-1]
    words = [quoted or plain for quoted, plain in _WORD.findall(rest)]
    return [Path(word) for word in words[1:]]


def command_of(job: str, paths: Sequence[Path], ask: Ask) -> tuple[list[str], Path]:
    """Return what xltools is asked for, and the file or folder that is opened in the end."""
    first = paths[0].absolute()
    home = _round_of(first)
    if home is not None:
        opened = {"check": home / FINDINGS, "summary": home / SUMMARY}
        return ["round", "next", str(home)], opened.get(job, home)
    if job == "template":
        folder = first.with_name(f"{first.stem}_自评")
        return ["round", "new", str(folder), "--form", _form(ask), "--roster", str(first)], folder
    given = [str(path) for path in paths]
    roster = next((p for e in ROSTER_ENDINGS if (p := first.parent / f"{ROSTER}{e}").is_file()), None)
    more = ["--roster", str(roster)] if roster is not None else []
    if job == "summary":
        target = first.parent / SUMMARY
        return ["summary", *given, "-o", str(target), *more], target
    target = first.parent / FINDINGS
    return ["check", *given, "-o", str(target), "--return", str(first.parent / "退回"), *more], target


def _round_of(path: Path) -> Path | None:
    """Return the round's folder that a path is, or in whose inbox it lies."""
    for folder in (path, *path.parents[:2]):
        if (folder / SETTINGS).is_file() and (folder == path or path.name in (INBOX, SETTINGS)):
            return folder
    return None


def _form(ask: Ask) -> str:
    from xltools.jobs.common import workspace

    known = "、".join(workspace(None).form_ids)
    return ask(ASK_FORM.format(first=FORM, known=known)).strip() or FORM


def run(job: str, environment: Mapping[str, str], ask: Ask, show: Callable[[Path], None]) -> int:
    """Do a launcher's job and open its result; the window stays where something went wrong."""
    paths = dropped(environment.get(COMMAND_LINE, ""))
    if not paths:
        typed = ask(ASK.format(what=WHAT[job])).strip().strip('"')
        paths = [Path(typed)] if typed else []
    if not paths:
        return 2
    words, opened = command_of(job, paths, ask)
    code = main(words)
    if code == 0 and words[:2] == ["round", "new"]:
        code = main(["round", "next", words[2]])
    if code not in (0, 1, 3):
        ask(STAY)
    elif opened.exists():
        show(opened)
    else:
        ask("")
    return int(code)


def send_to(environment: Mapping[str, str], call: Callable[..., object]) -> int:
    """Put shortcuts to the launchers into the menu “发送到”."""
    home = Path(environment[HOME])
    menu = Path(environment["APPDATA"]) / "Microsoft" / "Windows" / "SendTo"
    for name, launcher in LINKS.items():
        own = {"XLTOOLS_LINK": str(menu / f"xltools {name}.lnk"), "XLTOOLS_TARGET": str(home / launcher)}
        call(["powershell", "-NoProfile", "-Command", _SHORTCUT], env={**environment, **own}, check=True)
    print(SENT.format(names="、".join(LINKS)))
    return 0


def _open(path: Path) -> None:
    opener = getattr(os, "startfile", None)  # only Windows has it
    if opener is not None:
        opener(path)
    else:
        print(path)


if __name__ == "__main__":
    wanted = sys.argv[1]
    done = send_to(os.environ, subprocess.run) if wanted == "sendto" else run(wanted, os.environ, input, _open)
    sys.exit(done)
