"""Public answer keys of the project's own assignments, made once for all tests."""

from __future__ import annotations

from functools import cache

from grader.frozen import PublicKey, from_bytes, frozen, to_bytes
from tests.courses import NAMES, assignment, course_grader

NUMPY_ONLY = [name for name in NAMES if not assignment(name).requires]


@cache
def written(name: str) -> bytes:
    """The key's file."""
    return to_bytes(frozen(assignment(name), course_grader(name).key))


@cache
def public_key(name: str) -> PublicKey:
    """The key as it is read back from its file."""
    return from_bytes(written(name), f"{name}.key.npz")
