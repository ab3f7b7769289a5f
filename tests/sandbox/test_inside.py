"""What code finds in a box: all that honest code needs, and nothing of the judge's."""

from __future__ import annotations

import ctypes
import os
import sys
import tempfile
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from grader.sandbox.base import Sandbox
from grader.sandbox.bubblewrap import Bubblewrap
from grader.sandbox.session import Session

from .helpers import SANDBOXES, call, session, value

# What must work: code that only breaks because of the walls would be judged wrongly.
ALLOWED = {
    "threads": "t = threading.Thread(target=list); t.start(); t.join()",
    "temporary_file": "import tempfile; tempfile.TemporaryFile().write(b'x')",
    "read_beside": "assert open('data.txt').read() == 'hello'",
    "linear_algebra": "import numpy as np; a = np.ones((300, 300)); np.linalg.svd(a @ a)",
    "random": "import random, secrets; secrets.token_bytes(4); random.random()",
    "time": "import time; time.sleep(.001); time.strftime('%c')",
    "pool": "from concurrent.futures import ThreadPoolExecutor as P; list(P(2).map(abs, [1, 2]))",
    "standard_library": "import asyncio, csv, json, logging, sqlite3, unittest, zipfile",
}


def function(name: str, body: str) -> str:
    return f"def {name}():\n{textwrap.indent(body, '    ')}\n    return 0"


CODE = "\n".join(
    [
        "import os, sys, threading",
        *(function(name, body) for name, body in ALLOWED.items()),
        "def processes(): return sorted(int(n) for n in os.listdir('/proc') if n.isdigit())",
        "def descriptors(): return sum(os.path.exists(f'/proc/self/fd/{n}') for n in range(256))",
        "def environment(): print(sorted(os.environ)); return len(os.environ)",
        "def own_number(): return os.getpid()",
        "def user(): return [*os.getresuid(), *os.getresgid(), len(os.getgroups())]",
        "def standard_input(): return len(sys.stdin.read())",
        "def hashes(): return hash('text') % 1000003",
        "def remembered(): return sum('solutions' in getattr(f, '_path_cache', ())"
        " for f in sys.path_importer_cache.values())",
    ]
)
FACTS = [
    *("processes", "descriptors", "environment", "own_number"),
    *("user", "standard_input", "hashes", "remembered"),
]


def opened(sandbox: Sandbox) -> Iterator[Session]:
    with session(CODE, *ALLOWED, *FACTS, sandbox=sandbox, files={"data.txt": b"hello"}) as made:
        assert made.load().failures == ()
        yield made


@pytest.fixture(scope="module", params=SANDBOXES)
def box(request: pytest.FixtureRequest) -> Iterator[Session]:
    make: Callable[[], Sandbox] = request.param
    yield from opened(make())


@pytest.fixture(scope="module")
def own_world() -> Iterator[Session]:
    """A box with a file system and processes of its own."""
    yield from opened(Bubblewrap())


@pytest.mark.parametrize("name", sorted(ALLOWED.keys() - {"temporary_file"}))
def test_honest_code_works(box: Session, name: str) -> None:
    (answer,) = box.observe([call(name)])
    assert int(value(answer)) == 0


def test_temporary_files_can_be_made_where_they_harm_nobody(own_world: Session) -> None:
    (answer,) = own_world.observe([call("temporary_file")])
    assert int(value(answer)) == 0


def fact(box: Session, name: str) -> list[int]:
    (answer,) = box.observe([call(name)])
    found = value(answer)
    return [int(part) for part in found] if isinstance(found, tuple) else [int(found)]


def test_a_box_sees_no_other_process(own_world: Session) -> None:
    processes = fact(own_world, "processes")
    assert set(processes) == {1, *fact(own_world, "own_number")}


def test_a_box_has_its_line_and_nothing_else(own_world: Session) -> None:
    # Standard streams and the line.
    assert fact(own_world, "descriptors") == [4]


def test_a_box_of_roots_is_nobody(box: Session) -> None:
    *numbers, groups = fact(box, "user")
    assert len(set(numbers)) == 1
    assert numbers[0] != 0
    assert groups == 0 or os.geteuid() != 0


@pytest.mark.parametrize("make", SANDBOXES)
def test_a_box_does_not_have_the_judges_environment(
    make: Callable[[], Sandbox], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET", "1")
    with session(CODE, "environment", sandbox=make()) as other:
        fact(other, "environment")
        assert "HOME" in other.output
        assert "SECRET" not in other.output


@pytest.mark.parametrize("make", SANDBOXES)
def test_what_python_has_below_tmp_is_there(
    make: Callable[[], Sandbox], monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "def late(folder):\n    return len(open(bytes(folder).decode() + '/late.py').read())"
    with tempfile.TemporaryDirectory(dir="/tmp", prefix="a b 课 ") as above:
        folder = Path(above) / "env"
        folder.mkdir()
        (folder / "late.py").write_text("x = 1")
        for path in (Path(above), folder, folder / "late.py"):
            path.chmod(0o755)
        monkeypatch.setattr(sys, "base_prefix", str(folder))
        with session(code, "late", sandbox=make()) as box:
            (answer,) = box.observe([call("late", np.frombuffer(str(folder).encode(), np.uint8))])
            assert int(value(answer)) == 5


def test_standard_input_is_empty(box: Session) -> None:
    assert fact(box, "standard_input") == [0]


def test_every_box_hashes_alike(box: Session) -> None:
    with session(CODE, "hashes") as other:
        assert fact(other, "hashes") == fact(box, "hashes")


def test_names_of_files_out_of_reach_are_forgotten(box: Session) -> None:
    assert fact(box, "remembered") == [0]


def test_the_judge_is_hidden_from_its_user(box: Session) -> None:
    box.observe([])
    assert sys.platform == "linux"
    assert ctypes.CDLL(None).prctl(3, 0, 0, 0, 0) == 0
