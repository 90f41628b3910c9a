"""Opens foreign bytes in a process of their own, which is ended when it takes too long or too much memory.

The process stands by for the whole run, so that the second archive, narrative or .xls costs no start; one that was
ended, or that has grown, is replaced.
"""

from __future__ import annotations

import atexit
import contextlib
import multiprocessing
import os
import pickle
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, TypeVar

from xltools.errors import UnreadableFile, XltoolsError
from xltools.intake.files.bounds import MIB, WorkLimits

T = TypeVar("T")
GLANCE = 0.1
"""Seconds between two looks at a worker's memory."""
_GROWN = 256 * MIB
"""A worker that holds more than this after its answer is replaced: memory once taken is seldom given back."""
_SLACK = 256 * MIB
"""What the system's own bound allows beyond ours: it stops at once what the next look would come too late for."""
_PARENT_DEATH_SIGNAL = 1
_START = 120
"""Seconds a worker may take to be there; a busy machine is not the file's fault."""

_inside = False


def inside_worker() -> bool:
    """True in a process that a parent watches: what may abort may be done here."""
    return _inside


def enter_worker(limits: WorkLimits | None = None) -> None:
    """Make this process a watched one: silent, bounded, and gone when its parent is.

    Ctrl-C is the parent's business: it ends its workers.
    """
    global _inside
    _inside = True
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(OSError):  # what a library prints before it gives up (a Rust panic) is no message of ours
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    if limits is not None:
        _bound_memory(limits.memory_bytes + _SLACK)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent.sentinel,), daemon=True).start()
        if (follow := dies_with_parent()) is not None:
            follow()


def _follow(parent: int) -> None:
    """End this process and what it started when its parent has ended, however that was: killed, it could not say so."""
    wait([parent])
    _end_children(os.getpid())
    os._exit(1)


def dies_with_parent() -> Callable[[], None] | None:
    """Return what asks the system, where it can be asked, to end this process with its parent, even in the middle of a
    library's work that lets no thread of ours run. Elsewhere a thread that waits for the parent's end has to do."""
    if sys.platform != "linux":
        return None
    import ctypes

    with contextlib.suppress(OSError, AttributeError):
        ask = ctypes.CDLL(None).prctl
        return lambda: ask(_PARENT_DEATH_SIGNAL, signal.SIGKILL)
    return None


def _bound_memory(most: int) -> None:
    """Ask the system to refuse more memory than this, where it can."""
    if sys.platform != "linux":
        return
    import resource

    with contextlib.suppress(OSError, ValueError):
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (most if hard < 0 else min(most, hard), hard))


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
    """End a process and the programs it started, now."""
    _end_children(process.pid)
    process.kill()
    process.join()
    process.close()


def _end_children(process: int | None) -> None:
    import psutil

    with contextlib.suppress(psutil.Error):
        for child in psutil.Process(process).children(recursive=True):
            with contextlib.suppress(psutil.Error):
                child.kill()


@dataclass(slots=True)
class _StandBy:
    process: BaseProcess
    pipe: Connection
    memory_bytes: int


_standing: _StandBy | None = None
_one_at_a_time = threading.Lock()


def run_watched(function: Callable[..., T], arguments: tuple[Any, ...], limits: WorkLimits) -> T:
    """Return `function(*arguments)`, run in a watched process unless this is one already.

    Raises what the function raised of ours; UnreadableFile: too_slow, too_much_memory, crashed, internal.
    """
    if inside_worker():
        return function(*arguments)
    with _one_at_a_time:
        try:
            kind, answer = _asked(function, arguments, limits)
        except BaseException:
            _dismiss()
            raise
    if kind == "ours":
        raise answer
    if kind == "failed":
        raise UnreadableFile("internal", error=answer)
    result: T = answer
    return result


def _asked(function: Callable[..., Any], arguments: tuple[Any, ...], limits: WorkLimits) -> tuple[str, Any]:
    """The stand-by's answer; raises UnreadableFile when it gave none."""
    global _standing
    if _standing is None or not _standing.process.is_alive() or _standing.memory_bytes != limits.memory_bytes:
        _dismiss()
        ours, theirs = multiprocessing.get_context("spawn").Pipe()
        _standing = _StandBy(start_process(_serve, theirs, limits), ours, limits.memory_bytes)
        theirs.close()
        _answer(_standing, WorkLimits(_START, limits.memory_bytes))  # it is there
    _standing.pipe.send((_here(), function, arguments))
    found = _answer(_standing, limits)
    if memory_of(_standing.process) > _GROWN:
        _dismiss()
    return found


def _dismiss() -> None:
    global _standing
    if _standing is not None:
        _standing.pipe.close()
        end(_standing.process)
        _standing = None


atexit.register(_dismiss)


def _serve(pipe: Connection, limits: WorkLimits) -> None:
    """A stand-by's life: say that it is there, then answer each question in turn."""
    enter_worker(limits)
    with contextlib.suppress(EOFError, OSError):  # the parent is gone, or needs no more
        pipe.send(("done", None))
        while True:
            folder, function, arguments = pipe.recv()
            with contextlib.suppress(OSError):  # a path of the question is meant where its asker is
                os.chdir(folder)
            pipe.send(_tried(function, arguments))


def _here() -> str:
    """The folder in which the asker is; "" when it is there no more."""
    try:
        return str(Path.cwd())
    except OSError:
        return ""


def _tried(function: Callable[..., Any], arguments: tuple[Any, ...]) -> tuple[str, Any]:
    try:
        return "done", function(*arguments)
    except UnreadableFile as error:
        return "ours", UnreadableFile(error.reason, **{k: _plain(v) for k, v in error.detail.items()})
    except XltoolsError as error:
        return "ours", type(error)(error.pair)
    except MemoryError:
        return "ours", UnreadableFile("too_much_memory")
    except Exception as error:  # noqa: BLE001 - said to the parent, which says it about the file
        return "failed", f"{type(error).__name__}: {error}"[:300]
    except BaseException:  # noqa: BLE001 - a panic of a library in Rust is no Exception
        return "ours", UnreadableFile("crashed")


def _plain(value: object) -> object:
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)


def _answer(worker: _StandBy, limits: WorkLimits) -> tuple[str, Any]:
    until = time.monotonic() + limits.seconds
    while True:
        if worker.pipe.poll(GLANCE):
            try:
                kind, answer = worker.pipe.recv()
            except (EOFError, OSError, pickle.UnpicklingError):
                raise UnreadableFile("crashed", limit=limits.memory_bytes) from None
            return str(kind), answer
        if time.monotonic() > until:
            raise UnreadableFile("too_slow", seconds=limits.seconds)
        if memory_of(worker.process) > limits.memory_bytes:
            raise UnreadableFile("too_much_memory", limit=limits.memory_bytes)
