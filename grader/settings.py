"""``course.toml``: what an instructor changes about a course without Python.

The file lies beside ``solutions/``. Every key may be left out; one that is not known is an error, so that a slip of
the pen never goes unnoticed. `Settings.applied` gives an assignment as the course wants it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from math import inf, isfinite
from pathlib import Path
from typing import Any, TypeVar

from grader.assignment import ERRATA, Assignment
from grader.checks import battery
from grader.drivers import Exercise
from grader.errors import AssignmentError, UsageError
from grader.language import LANGUAGES
from grader.late import ATTEMPTS, Policy

NAME = "course.toml"

T = TypeVar("T")
Points = float | Mapping[str, float]


@dataclass(frozen=True)
class Changes:
    """What is changed about one assignment.

    points      by exercise: a number is its new sum, split as before; a table gives points by quantity or check
    strict      by exercise: points for advice, on top of the others
    drop        exercises that are left out
    aliases     by exercise: names under which students may define it, beside the author's
    errata      what an erratum costs, see `Assignment`; "" leaves that as it is
    due         when it is to be handed in
    late        what lateness costs: grace, percent and cap, as in `Policy`
    extensions  deadlines of single students, by id
    attempts    which attempt counts, as in `Policy`
    scale       what the full score is worth when scores are exported
    rounding    the step to which exported scores are rounded
    """

    points: Mapping[str, Points] = field(default_factory=dict)
    strict: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    drop: tuple[str, ...] = ()
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    errata: str = ""
    due: date | None = None
    late: Mapping[str, float] = field(default_factory=dict)
    extensions: Mapping[str, date] = field(default_factory=dict)
    attempts: str = "last"
    scale: float | None = None
    rounding: float | None = None

    @property
    def policy(self) -> Policy:
        """The rules about time and attempts."""
        return Policy(self.due, extensions=self.extensions, attempts=self.attempts, **self.late)


@dataclass(frozen=True)
class Settings:
    """The whole file. `path` is where it lies, `language` is what students read ("" leaves that to the locale),
    `assignments` holds changes by the assignment's name."""

    path: Path
    language: str = ""
    assignments: Mapping[str, Changes] = field(default_factory=dict)

    def applied(self, name: str, assignment: Assignment) -> Assignment:
        """The assignment in the folder `name` with its changes.

        Raises UsageError, with file and key, where they do not fit it.
        """
        changes = self.assignments.get(name)
        if changes is None:
            return assignment
        here = _Place(self.path, f"assignments.{name}")
        _fits(here, assignment, changes)
        try:
            return replace(
                assignment,
                exercises=[
                    _changed(here, exercise, changes)
                    for exercise in assignment.exercises
                    if exercise.name not in changes.drop
                ],
                dropped=(*assignment.dropped, *changes.drop),
                errata=changes.errata or assignment.errata,
            )
        except AssignmentError as error:
            raise here.error("", str(error)) from error


def read(path: Path) -> Settings:
    """The settings of a file, and none where there is no file. Raises UsageError, with file and key."""
    if not path.exists():
        return Settings(path)
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: {error}") from error
    top = _Place(path, "")
    found = _entries(top, table, {"language": _one_of(LANGUAGES), "assignments": _by_name(_changes)})
    return Settings(path, **found)


@dataclass(frozen=True)
class _Place:
    """A key of the file, to be named in errors."""

    path: Path
    key: str

    def below(self, key: str) -> _Place:
        return _Place(self.path, f"{self.key}.{key}" if self.key else key)

    def error(self, key: str, what: str) -> UsageError:
        where = self.below(key).key if key else self.key
        return UsageError(f"{self.path}: {where}{': ' * bool(where)}{what}")


Reader = Callable[[_Place, Any], T]


def _entries(place: _Place, value: Any, known: Mapping[str, Reader[Any]]) -> dict[str, Any]:
    """A table with these keys and no others."""
    for key in _table(place, value):
        if key not in known:
            raise place.error(key, f"there is no such key; known are {', '.join(sorted(known))}")
    return {key: known[key](place.below(key), one) for key, one in value.items()}


def _by_name(each: Reader[T]) -> Reader[dict[str, T]]:
    """A table of names."""
    return lambda place, value: {
        key: each(place.below(key), one) for key, one in _table(place, value).items()
    }


def _table(place: _Place, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise place.error("", f"should be a table, but is {value!r}")
    return value


def _changes(place: _Place, value: Any) -> Changes:
    return Changes(
        **_entries(
            place,
            value,
            {
                "points": _by_name(_points),
                "strict": _by_name(_by_name(_positive)),
                "drop": _names,
                "aliases": _by_name(_names),
                "errata": _one_of(ERRATA),
                "due": _date,
                "late": _late,
                "extensions": _by_name(_date),
                "attempts": _one_of(ATTEMPTS),
                "scale": _positive,
                "rounding": _positive,
            },
        )
    )


def _points(place: _Place, value: Any) -> Points:
    return _by_name(_share)(place, value) if isinstance(value, dict) else _positive(place, value)


def _number(what: str, most: float = inf) -> Reader[float]:
    """A finite number from 0 to `most`, called so in errors."""

    def reader(place: _Place, value: Any) -> float:
        number = isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
        if not number or not 0 <= value <= most:
            raise place.error("", f"should be {what}, but is {value!r}")
        return float(value)

    return reader


_share = _number("a number of points")
_minutes = _number("minutes")
_percent = _number("per cent, from 0 to 100", most=100)


def _positive(place: _Place, value: Any) -> float:
    number = _share(place, value)
    if not number:
        raise place.error("", "should be above 0")
    return number


def _names(place: _Place, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise place.error("", f"should be a list of names, but is {value!r}")
    return tuple(value)


def _one_of(choices: tuple[str, ...]) -> Reader[str]:
    def reader(place: _Place, value: Any) -> str:
        if value not in choices:
            raise place.error("", f"should be one of {', '.join(choices)}, but is {value!r}")
        return str(value)

    return reader


def _late(place: _Place, value: Any) -> dict[str, float]:
    return _entries(place, value, {"grace": _minutes, "percent": _percent, "cap": _percent})


def _date(place: _Place, value: Any) -> date:
    if not isinstance(value, date):
        raise place.error("", f"should be a date such as 2026-10-01T23:59:00+02:00, but is {value!r}")
    return value


def _fits(here: _Place, assignment: Assignment, changes: Changes) -> None:
    """Names are those of exercises, what is kept uses nothing that is dropped, and an alias is nobody else's name."""
    by_key = {
        "points": changes.points,
        "strict": changes.strict,
        "drop": changes.drop,
        "aliases": changes.aliases,
    }
    for key, names in by_key.items():
        for name in names:
            if name not in assignment.by_name:
                known = ", ".join(assignment.by_name)
                raise here.below(key).error(name, f"there is no such exercise; there are {known}")
    for exercise in assignment.exercises:
        lost = [part for part in exercise.uses if part in changes.drop]
        if lost and exercise.name not in changes.drop:
            raise here.error("drop", f"{exercise.name} uses {lost[0]}; drop both or neither")
        own = {name for wanted in exercise.sought for name in (wanted.name, *wanted.aliases)}
        for other, aliases in changes.aliases.items():
            if taken := own.intersection(aliases if other != exercise.name else ()):
                message = f"{taken.pop()} is a name of {exercise.name}"
                raise here.below("aliases").error(other, message)
    if set(changes.drop) == set(assignment.by_name):
        raise here.error("drop", "no exercise is left")


def _changed(here: _Place, exercise: Exercise, changes: Changes) -> Exercise:
    points = changes.points.get(exercise.name, exercise.points)
    if isinstance(points, float) and isinstance(exercise.points, Mapping):
        points = {key: share * points / exercise.max_score for key, share in exercise.shares.items()}
    aliases = changes.aliases.get(exercise.name, ())
    changed = replace(exercise, points=points, aliases=(*exercise.aliases, *aliases))
    strict = changes.strict.get(exercise.name, {})
    advice = [check.name for check in battery(changed) if check.advice]
    for name in strict:
        if name not in advice:
            known = f"its advice is {', '.join(advice)}" if advice else "it has none"
            raise here.below(f"strict.{exercise.name}").error(name, f"this is no advice of it; {known}")
    return replace(changed, points={**changed.shares, **strict}) if strict else changed
