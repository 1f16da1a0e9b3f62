"""The ten kinds of question that the directory is timed with, and the plain SQL scan that stands beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.engine import Connection

from attune.directory import Directory, schema
from attune.directory.codes import read_codes
from attune.model.wishes import Field, Query, Wish


def _query(**wishes: Any) -> Query:
    return Query.of(Wish(Field(n), item) for n, value in wishes.items() for item in (value if isinstance(value, list) else [value]))


FIVE = _query(approach="somatic", city="Toronto", max_fee=150, language="en", gender="woman")
ALL = _query(
    approach=["somatic", "relational"],
    concern=["anxiety", "grief"],
    city="Toronto",
    format="online",
    max_fee=160,
    language="en",
    gender="woman",
    client_type="individual",
    sliding_scale=True,
    insurance=True,
    free_consultation=True,
    accepting=True,
)
NOBODY = _query(approach="eft", city="Whitehorse", format="in_person", max_fee=60, language="iu")


def _page_30(directory: Directory) -> object:
    """Return page 30: the order is cut out anew for each page, so going there costs what page 1 costs."""
    after = directory.search(_query(format="online"), limit=87).next
    return lambda: directory.search(_query(format="online"), after=after)


SHAPES: Mapping[str, Callable[[Directory], Callable[[], object]]] = {
    "no wish": lambda d: lambda: d.search(Query()),
    "one city": lambda d: lambda: d.search(_query(city="Halifax")),
    "five wishes": lambda d: lambda: d.search(FIVE),
    "all wishes": lambda d: lambda: d.search(ALL),
    "dense (online)": lambda d: lambda: d.search(_query(format="online")),
    "dense, page 30": _page_30,  # type: ignore[dict-item]
    "province, two concerns": lambda d: lambda: d.search(_query(province="BC", format="online", concern=["grief", "trauma"])),
    "nobody": lambda d: lambda: d.search(NOBODY),
    "relaxing ladder, five wishes": lambda d: lambda: d.relax(NOBODY),
    "facets, five wishes": lambda d: lambda: d.facets(FIVE),
}


def sql_scan(connection: Connection) -> object:
    """Return what a plain SQL statement finds for the five wishes: filtered, scored, counted and cut to a page."""
    table, spot = schema.facet.c, schema.spot.c
    codes = read_codes(connection)

    def has(name: str, code: str) -> Any:
        return table[name].op("&")(codes.bit("province" if name == "licensed" else name, code)) != 0

    near = spot.latitude.between(43_346_000, 44_066_000) & spot.longitude.between(-79_900_000, -78_900_000)
    there = table.row.in_(select(spot.row).where(near)) & (table.in_person != 0)
    fits = (table.to_generation == schema.OPEN) & (table.accepting < 3) & has("approach", "somatic") & has("language", "en")
    fits &= (table.fee <= 15_000) & (has("gender", "woman") | (table.gender == 0))
    fits &= there | ((table.online == 1) & has("licensed", "ON"))
    score = case((has("gender", "woman"), 20), else_=0) + case((table.fee >= 0, 28), else_=0)
    total = func.count().over()
    order = (table.accepting, (table.fee < 0), score.desc(), table.fresh_day.desc(), table.spin)
    chosen = select(table.listing_no, total).where(fits).order_by(*order).limit(3)
    numbers = [row[0] for row in connection.execute(chosen)]
    return list(connection.execute(select(schema.listing.c.document).where(schema.listing.c.no.in_(numbers))))
