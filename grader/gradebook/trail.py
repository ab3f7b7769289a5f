"""The audit trail: who did what, when."""

from __future__ import annotations

import getpass
import json
from datetime import UTC, datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from grader.gradebook.asking import stored
from grader.gradebook.tables import EVENTS, AssignmentRow, EventRow, StudentRow

_EVENT = insert(EVENTS)


def now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


def this_user() -> str:
    """Who runs the program, by the name of the account."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def told(
    session: Session, kind: str, who: str, assignment: int, student: int | None = None, **detail: object
) -> None:
    """Adds an event. `detail` holds what JSON can."""
    event = {
        "made_at": now(),
        "who": stored(who),
        "kind": kind,
        "assignment_id": assignment,
        "student_id": student,
        "detail": json.dumps(detail, allow_nan=False),
    }
    session.execute(_EVENT, event)


def history(session: Session, student: StudentRow) -> list[dict[str, object]]:
    """All events of a student over all assignments, oldest first, as programs read them."""
    wanted = (
        select(EventRow, AssignmentRow.name)
        .join(AssignmentRow, AssignmentRow.id == EventRow.assignment_id)
        .where(EventRow.student_id == student.id)
        .order_by(EventRow.id)
    )
    return [
        {
            "at": event.made_at.isoformat(timespec="seconds"),
            "who": event.who,
            "assignment": name,
            "what": event.kind,
            **json.loads(event.detail),
        }
        for event, name in session.execute(wanted)
    ]
