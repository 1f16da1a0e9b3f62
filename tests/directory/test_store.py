"""Tables, migrations, the sample, and what several processes and threads do to one directory."""

from __future__ import annotations

import threading

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import text

from attune.directory import StoreError, open_directory, snapshots
from attune.directory.engine import make_engine, writing
from attune.directory.load import load
from attune.directory.migrate import _MIGRATIONS, HEAD, ready
from attune.directory.rules import load_rules
from attune.directory.sample import FILE, ensure_sample, read_sample, sample_text
from attune.directory.sample.generate import many_listings, sample_listings
from attune.directory.schema import metadata
from attune.model.wishes import Query
from tests.directory.conftest import TODAY
from tests.directory.makers import ids, therapist, wishing


@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection")  # of the full-text index, which has a test of its own
def test_the_migrations_make_what_the_program_expects(opened):
    directory = opened()
    with directory.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = [change for change in compare_metadata(context, metadata) if "listing_words" not in str(change)]
        assert found == []
        assert context.get_current_revision() == HEAD


def _downgrade(directory, revision):
    with writing(directory.engine) as connection:
        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        config.attributes["connection"] = connection
        command.downgrade(config, revision)


def test_migrations_go_down_and_up_again(opened):
    directory = opened(therapist("a"))
    _downgrade(directory, "base")
    ready(directory.engine, directory.rules)
    assert directory.is_empty()


def test_a_directory_of_the_first_schema_keeps_its_listings_and_its_words(opened):
    _downgrade(opened(therapist("a", name="Ann Alder"), therapist("b", name="Ben Birch")), "0001")
    directory = opened(therapist("a", name="Ann Willow"), therapist("b", name="Ben Birch"))
    found = {word: [listing.id for listing in directory.find(word)] for word in ("alder", "willow", "birch")}
    assert found == {"alder": [], "willow": ["a"], "birch": ["b"]}
    assert set(ids(directory, Query())) == {"a", "b"}


def test_a_database_of_a_newer_program_is_refused_in_a_sentence(opened, url):
    directory = opened()
    with directory.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="another version of Attune"):
        open_directory(url)


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("mysql://x/y", "mysql is not supported"),
        ("nonsense", "is not one; write sqlite:///FILE"),
        ("postgresql://nobody@127.0.0.1:1/none", "cannot be used: .*refused"),
    ],
)
def test_an_unusable_address_is_refused_in_a_sentence(url, message):
    with pytest.raises(StoreError, match=message):
        open_directory(url)


def test_a_file_that_is_no_database_is_refused_in_a_sentence(tmp_path):
    path = tmp_path / "x.sqlite"
    path.write_bytes(b"this is not a database, whatever its name says" * 50)
    with pytest.raises(StoreError, match="cannot be used: file is not a database"):
        open_directory(f"sqlite:///{path}")


def test_the_committed_sample_is_what_the_script_makes():
    assert FILE.read_text(encoding="utf-8") == sample_text(sample_listings())


def test_the_sample_is_spread_as_a_real_directory_is():
    listings = read_sample()
    provinces = [place.province for item in listings for place in item.places]
    fees = [item.fee_from for item in listings if item.fee_from is not None]
    assert 290 <= len(listings) <= 310
    assert len(set(provinces)) == 13
    assert (provinces.count("YT"), max(set(provinces), key=provinces.count)) == (3, "ON")
    assert min(fees) >= 80
    assert max(fees) <= 250
    assert len({item.name for item in listings}) == len({item.id for item in listings}) == len(listings)
    assert all(item.sample and "example.org" in item.profile_url for item in listings)
    assert {item.accepting.value for item in listings} == {"yes", "waitlist", "no", "unknown"}
    assert 10 < sum(item.fee_from is None for item in listings) < 60


def test_ensuring_the_sample_twice_adds_nothing(url):
    assert ensure_sample(url, today=TODAY) > 290
    assert ensure_sample(url, today=TODAY) == 0


def test_two_processes_that_start_at_once_make_one_directory(url):
    errors, threads = [], []

    def start():
        try:
            ensure_sample(url, today=TODAY)
        except Exception as error:  # whatever it is, the test shows it
            errors.append(error)

    for _ in range(4):
        threads.append(threading.Thread(target=start))
        threads[-1].start()
    for thread in threads:
        thread.join()
    assert errors == []
    directory = open_directory(url, today=lambda: TODAY)
    with directory.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM listing")).scalar() == len(read_sample())
    directory.close()


def test_a_large_directory_serves_its_old_state_while_the_new_one_is_read(opened, monkeypatch):
    monkeypatch.setattr(snapshots, "MANY", 10)
    directory = opened(*many_listings(40))
    old = directory.count(Query())
    slow, reading = snapshots.read_snapshot, threading.Event()

    def wait(connection):
        reading.wait(5)
        return slow(connection)

    monkeypatch.setattr(snapshots, "read_snapshot", wait)
    load(directory.engine, directory.rules, many_listings(80), "main", "test", TODAY)
    assert directory.count(Query()) == old
    reading.set()
    directory._snapshots.wait()
    assert directory.count(Query()) > old


def test_threads_share_a_directory(opened):
    directory = opened(*many_listings(100))
    expected, wrong = ids(directory, wishing(format="online")), []

    def search():
        for _ in range(20):
            if ids(directory, wishing(format="online")) != expected:
                wrong.append(1)

    threads = [threading.Thread(target=search) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_another_import_under_way_is_said_in_a_sentence(sqlite_url, monkeypatch):
    from attune.directory import engine as engine_module

    monkeypatch.setattr(engine_module, "BUSY_SECONDS", 0.2)
    engine, rules = make_engine(sqlite_url), load_rules()
    ready(engine, rules)
    with writing(engine), pytest.raises(StoreError, match="another import is writing"), writing(make_engine(sqlite_url)):
        pass
    engine.dispose()


def test_nothing_is_opened_at_import():
    import subprocess
    import sys

    program = (
        "import sys; sys.addaudithook(lambda event, _: print(event)); import attune.directory; print('alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    said = done.stdout.splitlines()
    assert said[-1] == "False"
    assert not {event for event in said if event.startswith(("sqlite3.", "socket."))}
