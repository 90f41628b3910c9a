"""NA018: a narrative could not be read: a scan without text, an old format, a damaged file."""

from __future__ import annotations

from xltools.bilingual import Pair
from xltools.findings.card import Card

CARD = Card(
    code="NA018",
    level="notice",
    name=Pair("自评报告读不出文字", "The narrative could not be read"),
    what=Pair(
        "自评报告能否读出文字：.docx、.txt、有文字的 PDF 可以；扫描件、.doc、.wps 和损坏的文件不行。",
        "Whether text can be read from the narrative: .docx, .txt and PDF with text can; scans, .doc, .wps and damaged files cannot.",
    ),
    why=Pair("读不出文字，就不能与工作簿核对。", "Without its text it cannot be compared with the workbook."),
    basis=Pair("本程序的读取范围，见 docs/limits.md", "What this program reads: docs/limits.md."),
    says=Pair("{file}自评报告读不出文字：{why}", "{file}the narrative could not be read: {why}"),
    fix=Pair("请报送 .docx 文件或可以复制文字的 PDF。", "Send a .docx file or a PDF whose text can be copied."),
    example=Pair(
        "盖章后扫描成图片的 PDF。加 --require-narrative 时按错误处理。",
        "A PDF that was stamped and scanned. With --require-narrative it is an error.",
    ),
)
REASONS = {
    "scan": Pair("这是没有文字的扫描件", "it is a scan without text"),
    "no_text": Pair("文件里几乎没有文字", "there is hardly any text in it"),
    "old_narrative": Pair("这是旧格式（.doc、.wps），请另存为 .docx", "it is in an old format (.doc, .wps)"),
    "not_text": Pair("不是 Word 文档、文本或 PDF", "it is no Word document, text or PDF"),
    "encrypted": Pair("文件设有打开密码", "it needs a password"),
    "too_large": Pair("内容过多，超过读取上限", "it holds more than is read"),
    "ratio": Pair("同样的内容重复过多，展开后过大", "it repeats itself so often that it grows too large"),
    "too_deep": Pair("结构过于复杂（层次过深）", "it is too complex (too many levels)"),
    "too_many_tags": Pair("结构过于复杂", "it is too complex"),
    "too_many_parts": Pair("结构过于复杂", "it is too complex"),
    "dtd": Pair("里面有实体声明，不予读取", "it declares entities, which are not read"),
    "too_many_numbers": Pair("里面的数字过多，不像自评报告", "it holds too many numbers for a report"),
    "too_slow": Pair("读取超过了时间上限", "reading it took too long"),
    "too_much_memory": Pair("读取超过了内存上限", "reading it took too much memory"),
}
OTHERWISE = Pair("文件损坏或结构异常", "the file is damaged")
