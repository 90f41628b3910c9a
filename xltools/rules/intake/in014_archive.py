"""IN014: an archive that cannot be opened."""

from __future__ import annotations

from xltools.bilingual import Pair
from xltools.findings.card import Card

CARD = Card(
    code="IN014",
    level="error",
    name=Pair("压缩包打不开", "The archive cannot be opened"),
    what=Pair("压缩包打不开。", "The archive cannot be opened."),
    why=Pair("压缩包里的报送件不能漏掉。", "Submissions within an archive must not be lost."),
    basis=Pair("本程序的读取范围，见 docs/limits.md", "What this program reads: docs/limits.md."),
    says=Pair("压缩包打不开，里面的文件没有审核", "the archive cannot be opened; what is in it was not checked"),
    says_coordinator=Pair(
        "压缩包打不开（{detail}），里面的文件没有审核",
        "the archive cannot be opened ({detail}); what is in it was not checked",
    ),
    fix=Pair("请改用 .zip 重新打包，或直接发送工作簿。", "Send a .zip, or the workbooks themselves."),
    fix_coordinator=Pair(
        "请部门改用 .zip 重新打包，或直接发送工作簿。", "Ask for a .zip, or for the workbooks themselves."
    ),
    example=Pair(
        "压缩包没有下载完；电脑上没有能打开 .rar 的程序。",
        "The archive was not downloaded whole; no program on the computer opens .rar.",
    ),
)
REASONS = {
    "archive_damaged": Pair("损坏或不完整", "damaged or incomplete"),
    "archive_too_large": Pair("过大", "too large"),
    "archive_too_deep": Pair("压缩包里套了两层以上压缩包", "archives within archives within archives"),
    "rar_unsupported": Pair("这台电脑上没有能打开 .rar 的程序，可安装 7-Zip", "no program here opens .rar; 7-Zip does"),
    "too_many_members": Pair("文件过多", "too many files"),
}
"""Why a file cannot be opened, in the words of this sentence."""
