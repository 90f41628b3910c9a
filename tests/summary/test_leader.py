"""What a leader asks, held against the sent files and the report: ranks, rates, types of problems, offices; and how it prints."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document

from tests.support.libreoffice import convert
from tests.support.rounds import FORM, Round, standing
from xltools.form.layout import Key
from xltools.jobs.common import workspace

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")
MOST_PAGES = 10


def cell(file: str, field: str) -> Any:
    ref = workspace(None).layout(FORM).cells[Key(field)]
    return openpyxl.load_workbook(file, data_only=True)[ref.sheet].cell(ref.row, ref.column).value


def test_the_ranking_holds_everyone_who_counts_the_best_first(round_: Round) -> None:
    rows = round_.rows("排名", "名次")
    own = {c: s[0] for c, s in standing(round_).items() if s and {x["status"] for x in s} == {"passed"}}
    names = {line["部门编码"]: line["部门名称"] for line in round_.lines}
    assert {r["部门名称"]: r["自评总分"] for r in rows} == {names[c]: s["score"] for c, s in own.items()}
    ranked = [(r["名次"], r["自评总分"]) for r in rows if r["名次"] != "—"]
    scores = [score for _, score in ranked]
    assert len(ranked) == round_.shown()["计入合计"] and scores == sorted(scores, reverse=True)
    assert [rank for rank, _ in ranked] == [1 + sum(s > score for s in scores) for score in scores]
    assert all("下属单位" in r["说明"] for r in rows if r["名次"] == "—")


def test_every_department_under_the_target_is_listed_the_uncounted_too(round_: Round) -> None:
    rates = {}
    for sent in standing(round_).values():
        for one in sent[:1]:
            if one["status"] != "unreadable" and cell(one["file"], "支出率") < 90:
                rates[cell(one["file"], "部门名称")] = cell(one["file"], "支出率")
    rows = round_.rows("低支出率", "序号")
    assert {r["部门名称"]: r["部门预算资金支出率（%）"] for r in rows} == rates and len(rates) > 2
    assert {r["是否计入"] for r in rows} == {"计入", "未计入"}
    assert [r["部门预算资金支出率（%）"] for r in rows] == sorted(rates.values())


def speaking(made: Round) -> set[str]:
    """The files that no other one replaces."""
    rows = made.rows("来源", "部门编码")
    return {Path(str(r["报送文件"])).name for r in rows if r["是否计入"] != "已被代替"}


def test_problems_are_counted_by_type_and_office(round_: Round) -> None:
    files = speaking(round_)
    offices = {line["部门编码"]: line["归口科室"] for line in round_.lines}
    owner = {s["file"]: s["code"] for s in round_.report["submissions"]}
    open_ = Counter()
    by_office = Counter()
    for f in round_.report["findings"]:
        if Path(f["file"]).name in files and f["state"] == "open" and not f["code"].startswith("NA"):
            open_[f["code"]] += 1
            by_office[f["code"], offices.get(owner[f["file"]], "（不在名册）")] += 1
    rows = {r["编号"]: r for r in round_.rows("问题类型", "级别")}
    assert {c: r["待处理（项）"] for c, r in rows.items() if r["待处理（项）"]} == dict(open_)
    shown = {(c, o): r[o] for c, r in rows.items() for o in {*offices.values(), "（不在名册）"} if r.get(o)}
    assert shown == dict(by_office)


def test_offices_say_who_reported_and_who_passed(round_: Round) -> None:
    own = standing(round_)
    offices: dict[str, list[str]] = {}
    for line in round_.lines:
        offices.setdefault(line["归口科室"], []).append(line["部门编码"])
    rows = {r["归口科室"]: r for r in round_.rows("科室汇总", "归口科室")}
    for office, codes in offices.items():
        came = [c for c in codes if own[c]]
        passed = [c for c in came if {s["status"] for s in own[c]} == {"passed"}]
        row = rows[office]
        assert (row["应报"], row["已报"], row["通过"]) == (len(codes), len(came), len(passed)), office
        assert row["报送率（%）"] == pytest.approx(len(came) / len(codes) * 100, abs=0.051)
        assert row["通过率（%）"] == pytest.approx(len(passed) / len(came) * 100, abs=0.051)


def test_the_words_come_from_the_figures_and_are_in_word_too(round_: Round) -> None:
    words, shown = round_.lines_of("情况说明"), round_.shown()
    assert f"应报 36 个部门，已报 {shown['已报']} 个" in words and f"审核通过 {shown['通过']} 个" in words
    assert f"平均 {shown['平均分']:.2f} 分" in words and "1 个部门没有报送：示例区档案馆（行政政法科）" in words
    lost = re.findall(r"失分最多的是[^（]+（失 (\d+\.\d\d) 分）", words)
    assert lost and all(0 < float(v) <= 10 for v in lost)
    text = [p.text for p in Document(str(round_.brief)).paragraphs]
    for part in ("一、总体情况", "二、主要问题", "三、建议", "示例区财政局"):
        assert part in text
    assert all(line.strip() in words for line in text if len(line) > 20)


def test_the_leaders_version_has_ten_pages_at_most_and_no_formula(round_: Round, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(round_.leader)
    seen = [s.title for s in book if s.sheet_state == "visible"]
    assert seen == ["封面", "总览", "情况说明", "排名", "科室汇总", "低支出率", "问题类型", "未报送"]
    assert not [c for s in book for row in s.iter_rows() for c in row if c.data_type == "f"]
    pages = convert([round_.leader], tmp_path, "pdf")[0].read_bytes()
    assert 6 <= len(re.findall(rb"/Type\s*/Page[^s]", pages)) <= MOST_PAGES


def test_charts_begin_at_nothing_and_name_fifteen_at_most(round_: Round) -> None:
    with zipfile.ZipFile(round_.book) as package:
        charts = [package.read(n).decode() for n in package.namelist() if n.startswith("xl/charts/chart")]
    assert len(charts) == 7
    for chart in charts:
        lowest = [float(v) for v in re.findall(r'<c:min val="([^"]+)"', chart)]
        assert lowest == [0.0]
        names = {int(last) - int(first) + 1 for first, last in re.findall(r"\$(\d+):\$[A-Z]+\$(\d+)", chart)}
        assert max(names) <= 15


def test_only_the_footer_of_the_cover_names_the_program(round_: Round) -> None:
    book = openpyxl.load_workbook(round_.book)
    cover = [str(c.value) for row in book["封面"].iter_rows() for c in row if c.value]
    assert "示例区财政局" in cover and "2023 年度" in cover and not [w for w in cover if "xltools" in w]
    assert "xltools" in book["封面"].oddFooter.center.text


def test_units_in_headers_stay_whole_and_what_is_to_look_things_up_in_is_not_printed(round_: Round) -> None:
    book = openpyxl.load_workbook(round_.book)
    for sheet in book:
        for row in sheet.iter_rows(max_row=8):
            for c in row:
                unit = (
                    re.search(r"（[^（）]{1,5}）$", str(c.value))
                    if c.value and c.fill.fgColor.rgb == "FF2F5597"
                    else None
                )
                if unit is not None:
                    width = next(d.width for d in sheet.column_dimensions.values() if d.min <= c.column <= d.max)
                    taken = 2 * len(unit[0])
                    alone = str(c.value).split("\n")[-1] == unit[0]
                    assert alone or len(str(c.value)) * 2 <= width, (sheet.title, c.value)
                    assert not alone or taken <= width, (sheet.title, c.value)
    for name in ("核对", "来源", "来源位置"):
        assert book[name].print_area.endswith("$2"), name
    assert book["图表数据"].sheet_state == "hidden"
