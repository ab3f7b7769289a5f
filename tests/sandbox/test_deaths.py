"""Every way in which a submission can end its box, and what is said of it."""

from __future__ import annotations

import textwrap
import time
from collections.abc import Callable

import numpy as np
import pytest

from grader.box.program import Reply
from grader.sandbox.base import Death, Died, Limits, Sandbox

from .helpers import SANDBOXES, call, raised, session, value

QUICK = Limits(load=1.0, call=1.0, total=30.0, flood=1 << 20)

LINE = """
import os, stat, struct
def is_socket(n):
    try:
        return stat.S_ISSOCK(os.fstat(n).st_mode)
    except OSError:
        return False
def line():
    return next(n for n in range(3, 99) if is_socket(n))
def forge(kind, seq, header, body=b""):
    os.write(line(), b"bg" + struct.pack(">BIHI", kind, seq, len(header), len(body)) + header + body)
RIGHT = b'[[0,["v",["a","f8",[1]]]]]', b"12345678"
"""

ENDINGS = {
    "loop": ("while True: pass", "timed_out", "did not return within 1 s"),
    "sleep": ("import time; time.sleep(99)", "timed_out", "did not return within 1 s"),
    "hold_the_lock": ("list(iter(int, 1))", "timed_out", "did not return within 1 s"),
    "exit": ("os._exit(0)", "crashed", "ended the process (exit code 0)"),
    "exit_with": ("os._exit(7)", "crashed", "ended the process (exit code 7)"),
    "interrupt": ("raise KeyboardInterrupt", "crashed", "crashed the process (signal 2, interrupt)"),
    "segfault": (
        "import ctypes; ctypes.string_at(0)",
        "crashed",
        "crashed the process (signal 11, segmentation fault)",
    ),
    "flood": ("while True: print('x' * 1000)", "crashed", "printed more than 1 MiB"),
    "close_line": (
        "os.close(line())\nwhile True: pass",
        "violation",
        "closed its line to the grader",
    ),
    "garbage": (
        "os.write(line(), b'x' * 100)",
        "violation",
        "did not keep to the protocol of the grader (no frame of an answer)",
    ),
    "other_number": (
        "forge(14, 99, *RIGHT)",
        "violation",
        "did not keep to the protocol of the grader (an answer to another question)",
    ),
    "huge_body": (
        "os.write(line(), b'bg' + struct.pack('>BIHI', 14, 3, 0, 1 << 31))",
        "violation",
        "did not keep to the protocol of the grader (an answer that is too long)",
    ),
}


@pytest.mark.parametrize("make", SANDBOXES)
@pytest.mark.parametrize("name", ENDINGS)
def test_an_ending_is_told_and_costs_its_job_alone(name: str, make: Callable[[], Sandbox]) -> None:
    body, verdict, message = ENDINGS[name]
    code = f"{LINE}\ndef bad():\n{textwrap.indent(body, '    ')}\n\ndef good(x): return x"
    with session(code, "bad", "good", sandbox=make(), limits=QUICK) as asked:
        asked.load()
        one = call("good", [1.0])
        before, death, after = asked.observe([one, call("bad"), one])
        np.testing.assert_array_equal(value(before), [1.0])
        assert death == Death(verdict, message)  # type: ignore[arg-type]
        assert after is None
        (again,) = asked.observe([one])
        np.testing.assert_array_equal(value(again), [1.0])


def test_a_forged_answer_is_out_of_step_at_once() -> None:
    code = f"{LINE}\ndef forged(x):\n    forge(14, 2, *RIGHT)\n    return x\ndef good(x): return x"
    with session(code, "forged", "good", limits=QUICK) as asked:
        asked.load()
        # Whatever it says of its own answer is its own affair; the real answer then comes to no question.
        first, second = asked.observe([call("forged", [5.0]), call("good", [1.0])])
        assert isinstance(first, Reply)
        assert isinstance(second, Death)
        assert second.verdict == "violation"


def test_an_answer_in_advance_is_a_violation_of_the_next_question() -> None:
    code = f"""{LINE}
import threading, time
def f():
    def later():
        time.sleep(0.2)
        forge(14, 3, *RIGHT)
    threading.Thread(target=later, daemon=True).start()
"""
    with session(code, "f", limits=QUICK) as asked:
        asked.load()
        (first,) = asked.observe([call("f")])
        time.sleep(0.6)
        (second,) = asked.observe([call("f")])
        assert isinstance(first, Reply)
        assert second == Death(
            "violation", "did not keep to the protocol of the grader (an answer before the question)"
        )


def test_too_much_memory_is_an_exception() -> None:
    code = "import numpy as np\ndef f(): return np.ones(1 << 28)\ndef g(): return 1"
    with session(code, "f", "g") as asked:
        first, second = asked.observe([call("f"), call("g")])
        assert raised(first).type.endswith("MemoryError")
        assert value(second) == 1


def test_a_result_too_large_to_read_is_an_exception() -> None:
    code = "import numpy as np\ndef f(): return np.ones(1 << 20)\ndef g(): return 1"
    with session(code, "f", "g") as asked:
        first, second = asked.observe([call("f"), call("g")])
        assert raised(first).type == "TooLarge"
        assert value(second) == 1


def test_many_variants_have_the_time_of_many_calls() -> None:
    code = "import time\ndef f(x):\n    time.sleep(0.015)\n    return x"
    job = call("f", np.arange(100.0))
    many = type(job)(job.steps, job.arrays, 100, frozenset({0}))
    with session(code, "f", limits=Limits(call=1.0)) as asked:
        (answer,) = asked.observe([many])
        np.testing.assert_array_equal(value(answer), np.arange(100.0))


def test_a_statement_that_hangs_is_left_out_and_told() -> None:
    code = "def f(): return 1\nclass Slow:\n    while True: pass\ndef g(): return 2\n"
    with session(code, "f", "g", limits=QUICK) as asked:
        loaded = asked.load()
        assert [(one.type, one.message, one.place.line) for one in loaded.failures] == [
            ("TimedOut", "did not return within 1 s", 2)
        ]
        assert [int(value(answer)) for answer in asked.observe([call("f"), call("g")])] == [1, 2]


def test_a_statement_that_kills_is_left_out_and_told() -> None:
    code = "import os\nclass Bad:\n    os._exit(3)\nclass Worse:\n    os._exit(4)\ndef f(): return 1\n"
    with session(code, "f", limits=QUICK) as asked:
        loaded = asked.load()
        assert [(one.type, one.message, one.place.line) for one in loaded.failures] == [
            ("Crashed", "ended the process (exit code 3)", 2),
            ("Crashed", "ended the process (exit code 4)", 4),
        ]


def test_after_three_boxes_loading_is_given_up() -> None:
    code = (
        "import os\n"
        + "".join(f"class Bad{n}:\n    os._exit({n})\n" for n in range(4))
        + "def f(): return 1\n"
    )
    with session(code, "f", limits=QUICK) as asked, pytest.raises(Died, match="exit code 2") as caught:
        asked.load()
    assert caught.value.verdict == "crashed"


def test_the_time_for_all_is_bounded() -> None:
    code = "def f():\n    while True: pass\ndef g(): return 1"
    with session(code, "f", "g", limits=Limits(total=1.5, call=9.0)) as asked:
        asked.load()
        spent = Death("timed_out", "used up the 1.5 s for the whole submission")
        assert asked.observe([call("f"), call("g")]) == [spent, None]
        assert asked.observe([call("g")]) == [spent]
        with pytest.raises(Died, match="used up"):
            asked.load()


def test_output_of_a_killed_box_is_kept() -> None:
    code = "print('loading')\ndef f():\n    print('before')\n    while True: pass\ndef g(): print('after')"
    with session(code, "f", "g", limits=QUICK) as asked:
        asked.observe([call("f")])
        asked.observe([call("g")])
        assert asked.output == "before\nafter\n"
    assert asked.output == "before\nafter\n"
