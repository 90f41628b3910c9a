"""Checks workbooks in several processes: whatever one file does to its worker is a finding about that file alone."""

from __future__ import annotations

import gc
import multiprocessing
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

import msgspec

from xltools.bilingual import Pair
from xltools.errors import UnreadableFile, UsageError, XltoolsError
from xltools.findings.packing import Unpackable, packed, unpacked
from xltools.findings.report import Checked
from xltools.intake.files.bounds import WorkLimits
from xltools.intake.files.input_file import InputFile
from xltools.intake.files.worker import GLANCE, end, enter_worker, memory_of, start_process
from xltools.recalc.workspace import Workspace
from xltools.review.context import Terms
from xltools.review.one_workbook import check_one, unreadable

CHUNK = 16
"""Files handed to a worker at a time: few enough that all workers end together, enough that none waits."""


READY, CHECKED, REFUSED = b"r", b"c", b"x"
"""How what a worker sends begins: it is there; a result; why the whole run cannot go on."""
NO_WORKER = Pair("无法启动工作进程；请加 -j 1 再试", "no worker process could be started; try -j 1")


def _work(pipe: Connection, workspace: Workspace, terms: Terms, limits: WorkLimits) -> None:
    """A worker's life: say that it is there, then answer each file of each chunk in turn."""
    enter_worker(limits)
    gc.set_threshold(20_000, 50, 50)  # a workbook is some ten thousand objects without cycles
    try:
        pipe.send_bytes(READY)
        while True:
            for found in pipe.recv():
                try:
                    answer = CHECKED + packed(check_one(found, workspace, terms))
                except XltoolsError as error:
                    answer = REFUSED + msgspec.msgpack.encode(error.pair)
                pipe.send_bytes(answer)
    except (EOFError, OSError):  # the parent is gone, or needs no more
        return


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    since: float
    ready: bool = False
    gone: bool = False  # its end of the pipe is closed
    waiting: deque[int] = field(default_factory=deque)  # what it was given and has not answered, in order


class Pool:
    """A number of workers on this computer, over one list of files."""

    def __init__(self, workspace: Workspace, terms: Terms, jobs: int, limits: WorkLimits) -> None:
        self._workspace, self._terms, self._limits = workspace, terms, limits
        self._jobs = jobs
        self._workers: list[_Worker] = []

    def check(self, files: Sequence[InputFile]) -> Iterator[tuple[int, Checked]]:
        """Yield (place in `files`, result) as they finish; every file once."""
        todo = deque(range(len(files)))
        size = max(1, min(CHUNK, len(files) // (self._jobs * 2)))
        alone: set[int] = set()  # files whose worker died once: tried again, each by itself
        glance = time.monotonic()
        try:
            self._workers = [self._hire() for _ in range(min(self._jobs, len(files)))]
            while todo or any(worker.waiting for worker in self._workers):
                self._hand_out(files, todo, size, alone)
                for worker in self._heard():
                    yield from self._answers(worker)
                lost = [(worker, "crashed") for worker in self._workers if worker.gone]
                if time.monotonic() - glance > GLANCE:
                    glance = time.monotonic()
                    lost += [(w, why) for w in self._workers if not w.gone and (why := self._exceeds(w, glance))]
                for worker, why in lost:
                    yield from self._bury(worker, why, files, todo, alone)
        finally:
            for worker in self._workers:
                worker.pipe.close()
                end(worker.process)

    def _hire(self) -> _Worker:
        ours, theirs = multiprocessing.get_context("spawn").Pipe()
        process = start_process(_work, theirs, self._workspace, self._terms, self._limits)
        theirs.close()
        return _Worker(process, ours, time.monotonic())

    def _hand_out(self, files: Sequence[InputFile], todo: deque[int], size: int, alone: set[int]) -> None:
        for worker in self._workers:
            if worker.waiting or not worker.ready or not todo:
                continue
            taken = [todo.popleft()]
            while todo and len(taken) < size and taken[0] not in alone and todo[0] not in alone:
                taken.append(todo.popleft())
            worker.waiting.extend(taken)
            worker.since = time.monotonic()
            try:
                worker.pipe.send([files[index] for index in taken])
            except OSError:  # it died meanwhile; it is buried in this very round
                continue

    def _heard(self) -> list[_Worker]:
        heard = set(map(id, wait([worker.pipe for worker in self._workers], GLANCE)))
        return [worker for worker in self._workers if id(worker.pipe) in heard]

    def _answers(self, worker: _Worker) -> Iterator[tuple[int, Checked]]:
        """Yield what a worker has answered by now."""
        try:
            while worker.pipe.poll():
                answer = worker.pipe.recv_bytes()
                worker.since = time.monotonic()
                kind, body = answer[:1], answer[1:]
                if kind == REFUSED:
                    raise UsageError(msgspec.msgpack.decode(body, type=Pair))
                if kind == READY:
                    worker.ready = True
                else:
                    checked = unpacked(body)
                    yield worker.waiting.popleft(), checked
        except (EOFError, OSError, *Unpackable):  # closed, or no answer of ours: a file had its way with the worker
            worker.gone = True

    def _exceeds(self, worker: _Worker, now: float) -> str:
        if not worker.waiting:
            return ""
        if now - worker.since > self._limits.seconds:
            return "too_slow"
        return "too_much_memory" if memory_of(worker.process) > self._limits.memory_bytes else ""

    def _bury(
        self, worker: _Worker, why: str, files: Sequence[InputFile], todo: deque[int], alone: set[int]
    ) -> Iterator[tuple[int, Checked]]:
        """End a worker, hire another, and say what happened to the file it was at (unless it deserves another try)."""
        if not worker.ready and why == "crashed":
            raise UsageError(NO_WORKER)
        yield from self._answers(worker)  # what it had answered before it was ended
        self._workers.remove(worker)
        worker.pipe.close()
        end(worker.process)
        if worker.waiting:
            index = worker.waiting.popleft()
            todo.extendleft(reversed(worker.waiting))
            if why != "too_slow" and index not in alone:
                alone.add(index)
                todo.append(index)
            else:
                error = UnreadableFile(why, seconds=self._limits.seconds, limit=self._limits.memory_bytes)
                yield index, unreadable(files[index].path, files[index].shown, error)
        if todo or any(w.waiting for w in self._workers):
            self._workers.append(self._hire())
