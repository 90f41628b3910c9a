"""IN003: the file needs a password."""

from __future__ import annotations

from xltools.bilingual import EMPTY, Pair
from xltools.findings.card import Card

CARD = Card(
    code="IN003",
    level="error",
    name=Pair("文件有打开密码", "The file is encrypted"),
    what=Pair("文件有打开密码。", "The file is encrypted."),
    why=Pair("没有密码无法审核。", "It cannot be checked without the password."),
    basis=Pair("本程序的读取范围，见 docs/limits.md", "What this program reads: docs/limits.md."),
    says=Pair("文件设有打开密码，无法读取", "the file needs a password to open"),
    fix=Pair("请取消打开密码后重新发送。", "Remove the password and send it again."),
    fix_coordinator=Pair(
        "知道密码的，用 --password-file 给出（每行一个）；否则请部门取消打开密码后重新发送。",
        "Give the password by --password-file (one a line), or ask the department to remove it.",
    ),
    example=Pair("另存时设置了打开权限密码。", "A password to open was set on saving."),
    cacheable=False,
    by_password=True,
)
REASONS = {
    "encrypted": EMPTY,
}
"""Why a file cannot be opened, in the words of this sentence."""
