"""The tables for those who go on elsewhere: one fact a row, documented columns, as CSV or JSON (docs/summary.md)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from xltools.bilingual import Lang, Pair
from xltools.errors import UsageError
from xltools.findings.wording import Wording
from xltools.form.model import Form
from xltools.json_text import escaped, json_text
from xltools.summary.batch import Batch
from xltools.summary.book import ConsolidatedBook
from xltools.summary.entry import BatchEntry
from xltools.summary.frames import indicators_of, open_tables

SCHEMA = "xltools.summary/1"
_NOT_A_FOLDER = Pair(
    "--format csv 会生成多个文件，-o 应为文件夹，现为 {output}",
    "--format csv writes several files: -o must be a folder, not {output}",
)
_WHO = {"form": "表格", "code": "部门编码", "department": "部门名称", "office": "归口科室"}
TABLES: dict[str, dict[str, str]] = {
    "submissions": _WHO
    | {
        "file": "报送文件",
        "sha256": "文件指纹",
        "version": "表格版本",
        "round": "轮次",
        "status": "审核状态",
        "score": "自评得分",
        "grade": "等级",
        "counted": "是否计入",
        "in_total": "是否计入合计",
        "reason": "未计入的原因",
        "mark": "计入说明",
        "errors": "错误",
        "confirms": "待核实",
        "notices": "提示",
        "settled": "已说明",
    },
    "figures": _WHO
    | {
        "in_total": "是否计入合计",
        "section": "栏目",
        "field": "字段",
        "label": "项目",
        "unit": "单位",
        "value": "数值",
        "sheet": "工作表",
        "cell": "单元格",
    },
    "scores": _WHO
    | {"in_total": "是否计入合计", "group": "指标层级", "indicator": "指标", "weight": "分值", "score": "得分"},
    "indicators": _WHO | {"table": "指标类别", "row": "行", "column": "列", "label": "列名", "value": "内容"},
    "findings": _WHO
    | {
        "level": "级别",
        "state": "处理",
        "rule": "编号",
        "sheet": "工作表",
        "cell": "单元格",
        "field": "项目",
        "message": "问题",
        "stated": "填报数",
        "expected": "应为",
        "difference": "差额",
        "explanation": "说明",
        "file": "报送文件",
    },
    "missing": {"code": "部门编码", "department": "部门名称", "office": "归口科室"},
}
"""Table → column → its Chinese heading."""

Row = dict[str, Any]


def tables_of(batch: Batch) -> dict[str, list[Row]]:
    """Return every table, rows in the order of the workbook."""
    found: dict[str, list[Row]] = {name: [] for name in TABLES}
    for entry in batch.entries:
        found["submissions"].append(_submission(entry))
        found["findings"] += [] if entry.spare else _findings(entry, batch.wording)
        form = batch.forms.get(entry.checked.form)
        if entry.counted and form is not None and entry.checked.harvest is not None:
            found["figures"] += _figures(entry, form)
            found["scores"] += _scores(entry, form)
            found["indicators"] += _indicators(entry, form)
    found["missing"] = [{"code": d.code, "department": d.name, "office": d.office} for d in batch.missing]
    return found


def _who(entry: BatchEntry) -> Row:
    return {"form": entry.checked.form, "code": entry.code, "department": entry.name, "office": entry.office}


def _submission(entry: BatchEntry) -> Row:
    checked = entry.checked
    levels = [f.level for f in checked.findings if f.is_open]
    return _who(entry) | {
        "file": checked.file,
        "sha256": checked.sha256,
        "version": checked.harvest.version if checked.harvest is not None else "",
        "round": checked.round,
        "status": checked.status,
        "score": checked.score,
        "grade": checked.grade,
        "counted": entry.counted,
        "in_total": entry.in_total,
        "reason": entry.reason,
        "mark": entry.mark,
        "errors": levels.count("error"),
        "confirms": levels.count("confirm"),
        "notices": levels.count("notice"),
        "settled": sum(not f.is_open for f in checked.findings),
    }


def _figures(entry: BatchEntry, form: Form) -> Iterator[Row]:
    harvest = entry.checked.harvest
    assert harvest is not None
    places = dict(zip((f.name for f in form.fields if f.summary), harvest.places, strict=True))
    for item, value in zip(form.fields, harvest.values, strict=True):
        sheet, cell = places.get(item.name, ("", ""))
        yield _who(entry) | {
            "in_total": entry.in_total,
            "section": item.section,
            "field": item.name,
            "label": item.label,
            "unit": item.unit,
            "value": value,
            "sheet": sheet,
            "cell": cell,
        }


def _scores(entry: BatchEntry, form: Form) -> Iterator[Row]:
    harvest = entry.checked.harvest
    assert harvest is not None
    for indicator in indicators_of(form):
        table = form.table(indicator.table)
        at = next(i for i, c in enumerate(table.columns) if c.name == table.score_column)
        yield _who(entry) | {
            "in_total": entry.in_total,
            "group": "·".join(indicator.groups),
            "indicator": indicator.name,
            "weight": indicator.weight,
            "score": harvest.tables[table.name][indicator.row][at],
        }


def _indicators(entry: BatchEntry, form: Form) -> Iterator[Row]:
    harvest = entry.checked.harvest
    assert harvest is not None
    for table in open_tables(form):
        for number, row in enumerate(harvest.tables.get(table.name, ()), start=1):
            for column, value in zip(table.columns, row, strict=True):
                if value is not None and not column.hidden:
                    yield _who(entry) | {
                        "table": table.name,
                        "row": number,
                        "column": column.name,
                        "label": column.label,
                        "value": value,
                    }


def _findings(entry: BatchEntry, wording: Wording) -> Iterator[Row]:
    for f in entry.checked.findings:
        yield _who(entry) | {
            "level": f.level,
            "state": f.state,
            "rule": f.code,
            "sheet": f.sheet,
            "cell": f.cell,
            "field": wording.label(f),
            "message": wording.message(f),
            "stated": f.stated,
            "expected": f.expected,
            "difference": f.difference,
            "explanation": f.explanation,
            "file": f.file,
        }


def json_file(batch: Batch, book: ConsolidatedBook) -> bytes:
    """Return all tables as one JSON file."""
    verdict = book.verdict
    head = {"complete": verdict.kind == "complete", "verdict": verdict.words, "problems": list(book.problems)}
    data = {"schema": SCHEMA, **head, **tables_of(batch)}
    return (json_text(data, indent=1, default=str) + "\n").encode("utf-8")


def csv_files(batch: Batch, output: Path, lang: Lang) -> dict[Path, bytes]:
    """Return one CSV file a table for a folder (UTF-8 with a mark, so that Excel reads the Chinese)."""
    if output.suffix.lower() in (".csv", ".xlsx", ".json") or output.is_file():
        raise UsageError(_NOT_A_FOLDER.format(output=output))
    found = {}
    for name, rows in tables_of(batch).items():
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        headings = TABLES[name]
        writer.writerow(Pair(title, key).text(lang) for key, title in headings.items())
        writer.writerows([_plain(row.get(key)) for key in headings] for row in rows)
        found[output / f"{name}.csv"] = b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")
    return found


def _plain(value: Any) -> Any:
    """Return a cell as CSV holds it: text that a spreadsheet would take for a formula gets an apostrophe before it."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, str):
        return escaped("'" + value if value[:1] in ("=", "+", "-", "@", "\t", "\r", "\n") else value)
    return value
