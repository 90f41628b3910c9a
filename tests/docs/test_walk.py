"""docs/forms.md can be followed: its commands, run one after the other in an empty folder, do what it says."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest

from xltools.cli import main

PAGE = Path(__file__).resolve().parents[2] / "docs" / "forms.md"
TABLE = [
    ["一级指标", "二级指标", "三级指标", "分值", "评分标准"],
    ["管理", "制度", "制度健全", 40, "齐全得满分"],
    ["成效", "产出", "任务完成", 60, "按完成率计分"],
]


def _walk() -> list[list[str]]:
    """The commands of the walk, without what is said beside them."""
    text = PAGE.read_text(encoding="utf-8").partition("## 半小时")[2].partition("\n## ")[0]
    blocks = re.findall(r"```\n(.*?)```", text, re.S)
    lines = [line for block in blocks for line in block.splitlines()]
    return [re.split(r"\s{2,}", line)[0].split()[1:] for line in lines]


def test_the_walk_leads_to_a_workbook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    book = openpyxl.Workbook()
    for row in TABLE:
        book.active.append(row)
    book.save("附件3.xlsx")
    codes = [int(main(command, standalone_mode=False)) for command in _walk()]
    capsys.readouterr()
    assert [n for n, code in enumerate(codes) if code] == [len(codes) - 5], "a blank workbook is not ready to be sent"
    for name in ("草稿/定义.xlsx", "本局表格/project-2023/form.toml", "空白表.xlsx", "与上年相比.xlsx"):
        assert (tmp_path / name).is_file()
    assert not (tmp_path / "定义_检查.xlsx").exists(), "nothing is wrong, so nothing is marked"
