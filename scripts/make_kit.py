"""Builds the offline kit for Windows: the launchers, the wheels of every package for win_amd64, an installer.

A Python installer (python-3.12.x-amd64.exe) is put beside it by hand; 安装.cmd uses it where no Python is found.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import zipfile
from email import message_from_bytes
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
WINDOWS, PLATFORM = ROOT / "windows", "win_amd64"
LAUNCHERS = {"审核.cmd": "check", "汇总.cmd": "summary", "下发.cmd": "template", "发送到.cmd": "sendto"}
INSTALLERS = ("install.cmd", "安装.cmd")
"""The same file twice: the launchers call it by a name in ASCII, people by theirs."""
README = """xltools 离线安装包

1. 把整个文件夹复制到电脑上（不要在压缩包里直接运行）。电脑上没有 Python 的，
   把 Python 安装程序（python-3.12.x-amd64.exe）放进本文件夹。
2. 双击“安装.cmd”。
3. 把部门名册拖到“下发.cmd”上：建好一轮的文件夹，生成要下发的填报表。
4. 收到的文件放进该文件夹的“收件”，再把该文件夹拖到“审核.cmd”上；结束后自动打开审核结果。
   拖到“汇总.cmd”上则打开汇总工作簿。
5. 想在右键菜单里用：双击“发送到.cmd”。
"""


def launcher(job: str) -> bytes:
    """Return the launcher of a job."""
    return (WINDOWS / "launcher.cmd").read_bytes().replace(b"@JOB@", job.encode("ascii"))


def write_launchers(folder: Path) -> None:
    """Write the launchers, the installer and what to read first."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, job in LAUNCHERS.items():
        (folder / name).write_bytes(launcher(job))
    for name in INSTALLERS:
        shutil.copyfile(WINDOWS / "install.cmd", folder / name)
    (folder / "先读我.txt").write_bytes(b"\xef\xbb\xbf" + README.replace("\n", "\r\n").encode())


def download(folder: Path, version: str) -> None:
    """Build our wheel and fetch those of every package it needs on Windows."""
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    subprocess.run([*pip, "wheel", "--no-deps", "--wheel-dir", str(folder), str(ROOT)], check=True)
    target = ["--platform", PLATFORM, "--python-version", version, "--implementation", "cp", "--only-binary", ":all:"]
    wanted = [str(next(folder.glob("xltools-*.whl")))]
    while wanted:  # pip judges "only on Windows" by the computer it runs on: what it leaves out is asked for by name
        subprocess.run([*pip, "download", "--dest", str(folder), *target, *wanted], check=True)
        wanted = missing(folder, version)


def missing(folder: Path, version: str) -> list[str]:
    """Return what the wheels need on Windows and is not among them."""
    environment = {
        "sys_platform": "win32",
        "platform_system": "Windows",
        "os_name": "nt",
        "platform_machine": "AMD64",
        "python_version": version,
        "python_full_version": f"{version}.0",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "extra": "",
    }
    wheels = sorted(folder.glob("*.whl"))
    there = {canonicalize_name(wheel.name.partition("-")[0]) for wheel in wheels}
    needed = (Requirement(line) for wheel in wheels for line in requirements(wheel))
    asked = (r for r in needed if r.marker is None or r.marker.evaluate(environment))
    return sorted({f"{r.name}{r.specifier}" for r in asked if canonicalize_name(r.name) not in there})


def requirements(wheel: Path) -> list[str]:
    """Return what a wheel says that it needs."""
    with zipfile.ZipFile(wheel) as package:
        name = next(n for n in package.namelist() if n.endswith(".dist-info/METADATA"))
        return message_from_bytes(package.read(name)).get_all("Requires-Dist", [])


def main() -> int:
    """Build the kit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--python", default="3.12", help="the version of Python that will be there")
    options = parser.parse_args()
    write_launchers(options.folder)
    download(options.folder / "wheels", options.python)
    wheels = sorted((options.folder / "wheels").glob("*.whl"))
    size = sum(w.stat().st_size for w in wheels) / 2**20
    print(f"{len(wheels)} wheels, {size:.0f} MB, and the launchers are in {options.folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
