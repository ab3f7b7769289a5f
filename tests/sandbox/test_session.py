"""The session's bookkeeping over boxes that the test writes, and over real ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pytest

from grader.box.program import Definition, Failure, Job, Loaded, Place, Raised, Reply, Value
from grader.sandbox.base import Deadline, Death, Died, Limits, Setup
from grader.sandbox.session import Session

from .helpers import call, session, value

PLACE = Place("m.py", 7)
LOADED = Loaded((Definition("f", "f"),), pending=True)
ONE, UNSET, KILLS, FILLS = call("one"), call("unset"), call("kills"), call("fills")


@dataclass
class Plan:
    """What the boxes do: statements that kill while loading or in the rest, and what is recorded of them."""

    deadly: set[int] = field(default_factory=set)
    deadly_rest: set[int] = field(default_factory=set)
    nowhere: bool = False
    printed: str = ""
    log: list[str] = field(default_factory=list)
    open: int = 0
    boxes: int = 0


class Box:
    """A box without a process."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.rested = False
        self.output = ""
        self.closed = False
        plan.open += 1
        plan.boxes += 1

    def load(self, skip: frozenset[int], lent: Mapping[str, str], until: Deadline) -> Loaded:  # noqa: ARG002
        self._run(" ".join(["load", *lent]), self.plan.deadly, skip)
        self.output += self.plan.printed
        return LOADED

    def rest(self, skip: frozenset[int], until: Deadline) -> Loaded:  # noqa: ARG002
        self._run("rest", self.plan.deadly_rest, skip)
        self.rested = True
        return LOADED

    def run(self, jobs: Sequence[Job], until: Deadline) -> Iterator[Reply]:  # noqa: ARG002
        for job in jobs:
            self.plan.log.append(f"run {job.steps[0].expr[1][1]}")
            if job is KILLS:
                raise Died("crashed", "ended the process (exit code 0)")
            if job is UNSET and not self.rested:
                yield Reply({"result": Raised("NameError", "x", unset=True)})
            elif job is FILLS:
                yield Reply({"result": Raised("MemoryError", "x")})
            else:
                yield Reply({"result": Value(None)})

    def close(self) -> None:
        self.plan.open -= not self.closed
        self.closed = True

    def _run(self, what: str, deadly: set[int], skip: frozenset[int]) -> None:
        self.plan.log.append(what + "".join(f" -{number}" for number in sorted(skip)))
        for number in sorted(deadly - skip):
            raise Died("timed_out", "did not return", None if self.plan.nowhere else (number, PLACE))


class Boxes:
    """A sandbox of such boxes."""

    name = "planned"

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def available(self) -> None: ...

    def open(self, setup: Setup) -> Box:  # noqa: ARG002
        return Box(self.plan)

    def close(self) -> None: ...


def planned(limits: Limits | None = None, **plan: object) -> tuple[Session, Plan]:
    made = Plan(**plan)  # type: ignore[arg-type]
    return Session(Boxes(made), {}, (), (), limits or Limits()), made


def test_what_kills_while_loading_is_skipped_in_the_next_box() -> None:
    asked, plan = planned(deadly={2, 5})
    with asked:
        loaded = asked.load()
        assert plan.log == ["load", "load -2", "load -2 -5"]
        assert loaded.failures == (Failure(PLACE, "TimedOut", "did not return"),) * 2
        assert plan.open == 1
    assert plan.open == 0


def test_three_boxes_at_most() -> None:
    asked, plan = planned(deadly={2, 5, 6})
    with asked, pytest.raises(Died):
        asked.load()
    assert plan.log == ["load", "load -2", "load -2 -5"]
    assert plan.open == 0


def test_a_death_at_no_statement_cannot_be_helped() -> None:
    asked, plan = planned(deadly={2}, nowhere=True)
    with asked, pytest.raises(Died):
        asked.load()
    assert plan.log == ["load"]


def test_a_death_costs_its_job_and_the_next_question_has_a_fresh_box() -> None:
    asked, plan = planned(deadly={2})
    with asked:
        asked.load()
        plan.log.clear()
        found = asked.observe([ONE, KILLS, ONE])
        assert isinstance(found[0], Reply)
        assert found[1:] == [Death("crashed", "ended the process (exit code 0)"), None]
        assert plan.open == 0
        assert isinstance(asked.observe([ONE])[0], Reply)
        assert plan.log == ["run one", "run kills", "load -2", "run one"]


def test_a_death_in_one_group_costs_no_other() -> None:
    asked, plan = planned()
    with asked:
        found = asked.observe_each([[ONE], [ONE, KILLS, ONE], [], [ONE, ONE], [KILLS]])
        kinds = [[type(answer) for answer in group] for group in found]
        assert kinds == [[Reply], [Reply, Death, type(None)], [], [Reply, Reply], [Death]]
        assert plan.log == ["load", *["run one"] * 2, "run kills", "load", *["run one"] * 2, "run kills"]


def test_groups_without_jobs_open_nothing() -> None:
    asked, plan = planned()
    with asked:
        assert asked.observe_each([[], []]) == [[], []]
        assert plan.log == []


def test_what_fills_the_memory_is_left_behind_with_its_group() -> None:
    asked, plan = planned()
    with asked:
        found = asked.observe_each([[FILLS, ONE], [ONE], [ONE]])
        assert [len(group) for group in found] == [2, 1, 1]
        assert plan.log == ["load", "run fills", "run one", "load", "run one", "run one"]


def test_unset_names_of_all_groups_are_asked_again() -> None:
    asked, plan = planned()
    with asked:
        found = asked.observe_each([[ONE, UNSET], [ONE], [UNSET]])
        assert [[value(answer) for answer in group] for group in found] == [[None, None], [None], [None]]
        assert plan.log[-3:] == ["rest", "run unset", "run unset"]


def test_a_loan_goes_into_the_box_that_is_there_and_the_next_one_into_another() -> None:
    asked, plan = planned(deadly={2})
    with asked:
        asked.observe([ONE])
        asked.lend({"part": "text"})
        asked.observe([ONE])
        assert plan.log == ["load", "load -2", "run one", "load part -2", "run one"]
        assert plan.boxes == 2
        asked.lend({"other": "text"})
        asked.observe([ONE])
        assert plan.log[-2:] == ["load other -2", "run one"]
        assert (plan.boxes, plan.open) == (3, 1)


@pytest.mark.parametrize("again", ["raise ValueError", "os._exit(1)"])
def test_what_cannot_be_loaded_twice_gets_a_fresh_box_for_its_loan(again: str) -> None:
    code = f"""
import os
class Once:
    if hasattr(os, "once"):
        {again}
    os.once = weight = 1.0
def softmax(x): return x * 0
def loss(x): return softmax(x) + Once.weight
"""
    with session(code, "softmax", "loss") as asked:
        for lent, wanted in (({}, 1.0), ({"softmax": "def softmax(x):\n    return x * 10\n"}, 21.0)):
            asked.lend(lent)
            assert value(asked.observe([call("loss", [2.0])])[0]).tolist() == [wanted]


def test_a_loan_after_a_death_is_loaded_into_a_fresh_box() -> None:
    asked, plan = planned()
    with asked:
        asked.observe([KILLS])
        asked.lend({"part": "text"})
        assert isinstance(asked.observe([ONE])[0], Reply)
        assert plan.log == ["load", "run kills", "load part", "run one"]


def test_an_unset_name_runs_the_rest_once_and_asks_again() -> None:
    asked, plan = planned()
    with asked:
        asked.load()
        found = asked.observe([UNSET, ONE, UNSET])
        assert [value(answer) for answer in found] == [None] * 3
        assert plan.log == ["load", "run unset", "run one", "run unset", "rest", "run unset", "run unset"]
        asked.observe([KILLS])
        assert value(asked.observe([UNSET])[0]) is None
        assert plan.log[-3:] == ["load", "rest", "run unset"]


def test_a_rest_that_kills_is_run_without_what_killed() -> None:
    asked, plan = planned(deadly_rest={8})
    with asked:
        asked.load()
        assert value(asked.observe([UNSET])[0]) is None
        assert plan.log == ["load", "run unset", "rest", "load -8", "rest -8", "run unset"]


def test_a_rest_that_always_kills_is_given_up() -> None:
    asked, plan = planned(deadly_rest={7, 8, 9})
    with asked:
        asked.load()
        (answer,) = asked.observe([UNSET])
        assert isinstance(answer, Reply)
        assert isinstance(answer.outcomes["result"], Raised)
        assert plan.log[-2:] == ["load -7 -8", "run unset"]
        plan.log.clear()
        asked.observe([UNSET])
        assert plan.log == ["run unset"]


def test_a_death_in_a_batch_with_an_unset_name() -> None:
    asked, plan = planned()
    with asked:
        asked.load()
        first, second, third = asked.observe([UNSET, KILLS, UNSET])
        assert value(first) is None
        assert isinstance(second, Death)
        assert third is None
        assert plan.log == ["load", "run unset", "run kills", "load", "rest", "run unset"]


def test_loading_again_takes_a_fresh_box() -> None:
    asked, plan = planned()
    with asked:
        asked.load()
        asked.load()
        assert plan.open == 1


def test_a_repeated_output_is_shown_once() -> None:
    asked, plan = planned(printed="hello\n")
    with asked:
        asked.observe([KILLS])
        asked.observe([KILLS])
        plan.printed = "hello\nand more\n"
        asked.observe([ONE])
        assert asked.output == "hello\nand more\n"
    assert asked.output == "hello\nand more\n"


def test_output_of_all_boxes_together_is_cut() -> None:
    asked, plan = planned(printed="abc", limits=Limits(output=5))
    with asked:
        asked.observe([KILLS])
        plan.printed = "xyz"
        asked.observe([ONE])
        assert asked.output == "abcxy"


def test_no_time_left_is_a_death_and_opens_nothing_for_long() -> None:
    asked, plan = planned(limits=Limits(total=0))
    with asked:
        assert asked.observe([ONE, ONE]) == [
            Death("timed_out", "used up the 0 s for the whole submission"),
            None,
        ]
        assert plan.open == 0


@pytest.mark.parametrize(
    ("rest", "message"),
    [("os._exit(0)", "ended the process (exit code 0)"), ("while True: pass", "did not return within 1 s")],
)
def test_a_real_rest_that_kills(rest: str, message: str) -> None:
    code = f"import os\nnumber = max(1, 2)\ndef f(): return number\n{rest}\n"
    with session(code, "f", limits=Limits(load=1.0)) as asked:
        asked.load()
        assert value(asked.observe([call("f")])[0]) == 2
        assert [failure.message for failure in asked.load().failures] == [message]


def test_deadlines_are_ordered_by_their_moment() -> None:
    soon, late = Deadline.within(1.0), Deadline.within(2.5)
    assert min(late, soon) is soon
    assert late.message == "did not return within 2.5 s"
    assert Deadline(0.0, "x").left == 0.0
    make: Callable[[], Died] = soon.passed
    assert make().death == Death("timed_out", "did not return within 1 s")
