"""xltools demo: the whole round on the samples, into a folder, saying what each step did and where to look."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from xltools.errors import UsageError
from xltools.form import samples_folder
from xltools.jobs import check, narrative, summary, template

FORM = "guangdong-2023"
NARRATED = "101002"
"""The clean department a narrative report is written for."""


def run(folder: Path | None, forms_dir: Path | None, lang: str, quiet: bool, day: str | None, **_: Any) -> int:
    """Make templates, check what came back, return what is wrong, sum up, write a narrative."""
    samples = samples_folder()
    target = folder or Path("xltools-demo")
    if target.exists() and not target.is_dir():
        raise UsageError(f"{target} 是文件，不是文件夹；请换一个位置")
    common: dict[str, Any] = {"forms_dir": forms_dir, "lang": lang, "quiet": True, "verbose": False, "day": day}
    sent, roster = samples / "报送件", samples / "名册.xlsx"
    places = {
        name: target / name
        for name in ("1_空白表.xlsx", "2_下发", "3_报送件", "4_审核", "5_退回", "6_汇总.xlsx", "7_自评报告")
    }
    blank, prefilled, copied, checked, returned, consolidated, narratives = places.values()
    say = _speaker(quiet)

    template.run(form=FORM, output=blank, roster=None, values=None, **common)
    say(f"1. 空白填报表：{blank}")
    template.run(form=FORM, output=prefilled, roster=roster, values=None, **common)
    say(f"2. 按名册为 9 个部门各生成一份预填好的填报表：{prefilled}")
    shutil.copytree(sent, copied, dirs_exist_ok=True)
    shutil.copytree(samples / "narratives", copied, dirs_exist_ok=True)
    say(f"3. 8 个部门报回的表和 1 份自评报告（示例）：{copied}")
    options: dict[str, Any] = {"paths": [copied], "roster": roster, "fail_on": "error", **common}
    check.run(format_="text", output=checked / "审核结果.txt", **options)
    check.run(format_="json", output=checked / "审核结果.json", **options)
    check.run(format_="xlsx", output=checked / "审核结果.xlsx", return_dir=returned, **options)
    say(f"4. 审核结果（文本、JSON、Excel 各一份）：{checked}")
    say(f"5. 退回件和通知，问题标在单元格上：{returned}")
    summary.run(paths=[copied], output=consolidated, roster=roster, include="failed", **common)
    say(f"6. 汇总工作簿：{consolidated}")
    narrated = next(copied.glob(f"{NARRATED}_*.xlsx"))
    narrative.run(files=[narrated], output=narratives, draft=False, **common)
    say(f"7. 由填报表写成的自评报告（Word）：{narratives}")
    say("")
    say((checked / "审核结果.txt").read_text(encoding="utf-8"))
    say(f"请先打开 {checked / '审核结果.xlsx'} 和 {consolidated} 看看。")
    return 0


def _speaker(quiet: bool) -> Callable[[str], None]:
    def say(text: str) -> None:
        if not quiet:
            print(text)

    return say
