"""NA018: a narrative could not be read: a scan without text, an old format, a damaged file."""

from __future__ import annotations

from xltools.findings.card import Card

CARD = Card(
    code="NA018",
    level="notice",
    name="自评报告读不出文字",
    name_en="The narrative could not be read",
    what="自评报告能否读出文字：.docx、.txt、有文字的 PDF 可以；扫描件、.doc、.wps 和损坏的文件不行。",
    why="读不出文字，就不能与工作簿核对。",
    basis="本程序的读取范围，见 docs/limits.md",
    fix="请报送 .docx 文件或可以复制文字的 PDF。",
    fix_en="Send a .docx file or a PDF whose text can be copied.",
    example="盖章后扫描成图片的 PDF。加 --require-narrative 时按错误处理。",
    says="自评报告读不出文字：{why}",
    says_en="the narrative could not be read: {why}",
)
WHY = {
    "zh": {
        "scan": "这是没有文字的扫描件",
        "no_text": "文件里几乎没有文字",
        "old_narrative": "这是旧格式（.doc、.wps），请另存为 .docx",
        "not_text": "不是 Word 文档、文本或 PDF",
        "encrypted": "文件设有打开密码",
        "too_large": "文件过大",
    },
    "en": {
        "scan": "it is a scan without text",
        "no_text": "there is hardly any text in it",
        "old_narrative": "it is in an old format (.doc, .wps)",
        "not_text": "it is no Word document, text or PDF",
        "encrypted": "it needs a password",
        "too_large": "it is too large",
    },
}
OTHERWISE = {"zh": "文件损坏或结构异常", "en": "the file is damaged"}


def why(reason: str, lang: str) -> str:
    """Return in words why a narrative could not be read."""
    return WHY[lang].get(reason, OTHERWISE[lang])
