"""`attune search "somatic therapist in Halifax under $140"`: the same search, order and reasons as the bot's."""

from __future__ import annotations

import json
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from attune.commands.opening import EXPECTED, as_json, database, opened, operators_site
from attune.directory import DeepLink, Match, Page, Reason, Relaxations
from attune.guidance.results import same_search
from attune.guidance.wishes import merge
from attune.knowledge import load_content
from attune.model.wishes import Query
from attune.text import parse


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", default=3, show_default=True, type=click.IntRange(1, 100))
@click.option("--after", help="Cursor of the next page.")
@database
@as_json
def search(words: tuple[str, ...], limit: int, after: str | None, url: str, as_json: bool) -> None:
    """Search the directory with plain WORDS and say why each result is shown."""
    try:
        query = merge(Query(), parse(" ".join(words)))  # as the bot reads a first message
        with opened(url) as directory:
            page = directory.search(query, limit=limit, after=after)
            ways = None if page.total else directory.relax(query)
            link = directory.link(query)
    except EXPECTED as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(json.dumps(_plain(query, page, ways, link), ensure_ascii=False, indent=1))
    else:
        _show(query, page, ways, link)


def _plain(query: Query, page: Page, ways: Relaxations | None, link: DeepLink | None) -> dict[str, Any]:
    matches = [match.listing.to_dict() | {"reasons": [_reason(reason) for reason in match.reasons]} for match in page.matches]
    options = [
        {"field": way.field, "kind": way.kind, "value": way.value, "count": way.count, "must": way.must}
        for way in (ways.options if ways else ())
    ]
    data = {"query": query.to_list(), "total": page.total, "first": page.first, "next": page.next}
    same = link and {"url": link.url, "missing": Query(link.missing).to_list()}
    return data | {"matches": matches, "ways_out": options, "link": same}


def _reason(reason: Reason) -> dict[str, Any]:
    named = {"field": reason.field, "value": reason.value, "kind": reason.kind, "km": reason.km, "fee": reason.fee}
    return {name: value for name, value in named.items() if value is not None}


def _show(query: Query, page: Page, ways: Relaxations | None, link: DeepLink | None) -> None:
    console = Console()
    wishes = " · ".join(f"{wish.field.value}: {'not ' * wish.negated}{wish.value}" for wish in query)
    console.print(escape(wishes) or "no wish understood: everybody", style="bold")
    if ways:
        _show_ways(console, ways)
        return
    table = Table("", "name", "where", "fee", "why")
    for number, match in enumerate(page.matches, page.first):
        table.add_row(str(number), escape(_name(match)), escape(_where(match)), _fee(match), escape(_why(match)))
    console.print(table)
    for number, match in enumerate(page.matches, page.first):
        if match.listing.profile_url:
            _print_line(console, f"{number}  {match.listing.profile_url}")
    console.print(f"{page.total:,} in all" + (f"; next page: --after {page.next}" if page.next else ""))
    if link:
        _show_link(console, link)


def _show_link(console: Console, link: DeepLink) -> None:
    """Print the link to the same search on the operator's site, in the words of the bot."""
    notice = same_search(link, load_content(), operators_site().language)
    for line in filter(None, (*(f"{to.title}: {to.url}" for to in notice.links), notice.text)):
        _print_line(console, line)


def _print_line(console: Console, line: str) -> None:
    console.print(line, markup=False, highlight=False, soft_wrap=True)  # a broken link could not be followed


def _show_ways(console: Console, ways: Relaxations) -> None:
    table = Table("nobody fits; instead of", "try", "gives")
    for way in ways.options:
        fields = " and ".join(field.value for field in (way.field, *way.also))
        away = f" ({way.km:,.0f} km)" if way.km is not None else ""
        tried = "without it" if way.kind.value == "drop" else f"{way.value}{away}"
        table.add_row(fields, escape(str(tried)), f"{way.count:,}" + (" (a must)" if way.must else ""))
    console.print(table)


def _name(match: Match) -> str:
    sample = " (sample)" if match.listing.sample else ""
    return f"{match.listing.name}{sample}\n{', '.join(match.listing.credentials)}"


def _where(match: Match) -> str:
    listing = match.listing
    cities = ", ".join(dict.fromkeys(place.city for place in listing.places if place.city))
    ways = " and ".join(name for name, there in (("in person", listing.in_person), ("online", listing.online)) if there)
    return f"{cities or 'place not known'}\n{ways or 'format not known'}"


def _fee(match: Match) -> str:
    low = match.listing.lowest_fee
    return "not known" if low is None else f"from {low:g}"


def _why(match: Match) -> str:
    return "\n".join(_phrase(reason) for reason in match.reasons)


def _phrase(reason: Reason) -> str:
    detail = f" ({reason.km:g} km)" if reason.km is not None else f" ({reason.fee:g})" if reason.fee is not None else ""
    return f"{reason.field.value} {reason.value}: {reason.kind.value.replace('_', ' ')}{detail}"
