"""The gradebook's suite runs on both databases."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, create_engine, text

from grader.gradebook import FILE, opened
from grader.gradebook.tables import Base
from tests.gradebook.postgresql import cluster

_numbers = itertools.count()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """A PostgreSQL server's URL, with a place for the name of a database."""
    with cluster() as url:
        yield url


@pytest.fixture
def new_database(server: str) -> Callable[[], str]:
    """Makes an empty PostgreSQL database and gives its URL."""

    def make() -> str:
        name = f"gradebook{next(_numbers)}"
        with _administration(server) as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        return server.format(name=name)

    return make


@contextmanager
def _administration(server: str) -> Iterator[Connection]:
    engine = create_engine(_driven(server.format(name="postgres")), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that holds an empty gradebook, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / FILE
    opened(path).close()
    return path


@pytest.fixture(scope="session")
def migrated_database(server: str) -> Iterator[Engine]:
    """A PostgreSQL database that holds an empty gradebook, to be emptied again."""
    opened(server.format(name="postgres")).close()
    engine = create_engine(_driven(server.format(name="postgres")))
    yield engine
    engine.dispose()


def _driven(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://")


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database in which nothing is."""
    if request.param == "sqlite":
        return str(tmp_path / FILE)
    return str(request.getfixturevalue("new_database")())


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty gradebook."""
    if request.param == "sqlite":
        yield str(shutil.copy(request.getfixturevalue("migrated_file"), tmp_path / FILE))
        return
    engine: Engine = request.getfixturevalue("migrated_database")
    yield request.getfixturevalue("server").format(name="postgres")
    with engine.begin() as connection:
        # The audit trail refuses to be emptied, unless triggers rest.
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        tables = ", ".join(table.name for table in Base.metadata.sorted_tables)
        connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY"))
