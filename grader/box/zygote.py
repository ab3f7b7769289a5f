"""A warm process: it has imported what boxes need, and forks one whenever the judge asks for it.

No submission ever runs in it but a short one of ours, and it is told nothing of any. What it forks goes on as a fresh
interpreter would; when that has ended, this process tells how.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import select
import signal
import socket
import sys
import warnings
from collections.abc import Sequence
from contextlib import suppress

from .ahead import read_ahead, rehearse
from .frames import AHEAD, FATE, READY
from .libc import prctl
from .walls import enclose, forked_apart, mounted_in_tmp

LINE = 3
"""The descriptor on which a box speaks to the judge."""

_LONGEST = 4096
_PR_SET_PDEATHSIG = 1

# They draw a seed when they are imported: it would be the same one in every box.
_SEEDED = ("numpy.random", "torch")


def serve(descriptor: int, modules: Sequence[str], walled: bool) -> str | None:
    """Forks boxes until the judge has gone, and then returns None. In a box it returns the folder of its submission.

    A request is `AHEAD`, or the path of that folder, or a dot and a descriptor of it behind those of the box's line,
    the pipe for its output and the one on which its end is told; the answer is a descriptor of the process to kill, or
    why there is none. `walled` boxes get namespaces of their own, and all of their folders have the same path.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in modules:
            importlib.import_module(name)
    rehearse()
    _settle()
    with socket.socket(fileno=descriptor) as control:
        control.send(READY)
        return _Zygote(control, walled).run()


def _settle() -> None:
    """What is here by now is shared with boxes as long as nobody writes to it, and a collection would."""
    gc.collect()
    gc.freeze()


class _Zygote:
    def __init__(self, control: socket.socket, walled: bool) -> None:
        self._control = control
        # What stays as it is when boxes put up their walls; None where they have none.
        self._kept = mounted_in_tmp() if walled else None
        # By a descriptor of each box its number, and the pipe on which its end is told.
        self._boxes: dict[int, tuple[int, int]] = {}

    def run(self) -> str | None:
        """As `serve`."""
        poll = select.poll()
        poll.register(self._control, select.POLLIN)
        while True:
            for ready, _ in poll.poll():
                if ready in self._boxes:
                    poll.unregister(ready)
                    self._buried(ready)
                    continue
                text, descriptors, _, _ = socket.recv_fds(self._control, _LONGEST, 4)
                if not text:
                    self._end()
                    return None
                if text == AHEAD:
                    self._read(*descriptors)
                    continue
                line, output, fate, *folder = descriptors
                try:
                    process = os.fork() if self._kept is None else forked_apart()
                except OSError as error:
                    for descriptor in descriptors:
                        os.close(descriptor)
                    # Boxes that are there go on.
                    self._control.send(str(error).encode())
                    continue
                if process == 0:
                    os.close(self._control.detach())
                    return _box(text.decode(), folder, line, output, self._kept)
                for descriptor in (line, output, *folder):
                    os.close(descriptor)
                box = os.pidfd_open(process)
                self._boxes[box] = process, fate
                poll.register(box, select.POLLIN)
                socket.send_fds(self._control, [READY], [box])

    def _read(self, texts: int) -> None:
        with open(texts, encoding="utf-8") as file:
            read_ahead(json.load(file))
        _settle()
        self._control.send(READY)

    def _buried(self, box: int) -> None:
        """Waits for a box that has ended, or is about to, and tells how it did; then its pipe ends."""
        process, fate = self._boxes.pop(box)
        _, status, used = os.wait4(process, 0)
        with open(fate, "wb", buffering=0) as pipe, suppress(BrokenPipeError):
            pipe.write(FATE.pack(status, used.ru_utime + used.ru_stime))
        os.close(box)

    def _end(self) -> None:
        for box in list(self._boxes):
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(box, signal.SIGKILL)
            self._buried(box)


def _box(root: str, folder: Sequence[int], line: int, output: int, kept: Sequence[str] | None) -> str:
    """Goes on as a box, in a child that has just been forked: behind walls of its own unless `kept` is None."""
    prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    # Its name is asked for here alone: the warm process would hand on what it has once read.
    for one in folder:
        os.fchdir(one)
        root = os.getcwd()
    null = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((null, 0), (output, 1), (output, 2), (line, LINE)):
        os.dup2(source, target)
    os.closerange(LINE + 1, 1 << 16)
    if kept is not None:
        enclose(root, kept)
    for name in _SEEDED:
        if name in sys.modules:
            sys.modules[name].seed()
    return root
