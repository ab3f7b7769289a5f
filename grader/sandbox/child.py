"""A started process with its line and its output, and how it is ended."""

from __future__ import annotations

import fcntl
import os
import socket
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from .base import Deadline, Limits
from .line import Line, Output

# Seconds for the end of a process that has been killed.
_END = 5.0


class Process(Protocol):
    """What a child runs as; `subprocess.Popen` is one."""

    def wait(self, timeout: float | None = None) -> int:
        """Its exit code, below 0 the signal that ended it. Raises subprocess.TimeoutExpired."""
        ...

    def kill(self) -> None:
        """Ends it, if it has not ended."""
        ...


def nothing() -> None:
    """There is nothing to dispose of."""


def never() -> bool:
    """It does not happen."""
    return False


@dataclass
class Child:
    """A process. `kill` ends what would outlive it; `dispose` removes what was made for it; `is_orphan` tells, once it
    has ended, whether it did so because something of ours had."""

    process: Process
    line: Line
    output: Output
    dispose: Callable[[], None] = nothing
    kill: Callable[[], None] | None = None
    is_orphan: Callable[[], bool] = never
    _ended: bool = field(default=False, init=False)

    @classmethod
    def of(
        cls, begun: Launched, dispose: Callable[[], None], kill: Callable[[], None] | None = None
    ) -> Child:
        """A process of its own, which speaks in frames."""
        return cls(begun.process, Line(begun.end, begun.output), begun.output, dispose, kill)

    def end(self) -> None:
        """Kills all that is inside and waits until nothing of it is left; may be called again."""
        if self._ended:
            return
        self._ended = True
        try:
            if self.kill is not None:
                self.kill()
            # Before the line ends, upon which an interpreter would take itself down piece by piece.
            self.process.kill()
            self.line.close()
            self.process.wait()
            # The end of the pipe: whoever in the box still held it is gone too.
            self.output.finish(Deadline.within(_END))
        finally:
            self.output.close()
            self.dispose()


@dataclass(frozen=True)
class Launched:
    """A process with the judge's end of its socket, and what it prints."""

    process: subprocess.Popen[bytes]
    end: socket.socket
    output: Output


def launched(
    command: Sequence[str],
    descriptors: Sequence[int],
    environment: Mapping[str, str],
    folder: str,
    limits: Limits,
    kind: socket.SocketKind = socket.SOCK_STREAM,
) -> Launched:
    """Starts a command, to whose words the number of its socket's descriptor is added.

    It begins in `folder` and has these descriptors, the socket and standard streams: nothing to read, and one pipe to
    write to. Where it cannot be started, nothing is left of the attempt.
    """
    with ExitStack() as undo:
        ours, theirs = socket.socketpair(type=kind)
        undo.callback(ours.close)
        with inherited(theirs.detach()) as line:
            process = subprocess.Popen(
                [*command, str(line)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                bufsize=0,
                pass_fds=(*descriptors, line),
                env=dict(environment),
                cwd=folder,
                # Ctrl-C at the terminal is for the judge, which then ends the box.
                start_new_session=True,
            )
        if process.stdout is None:
            raise ValueError("no pipe")
        undo.pop_all()
    return Launched(process, ours, Output(process.stdout, limits.output, limits.flood))


@contextmanager
def inherited(descriptor: int) -> Iterator[int]:
    """A duplicate that is none of the standard streams, while it is handed on; `descriptor` is closed."""
    try:
        duplicate = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, 3)
    finally:
        os.close(descriptor)
    try:
        yield duplicate
    finally:
        os.close(duplicate)
