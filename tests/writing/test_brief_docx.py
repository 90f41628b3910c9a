"""The leader's words as a Word file: by the built-in template, by a bureau's own, and what is said of a wrong one."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document

from xltools.errors import DefinitionError, UsageError
from xltools.writing.brief_docx import brief_docx
from xltools.writing.consolidated.plan import Letter, Paragraphs

LETTER = Letter(
    "情况说明",
    "2023 年度情况说明",
    (Paragraphs("一、总体情况", ["应报 8 个部门 <b>&。"]), Paragraphs("二、主要问题", ["甲。", "乙。"])),
    "",
    ("示例区财政局", "2024-05-01"),
)


def texts(data: bytes) -> list[str]:
    return [p.text for p in Document(io.BytesIO(data)).paragraphs if p.text]


def test_the_built_in_template_says_everything_in_order() -> None:
    expected = ["2023 年度情况说明", "一、总体情况", "应报 8 个部门 <b>&。", "二、主要问题", "甲。", "乙。"]
    assert texts(brief_docx(LETTER, {}, None)) == [*expected, "示例区财政局", "2024-05-01"]


def test_the_same_words_give_the_same_bytes() -> None:
    assert brief_docx(LETTER, {}, None) == brief_docx(LETTER, {}, None)


def test_a_bureaus_own_template_takes_what_it_wants(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("{{ 单位 }}：平均 {{ 数['平均分'] }} 分，{{ 主要问题[1] }}")
    document.save(str(tmp_path / "own.docx"))
    assert texts(brief_docx(LETTER, {"平均分": "94.98"}, tmp_path / "own.docx")) == [
        "示例区财政局：平均 94.98 分，乙。"
    ]


@pytest.mark.parametrize("words", ["{{ 没有这个 }}", "{% for x in %}"])
def test_a_template_with_a_slip_is_named(tmp_path: Path, words: str) -> None:
    document = Document()
    document.add_paragraph(words)
    document.save(str(tmp_path / "own.docx"))
    with pytest.raises(DefinitionError, match=r"own\.docx：模板中的写法有误"):
        brief_docx(LETTER, {}, tmp_path / "own.docx")


def test_what_is_no_template_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="没有这个 Word 模板"):
        brief_docx(LETTER, {}, tmp_path / "none.docx")
    (tmp_path / "text.docx").write_bytes(b"text")
    with pytest.raises(DefinitionError, match="不是能用的 Word 模板"):
        brief_docx(LETTER, {}, tmp_path / "text.docx")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("{{ 没有这个 }}", "没有“没有这个”这一项"),
        ("{{ 标题.头 }}", "没有“头”这一项"),
        ("{% for %}", "语句不完整"),
        ("{% for i in range(10**9) %}{{ i }}{% endfor %}", "不能用的写法"),
        ("{{ ''.__class__ }}", "不能用的写法"),
        ("{{ 1/0 }}", "算不出结果"),
        ("{{ 标题 + 1 }}", "算不出结果"),
        ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "不能用的写法"),
        ("{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}", "循环过多"),
        ("{{ 'a' * 10**10 }}", "循环过多"),
    ],
)
def test_whatever_a_template_does_is_one_plain_line(
    words: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "limits.toml").write_text("[work]\nseconds = 3\n", encoding="utf-8")
    monkeypatch.setenv("XLTOOLS_LIMITS", str(tmp_path / "limits.toml"))
    document = Document()
    document.add_paragraph(words)
    document.save(str(tmp_path / "own.docx"))
    with pytest.raises(DefinitionError, match=says) as caught:
        brief_docx(LETTER, {}, tmp_path / "own.docx")
    assert "\n" not in str(caught.value)
