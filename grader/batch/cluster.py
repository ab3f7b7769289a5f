"""A Dask cluster, each of whose workers is a judge with a sandbox of its own.

What travels: once to every worker an `Order`, then submissions as bytes, and sheets back. A worker has this program but
not the course, so the order holds the assignment's own files: an assignment holds functions and cannot be pickled as it
is, and its files are what the gradebook's hash of a judgement is made of. Nothing that a student did raises an error
here, so whatever does is the infrastructure's, and Dask tries it again.
"""

from __future__ import annotations

import logging
import shutil
import tempfile
import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from grader import __version__
from grader.batch.crew import Crew, WorkersLost
from grader.batch.recipe import Recipe
from grader.batch.work import Graded, Judge, Task
from grader.course import Course
from grader.errors import Fault, GraderError, SandboxUnavailable, UsageError
from grader.gradebook import judging_files
from grader.sandbox import runtime
from grader.sandbox.choose import default_sandbox, proved
from grader.submissions import File

CONNECT = 10.0
"""Seconds in which a scheduler must answer, the first time and when it was lost, unless Dask is told fewer."""

_RETRIES = 3
_UNDER_WAY = 3  # tasks for each thread of a worker

_judges: dict[str, tuple[Judge, str]] = {}
# A judge's boxes are opened by one thread at a time, and Python 3.11 parses in one at a time.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Order:
    """What makes a worker a judge: `version` is this program's, `tier` and `fresh` what the user wants of boxes."""

    id: str
    version: str
    recipe: Recipe
    files: tuple[File, ...] = field(repr=False)
    tier: str | None
    fresh: bool


def order(recipe: Recipe, course: Course, tier: str | None, fresh: bool) -> Order:
    """The order for a course's assignment."""
    files = tuple(File(path, data) for path, data in judging_files(course.folder(recipe.name)))
    return Order(uuid.uuid4().hex, __version__, recipe, files, tier, fresh)


def cluster(what: Order, address: str) -> Crew:
    """A crew of all workers that a scheduler has, and that can open boxes. Raises UsageError as `reach` does."""
    return Crew(partial(_started, what, address), _graded, reach(address) * _UNDER_WAY)


def reach(address: str) -> int:
    """How many submissions a scheduler's workers can grade at once.

    Raises UsageError where Dask is not installed, no scheduler answers, or it has no workers.
    """
    with _connected(address) as client:
        threads = sum(client.nthreads().values())
    if not threads:
        raise UsageError(f"The scheduler at {address} has no workers: dask worker {address}")
    return int(threads)


@contextmanager
def _connected(address: str) -> Iterator[Any]:
    try:
        import dask
        from dask.utils import parse_timedelta
        from distributed import Client
        from distributed.comm.addressing import get_address_host_port
    except ModuleNotFoundError as error:
        raise UsageError(f"--scheduler needs {error.name}: pip install 'backprop-grader[cluster]'") from error
    # What it has to say is told by what its futures raise.
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
    try:
        # A client that was never made has much to say, and waits long, when it goes.
        get_address_host_port(address)
        seconds = min(CONNECT, parse_timedelta(dask.config.get("distributed.comm.timeouts.connect")))
        client: Any = Client(address, timeout=seconds, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise UsageError(f"No scheduler answers at {address}: {error}") from error
    try:
        yield client
    finally:
        client.close()


@contextmanager
def _started(what: Order, address: str) -> Iterator[Executor]:
    with _connected(address) as client:
        sent = client.scatter(what, broadcast=True, hash=False)
        able = _able(client, sent)
        executor = client.get_executor(pure=False, retries=_RETRIES)
        try:
            yield _Cluster(client, executor, sent, able, address)
        finally:
            # What is running on a worker ends by its own limits.
            executor.shutdown(wait=False)
            if client.status == "running":
                client.run(_forget, what.id, on_error="ignore")


def _able(client: Any, sent: Any) -> Sequence[str]:
    """The workers that can be judges, where some cannot; none where all can. Raises what keeps the last one from it."""
    asked = {
        worker: client.submit(_prepared, sent, workers=[worker], allow_other_workers=False, pure=False)
        for worker in client.nthreads()
    }
    said = {worker: client.gather(future, errors="skip") for worker, future in asked.items()}
    why = [text for text in said.values() if text]
    if why and len(why) == len(said):
        raise SandboxUnavailable(f"no worker can grade: {why[0]}")
    return [worker for worker, text in said.items() if text == ""] if why else []


@dataclass
class _Cluster(Executor):
    """Sends tasks to the workers that can do them, and turns what Dask says of its end into words of ours."""

    client: Any
    executor: Any
    sent: Any
    able: Sequence[str]
    address: str

    def submit(self, fn: Callable[..., Any], /, *args: Any, **_: Any) -> Future[Any]:
        """The future of a task, of which `fn` is told by which order it is to be done."""
        only = {"workers": list(self.able)} if self.able else {}
        asked = self.executor.submit(fn, self.sent, *args, **only)
        future: Future[Any] = Future()
        asked.add_done_callback(partial(self._pass_on, future))
        return future

    def _pass_on(self, future: Future[Any], asked: Future[Any]) -> None:
        from distributed import KilledWorker

        try:
            future.set_result(asked.result())
        except CancelledError:
            future.set_exception(self._lost())
        except KilledWorker:
            future.set_exception(WorkersLost())
        except Exception as error:
            future.set_exception(error)

    def _lost(self) -> Exception:
        """Dask cancels what depends on data that no worker has any more, and everything when the scheduler is gone."""
        if self.client.status == "running":
            return BrokenExecutor("all workers were lost")
        return Fault(
            f"The scheduler at {self.address} is gone. What was graded is kept; the same command goes on from there."
        )


def _prepared(what: Order) -> str:
    """Makes this process a judge. Why it cannot be one, or ""."""
    try:
        with _one_at_a_time:
            _judge(what)
    except (GraderError, OSError) as error:
        return f"{type(error).__name__}: {error}"
    return ""


def _graded(what: Order, task: Task) -> Graded:
    """The task, done by this process. Raises SandboxUnavailable where it cannot be a judge."""
    with _one_at_a_time:
        try:
            judge = _judge(what)
        except GraderError as error:
            raise SandboxUnavailable(f"a worker cannot grade: {error}") from None
        return judge.graded(task)


def _judge(what: Order) -> Judge:
    from distributed import get_worker

    if what.id not in _judges:
        if what.version != __version__:
            raise Fault(f"this worker has backprop-grader {__version__}, but {what.version} is wanted")
        runtime.hide_judge()
        # In Dask's own folder, which is emptied also after a worker that was killed.
        folder = tempfile.mkdtemp(prefix="course-", dir=get_worker().local_directory)
        try:
            for file in what.files:
                path = Path(folder, "solutions", what.recipe.name, file.path)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(file.data)
            _judges[what.id] = _made(what, Course(Path(folder))), folder
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
    return _judges[what.id][0]


def _made(what: Order, course: Course) -> Judge:
    protected = [course.root]
    if what.tier is None:
        sandbox = default_sandbox(protected, fresh=what.fresh)
    else:
        sandbox = proved(what.tier, protected, fresh=what.fresh)
    try:
        return what.recipe.judge(course, sandbox)
    except BaseException:
        sandbox.close()
        raise


def _forget(id: str) -> None:
    """Ends what this process keeps for an order."""
    with _one_at_a_time:
        judge, folder = _judges.pop(id, (None, ""))
        if judge is not None:
            judge.grader.sandbox.close()
            shutil.rmtree(folder, ignore_errors=True)
