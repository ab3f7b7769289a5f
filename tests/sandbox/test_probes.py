"""The contract of every sandbox: what hostile code can do without one, it cannot do in one."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable

import pytest

from grader.errors import SandboxUnavailable
from grader.sandbox.base import Sandbox
from grader.sandbox.bubblewrap import Bubblewrap
from grader.sandbox.canaries import CANARIES, prove
from grader.sandbox.landlock import Landlock
from grader.sandbox.unsafe import Unsafe

from .helpers import fresh_bubblewrap, fresh_landlock
from .probes import PROBES
from .surroundings import inside, without_sandbox
from .table import BEGIN, END, PAGE, as_ordinary_user, in_every_tier, table, with_table

# A Landlock of 2021 too, which had fewer rights to take away.
TIERS: dict[str, Callable[[], Sandbox]] = {
    "bubblewrap": Bubblewrap,
    "landlock": Landlock,
    "bubblewrap, fresh": fresh_bubblewrap,
    "landlock, fresh": fresh_landlock,
    "landlock 1": lambda: Landlock(version=1),
}
PROVABLE = [name for name, probe in PROBES.items() if os.geteuid() == 0 or not probe.root]


@pytest.fixture(scope="module")
def proved() -> dict[str, int]:
    return without_sandbox(PROVABLE)


@pytest.fixture(scope="module", params=TIERS)
def refused(request: pytest.FixtureRequest) -> dict[str, int]:
    return inside(TIERS[request.param](), PROBES)


@pytest.mark.parametrize("name", PROVABLE)
def test_a_probe_goes_through_without_a_sandbox(proved: dict[str, int], name: str) -> None:
    missing = {errno.ENOSYS, errno.EAFNOSUPPORT, errno.EPERM, errno.EINVAL} if PROBES[name].absent else set()
    assert proved[name] in {0, *missing}, PROBES[name].absent


def test_enough_is_tried(proved: dict[str, int]) -> None:
    if os.geteuid() == 0:
        assert sum(error == 0 for error in proved.values()) >= 100
    assert len({probe.family for probe in PROBES.values()}) >= 12
    assert set(CANARIES) <= set(PROBES)


@pytest.mark.parametrize("name", PROBES)
def test_a_probe_is_refused(refused: dict[str, int], name: str) -> None:
    assert refused[name] in errno.errorcode


def test_a_user_without_privileges_is_as_safe() -> None:
    found = as_ordinary_user() if os.geteuid() == 0 else in_every_tier()
    assert set(found) == {"bubblewrap", "landlock"}
    for tier, errors in found.items():
        assert set(errors) == set(PROBES)
        assert [name for name, error in errors.items() if error <= 0] == [], tier


def test_the_table_of_the_documentation_has_every_probe() -> None:
    page = PAGE.read_text(encoding="utf-8")
    rows = [row.split(" | ") for row in page.partition(BEGIN)[2].partition(END)[0].strip().splitlines()[2:]]
    assert {row[1].strip("`"): row[0].strip("| ") for row in rows[:-1]} == {
        name: probe.family for name, probe in PROBES.items()
    }
    last = [cell.strip("*| ") for cell in rows[-1]]
    assert last[1:2] + last[3:] == [f"open, of {len(PROBES)}", "0", "0", "0", "0"]


def test_a_table_takes_the_place_of_the_one_before() -> None:
    text = table({"no sandbox": dict.fromkeys(PROBES, 0), "some": dict.fromkeys(PROBES, errno.EPERM)})
    page = f"before\n{BEGIN}\nold\n{END}\nafter"
    assert with_table(page, text) == f"before\n{BEGIN}\n{text}\n{END}\nafter"
    assert text.endswith(f"**open, of {len(PROBES)}** | **{len(PROBES)}** | **0** |")


def test_what_holds_is_told_from_what_does_not() -> None:
    for make in TIERS.values():
        prove(make())
    with pytest.raises(SandboxUnavailable, match="read_file, list_folder") as caught:
        prove(Unsafe())
    assert "\n" not in str(caught.value)
