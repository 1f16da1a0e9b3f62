"""One classifier for every intent, the retrieval intents included.

`ngrams` and `linear` are the two views of a message, `model` fuses and calibrates them, `decision` says what a
confidence is worth, `component` speaks Rasa.
"""

from pipeline.classifier.component import AttuneClassifier

__all__ = ["AttuneClassifier"]
