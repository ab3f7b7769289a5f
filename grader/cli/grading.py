"""What `grader grade` and `grader regrade` share: their options, and the run itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypedDict, TypeVar

import click
from rich.console import Console

from grader import key as answer_key
from grader.assignment import Assignment
from grader.batch.cluster import cluster, order, reach
from grader.batch.crew import Crew, alone
from grader.batch.pool import pool, set_out, worth
from grader.batch.recipe import Walls, recipe
from grader.batch.run import Batch
from grader.batch.work import Judge
from grader.cli.collecting import collected, roster_option, times_option, write_rows
from grader.cli.gradebook_option import gradebook_option
from grader.cli.options import course_option, lang_option, speak
from grader.cli.progress import bar
from grader.cli.sandbox_option import chosen, fresh_option, refuse, sandbox_option, unsafe_option
from grader.course import Course
from grader.errors import UsageError
from grader.files import writing
from grader.gradebook import FILE, Gradebook, Ledger, hidden_seed, made_with, opened
from grader.grading import Grader
from grader.language import _, current
from grader.model import ClassReport
from grader.sandbox.base import Limits
from grader.settings import Changes
from grader.submissions.collect import Collected

F = TypeVar("F", bound=Callable[..., Any])

_SECONDS = click.FloatRange(min=0.1)


class GradingOptions(TypedDict):
    """What `grading_options` gives to a command."""

    assignment: str
    submissions: Path
    output: Path | None
    roster: Path | None
    times: Path | None
    gradebook: str | None
    seed: int | None
    new_seed: bool
    load_seconds: float
    call_seconds: float
    total_seconds: float
    jobs: int | None
    scheduler: str | None
    tier: str | None
    unsafe: bool
    fresh: bool
    lang: str | None
    course: Course


_PARAMETERS = (
    click.argument("assignment"),
    click.argument("submissions", type=click.Path(path_type=Path)),
    click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path, file_okay=False),
        help="Where reports go (default: reports/ASSIGNMENT in the course).",
    ),
    roster_option,
    times_option,
    gradebook_option,
    click.option("--seed", type=click.IntRange(min=0), help="Sets the hidden seed."),
    click.option(
        "--new-seed", is_flag=True, help="Draws a new hidden seed; earlier scores are then of other cases."
    ),
    click.option(
        "--load-seconds",
        type=_SECONDS,
        default=Limits.load,
        show_default=True,
        help="Time to load a submission.",
    ),
    click.option(
        "--call-seconds", type=_SECONDS, default=Limits.call, show_default=True, help="Time for one call."
    ),
    click.option(
        "--total-seconds",
        type=_SECONDS,
        default=Limits.total,
        show_default=True,
        help="Time for a whole submission.",
    ),
    click.option(
        "--jobs",
        type=click.IntRange(min=1),
        metavar="N",
        help="How many processes grade (default: as many as there are cores, fewer for a few submissions).",
    ),
    click.option(
        "--scheduler",
        metavar="ADDRESS",
        help="Grades on the Dask cluster of this scheduler, such as tcp://10.0.0.1:8786.",
    ),
    sandbox_option,
    unsafe_option,
    fresh_option,
    lang_option,
    course_option,
)


def grading_options(command: F) -> F:
    """The arguments and options of a command that grades, see `GradingOptions`."""
    for parameter in reversed(_PARAMETERS):
        command = parameter(command)
    return command


@dataclass(frozen=True)
class Run:
    """A run that has ended, what was collected for it, and the folder of its reports."""

    batch: Batch
    found: Collected
    report: ClassReport
    folder: Path


def graded(options: GradingOptions, *, again: bool = False, allow_lower: bool = False) -> Run:
    """Grades what the options name; what is known and unchanged only if `again` says so."""
    course, name = options["course"], options["assignment"]
    speak(options["lang"], course.settings)
    refuse(options["tier"], options["unsafe"])
    if options["seed"] is not None and options["new_seed"]:
        raise click.UsageError("--seed excludes --new-seed")
    if options["scheduler"]:
        if options["unsafe"] or options["jobs"]:
            raise click.UsageError("--scheduler excludes --jobs and --unsafe-no-sandbox")
        reach(options["scheduler"])
    assignment = course.load(name)
    if assignment.missing:
        raise UsageError(assignment.missing)
    found = collected(options["submissions"], name, options["roster"], options["times"])
    folder = options["output"] or course.root / "reports" / name
    if not (options["gradebook"] or options["scheduler"] or (folder / FILE).exists()):
        # All are to be graded, and what that takes can begin while they are read.
        _set_out(_workers(options, len(found.handles)))
    with opened(options["gradebook"] or folder / FILE) as book:
        batch = _batch(options, assignment, book, folder, again=again, allow_lower=allow_lower)
        # Where the last attempt counts, nobody need wait for the others.
        handles = found.handles if batch.ledger.policy.attempts == "best" else found.latest
        with writing(folder):
            write_rows(folder, found)
        try:
            with bar(Console(stderr=True), len(handles)) as shown:
                report = batch.run(handles, shown.graded, shown.known)
        except KeyboardInterrupt:
            said = _("The reports in {folder} hold only what is done; the same command goes on from there.")
            click.echo(said.format(folder=folder), err=True)
            raise
    return Run(batch, found, report, folder)


def _workers(options: GradingOptions, submissions: int) -> int:
    return min(options["jobs"] or worth(submissions), submissions)


def _set_out(workers: int) -> None:
    if workers > 1:
        set_out()


def _crew(
    options: GradingOptions, folder: Path, seed: int, private: Sequence[Path], submissions: int
) -> Callable[[Judge], Crew]:
    """Who grades so many submissions: a cluster, this process, or as many as are asked for or worth it."""
    course = options["course"]
    workers = _workers(options, submissions)
    if not options["scheduler"]:
        _set_out(workers)
        if workers == 1:
            return alone

    def crew(judge: Judge) -> Crew:
        made = recipe(judge, seed, course.settings)
        judge.grader.sandbox.close()  # the reference was asked, and each worker has a sandbox of its own
        if options["scheduler"]:
            return cluster(order(made, course, options["tier"], options["fresh"]), options["scheduler"])
        return pool(made, course, Walls.like(judge.grader.sandbox, private), workers, folder)

    return crew


def _batch(
    options: GradingOptions,
    assignment: Assignment,
    book: Gradebook,
    folder: Path,
    *,
    again: bool,
    allow_lower: bool,
) -> Batch:
    course, name = options["course"], assignment.name
    changes = course.settings.assignments.get(name, Changes())
    limits = Limits(options["load_seconds"], options["call_seconds"], options["total_seconds"])
    seed = hidden_seed(book, name, folder, given=options["seed"], new=options["new_seed"])
    fingerprint = answer_key.fingerprint(seed)
    boxed = not options["unsafe"]

    # The gradebook holds the hidden seed.
    private = [path for path in (course.solutions, options["submissions"], folder, book.folder) if path]

    def grader() -> Grader:
        sandbox = chosen(private, options["tier"], options["unsafe"], options["fresh"])
        reference = course.reference(name)
        built = answer_key.build(assignment, reference, sandbox, seed)
        return Grader(assignment, reference, built, sandbox, limits, course.handout(name))

    made = made_with(course.folder(name), changes, fingerprint, limits, boxed, current())
    ledger = Ledger(book, name, made, changes.policy, allow_lower)
    return Batch(
        assignment, fingerprint, ledger, grader, folder, again, partial(_crew, options, folder, seed, private)
    )
