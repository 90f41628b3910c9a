"""Where a round's files stand, and how they are replaced: what somebody changed is kept in 存档 first."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from xltools.bilingual import Pair
from xltools.errors import UsageError
from xltools.writing.files import save
from xltools.writing.rounds import returned_suffix

SETTINGS, ROSTER = "轮次.xlsx", "名册"
ROSTER_ENDINGS = (".xlsx", ".csv", ".xls", ".et")
ISSUED, INBOX, ATTIC = "下发", "收件", "存档"
RETURNED, DONE = "退回", "已办结"
LEAFLET, REMINDER = "填报通知.txt", "未报送_通知.txt"
FINDINGS, SUMMARY, LEADER, BRIEF = "审核结果.xlsx", "汇总.xlsx", "领导版.xlsx", "情况说明.docx"
RECORD = "写出记录.json"
UNFINISHED = "（正在写）"
"""In the name of a workbook that is being written: a run that broke off leaves it, the next one replaces it."""
_TURN = re.compile(r"第([1-9][0-9]{0,2})轮")
_NO_ROUND = Pair(
    "{folder} 里没有 {name}，不是一轮的文件夹；新建一轮用 xltools round new 文件夹 --form 表格 --roster 名册",
    "{folder} is no round's folder; start one with xltools round new FOLDER --form FORM --roster FILE",
)
_NO_ROSTER = Pair("{folder} 里没有名册；请把名册存为 {name}", "{folder} has no roster; save it as {name}")
_A_LINK = Pair(
    "{path} 是一个链接，不会被写入或替换；请先移走它",
    "{path} is a link, which is neither written nor replaced: move it",
)
_IN_INBOX = Pair(
    "{path} 在这一轮的收件夹 {inbox} 里，写进去会被当成报送件；请另选输出位置",
    "{path} lies in the round's inbox {inbox} and would be taken for a submission; name another place",
)
_OPEN = Pair(
    "{path} 正在 Excel 或 WPS 中打开；请保存并关闭后再运行", "{path} is open in Excel or WPS; save and close it"
)


def refuse_in_inbox(path: Path) -> None:
    """Raise UsageError for a place in a round's inbox, however it is called: what lies there is taken as sent."""
    real = Path(os.path.realpath(path))
    for place in (*path.absolute().parents, *real.parents):
        inbox = place / INBOX
        if (place / SETTINGS).is_file() and inbox.is_dir() and real.is_relative_to(os.path.realpath(inbox)):
            raise UsageError(_IN_INBOX.format(path=path, inbox=inbox))


def refuse_link(path: Path) -> None:
    """Raise UsageError for a link: what it leads to is not ours to write, and the link is not ours to replace."""
    if path.is_symlink():
        raise UsageError(_A_LINK.format(path=path))


def write_new(path: Path, data: bytes) -> bool:
    """Write a file where there is none; False where there is one, which stays as it is."""
    if path.exists():
        return False
    refuse_link(path)
    save(path, data)
    return True


@dataclass
class Home:
    """A round's folder. `kept` is what was put into 存档 in this run."""

    folder: Path
    kept: list[Path] = field(default_factory=list)

    def __post_init__(self) -> None:
        if not (self.folder / SETTINGS).is_file():
            raise UsageError(_NO_ROUND.format(folder=self.folder.absolute(), name=SETTINGS))

    def __truediv__(self, name: str) -> Path:
        return self.folder / name

    @property
    def roster(self) -> Path:
        """The roster, in whatever format it was saved."""
        for ending in ROSTER_ENDINGS:
            if (path := self / f"{ROSTER}{ending}").is_file():
                return path
        raise UsageError(_NO_ROSTER.format(folder=self.folder.absolute(), name=f"{ROSTER}.xlsx"))

    def returned(self, turn: int) -> Path:
        """Return the folder of what goes out for the n-th time."""
        return self.folder / f"第{turn}轮" / RETURNED

    def turns(self) -> list[int]:
        """Return the rounds that have a folder, in order."""
        return sorted(int(m[1]) for p in self.folder.iterdir() if p.is_dir() and (m := _TURN.fullmatch(p.name)))

    def refuse_open(self) -> None:
        """Raise UsageError, before any work, when a workbook that will be written anew is open elsewhere or a link, or
        when a folder of ours leads into the inbox."""
        places = [self / ISSUED, self / ATTIC]
        for turn in self.turns():
            places += [self.returned(turn), self.returned(turn).parent / DONE]
        for place in (self.folder, *places):
            refuse_in_inbox(place / LEAFLET)
        for path in (self / ISSUED / LEAFLET, self / REMINDER, self / ATTIC / RECORD):
            refuse_link(path)
        for name in (FINDINGS, SUMMARY, LEADER, BRIEF):
            path = self / name
            refuse_link(path)
            try:
                if path.exists():
                    path.open("r+b").close()
            except PermissionError:
                raise UsageError(_OPEN.format(path=path)) from None

    def put(self, path: Path, data: bytes, always: bool = False) -> None:
        """Write an output. What somebody changed since we wrote it (with `always`, whatever differs) is kept in 存档;
        where we would only write again what we wrote before, it stays as somebody made it."""
        refuse_link(path)
        name, made = path.relative_to(self.folder).as_posix(), _digest(data)
        before = self._written.get(name)
        if path.is_file():
            there = _digest(path.read_bytes())
            if there == made or before == made:
                self._note(name, made)
                return
            if always or there != before:
                self._keep(path)
        save(path, data)
        self._note(name, made)

    def take(self, made: Path, path: Path) -> None:
        """Put a file that was made beside its place into it, as `put` does."""
        self.put(path, made.read_bytes())
        made.unlink()

    def retire(self, path: Path) -> None:
        """Move an output that is not due any more into 存档, if it is there."""
        if path.exists():
            target = _free(self / ATTIC / path.name)
            target.parent.mkdir(exist_ok=True)
            shutil.move(path, target)

    def _keep(self, path: Path) -> None:
        target = _free(self / ATTIC / path.name)
        save(target, path.read_bytes())
        self.kept.append(target)

    @cached_property
    def _written(self) -> dict[str, str]:
        """Which bytes we wrote to each output last; a record that cannot be read only makes us keep more."""
        try:
            record = json.loads((self / ATTIC / RECORD).read_bytes())
            return {str(k): str(v) for k, v in record.items()}
        except (OSError, ValueError, AttributeError, RecursionError):
            return {}

    def _note(self, name: str, digest: str) -> None:
        if self._written.get(name) != digest:
            self._written[name] = digest
            text = json.dumps(self._written, ensure_ascii=False, indent=1, sort_keys=True)
            save(self / ATTIC / RECORD, text.encode())

    def settle(self, due: Iterable[Path]) -> list[Path]:
        """Move the return copies and notices that are not due any more, of every round, to its 已办结; return them."""
        current = {path.absolute() for path in due}
        moved = []
        for turn in self.turns():
            folder = self.returned(turn)
            for path in sorted(folder.iterdir()) if folder.is_dir() else ():
                if path.absolute() not in current and _is_ours(path, turn):
                    target = _free(folder.parent / DONE / path.name)
                    target.parent.mkdir(exist_ok=True)
                    shutil.move(path, target)
                    moved.append(target)
        return moved


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _is_ours(path: Path, turn: int) -> bool:
    """True for the name of a return copy or notice; what else somebody put there stays."""
    pattern = rf".+(?:{returned_suffix(turn)}(?:（\d+）)?\.xlsx|_通知(?:（\d+）)?\.txt)"
    return path.is_file() and re.fullmatch(pattern, path.name) is not None


def _free(path: Path) -> Path:
    """Return the path, or the next one with a number where it is taken."""
    number, target = 1, path
    while target.exists():
        number += 1
        target = path.with_stem(f"{path.stem}（{number}）")
    return target
