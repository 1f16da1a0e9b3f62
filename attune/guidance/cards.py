"""From a listing to a card: what it says, in words, with "not known" where it says nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from attune.directory import Kind, Listing, Match, Reason
from attune.guidance.checked import checked_words
from attune.guidance.echo import value_name, wish_words
from attune.knowledge import Content
from attune.model.places import find_place
from attune.model.vocabulary import terms
from attune.model.wishes import Field, Wish
from attune.payload import make_payload
from attune.reply import Card, Choice, Fact, Link

Say = Callable[..., str]

#: The facts of a comparison and of the detail view, in order; a list shows the first `LIST_FACTS`.
FACTS = ("where", "fee", "approaches", "concerns", "languages", "consultation", "accepting", "clients", "licence", "checked")
LIST_FACTS = ("where", "fee", "approaches", "languages", "consultation", "accepting", "checked")


def list_card(match: Match, content: Content, language: str) -> Card:
    """Return the card of a search result, with the reason why it is shown."""
    say = partial(content.text, language=language)
    listing = match.listing
    details = Choice(say("card.details", name=listing.name), make_payload("show_details", {"listing": listing.id}))
    reasons = tuple(dict.fromkeys(_reason(reason, content, language) for reason in _told(match.reasons)))
    return _card(listing, LIST_FACTS, say, language, reasons=reasons, choices=(details,))


def detail_card(listing: Listing, content: Content, language: str) -> Card:
    """Return everything that the listing says."""
    say = partial(content.text, language=language)
    return _card(listing, FACTS, say, language, about=listing.about)


def compare_card(listing: Listing, content: Content, language: str) -> Card:
    """Return a card whose facts have the same labels in the same order for every listing."""
    return _card(listing, FACTS, partial(content.text, language=language), language)


def _card(listing: Listing, facts: Iterable[str], say: Say, language: str, **more: object) -> Card:
    return Card(
        id=listing.id,
        name=listing.name,
        subtitle=" · ".join(filter(None, (", ".join(listing.credentials), listing.pronouns))),
        facts=tuple(Fact(say(f"card.{name}"), VALUES[name](listing, say, language)) for name in facts),
        badges=_badges(listing, say),
        links=_links(listing, say),
        **more,  # type: ignore[arg-type]
    )


def _badges(listing: Listing, say: Say) -> tuple[str, ...]:
    waiting = (say("card.waitlist"),) if listing.accepting == "waitlist" else ()
    return ((say("card.sample"),) if listing.sample else ()) + waiting


def _links(listing: Listing, say: Say) -> tuple[Link, ...]:
    profile = Link(say("card.profile"), listing.profile_url, "profile")
    video = Link(say("card.video"), listing.video_url, "video")
    booking = Link(say("card.booking"), listing.booking_url, "booking")
    return tuple(link for link in (profile, video, booking) if link.url)


def _names(topic: str, codes: Iterable[str], others: Iterable[str], say: Say, language: str) -> str:
    known = terms(topic)
    names = [known[code].name(language) if code in known else code for code in codes]
    return ", ".join((*names, *others)) or say("card.unknown")


def _where(listing: Listing, say: Say) -> str:
    places = [say("card.place", city=p.city, province=p.province) for p in listing.places if p.city]
    online = []
    if listing.online:
        provinces = ", ".join(listing.licensed_in)
        online = [say("card.online", provinces=provinces) if provinces else say("card.online_plain")]
    in_person = places if listing.in_person is not False else []
    return ", ".join((*in_person, *online)) or say("card.unknown")


def _fee_words(listing: Listing, say: Say) -> str:
    low, high = listing.fee_from, listing.fee_to
    if low is None and high is None:
        return say("card.unknown")
    low, high = (high if low is None else low), (low if high is None else high)
    fee = say("card.fee_one", low=f"{low:g}") if low == high else say("card.fee_range", low=f"{low:g}", high=f"{high:g}")
    if listing.sliding_scale and listing.sliding_from is not None:
        return say("card.fee_sliding", fee=fee, low=f"{listing.sliding_from:g}")
    return say("card.fee_sliding_plain", fee=fee) if listing.sliding_scale else fee


def _consultation(listing: Listing, say: Say) -> str:
    minutes = listing.free_consultation_minutes
    if minutes is None:
        return say("card.unknown")
    return say("card.consultation_minutes", minutes=minutes) if minutes else say("card.consultation_none")


def _licence(listing: Listing, say: Say) -> str:
    licences = [" ".join(filter(None, (item.province, item.college))) for item in listing.licences]
    return ", ".join(licences) or say("card.unknown")


VALUES: dict[str, Callable[[Listing, Say, str], str]] = {
    "where": lambda item, say, _: _where(item, say),
    "fee": lambda item, say, _: _fee_words(item, say),
    "approaches": lambda item, say, lang: _names("approaches", item.approaches, item.other_approaches, say, lang),
    "concerns": lambda item, say, lang: _names("concerns", item.concerns, item.other_concerns, say, lang),
    "languages": lambda item, say, lang: _names("languages", item.languages, (), say, lang),
    "consultation": lambda item, say, _: _consultation(item, say),
    "accepting": lambda item, say, _: say(f"card.accepting_{item.accepting}"),
    "clients": lambda item, say, lang: _names("client_types", item.client_types, (), say, lang),
    "licence": lambda item, say, _: _licence(item, say),
    "checked": lambda item, say, _: checked_words(item, say),
}


def _told(reasons: Iterable[Reason]) -> list[Reason]:
    """Leave out "online" where "online, licensed in ..." says it already."""
    found = list(reasons)
    licensed = any(reason.kind is Kind.LICENSED_ONLINE for reason in found)
    return [reason for reason in found if not (licensed and reason.field is Field.FORMAT and reason.kind is Kind.MET)]


def _reason(reason: Reason, content: Content, language: str) -> str:
    """Return one answer of the listing to one wish, in words."""
    wish = wish_words(Wish(reason.field, reason.value, negated=reason.negated), content, language)
    place = value_name(_province(reason) if reason.kind is Kind.LICENSED_ONLINE else Wish(reason.field, reason.value), language)
    kind = "nearby_km" if reason.kind is Kind.NEARBY and reason.km is not None and reason.km >= 1 else reason.kind.value
    figures = {"km": f"{reason.km or 0:.0f}", "fee": f"{reason.fee or 0:g}"}
    return content.text(f"reason.{kind}", language=language, wish=wish, place=place, **figures)


def _province(reason: Reason) -> Wish:
    """Return the province for which a licence counts: the one wished for, or that of the city."""
    place = find_place(str(reason.value)) if reason.field is Field.CITY else None
    return Wish(Field.PROVINCE, place.province if place else reason.value)


def fee(listing: Listing, content: Content, language: str) -> str:
    """Return the fee as a card says it."""
    return _fee_words(listing, partial(content.text, language=language))
