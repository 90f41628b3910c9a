"""Runs of xltools that are killed at a random moment, and what they leave: half files, temporary places, processes."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import psutil

from tests.support.samples import ROSTER, SENT

LONGEST = 6.0
"""Seconds within which a run is killed; it takes about half of it when the machine is idle."""
PATIENCE = 2.0
"""Seconds after which no process of a killed run may be alive."""


def _commands(sent: Path, out: Path) -> list[list[str]]:
    table = ["--roster", str(ROSTER)]
    return [
        [
            "check",
            str(sent),
            *table,
            "--return",
            str(out / "退回"),
            "--format",
            "xlsx",
            "-o",
            str(out / "审核.xlsx"),
            "--no-cache",
        ],
        ["summary", str(sent), *table, "--include", "failed", "-o", str(out / "汇总.xlsx"), "-j", "2"],
        ["template", "guangdong-2023", *table, "-o", str(out / "下发")],
    ]


def run_killed(folder: Path, count: int, seed: int) -> list[str]:
    """Kill `count` runs, each followed at the end by one that is not; return what was wrong, in words."""
    dice = random.Random(seed)
    sent, spool, out = folder / "收件", folder / "临时", folder / "输出"
    for made in (sent, spool, out):
        made.mkdir(parents=True)
    with zipfile.ZipFile(sent / "报送件.zip", "w") as archive:
        for path in sorted(SENT.glob("*.xlsx")):
            archive.write(path, path.name)
    environment = os.environ | {"TMPDIR": str(spool), "TEMP": str(spool), "XLTOOLS_CACHE": str(folder / "缓存")}
    wrong: list[str] = []
    killed = 0
    for number in range(count):
        command = _commands(sent, out)[number % 3]
        how = dice.choice([signal.SIGKILL, signal.SIGTERM])
        after = dice.uniform(0, LONGEST)
        hit, alive = _kill(command, environment, how, after)
        killed += hit
        wrong += [f"{number} {command[0]} {how.name} after {after:.2f} s: {name} is alive" for name in alive]
        wrong += [f"{number} {command[0]} {how.name} after {after:.2f} s: {name} is half" for name in _half(out)]
    for command in _commands(sent, out):
        done = subprocess.run(_started(command), env=environment, capture_output=True, check=False)
        if done.returncode not in (0, 1):
            wrong.append(f"{command[0]} ends with {done.returncode}: {done.stderr.decode(errors='replace')}")
    left = [p for place in (spool, out) for p in place.rglob("*") if p.name.startswith((".xltools", "tmp"))]
    wrong += [f"{path} is left over" for path in left]
    if killed < count // 3:
        wrong.append(f"only {killed} of {count} runs were hit")
    shutil.rmtree(folder)
    return wrong


def _started(command: list[str]) -> list[str]:
    return [sys.executable, "-m", "xltools.cli", *command, "-q"]


def _kill(command: list[str], environment: dict[str, str], how: signal.Signals, after: float) -> tuple[bool, list[str]]:
    """Start, wait, kill; return whether it was still running, and which of its children were alive too long."""
    with subprocess.Popen(
        _started(command), env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        time.sleep(after)
        if process.poll() is not None:
            return False, []
        try:
            children = psutil.Process(process.pid).children(recursive=True)
        except psutil.NoSuchProcess:
            return False, []
        process.send_signal(how)
        process.wait()
    _, alive = psutil.wait_procs(children, timeout=PATIENCE)
    return True, [f"{child.pid}" for child in alive if child.is_running() and child.status() != psutil.STATUS_ZOMBIE]


def _half(out: Path) -> list[str]:
    """Return the outputs that are not whole; what has a temporary name is no output yet."""
    found = []
    for path in out.rglob("*"):
        if path.is_file() and not path.name.startswith(".xltools"):
            if path.suffix == ".xlsx":
                try:
                    with zipfile.ZipFile(path) as package:
                        if package.testzip() is None:
                            continue
                except zipfile.BadZipFile:
                    pass
                found.append(path.name)
            elif not path.read_bytes().endswith(b"\n"):
                found.append(path.name)
    return found


def main() -> int:
    """Kill as many runs as asked for (200 unless given) and say what was wrong."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    wrong = run_killed(Path(sys.argv[2] if len(sys.argv) > 2 else "killed").absolute(), count, 13)
    print("\n".join([*wrong, f"{count} kills, {len(wrong)} faults"]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
