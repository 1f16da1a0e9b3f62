"""Run lines through the understanding and note what came out."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from sklearn.model_selection import StratifiedKFold

from attune.encoder.runtime import encoder
from attune.text import parse
from pipeline.classifier.decision import Thresholds
from pipeline.classifier.interpret import Interpretation, interpret
from pipeline.classifier.model import IntentModel, Settings
from pipeline.evaluation.lines import Line, QueryLine, canonical
from pipeline.evaluation.metrics import Outcome

#: What fits the published encoder, whose vectors part the intents less than the tuned one's.
PUBLISHED = {"meaning_strength": 10.0, "meaning_weight": 0.5, "temperature": 0.8}


def outcomes(model: IntentModel, lines: Sequence[Line], thresholds: Thresholds) -> list[Outcome]:
    """Return what the bot makes of each line, with the time that it took."""
    found = []
    for line in lines:
        started = time.perf_counter()
        meaning = interpret(model, line.text, parse(line.text), thresholds)
        found.append(_outcome(line, meaning, (time.perf_counter() - started) * 1000))
    return found


def cross_validation(lines: Sequence[Line], settings: Settings, thresholds: Thresholds, folds: int) -> list[Outcome]:
    """Return the outcome of every line under a model that was trained without it.

    The published encoder is used: the tuned one has seen every line of the training data.
    """
    fitting = replace(settings, **PUBLISHED)
    vectors = encoder(settings.threads, published=True).embed_all(line.text for line in lines)
    names = np.array([line.label for line in lines])
    found: list[Outcome] = []
    splits = StratifiedKFold(folds, shuffle=True, random_state=settings.random_seed).split(vectors, names)
    for train, test in splits:
        texts = [lines[at].text for at in train]
        model = IntentModel.fit(texts, names[train].tolist(), fitting, vectors[train])
        for at in test:
            meaning = interpret(model, lines[at].text, parse(lines[at].text), thresholds, vectors[at])
            found.append(_outcome(lines[at], meaning, 0.0))
    return found


def _outcome(line: Line, meaning: Interpretation, milliseconds: float) -> Outcome:
    first = meaning.readings[0]
    second = meaning.readings[1].name if len(meaning.readings) > 1 else ""
    return Outcome(line.label, line.text, first.name, second, first.confidence, meaning.kind, milliseconds)


def wishes_of(text: str) -> frozenset[tuple[str, str, str]]:
    """Return what is understood of a query, as `QueryLine.wishes` has it."""
    return frozenset((mention.entity, canonical(mention.value), mention.role or "") for mention in parse(text))


def query_scores(queries: Sequence[QueryLine]) -> tuple[dict[str, float], list[tuple[QueryLine, frozenset[tuple[str, str, str]]]]]:
    """Return the figures of whole queries, and those that were understood differently."""
    found = [(query, wishes_of(query.text)) for query in queries]
    right = sum(len(query.wishes & wishes) for query, wishes in found)
    expected, said = sum(len(query.wishes) for query, _ in found), sum(len(wishes) for _, wishes in found)
    without_role = [{wish[:2] for wish in query.wishes} == {wish[:2] for wish in wishes} for query, wishes in found]
    figures = {
        "queries": len(queries),
        "whole query exact": sum(query.wishes == wishes for query, wishes in found) / (len(queries) or 1),
        "exact but for must, nice and not": sum(without_role) / (len(queries) or 1),
        "entity precision": right / (said or 1),
        "entity recall": right / (expected or 1),
    }
    return figures, [(query, wishes) for query, wishes in found if query.wishes != wishes]
