"""The options by which a user chooses how submissions are run."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from grader.sandbox.base import Sandbox
from grader.sandbox.choose import TIERS, default_sandbox, proved
from grader.sandbox.unsafe import Unsafe

sandbox_option = click.option(
    "--sandbox",
    "tier",
    type=click.Choice(list(TIERS)),
    help="Insists on one kind of sandbox (default: the first that holds; see `grader doctor`).",
)

unsafe_option = click.option(
    "--unsafe-no-sandbox",
    "unsafe",
    is_flag=True,
    help="Runs submissions without any protection of this machine and of their scores; every report says so.",
)

fresh_option = click.option(
    "--fresh-boxes",
    "fresh",
    is_flag=True,
    help="Starts a new interpreter for every submission instead of forking a warm one; much slower.",
)


def chosen(protected: Sequence[Path], tier: str | None, unsafe: bool = False, fresh: bool = False) -> Sandbox:
    """The sandbox that the options ask for.

    Raises SandboxUnavailable where it does not hold here, and as `refuse`.
    """
    refuse(tier, unsafe)
    if unsafe:
        return Unsafe()
    if tier is None:
        return default_sandbox(protected, fresh=fresh)
    return proved(tier, protected, fresh=fresh)


def refuse(tier: str | None, unsafe: bool) -> None:
    """Raises click.UsageError where the options contradict each other or go without a sandbox in CI."""
    if not unsafe:
        return
    if tier is not None:
        raise click.UsageError("--unsafe-no-sandbox and --sandbox exclude each other")
    if "CI" in os.environ:
        raise click.UsageError("--unsafe-no-sandbox is refused where the environment variable CI is set")
