"""What students are called where their names are not to be told."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.gradebook.opening import Gradebook
from grader.gradebook.tables import StudentRow


def pseudonyms(book: Gradebook) -> Mapping[str, str]:
    """By student, drawn when it is first asked for and kept: without the gradebook nothing leads back."""

    def work(session: Session) -> dict[str, str]:
        rows = session.scalars(select(StudentRow)).all()
        for row in rows:
            row.pseudonym = row.pseudonym or f"anon-{secrets.token_hex(4)}"
        return {row.key: row.pseudonym or "" for row in rows}

    return book.run(work)
