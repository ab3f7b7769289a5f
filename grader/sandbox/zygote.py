"""The judge's side of a warm process that forks boxes, see `grader.box.zygote`."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import threading
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field

from grader.box.frames import AHEAD, FATE, READY

from . import wrapping
from .base import Deadline, Setup
from .child import Child, Launched, nothing
from .line import Line, Output

# Seconds for the start, with the import of large libraries from a slow disk; for a fork; and for the end.
_START = 120.0
_FORK = 30.0
_END = 10.0
_ABOUT_TO_END = 1.0

_LONGEST = 4096


class ZygoteLost(Exception):
    """There is no such process any more; the text is what it printed."""


class NotForked(Exception):
    """There is one, and it says why there is no box."""


class Zygotes:
    """The warm processes of a sandbox, by the modules that they have imported. `start` starts one.

    One that is lost is started again when the next box is asked for.
    """

    def __init__(self, start: Callable[[Sequence[str]], Launched]) -> None:
        self._start = start
        self._lock = threading.Lock()
        self._warm: dict[tuple[str, ...], Zygote] = {}

    def fork(self, setup: Setup, root: str, seconds: float, dispose: Callable[[], None] = nothing) -> Child:
        """A box about the submission in the folder `root`, which the kernel ends after so many seconds of processor
        time. Raises ZygoteLost, and NotForked."""
        with self._lock:
            zygote = self._warm.get(setup.modules)
            if zygote is not None:
                try:
                    return zygote.fork(root, setup, seconds, dispose)
                except ZygoteLost:
                    self._warm.pop(setup.modules).close()
            zygote = self._warm[setup.modules] = Zygote(self._start(setup.modules))
            return zygote.fork(root, setup, seconds, dispose)

    def close(self) -> None:
        """Ends them all."""
        with self._lock:
            while self._warm:
                self._warm.popitem()[1].close()


@dataclass
class Forked:
    """A box that was forked: a descriptor of its process, with which all of it ends, and the pipe on which its end is
    told, which closes when nothing is left. `seconds` is the processor time at which the kernel ends it. What it
    was forked from lives as long as it does."""

    process: int
    fate: int
    seconds: float
    origin: Zygote
    _told: bytearray = field(default_factory=bytearray)
    _code: int | None = None

    def is_orphan(self) -> bool:
        """Whether it ended because what it was forked from did."""
        return len(self._told) < FATE.size and self.origin.is_gone()

    def kill(self) -> None:
        """Ends it, if it has not ended."""
        if self._code is None:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self.process, signal.SIGKILL)

    def wait(self, timeout: float | None = None) -> int:
        """Its exit code, below 0 the signal that ended it. Raises subprocess.TimeoutExpired."""
        if self._code is None:
            _until_closed(self.fate, self._told, timeout)
            self._code = self._read()
            os.close(self.process)
            os.close(self.fate)
        return self._code

    def _read(self) -> int:
        if len(self._told) < FATE.size:
            # What it was forked from was killed before it could tell.
            return -signal.SIGKILL
        status, used = FATE.unpack(self._told[: FATE.size])
        code = os.waitstatus_to_exitcode(status)
        # At the hard limit, which a second later follows one that can be caught, the kernel kills.
        return -signal.SIGXCPU if code == -signal.SIGKILL and used >= self.seconds else code


@contextmanager
def _opened(folder: str) -> Iterator[int]:
    descriptor = os.open(folder, os.O_PATH | os.O_DIRECTORY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _until_closed(pipe: int, told: bytearray, timeout: float | None) -> None:
    deadline = Deadline.within(timeout) if timeout is not None else None
    poll = select.poll()
    poll.register(pipe, select.POLLIN)
    while True:
        if not poll.poll(deadline.left * 1000 if deadline else None) and deadline:
            raise subprocess.TimeoutExpired("box", timeout or 0.0)
        piece = os.read(pipe, FATE.size)
        if not piece:
            return
        told += piece


class Zygote:
    """A warm process. It ends with this object, or when it is told to."""

    def __init__(self, launched: Launched) -> None:
        """Waits until it is ready; raises ZygoteLost."""
        self._launched = launched
        self._handout: Sequence[str] = ()
        self.close: Callable[[], object] = weakref.finalize(self, _ended, launched)
        try:
            self._answer(_START)
        except BaseException:
            self.close()
            raise

    def fork(self, root: str, setup: Setup, seconds: float, dispose: Callable[[], None]) -> Child:
        """As `Zygotes.fork`; not to be called by two threads at a time."""
        limits = setup.limits
        self._read_ahead(setup.handout)
        with ExitStack() as undo:
            ours, line = socket.socketpair()
            undo.callback(ours.close)
            output, printed = os.pipe()
            pipe = undo.enter_context(open(output, "rb", buffering=0))
            fate, told = os.pipe()
            undo.callback(os.close, fate)
            with line, open(printed, "wb") as out, open(told, "wb") as end:
                descriptors = [line.fileno(), out.fileno(), end.fileno()]
                if root == wrapping.ROOT:
                    box = self._forked(root, descriptors)
                else:
                    with _opened(root) as folder:
                        box = self._forked(".", [*descriptors, folder])
            undo.pop_all()
        lines = Output(pipe, limits.output, limits.flood)
        process = Forked(box, fate, seconds, self)
        return Child(process, Line(ours, lines), lines, dispose, is_orphan=process.is_orphan)

    def _read_ahead(self, handout: Sequence[str]) -> None:
        if not handout or handout == self._handout:
            return
        with open(os.memfd_create("handout"), "wb") as file:
            file.write(json.dumps(handout).encode())
            file.seek(0)
            self._ask(AHEAD, [file.fileno()])
        self._answer(_START)
        self._handout = handout

    def _forked(self, root: str, descriptors: list[int]) -> int:
        self._ask(root.encode(), descriptors)
        (box,) = self._answer(_FORK, 1)
        return box

    def _ask(self, text: bytes, descriptors: list[int]) -> None:
        try:
            socket.send_fds(self._launched.end, [text], descriptors)
        except OSError as error:
            raise ZygoteLost(str(error)) from None

    def _answer(self, seconds: float, descriptors: int = 0) -> list[int]:
        end = self._launched.end
        end.settimeout(seconds)
        try:
            text, found, _, _ = socket.recv_fds(end, _LONGEST, descriptors)
        except OSError as error:
            raise ZygoteLost(self._printed() or str(error)) from None
        if not text:
            raise ZygoteLost(self._printed())
        if text != READY:
            raise NotForked(text.decode("utf-8", "replace"))
        return found

    def is_gone(self) -> bool:
        """Whether this process has ended, or is about to."""
        with suppress(subprocess.TimeoutExpired):
            self._launched.process.wait(_ABOUT_TO_END)
        return self._launched.process.returncode is not None

    def _printed(self) -> str:
        self._launched.output.finish(Deadline.within(_END))
        return self._launched.output.text


def _ended(launched: Launched) -> None:
    """Hangs up, upon which the process ends, waits for it, and kills it where it does not."""
    launched.end.close()
    try:
        launched.process.wait(_END)
    except subprocess.TimeoutExpired:
        launched.process.kill()
        launched.process.wait()
    launched.output.close()
