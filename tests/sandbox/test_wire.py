"""Frames that a hostile child could send: each is read, or is a violation, and nothing else happens."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import struct
import subprocess
import threading
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.box.codec import encode_loaded, encode_progress, encode_reply
from grader.box.frames import LAYOUT, MAX_LOADED, Frame, Kind
from grader.box.program import (
    Clue,
    Definition,
    Failure,
    Job,
    Loaded,
    Opaque,
    Operand,
    Place,
    Raised,
    Reply,
    Step,
    Unreached,
    Value,
)
from grader.sandbox import process
from grader.sandbox.base import Deadline, Died, Limits, Setup
from grader.sandbox.child import Child
from grader.sandbox.line import Closed, Flooded, Late, Line, Output
from grader.sandbox.process import GivenUp, ProcessBox, StartFailed
from grader.sandbox.wire import MIN_CAP, Violation, read_loaded, read_progress, read_reply

JOB = Job(tuple(Step(name, ["value", 1], wanted=name != "x") for name in ("a", "b", "x")))
REPLY = Reply(
    {
        "a": Value((np.arange(6.0).reshape(2, 3), {"k": np.array(True)}, None, Opaque("o"))),
        "b": Raised("E", "m", Place("f", 1, 2), clue=Clue("a", "b", True, (Operand("f", (2, 3)),), True)),
        "x": Unreached("b"),
    }
)
FAILURE = Failure(Place("m.py", 2), "NameError", "m", "text")
LOADED = Loaded((Definition("f", "f", {"": Place("m.py", 1)}), Definition("g", why_not="w", failure=FAILURE)))
GOOD = [
    Frame(Kind.RESULT, 1, *encode_reply(REPLY, JOB, MIN_CAP)),
    Frame(Kind.PROGRESS, 1, encode_progress(3, Place("m.py", 1))),
    Frame(Kind.LOADED, 1, body=encode_loaded(LOADED)),
    Frame(Kind.READY, 1),
    Frame(Kind.NOTED, 1, body=encode_loaded(LOADED)),
]
READERS: dict[Kind, Callable[[Frame], object]] = {
    Kind.RESULT: lambda frame: read_reply(frame, JOB),
    Kind.PROGRESS: read_progress,
    Kind.LOADED: read_loaded,
    Kind.READY: lambda frame: frame,
    Kind.NOTED: read_loaded,
}


class Peer:
    """A line to a child that is played by the test."""

    def __init__(self, flood: int = 1 << 20, kept: int = 100) -> None:
        self.end, self.child = socket.socketpair()
        # As much as one example sends fits, so that nobody has to read meanwhile.
        self.child.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
        reading, writing = os.pipe()
        self.printed = os.fdopen(writing, "wb", buffering=0)
        self.output = Output(os.fdopen(reading, "rb", buffering=0), kept, flood)
        self.line = Line(self.end, self.output)

    def __enter__(self) -> Peer:
        return self

    def __exit__(self, *_: object) -> None:
        self.line.close()
        self.output.close()
        self.child.close()
        self.printed.close()


@pytest.fixture
def peer() -> Iterator[Peer]:
    with Peer() as made:
        yield made


def read(data: bytes) -> object:
    """What the judge makes of these bytes, when it waits for an answer to request 1."""
    with Peer() as peer:
        peer.child.sendall(data)
        peer.child.close()
        frame = peer.line.receive(1, Deadline.within(60), cap=MIN_CAP)
        return READERS[frame.kind](frame)


def test_good_frames_are_read() -> None:
    reply, progress, loaded, _, noted = (read(frame.packed()) for frame in GOOD)
    assert isinstance(reply, Reply)
    assert list(reply.outcomes) == ["a", "b", "x"]
    assert reply.outcomes["b"] == REPLY.outcomes["b"]
    assert progress == (3, Place("m.py", 1))
    assert loaded == noted == LOADED


def tolerated(data: bytes) -> None:
    with contextlib.suppress(Violation, Closed):
        read(data)


@settings(max_examples=1500)
@given(st.binary(max_size=80), st.sampled_from(sorted(READERS)), st.integers(0, 2))
def test_any_bytes(data: bytes, kind: Kind, seq: int) -> None:
    tolerated(data)
    tolerated(LAYOUT.pack(b"bg", kind, seq, len(data) // 2, len(data) - len(data) // 2) + data)


@settings(max_examples=1500)
@given(st.sampled_from(GOOD), st.data())
def test_damaged_frames(frame: Frame, data: st.DataObject) -> None:
    packed = bytearray(frame.packed())
    for _ in range(data.draw(st.integers(1, 3))):
        position = data.draw(st.integers(0, len(packed) - 1))
        packed[position : position + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
        packed = packed or bytearray(b"b")
    tolerated(bytes(packed))


words = st.sampled_from(
    ["v", "r", "u", "a", "t", "d", "n", "o", "f8", "b1", "O", "V8", "", "\ud800", "x" * 999]
)
numbers = st.sampled_from([0, 1, 2, 3, -1, 1 << 31, 1 << 40, 10**30, 0.5, -0.0, 1e308])
trees = st.recursive(
    words | numbers | st.none() | st.booleans(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=2),
    max_leaves=12,
)
arrays = st.tuples(
    st.just("a"),
    st.sampled_from(["f8", "b1", "u1", "O", "V8", "<f8", "c16", "S5"]),
    st.lists(numbers | st.integers(0, 5), max_size=9),
)
shaped = st.recursive(
    arrays | trees,
    lambda inner: (
        st.tuples(st.just("t"), st.lists(inner, max_size=3))
        | st.tuples(st.just("d"), st.lists(words, max_size=2), st.lists(inner, max_size=2))
    ),
    max_leaves=4,
)
entries = st.tuples(
    numbers,
    st.tuples(st.just("v"), shaped)
    | st.tuples(st.just("r"), words, words, trees, st.booleans(), st.booleans())
    | st.tuples(st.just("u"), numbers)
    | trees,
)


@settings(max_examples=1500)
@given(st.lists(entries, max_size=4), st.binary(max_size=64))
def test_headers_that_nearly_make_sense(found: list[Any], body: bytes) -> None:
    header = json.dumps([0.1, found]).encode()
    tolerated(LAYOUT.pack(b"bg", Kind.RESULT, 1, min(len(header), 65535), len(body)) + header[:65535] + body)


@settings(max_examples=500)
@given(trees, trees, trees)
def test_reports_of_loading_that_nearly_make_sense(first: Any, second: Any, third: Any) -> None:
    report = {
        "definitions": [["f", "f", {"": first}, ""]],
        "notes": [["id", second, None]],
        "failures": [[["m.py", 1, None], "E", "m", third]],
        "pending": False,
    }
    body = json.dumps(report).encode()
    tolerated(LAYOUT.pack(b"bg", Kind.LOADED, 1, 0, len(body)) + body)
    header = json.dumps([first, second]).encode()
    tolerated(LAYOUT.pack(b"bg", Kind.PROGRESS, 1, len(header) % 65536, 0) + header)


def result(header: object, body: bytes = b"") -> bytes:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return Frame(Kind.RESULT, 1, text, body).packed()


def reply(tree: object, body: bytes = b"") -> bytes:
    return result([[0, ["v", tree]], [1, ["u", 0]]], body)


def deep(levels: int) -> object:
    return ["t", [deep(levels - 1)]] if levels else ["n"]


@pytest.mark.parametrize(
    "data",
    [
        b"xx" + GOOD[0].packed()[2:],
        Frame(Kind.RESULT, 2, GOOD[0].header, GOOD[0].body).packed(),
        LAYOUT.pack(b"bg", 99, 1, 0, 0),
        LAYOUT.pack(b"bg", Kind.JOBS, 1, 0, 0),
        LAYOUT.pack(b"bg", Kind.READY, 1, 1, 0) + b"x",
        LAYOUT.pack(b"bg", Kind.PROGRESS, 1, 5000, 0),
        LAYOUT.pack(b"bg", Kind.RESULT, 1, 10, MIN_CAP + 1),
        LAYOUT.pack(b"bg", Kind.LOADED, 1, 0, MAX_LOADED + 1),
        reply(["a", "O", [1]], b"12345678"),
        reply(["a", "V8", [1]], b"12345678"),
        reply(["a", "f8", [-1]], b"12345678"),
        reply(["a", "f8", [2]], b"12345678"),
        reply(["a", "f8", [1] * 9], b"12345678"),
        reply(["a", "f8", [1 << 31, 1 << 31, 1 << 31]], b"12345678"),
        reply(["a", "f8", [0, 1 << 31, 1 << 31, 1 << 31]]),
        reply(["a", "f8", [1]], b"12345678trailing"),
        reply(deep(6)),
        reply(["t", [["n"]] * 65]),
        reply(["d", ["k", "k"], [["n"], ["n"]]]),
        reply(["d", ["k"], [["n"], ["n"]]]),
        reply(["o", "x" * 300]),
        result([[0, ["v", ["n"]]]]),
        result([[0, ["v", ["n"]]], [0, ["v", ["n"]]], [1, ["u", 0]]]),
        result([[0, ["v", ["n"]]], [1, ["u", 3]]]),
        result([[0, ["v", ["n"]]], [7, ["v", ["n"]]], [1, ["u", 0]]]),
        result([[-1, ["v", ["n"]]], [0, ["v", ["n"]]], [1, ["u", 0]]]),
        result(b"[" * 3000),
        result(b'[[0,["v",["n"]]],[1,["r","\\ud800","",null,false,false]]]'),
        result(b'[[0,["v",["n"]]],[1,["r","\xff","",null,false,false]]]'),
        result(b'[[NaN,["v",["n"]]]]'),
    ],
)
def test_what_is_not_as_agreed_is_a_violation(data: bytes) -> None:
    with pytest.raises(Violation):
        read(data)


def test_a_truth_value_is_zero_or_one() -> None:
    found = read(reply(["a", "b1", [3]], b"\x00\x02\xff"))
    assert isinstance(found, Reply)
    outcome = found.outcomes["a"]
    assert isinstance(outcome, Value)
    assert outcome.value.tobytes() == b"\x00\x01\x01"


def test_arrays_cannot_be_written_to() -> None:
    found = read(reply(["t", [["a", "f8", [1]], ["a", "f8", [1]]]], struct.pack("=dd", 1, 2)))
    assert isinstance(found, Reply)
    outcome = found.outcomes["a"]
    assert isinstance(outcome, Value)
    for array in outcome.value:
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 9


def test_a_line_that_ends_within_a_frame_is_closed(peer: Peer) -> None:
    peer.child.sendall(GOOD[0].packed()[:-1])
    peer.child.close()
    with pytest.raises(Closed):
        peer.line.receive(1, Deadline.within(60), MIN_CAP)


def test_a_frame_that_does_not_come_in_time_is_late(peer: Peer) -> None:
    peer.child.sendall(GOOD[0].packed()[:-1])
    with pytest.raises(Late):
        peer.line.receive(1, Deadline.within(0.05), MIN_CAP)


def test_a_request_that_is_not_taken_in_time_is_late(peer: Peer) -> None:
    with pytest.raises(Late):
        peer.line.send(Frame(Kind.JOBS, 1, body=bytes(8 << 20)), Deadline.within(0.05))


def test_an_answer_before_the_question_is_a_violation(peer: Peer) -> None:
    peer.child.sendall(b"b")
    with pytest.raises(Violation):
        peer.line.send(Frame(Kind.REST, 1), Deadline.within(60))


def test_a_question_to_nobody_is_closed(peer: Peer) -> None:
    peer.child.close()
    with pytest.raises(Closed):
        peer.line.send(Frame(Kind.REST, 1), Deadline.within(60))


def test_output_is_there_when_the_answer_is(peer: Peer) -> None:
    peer.printed.write("hällo".encode())
    peer.child.sendall(GOOD[3].packed())
    peer.line.receive(1, Deadline.within(60))
    assert peer.output.text == "hällo"


def test_output_is_cut(peer: Peer) -> None:
    peer.printed.write(b"x" * 99 + "ü".encode() + b"yyy")
    peer.output.pump()
    assert peer.output.text == "x" * 99 + "\ufffd"


def test_too_much_output_is_a_flood() -> None:
    with Peer(flood=1000) as peer:
        peer.printed.write(b"x" * 1001)
        with pytest.raises(Flooded):
            peer.line.receive(1, Deadline.within(60))


class Stopped:
    """A process that the test plays."""

    def kill(self) -> None: ...

    def poll(self) -> int:
        return 0

    def wait(self, timeout: float = 0) -> int:  # noqa: ARG002
        return 0


def boxed(peer: Peer, answers: list[bytes]) -> ProcessBox:
    """A box over the line, whose child answers each request with the next bytes and then hangs up."""

    def answer() -> None:
        # The judge may have ended the box before everything is said.
        with contextlib.suppress(OSError):
            for data in answers:
                peer.child.recv(1 << 20)
                peer.child.sendall(data)
            peer.child.close()

    threading.Thread(target=answer).start()
    process: Any = Stopped()
    peer.printed.close()
    return ProcessBox(
        Child(process, peer.line, peer.output, lambda: None),
        Setup({}, (), (), Limits(call=60)),
        GivenUp(),
    )


READY = Frame(Kind.READY, 0).packed()


def test_a_child_that_is_not_ready_in_time_is_told(peer: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "_START", 0.05)
    stopped: Any = Stopped()
    peer.printed.close()
    with pytest.raises(StartFailed, match=r"did not return within 0\.05 s"):
        ProcessBox(Child(stopped, peer.line, peer.output, lambda: None), Setup({}, (), ()), GivenUp())


@settings(max_examples=200)
@given(
    st.binary(min_size=13, max_size=80), st.sampled_from([b"", LAYOUT.pack(b"bg", Kind.RESULT, 1, 20, 10)])
)
def test_a_box_tells_every_violation_as_a_death(data: bytes, prefix: bytes) -> None:
    with Peer() as peer:
        box = boxed(peer, [READY, prefix + data])
        with pytest.raises(Died):
            list(box.run([JOB], Deadline.within(60)))


@pytest.mark.parametrize("frame", [GOOD[1], GOOD[2], Frame(Kind.READY, 1)])
def test_another_kind_of_answer_is_a_violation(peer: Peer, frame: Frame) -> None:
    box = boxed(peer, [READY, frame.packed() + Frame(Kind.READY, 1).packed()])
    with pytest.raises(Died) as caught:
        list(box.run([JOB], Deadline.within(60)))
    assert caught.value.verdict == "violation"


def test_answers_count_on_from_their_request(peer: Peer) -> None:
    replies = [Frame(Kind.RESULT, seq, GOOD[0].header, GOOD[0].body).packed() for seq in (1, 2, 2)]
    box = boxed(peer, [READY, b"".join(replies)])
    answers = box.run([JOB] * 3, Deadline.within(60))
    next(answers)
    next(answers)
    with pytest.raises(Died) as caught:
        next(answers)
    assert caught.value.verdict == "violation"


def test_a_child_that_does_not_start_is_our_fault() -> None:
    with Peer() as peer:
        peer.printed.write(b"bwrap: no")
        with pytest.raises(StartFailed, match="bwrap: no"):
            boxed(peer, [])


@pytest.mark.parametrize(
    ("code", "verdict", "message"),
    [
        (0, "crashed", "ended the process (exit code 0)"),
        (1, "crashed", "ended the process (exit code 1)"),
        (139, "crashed", "crashed the process (signal 11, segmentation fault)"),
        (-9, "crashed", "crashed the process (signal 9, killed)"),
        (152, "timed_out", "used up its processor time"),
        (255, "crashed", "ended the process (exit code 255)"),
    ],
)
def test_how_a_child_ended_is_told(
    peer: Peer, monkeypatch: pytest.MonkeyPatch, code: int, verdict: str, message: str
) -> None:
    monkeypatch.setattr(Stopped, "wait", lambda *_: code)
    box = boxed(peer, [READY])
    with pytest.raises(Died) as caught:
        list(box.run([JOB], Deadline.within(60)))
    assert (caught.value.verdict, caught.value.message) == (verdict, message)


def test_a_child_that_floods_before_it_starts_is_our_fault() -> None:
    with Peer(flood=1000, kept=10) as peer:
        peer.printed.write(b"x" * 1001)
        with pytest.raises(StartFailed, match="xxxxxxxxxx"):
            boxed(peer, [READY])


def test_a_child_that_hangs_up_but_lives_is_a_violation(peer: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
    box = boxed(peer, [READY])

    def lives(_: Stopped, timeout: float = 0) -> int:
        if timeout:
            raise subprocess.TimeoutExpired("bwrap", timeout)
        return 0

    monkeypatch.setattr(Stopped, "wait", lives)
    with pytest.raises(Died, match="closed its line") as caught:
        list(box.run([JOB], Deadline.within(60)))
    assert caught.value.verdict == "violation"
