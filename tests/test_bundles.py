"""Bundles: fewer jobs, and the same answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pytest

from grader import bundles
from grader.box.program import Cell, Job, Raised, Reply, Source, Step, Value, Wanted
from grader.sandbox.base import Death, Limits, Sandbox
from grader.sandbox.choose import default_sandbox
from grader.sandbox.session import Answer, Session


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    made = default_sandbox(())
    yield made
    made.close()


def double(x: object, name: str = "double") -> Job:
    """Calls a function with a number or an array."""
    array = np.array(x, dtype=np.float64)
    given = ["array" if array.ndim else "scalar", 0]
    return Job((Step("value", ["call", ["exercise", name], given]),), (array,))


def asked(sandbox: Sandbox, text: str, groups: Sequence[Sequence[Job]]) -> list[list[Answer]]:
    """What a submission answers, in bundles."""
    sources = (Source("a.py", (Cell(text),)),)
    wanted = (Wanted("double", "function"), Wanted("other", "function"))
    limits = Limits(call=1.0)
    with Session(sandbox, {"a.py": text.encode()}, sources, wanted, limits) as session:
        session.load()
        return bundles.observe_each(session, groups)


def values(answers: Sequence[Answer]) -> list[object]:
    found = []
    for answer in answers:
        assert isinstance(answer, Reply)
        (outcome,) = answer.outcomes.values()
        found.append(outcome.value.tolist() if isinstance(outcome, Value) else outcome)
    return found


GROUP = [double(1), double(2), double([1, 2]), double([3, 4]), double([5, 6, 7]), double(8)]


def test_jobs_of_one_form_are_asked_in_one() -> None:
    made = bundles.bundled(tuple(GROUP))
    assert [len(one.jobs) for one in made] == [2, 2, 1, 1]
    assert [job for one in made for job in one.jobs] == GROUP
    assert [one.whole.variants for one in made] == [2, 2, 0, 0]
    np.testing.assert_array_equal(made[1].whole.arrays[0], [[1, 2], [3, 4]])


def test_other_steps_other_types_and_variants_are_other_forms() -> None:
    number = double(1)
    whole = Job(number.steps, (np.array(1),))
    varied = [Job(number.steps, (np.array([1.0, 2.0]),), 2, frozenset({0})) for _ in range(2)]
    jobs = (number, double(1, "other"), whole, *varied)
    assert [one.jobs for one in bundles.bundled(jobs)] == [(job,) for job in jobs]


def test_answers_are_those_of_each_job(sandbox: Sandbox) -> None:
    found = asked(
        sandbox,
        "def double(x): return 2 * x\ndef other(x): return x, {'y': -x}",
        [GROUP, [], [double(3, "other")] * 2],
    )
    assert [values(one) for one in found[:2]] == [[2, 4, [2, 4], [6, 8], [10, 12, 14], 16], []]
    (first, second) = found[2]
    assert isinstance(first, Reply)
    (outcome,) = first.outcomes.values()
    assert isinstance(outcome, Value)
    number, named = outcome.value
    assert (number.shape, float(number), float(named["y"])) == ((), 3, -3)
    assert isinstance(second, Reply)


def test_the_same_answers_are_the_same_objects(sandbox: Sandbox) -> None:
    text = "def double(x): return 2 * x"
    first, second = (asked(sandbox, text, [GROUP])[0] for _ in range(2))
    assert all(one is other for one, other in zip(first, second, strict=True))
    assert all(isinstance(one, Reply) and one.kept for one in first)


@pytest.mark.parametrize(
    "text",
    [
        "def double(x):\n    if x == 2: raise ValueError('no')\n    return 2 * x",
        "import numpy as np\ndef double(x): return 2 * x if x == 1 else np.array([x, x])",
    ],
    ids=["raises", "gives another shape"],
)
def test_where_one_is_different_each_is_asked_alone(sandbox: Sandbox, text: str) -> None:
    (found,) = asked(sandbox, text, [GROUP[:2]])
    one, other = values(found)
    assert one == 2
    assert other == [2, 2] or (isinstance(other, Raised) and other.message == "no")


def test_what_ends_the_box_is_told_of_its_own_job(sandbox: Sandbox) -> None:
    text = "import os\ndef double(x):\n    if x == 2: os._exit(3)\n    return 2 * x\ndef other(x): return x"
    first, second = asked(sandbox, text, [[double(1), double(2), double(3)], [double(1, "other")]])
    assert values(first[:1]) == [2]
    assert first[1:] == [Death("crashed", "ended the process (exit code 3)"), None]
    assert values(second) == [1]


def test_what_was_not_asked_after_the_end_of_a_box_is_not_asked_again(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds, observe_each = [], Session.observe_each

    def counted(session: Session, groups: Sequence[Sequence[Job]]) -> list[list[Answer]]:
        rounds.append(groups)
        return observe_each(session, groups)

    monkeypatch.setattr(Session, "observe_each", counted)
    text = "import os\ndef double(x): os._exit(3)"
    (found,) = asked(sandbox, text, [[double([1, 2]), double(1), double(2)]])
    assert found == [Death("crashed", "ended the process (exit code 3)"), None, None]
    assert len(rounds) == 1


def test_several_slow_calls_have_the_time_of_each(sandbox: Sandbox) -> None:
    text = "import time\ndef double(x):\n    time.sleep(0.6)\n    return 2 * x"
    (found,) = asked(sandbox, text, [[double(1), double(2)]])
    assert values(found) == [2, 4]


class Forging:
    """Answers every job with the same value, in the place of a session."""

    def __init__(self, value: object) -> None:
        self.asked: list[list[Job]] = []
        self._value = value

    def observe_each(self, groups: Sequence[Sequence[Job]]) -> list[list[Answer]]:
        self.asked += [list(group) for group in groups if group]
        return [[Reply({"value": Value(self._value)}, kept=True) for _ in group] for group in groups]


@pytest.mark.parametrize(
    "value",
    [np.array(1.0), np.zeros(1), np.zeros(3), (np.zeros(2), np.zeros(1)), {"y": np.array(1.0)}],
    ids=["a number", "too few", "too many", "a part too few", "a number by name"],
)
def test_an_answer_that_is_not_one_a_job_is_not_taken_apart(value: object) -> None:
    forging = Forging(value)
    (found,) = bundles.observe_each(forging, [GROUP[:2]])  # type: ignore[arg-type]
    assert forging.asked == [[bundles.bundled(tuple(GROUP[:2]))[0].whole], GROUP[:2]]
    assert len(found) == 2


def test_what_is_no_array_is_the_same_for_all() -> None:
    (found,) = bundles.observe_each(Forging((None, np.arange(2.0))), [GROUP[:2]])  # type: ignore[arg-type]
    values = [one.outcomes["value"] for one in found if isinstance(one, Reply)]
    assert [one.value[0] for one in values if isinstance(one, Value)] == [None, None]
    assert [float(one.value[1]) for one in values if isinstance(one, Value)] == [0.0, 1.0]
