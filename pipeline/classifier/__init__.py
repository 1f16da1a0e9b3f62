"""One classifier for every intent, the retrieval intents included.

`ngrams` and `linear` are the two views of a message, `model` fuses and calibrates them, `decision` says what a
confidence is worth, `component` speaks Rasa. The evaluation needs everything but Rasa, so that is imported last.
"""

from typing import Any


def __getattr__(name: str) -> Any:
    """Import the component when config.yml names it: `pipeline.classifier.AttuneClassifier`."""
    if name != "AttuneClassifier":
        raise AttributeError(name)
    from pipeline.classifier.component import AttuneClassifier

    return AttuneClassifier
