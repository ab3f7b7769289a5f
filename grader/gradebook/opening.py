"""Opening a gradebook: a SQLite file or a PostgreSQL database, brought up to date before it is used.

SQLite keeps its ordinary rollback journal. The write-ahead log would let readers pass writers, but a writer here needs
some milliseconds a submission, and the log would cost more than it gives: the gradebook would be three files of which a
copy of one lacks the newest results, and network folders, where many courses lie, do not carry it. The journal lies
beside the file until that is closed: to make and remove one for every result is what file systems are slow at. Every
transaction takes the lock for writing when it begins, so that two graders wait for each other and never find in the
middle that one of them must give up. Whoever opens the file after a kill rolls the unfinished transaction back.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from grader.errors import Fault, GraderError, UsageError
from grader.files import unwritable, writing
from grader.gradebook.tables import VERSION_TABLE

FILE = "gradebook.sqlite"
NEWEST = "0002"
"""The last step of the migrations."""

_MIGRATIONS = Path(__file__).parent / "migrations"
_PATIENCE = 60.0  # seconds that a writer waits for another one
_TRIES = 5
_MIGRATING = 0x6261636B70726F70  # any number, the same for all who migrate
_FULL = ("SQLITE_FULL", "disk_full")

T = TypeVar("T")


@dataclass(frozen=True)
class Gradebook:
    """An open gradebook. `where` names it in messages, without a password; `folder` holds its file, if it is one."""

    where: str
    folder: Path | None
    engine: Engine = field(repr=False)

    def run(self, work: Callable[[Session], T]) -> T:
        """Does `work` in one transaction, and again where another writer was first; keep it short.

        Raises Fault when the database refuses.
        """
        for _ in range(_TRIES - 1):
            try:
                return self._once(work)
            except IntegrityError:
                continue
        try:
            return self._once(work)
        except IntegrityError as error:
            raise Fault(f"The gradebook {self.where}: {_line(error)}") from error

    def _once(self, work: Callable[[Session], T]) -> T:
        try:
            with Session(self.engine, expire_on_commit=False) as session, session.begin():
                return work(session)
        except IntegrityError:
            raise
        except SQLAlchemyError as error:
            raise _fault(self, error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes every connection."""
        self.engine.dispose()


def opened(where: str | Path) -> Gradebook:
    """The gradebook at a path or URL (``postgresql://user@host/name``), made where there is none, mode 0600.

    Raises UsageError for what is no gradebook or cannot be reached, Fault where none can be written.
    """
    url = _url(where)
    file = Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None
    if file is not None:
        with writing(file.parent):
            _make_private(file)
    try:
        engine = _engine(url)
    except ModuleNotFoundError as error:
        needs = f"A gradebook in PostgreSQL needs {error.name}: pip install 'backprop-grader[postgresql]'"
        raise UsageError(needs) from error
    shown = str(file) if file else _shown(url)
    book = Gradebook(shown, file.parent if file else None, engine)
    try:
        with engine.begin() as connection:
            _migrate(connection, shown)
    except SQLAlchemyError as error:
        engine.dispose()
        fault = _fault(book, error)
        raise fault if book.folder and _is_full(error) else UsageError(str(fault)) from error
    except GraderError:
        engine.dispose()
        raise
    return book


def _url(where: str | Path) -> URL:
    if isinstance(where, Path) or "://" not in where:
        return URL.create("sqlite", database=str(Path(where).absolute()))
    try:
        url = make_url(where)
    except (ArgumentError, ValueError) as error:
        # Without its text: there may be a password in it.
        raise UsageError("The gradebook's address should look like postgresql://user@host/name.") from error
    backend = url.get_backend_name()
    if backend == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if backend == "sqlite" and url.database:
        return url
    raise UsageError(f"A gradebook is a file or a PostgreSQL database, not {backend}.")


def _shown(url: URL) -> str:
    """A database's address as its user gave it, without a password and the driver."""
    bare = url.set(drivername=url.get_backend_name()).difference_update_query(["password"])
    return bare.render_as_string(hide_password=True)


def _make_private(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        # An empty file is an empty database; another grader may make it at the same time.
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))


def _engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        return create_engine(url)
    engine = create_engine(url, connect_args={"timeout": _PATIENCE})

    @event.listens_for(engine, "connect")
    def connected(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # SQLAlchemy begins transactions, not the driver
        connection.execute("PRAGMA foreign_keys = ON")
        _keep_journal(connection, "delete", "persist")

    @event.listens_for(engine, "close")
    def closed(connection: Any, _record: object) -> None:
        # Nothing is left beside the file, unless another grader writes; that one removes it then.
        _keep_journal(connection, "persist", "delete")

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _keep_journal(connection: sqlite3.Connection, before: str, after: str) -> None:
    """Changes how the journal is kept, unless somebody has chosen another way. It only saves time, so it may fail."""
    with suppress(sqlite3.Error):
        if connection.execute("PRAGMA journal_mode").fetchone() == (before,):
            connection.execute(f"PRAGMA journal_mode = {after}")


def _migrate(connection: Connection, where: str) -> None:
    """Brings the tables up to date; the fast way out is the usual one."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATING})
    tables = inspect(connection).get_table_names()
    if VERSION_TABLE not in tables:
        if tables:
            raise UsageError(
                f"{where} is no gradebook: it holds {tables[0]}. Give the gradebook one of its own."
            )
    elif connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}")) == NEWEST:
        return
    _upgrade(connection, where)


def _upgrade(connection: Connection, where: str) -> None:
    # Rarely needed, and slow to import.
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise UsageError(f"{where} was made by a newer version of the grader: {error}") from error


def _is_full(error: SQLAlchemyError) -> bool:
    cause = getattr(error, "orig", None)
    return getattr(cause, "sqlite_errorname", "") in _FULL


def _fault(book: Gradebook, error: SQLAlchemyError) -> Fault:
    if book.folder and _is_full(error):
        return unwritable(book.folder, "No space left on device")
    return Fault(f"The gradebook {book.where}: {_line(error)}")


def _line(error: SQLAlchemyError) -> str:
    cause = getattr(error, "orig", None) or error
    return " ".join(str(cause).split()) or type(cause).__name__
