"""The cards of what can be wrong with a file as such (IN): why it could not be opened, and what to send instead."""

from __future__ import annotations

from xltools.errors import UnreadableFile
from xltools.review.cards import Card

_BASIS = "本程序的读取范围，见 docs/limits.md"


def _card(
    code: str, name: str, name_en: str, says: str, says_en: str, fix: str, fix_en: str, why: str, example: str
) -> Card:
    return Card(code, "error", name, name_en, name, why, _BASIS, fix, fix_en, example, says, says_en)


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
    "请部门取消打开密码后重新发送。",
    "Ask the department to remove the password.",
    "没有密码无法审核。",
    "另存时设置了打开权限密码。",
)
OLD_FORMAT = _card(
    "IN004",
    "旧格式文件",
    "An old file format",
    "文件是旧格式（.xls、.et 等），没有读取",
    "the file is in an old format (.xls, .et …) and was not read",
    "请部门在 Excel 或 WPS 中另存为“Excel 工作簿（*.xlsx）”再发送。",
    "Ask the department to save it as an Excel workbook (*.xlsx).",
    "旧格式不能保存单元格名称和完整公式。",
    "用 WPS 保存成了 .et。",
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

CARDS = (DAMAGED, NOT_OURS, ENCRYPTED, OLD_FORMAT, TOO_LARGE, SUSPICIOUS, NOT_A_WORKBOOK, EMPTY, OTHER_FORM, FAILED)

_BY_REASON = {
    "not_ours": NOT_OURS,
    "encrypted": ENCRYPTED,
    "ole2": OLD_FORMAT,
    "legacy": OLD_FORMAT,
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
    },
}


def card_for(error: UnreadableFile) -> Card:
    """Return the card that speaks of this reason."""
    if error.reason.startswith("too_many") or error.reason == "too_much_text":
        return TOO_LARGE
    return _BY_REASON.get(error.reason, DAMAGED)


def detail_of(error: UnreadableFile, lang: str) -> str:
    """Return the reason in words."""
    if error.reason == "other_form":
        return f"“{error.detail.get('form', '')}”"
    if error.reason == "internal":
        return str(error.detail.get("error", ""))[:80]
    generic = "内容过多" if lang == "zh" else "too much in it"
    if error.reason.startswith("too_") and error.reason not in _DETAILS[lang]:
        return generic
    return _DETAILS[lang].get(error.reason, error.reason.replace("_", " "))
