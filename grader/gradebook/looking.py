"""What a run sees of a submission before it is graded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from grader.gradebook.asking import stored
from grader.gradebook.digests import content_of
from grader.submissions import Submission

Key = tuple[str, int, str]
"""A student's stored id, the attempt's number, and the hash of its content."""


@dataclass(frozen=True, slots=True)
class Look:
    """A submission before it is graded. `position` is its place in the run, `content` its hash."""

    position: int
    student: str
    name: str
    number: int
    content: str
    handed_in: datetime | None
    late: bool | None
    path: str
    team: str

    @property
    def key(self) -> Key:
        """What tells attempts apart within an assignment."""
        return stored(self.student), self.number, self.content


def look(position: int, submission: Submission) -> Look:
    """What a run notes of a submission that it has read."""
    return Look(
        position=position,
        student=submission.student,
        name=submission.name,
        number=submission.attempt,
        content=content_of(submission),
        handed_in=submission.handed_in,
        late=submission.late,
        path=submission.path,
        team=submission.group,
    )
