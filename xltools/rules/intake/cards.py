"""The cards of what can be wrong with a file as such (IN): why it could not be opened, and what to send instead."""

from __future__ import annotations

from xltools.errors import UnreadableFile
from xltools.findings.card import Card
from xltools.form.model import Level
from xltools.intake.files.container import WORDS
from xltools.intake.files.discover import SetAside

_BASIS = "本程序的读取范围，见 docs/limits.md"


def _card(
    code: str,
    name: str,
    name_en: str,
    says: str,
    says_en: str,
    fix: str,
    fix_en: str,
    why: str,
    example: str,
    level: Level = "error",
) -> Card:
    return Card(code, level, name, name_en, name, why, _BASIS, fix, fix_en, example, says, says_en)


DAMAGED = _card(
    "IN001",
    "文件损坏，打不开",
    "The file is damaged",
    "文件损坏或不完整，打不开（{detail}）",
    "the file is damaged or incomplete ({detail})",
    "请部门重新导出并发送；发送前先在本机打开确认。",
    "Ask the department to save and send it again.",
    "损坏的文件读出的数不可信。",
    "邮件没有传完，文件只有一半。",
)
NOT_OURS = _card(
    "IN002",
    "不是下发的表格",
    "Not one of our workbooks",
    "这个工作簿里找不到下发表格的任何内容",
    "nothing of a form that was sent out is found in this workbook",
    "请部门用下发的表格填报。",
    "Ask the department to fill in the workbook that was sent.",
    "别的表格没有可以核对的填报项。",
    "报来的是自制的汇总表。",
)
ENCRYPTED = _card(
    "IN003",
    "文件有打开密码",
    "The file is encrypted",
    "文件设有打开密码，无法读取",
    "the file needs a password to open",
    "知道密码的，用 --password-file 给出（每行一个）；否则请部门取消打开密码后重新发送。",
    "Give the password by --password-file (one a line), or ask the department to remove it.",
    "没有密码无法审核。",
    "另存时设置了打开权限密码。",
)
OLD_FORMAT = _card(
    "IN004",
    "须另存后才能读取的表格",
    "A table that must be saved as .xlsx first",
    "文件是{detail}，没有读取",
    "the file is {detail} and was not read",
    "请部门在 Excel 或 WPS 中另存为“Excel 工作簿（*.xlsx）”再发送。",
    "Ask the department to save it as an Excel workbook (*.xlsx).",
    "这类文件不能保存单元格名称、公式和类型，读出的数不可靠。",
    "从网页系统导出的“.xls”，其实是网页。",
)
TOO_LARGE = _card(
    "IN005",
    "文件超出读取上限",
    "The file exceeds the limits",
    "文件超出读取上限（{detail}），没有读取",
    "the file exceeds what is read ({detail})",
    "请部门删除多余的内容（整列格式、图片、附表）后重新发送。",
    "Ask the department to remove what does not belong there.",
    "过大的文件会拖慢或卡住电脑，也可能是恶意文件。",
    "压缩包展开后超过 256 MB。",
)
SUSPICIOUS = _card(
    "IN006",
    "文件结构异常",
    "The file's structure is suspicious",
    "文件的内部结构异常（{detail}），为安全起见没有读取",
    "the file's inner structure is suspicious ({detail}); it was not read",
    "请部门用 Excel 或 WPS 另存一份再发送。",
    "Ask the department to save a fresh copy.",
    "正常软件不会存出这样的文件。",
    "同一部件出现两次。",
)
NOT_A_WORKBOOK = _card(
    "IN007",
    "不是 Excel 工作簿",
    "Not a workbook",
    "这不是 Excel 工作簿（{detail}）",
    "this is not a workbook ({detail})",
    "请部门报送 .xlsx 工作簿。",
    "Ask the department for the .xlsx workbook.",
    "只能审核工作簿。",
    "把 PDF 改名成了 .xlsx。",
)
EMPTY = _card(
    "IN008",
    "空文件",
    "An empty file",
    "文件是空的（0 字节）",
    "the file is empty (0 bytes)",
    "请部门重新发送。",
    "Ask the department to send it again.",
    "空文件没有内容可审核。",
    "网盘同步失败留下的空文件。",
)
OTHER_FORM = _card(
    "IN009",
    "没有对应的表格定义",
    "No definition for this form",
    "工作簿属于表格 {detail}，本机没有这套定义",
    "the workbook belongs to the form {detail}, which is not installed here",
    "请确认表格版本；定义在别处的，用 --forms 指定文件夹。",
    "Check the edition, or name the folder with --forms.",
    "没有定义就无从核对。",
    "报来的是前年的表。",
)
FAILED = _card(
    "IN010",
    "读取时程序出错",
    "The program failed on this file",
    "读取这个文件时程序出错（{detail}），其他文件不受影响",
    "the program failed on this file ({detail}); the others are not affected",
    "请把这个文件和本行提示反馈给维护者；可先让部门另存一份再报。",
    "Please report the file and this line to the maintainers.",
    "程序没有考虑到的情况，不能当作通过。",
    "—",
)

CARRIES_LESS = _card(
    "IN011",
    "文件格式保存的内容不全",
    "The format carries less",
    "文件是{detail}，{count} 类审核没有做：公式是否被改、工作表保护、下拉选项、单元格名称、宏和外部链接",
    "the file is {detail}; {count} kinds of check could not be made: formulas, protection, drop-downs, names, active content",
    "填报数已按位置和标签读出并审核；请部门今后报送 .xlsx。",
    "The inputs were read by place and label; ask for .xlsx next time.",
    "旧格式没有单元格名称，公式也读不出来；没有做的审核不能当作通过。",
    "报来的是 .xls、.et、.xlsb 或 .ods。",
    "notice",
)
ACTIVE = _card(
    "IN012",
    "含有可能自动运行或指向外部的内容",
    "Active content",
    "工作簿里有{what}：{where}",
    "the workbook holds {what}: {where}",
    "本程序没有运行或打开它，也不会带入输出文件；请与部门核实来历，并请用下发的表格重报。",
    "It was neither run nor followed, and is in no output; ask the department where it comes from.",
    "下发的表格里没有这些内容；宏和外部链接可能改数，也可能是恶意的。",
    "工作簿里带了宏，或有指向本机其他文件的链接。",
    "confirm",
)
EXCEEDED = _card(
    "IN013",
    "读取时超出时间或内存上限",
    "Reading it took too long or too much memory",
    "读取这个文件{detail}，已停止，其他文件不受影响",
    "reading this file {detail}; it was stopped, the others are not affected",
    "请部门用 Excel 或 WPS 打开，另存为 .xlsx 后重新发送。",
    "Ask the department to open it in Excel or WPS and save it as .xlsx.",
    "读不完的文件不能当作通过，也不能让它卡住整批审核。",
    "损坏的 .xls 使读取程序中断。",
)
ARCHIVE = _card(
    "IN014",
    "压缩包打不开",
    "The archive cannot be opened",
    "压缩包打不开（{detail}），里面的文件没有审核",
    "the archive cannot be opened ({detail}); what is in it was not checked",
    "请部门改用 .zip 重新打包，或直接发送工作簿。",
    "Ask for a .zip, or for the workbooks themselves.",
    "压缩包里的报送件不能漏掉。",
    "压缩包没有下载完；电脑上没有能打开 .rar 的程序。",
)
OLDER_COPY = _card(
    "IN015",
    "同一部门有应以其为准的另一份",
    "Another copy counts",
    "这个部门以 {chosen} 为准（{why}），汇总时不计本份",
    "for this department {chosen} counts ({why}); this one is left out of the summary",
    "请核对；应以本份为准的，把另一份移出文件夹。",
    "If this one should count, move the other away.",
    "一个部门只能有一份进入汇总。",
    "“自评表.xlsx”与“自评表（最终版2）.xlsx”。",
    "notice",
)

CARDS = (
    *(DAMAGED, NOT_OURS, ENCRYPTED, OLD_FORMAT, TOO_LARGE, SUSPICIOUS, NOT_A_WORKBOOK, EMPTY, OTHER_FORM, FAILED),
    *(CARRIES_LESS, ACTIVE, EXCEEDED, ARCHIVE, OLDER_COPY),
)

_BY_REASON = {
    "not_ours": NOT_OURS,
    "encrypted": ENCRYPTED,
    "resaved": OLD_FORMAT,
    "other_kind": NOT_A_WORKBOOK,
    "too_slow": EXCEEDED,
    "too_much_memory": EXCEEDED,
    "crashed": EXCEEDED,
    "archive_damaged": ARCHIVE,
    "archive_too_large": ARCHIVE,
    "archive_too_deep": ARCHIVE,
    "rar_unsupported": ARCHIVE,
    "too_many_members": ARCHIVE,
    "escaping_member": SUSPICIOUS,
    "duplicate_member": SUSPICIOUS,
    "too_many_tags": TOO_LARGE,
    "too_large": TOO_LARGE,
    "ratio": TOO_LARGE,
    "too_deep": SUSPICIOUS,
    "dtd": SUSPICIOUS,
    "duplicate_part": SUSPICIOUS,
    "escaping_part": SUSPICIOUS,
    "unsupported_compression": SUSPICIOUS,
    "not_zip": NOT_A_WORKBOOK,
    "no_workbook": NOT_A_WORKBOOK,
    "empty": EMPTY,
    "other_form": OTHER_FORM,
    "internal": FAILED,
}

_DETAILS = {
    "zh": {
        "not_zip": "内容不是工作簿",
        "no_workbook": "里面没有工作表",
        "truncated": "内容不完整",
        "bad_crc": "校验和不符",
        "bad_xml": "内部文本有误",
        "corrupt": "压缩数据有误",
        "bad_size": "长度不符",
        "missing_part": "缺少部件",
        "dtd": "含有外部实体声明",
        "duplicate_part": "同名部件出现两次",
        "escaping_part": "部件路径越界",
        "too_deep": "嵌套过深",
        "unsupported_compression": "压缩方式异常",
        "ratio": "压缩比异常",
        "too_large": "过大",
        "cannot_open": "系统不允许打开",
        "not_a_file": "不是普通文件",
        "too_slow": "超过了时间上限",
        "too_much_memory": "超过了内存上限",
        "crashed": "使读取程序中断",
        "archive_damaged": "损坏或不完整",
        "archive_too_large": "过大",
        "archive_too_deep": "压缩包里套了两层以上压缩包",
        "rar_unsupported": "这台电脑上没有能打开 .rar 的程序，可安装 7-Zip",
        "too_many_members": "文件过多",
        "escaping_member": "在压缩包里的路径越界",
        "duplicate_member": "压缩包里有两个同名文件",
    },
    "en": {
        "not_zip": "the content is no workbook",
        "no_workbook": "no worksheet inside",
        "truncated": "incomplete",
        "bad_crc": "wrong checksum",
        "bad_xml": "broken text inside",
        "corrupt": "broken compression",
        "bad_size": "wrong length",
        "missing_part": "a part is missing",
        "dtd": "declares outside entities",
        "duplicate_part": "a part stands twice",
        "escaping_part": "a part leaves the package",
        "too_deep": "nested too deep",
        "unsupported_compression": "odd compression",
        "ratio": "odd compression ratio",
        "too_large": "too large",
        "cannot_open": "the system refuses to open it",
        "not_a_file": "no regular file",
        "too_slow": "exceeded the time limit",
        "too_much_memory": "exceeded the memory limit",
        "crashed": "ended the reading program",
        "archive_damaged": "damaged or incomplete",
        "archive_too_large": "too large",
        "archive_too_deep": "archives within archives within archives",
        "rar_unsupported": "no program here opens .rar; 7-Zip does",
        "too_many_members": "too many files",
        "escaping_member": "its path leaves the archive",
        "duplicate_member": "the archive holds the name twice",
    },
}


def card_for(error: UnreadableFile) -> Card:
    """Return the card that speaks of this reason."""
    card = _BY_REASON.get(error.reason)
    if card is None and (error.reason.startswith("too_many") or error.reason == "too_much_text"):
        return TOO_LARGE
    return card or DAMAGED


def detail_of(error: UnreadableFile, lang: str) -> str:
    """Return the reason in words."""
    if error.reason == "other_form":
        return f"“{error.detail.get('form', '')}”"
    if error.reason == "internal":
        return str(error.detail.get("error", ""))[:80]
    if error.reason in ("other_kind", "resaved"):
        return kind_words(str(error.detail.get("kind", "")), lang)
    generic = "内容过多" if lang == "zh" else "too much in it"
    if error.reason.startswith("too_") and error.reason not in _DETAILS[lang]:
        return generic
    return _DETAILS[lang].get(error.reason, error.reason.replace("_", " "))


def kind_words(kind: str, lang: str) -> str:
    """Return what a kind of file is called."""
    return WORDS.get(kind, WORDS["unknown"])[lang == "en"]


_ASIDE = {
    "lock": ("Office 打开文件时的锁定文件", "a lock file of Office"),
    "system": ("系统文件", "a system file"),
    "empty": ("空文件", "an empty file"),
    "narrative": ("附件：{what}", "attachment: {what}"),
    "reviewed": ("自评报告，已审核", "a narrative, reviewed"),
    "other": ("{what}，不是工作簿；要审核的请报送 .xlsx", "{what}, no workbook; ask for .xlsx"),
    "link": ("链接，或已列出的同一文件", "a link, or a file listed already"),
    "special": ("不是普通文件", "no regular file"),
    "denied": ("没有权限打开的文件夹", "a folder that may not be opened"),
}


def why_aside(item: SetAside, lang: str) -> str:
    """Return why a file was set aside, and what to ask for instead where it matters."""
    words = _ASIDE[item.reason][lang == "en"].format(what=kind_words(item.kind or "unknown", lang))
    if item.kind == "doc":
        words += "，读不出内容，请另存为 .docx" if lang == "zh" else ", which is not read: ask for .docx"
    return words
