"""One HTML page of everything the bot says, for editors and reviewers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from attune.knowledge.checks.wording import MAX_GRADE, known_placeholders
from attune.knowledge.content import FAQ, Content
from attune.knowledge.grade import grade, reading_text
from attune.knowledge.model import DEPTHS, Answer, Said
from attune.knowledge.written import replies
from attune.reply import Reply


@dataclass(frozen=True, slots=True)
class Shown:
    """One reply as a visitor sees it, with what an editor wants to know."""

    title: str
    reply: Reply
    grade: float | None
    words: int


@dataclass(frozen=True, slots=True)
class Section:
    """One entry: all its replies, and its provenance where it is an answer."""

    name: str
    label: str
    where: str
    shown: tuple[Shown, ...]
    answer: Answer | None


def preview_html(content: Content, root: Path) -> str:
    """Return the page; everything is escaped."""
    loader = FileSystemLoader(Path(__file__).parent)
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    values = known_placeholders(root)
    languages = {code: tuple(_sections(content, code, values)) for code in content.languages}
    grades = [grade(reading_text(piece.said)) for part in content.languages.values() for piece in replies(part)]
    page = environment.get_template("preview.html.j2")
    mean = sum(grades) / len(grades)
    return page.render(languages=languages, sources=content.sources, mean=mean, count=len(grades), most=MAX_GRADE)


def _sections(content: Content, code: str, values: Mapping[str, str]) -> Iterator[Section]:
    language = content.language(code)
    for name, response in language.responses.items():
        label = language.labels.get(name.removeprefix("utter_"), "")
        said = response.phrasings
        shown = tuple(
            _shown(f"phrasing {turn + 1}", content.reply(name, language=code, turn=turn, **values), said[turn])  # type: ignore[arg-type]
            for turn in range(len(said))
        )
        yield Section(name, label, response.where, shown, None)
    for name, answer in language.answers.items():
        yield Section(
            FAQ + name,
            language.labels[f"faq/{name}"],
            answer.where,
            tuple(_depths(content, answer, code, values)),
            answer,
        )


def _depths(content: Content, answer: Answer, code: str, values: Mapping[str, str]) -> Iterator[Shown]:
    for turn, said in enumerate((answer.short, *answer.variants)):
        reply = content.reply(FAQ + answer.name, language=code, turn=turn, **values)  # type: ignore[arg-type]
        yield _shown("short" if turn == 0 else f"variant {turn}", reply, said)
    written = answer.said()
    for depth in DEPTHS[1:]:
        if depth == "source" or depth in written:
            reply = content.reply(FAQ + answer.name, language=code, depth=depth, eft_known=True, **values)  # type: ignore[arg-type]
            yield _shown(depth, reply, written.get(depth))


def _shown(title: str, reply: Reply, said: Said | None) -> Shown:
    text = reading_text(said) if said else ""
    return Shown(title, reply, grade(text) if said else None, len(text.split()))
