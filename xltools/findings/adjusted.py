"""What the coordinator changed of a rule for this run: to which level, since when, for whom, why, and what it met."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from xltools.bilingual import EMPTY, Pair, joined, same
from xltools.findings.texts import LEVEL_SAID
from xltools.form.model import Level

NewLevel = Level | Literal["off"]
OFF = Pair("停用", "off")
HEAD = Pair(
    "规则调整（{file}；填报表的“校验”页仍显示原级别）：",
    "Rules changed ({file}; the workbook's own sheet 校验 still shows their old level):",
)
_LINE = Pair(
    "{code}{was} → {level}，{scope}涉及 {count} 项；理由：{reason}（{name}）",
    "{code}{was} → {level}, {scope}{count} findings; reason: {reason} ({name})",
)
_WAITING = Pair(
    "{code} → {level}，{since} 才生效，这次没有用", "{code} → {level} holds from {since} on: not used this time"
)
_UNDATED = Pair("自 {since}（没有写 --date，按已生效），", "since {since} (no --date given: taken as in force), ")
_SINCE, _FORM, _FOR = Pair("自 {since}，", "since {since}, "), Pair("{form}，", "{form}, "), Pair("{who}，", "{who}, ")


class Adjusted(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of the file, and how many findings it changed; `used` is False before its date, `dated` in a run of no date."""

    code: str
    level: NewLevel
    was: tuple[Level, ...] = ()
    since: str = ""
    form: str = ""
    departments: tuple[str, ...] = ()
    reason: str = ""
    name: str = ""
    file: str = ""
    count: int = 0
    used: bool = True
    dated: bool = True

    @property
    def words(self) -> Pair:
        """Return the line that says it."""
        level = OFF if self.level == "off" else LEVEL_SAID[self.level]
        if not self.used:
            return _WAITING.format(code=self.code, level=level, since=self.since)
        scope = joined(
            (
                (_SINCE if self.dated else _UNDATED).format(since=self.since) if self.since else EMPTY,
                _FORM.format(form=self.form) if self.form else EMPTY,
                _FOR.format(who=joined(map(same, self.departments))) if self.departments else EMPTY,
            ),
            zh="",
            en="",
        )
        was = joined([LEVEL_SAID[one] for one in self.was], zh="／", en="/")
        before = Pair(f" {was.zh}", f" {was.en}") if self.was else EMPTY
        told = {"code": self.code, "was": before, "level": level, "scope": scope, "count": self.count}
        return _LINE.format(**told, reason=self.reason, name=self.name)
