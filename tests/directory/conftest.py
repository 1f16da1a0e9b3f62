"""One suite on two databases: SQLite always, PostgreSQL from a throw-away cluster where it is installed."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import psycopg2
import pytest

from attune.directory import Directory, Listing, open_directory
from attune.directory.importing import Options, Report, import_file
from attune.directory.load import load
from attune.directory.sample import ensure_sample
from tests.support.postgres import cluster, programs

TODAY = date(2026, 11, 20)
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Start a cluster of our own on a free port and give its address; it is deleted at the end."""
    binaries = programs()
    if binaries is None:
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL is not installed; in CI it must be (Debian: apt-get install postgresql)")
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    with cluster(binaries) as address:
        yield address


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of an empty database, of each kind in turn."""
    return make_url(request, request.param, tmp_path)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Give the address of an empty SQLite database, for what has nothing to do with the kind."""
    return f"sqlite:///{tmp_path}/only.sqlite"


def make_url(request: pytest.FixtureRequest, kind: str, tmp_path: Path) -> str:
    """Return the address of a new empty database."""
    if kind == "sqlite":
        return f"sqlite:///{tmp_path}/directory-{next(_numbers)}.sqlite"
    server = request.getfixturevalue("postgres_server")
    name = f"attune_{next(_numbers)}"
    connection = psycopg2.connect(f"{server}/postgres")
    try:
        connection.autocommit = True
        connection.cursor().execute(f"CREATE DATABASE {name}")
    finally:
        connection.close()
    return f"{server}/{name}"


@pytest.fixture
def opened(url: str) -> Iterator[Callable[..., Directory]]:
    """Give what opens a directory with the given listings, on each database in turn."""
    yield from _opener(url)


@pytest.fixture
def opened_sqlite(sqlite_url: str) -> Iterator[Callable[..., Directory]]:
    """Give what opens a directory with the given listings, on SQLite."""
    yield from _opener(sqlite_url)


def _opener(url: str) -> Iterator[Callable[..., Directory]]:
    made: list[Directory] = []

    def open_with(*listings: Listing, today: date = TODAY, source: str = "main") -> Directory:
        directory = open_directory(url, today=lambda: today)
        made.append(directory)
        if listings:
            load(directory.engine, directory.rules, listings, source, "test", today)
        return directory

    yield open_with
    for directory in made:
        directory.close()


@pytest.fixture
def sample(url: str) -> Iterator[Directory]:
    """Give the directory with the sample, on each database in turn."""
    ensure_sample(url, today=TODAY)
    directory = open_directory(url, today=lambda: TODAY)
    yield directory
    directory.close()


@pytest.fixture
def import_text(opened: Callable[..., Directory], tmp_path: Path) -> Callable[..., tuple[Directory, Report]]:
    """Give what imports a text as a file of the given name."""

    def run(name: str, text: str | bytes, options: Options | None = None) -> tuple[Directory, Report]:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        directory = opened()
        return directory, import_file(directory.engine, directory.rules, path, options or Options(), TODAY)

    return run
