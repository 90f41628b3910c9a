"""The command line in both languages: help pages, errors and notes have no word of the other one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.forms import FORM_IDS
from xltools.cli import main
from xltools.cli.language import asked_for

CHINESE = re.compile(r"[一-鿿]")
CLICKS_OWN = re.compile(r"Usage|Options|Commands|Arguments|Show this|Error|default|required|Missing|Invalid|No such")
COMMANDS = ("", *main.commands)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Run xltools in this process: exit code, stdout, stderr."""
    code = main(list(arguments))
    out, err = capsys.readouterr()
    return code, out, err


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_in_one_language(capsys: pytest.CaptureFixture[str], command: str) -> None:
    words = [command] if command else []
    code, zh, _ = run(capsys, *words, "--help")
    assert code == 0
    assert not CLICKS_OWN.search(zh), zh
    assert zh.startswith("用法：xltools") and "显示这段说明。" in zh
    code, en, _ = run(capsys, *words, "--lang", "en", "--help")
    assert code == 0
    assert not CHINESE.search(en), en
    assert en.startswith("Usage: xltools") and "Show this message and exit." in en
    options = re.compile(r"^ +(?:-\w, )?(--[\w-]+)", re.M)
    assert options.findall(zh) == options.findall(en)


WRONG = [
    ("template",),
    ("check", "x", "-o", "y.docx"),
    ("summary", "x", "-o", "y.csv", "--format", "csv"),
    ("narrative", "x", "-o", "y.doc"),
    ("round",),
    ("round", "new"),
    ("round", "new", "x"),
    ("round", "new", "x", "--form", FORM_IDS[0], "--roster", "{values}"),
    ("chek",),
    ("check",),
    ("check", "x", "--formt", "json"),
    ("check", "x", "--fail-on", "never"),
    ("check", "x", "--jobs", "99"),
    ("check", "x", "--jobs", "many"),
    ("check", "x", "-o"),
    ("check", "x", "--no-cache=1"),
    ("check", "not_there.xlsx", "--format", "xlsx"),
    ("check", ".", "--decisions", "not_there.xlsx"),
    ("check", ".", "--previous", "{empty}"),
    ("check", ".", "--previous", "{empty}/not_there.json"),
    ("check", ".", "--date", "today"),
    ("check", ".", "--return", "back"),
    ("summary", "x"),
    ("summary", "x", "-o", "y.xlsx", "--by-unit"),
    ("forms", "copy"),
    ("forms", "copy", FORM_IDS[0], "{empty}", "z"),
    ("read", "not_there.xlsx"),
    ("narrative", "not_there.xlsx"),
    ("narrative", "x", "y", "-o", "z.docx"),
    ("template", FORM_IDS[0], "--values", "not_there.json"),
    ("template", FORM_IDS[0], "--values", "{values}"),
    ("template", FORM_IDS[0], "--previous", "{empty}"),
    ("template", FORM_IDS[0], "--previous", "{empty}", "-o", "x.xlsx"),
    ("template", "nowhere-2023"),
    ("template", FORM_IDS[0], "--values", "{odd}"),
    ("rules", "XX999"),
    ("check", "not_there.xlsx"),
    ("check", ".", "--roster", "not_there.xlsx"),
    ("check", ".", "--roster", "{values}"),
    ("check", ".", "--decisions", "{values}"),
    ("check", ".", "--password-file", "not_there.txt"),
    ("check", ".", "--select", "XX999"),
    ("template", FORM_IDS[0], "--roster", "not_there.xlsx"),
    ("summary", "not_there", "-o", "y.xlsx"),
]


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_an_error_is_in_the_language_asked_for(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "none").mkdir()
    (tmp_path / "v.json").write_text("[]", encoding="utf-8")
    (tmp_path / "odd.json").write_text('{"nope": 1}', encoding="utf-8")
    given = [a.format(empty="none", values="v.json", odd="odd.json") for a in arguments]
    code, out, zh = run(capsys, *given)
    assert (code, out) == (2, "") and CHINESE.search(zh)
    assert not CLICKS_OWN.search(zh), zh
    before, after = (run(capsys, *words) for words in (["--lang", "en", *given], [*given, "--lang=en"]))
    assert before[0] == after[0] == 2 and not before[1]
    assert not CHINESE.search(before[2]), before[2]
    if given and given[-1] != "-o":  # which takes the next word as its value
        assert before == after


def test_the_language_is_known_before_anything_is_parsed() -> None:
    assert asked_for([], {}) == "zh"
    assert asked_for(["check", "--lang", "en"], {}) == "en"
    assert asked_for(["--lang=en", "check", "--lang", "zh"], {}) == "zh"
    assert asked_for(["check"], {"XLTOOLS_LANG": "en"}) == "en"
    assert asked_for(["check", "--lang", "zh"], {"XLTOOLS_LANG": "en"}) == "zh"
    assert asked_for(["check", "--lang", "fr"], {"XLTOOLS_LANG": "en"}) == "en"
    assert asked_for(["check", "--", "--lang", "en"], {}) == "zh"
    assert asked_for(["check", "--lang"], {}) == "zh"


def test_the_language_before_the_command_reaches_it(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "--lang", "en", "forms")
    assert out.split()[:2] == ["form", "title"]
    _, other, _ = run(capsys, "forms", "--lang", "en")
    assert out == other


def test_notes_are_in_the_language_asked_for(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    target = tmp_path / "blank.xlsx"
    assert "已生成" in run(capsys, "template", FORM_IDS[0], "-o", str(target))[2]
    _, _, err = run(capsys, "template", FORM_IDS[0], "-o", str(target), "--lang", "en")
    assert err.startswith("written: ")
    assert run(capsys, "template", FORM_IDS[0], "-o", str(target), "-q")[2] == ""
    empty = tmp_path / "none"
    empty.mkdir()
    assert run(capsys, "check", str(empty), "--lang", "en", "-q")[::2] == (3, "no workbook found\n")
