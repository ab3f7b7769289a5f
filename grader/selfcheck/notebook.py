"""``import grader; grader.check("Relu")``: what a notebook has defined so far, against the public cases."""

from __future__ import annotations

import base64
import binascii
import os
import sys
from pathlib import Path
from typing import Any

from grader import language
from grader.box.live import Live
from grader.errors import UsageError
from grader.frozen import PublicKey, from_bytes
from grader.language import _
from grader.sandbox.base import Setup
from grader.sandbox.inprocess import InProcessBox
from grader.selfcheck import checking, keys
from grader.selfcheck.checking import Checkup
from grader.selfcheck.keeping import as_before
from grader.selfcheck.lines import lines
from grader.selfcheck.page import html, markdown
from grader.submissions import Submission

_given: list[PublicKey] = []


class Result:
    """What a self-check came to. Notebooks show it as a page, everything else as text."""

    def __init__(self, checkup: Checkup) -> None:
        self._checkup = checkup

    @property
    def passed(self) -> bool:
        """Whether nothing is wrong."""
        return self._checkup.passed

    def __bool__(self) -> bool:
        return self.passed

    def __repr__(self) -> str:
        return "\n".join(lines(self._checkup))

    def _repr_html_(self) -> str:
        return html(self._checkup)

    def _repr_markdown_(self) -> str:
        return markdown(self._checkup)


class Trouble(UsageError):
    """A self-check that could not be made; a notebook shows the sentence, and no traceback."""

    def _render_traceback_(self) -> list[str]:
        return [f"grader: {self}"]


def check(*exercises: Any) -> Result:
    """Checks exercises by their names, or by what was written for them: ``check("Relu")``, ``check(Relu)``.

    The notebook's definitions are taken as they are now. Its arrays, its random numbers and numpy's error state are
    afterwards what they were. Raises Trouble where there is no such exercise, and where no public answer key is found.
    """
    if not exercises:
        raise Trouble('say which exercise, as in grader.check("Relu"), or call grader.check_all()')
    names = [one if isinstance(one, str) else getattr(one, "__name__", repr(one)) for one in exercises]
    return _checked(sys._getframe(1).f_globals, names)


def check_all() -> Result:
    """Checks all exercises of the assignment, as `check` does."""
    return _checked(sys._getframe(1).f_globals, [])


def use_key(text: str | bytes) -> None:
    """Takes a public answer key: the bytes of a key's file, or these in base64, as released notebooks hold them.

    It is used in place of one that lies beside the notebook. Raises Trouble where it is none.
    """
    try:
        data = base64.b64decode("".join(text.split()), validate=True) if isinstance(text, str) else text
    except (binascii.Error, ValueError):
        raise Trouble(
            "this is no public answer key; copy the whole cell again from the released notebook"
        ) from None
    try:
        _given[:] = [from_bytes(data, "the key in this notebook")]
    except UsageError as error:
        raise Trouble(str(error)) from None


def _checked(names: dict[str, Any], only: list[str]) -> Result:
    try:
        key = _given[0] if _given else _beside(names)
        language.use(key.language)
        exercises = checking.wanted(key, only)
        with as_before(names):
            subject = str(names.get("__file__", "")).replace("\\", "/").rpartition("/")[2] or _(
                "this notebook"
            )
            return Result(checking.check(key, exercises, _Here(names), subject, Submission("", ())))
    except UsageError as error:
        raise Trouble(str(error)) from None


def _beside(names: dict[str, Any]) -> PublicKey:
    """The key in the current folder, which is the notebook's, or above."""
    folder = Path(os.getcwd())
    own = {name for name, value in list(names.items()) if callable(value)}

    def defined(key: PublicKey) -> int:
        return sum(bool(own & {one.name, *one.aliases}) for one in key.assignment.sought)

    return keys.fitting(keys.near(folder), str(folder), defined)


class _Here:
    """Opens boxes about a namespace: the code is there already."""

    name = "in-process"

    def __init__(self, names: dict[str, Any]) -> None:
        self._names = names

    def available(self) -> None:
        """It always is."""

    def open(self, setup: Setup) -> InProcessBox:
        return InProcessBox(lambda _lent: Live(self._names, setup.wanted), setup.limits, timed=True)

    def close(self) -> None:
        """There is nothing to end."""
