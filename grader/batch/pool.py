"""Several processes of this machine, each a judge with a sandbox of its own.

They are forked from a server that has imported what grading needs and knows nothing of the class, or started anew.
Each is closed to other processes as the judge is, leaves Ctrl-C to it, and ends when it does. What they write meanwhile
lies in one folder, and the pages that they draw in one beside the reports. Both are removed at the end, whichever of
them was killed.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from multiprocessing import forkserver
from multiprocessing.context import BaseContext, ForkServerContext
from multiprocessing.process import BaseProcess
from multiprocessing.queues import SimpleQueue
from multiprocessing.util import Finalize, get_temp_dir
from pathlib import Path
from types import FrameType
from typing import NoReturn

from grader.batch.crew import Crew
from grader.batch.recipe import Recipe, Walls
from grader.batch.work import Graded, Judge, Task
from grader.course import Course
from grader.files import new_name, writing
from grader.sandbox import runtime

SUBMISSIONS_A_WORKER = 25
"""With fewer, starting another worker costs more than it gains."""

_UNDER_WAY = 3  # tasks for each worker: one that it is at, and some that wait for it
_TERMINATED = 128 + signal.SIGTERM
_GRACE = 5.0  # seconds for a worker to remove its box
_AGAIN = 1.0  # seconds until a worker is told again to end
_PRELOADED = ["grader.batch.warm"]
_LONGEST_FOLDER = 107 - len("/pymp-12345678/listener-12345678")

_judge: Judge | Exception | None = None
_folders: tuple[str, ...] = ()
_is_grading = False


def worth(submissions: int) -> int:
    """How many workers so many submissions are worth here: as many as there are cores to use, fewer for a few."""
    cores = len(_cores()) or os.cpu_count() or 1
    return max(1, min(cores, submissions // SUBMISSIONS_A_WORKER))


def set_out() -> None:
    """Begins with what takes longest before there can be a `pool`, in a process of its own: imports."""
    if isinstance(_context(), ForkServerContext):
        # It inherits that it ignores Ctrl-C, which else it would do when it has imported everything.
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            forkserver.ensure_running()
        finally:
            signal.signal(signal.SIGINT, before)


def pool(recipe: Recipe, course: Course, walls: Walls, workers: int, reports: Path) -> Crew:
    """A crew of so many processes, for a folder of `reports`."""
    desk = Path(new_name(reports.absolute()))
    start = partial(_started, recipe, course, walls, workers, desk)
    return Crew(start, graded, workers * _UNDER_WAY, partial(_desk, desk))


def graded(task: Task) -> Graded:
    """The task, done by this process's judge. Raises what kept the process from becoming one."""
    global _is_grading
    if not isinstance(_judge, Judge):
        raise _judge or RuntimeError("this process is no judge")
    try:
        _is_grading = True
        return _judge.graded(task)
    except SystemExit:
        # The executor would keep it for a result, and go on.
        _vanish()
    finally:
        _is_grading = False


@contextmanager
def _desk(folder: Path) -> Iterator[None]:
    with writing(folder.parent):
        folder.mkdir(mode=0o700, parents=True)
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _started(recipe: Recipe, course: Course, walls: Walls, workers: int, desk: Path) -> Iterator[Executor]:
    context = _context()
    others = set(multiprocessing.active_children())
    with tempfile.TemporaryDirectory(prefix="grader-run-", ignore_cleanup_errors=True) as folder:
        # Whom a box runs as must get through to the box's own folder, and see nothing on the way.
        Path(folder).chmod(0o711)
        own_cores = context.SimpleQueue()
        for core in _own_cores(workers):
            own_cores.put(core)
        executor = ProcessPoolExecutor(
            workers,
            context,
            initializer=_become_judge,
            initargs=(recipe, course, walls, (folder, str(desk), get_temp_dir()), own_cores),
        )
        try:
            yield executor
        except BaseException:
            _end(set(multiprocessing.active_children()) - others)
            raise
        finally:
            executor.shutdown(cancel_futures=True)


def _context() -> BaseContext:
    """How workers are started: forked from a server, whose socket lies among the temporary files. Where that makes its
    path longer than one can be, each is an interpreter of its own."""
    if len(os.fsencode(tempfile.gettempdir())) > _LONGEST_FOLDER:
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    return context


def _end(workers: set[BaseProcess]) -> None:
    for worker in workers:
        worker.terminate()
    for worker in workers:
        worker.join(_GRACE)
        worker.kill()


def _cores() -> list[int]:
    """The cores that this process may use; none where the system does not tell."""
    return sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []


def _own_cores(workers: int) -> list[int | None]:
    """The core that each worker keeps to, where there is one for each.

    A judge and its box take turns, and need no more. What threads of a submission take then, they take from their own
    judge and not from other submissions, whose time runs. Two graders with fewer workers would meet on the same cores.
    """
    cores = _cores()
    return [*cores] if workers == len(cores) else [None] * workers


def _become_judge(
    recipe: Recipe, course: Course, walls: Walls, folders: tuple[str, ...], own_cores: SimpleQueue[int | None]
) -> None:
    global _judge, _folders
    _folders = folders
    core = own_cores.get()
    if core is not None:
        with suppress(OSError):  # it may have been taken from us meanwhile
            os.sched_setaffinity(0, {core})
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    runtime.hide_judge()
    threading.Thread(target=_follow, args=(multiprocessing.parent_process(),), daemon=True).start()
    tempfile.tempdir, desk = folders[0], Path(folders[1])
    try:
        sandbox = walls.sandbox()
        Finalize(None, sandbox.close, exitpriority=0)
        _judge = replace(recipe.judge(course, sandbox), desk=desk)
        gc.freeze()  # it stays to the end: to look for garbage in it is time for nothing
    except Exception as error:
        _judge = error


def _follow(judge: BaseProcess) -> None:
    """Ends this process when the one that it works for is gone, even if that one was killed."""
    judge.join()
    while True:
        # To the thread that may be waiting for a box, or for work; again where it began to wait at the same moment.
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)
        time.sleep(_AGAIN)


def _leave(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
    """Ends the process, but first its box, if there is one. What was started for boxes to come ends with it."""
    if _is_grading:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        sys.exit()
    _vanish()


def _vanish() -> NoReturn:
    """Ends the process at once. What a judge that was killed could not remove, the last of its workers does."""
    judge = multiprocessing.parent_process()
    if judge is not None and not judge.is_alive():
        for folder in _folders:
            shutil.rmtree(folder, ignore_errors=True)
    os._exit(_TERMINATED)
