"""From files to values: which file may hold what, and what every entry must say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from attune.knowledge.errors import ContentError, did_you_mean
from attune.knowledge.fields import Fields
from attune.knowledge.files import Document, read
from attune.knowledge.model import (
    Answer,
    Approach,
    ChoiceSpec,
    Figure,
    GlossaryTerm,
    Language,
    Regulator,
    Response,
    Said,
    Source,
    Words,
)

#: Files with a form of their own, read by the package named beside them.
FOREIGN = {"crisis.yml": "attune.safety", "widget.yml": "channels"}
SECTIONS = ("responses", "words", "lists", "labels", "choices", "approaches", "terms")
PROVENANCE = ("kind", "passages", "state", "reviewer", "review_by", "note")
ANSWER_FIELDS = frozenset({"short", "long", "simple", "variants", "example", "next", "menu", "tells_eft_apart", *PROVENANCE})
Entries = dict[str, Any]


def entries(document: Document, section: str, problems: list[str]) -> Iterator[tuple[str, Fields]]:
    """Yield the entries of a section whose values are mappings."""
    data = document.data.get(section) or {}
    above = Fields(document, (section,), data, problems)
    for name, value in above.data.items():
        yield str(name), above.below(str(name), value)


def load_language(folder: Path, root: Path, problems: list[str]) -> Language:
    """Return everything written in the language of `folder`."""
    parts: dict[str, Entries] = {section: {} for section in (*SECTIONS, "answers")}
    for path in sorted(folder.glob("*.yml")):
        if path.name not in FOREIGN:
            _read_sections(read(path, root), parts, problems)
    for path in sorted((folder / "faq").glob("*.yml")):
        document = read(path, root)
        parts["answers"][path.stem] = _answer(path.stem, Fields(document, (), document.data, problems))
    return Language(
        folder.name,
        responses=parts["responses"],
        answers=parts["answers"],
        words=parts["words"] | parts["lists"],
        labels=parts["labels"],
        choices=parts["choices"],
        approaches=load_crosswalk(root, parts["approaches"], problems),
        terms=parts["terms"],
    )


def _read_sections(document: Document, parts: Mapping[str, Entries], problems: list[str]) -> None:
    for section in document.data:
        if section not in SECTIONS:
            where = document.where(section)
            problems.append(f"{where}: `{section}` is not a section{did_you_mean(section, SECTIONS)}")
            continue
        for name, value in READERS[section](document, problems):
            if name in parts[section]:
                problems.append(f"{document.where(section, name)}: `{name}` is written in another file too; keep one")
            parts[section][name] = value


def _responses(document: Document, problems: list[str]) -> Iterator[tuple[str, Response]]:
    for name, phrasings in (document.data.get("responses") or {}).items():
        above = Fields(document, ("responses", name), {}, problems)
        if not isinstance(phrasings, list) or not phrasings:
            above.problem("must be a list of phrasings, each beginning with `- text:`")
            continue
        said = tuple(above.said(index, phrasing) for index, phrasing in enumerate(phrasings))
        # The next steps belong to the response; they stand in its first phrasing, where an editor looks for them.
        first = above.below(0, phrasings[0])
        yield name, Response(name, said, *_next(first), above.where)


def _next(fields: Fields) -> tuple[tuple[str, ...], bool]:
    menu = "menu" in fields.data
    return fields.texts("menu" if menu else "next"), menu


def _words(document: Document, problems: list[str]) -> Iterator[tuple[str, Words]]:
    fields = Fields(document, ("words",), document.data.get("words"), problems)
    for key in fields.data:
        yield key, Words(key, (fields.text(key),), document.where("words", key))


def _lists(document: Document, problems: list[str]) -> Iterator[tuple[str, Words]]:
    fields = Fields(document, ("lists",), document.data.get("lists"), problems)
    for key in fields.data:
        yield key, Words(key, fields.texts(key), document.where("lists", key))


def _labels(document: Document, problems: list[str]) -> Iterator[tuple[str, str]]:
    fields = Fields(document, ("labels",), document.data.get("labels"), problems)
    for intent in fields.data:
        yield intent, fields.text(intent)


def _choices(document: Document, problems: list[str]) -> Iterator[tuple[str, ChoiceSpec]]:
    for name, fields in entries(document, "choices", problems):
        fields.only({"title", "say", "with"})
        values = fields.data.get("with") or {}
        yield name, ChoiceSpec(name, fields.text("title"), fields.text("say"), values, fields.where)


def _approaches(document: Document, problems: list[str]) -> Iterator[tuple[str, Fields]]:
    yield from entries(document, "approaches", problems)


def _terms(document: Document, problems: list[str]) -> Iterator[tuple[str, GlossaryTerm]]:
    for name, fields in entries(document, "terms", problems):
        fields.only({"names", "text", "about"})
        yield name, GlossaryTerm(name, fields.texts("names"), fields.text("text"), fields.text("about"), fields.where)


READERS: Mapping[str, Callable[[Document, list[str]], Iterator[tuple[str, Any]]]] = {
    "responses": _responses,
    "words": _words,
    "lists": _lists,
    "labels": _labels,
    "choices": _choices,
    "approaches": _approaches,
    "terms": _terms,
}


def _answer(name: str, fields: Fields) -> Answer:
    fields.only(ANSWER_FIELDS)
    said = {depth: fields.said(depth, fields.data.get(depth, {})) for depth in ("short", "long", "simple")}
    example = fields.said("example", fields.data["example"]) if "example" in fields.data else None
    kind, (state, reviewer), (steps, menu) = fields.kind(), fields.state(), _next(fields)
    return Answer(
        name,
        said["short"],
        said["long"],
        said["simple"],
        _variants(fields),
        example,
        steps,
        menu,
        fields.passages(kind.value),
        kind,
        state,
        reviewer,
        fields.day("review_by"),
        fields.text("note", ""),
        bool(fields.data.get("tells_eft_apart")),
        f"{fields.document.path}:1",
    )


def _variants(fields: Fields) -> tuple[Said, ...]:
    variants = fields.data.get("variants") or []
    if not isinstance(variants, list):
        fields.problem("must be a list of texts", "variants")
        return ()
    above = Fields(fields.document, ("variants",), {}, fields.problems)
    return tuple(above.said(index, variant) for index, variant in enumerate(variants))


def load_sources(root: Path, problems: list[str]) -> Mapping[str, Source]:
    """Return the sources by id, from sources.yml."""
    return {id_: _source(id_, fields) for id_, fields in entries(_file(root, "sources.yml"), "sources", problems)}


def _source(id_: str, fields: Fields) -> Source:
    fields.only({"authors", "year", "title", "publisher", "url", "text", "cited_by", "note"})
    year = fields.data.get("year")
    texts = {name: fields.text(name, "") for name in ("publisher", "url", "text", "cited_by", "note")}
    return Source(id_, fields.text("authors"), year, fields.text("title"), **texts, where=fields.where)


def load_figures(root: Path, problems: list[str]) -> Mapping[str, Figure]:
    """Return the figures by name, from figures.yml."""
    figures = {}
    for name, fields in entries(_file(root, "figures.yml"), "figures", problems):
        values = {language: str(value) for language, value in (fields.data.get("value") or {}).items()}
        figures[name] = Figure(name, values, fields.text("source"), fields.day("review_by"), fields.where)
    return figures


def load_regulators(root: Path, problems: list[str]) -> Mapping[str, tuple[Regulator, ...]]:
    """Return the regulators by province, from regulators.yml."""
    document = _file(root, "regulators.yml")
    above = Fields(document, (), document.data, problems)
    provinces = above.below("regulators", document.data.get("regulators") or {})
    return {code: tuple(map(_regulator, provinces.each(code))) for code in provinces.data}


def _regulator(fields: Fields) -> Regulator:
    fields.only({"name", "url", "read"})
    return Regulator(fields.text("name"), fields.text("url", ""), fields.where)


def load_crosswalk(root: Path, words: Mapping[str, Fields], problems: list[str]) -> Mapping[str, Approach]:
    """Return the approaches: provenance from crosswalk.yml, words from one language's `approaches` section."""
    approaches = {}
    for code, fields in entries(_file(root, "crosswalk.yml"), "approaches", problems):
        if code not in words:
            fields.problem("has no words; add it to approaches.yml of the language")
            continue
        approaches[code] = _approach(code, fields, words[code])
    return approaches


def _approach(code: str, fields: Fields, words: Fields) -> Approach:
    kind = fields.kind()
    return Approach(
        code,
        words.text("name"),
        words.text("attends_to"),
        words.text("session"),
        words.text("looked_for_by"),
        words.texts("other_names"),
        fields.passages(kind.value),
        kind,
        fields.state()[0],
        fields.day("review_by"),
        words.where,
    )


def _file(root: Path, name: str) -> Document:
    path = root / name
    if not path.is_file():
        raise ContentError(f"{root.name}/{name}: this file is missing")
    return read(path, root)
