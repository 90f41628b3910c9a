"""What a form is (definition) and where each of its cells stands (layout)."""

from __future__ import annotations

from pathlib import Path

from xltools.bilingual import Pair
from xltools.boundary.nearest import nearest
from xltools.boundary.walk import Fault
from xltools.errors import DefinitionError, UsageError
from xltools.form.loader import FILES, load_form, refuse
from xltools.form.model import Form

PACKAGED = Path(__file__).resolve().parent.parent / "workbook_templates"
CHECKOUT = Path(__file__).resolve().parents[2] / "workbook_templates"


def shipped_folder() -> Path:
    """Return where the definitions stand that come with the program, and the words that all forms share."""
    return PACKAGED if PACKAGED.is_dir() else CHECKOUT


def samples_folder() -> Path:
    """Return where the samples are: in the installed package, or in the checkout."""
    for folder in (PACKAGED.parent / "samples", CHECKOUT.parent / "samples"):
        if (folder / "values").is_dir():
            return folder
    raise UsageError(
        Pair(
            "没有找到随程序安装的示例；请重新安装 xltools", "the installed samples are not there; install xltools again"
        )
    )


def form_folders(extra: Path | None = None) -> dict[str, Path]:
    """Return form id → folder, of the installed definitions and, over them, of `extra` (--forms DIR)."""
    found: dict[str, Path] = {}
    for root in (shipped_folder(), extra):
        if root is None:
            continue
        if not root.is_dir():
            raise UsageError(
                Pair(
                    f"没有这个文件夹：{root}；--forms 应指向存放表格定义的文件夹",
                    f"no such folder: {root}; --forms names a folder of form definitions",
                )
            )
        folders = (
            [root] if (root / FILES[0]).is_file() else sorted(p for p in root.iterdir() if (p / FILES[0]).is_file())
        )
        if not folders and root is extra:
            raise UsageError(
                Pair(
                    f"{root} 里没有表格定义（每套定义是一个含 form.toml 的文件夹）",
                    f"{root} holds no form definition (each is a folder with a form.toml)",
                )
            )
        found |= {folder.name: folder for folder in folders}
    return found


def open_form(name: str, extra: Path | None = None) -> Form:
    """Load the form of that id; raise UsageError with the nearest id when there is none."""
    folders = form_folders(extra)
    if name not in folders:
        says = Pair(
            "没有名为“{name}”的表格{near}；用 xltools forms 查看现有的表格",
            "there is no form “{name}”{near}; xltools forms lists those on hand",
        )
        raise UsageError(says.format(name=name, near=nearest(name, folders)))
    form = load_form(folders[name])
    if form.id != name:
        says = Pair("“{id}”应与文件夹名“{name}”一致", "“{id}” must be the folder's name, “{name}”")
        fault = Fault(f"{FILES[0]} · form.id", says.format(id=form.id, name=name))
        raise DefinitionError(refuse(folders[name], [fault]))
    return form
