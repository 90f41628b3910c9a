"""The sheets that list rather than sum: 问题清单, 未计入, 未报送, 重复报送, 豁免与说明, 来源."""

from __future__ import annotations

from collections.abc import Sequence

from xltools.findings.finding import Finding
from xltools.form import model as m
from xltools.intake.files.names import name_of
from xltools.summary.batch import Batch
from xltools.summary.entry import REPLACED, BatchEntry
from xltools.writing.consolidated.names import Names
from xltools.writing.consolidated.plan import CellContent, Grid, GridColumn
from xltools.writing.rounds import round_words

STATE_WORDS = {"open": "待处理", "explained": "已说明", "waived": "已豁免"}


class Lists:
    """The lists of a batch; with several forms each row says of which."""

    def __init__(self, batch: Batch, names: Names) -> None:
        self.batch, self.names = batch, names
        self.with_office = batch.roster is not None

    def _who(self, owners: Sequence[BatchEntry | None]) -> list[GridColumn]:
        columns = [
            GridColumn("_code", "部门编码", "code", [e.code if e else "" for e in owners], width=11),
            GridColumn(
                "_name", "部门名称", "text", [(e.name or "（未读出）") if e else "（批次）" for e in owners], width=24
            ),
        ]
        if self.with_office:
            columns.append(GridColumn("_office", "归口科室", "text", [e.office if e else "" for e in owners], width=13))
        if len(self.batch.forms) > 1:
            columns.append(GridColumn("_form", "表格", "text", [e.checked.form if e else "" for e in owners], width=15))
        return columns

    def findings(self) -> Grid:
        """Every finding of the run, open or not."""
        return self._findings(
            "问题清单",
            "审核问题清单",
            "各部门现行报送件的审核问题，含未计入合计的，不含已被代替的旧件；可按级别、处理情况筛选。同一部门内按级别排列。",
            [(e, f) for e in self.batch.speaking for f in e.checked.findings]
            + [(None, f) for f in self.batch.findings],
            "没有审核问题",
        )

    def settled(self) -> Grid:
        """What was explained by the departments or waived by the bureau."""
        rows = [(e, f) for e in self.batch.speaking for f in e.checked.findings if not f.is_open]
        return self._findings(
            "豁免与说明",
            "豁免与说明",
            "部门已书面说明、或财政部门已豁免的问题，附说明原文。",
            [*rows, *((None, f) for f in self.batch.findings if not f.is_open)],
            "没有已说明或豁免的问题",
        )

    def _findings(
        self, name: str, title: str, note: str, rows: Sequence[tuple[BatchEntry | None, Finding]], empty: str
    ) -> Grid:
        found, wording = [f for _, f in rows], self.batch.wording
        columns = self._who([e for e, _ in rows])
        columns += [
            GridColumn("level", "级别", "level", [m.LEVEL_WORDS[f.level] for f in found], width=7, look="state"),
            GridColumn("state", "处理", "centre", [STATE_WORDS[f.state] for f in found], width=8),
            GridColumn("rule", "编号", "centre", [f.code for f in found], width=8),
            GridColumn("sheet", "工作表", "text", [f.sheet for f in found], width=12),
            GridColumn("cell", "单元格", "centre", [f.cell for f in found], width=8),
            GridColumn("item", "项目", "text", [wording.label(f) for f in found], width=18),
            GridColumn("message", "问题", "wrap", [wording.message(f) for f in found], width=52),
            GridColumn("stated", "填报数", "number", [_shown(f.stated) for f in found], width=12),
            GridColumn("expected", "应为", "number", [self._expected(f) for f in found], width=12),
            GridColumn(
                "difference", "差额", "number", [f.difference if wording.expected(f) else None for f in found], width=10
            ),
            GridColumn("explanation", "说明", "wrap", [f.explanation for f in found], width=28),
            GridColumn("hint", "可能的原因", "wrap", [wording.hint(f) for f in found], width=26),
            GridColumn(
                "file", "报送文件", "link", [name_of(f.file) for f in found], width=30, links=[f.file for f in found]
            ),
        ]
        return Grid(self.names(name), title, columns, f"共 {len(rows)} 项。{note}", empty=empty)

    def _expected(self, finding: Finding) -> CellContent:
        """Return what should stand there; where that rests on figures in question, what comes first."""
        wording = self.batch.wording
        return _shown(finding.expected) if wording.expected(finding) else wording.first(finding)

    def left_out(self) -> Grid:
        """The files that are in no total, each with its reason and the figures that are not in."""
        entries = self.batch.left_out
        columns = self._who(entries)
        columns += [
            GridColumn("_state", "审核状态", "centre", [e.status for e in entries], width=9, look="state"),
            GridColumn("_reason", "未计入的原因", "wrap", [e.reason or "（没有写明）" for e in entries], width=46),
            GridColumn("_score", "自评得分（未计入）", "score", [e.checked.score for e in entries], width=11),
            GridColumn("_grade", "等级", "centre", [e.checked.grade for e in entries], width=7),
        ]
        files = [e.checked.file for e in entries]
        columns.append(GridColumn("_file", "报送文件", "link", files, width=40, links=files))
        how = "；加 --include failed 可把未通过的也计入（逐行标明）" if not self.batch.include_failed else ""
        return Grid(
            self.names("未计入"),
            "未计入合计的报送件",
            columns,
            f"共 {len(entries)} 件。合计只含审核通过（含已书面说明）的报送件{how}。已被代替的旧件见“重复报送”。",
            empty="全部报送件都已计入",
        )

    def missing(self) -> Grid:
        """Who sent nothing."""
        lines = self.batch.missing
        columns = [
            GridColumn("_code", "部门编码", "code", [d.code for d in lines], width=12),
            GridColumn("_name", "部门名称", "text", [d.name for d in lines], width=40),
            GridColumn("_office", "归口科室", "text", [d.office for d in lines], width=22),
            GridColumn("_contact", "联系人", "text", [str(d.values.get("联系人", "")) for d in lines], width=14),
            GridColumn("_phone", "电话", "code", [str(d.values.get("电话", "")) for d in lines], width=18),
        ]
        note = f"名册中共 {len(lines)} 个部门没有报送。" if self.batch.roster else "没有给出名册，无法判断谁没有报送。"
        return Grid(self.names("未报送"), "未报送的部门", columns, note, empty="名册中的部门都已报送", reader="leader")

    def duplicates(self) -> Grid:
        """Departments of which several files came, and which one counts."""
        groups: dict[str, list[BatchEntry]] = {}
        for entry in self.batch.entries:
            if entry.checked.form and (entry.code or entry.name):
                groups.setdefault(entry.checked.owner, []).append(entry)
        rows = [e for group in groups.values() if len(group) > 1 for e in group]
        columns = self._who(rows)
        columns += [
            GridColumn("_round", "轮次", "centre", [round_words(e.checked.round) for e in rows], width=7),
            GridColumn(
                "_counted",
                "是否计入",
                "centre",
                [_counted(e) for e in rows],
                width=10,
                look="state",
            ),
            GridColumn("_reason", "说明", "wrap", [e.reason or e.mark for e in rows], width=48),
            GridColumn(
                "_file",
                "报送文件",
                "link",
                [e.checked.file for e in rows],
                width=40,
                links=[e.checked.file for e in rows],
            ),
            GridColumn(
                "_hash", "文件指纹（SHA-256 前 16 位）", "text", [e.checked.sha256[:16] for e in rows], width=20
            ),
        ]
        note = "同一部门报送了多份的，逐份列出；内容相同的文件指纹也相同。"
        return Grid(self.names("重复报送"), "重复报送", columns, note, empty="没有重复报送")

    def sources(self) -> Grid:
        """Every file of the run: its hash, edition, state, and whether it counts."""
        entries = self.batch.entries
        columns = self._who(entries)
        taken = [e.checked.harvest for e in entries]
        files = [e.checked.file for e in entries]
        columns += [
            GridColumn("_file", "报送文件", "link", files, width=40, links=files),
            GridColumn("_counted", "是否计入", "centre", [_counted(e) for e in entries], width=15, look="state"),
            GridColumn("_state", "审核状态", "centre", [e.status for e in entries], width=9, look="state"),
            GridColumn("_round", "轮次", "centre", [_round(e) for e in entries], width=7),
            GridColumn("_edition", "表格版本", "text", [h.version if h else "" for h in taken], width=10),
            GridColumn("_digest", "定义摘要", "text", [h.digest if h else "" for h in taken], width=18),
            GridColumn("_hash", "文件指纹（SHA-256）", "text", [e.checked.sha256 for e in entries], width=40),
        ]
        return Grid(
            self.names("来源"),
            "数据来源",
            columns,
            f"本次收到的全部 {len(entries)} 个文件；点文件名可打开原文件。每个数取自哪个单元格，见“来源位置”。",
            empty="没有收到文件",
            reader="proof",
        )


def _counted(entry: BatchEntry) -> str:
    if entry.spare:
        return REPLACED
    if not entry.counted:
        return "未计入"
    if not entry.in_total:
        return "含在主管部门数内"
    return "已计入（未通过）" if entry.mark else "计入"


def _round(entry: BatchEntry) -> str:
    return round_words(entry.checked.round) if entry.checked.form else ""


def _shown(value: object) -> CellContent:
    """Return a finding's figure as it is shown: numbers as numbers, the rest as text."""
    if value is None or isinstance(value, str | int | float):
        return value
    return str(value)
