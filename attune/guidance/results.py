"""What is said around search results: the page, nothing found, details, comparison, the order explained."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from attune.directory import DeepLink, Listing, Match, Page, Relaxation, Relaxations, Way
from attune.guidance.cards import compare_card, detail_card, fee, list_card
from attune.guidance.echo import echo, wish_words
from attune.knowledge import Content
from attune.model.wishes import Field, Query, Wish
from attune.payload import make_payload
from attune.reply import Cards, Choice, Choices, Link, Notice, Part, Reply, Text
from attune.site import Site

#: What the bot speaks about when it shows therapists: "more" and "the second one" then mean these.
RESULTS = "results"
OPTIONS = 3


def opening_question(content: Content, language: str) -> Reply:
    """Return the one question that is asked before a search without any wish."""
    return Reply(
        (Text(content.text("search.ask_first", language=language)), _choices(content, language, "online", "help_me_choose"))
    )


def missing_place(query: Query) -> bool:
    """Return whether neither a place nor a province is known, which makes the greatest difference."""
    return not (query.first(Field.CITY) or query.first(Field.PROVINCE))


def page_reply(
    query: Query,
    page: Page,
    link: DeepLink | None,
    content: Content,
    language: str,
    *,
    ask_place: bool = False,
    eft_known: bool = False,
) -> Reply:
    """Return one page of results: the echo, what EFT means here, the count, the cards, the next steps."""
    say = partial(content.text, language=language)
    parts: list[Part] = [echo(query, content, language)] if query else []
    if not eft_known and any(wish.value == "eft" for wish in query.all(Field.APPROACH)):
        parts.append(Text(say("search.eft")))
    parts.append(Notice("count", _count(page, say)))
    parts.append(Cards(tuple(list_card(match, content, language) for match in page.matches), "list", page.first, page.total))
    if page.first == 1 and any(match.listing.sample for match in page.matches):
        parts.append(Notice("sample", say("search.sample")))
    if link:
        parts.append(same_search(link, content, language))
    if ask_place:
        parts.append(Text(say("search.ask_place")))
    steps = ["more"] if page.next else []
    steps += ["compare"] if len(page.matches) > 1 else []
    return Reply((*parts, _choices(content, language, *steps, "why_these")))


def end_reply(total: int, content: Content, language: str) -> Reply:
    """Return that there are no more, and what can be done with those shown."""
    text = Text(content.text("search.end", language=language, total=total))
    return Reply((text, _choices(content, language, "compare", "keep_summary", "help_me_choose")))


def _count(page: Page, say: partial[str]) -> str:
    last = page.first + len(page.matches) - 1
    if page.total == 1:
        return say("search.count_one")
    if len(page.matches) == page.total:
        return say("search.count_few", total=page.total)
    return say("search.count_many", total=page.total, first=page.first, last=last)


def same_search(link: DeepLink, content: Content, language: str) -> Notice:
    """Return the link to the same search on the operator's site, with a note on the wishes that it cannot hold."""
    say = partial(content.text, language=language)
    lost = ", ".join(wish_words(wish, content, language) for wish in link.missing)
    text = say("search.cannot_link", wishes=lost) if lost else ""
    return Notice("info", text, links=(Link(say("search.same_search"), link.url, "search"),))


def none_found(relaxations: Relaxations, query: Query, site: Site, content: Content, language: str) -> Reply:
    """Return the way on when nobody fits: what each wish costs, the nearest place, free care, a person."""
    say = partial(content.text, language=language)
    options = relaxations.options[:OPTIONS]
    items = [_option(option, query, content, language) for option in options]
    if near := relaxations.nearest:
        items.append(say("relax.nearest", place=near.value, km=round(near.km or 0)))
    doors = [say("relax.care")]
    if site.person_contact:
        doors.append(say("relax.write", person_contact=site.person_contact))
    intro = say("relax.none") if items else say("relax.none_at_all")
    taps = tuple(Choice(_option(option, query, content, language), _relax_payload(option)) for option in options)
    parts: list[Part] = [echo(query, content, language), Text(intro, tuple(items)), Text("\n\n".join(doors))]
    return Reply((*parts, *((Choices(taps),) if taps else ())))


def _option(option: Relaxation, query: Query, content: Content, language: str) -> str:
    say = partial(content.text, language=language)
    given_up = " · ".join(wish_words(wish, content, language) for name in (option.field, *option.also) for wish in query.all(name))
    if option.kind is Way.DROP:
        words = say("relax.drop", wish=given_up, count=option.count)
    else:
        words = say("relax.change", wish=wish_words(Wish(option.field, option.value), content, language), count=option.count)
    return say("relax.must", option=words) if option.must else words


def _relax_payload(option: Relaxation) -> str:
    dropped = [name.value for name in ((option.field,) if option.kind is Way.DROP else ()) + option.also]
    entities: dict[str, object] = {"drop": dropped} if dropped else {}
    if option.kind is Way.NEAREST_VALUE:
        entities[option.field.value] = option.value
    return make_payload("inform", entities)


def details_reply(listing: Listing, content: Content, language: str) -> Reply:
    """Return everything about one therapist and the ways to get in touch."""
    intro = Text(content.text("details.intro", language=language, name=listing.name))
    card = Cards((detail_card(listing, content, language),), "detail")
    contact = Choice(content.label("book_consultation", language), make_payload("book_consultation", {"listing": listing.id}))
    steps = content.choice("draft_message", language), content.choice("questions_to_ask", language)
    return Reply((intro, card, Choices((contact, *steps))))


def compare_reply(listings: Sequence[Listing], content: Content, language: str) -> Reply:
    """Return two or three therapists side by side, and whose fee is lower."""
    say = partial(content.text, language=language)
    cards = tuple(compare_card(listing, content, language) for listing in listings)
    details = tuple(
        Choice(say("card.details", name=item.name), make_payload("show_details", {"listing": item.id})) for item in listings
    )
    return Reply(
        (Text(say("compare.intro")), Cards(cards, "compare"), Text(_cheaper(listings, content, language)), Choices(details))
    )


def _cheaper(listings: Sequence[Listing], content: Content, language: str) -> str:
    say = partial(content.text, language=language)
    fees = [item.lowest_fee for item in listings]
    known = [amount for amount in fees if amount is not None]
    if len(known) < len(listings):
        return say("compare.fee_unknown")
    if len(set(known)) == 1:
        return say("compare.same_fee")
    cheapest = listings[known.index(min(known))]
    return say("compare.cheaper", name=cheapest.name, fee=fee(cheapest, content, language))


def explain_reply(matches: Sequence[Match], content: Content, language: str) -> Reply:
    """Return the published order in words and, for each therapist shown, why."""
    parts: list[Part] = [Text(content.text("explain.intro", language=language), content.items("explain.order", language=language))]
    if matches:
        cards = [list_card(match, content, language) for match in matches]
        reasons = tuple(f"{card.name}: {', '.join(card.reasons)}" for card in cards if card.reasons)
        parts.append(Text(content.text("explain.these", language=language), reasons))
    return Reply((*parts, _choices(content, language, "more")))


def which_one(shown: Sequence[str], content: Content, language: str) -> Reply:
    """Return the question which of the shown therapists is meant."""
    return none_yet("search.which" if shown else "search.none_yet", content, language)


def none_yet(key: str, content: Content, language: str) -> Reply:
    """Return a sentence about what is missing, with the way to a search."""
    return Reply((Text(content.text(key, language=language)), _choices(content, language, "find_therapist")))


def _choices(content: Content, language: str, *ids: str) -> Choices:
    return Choices(tuple(content.choice(id_, language) for id_ in ids))
