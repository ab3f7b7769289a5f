"""The judge's end of a child's line and of its output: bounded, with a deadline, in step.

Both are read in one loop, so that a child never waits for its output to be taken while the judge waits for an answer,
and so that what was printed before an answer is there when the answer is.
"""

from __future__ import annotations

import os
import select
import socket
import time
from typing import IO

from grader.box.frames import LAYOUT, MAGIC, MAX_HEADER, MAX_LOADED, Frame, Kind

from .base import Deadline
from .wire import Violation

_PIECE = 1 << 16
_PIECES_AT_ONCE = 16

# Seconds that an answer takes at least, and the most to wait for several: to be woken by each costs more than it does.
_AN_ANSWER = 10e-6
_A_MOMENT = 0.005

# Of each kind of answer the longest header and body; that of a RESULT depends on the question.
_BOUNDS = {
    Kind.READY: (0, 0),
    Kind.PROGRESS: (MAX_HEADER, 0),
    Kind.NOTED: (0, MAX_LOADED),
    Kind.LOADED: (0, MAX_LOADED),
    Kind.RESULT: (MAX_HEADER, 0),
}
_KINDS = {int(kind): kind for kind in _BOUNDS}


class Closed(Exception):
    """The child has closed its end."""


class Late(Exception):
    """The deadline passed."""


class Flooded(Exception):
    """The child printed more than it may."""


class Output:
    """What a child prints: the first `kept` bytes of it, and no more than `flood` altogether. Owns the pipe."""

    def __init__(self, pipe: IO[bytes], kept: int, flood: int) -> None:
        os.set_blocking(pipe.fileno(), False)
        self._pipe = pipe
        self._kept = kept
        self._flood = flood
        self._total = 0
        self._data = bytearray()

    @property
    def descriptor(self) -> int | None:
        """What to poll; None when the pipe has ended."""
        return None if self._pipe.closed else self._pipe.fileno()

    @property
    def text(self) -> str:
        return self._data.decode("utf-8", "replace")

    def pump(self) -> None:
        """Takes what is there, in bounded time. Raises Flooded."""
        for _ in range(_PIECES_AT_ONCE):
            if self._pipe.closed:
                return
            try:
                piece = os.read(self._pipe.fileno(), _PIECE)
            except BlockingIOError:
                return
            if not piece:
                self.close()
            self._total += len(piece)
            self._data += piece[: self._kept - len(self._data)]
            if self._total > self._flood:
                raise Flooded

    def finish(self, deadline: Deadline) -> bool:
        """Reads on to the end, which comes when nobody holds the pipe any more; whether it came in time."""
        while not self._pipe.closed and deadline.left:
            _wait({self._pipe.fileno(): select.POLLIN}, deadline)
            try:
                self.pump()
            except Flooded:
                continue
        return self._pipe.closed

    def close(self) -> None:
        self._pipe.close()


class Line:
    """The judge's end of the socket. Every method raises Closed, Late, Flooded or `Violation` and nothing else."""

    def __init__(self, end: socket.socket, output: Output) -> None:
        end.setblocking(False)
        self._socket = end
        self._output = output
        # What has come, and how much of it was received.
        self._come = b""
        self._at = 0

    @property
    def has_answer(self) -> bool:
        """Whether the next answer has come as a whole, so that it need not be waited for."""
        there = len(self._come) - self._at
        if there < LAYOUT.size:
            return False
        *_rest, header, body = LAYOUT.unpack_from(self._come, self._at)
        return there >= LAYOUT.size + int(header) + int(body)

    def send(self, frame: Frame, deadline: Deadline) -> None:
        """Sends a request. What the child has said before it was asked is a violation."""
        try:
            if self._at < len(self._come) or self._socket.recv(1, socket.MSG_PEEK):
                raise Violation("an answer before the question")
            raise Closed
        except BlockingIOError:
            pass
        except OSError:
            raise Closed from None
        left = memoryview(frame.packed())
        while left:
            try:
                left = left[self._socket.send(left) :]
            except BlockingIOError:
                self._wait(select.POLLOUT, deadline)
                self._output.pump()
            except OSError:
                raise Closed from None

    def receive(self, seq: int, deadline: Deadline, cap: int = 0, *, more: int = 0) -> Frame:
        """The next answer, to the request `seq`; `cap` bounds the body of a RESULT. So many `more` will come soon after
        it: they are waited for a moment and taken together."""
        start = self._taken(LAYOUT.size, deadline, more)
        magic, kind, number, header, body = LAYOUT.unpack_from(self._come, start)
        if magic != MAGIC or kind not in _KINDS:
            raise Violation("no frame of an answer")
        if number != seq:
            raise Violation("an answer to another question")
        longest_header, longest_body = _BOUNDS[kind]
        if header > longest_header or body > (cap if kind == Kind.RESULT else longest_body):
            raise Violation("an answer that is too long")
        start = self._taken(LAYOUT.size + header + body, deadline, more) + LAYOUT.size
        self._at = start + header + body
        return Frame(
            _KINDS[kind], number, self._come[start : start + header], self._come[start + header : self._at]
        )

    def close(self) -> None:
        self._socket.close()

    def _taken(self, size: int, deadline: Deadline, more: int) -> int:
        """Waits until `size` bytes have come, and tells where they begin; memory is taken only for those that have."""
        while len(self._come) - self._at < size:
            self._wait(select.POLLIN, deadline)
            if more:
                time.sleep(min(more * _AN_ANSWER, _A_MOMENT))
            try:
                piece = self._socket.recv(_PIECE)
            except BlockingIOError:
                # There was only output.
                self._output.pump()
                continue
            except OSError:
                raise Closed from None
            # Now that it has come, all is there that was printed before.
            self._output.pump()
            if not piece:
                raise Closed
            self._come, self._at = self._come[self._at :] + piece, 0
        return self._at

    def _wait(self, event: int, deadline: Deadline) -> None:
        """Waits for the socket, or for output. Raises Late."""
        if not deadline.left:
            raise Late
        asked = {self._socket.fileno(): event}
        if self._output.descriptor is not None:
            asked[self._output.descriptor] = select.POLLIN
        _wait(asked, deadline)


def _wait(asked: dict[int, int], deadline: Deadline) -> None:
    """Waits until something happens to one of the descriptors, or the deadline has passed."""
    poll = select.poll()
    for descriptor, event in asked.items():
        poll.register(descriptor, event)
    poll.poll(deadline.left * 1000)
