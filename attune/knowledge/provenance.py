"""Where an answer comes from: source and kind in plain words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from attune.knowledge.model import Answer, Source
from attune.reply import Link, Part, Text

if TYPE_CHECKING:
    from attune.knowledge.content import Content


def source_text(content: Content, answer: Answer, language: str) -> Text:
    """Return one bubble: what kind of statement this is, its references, the review state, and links to read."""
    sources = answer_sources(content, answer)
    kind = content.text(f"source.kind.{answer.kind.value.replace(' ', '_')}", language=language)
    key = "source.reviewed" if answer.state == "reviewed" else "source.draft"
    review = content.text(key, language=language, reviewer=answer.reviewer or "")
    lead = content.text("source.from" if sources else "source.none", language=language)
    text = " ".join(part for part in (kind, answer.note, review) if part) + f"\n\n{lead}"
    links = tuple(Link(source.title, source.url, "source") for source in sources if source.url.startswith("https://"))
    return Text(text, tuple(source.reference() for source in sources), links)


def with_source_link(content: Content, answer: Answer, parts: tuple[Part, ...], language: str) -> tuple[Part, ...]:
    """Return the parts of an answer with a link to its first source below the last bubble; a channel may leave it out."""
    source = next((source for source in answer_sources(content, answer) if source.url.startswith("https://")), None)
    *first, last = parts
    if source is None or not isinstance(last, Text):
        return parts
    link = Link(content.text("source.link", language=language, what=source.title), source.url, "source")
    return (*first, replace(last, links=(*last.links, link)))


def answer_sources(content: Content, answer: Answer) -> tuple[Source, ...]:
    """Return the sources of an answer once each, in the order of its passages."""
    return tuple(content.sources[id_] for id_ in dict.fromkeys(passage.source for passage in answer.passages))
