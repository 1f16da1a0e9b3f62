"""Taking it along: how to reach a therapist, the contact plan, a first message, a summary to keep."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from attune.directory import Listing
from attune.guidance.cards import detail_card, fee
from attune.guidance.echo import summary, value_name
from attune.knowledge import Content
from attune.model.wishes import Field, Query
from attune.reply import Choices, Part, Reply, Text
from attune.site import Site

#: Which sentence of the first message tells which wish; concerns, fees and the like wait for the talk.
SENTENCES = {
    Field.APPROACH: ("handover.message.approach", "approach"),
    Field.FORMAT: ("handover.message.format", "format"),
    Field.CITY: ("handover.message.place", "place"),
    Field.LANGUAGE: ("handover.message.language", "language"),
    Field.CLIENT_TYPE: ("handover.message.for_whom", "for_whom"),
}


def contact_reply(listing: Listing, content: Content, language: str) -> Reply:
    """Return the ways to reach one therapist, then the plan: write to several."""
    say = partial(content.text, language=language)
    card = detail_card(listing, content, language)
    lead = "handover.book.lead" if card.links else "handover.book.none"
    plan = Text(say("handover.contact.lead"), content.items("handover.contact.items", language=language))
    return Reply((Text(say(lead, name=listing.name), links=card.links), plan, _steps(content, language)))


def plan_reply(content: Content, language: str) -> Reply:
    """Return the contact plan without a certain therapist."""
    plan = Text(
        content.text("handover.contact.lead", language=language), content.items("handover.contact.items", language=language)
    )
    return Reply((plan, _choices(content, language, "find_therapist", "draft_message", "questions_to_ask")))


def message_reply(listing: Listing | None, query: Query, site: Site, content: Content, language: str) -> Reply:
    """Return a first message to copy: short, without any diagnosis, from the wishes alone."""
    say = partial(content.text, language=language)
    lines = [say("handover.message.hello", name=listing.name)] if listing else []
    lines.append(say("handover.message.plain", site_name=site.name))
    for field, (key, placeholder) in SENTENCES.items():
        wish = query.first(field)
        if wish and not wish.negated:
            lines.append(say(key, **{placeholder: value_name(wish, language)}))
    body = " ".join((*lines[1 if listing else 0 :], say("handover.message.question")))
    letter = "\n\n".join((*lines[: 1 if listing else 0], body, say("handover.message.close")))
    parts: list[Part] = [
        Text(say("handover.message.lead")),
        Text(letter, title=say("handover.message.title"), copyable=True),
        Text("\n\n".join((say("handover.message.note"), say("handover.contact.lead"), say("handover.contact.wait")))),
    ]
    return Reply((*parts, _choices(content, language, "questions_to_ask", "keep_summary")))


def summary_reply(listings: Sequence[Listing], query: Query, content: Content, language: str) -> Reply:
    """Return what was looked for and found, as text that belongs to the visitor and is sent nowhere."""
    say = partial(content.text, language=language)
    if not listings:
        return Reply((Text(say("handover.summary.empty")), _choices(content, language, "find_therapist", "help_me_choose")))
    wishes = [say("handover.summary.wishes", wishes=summary(query, content, language))] if query else []
    items = tuple(_line(listing, content, language) for listing in listings)
    ask = content.items("handover.consultation.items", language=language)
    page = Text("\n\n".join(wishes), items, title=say("handover.summary.title"), copyable=True)
    checklist = Text("", ask, title=say("handover.consultation.title"), copyable=True)
    return Reply((Text(say("handover.summary.lead")), page, checklist, _choices(content, language, "draft_message", "goodbye")))


def _line(listing: Listing, content: Content, language: str) -> str:
    where = next(fact.value for fact in detail_card(listing, content, language).facts)
    return " · ".join(filter(None, (listing.name, where, fee(listing, content, language), listing.profile_url)))


def _steps(content: Content, language: str) -> Choices:
    return _choices(content, language, "draft_message", "free_consultation", "keep_summary")


def _choices(content: Content, language: str, *ids: str) -> Choices:
    return Choices(tuple(content.choice(id_, language) for id_ in ids))
