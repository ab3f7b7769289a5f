"""Cases that differ in nothing but their numbers are asked in one job: a job costs more than most of them calculate."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import numpy as np

from grader.box.program import Job, Outcome, Reply, Value
from grader.sandbox.session import Answer, Session

_MOST = 512


@dataclass(frozen=True, eq=False)
class Bundle:
    """Jobs, and the one that asks them all."""

    jobs: tuple[Job, ...]
    whole: Job


def observe_each(session: Session, groups: Sequence[Sequence[Job]]) -> list[list[Answer]]:
    """As `Session.observe_each`. Where a bundle shows anything but values, all jobs of its group are asked alone."""
    bundles = [bundled(tuple(group)) for group in groups]
    answers = session.observe_each([[one.whole for one in made] for made in bundles])
    found = [_apart(made, replies) for made, replies in zip(bundles, answers, strict=True)]
    alone = [group if one is None else () for group, one in zip(groups, found, strict=True)]
    if not any(alone):
        return [one or [] for one in found]
    again = session.observe_each(alone)
    return [asked if one is None else one for one, asked in zip(found, again, strict=True)]


@functools.lru_cache(_MOST)
def bundled(jobs: tuple[Job, ...]) -> tuple[Bundle, ...]:
    """The jobs, in order, those of one form together."""
    return tuple(_bundle(tuple(same)) for _, same in groupby(jobs, _form))


def _form(job: Job) -> object:
    """All of a job but its numbers; one that has variants already is like no other."""
    own = job if job.variants else None
    return own, job.steps, [(array.dtype, array.shape) for array in job.arrays]


def _bundle(jobs: tuple[Job, ...]) -> Bundle:
    if len(jobs) == 1:
        return Bundle(jobs, jobs[0])
    arrays = tuple(np.stack(same) for same in zip(*(job.arrays for job in jobs), strict=True))
    return Bundle(jobs, Job(jobs[0].steps, arrays, len(jobs), frozenset(range(len(arrays)))))


def _apart(bundles: Sequence[Bundle], answers: Sequence[Answer]) -> list[Answer] | None:
    """The answers of all jobs, None where one of several is not to be told from the others."""
    found: list[Answer] = []
    for bundle, answer in zip(bundles, answers, strict=True):
        count = len(bundle.jobs)
        if count == 1:
            found.append(answer)
        elif answer is None:
            # The box ended before it was asked, at a job that stands alone.
            found += [None] * count
        elif isinstance(answer, Reply) and _is_told_apart(answer, count):
            found += _kept_parts(answer, count) if answer.kept else _parts(answer, count)
        else:
            return None
    return found


def _is_told_apart(reply: Reply, count: int) -> bool:
    """Whether a reply holds a value for each of so many jobs; what comes from a box may hold anything."""
    return all(isinstance(one, Value) and _has_variants(one.value, count) for one in reply.outcomes.values())


def _has_variants(value: Any, count: int) -> bool:
    if isinstance(value, np.ndarray):
        return value.ndim > 0 and len(value) == count
    parts = value.values() if isinstance(value, Mapping) else value if isinstance(value, tuple) else ()
    return all(_has_variants(part, count) for part in parts)


def _parts(reply: Reply, count: int) -> tuple[Reply, ...]:
    outcomes = [
        {name: _part(outcome, number) for name, outcome in reply.outcomes.items()} for number in range(count)
    ]
    return tuple(replace(reply, outcomes=one) for one in outcomes)


_kept_parts = functools.lru_cache(_MOST)(_parts)


def _part(outcome: Outcome, number: int) -> Outcome:
    return Value(_of_variant(outcome.value, number)) if isinstance(outcome, Value) else outcome


def _of_variant(value: Any, number: int) -> Any:
    if isinstance(value, np.ndarray):
        return value[number, ...]
    if isinstance(value, tuple):
        return tuple(_of_variant(one, number) for one in value)
    if isinstance(value, Mapping):
        return {key: _of_variant(one, number) for key, one in value.items()}
    return value
