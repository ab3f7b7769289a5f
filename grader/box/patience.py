"""An end to code that does not return, where nothing else can end it: no signal, no thread, no process.

It is a help and no wall: only Python code is ended, not a call into a library, and code that catches everything can go
on. Where a debugger or a measurement of coverage traces already, it does nothing.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

_LINES_A_LOOK = 200


class OutOfTime(BaseException):
    """Raised into code whose time is up. It is never an exception of the student's."""


@contextmanager
def patience(seconds: float, is_own: Callable[[str], bool]) -> Iterator[None]:
    """Raises OutOfTime in code of the files that `is_own` knows, as soon as `seconds` have passed."""
    if sys.gettrace() is not None:
        yield
        return
    until = time.monotonic() + seconds
    lines = 0

    def in_own(_frame: FrameType, _event: str, _argument: Any) -> Any:
        nonlocal lines
        lines += 1
        if lines % _LINES_A_LOOK == 0 and time.monotonic() > until:
            raise OutOfTime
        return in_own

    def on_call(frame: FrameType, _event: str, _argument: Any) -> Any:
        return in_own if is_own(frame.f_code.co_filename) else None

    sys.settrace(on_call)
    try:
        yield
    finally:
        sys.settrace(None)
