"""xltools demo: the whole round on the samples, into a folder, saying what each step did and where to look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xltools.bilingual import Pair
from xltools.errors import UsageError
from xltools.form import samples_folder
from xltools.jobs import check, narrative, summary, template
from xltools.jobs.common import CommonOptions, workspace
from xltools.jobs.outputs import Outputs

FORM = "guangdong-2023"
NARRATED = "101002"
"""The clean department a narrative report is written for."""
A_FILE = Pair("{path} 是文件，不是文件夹；请换一个位置", "{path} is a file, not a folder; name another place")
PLACES = ("1_空白表.xlsx", "2_下发", "3_报送件", "4_审核", "5_退回", "6_汇总.xlsx", "7_自评报告")
STEPS = (
    Pair("1. 空白填报表：{path}", "1. The blank workbook: {path}"),
    Pair(
        "2. 按名册为 9 个部门各生成一份预填好的填报表：{path}",
        "2. A prefilled workbook for each of 9 departments: {path}",
    ),
    Pair(
        "3. 8 个部门报回的表和 1 份自评报告（示例）：{path}", "3. What 8 departments sent back, and 1 narrative: {path}"
    ),
    Pair("4. 审核结果（文本、JSON、Excel 各一份）：{path}", "4. The report (text, JSON, Excel): {path}"),
    Pair("5. 退回件和通知，问题标在单元格上：{path}", "5. Return copies and notices, marked cell by cell: {path}"),
    Pair("6. 汇总工作簿：{path}", "6. The consolidated workbook: {path}"),
    Pair("7. 由填报表写成的自评报告（Word）：{path}", "7. A narrative report written from a workbook (Word): {path}"),
)
LOOK = Pair("请先打开 {one} 和 {other} 看看。", "Open {one} and {other} first.")


@dataclass(frozen=True, kw_only=True)
class DemoOptions(CommonOptions):
    """What the command was asked for."""

    folder: Path | None = None


def run(options: DemoOptions) -> int:
    """Make templates, check what came back, return what is wrong, sum up, write a narrative."""
    samples = samples_folder()
    target = options.folder or Path("xltools-demo")
    if target.exists() and not target.is_dir():
        raise UsageError(A_FILE.format(path=target))
    outputs = Outputs(workspace(options.forms_dir), [samples])
    outputs.enter(target)
    common: dict[str, Any] = {
        "forms_dir": options.forms_dir,
        "lang": options.lang,
        "quiet": True,
        "day": options.day,
    }
    roster = samples / "名册.xlsx"
    places = [target / name for name in PLACES]
    blank, prefilled, copied, checked, returned, consolidated, narratives = places

    template.run(template.TemplateOptions(form=FORM, output=blank, **common))
    template.run(template.TemplateOptions(form=FORM, output=prefilled, roster=roster, **common))
    _copy([samples / "报送件", samples / "narratives"], copied, outputs)
    common |= {"roster": roster}
    for format_, output, back in (("text", "txt", None), ("json", "json", None), ("xlsx", "xlsx", returned)):
        report = checked / f"审核结果.{output}"
        check.run(check.CheckOptions(paths=[copied], format_=format_, output=report, return_dir=back, **common))
    summary.run(summary.SummaryOptions(paths=[copied], output=consolidated, include="failed", **common))
    del common["roster"]
    narrated = next(copied.glob(f"{NARRATED}_*.xlsx"))
    narrative.run(narrative.NarrativeOptions(files=[narrated], output=narratives, **common))
    if not options.quiet:
        _tell(options, places)
    return 0


def _copy(folders: Sequence[Path], target: Path, outputs: Outputs) -> None:
    """Copy the samples; what stands there already and is not the very same is never replaced."""
    sources = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    copies = {target / path.name: path.read_bytes() for path in sources}
    fresh = {path: data for path, data in copies.items() if not (path.is_file() and path.read_bytes() == data)}
    outputs.claim(*((path, "plain") for path in fresh))
    for path, data in fresh.items():
        outputs.save(path, data, "plain")


def _tell(options: DemoOptions, places: list[Path]) -> None:
    """Say what was made and show the report."""
    for words, path in zip(STEPS, places, strict=True):
        print(words.format(path=path).text(options.lang))
    print()
    print((places[3] / "审核结果.txt").read_text(encoding="utf-8"))
    print(LOOK.format(one=places[3] / "审核结果.xlsx", other=places[5]).text(options.lang))
