"""Runs one function in a process of its own and ends it when it takes too long or too much memory."""

from __future__ import annotations

import multiprocessing
import pickle
import signal
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

from xltools.errors import UnreadableFile
from xltools.intake.files.bounds import WorkLimits

T = TypeVar("T")
GLANCE = 0.1
"""Seconds between two looks at a worker's memory."""

_inside = False


def inside_worker() -> bool:
    """True in a process that a parent watches: what may abort may be done here."""
    return _inside


def enter_worker() -> None:
    """Say that this process is a watched one. Ctrl-C is the parent's business: it ends its workers."""
    global _inside
    _inside = True
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def start_process(target: Callable[..., None], *arguments: Any) -> BaseProcess:
    """Start a fresh process (spawned, as on Windows) that a Ctrl-C on the terminal does not reach."""
    process = multiprocessing.get_context("spawn").Process(target=target, args=arguments, daemon=True)
    in_main = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGINT, signal.SIG_IGN) if in_main else None  # inherited where signals are
    try:
        process.start()
    finally:
        if before is not None:
            signal.signal(signal.SIGINT, before)
    return process


def memory_of(process: BaseProcess) -> int:
    """Return the bytes a process holds in memory; 0 when it is gone."""
    import psutil

    try:
        return int(psutil.Process(process.pid).memory_info().rss)
    except psutil.Error:
        return 0


def end(process: BaseProcess) -> None:
    """End a process now."""
    process.kill()
    process.join()
    process.close()


def run_watched(function: Callable[..., T], arguments: tuple[Any, ...], limits: WorkLimits) -> T:
    """Return `function(*arguments)`, run in a process of its own unless this is one already.

    Raises UnreadableFile: what the function raised, or too_slow, too_much_memory, crashed.
    """
    if inside_worker():
        return function(*arguments)
    ours, theirs = multiprocessing.get_context("spawn").Pipe(duplex=False)
    process = start_process(_serve, theirs, function, arguments)
    theirs.close()
    try:
        kind, answer = _answer(process, ours, limits)
    finally:
        ours.close()
        end(process)
    if kind == "unreadable":
        reason, detail = answer
        raise UnreadableFile(reason, **detail)
    if kind == "failed":
        raise UnreadableFile("internal", error=answer)
    result: T = answer
    return result


def _serve(pipe: Connection, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    enter_worker()
    try:
        answer: tuple[str, Any] = ("done", function(*arguments))
    except UnreadableFile as error:
        answer = ("unreadable", (error.reason, error.detail))
    except Exception as error:  # noqa: BLE001 - said to the parent, which says it about the file
        answer = ("failed", f"{type(error).__name__}: {error}")
    pipe.send(answer)


def _answer(process: BaseProcess, pipe: Connection, limits: WorkLimits) -> tuple[str, Any]:
    until = time.monotonic() + limits.seconds
    while True:
        if pipe.poll(GLANCE):
            try:
                kind, answer = pipe.recv()
            except (EOFError, OSError, pickle.UnpicklingError):
                raise UnreadableFile("crashed") from None
            return str(kind), answer
        if time.monotonic() > until:
            raise UnreadableFile("too_slow", seconds=limits.seconds)
        if memory_of(process) > limits.memory_bytes:
            raise UnreadableFile("too_much_memory", limit=limits.memory_bytes)
