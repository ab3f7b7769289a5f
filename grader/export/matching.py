"""Whose row is whose: the students of the results in a list that an LMS wrote. Nobody is guessed."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from grader.language import _
from grader.model import Report
from grader.reports.text import line


@dataclass(frozen=True)
class Person:
    """A row of the LMS's list: its number, the ids in it, and the names."""

    row: int
    ids: tuple[str, ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Matches:
    """Submissions by row, of which some were found by name; those without a row of their own; people without one."""

    by_row: Mapping[int, Report]
    by_name: tuple[Report, ...]
    unmatched: tuple[Report, ...]
    others: tuple[Person, ...]


def match(people: Sequence[Person], submissions: Sequence[Report]) -> Matches:
    """Finds each submission's row: by its student's id, else by a name that only one row has.

    A student whom two rows fit, and rows that two students fit, stay without a match. Case, spaces at the ends and
    the ways to compose a letter make no difference.
    """
    by_id = _index(people, lambda person: person.ids)
    by_name = _index(people, lambda person: person.names)
    found = _alone((one, by_id.get(_key(one.student), set())) for one in submissions)
    taken = {row for one in submissions for row in by_id.get(_key(one.student), set())}
    unknown = [one for one in submissions if _key(one.student) not in by_id]
    named = _alone((one, _named(one, by_name) - taken) for one in unknown)
    found |= named
    matched = {id(one) for one in found.values()}
    return Matches(
        by_row=found,
        by_name=tuple(named.values()),
        unmatched=tuple(one for one in submissions if id(one) not in matched),
        others=tuple(person for person in people if person.row not in found),
    )


def notes(matches: Matches, people: str) -> list[str]:
    """The sentences that name every student who has no match, or only a name; `people` says what the rows are."""
    told = []
    if matches.by_name:
        told.append(
            _("Found in {people} by name, since no id fits: {names}").format(
                people=people, names=students(matches.by_name)
            )
        )
    if matches.unmatched:
        told.append(
            _("Not found in {people}, nothing is written for: {names}").format(
                people=people, names=students(matches.unmatched)
            )
        )
    if matches.others:
        shown = ", ".join(
            line(" ".join((*person.names[:1], f"({person.ids[0]})"))) for person in matches.others
        )
        told.append(
            _("In {people} without results, left as it was: {names}").format(people=people, names=shown)
        )
    return told


def students(submissions: Iterable[Report]) -> str:
    """Ids, with names where there are any, for a sentence."""
    return ", ".join(line(f"{one.student} ({one.name})" if one.name else one.student) for one in submissions)


def _index(people: Iterable[Person], keys: Callable[[Person], tuple[str, ...]]) -> Mapping[str, set[int]]:
    rows: dict[str, set[int]] = defaultdict(set)
    for person in people:
        for key in filter(None, map(_key, keys(person))):
            rows[key].add(person.row)
    return rows


def _named(submission: Report, by_name: Mapping[str, set[int]]) -> set[int]:
    rows = {row for name in (submission.name, submission.student) for row in by_name.get(_key(name), set())}
    return rows if len(rows) == 1 else set()


def _alone(candidates: Iterable[tuple[Report, set[int]]]) -> dict[int, Report]:
    """The rows that fit one submission which fits no other row."""
    claims: dict[int, list[Report]] = defaultdict(list)
    for submission, rows in candidates:
        if len(rows) == 1:
            claims[next(iter(rows))].append(submission)
    return {row: found[0] for row, found in claims.items() if len(found) == 1}


def _key(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
