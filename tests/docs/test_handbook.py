"""The handbook can be followed: its commands run as they stand there, its pictures and links are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.samples import ROSTER, sample
from xltools.cli import main

HANDBOOK = Path(__file__).resolve().parents[2] / "docs" / "手册"
PAGES = sorted(HANDBOOK.glob("*.md"))


def commands(page: Path) -> list[list[str]]:
    """The commands of a page's blocks, in order."""
    blocks = re.findall(r"^ *```\n(.*?)^ *```", page.read_text(encoding="utf-8"), re.S | re.M)
    lines = [line.strip() for block in blocks for line in block.splitlines()]
    return [line.split()[1:] for line in lines if line.startswith("xltools ")]


@pytest.mark.parametrize("name", ["经办人.md", "改表格.md", "handbook.en.md"])
def test_the_commands_run_as_they_stand_there(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    roster = tmp_path / "名册.xlsx"
    if name == "改表格.md":
        roster.write_bytes(ROSTER.read_bytes())
    for words in commands(HANDBOOK / name):
        assert main([*words]) in (0, 1), words
        if words[:2] == ["template", "--roster-template"]:
            roster.write_bytes(ROSTER.read_bytes())  # as somebody fills it in
        inbox = tmp_path / (words[2] if words[:2] == ["round", "next"] else "") / "收件"
        if inbox.is_dir():
            (inbox / "报来的.xlsx").write_bytes(sample("101004").read_bytes())
    made = {p.name for p in tmp_path.rglob("*") if p.is_file()}
    assert {"轮次.xlsx"} <= made
    if name == "经办人.md":
        assert {"审核结果.xlsx", "汇总.xlsx", "领导版.xlsx", "情况说明.docx"} <= made
        assert any(n.endswith("_退回1.xlsx") for n in made)


@pytest.mark.parametrize("page", [*PAGES, HANDBOOK.parents[1] / "README.zh-CN.md"], ids=lambda p: p.name)
def test_pictures_and_links_are_there(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
        assert "://" in target or (page.parent / target).exists(), target


def test_every_picture_is_shown() -> None:
    shown = {Path(t).name for p in PAGES for t in re.findall(r"\]\((图/[^)]+)\)", p.read_text(encoding="utf-8"))}
    assert {p.name for p in (HANDBOOK / "图").iterdir()} == shown
