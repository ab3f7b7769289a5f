"""Opening: what is made, what is brought up to date, what is refused, and what a password never gets into."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from grader.errors import Fault, UsageError
from grader.gradebook import opened, opening, pseudonyms
from grader.gradebook.tables import VERSION_TABLE, Base
from grader.reports.outcome import Outcome
from tests.gradebook.making import Handed, a_book, ledger, report


def test_the_migrations_make_the_tables_that_the_program_knows(empty: str) -> None:
    with opened(empty) as book, book.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, Base.metadata) == []


def test_the_last_migration_is_the_one_that_opening_looks_for() -> None:
    script = ScriptDirectory(str(Path(opening.__file__).parent / "migrations"))
    assert script.get_heads() == [opening.NEWEST]


def test_an_older_one_is_brought_up_to_date_with_all_that_is_in_it(empty: str) -> None:
    with a_book(empty) as book:
        ledger(book).recorded(Handed("s1").look(), Outcome.of(report("s1")), None, "bubblewrap")
        with book.engine.begin() as connection:
            connection.execute(text("DROP INDEX ix_students_pseudonym"))
            connection.execute(text("ALTER TABLE students DROP COLUMN pseudonym"))
            connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '0001'"))
    with opened(empty) as book:
        assert list(pseudonyms(book)) == ["s1"]


def test_several_may_open_an_empty_one_at_once(empty: str) -> None:
    def count(_: int) -> int:
        with opened(empty) as book, book.engine.connect() as connection:
            return connection.scalar(text(f"SELECT count(*) FROM {VERSION_TABLE}")) or 0

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(count, range(4))) == [1] * 4


def test_one_of_a_newer_version_is_left_alone(empty: str) -> None:
    with opened(empty) as book, book.engine.begin() as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    with pytest.raises(UsageError, match="newer version"):
        opened(empty)


def test_a_database_of_something_else_is_left_alone(empty: str) -> None:
    with opened(empty) as book, book.engine.begin() as connection:
        connection.execute(text(f"DROP TABLE {VERSION_TABLE}"))
    with pytest.raises(UsageError, match=r"is no gradebook: it holds \w+"):
        opened(empty)


def test_the_audit_trail_cannot_be_changed(where: str) -> None:
    with a_book(where) as book:
        for change in ("UPDATE events SET who = 'nobody'", "DELETE FROM events"):
            with pytest.raises(DatabaseError, match="only ever added to"), book.engine.begin() as connection:
                connection.execute(text(change))
        with book.engine.connect() as connection:
            assert connection.scalar(text("SELECT count(*) FROM events")) == 1


def test_only_this_user_can_read_the_file(tmp_path: Path) -> None:
    path = tmp_path / "new" / "gradebook.sqlite"
    with a_book(path) as book:
        ledger(book).recorded(Handed("s1").look(), Outcome.of(report("s1")), None, "bubblewrap")
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_closing_leaves_the_journal_of_one_who_is_writing(tmp_path: Path) -> None:
    path = tmp_path / "gradebook.sqlite"
    journal = path.with_name(f"{path.name}-journal")
    with a_book(path) as book, a_book(path) as other:
        with book.engine.begin() as writing:
            writing.execute(text("UPDATE assignments SET runs = runs + 1"))
            other.close()
            assert journal.exists()
        assert journal.exists()
    assert not journal.exists()


def test_another_way_to_keep_the_journal_stays(tmp_path: Path) -> None:
    path = tmp_path / "gradebook.sqlite"
    with a_book(path), closing(sqlite3.connect(path)) as other:
        assert other.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)
    with a_book(path):
        pass
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_file_that_is_no_gradebook_is_the_users_to_mend(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("bread, milk, and a rather long list of other things" * 100)
    with pytest.raises(UsageError, match=r"notes\.txt: file is not a database"):
        opened(path)
    assert path.read_text().startswith("bread")


def test_a_folder_that_cannot_be_made_is_our_fault_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Fault, match="cannot be written to"):
        opened(tmp_path / "file" / "gradebook.sqlite")


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://anna:secret@/course?host=/nonexistent",
        "postgresql://anna@/course?host=/nonexistent&password=secret",
        "postgresql://anna:secret@[",
        "postgresql://anna:secret@host:port/course",
        "mysql://anna:secret@host/course",
        "sqlite://",
    ],
)
def test_a_password_stands_in_no_message(address: str) -> None:
    with pytest.raises(UsageError) as told:
        opened(address)
    assert "secret" not in str(told.value)
    assert "psycopg" not in str(told.value)
    assert str(told.value).count("\n") == 0


def test_a_password_is_not_shown(new_database: Callable[[], str]) -> None:
    address = new_database().replace("grader@", "grader:secret@")
    with opened(address) as book:
        assert "secret" not in repr(book) + book.where
        assert book.where.startswith("postgresql://grader:***@")
