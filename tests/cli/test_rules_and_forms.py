"""xltools rules and xltools forms, as a user runs them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.forms import FORM_IDS, form
from xltools.cli import main
from xltools.form.model import LEVEL_WORDS
from xltools.rules.catalogue import Meaning, catalogue, entries, page
from xltools.rules.form_cards import form_card
from xltools.rules.registry import ROOMS, cards
from xltools.width import display_width

HEADINGS = ["检查什么", "为什么", "依据", "怎么改", "例子"]


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Run xltools in this process: exit code, stdout, stderr."""
    code = main(list(arguments))
    out, err = capsys.readouterr()
    return code, out, err


def test_the_table_of_all_codes(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "rules")
    lines = out.splitlines()
    known = entries([form(name) for name in FORM_IDS])
    listed = [line.split()[0] for line in lines if re.match(r"[A-Z]{2}\d{3} ", line)]
    assert code == 0
    assert listed == list(known)
    assert "BA 收支平衡" in lines
    starts = set()
    for line in lines:
        match = re.match(rf"([A-Z]{{2}}\d{{3}} +)({'|'.join(LEVEL_WORDS.values())}) +", line)
        if match:
            starts.add((display_width(match[1]), display_width(match[0])))
    assert len(starts) == 1, "the columns do not stand under each other"


def test_one_family(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "rules", "sc")
    assert {line[:2] for line in out.splitlines() if re.match(r"[A-Z]{2}\d{3}", line)} == {"SC"}


@pytest.mark.parametrize("asked", ["BA101", "ba101", "收入总计等于各项之和"])
def test_one_rule(capsys: pytest.CaptureFixture[str], asked: str) -> None:
    code, out, _ = run(capsys, "rules", asked)
    assert code == 0
    assert out.startswith("# BA101 收入总计等于各项之和\n")
    assert re.findall(r"^## (.*)$", out, re.M) == HEADINGS
    assert "收入总计填 1,300" in out
    assert "表格：dazhou-2023、guangdong-2023" in out


def test_an_unknown_code_is_answered_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "rules", "BA1O1")
    assert (code, out) == (2, "")
    assert "是否应为“BA101”" in err


def test_the_catalogue_in_english(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "rules", "--lang", "en")
    assert not re.search(r"[一-鿿]", out)
    _, out, _ = run(capsys, "rules", "KP311", "--lang", "en")
    assert not re.search(r"[一-鿿]", out)
    assert "How to correct" in out


def test_every_card_is_complete_and_without_a_programmers_sign() -> None:
    found = [m.card for e in entries([form(name) for name in FORM_IDS]).values() for m in e.meanings]
    assert len(found) > 100
    for card in found:
        for text in (card.name, card.what, card.why, card.basis, card.fix, card.example, card.says):
            assert text.zh.strip(), card.code
            assert text.en.strip() or (card.family not in ROOMS and text in (card.why, card.basis, card.example)), (
                card.code
            )
        assert not re.search(r"[一-鿿]", card.name.en + card.fix.en), card.code
    for entry in entries([form(name) for name in FORM_IDS]).values():
        assert not re.search(r"[{}]", page(entry)), entry.code


def test_no_code_is_given_twice() -> None:
    codes = [card.code for card in cards()]
    assert len(codes) == len(set(codes))
    assert set(codes) <= set(catalogue([]))


def test_a_code_that_means_two_things_shows_both() -> None:
    known = entries([form("guangdong-2023"), form("project-2023")])
    one, other = known["BA101"].meanings[0].card, form_card(form("project-2023"), form("project-2023").rule("BA301"))
    both = page(known["BA101"]._replace(meanings=(Meaning(one, ("a-2023",)), Meaning(other, ("b-2023",)))))
    assert both.count("## 检查什么") == 2
    assert both.index("表格：a-2023") < both.index("表格：b-2023")


def test_forms_are_listed_and_a_wrong_one_does_not_hide_the_others(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(capsys, "forms", "copy", "project-2023", str(tmp_path))[0] == 0
    code, out, _ = run(capsys, "forms")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()[1:]] == list(FORM_IDS)
    path = tmp_path / "project-2023" / "form.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("low = 80", "low = 95"), encoding="utf-8")
    _, out, _ = run(capsys, "forms", "--forms", str(tmp_path))
    assert "project-2023：定义有误" in out
    assert "guangdong-2023" in out


def test_a_copied_and_edited_form_is_used_from_template_to_check(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    own, filled = tmp_path / "本局", tmp_path / "填好.xlsx"
    assert run(capsys, "forms", "copy", "project-2023", str(own))[0] == 0
    rules = own / "project-2023" / "rules.toml"
    text = rules.read_text(encoding="utf-8")
    assert text.count('right = "90"') == 1
    rules.write_text(text.replace('right = "90"', 'right = "97"'), encoding="utf-8")
    values = form("project-2023").folder / "clean.json"
    with_own = ("--forms", str(own))
    assert run(capsys, "template", "project-2023", "--values", str(values), "-o", str(filled), *with_own)[0] == 0
    code, out, _ = run(capsys, "check", str(filled), "--fail-on", "confirm", *with_own)
    assert code == 1
    assert "EX305" in out
    assert "低于 97.00%" in out
    code, out, _ = run(capsys, "check", str(filled))
    assert "ST017" in out, "a workbook of the bureau's own edition is told from the shipped one"


@pytest.mark.parametrize(
    "arguments", [("forms", "copy"), ("forms", "copy", "project-2023"), ("forms", "copy", "nix", "x")]
)
def test_what_cannot_be_copied_is_2(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    code, _, err = run(capsys, *arguments)
    assert code == 2
    assert err.startswith("xltools：")
