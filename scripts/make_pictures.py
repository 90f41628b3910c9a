"""Makes the pictures of the handbook and of docs/forms.md from the real program: a round on the samples, a form that is
changed, their workbooks rendered by LibreOffice.

Needs soffice, pdftoppm (poppler) and a Chinese font. Run by hand when the workbooks' looks change.
"""

from __future__ import annotations

import contextlib
import io
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import openpyxl

from xltools.cli import main as cli
from xltools.intake.roster import read_roster
from xltools.writing.own_books import roster_book

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "手册" / "图"
IMAGES = ROOT / "docs" / "images"
SAMPLES = ROOT / "samples"
FORM, DOTS = "guangdong-2023", 64
CHANGED = "project-2023"
CHANGES = (
    ("表单", "project-2023", "project-2024"),
    ("表单", 2023, 2024),
    ("字段", 2023, 2024),
    ("表格与指标", 50, 40),
    ("表格与指标", 30, 40),
)
"""On which sheet of 定义.xlsx what is replaced by what: the first such cell."""


class Shot(NamedTuple):
    """One picture: its name, the workbook (within the round's folder), the page, how high and wide a part of
    it, how fine, from which corner, and in which folder."""

    name: str
    file: str
    page: int
    height: float
    width: float = 1.0
    dots: int = DOTS
    top: float = 0.0
    left: float = 0.0
    folder: Path = PICTURES

    def place(self, home: Path) -> Path:
        """Return the folder of its workbook: the round's, or that of the changed form."""
        return home if self.folder == PICTURES else home.parent / CHANGED


SHOTS = (
    Shot("轮次设置", "轮次.xlsx", 1, 0.62),
    Shot("名册", "名册（空白名册填好的样子）.xlsx", 1, 0.4),
    Shot("填报说明", "下发/101002_*.xlsx", 1, 1.0),
    Shot("收支情况", "下发/101002_*.xlsx", 3, 1.0),
    Shot("下一步", "审核结果.xlsx", 1, 0.5),
    Shot("问题清单", "第1轮/退回/101004_*.xlsx", 1, 0.6),
    Shot("总览", "领导版.xlsx", 2, 1.0),
    Shot("定义-表单", "定义.xlsx", 2, 0.6, 0.9, 80, 0.08, 0.05, IMAGES),
    Shot("定义-指标", "定义.xlsx", 10, 0.075, 0.175, 330, 0.088, 0.055, IMAGES),
    Shot("与上年相比", "新/*.xlsx", 2, 0.16, dots=80, top=0.27, folder=IMAGES),
)


def a_round(folder: Path) -> Path:
    """Do a round on the samples as the handbook says; return its folder."""
    home = folder / "2023年度自评"
    with contextlib.redirect_stdout(io.StringIO()):
        roster = ["--roster", str(SAMPLES / "名册.xlsx"), "--bureau", "示例区财政局"]
        cli(["round", "new", str(home), "--form", FORM, *roster])
        cli(["round", "next", str(home)])
        departments = read_roster(SAMPLES / "名册.xlsx").departments
        (home / "名册（空白名册填好的样子）.xlsx").write_bytes(roster_book(departments))
        for sent in sorted((SAMPLES / "报送件").glob("*.xlsx")):
            shutil.copyfile(sent, home / "收件" / sent.name)
        cli(["round", "next", str(home)])
    return home


def a_changed_form(folder: Path) -> None:
    """Change a form as docs/forms.md says, for the year after, and make a workbook of it from last year's."""
    folder.mkdir()
    book, own = folder / "定义.xlsx", folder / "本局表格"
    with contextlib.redirect_stdout(io.StringIO()):
        cli(["template", CHANGED, "--sample", "1", "-o", str(folder / "上年")])
        cli(["forms", "export", CHANGED, "-o", str(book)])
        edited = openpyxl.load_workbook(book)
        for sheet, before, now in CHANGES:
            cells = [cell for row in edited[sheet].iter_rows() for cell in row if cell.value == before]
            cells[0].value = now
        edited.save(book)
        cli(["forms", "import", str(book), "-o", str(own)])
        new = CHANGED.replace("2023", "2024")
        cli(["template", new, "--forms", str(own), "--previous", str(folder / "上年"), "-o", str(folder / "新")])


def printed(file: Path, folder: Path) -> Path:
    """Return a workbook as LibreOffice prints it, a PDF."""
    folder.mkdir()
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    plain = folder / "w.xlsx"
    shutil.copyfile(file, plain)
    office = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(plain)]
    subprocess.run(office, check=True, capture_output=True)
    return folder / "w.pdf"


def cut(pdf: Path, shot: Shot) -> None:
    """Save the upper part of a page."""
    page = ["-f", str(shot.page), "-l", str(shot.page)]
    info = subprocess.run(["pdfinfo", *page, str(pdf)], check=True, capture_output=True, text=True).stdout
    size = re.search(r"size:\s+([\d.]+) x ([\d.]+)", info)
    assert size is not None, info
    width, height = (round(float(points) * shot.dots / 72) for points in size.groups())
    corner = ["-x", str(round(width * shot.left)), "-y", str(round(height * shot.top))]
    part = [*corner, "-W", str(round(width * shot.width)), "-H", str(round(height * shot.height))]
    target = shot.folder / shot.name
    subprocess.run(
        ["pdftoppm", "-r", str(shot.dots), *page, *part, "-png", "-singlefile", str(pdf), str(target)], check=True
    )


def main() -> int:
    """Make every picture, or those that are named."""
    wanted = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        home = a_round(Path(folder))
        a_changed_form(Path(folder) / CHANGED)
        PICTURES.mkdir(parents=True, exist_ok=True)
        made: dict[str, Path] = {}
        for shot in (s for s in SHOTS if not wanted or s.name in wanted):
            if shot.file not in made:
                file = next(iter(sorted(shot.place(home).glob(shot.file))))
                made[shot.file] = printed(file, Path(folder) / f"pages{len(made)}")
            cut(made[shot.file], shot)
            print(f"{shot.name}.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())
