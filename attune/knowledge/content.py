"""The content as one object: the only door through which a sentence reaches a visitor."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from attune.knowledge.errors import ContentError, did_you_mean
from attune.knowledge.evidence import words
from attune.knowledge.filling import FIGURE, Filler
from attune.knowledge.loading import load_figures, load_language, load_regulators, load_sources
from attune.knowledge.model import DEPTHS, Answer, Approach, Figure, Language, Regulator, Said, Source, Words
from attune.knowledge.provenance import source_text, with_source_link
from attune.knowledge.references import check_references
from attune.reply import Choice, Choices, Part, Reply, Text

CONTENT = Path(__file__).parents[2] / "content"
FAQ = "utter_faq/"
#: Next steps into the same answer; they are set by depth, not by the editor.
DEEPER = ("tell_more", "where_from", "simpler", "give_example")
NAMES_EFT = re.compile(r"\bEFT\b")


def load_content(root: Path = CONTENT) -> Content:
    """Return the checked content of the folder `root` (the one that holds sources.yml and `en/`).

    Raises:
        ContentError: When an entry cannot be used; the message names file, line, entry and fix for up to twenty.
    """
    if not root.is_dir():
        raise ContentError(f"{root}: there is no such folder")
    problems: list[str] = []
    sources, figures = load_sources(root, problems), load_figures(root, problems)
    folders = sorted(path for path in root.iterdir() if path.is_dir() and (path / "faq").is_dir())
    languages = {folder.name: load_language(folder, root, problems) for folder in folders}
    content = Content(sources, figures, load_regulators(root, problems), languages)
    problems += check_references(content)
    if problems:
        raise ContentError(problems)
    return content


@dataclass(frozen=True)
class Content:
    """What the bot can say, in every language."""

    sources: Mapping[str, Source]
    figures: Mapping[str, Figure]
    regulators: Mapping[str, tuple[Regulator, ...]]
    languages: Mapping[str, Language]

    def language(self, code: str) -> Language:
        """Return what is written in a language.

        Raises:
            ContentError: When nothing is.
        """
        if code not in self.languages:
            raise ContentError(f"content/{code}: there is no such language; there are {', '.join(self.languages)}")
        return self.languages[code]

    def names(self, language: str = "en") -> tuple[str, ...]:
        """Return the name of every response, `utter_faq/...` included."""
        part = self.language(language)
        return (*part.responses, *(FAQ + name for name in part.answers))

    def has(self, name: str, language: str = "en") -> bool:
        """Return whether there is a response called `name`."""
        part = self.language(language)
        return name in part.responses or (name.startswith(FAQ) and name.removeprefix(FAQ) in part.answers)

    def reply(
        self,
        name: str,
        *,
        language: str = "en",
        turn: int = 0,
        depth: str = "short",
        eft_known: bool = False,
        **values: object,
    ) -> Reply:
        """Return what is said for the response `name`.

        Args:
            name: `utter_greet`, `utter_faq/who_benefits` ...
            language: The folder to take it from.
            turn: How often this name was said before in this conversation; picks the phrasing.
            depth: short, long, simple, example or source; plain responses have only the first.
            eft_known: True when the three meanings of "EFT" were told apart before in this conversation.
            values: Fill the placeholders.

        Raises:
            ContentError: When there is no such response or depth, or a placeholder has no value.
        """
        self._know(name, depth, language)
        if name.startswith(FAQ):
            return self._answer(self.faq(name.removeprefix(FAQ), language), language, turn, depth, eft_known, values)
        response = self.language(language).responses[name]
        said = response.phrasings[turn % len(response.phrasings)]
        parts = self._fill(name, said, language, values)
        return Reply((*parts, *self._choices(response.next, language)))

    def text(self, key: str, *, language: str = "en", **values: object) -> str:
        """Return the text `key` of a `words:` section, filled."""
        entry = self._words(key, language)
        return Filler(key, entry.where, self._values(language, values))(entry.texts[0])

    def items(self, key: str, *, language: str = "en", **values: object) -> tuple[str, ...]:
        """Return the list `key` of a `lists:` section, filled."""
        entry = self._words(key, language)
        return tuple(map(Filler(key, entry.where, self._values(language, values)), entry.texts))

    def label(self, intent: str, language: str = "en") -> str:
        """Return what an intent means, in plain words for a button."""
        labels = self.language(language).labels
        if intent not in labels:
            raise ContentError(f"content/{language}/intents.yml: `{intent}` has no label{did_you_mean(intent, labels)}")
        return labels[intent]

    def choice(self, id_: str, language: str = "en", **entities: object) -> Choice:
        """Return a next step by its id: one of choices.yml, an intent, or the name of an answer.

        Args:
            id_: `find_somatic`, `request_human`, `who_benefits` ...
            language: The language of its title.
            entities: Set beside those that choices.yml names.
        """
        part = self.language(language)
        if spec := part.choices.get(id_):
            return Choice(spec.title, _payload(spec.say, {**spec.entities, **entities}))
        intent = f"faq/{id_}" if id_ in part.answers else id_
        return Choice(self.label(intent, language), _payload(intent, entities))

    def clarify(self, intents: Sequence[str], *, language: str = "en", turn: int = 0) -> Reply:
        """Return "did you mean" with a button for each close reading and one for neither."""
        reply = self.reply("utter_clarify", language=language, turn=turn)
        readings = tuple(Choice(self.label(intent, language), _payload(intent, {})) for intent in intents)
        parts = tuple(part for part in reply.parts if not isinstance(part, Choices))
        return Reply((*parts, Choices((*readings, self.choice("neither", language)))))

    def explain(self, text: str, *, language: str = "en") -> Reply | None:
        """Return what a word of the glossary means, for "what do you mean by ...?"; None when `text` holds none.

        The longest name wins: "attachment style" before "attachment".
        """
        asked = f" {' '.join(words(text))} "
        terms = self.language(language).terms.values()
        found = [(len(name), term) for term in terms for name in term.names if f" {' '.join(words(name))} " in asked]
        if not found:
            return None
        term = max(found, key=lambda pair: pair[0])[1]
        return Reply((Text(term.text), *self._choices((term.about, "menu"), language)))

    def faq(self, name: str, language: str = "en") -> Answer:
        """Return the answer to `faq/<name>` with its provenance."""
        answers = self.language(language).answers
        name = name.removeprefix("faq/")
        if name not in answers:
            raise ContentError(f"content/{language}/faq/{name}.yml: there is no such answer{did_you_mean(name, answers)}")
        return answers[name]

    @property
    def crosswalk(self) -> Mapping[str, Approach]:
        """The approaches by code, in English."""
        return self.language("en").approaches

    def compare(self, codes: Sequence[str], *, language: str = "en", eft_known: bool = False) -> Reply:
        """Return two or three approaches side by side: what each attends to, a session, who often looks for it."""
        approaches = self.language(language).approaches
        if unknown := [code for code in codes if code not in approaches]:
            raise ContentError(f"`{unknown[0]}` is not an approach{did_you_mean(unknown[0], approaches)}")
        chosen = [approaches[code] for code in dict.fromkeys(codes)]
        bubbles = tuple(self._approach(approach, language) for approach in chosen)
        known = eft_known or "eft" not in codes
        note = () if known else (Text(self.text("eft.note", language=language)),)
        steps = self._choices(tuple(f"find_{approach.code}" for approach in chosen[:3]), language)
        return Reply((Text(self.text("compare.lead", language=language)), *bubbles, *note, *steps))

    def mentions_eft(self, reply: Reply) -> bool:
        """Return whether a reply names EFT, so that the caller can remember that it was told apart."""
        texts = (part for part in reply.parts if isinstance(part, Text))
        return any(NAMES_EFT.search(" ".join((part.text, part.title, *part.items))) for part in texts)

    def _approach(self, approach: Approach, language: str) -> Text:
        lines = ("compare.attends_to", "compare.session", "compare.looked_for_by")
        values = (approach.attends_to, approach.session, approach.looked_for_by)
        items = tuple(self.text(line, language=language, what=value) for line, value in zip(lines, values, strict=True))
        return Text(approach.name[0].upper() + approach.name[1:], items)

    def _answer(self, answer: Answer, language: str, turn: int, depth: str, eft_known: bool, values: Mapping[str, object]) -> Reply:
        name = FAQ + answer.name
        if depth == "source":
            parts: tuple[Part, ...] = (source_text(self, answer, language),)
        else:
            parts = self._fill(name, self._said(answer, turn, depth, language), language, values)
        if depth == "short" and turn == 0:
            parts = with_source_link(self, answer, parts, language)
        reply = Reply(parts)
        if self.mentions_eft(reply) and not (eft_known or answer.tells_eft_apart):
            reply += Reply((Text(self.text("eft.note", language=language)),))
        return reply + Reply(self._choices(self._steps(answer, depth), language))

    def _said(self, answer: Answer, turn: int, depth: str, language: str) -> Said:
        if depth == "example":
            return answer.example or Said(self.text("faq.no_example", language=language), where=answer.where)
        if depth == "short" and answer.variants:
            phrasings = (answer.short, *answer.variants)
            return phrasings[turn % len(phrasings)]
        return {"short": answer.short, "long": answer.long, "simple": answer.simple}[depth]

    def _steps(self, answer: Answer, depth: str) -> tuple[str, ...]:
        onward = tuple(step for step in answer.next if step not in DEEPER)
        first = {
            "short": answer.next,
            "long": ("where_from", *(("give_example",) if answer.example else ("simpler",)), *onward),
            "simple": ("tell_more", *onward),
            "example": ("tell_more", *onward),
            "source": ("tell_more", *onward),
        }[depth]
        return first if answer.menu and depth == "short" else first[:3]

    def _choices(self, ids: Iterable[str], language: str) -> tuple[Choices, ...]:
        choices = tuple(self.choice(id_, language) for id_ in ids)
        return (Choices(choices),) if choices else ()

    def _fill(self, name: str, said: Said, language: str, values: Mapping[str, object]) -> tuple[Part, ...]:
        return Filler(name, said.where, self._values(language, values)).parts(said)

    def _values(self, language: str, values: Mapping[str, object]) -> Mapping[str, object]:
        figures = {FIGURE + name: figure.values.get(language, "") for name, figure in self.figures.items()}
        return {**figures, **values}

    def _words(self, key: str, language: str) -> Words:
        known = self.language(language).words
        if key not in known:
            raise ContentError(f"content/{language}: no `words:` or `lists:` hold `{key}`{did_you_mean(key, known)}")
        return known[key]

    def _know(self, name: str, depth: str, language: str) -> None:
        if depth not in DEPTHS:
            raise ContentError(f"`{depth}` is not a depth; there are {', '.join(DEPTHS)}")
        if not self.has(name, language):
            raise ContentError(f"content/{language}: there is no response `{name}`{did_you_mean(name, self.names(language))}")


def _payload(intent: str, entities: Mapping[str, object]) -> str:
    return f"/{intent}" + (json.dumps(entities, ensure_ascii=False) if entities else "")
