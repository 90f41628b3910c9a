"""The Windows launchers: their files by the laws of cmd.exe, and what they make of what was dropped on them."""

from __future__ import annotations

import importlib.util
import re
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

from tests.support.samples import ROSTER, sample
from xltools.cli import launch

ROOT = Path(__file__).resolve().parents[2]
FORM = "guangdong-2023"


def kit() -> ModuleType:
    """Return scripts/make_kit.py as a module."""
    spec = importlib.util.spec_from_file_location("make_kit", ROOT / "scripts" / "make_kit.py")
    assert spec is not None and spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The launchers as the kit has them."""
    kit().write_launchers(tmp_path / "安装包 & 工具")
    return tmp_path / "安装包 & 工具"


def test_a_launcher_survives_every_code_page_and_every_path(folder: Path) -> None:
    files = sorted(folder.glob("*.cmd"))
    assert {f.name for f in files} >= {"审核.cmd", "汇总.cmd", "下发.cmd", "发送到.cmd", "安装.cmd"}
    for file in files:
        data = file.read_bytes()
        data.decode("ascii")  # cmd reads it in the console's code page, whatever that is
        assert data.count(b"\r\n") == data.count(b"\n") > 5, "a lone line feed makes cmd lose its labels"
        lines = data.decode("ascii").split("\r\n")
        assert lines[0] == "@echo off" and "chcp" not in data.decode("ascii")
        assert all(line.count('"') % 2 == 0 for line in lines), "a quote is not closed"
        code = [line for line in lines if not line.startswith("rem ")]
        assert not any(re.search(r"%[*1-9]", line) for line in code), "what was dropped is never expanded by cmd"
        for place in re.findall(r"\S*%~[a-z]+[0I]\S*", "\n".join(code)):
            assert place.startswith('"') or place.startswith("XLTOOLS_") or '"' in place, f"{place} is not quoted"
        bare = re.sub(r'"[^"]*"', "", "\n".join(line for line in code if not line.strip().startswith("echo ")))
        assert bare.count("(") == bare.count(")"), "a block is not closed"
        labels = {line[1:] for line in lines if line.startswith(":")}
        assert set(re.findall(r"goto (\w+)", "\n".join(code))) <= labels


def test_each_launcher_runs_a_job_that_there_is_and_ends_cmd_itself(folder: Path) -> None:
    for name, job in kit().LAUNCHERS.items():
        text = (folder / name).read_text(encoding="ascii")
        assert set(re.findall(r"xltools\.cli\.launch (\w+)", text)) == {job} <= set(launch.JOBS)
        assert text.rstrip().splitlines()[-1] == "exit", "what follows an & in a dropped name must not run"


@pytest.mark.parametrize(
    ("line", "paths"),
    [
        (r'C:\Windows\system32\cmd.exe /c ""D:\工具\审核.cmd" "D:\2023 自评" "', [r"D:\2023 自评"]),
        (r'C:\Windows\system32\cmd.exe /c ""D:\工具\审核.cmd" D:\收件&核对"', [r"D:\收件&核对"]),
        (
            r'C:\Windows\system32\cmd.exe /c ""D:\a b\审核.cmd" "D:\a b.xlsx" D:\c&d.xlsx"',
            [r"D:\a b.xlsx", r"D:\c&d.xlsx"],
        ),
        (r'C:\Windows\system32\cmd.exe /c ""D:\工具\审核.cmd" "', []),
        (r"C:\Windows\system32\cmd.exe", []),
    ],
)
def test_what_was_dropped_is_read_from_the_command_line(line: str, paths: list[str]) -> None:
    assert [str(p) for p in launch.dropped(line)] == paths


def test_a_roster_becomes_a_round_and_a_round_is_gone_on_with(tmp_path: Path) -> None:
    roster = tmp_path / "甲 & 乙" / "名册.xlsx"
    roster.parent.mkdir()
    roster.write_bytes(ROSTER.read_bytes())
    shown: list[Path] = []
    asked: list[str] = []

    def ask(text: str) -> str:
        asked.append(text)
        return ""

    def drop(job: str, path: Path) -> int:
        line = f'cmd.exe /c ""C:\\工具\\{job}.cmd" "{path}""'
        return launch.run(job, {launch.COMMAND_LINE: line}, ask, shown.append)

    home = roster.with_name("名册_自评")
    assert drop("template", roster) == 0
    assert len(list((home / "下发").glob("*.xlsx"))) == 9 and shown == [home]
    (home / "收件" / "报来 1.xlsx").write_bytes(sample("101002").read_bytes())
    assert drop("check", home) == 0 and shown[-1] == home / "审核结果.xlsx"
    assert drop("summary", home / "收件") == 0 and shown[-1] == home / "汇总.xlsx"
    assert len(asked) == 1, "only which form"


def test_files_without_a_round_are_checked_beside_themselves(tmp_path: Path) -> None:
    words, opened = launch.command_of("check", [tmp_path / "收件 & 补报"], lambda _: "")
    assert words[:4] == ["check", str(tmp_path / "收件 & 补报"), "-o", str(tmp_path / "审核结果.xlsx")]
    assert opened == tmp_path / "审核结果.xlsx"


def test_the_window_stays_where_something_went_wrong(tmp_path: Path) -> None:
    asked: list[str] = []

    def ask(text: str) -> str:
        asked.append(text)
        return ""

    line = f'cmd.exe /c ""C:\\审核.cmd" "{tmp_path / "没有这个"}""'
    assert launch.run("check", {launch.COMMAND_LINE: line}, ask, lambda _: None) == 2
    assert asked == [launch.STAY]


def test_send_to_makes_shortcuts_with_no_path_in_the_command(tmp_path: Path) -> None:
    calls: list[tuple[list[str], dict[str, str]]] = []
    environment = {launch.HOME: str(tmp_path / "工具 ' &"), "APPDATA": str(tmp_path)}
    launch.send_to(environment, lambda words, env, check: calls.append((words, env)))
    assert len(calls) == len(launch.LINKS)
    assert all(str(tmp_path) not in word for words, _ in calls for word in words), "paths travel in the environment"
    assert all(env["XLTOOLS_TARGET"].endswith(".cmd") and env["XLTOOLS_LINK"].endswith(".lnk") for _, env in calls)


def test_the_kit_asks_for_what_is_needed_on_windows_only(tmp_path: Path) -> None:
    needs = {"ours": "click>=8", "click": 'colorama; sys_platform == "win32"'}
    for name, need in needs.items():
        with zipfile.ZipFile(tmp_path / f"{name}-1-py3-none-any.whl", "w") as wheel:
            wheel.writestr(f"{name}-1.dist-info/METADATA", f"Name: {name}\nRequires-Dist: {need}\n")
    assert kit().missing(tmp_path, "3.12") == ["colorama"]
