"""The words a Word template may use: every field by its name, and how sentences, lists and scores are put together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from xltools.bilingual import Pair
from xltools.boundary.nearest import nearest
from xltools.errors import DefinitionError
from xltools.form import model as m
from xltools.form.layout import Key
from xltools.form.narrative import Phrases
from xltools.intake.submission import Submission
from xltools.recalc.engine import EngineValue
from xltools.writing.narrative.titles import title_lines

_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff\a]")
_LINES = re.compile(r"[\r\n\v\f\u2028]+")
_SUM = "合计"
_TRIMMED = frozenset({"score", "number"})


def shown(value: object, item: m.Field | m.Column) -> str:
    """Return a value as the report prints it: amounts and rates with all decimals, scores and counts at their shortest."""
    if value is None or value == "" or isinstance(value, bool):
        return ""
    if not isinstance(value, int | float):
        return clean(str(value))
    if item.type == "year":
        return str(int(value))
    step = Decimal(1).scaleb(-item.decimals)
    number = Decimal(repr(value)).quantize(step, ROUND_HALF_UP)
    text = format(number + 0, "f")
    return text.rstrip("0").rstrip(".") if item.type in _TRIMMED and "." in text else text


def clean(text: str) -> str:
    """Return a text without what a Word document cannot hold, on one line."""
    return _LINES.sub(" ", _ILLEGAL.sub("", text)).strip()


class TemplateWords:
    """What a template sees. `missing` lists, after rendering, the texts that nobody gave."""

    def __init__(self, submission: Submission, values: Mapping[Any, EngineValue], phrases: Phrases) -> None:
        self.submission, self.values, self.phrases = submission, values, phrases
        self.form = submission.form
        self.missing: list[str] = []

    def context(self) -> dict[str, Any]:
        """Return every name of the template."""
        names: dict[str, Any] = {f.name: self._figure(f) for f in self.form.fields}
        functions: list[Callable[..., object]] = [self.段落, self.文, self.成句, self.项, self.句, self.总, self.行列]
        functions += [self.得分, self.合计, self.标题, self.落款, self.日期]
        return names | {f.__name__: f for f in functions}

    # ------------------------------------------------------------------ values
    def _value(self, key: Key, item: m.Field | m.Column, computed: bool) -> object:
        if computed:
            return self.values.get(self.submission.layout.cells[key])
        reading = self.submission.readings.get(key)
        if reading is None or reading.blank is not None:
            return None
        if reading.problem is not None and item.numeric:
            return f"【请核对：{reading.raw}】"
        return reading.value if reading.value is not None else reading.raw

    def _raw(self, item: m.Field) -> object:
        if item.constant is not None:
            return item.constant
        return self._value(Key(item.name), item, not item.is_input)

    def _figure(self, item: m.Field) -> str:
        if item.name == self.form.name_field:
            return self._given(item)
        return shown(self._raw(item), item) if item.type != "longtext" else ""

    def _field(self, name: str) -> m.Field:
        try:
            return self.form.field(name)
        except KeyError:
            known = [f.name for f in self.form.fields]
            says = Pair(
                "自评报告模板：没有名为“{name}”的项目{near}",
                "the narrative's template: there is no field “{name}”{near}",
            )
            raise DefinitionError(says.format(name=name, near=nearest(name, known))) from None

    def _given(self, item: m.Field) -> str:
        text = clean(str(self._raw(item) or ""))
        return text or self._lacking(item)

    def _lacking(self, item: m.Field) -> str:
        if item.label not in self.missing:
            self.missing.append(item.label)
        return f"{self.phrases.placeholder}：{item.label}】"

    # ------------------------------------------------------------------ what the template calls
    def 段落(self, name: str) -> list[str]:
        """The paragraphs of a text field, or the mark that it has to be added."""
        item = self._field(name)
        lines = [clean(line) for line in _LINES.split(str(self._raw(item) or ""))]
        return [line for line in lines if line] or [self._lacking(item)]

    def 文(self, name: str) -> str:
        """A text field on one line, closed as a sentence, or the mark that it has to be added."""
        item = self._field(name)
        text = self.成句("".join(self.段落(name)))
        return text if self._raw(item) else self._lacking(item)

    def 成句(self, text: str) -> str:
        """A text closed as a sentence."""
        text = clean(text)
        return text if not text or text[-1] in "。！？】" else text.rstrip("；，,;.") + "。"

    def 项(self, words: str, name: str, *more: str) -> str:
        """TemplateWords (else the field's label), figure and unit of a field; nothing when it was not given."""
        item = self._field(name)
        figure = self._figure(item)
        return (
            "，".join([f"{words or item.label}{figure}{item.unit}", *(text for text in more if text)]) if figure else ""
        )

    def 句(self, begin: str, *items: str) -> str:
        """A sentence of the items that have something to say; nothing when none has."""
        said = [text for text in items if text]
        return f"{begin}{'，'.join(said)}。" if said else ""

    def 总(self, words: str, name: str, *parts: str, 名: str = "", 尾: str = "") -> str:
        """A total and, when its parts were given, how it is made up (the parts that are nothing are left out)."""
        total = self.项(words, name)
        if not total:
            return ""
        found: list[tuple[str, str, object]] = []
        for part in parts:
            item = self._field(part)
            label = 名 + item.label.partition("：")[2] if item.label.startswith("其中：") else 名 + item.label
            label = label if label.endswith(尾) else label + 尾
            if self._raw(item):
                found.append((label, self.项(label, part), self._raw(item)))
        if len(found) == 1 and found[0][2] == self._raw(self._field(name)):
            return f"{total}，全部为{found[0][0].removesuffix(_SUM)}"
        return f"{total}，分别为{'，'.join(said for _, said, _ in found)}" if found else total

    def 标题(self, whose: str, what: str) -> str:
        """The title of the report in lines that cut no word."""
        return "\n".join(title_lines(whose, what))

    def 落款(self, name: str) -> str:
        """Who signs, or the mark that it has to be added."""
        return self._given(self._field(name))

    def 日期(self, name: str) -> str:
        """A date as it stands under a report, or the mark that it has to be added."""
        item = self._field(name)
        value = self._raw(item)
        return f"{value.year}年{value.month}月{value.day}日" if isinstance(value, date) else self._lacking(item)

    def 行列(self, name: str) -> list[dict[str, str]]:
        """The rows of a table that hold anything, each column by its name and label."""
        table = self.form.table(name)
        rows = []
        for index in range(self.submission.layout.capacities[name]):
            row: dict[str, str] = {}
            for column in table.columns:
                row[column.name] = row[column.label] = self._cell(table, index, column)
            if table.is_fixed or row.get(table.title_column or ""):
                rows.append(row)
        return rows

    def _cell(self, table: m.Table, index: int, column: m.Column) -> str:
        constants = table.rows[index] if table.is_fixed else {}
        if column.name in constants and table.cell_formula(index, column) is None:
            return shown(constants[column.name], column)
        key = Key(table.name, index, column.name)
        if key not in self.submission.layout.cells:
            return ""
        value = self._value(key, column, table.cell_formula(index, column) is not None)
        return "" if column.numeric and column.formula and isinstance(value, str) else shown(value, column)

    def 得分(self, *groups: str) -> str:
        """The score of each group of the scoring table, and where points were lost and why."""
        scores: list[str] = []
        losses: list[str] = []
        for table in self.form.tables:
            if table.score_column is None or table.weight_column is None:
                continue
            for group in groups:
                field = next(
                    (f for f in self.form.fields if f.section == table.subtotal_section and f.label == group), None
                )
                if field is not None and self._figure(field):
                    scores.append(f"{group}自评得分{self._figure(field)}{field.unit}")
                losses += self._losses(table, group)
        text = f"{'，'.join(scores)}。" if scores else ""
        return text + (f"扣分情况：{'；'.join(losses)}。" if losses else "")

    def _losses(self, table: m.Table, group: str) -> Iterator[str]:
        score, weight = table.column(table.score_column or ""), table.column(table.weight_column or "")
        for index, constants in enumerate(table.rows):
            if group not in (constants.get(c) for c in table.group_columns):
                continue
            key = Key(table.name, index, score.name)
            got = self._value(key, score, table.cell_formula(index, score) is not None)
            full = constants.get(weight.name)
            if not isinstance(got, int | float) or not isinstance(full, int | float) or got >= full:
                continue
            reason = ""
            if table.reason_column is not None:
                reason = self._cell(table, index, table.column(table.reason_column)).rstrip("。；，;,. ")
            why = f"，原因是{reason}" if reason else ""
            yield f"“{constants.get(table.title_column or '')}”自评得分{shown(got, score)}{score.unit}{why}"

    def 合计(self, name: str, label: str) -> str:
        """The last row of a scoring table: the word, the weights' total, the score."""
        table = self.form.table(name)
        columns = [c.label for c in table.columns if not c.hidden]
        if label == columns[0]:
            return self.phrases.total_row
        if table.weight_column and label == table.column(table.weight_column).label and table.total is not None:
            return shown(table.total, table.column(table.weight_column))
        if table.score_column and label == table.column(table.score_column).label:
            return self._figure(self._field(self.form.score_field))
        return ""
