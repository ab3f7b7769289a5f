"""The child's loop, in this process: the requests of a judge, the answers as they go over the line."""

from __future__ import annotations

import io
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.box import main as child
from grader.box.codec import Load, encode_jobs, encode_load, encode_modules, encode_skip
from grader.box.frames import Channel, Frame, Kind
from grader.box.limits import Hardening
from grader.box.program import Cell, Job, Raised, Source, Step, Value, Wanted
from grader.sandbox.wire import MIN_CAP, read_loaded, read_progress, read_reply

TEXT = "factor = max(1, 3)\ndef f(x):\n    return x * factor\n"
JOB = Job((Step("y", ["call", ["exercise", "f"], ["array", 0]]),), (np.arange(2.0),))


class Judge(Channel):
    """The other end of a child's line."""

    def __init__(self, ours: socket.socket, theirs: socket.socket) -> None:
        super().__init__(ours.fileno())
        self._socket = ours
        self.child = theirs.fileno()

    def leave(self) -> None:
        """Asks nothing more; what was asked can still be answered."""
        self._socket.shutdown(socket.SHUT_WR)


@pytest.fixture
def judge() -> Iterator[Judge]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield Judge(ours, theirs)


def ask(judge: Judge, frame: Frame, last: Kind) -> list[Frame]:
    """The frames that answer a request, up to one of this kind."""
    judge.send(frame)
    found: list[Frame] = []
    while not found or found[-1].kind is not last:
        answer = judge.receive()
        assert answer is not None
        found.append(answer)
    return found


def test_a_submission_is_loaded_and_asked(judge: Judge, tmp_path: Path) -> None:
    service = child.Service(Channel(judge.child), str(tmp_path))
    thread = threading.Thread(target=service.run)
    thread.start()
    try:
        load = Load((Source("m.py", (Cell(TEXT),)),), (Wanted("f", "function"),), {}, frozenset())
        noted, *progress, loaded = ask(judge, Frame(Kind.LOAD, 5, body=encode_load(load)), Kind.LOADED)
        assert noted.kind is Kind.NOTED
        assert read_loaded(noted).definitions == ()
        assert [read_progress(frame)[1].line for frame in progress] == [2]
        assert {frame.seq for frame in (noted, *progress, loaded)} == {5}
        assert read_loaded(loaded).definitions[0].found_as == "f"

        jobs = Frame(Kind.JOBS, 6, body=encode_jobs([JOB, JOB], [MIN_CAP] * 2))
        (first,) = ask(judge, jobs, Kind.RESULT)
        outcome = read_reply(first, JOB).outcomes["y"]
        assert isinstance(outcome, Raised)
        assert outcome.unset
        second = judge.receive()
        assert second is not None
        assert (first.seq, second.seq) == (6, 7)

        ask(judge, Frame(Kind.REST, 8, body=encode_skip(frozenset())), Kind.LOADED)
        (third,) = ask(judge, Frame(Kind.JOBS, 9, body=encode_jobs([JOB], [MIN_CAP])), Kind.RESULT)
        outcome = read_reply(third, JOB).outcomes["y"]
        assert isinstance(outcome, Value)
        np.testing.assert_array_equal(outcome.value, [0, 3])
    finally:
        judge.leave()
        thread.join()


@pytest.mark.parametrize("kind", [Kind.JOBS, Kind.REST, Kind.READY])
def test_a_request_out_of_order_is_our_mistake(judge: Judge, kind: Kind) -> None:
    body = encode_jobs([JOB], [MIN_CAP]) if kind is Kind.JOBS else encode_skip(frozenset())
    judge.send(Frame(kind, 1, body=body))
    with pytest.raises(ValueError, match=r"nothing has been loaded|no request"):
        child.Service(Channel(judge.child), ".").run()


def test_student_code_starts_hardened_and_without_our_arguments(
    judge: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Any] = []

    def harden(hardening: Hardening, program: bytes) -> None:
        seen.extend([hardening, program])

    class Broken(io.StringIO):
        def reconfigure(self, **options: object) -> None:
            seen.append(options)

        def flush(self) -> None:
            raise ValueError("closed by the student")

    monkeypatch.setattr(child, "harden", harden)
    monkeypatch.setattr(sys, "argv", ["x"])
    for name in ("stdout", "stderr"):
        monkeypatch.setattr(sys, name, Broken())
    hardening = Hardening(memory=1, cpu=2)
    judge.send(Frame(Kind.HARDEN, 0, hardening.packed(), b"program"))
    judge.send(Frame(Kind.IMPORT, 1, body=encode_modules(["json", "os.path"])))
    judge.send(Frame(Kind.LOAD, 2, body=encode_load(Load((), (), {}, frozenset()))))
    judge.leave()
    child.main(judge.child, "/sub")
    assert seen[:2] == [hardening, b"program"]
    assert sys.argv == [""]
    kinds = []
    for _ in range(4):
        frame = judge.receive()
        assert frame is not None
        kinds.append(frame.kind)
    assert kinds == [Kind.READY, Kind.READY, Kind.NOTED, Kind.LOADED]


def test_a_judge_that_is_gone_ends_the_child(judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    judge.leave()
    monkeypatch.setattr(sys, "argv", ["x"])
    child.main(judge.child, "/sub")
