"""Which student of the roster a hand-in is of: by an id, else by a name that only one student has. Never guessed."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from grader.submissions.layouts import Claim
from grader.submissions.names import folded, stem
from grader.submissions.roster import Roster, Student, by_key

_SHORTEST = 4  # of an id that is looked for inside other text
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff·]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_BREAKS = re.compile(r"[_\-—–()（）\[\]【】,，、;；.+&]+")


def matched(
    claims: Sequence[Claim], roster: Roster, inside: Callable[[Claim], str] = lambda _: ""
) -> list[Student | None]:
    """For each claim the student whose it is, or None.

    An LMS's own ids decide alone if any of them is on the roster. Else the longest id in the label, then a name, then,
    where nobody else handed in for that student, an id `inside`: among the names of a claim's files. Two students of
    the LMS are never one of the roster.
    """
    keys = by_key(roster.students)
    index = _Index(roster)
    exact = [_exact(claim, keys.get) for claim in claims]
    strict = any(student for claim, student in zip(claims, exact, strict=True) if claim.known)
    found = [
        student or (None if strict and claim.known else index.in_text(claim.label))
        for claim, student in zip(claims, exact, strict=True)
    ]
    found = _without_doubles(claims, found, exact)
    taken = {student.id for student in found if student}
    weak = [
        index.by_id(inside(claim)) if student is None and not (strict and claim.known) else None
        for claim, student in zip(claims, found, strict=True)
    ]
    once = Counter(student.id for student in weak if student)
    return [
        student or (guess if guess and guess.id not in taken and once[guess.id] == 1 else None)
        for student, guess in zip(found, weak, strict=True)
    ]


def group_before(name: str, student: Student) -> str:
    """The group that Moodle writes before a name (``Team 3-Jane Doe``), or ""."""
    before, dash, rest = name.rpartition("-")
    while dash:
        if _form(rest) in _forms(student.name):
            return before
        before, dash, more = before.rpartition("-")
        rest = f"{more}-{rest}"
    return ""


def _exact(claim: Claim, known: Callable[[str], Student | None]) -> Student | None:
    hits = [student for key in (claim.student, *claim.keys) if (student := known(folded(key)))]
    return hits[0] if len({student.id for student in hits}) == 1 else None


def _without_doubles(
    claims: Sequence[Claim], found: Sequence[Student | None], exact: Sequence[Student | None]
) -> list[Student | None]:
    """What was read out of text falls away where two ids of the LMS would be the same student."""
    ids = defaultdict(set)
    for claim, student in zip(claims, found, strict=True):
        if student and claim.known:
            ids[student.id].add(folded(claim.student))
    return [
        student if student is None or sure or len(ids[student.id]) <= 1 else None
        for student, sure in zip(found, exact, strict=True)
    ]


class _Index:
    """A roster by the ids and names that may stand in a text."""

    def __init__(self, roster: Roster) -> None:
        self._ids = [
            (key, student)
            for key, student in by_key(roster.students).items()
            if student and len(key) >= _SHORTEST
        ]
        self._names: dict[str, list[Student]] = defaultdict(list)
        for student in roster.students:
            for form in _forms(student.name):
                self._names[form].append(student)

    def in_text(self, text: str) -> Student | None:
        """The student of the longest id in `text`, else of a name; None where that is not one alone."""
        return self.by_id(text) or self._by_name(text)

    def by_id(self, text: str) -> Student | None:
        """The student of the longest id in `text`; None where two are as long."""
        text = folded(text)
        hits = [
            (len(key), student)
            for key, student in self._ids
            if key in text and re.search(_bounded(key), text)
        ]
        longest = max((length for length, _ in hits), default=0)
        return _only([student for length, student in hits if length == longest])

    def _by_name(self, text: str) -> Student | None:
        whole = _form(stem(text))
        pieces = {_form(piece) for piece in _BREAKS.split(stem(text)) if len(_LETTERS.findall(piece)) > 1}
        han = {form for form in map(_form, _HAN.findall(text)) if len(form) > 1}
        return _only([student for form in {whole, *pieces, *han} for student in self._names.get(form, ())])


def _only(students: Sequence[Student]) -> Student | None:
    return students[0] if len({student.id for student in students}) == 1 else None


def _bounded(key: str) -> str:
    """A pattern for `key` where it is not a piece of a longer number or word."""
    more = "[0-9]" if key.isdigit() else "[0-9a-z]"
    return f"(?<!{more}){re.escape(key)}(?!{more})"


def _form(name: str) -> str:
    """The letters of a name alone."""
    return "".join(_LETTERS.findall(unicodedata.normalize("NFKC", name).casefold()))


def _forms(name: str) -> set[str]:
    """A name as it may be written: in its order, and with the family name first or last."""
    words = [form for form in map(_form, name.split()) if form]
    return {"".join(words[turn:] + words[:turn]) for turn in range(len(words))}
