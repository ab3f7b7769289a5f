"""The seed of the hidden cases: drawn once an assignment and gradebook, so that an appeal meets the same cases."""

from __future__ import annotations

import secrets
from pathlib import Path

from sqlalchemy.orm import Session

from grader import key
from grader.errors import UsageError
from grader.files import writing
from grader.gradebook import asking
from grader.gradebook.asking import stored
from grader.gradebook.opening import Gradebook
from grader.gradebook.tables import AssignmentRow
from grader.gradebook.trail import this_user, told

SEED_FILE = ".hidden-seed"
"""Where earlier versions kept the seed, in the folder of the reports."""


def hidden_seed(
    book: Gradebook, assignment: str, folder: Path, *, given: int | None = None, new: bool = False
) -> int:
    """The seed that the gradebook holds for an assignment; a given one, or a new one if asked for, takes its place.

    One that an earlier version left in `folder` moves into the gradebook. Raises UsageError when that file holds no
    number.
    """

    def work(session: Session) -> int:
        row = asking.assignment_row(session, assignment)
        if row is not None and given is None and not new:
            return int(row.hidden_seed)
        older = _older(folder) if given is None and not new else None
        seed = next(one for one in (given, older, secrets.randbits(key.SEED_BITS)) if one is not None)
        if row is None:
            row = AssignmentRow(name=stored(assignment), hidden_seed=str(seed), runs=0)
            session.add(row)
        row.hidden_seed = str(seed)
        session.flush()
        told(session, "seed", this_user(), row.id, seed=key.fingerprint(seed))
        return seed

    seed = book.run(work)
    with writing(folder):
        (folder / SEED_FILE).unlink(missing_ok=True)
    return seed


def _older(folder: Path) -> int | None:
    path = folder / SEED_FILE
    if not path.exists():
        return None
    try:
        return int(path.read_text(encoding="ascii"))
    except ValueError as error:
        raise UsageError(f"{path} does not hold a seed; delete it, or give --new-seed.") from error
