"""The command line as a contract: exit codes, streams, and errors that say in one line what to do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.forms import clean
from tests.support.samples import ROSTER, SENT, sample
from tests.support.sent import encrypted

FORM = "guangdong-2023"


def run(*arguments: str | Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run xltools as a user does."""
    command = [sys.executable, "-m", "xltools.cli", *map(str, arguments)]
    environment = os.environ | {"PYTHONIOENCODING": "utf-8"} | (env or {})
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, check=False)


def test_clean_workbook_is_0_and_a_finding_1() -> None:
    assert run("check", sample("101002")).returncode == 0
    done = run("check", sample("101008"))
    assert done.returncode == 1
    assert "[SC101]" in done.stdout
    assert done.stdout.index("自评评分表!H9") < done.stdout.index("[SC101]")


@pytest.mark.parametrize(("threshold", "code"), [("error", 0), ("confirm", 0), ("notice", 1)])
def test_fail_on(threshold: str, code: int) -> None:
    assert run("check", sample("101007"), "--fail-on", threshold).returncode == code


def test_an_unreadable_workbook_is_reported_and_1(tmp_path: Path) -> None:
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"PK\x03\x04 half a file")
    done = run("check", bad, sample("101002"))
    assert done.returncode == 1
    assert "坏.xlsx" in done.stdout
    assert "101002" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["check", "不在这里.xlsx"], "没有这个文件"),
        (["check"], "缺少"),
        (["chek", "x"], "check"),
        (["check", "--formt", "json", "x"], "--format"),
        (["check", "--fail-on", "never", "x"], "只能是"),
        (["template", "guangdong-2033"], "guangdong-2023"),
        (["rules", "BA999"], "没有编号"),
        (["template", FORM, "--values", "没有.json"], "没有这个文件"),
        (["template", FORM, "--roster", "没有.xlsx"], "没有这个名册文件"),
        (["check", SENT, "--decisions", "没有.xlsx"], "没有这个处理意见文件"),
        (["check", SENT, "--decisions", ROSTER], "没有“问题”工作表"),
        (["summary", SENT, "-o", "不会有.xlsx", "--decisions", "没有.xlsx"], "没有这个处理意见文件"),
        (["forms", "copy", FORM], "用法"),
    ],
)
def test_what_cannot_be_done_is_2_with_one_line(arguments: list[str | Path], says: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_password_file_opens_what_is_encrypted(tmp_path: Path) -> None:
    sent, words = tmp_path / "报送件", tmp_path / "密码.txt"
    sent.mkdir()
    (sent / "加密.xlsx").write_bytes(encrypted(sample("101002").read_bytes(), "甲乙123"))
    words.write_text("不对的\n甲乙123\n", encoding="utf-8")
    assert "IN003" in run("check", sent).stdout
    assert run("check", sent, "--password-file", words).returncode == 0
    table = tmp_path / "汇总.json"
    for more, counted in (([], False), (["--password-file", words], True)):
        assert run("summary", sent, "-o", table, "--format", "json", *more).returncode == (0 if counted else 1)
        assert [s["counted"] for s in json.loads(table.read_text(encoding="utf-8"))["submissions"]] == [counted]


def test_a_summary_that_lacks_what_was_sent_is_1_and_says_so(tmp_path: Path) -> None:
    sent, out = tmp_path / "报送件", tmp_path / "汇总.xlsx"
    sent.mkdir()
    (sent / "好.xlsx").write_bytes(sample("101002").read_bytes())
    assert run("summary", sent, "-o", out).returncode == 0
    (sent / "坏.xlsx").write_bytes(b"PK\x03\x04 half a file")
    done = run("summary", sent, "-o", out)
    assert done.returncode == 1 and "1 个文件打不开" in done.stderr and "坏.xlsx" in done.stderr
    (sent / "坏.xlsx").unlink()
    (sent / "好.xlsx").write_bytes(sample("101008").read_bytes())
    done = run("summary", sent, "-o", out)
    assert done.returncode == 1 and "一个也没有计入" in done.stderr
    assert run("summary", sent, "-o", out, "--include", "failed").returncode == 0


def test_no_workbook_is_3(tmp_path: Path) -> None:
    (tmp_path / "说明.md").write_text("无", encoding="utf-8")
    assert run("check", tmp_path).returncode == 3


def test_help_and_version_are_0() -> None:
    assert run("--help").returncode == 0
    assert run("--version").stdout.startswith("xltools ")


def test_ctrl_c_is_130_and_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from xltools.cli import main
    from xltools.jobs import reviewing

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(reviewing, "check_files", interrupted)
    out = tmp_path / "out" / "报告.json"
    code = main(["check", str(sample("101002")), "--format", "json", "-o", str(out)], standalone_mode=False)
    assert code == 130
    assert not out.exists()
    assert "Traceback" not in capsys.readouterr().err


def test_json_keeps_the_contract() -> None:
    done = run("check", SENT, "--roster", ROSTER, "--format", "json")
    assert done.returncode == 1
    report = json.loads(done.stdout)
    assert report["schema"] == "xltools.report/1"
    assert {"counts", "submissions", "findings", "not_evaluated"} <= set(report)
    assert [s["code"] for s in report["submissions"]] == [f"10100{n}" for n in range(1, 9)]
    keys = {"code", "level", "state", "file", "department", "sheet", "cell", "field", "message", "hint", "stated"}
    keys |= {"expected", "difference", "related", "explanation"}
    for finding in report["findings"]:
        assert keys <= set(finding)
        assert finding["level"] in ("error", "confirm", "notice")
        assert finding["state"] in ("open", "explained", "waived")
    balance = next(f for f in report["findings"] if f["code"] == "BA103")
    assert (balance["stated"], balance["expected"], balance["difference"]) == (1250.18, 1250.0, 0.18)
    assert [m["code"] for m in report["missing"]] == ["101009"]


def test_a_gbk_console_survives(tmp_path: Path) -> None:
    odd = tmp_path / "ⓧ😀.xlsx"
    odd.write_bytes(sample("101008").read_bytes())
    command = [sys.executable, "-m", "xltools.cli", "check", str(odd)]
    environment = os.environ | {"PYTHONIOENCODING": "gbk"}
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert done.returncode == 1
    assert "错误" in done.stdout.decode("gbk")
    assert b"Traceback" not in done.stderr


def test_english_messages_carry_no_chinese_sentence() -> None:
    done = run("check", sample("101004"), "--lang", "en")
    assert "expected 1,250.00" in done.stdout
    assert "应为" not in done.stdout


def test_template_from_a_roster(tmp_path: Path) -> None:
    assert run("template", FORM, "--roster", ROSTER, "-o", tmp_path).returncode == 0
    names = sorted(p.name for p in tmp_path.iterdir())
    assert len(names) == 9
    assert names[8] == "101009_示例区档案馆（示例）.xlsx"
    read = json.loads(run("read", tmp_path / names[8]).stdout)
    assert read["values"]["财政核定全年预算数"] == 640


def test_read_then_template_gives_the_same_values(tmp_path: Path) -> None:
    first = run("read", sample("101007")).stdout
    (tmp_path / "v.json").write_text(first, encoding="utf-8")
    assert run("template", FORM, "--values", tmp_path / "v.json", "-o", tmp_path / "w.xlsx").returncode == 0
    assert json.loads(run("read", tmp_path / "w.xlsx").stdout)["values"] == json.loads(first)["values"]


def test_unknown_value_is_refused_with_the_nearest_word(tmp_path: Path) -> None:
    values = clean(FORM) | {"收入总记": 1}
    (tmp_path / "v.json").write_text(json.dumps(values), encoding="utf-8")
    done = run("template", FORM, "--values", tmp_path / "v.json", "-o", tmp_path / "w.xlsx")
    assert done.returncode == 2
    assert "收入总计" in done.stderr
    assert not (tmp_path / "w.xlsx").exists()


def test_sent_files_are_never_changed(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(sample("101006").read_bytes())
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    run("check", path)
    run("read", path)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


@pytest.mark.skipif(os.name == "nt", reason="a shell of POSIX closes the streams")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_streams_that_are_closed_take_nothing_and_change_no_code(closed: str, tmp_path: Path) -> None:
    words = f'"{sys.executable}" -m xltools.cli check "{sample("101008")}" -o "{tmp_path / "a.json"}" {closed}'
    done = subprocess.run(["sh", "-c", words], capture_output=True, check=False)
    assert done.returncode == 1 and b"Traceback" not in done.stderr
    assert json.loads((tmp_path / "a.json").read_bytes())["counts"]
