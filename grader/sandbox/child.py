"""A started process with its line and its output, and how it is ended."""

from __future__ import annotations

import fcntl
import os
import socket
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from .base import Deadline, Limits
from .line import Line, Output

# Seconds for the end of a process that has been killed.
_END = 5.0


def kill(process: subprocess.Popen[bytes]) -> None:
    """Ends a process and waits for it."""
    process.kill()
    process.wait()


@dataclass
class Child:
    """A process. `kill` ends it with all that it has started; `dispose` removes what was made for it."""

    process: subprocess.Popen[bytes]
    line: Line
    output: Output
    dispose: Callable[[], None]
    kill: Callable[[subprocess.Popen[bytes]], None] = kill
    _ended: bool = field(default=False, init=False)

    def end(self) -> None:
        """Kills all that is inside and waits until nothing of it is left; may be called again."""
        if self._ended:
            return
        self._ended = True
        try:
            self.line.close()
            self.kill(self.process)
            # The end of the pipe: whoever in the box still held it is gone too.
            self.output.finish(Deadline.within(_END))
        finally:
            self.output.close()
            self.dispose()


def launched(
    command: Sequence[str],
    descriptors: Sequence[int],
    environment: Mapping[str, str],
    folder: str,
    limits: Limits,
    dispose: Callable[[], None],
) -> Child:
    """Starts a command, to whose words the number of its line's descriptor is added.

    It begins in `folder` and has these descriptors, the line and standard streams: nothing to read, and one pipe to
    write to. Where it cannot be started, nothing is left of the attempt; to `dispose` is then the caller's.
    """
    with ExitStack() as undo:
        ours, theirs = socket.socketpair()
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
        output = Output(process.stdout, limits.output, limits.flood)
        undo.pop_all()
    return Child(process, Line(ours, output), output, dispose)


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
