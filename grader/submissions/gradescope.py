"""Gradescope's export: ``submission_metadata.yml`` beside one folder a submission.

The file also holds every test's output; of all its keys only those that say who handed in and when are looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from grader.errors import UsageError
from grader.submissions.archive import Kind
from grader.submissions.layouts import Claim, Part
from grader.submissions.moments import moment

METADATA = "submission_metadata.yml"


@dataclass
class _HandIn:
    created: str = ""
    submitters: list[dict[str, str]] = field(default_factory=list)


def gradescope(listing: Mapping[str, Kind], base: str, data: bytes) -> list[Claim]:
    """A claim for each submitter; those who handed in together are a group.

    `data` is the metadata below `base`. Raises UsageError where it is none.
    """
    try:
        found = _read(data)
        claims = [claim for name, one in found.items() for claim in _claims(listing, base, name, one)]
    except ValueError as error:
        raise UsageError(
            f"{METADATA} is not as Gradescope writes it: {' '.join(str(error).split())[:300]}"
        ) from error
    return claims


def _claims(listing: Mapping[str, Kind], base: str, name: str, found: _HandIn) -> Iterator[Claim]:
    path = f"{base}{name}"
    parts = (Part(path, listing[path]),) if path in listing else ()
    handed_in = moment(found.created)
    group = name if len(found.submitters) > 1 else ""
    for person in found.submitters:
        sid, email = person.get(":sid", ""), person.get(":email", "")
        called = person.get(":name", "")
        yield Claim(
            sid or email or name,
            parts,
            called,
            known=bool(sid or email),
            keys=tuple(key for key in (sid, email) if key),
            label=called,
            handed_in=handed_in,
            group=group,
        )


def _read(data: bytes) -> dict[str, _HandIn]:
    # Only here: a student's self-check imports this room, and needs no YAML.
    from grader.submissions.leaves import ITEM, leaves

    found: dict[str, _HandIn] = {}
    for path, value in leaves(data):
        if not path:
            continue
        one = found.setdefault(path[0], _HandIn())
        if path[1:] == (":created_at",):
            one.created = value
        elif path[1:] == (":submitters", ITEM, ""):
            one.submitters.append({})
        elif path[1:3] == (":submitters", ITEM) and len(path) == 4 and one.submitters:
            one.submitters[-1].setdefault(path[3], value)
    return found
