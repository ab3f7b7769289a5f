"""A started process behind its walls, with its line and its output, and how it is ended."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO

from .base import Deadline
from .line import Line, Output

# Seconds for the end of a process that has been killed.
_END = 5.0


@dataclass
class Child:
    """A process of bubblewrap. `info` is the pipe on which it tells the number of the first process inside; `dispose`
    removes what was made for it."""

    process: subprocess.Popen[bytes]
    info: IO[bytes]
    line: Line
    output: Output
    dispose: Callable[[], None]
    _ended: bool = field(default=False, init=False)

    def end(self) -> None:
        """Kills all that is inside and waits until nothing of it is left; may be called again."""
        if self._ended:
            return
        self._ended = True
        try:
            self.line.close()
            self._kill()
            # The end of the pipe: whoever in the box still held it is gone too.
            self.output.finish(Deadline.within(_END))
        finally:
            self.info.close()
            self.output.close()
            self.dispose()

    def _kill(self) -> None:
        """Kills the first process inside, with which the kernel ends all others; bubblewrap then ends by itself.

        Were bubblewrap killed first, what it has just begun to set up could stay behind, waiting for it.
        """
        if self.process.poll() is None:
            inside = _first_inside(self.info.fileno(), Deadline.within(_END))
            # While bubblewrap lives, the number is not given to another process.
            with suppress(ProcessLookupError, subprocess.TimeoutExpired):
                if inside is not None:
                    os.kill(inside, signal.SIGKILL)
                    self.process.wait(_END)
        self.process.kill()
        self.process.wait()


def _first_inside(info: int, deadline: Deadline) -> int | None:
    """The number that bubblewrap tells as JSON; None where it ends without."""
    poll = select.poll()
    poll.register(info, select.POLLIN)
    text = b""
    while b"}" not in text:
        if not poll.poll(deadline.left * 1000):
            return None
        piece = os.read(info, 4096)
        if not piece:
            return None
        text += piece
    return int(json.loads(text)["child-pid"])
