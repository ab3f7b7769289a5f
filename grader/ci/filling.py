"""Scripts and workflows out of templates; every value that a shell reads is quoted for it."""

from __future__ import annotations

import shlex
import string
from collections.abc import Iterable
from importlib import resources

from grader.assignment import Assignment


class _Template(string.Template):
    # Neither a shell nor GitHub's expressions write it.
    delimiter = "@@"


def filled(name: str, **values: str) -> bytes:
    """The template of this name with its values. Raises KeyError where one is missing."""
    text = resources.files(__package__).joinpath("templates", name).read_text("utf-8")
    return _Template(text).substitute(values).encode()


def word(text: str) -> str:
    """`text` as one word of a shell."""
    return shlex.quote(text)


def requirement(wheel: str, assignment: Assignment, extras: Iterable[str] = ()) -> str:
    """What pip is to install: the wheel in the current folder, with these extras and those of the assignment."""
    wanted = ",".join([*extras, *dict.fromkeys(name.partition(".")[0] for name in assignment.requires)])
    return word(f"./{wheel}[{wanted}]" if wanted else f"./{wheel}")
