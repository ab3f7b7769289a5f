"""What is written on one side of the line is read on the other."""

from __future__ import annotations

import os
import struct
import threading
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.box.codec import (
    TOO_LARGE,
    Load,
    clean,
    decode_jobs,
    decode_load,
    decode_skip,
    encode_jobs,
    encode_load,
    encode_loaded,
    encode_progress,
    encode_reply,
    encode_skip,
)
from grader.box.frames import MAX_HEADER, MAX_LOADED, Channel, Frame, Kind
from grader.box.program import (
    Cell,
    Definition,
    Failure,
    Job,
    Loaded,
    Note,
    Opaque,
    Outcome,
    Place,
    Raised,
    Reply,
    Source,
    Step,
    Unreached,
    Value,
    Wanted,
)
from grader.box.snapshot import DTYPES, snapshot
from grader.sandbox.wire import MAX_CAP, MIN_CAP, cap_of, read_loaded, read_progress, read_reply

arrays = hnp.arrays(
    st.sampled_from(DTYPES).map(np.dtype), hnp.array_shapes(min_dims=0, min_side=0, max_dims=4, max_side=4)
)
values = st.recursive(
    st.none() | arrays | st.builds(Opaque, st.text(max_size=20)),
    lambda inner: (
        st.lists(inner, max_size=3).map(tuple) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
places = st.builds(Place, st.text(max_size=20), st.integers(0, 10**6), st.none() | st.integers(1, 500))
raised = st.builds(
    Raised, st.text(max_size=20), st.text(max_size=50), st.none() | places, st.booleans(), st.booleans()
)
STEPS = tuple(Step(name, ["value", 1], wanted=name != "unwanted") for name in ("a", "b", "unwanted", "c"))
outcomes = values.map(Value) | raised | st.just(Unreached("unwanted"))


def same(first: Any, second: Any) -> bool:
    """Equal in type, shape, number type and bits."""
    if isinstance(first, np.ndarray):
        alike = first.dtype == second.dtype and first.shape == second.shape
        return bool(alike and first.tobytes() == second.tobytes())
    if isinstance(first, tuple):
        return len(first) == len(second) and all(map(same, first, second))
    if isinstance(first, dict):
        return list(first) == list(second) and all(same(first[key], second[key]) for key in first)
    return bool(first == second)


def sent(reply: Reply, job: Job, cap: int = MIN_CAP) -> Reply:
    header, body = encode_reply(reply, job, cap)
    assert len(header) <= MAX_HEADER
    assert len(body) <= cap
    return read_reply(Frame(Kind.RESULT, 1, header, body), job)


@given(st.fixed_dictionaries({"a": outcomes, "b": outcomes, "c": outcomes}, optional={"unwanted": raised}))
def test_replies(found: dict[str, Outcome]) -> None:
    # Trees of more than four levels are not made by a box.
    found = {
        name: Value(snapshot(o.value)) if isinstance(o, Value) and not isinstance(o.value, Opaque) else o
        for name, o in found.items()
    }
    reply = sent(Reply(found), Job(STEPS))
    assert reply.outcomes.keys() == found.keys()
    for name, outcome in found.items():
        other = reply.outcomes[name]
        if isinstance(outcome, Value):
            assert isinstance(other, Value)
            assert same(outcome.value, other.value)
        else:
            assert other == outcome


@given(st.lists(arrays, max_size=4), st.integers(0, 5))
def test_jobs(given_arrays: list[np.ndarray[Any, Any]], variants: int) -> None:
    job = Job(STEPS, tuple(given_arrays), variants, frozenset({0, 2}))
    other = Job((Step("x", ["list", ["value", [1.5, None, "ü"]]]),), (np.array(0.1), np.arange(6.0)[::2]))
    back, *rest = decode_jobs(encode_jobs([job, other], [5, 6]))
    assert (back[0].steps, back[0].variants, back[0].stacked, back[1]) == (STEPS, variants, job.stacked, 5)
    assert same(tuple(back[0].arrays), job.arrays)
    assert rest[0][0].steps == other.steps
    assert same(tuple(rest[0][0].arrays), other.arrays)


def test_load_and_skip() -> None:
    load = Load(
        (Source("a/b.py", (Cell("x = '\ud800 ü'\n", 3), Cell("", None)), notebook=True),),
        (Wanted("Relu", "class", ("ReLU",), ("forward",)),),
        {"softmax": "def softmax(x): ..."},
        frozenset({4, 2}),
    )
    assert decode_load(encode_load(load)) == load
    assert decode_skip(encode_skip(load.skip)) == load.skip


LOADED = Loaded(
    (Definition("f", "F", {"": Place("m.py", 3)}), Definition("g", why_not="none")),
    (Note("renamed", "F", Place("m.ipynb", 3, 2)), Note("plain")),
    (Failure(Place("m.py", 9), "NameError", "x", "x + 1"),),
    pending=True,
)


def test_loaded_and_progress() -> None:
    assert read_loaded(Frame(Kind.LOADED, 1, body=encode_loaded(LOADED))) == LOADED
    place = Place("作业.ipynb", 3, 2)
    assert read_progress(Frame(Kind.PROGRESS, 1, encode_progress(5, place))) == (5, place)


def test_a_huge_report_of_loading_is_cut() -> None:
    failures = (Failure(Place("f" * 5000, 1), "T" * 5000, "\x1b" * 5000, "源" * 50000),) * 1000
    body = encode_loaded(Loaded(LOADED.definitions, LOADED.notes * 1000, failures))
    assert len(body) <= MAX_LOADED
    read = read_loaded(Frame(Kind.LOADED, 1, body=body))
    assert read.definitions == LOADED.definitions
    assert 0 < len(read.failures) < 1000


def test_a_result_beyond_the_cap_is_an_outcome() -> None:
    found: dict[str, Outcome] = {"a": Value(np.ones(10)), "b": Value(np.zeros(100)), "c": Value(np.ones(5))}
    reply = sent(Reply(found), Job(STEPS), cap=200)
    assert reply.outcomes["b"] == TOO_LARGE
    assert isinstance(reply.outcomes["a"], Value)
    assert isinstance(reply.outcomes["c"], Value)


def test_results_too_long_to_describe_are_outcomes() -> None:
    many: dict[str, Outcome] = {
        "a": Value(tuple(np.zeros((1, 2, 3, 4)) for _ in range(60))),
        "b": Value({f"{'k' * 60}{n}": np.ones(1) for n in range(60)}),
        "c": Value(np.ones(3)),
    }
    reply = sent(Reply(many), Job(STEPS))
    assert reply.outcomes["b"] == TOO_LARGE
    assert isinstance(reply.outcomes["a"], Value)
    assert isinstance(reply.outcomes["c"], Value)


def test_messages_are_cut_and_keep_control_characters() -> None:
    reply = sent(Reply({name: Raised("E" * 999, "\x1b[2J\ud800" + "x" * 9999) for name in "abc"}), Job(STEPS))
    outcome = reply.outcomes["a"]
    assert isinstance(outcome, Raised)
    assert outcome.message.startswith("\x1b[2J\\ud800x")
    assert len(outcome.message) < 1000


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=30), st.integers(0, 20))
def test_clean_text_can_be_written(text: str, limit: int) -> None:
    cleaned = clean(text, limit)
    assert len(cleaned) <= limit
    assert cleaned.encode().decode() == cleaned


def test_the_cap_grows_with_what_was_sent() -> None:
    big = np.zeros(1 << 17)
    assert cap_of(Job(())) == MIN_CAP
    assert cap_of(Job((), (big,))) == 4 * big.nbytes
    assert cap_of(Job((), (big, np.zeros((5, 100))), 5, frozenset({1}))) == 20 * (big.nbytes + 800)
    assert cap_of(Job((), (big,), 1000)) == MAX_CAP


def test_a_channel_carries_frames_in_pieces() -> None:
    reading, writing = os.pipe()
    frames = [Frame(Kind.LOAD, 1, b"h", b"b" * 200_000), Frame(Kind.REST, 2)]

    def write() -> None:
        for frame in frames:
            Channel(writing).send(frame)
        os.write(writing, frames[1].packed()[:5])
        os.close(writing)

    thread = threading.Thread(target=write)
    thread.start()
    channel = Channel(reading)
    assert [channel.receive(), channel.receive(), channel.receive()] == [*frames, None]
    thread.join()
    os.close(reading)


def test_a_frame_has_the_agreed_layout() -> None:
    packed = Frame(Kind.RESULT, 7, b"head", b"body!").packed()
    assert packed == b"bg" + struct.pack(">BIHI", 14, 7, 4, 5) + b"headbody!"


@pytest.mark.parametrize("value", [3, "text", object()])
def test_only_snapshots_are_described(value: object) -> None:
    with pytest.raises(TypeError, match="no value of a job"):
        encode_reply(Reply({"a": Value(value)}), Job(STEPS), MIN_CAP)
