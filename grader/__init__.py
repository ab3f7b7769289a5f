"""Grading of hand-written forward and backward passes.

In a notebook, ``import grader`` and then ``grader.check("Relu")`` or ``grader.check_all()``.
"""

from __future__ import annotations

import importlib
from typing import Any

__version__ = "0.1.0"

_SELF_CHECK = ("check", "check_all", "use_key")


def __getattr__(name: str) -> Any:
    """The self-check, loaded when it is first asked for."""
    if name not in _SELF_CHECK:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module("grader.selfcheck.notebook"), name)


def __dir__() -> list[str]:
    return [*globals(), *_SELF_CHECK]
