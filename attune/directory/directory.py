"""The directory as the rest of the program sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

import numpy as np
from sqlalchemy.engine import Connection

from attune.directory.cursor import Cursor
from attune.directory.engine import make_engine
from attune.directory.explain import Kind, explain
from attune.directory.facets import count_facets
from attune.directory.fit import Fit
from attune.directory.links import DeepLink, LinkTemplates
from attune.directory.listing import Listing
from attune.directory.load import is_empty
from attune.directory.migrate import ready
from attune.directory.order import order_keys, take
from attune.directory.relax import Ladder
from attune.directory.results import Facets, Match, Page, Relaxations
from attune.directory.rules import Rules, load_rules
from attune.directory.snapshots import Snapshots
from attune.directory.stored import find_words, listings_by_id, listings_by_number
from attune.directory.wanted import Wanted, prepare
from attune.model.wishes import Query


class Directory:
    """Searches one directory. Safe to share between threads; every answer depends on the query and the day alone."""

    def __init__(self, url: str, *, today: Callable[[], date], links: LinkTemplates, rules: Rules | None = None) -> None:
        """Open the directory at `url`, making or upgrading its tables; use `open_directory`."""
        self.engine = make_engine(url)
        self.links = links
        self.rules = rules or load_rules()
        self._today = today
        ready(self.engine, self.rules)
        self._snapshots = Snapshots(self.engine)

    def search(self, query: Query, *, limit: int = 3, after: str | None = None) -> Page:
        """Return the listings that fit `query`, best first.

        Args:
            limit: How many listings a page holds, from 1.
            after: The `next` of the page before; None for the first page.

        Raises:
            QueryError: When a wish has a value that its field cannot hold.
            CursorError: When `after` is damaged or was made for another query.
        """
        wanted = prepare(query, self.rules)
        with self.engine.connect() as connection:
            begun = Cursor.from_text(after, query) if after else None
            snapshot = self._snapshots.newest(connection, begun.generation if begun else 0)
            start = begun or Cursor(snapshot.generation, self._today(), 0)
            fit = Fit(wanted, self.rules, snapshot, snapshot.alive(start.generation))
            rows = np.flatnonzero(fit.mask())
            keys = order_keys(fit, rows, start.day)
            chosen = take(rows, keys, start.position, limit, start.day, self.rules)
            numbers = [int(snapshot.columns["listing_no"][row]) for row in chosen]
            matches = self._matches(connection, numbers, wanted)
        end = start.position + len(chosen)
        following = Cursor(start.generation, start.day, end).to_text(query) if end < len(rows) else None
        return Page(matches, len(rows), start.position + 1, following)

    def _matches(self, connection: Connection, numbers: list[int], wanted: Wanted) -> tuple[Match, ...]:
        found = listings_by_number(connection, numbers)
        return tuple(self.match(self._linked(found[number]), wanted) for number in numbers if number in found)

    def _linked(self, listing: Listing) -> Listing:
        """Return `listing` with the operator's own profile page, where it names none itself."""
        profile = self.links.profile(listing)
        return listing if profile == listing.profile_url else replace(listing, profile_url=profile)

    def match(self, listing: Listing, wanted: Wanted) -> Match:
        """Return `listing` with what it says about the query."""
        reasons = explain(listing, wanted)
        near = (reason.km for reason in reasons if reason.kind is Kind.NEARBY and reason.km is not None)
        return Match(listing, reasons, next(near, None))

    def explain(self, listing: Listing, query: Query) -> Match:
        """Return `listing` with a reason for each wish of `query`, whether it fits or not."""
        return self.match(listing, prepare(query, self.rules))

    def get(self, ids: Iterable[str]) -> list[Listing]:
        """Return the open listings with these ids, in the order given; unknown and closed ones are left out."""
        with self.engine.connect() as connection:
            return [self._linked(listing) for listing in listings_by_id(connection, list(ids))]

    def find(self, text: str, *, limit: int = 10) -> list[Listing]:
        """Return open listings whose name or own words contain every word of `text` (or begin so), names first."""
        with self.engine.connect() as connection:
            return [self._linked(listing) for listing in find_words(connection, text, limit)]

    def count(self, query: Query) -> int:
        """Return how many listings fit `query`."""
        return int(np.count_nonzero(self._fit(query).mask()))

    def facets(self, query: Query) -> Facets:
        """Return for each field and value how many listings would fit if that value were wished there."""
        return count_facets(self._fit(query))

    def relax(self, query: Query) -> Relaxations:
        """Return the ways out when nothing or little fits `query`, by how little the visitor gives up."""
        with self.engine.connect() as connection:
            snapshot = self._snapshots.newest(connection)
            fit = Fit(prepare(query, self.rules), self.rules, snapshot, snapshot.alive(snapshot.generation))

            def fetch(row: int) -> Listing | None:
                number = int(snapshot.columns["listing_no"][row])
                return listings_by_number(connection, [number]).get(number)  # None when it was closed a moment ago

            return Ladder(fit, fetch).relaxations()

    def link(self, query: Query) -> DeepLink | None:
        """Return the link that opens `query` on the operator's own site, None when site.yml names no such site."""
        return self.links.search(query)

    def is_empty(self) -> bool:
        """Return whether nothing has ever been imported."""
        return is_empty(self.engine)

    def close(self) -> None:
        """Close all connections."""
        self._snapshots.wait()
        self.engine.dispose()

    def _fit(self, query: Query) -> Fit:
        with self.engine.connect() as connection:
            snapshot = self._snapshots.newest(connection)
        return Fit(prepare(query, self.rules), self.rules, snapshot, snapshot.alive(snapshot.generation))


def open_directory(url: str, *, today: Callable[[], date] = date.today, links: LinkTemplates | None = None) -> Directory:
    """Return the directory at `url`; the file or the tables are made when they are not there.

    Args:
        url: `sqlite:///FILE` or `postgresql://USER@HOST/NAME`.
        today: Gives the day that the order turns by.
        links: The operator's own site, for `link` and profiles without an address.

    Raises:
        StoreError: When the database cannot be reached or holds something else.
    """
    return Directory(url, today=today, links=links or LinkTemplates())
