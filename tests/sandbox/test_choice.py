"""Which sandbox is taken, and what is said where boxes cannot be had."""

from __future__ import annotations

import os
import platform
import stat
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

import grader.sandbox
from grader.box import landlock
from grader.errors import SandboxUnavailable
from grader.sandbox.base import Sandbox, Setup
from grader.sandbox.bubblewrap import Bubblewrap
from grader.sandbox.choose import TIERS, default_sandbox, proved
from grader.sandbox.landlock import Landlock

from .helpers import SANDBOXES


def fake(folder: Path, script: str) -> None:
    """A bwrap that only says something."""
    path = folder / "bwrap"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def test_the_best_that_holds_is_taken() -> None:
    assert default_sandbox(()).name == "bubblewrap"


def test_without_bubblewrap_it_is_landlock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert default_sandbox(()).name == "landlock"
    with pytest.raises(SandboxUnavailable, match="apt-get install bubblewrap"):
        proved("bubblewrap", ())


def test_without_any_the_ways_to_mend_are_told_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(landlock, "version", lambda: 0)
    with pytest.raises(SandboxUnavailable, match=r"apt-get install bubblewrap; or else: .*lsm=") as caught:
        default_sandbox(())
    assert "\n" not in str(caught.value)


def test_what_all_of_them_lack_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "m68k")
    with pytest.raises(SandboxUnavailable) as caught:
        default_sandbox(())
    assert str(caught.value).count("m68k") == 1


def test_a_landlock_that_the_kernel_refuses_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.sandbox.landlock._WRITABLE", ("/no/such/file",))
    with pytest.raises(SandboxUnavailable, match="could not be started: FileNotFoundError"):
        Landlock().available()


@pytest.mark.parametrize(
    ("script", "advice"),
    [
        ("echo 'bwrap: Unknown option --disable-userns' >&2; exit 1", "0.8 or newer"),
        ("echo 'bwrap: No permissions to create new namespace' >&2; exit 1", "refuses user namespaces"),
        ("echo 'bwrap: setting up uid map: Permission denied' >&2; exit 1", "refuses user namespaces"),
        (
            "echo first; echo 'bwrap: Can not find x' >&2; exit 1",
            "could not be started: bwrap: Can not find x",
        ),
        ("exit 1", "could not be started: no reason given"),
    ],
)
def test_why_a_box_does_not_start_is_told_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, advice: str
) -> None:
    fake(tmp_path, script)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(SandboxUnavailable, match=advice) as caught:
        Bubblewrap().available()
    assert "\n" not in str(caught.value)
    assert [path.name for path in tmp_path.iterdir()] == ["bwrap"]


@pytest.mark.parametrize("tier", TIERS)
@pytest.mark.parametrize(
    "folder", [Path(sys.prefix), Path("/usr"), Path(grader.sandbox.__file__).parents[1] / "box"]
)
def test_what_is_protected_must_not_be_visible(tier: str, folder: Path) -> None:
    with pytest.raises(SandboxUnavailable, match="move it elsewhere"):
        proved(tier, [folder / "solutions"])


@pytest.mark.parametrize("tier", TIERS)
def test_what_is_protected_may_lie_beside(tier: str, tmp_path: Path) -> None:
    assert proved(tier, [tmp_path, Path(sys.prefix).parent]).name == tier


def test_a_protected_link_is_followed(tmp_path: Path) -> None:
    link = tmp_path / "solutions"
    link.symlink_to("/usr/share")
    with pytest.raises(SandboxUnavailable):
        default_sandbox([link])


@pytest.mark.parametrize("make", SANDBOXES)
def test_a_python_at_the_root_is_refused(
    make: Callable[[], Sandbox], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "prefix", "/")
    with pytest.raises(SandboxUnavailable, match="installed at /"):
        make().open(Setup({}, (), ()))
