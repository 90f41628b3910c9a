"""Invented fillings: all rules hold, or just the named ones are broken; the same seed gives the same workbooks."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from shutil import rmtree
from typing import NamedTuple, Protocol

import pytest

from tests.support.forms import FORM_IDS, checked, form, room
from xltools.cli import main
from xltools.sampling import sampler
from xltools.sampling.planted import PLANTERS
from xltools.sampling.sampler import CannotBreak, Sampler

EVERY = os.environ.get("XLTOOLS_EVERY") == "1"
SOME = 17
"""Every so manieth rule of the forms is tried by default; XLTOOLS_EVERY=1 takes them all."""
NOT_ALONE = {
    "SC104": {"ST028"},  # a score in the bureau's column is at once a cell that is not the sender's
    "PR102": {"VA001"},  # a part above the whole has no share that could be given
}


class Done(NamedTuple):
    """What a command gave."""

    code: int
    out: str
    err: str


class Run(Protocol):
    """Runs xltools in this process."""

    def __call__(self, *arguments: str | Path) -> Done: ...


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: str | Path) -> Done:
        code = main([str(a) for a in arguments])
        assert isinstance(code, int)
        return Done(code, *capsys.readouterr())

    return call


@cache
def _sampler(form_id: str) -> Sampler:
    return Sampler(form(form_id), room())


def _asked() -> Iterator[tuple[str, str]]:
    codes = [(name, rule.code) for name in FORM_IDS for rule in form(name).rules]
    return iter(codes if EVERY else codes[::SOME])


@pytest.mark.parametrize(("form_id", "code"), [c for c in _asked() if c[1] not in NOT_ALONE])
def test_a_rule_of_the_form_is_broken_alone(form_id: str, code: str) -> None:
    sample = _sampler(form_id).breaking([code], random.Random(code))
    assert {f.code for f in checked(sample.data).findings if f.is_open} == {code}


@pytest.mark.parametrize("code", sorted(NOT_ALONE))
def test_what_cannot_be_broken_alone_says_what_comes_along(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampler, "WHOLE", 3)
    monkeypatch.setattr(sampler, "ATTEMPTS", 20)
    with pytest.raises(CannotBreak) as refused:
        _sampler("guangdong-2023").breaking([code], random.Random(1))
    assert refused.value.also >= NOT_ALONE[code]
    assert all(also in refused.value.pair.zh for also in refused.value.also)


@pytest.mark.parametrize("code", sorted(PLANTERS) if EVERY else ["VA003", "KQ005"])
def test_a_mistake_of_any_form_is_broken_alone(code: str) -> None:
    sample = _sampler("guangdong-2023").breaking([code], random.Random(code))
    assert {f.code for f in checked(sample.data).findings if f.is_open} == {code}


def test_a_filling_does_not_depend_on_those_made_before() -> None:
    sampler = _sampler("guangdong-2023")
    one = sampler.drawn(random.Random(5))
    for seed in range(6):
        sampler.drawn(random.Random(seed))
    assert sampler.drawn(random.Random(5)) == one


def test_several_rules_are_broken_together() -> None:
    sample = _sampler("guangdong-2023").breaking(["BA103", "EX106", "KP103"], random.Random(4))
    assert {f.code for f in checked(sample.data).findings if f.is_open} == {"BA103", "EX106", "KP103"}


def test_the_command_writes_the_same_fillings_for_the_same_seed(tmp_path: Path, run: Run) -> None:
    for folder, seed in (("a", "3"), ("b", "3"), ("c", "4")):
        done = run("template", "project-2023", "--sample", "2", "--seed", seed, "-o", tmp_path / folder)
        assert done.code == 0, done.err
    one, same, other = ({p.name: p.read_bytes() for p in (tmp_path / n).iterdir()} for n in "abc")
    assert one == same and one.keys() == other.keys() and one != other
    report = run("check", tmp_path / "a", "--ignore", "NA016,BT")
    assert report.code == 0 and "通过 2" in report.out


def test_a_bureaus_own_form_is_tried_out(tmp_path: Path, run: Run) -> None:
    home = tmp_path / "forms"
    assert run("forms", "copy", "project-2023", home).code == 0
    folder = (home / "project-2023").rename(home / "own-2024")
    rmtree(folder / "editions")
    for name, old, new in (("form.toml", "project-2023", "own-2024"), ("rules.toml", "BA302", "BA902")):
        text = (folder / name).read_text(encoding="utf-8")
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")
    own = ("--forms", home)
    done = run("template", "own-2024", "--sample", "1", "--break", "ba902", "-o", tmp_path / "out", *own)
    assert done.code == 0, done.err
    told = run("check", tmp_path / "out", "--ignore", "NA016", *own)
    assert (
        told.code == 1
        and "[BA902]" in told.out
        and "共 1 个文件" in told.out
        and "合计 1 项错误、0 项待核实、0 项提示" in told.out
    )


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--break", "BA301"), "--break 要和 --sample 一起使用"),
        (("--sample", "0"), "--sample 为 1 至"),
        (("--sample", "1", "--break", "BA3O1"), "不认识“BA3O1”，是否应为“BA301”"),
        (("--sample", "1", "--values", "x.json"), "--values"),
        (("--sample", "1", "-o", "x.xlsx"), "应为文件夹"),
    ],
)
def test_what_cannot_be_done_is_said(options: tuple[str, ...], says: str, run: Run) -> None:
    done = run("template", "project-2023", *options)
    assert done.code == 2 and says in done.err


def test_the_codes_are_listed(run: Run) -> None:
    done = run("template", "project-2023", "--break", "list")
    assert done.code == 0
    assert {r.code for r in form("project-2023").rules} <= {line.split()[0] for line in done.out.splitlines()}
