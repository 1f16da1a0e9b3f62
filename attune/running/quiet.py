"""Silence for what is not ours to mend: deprecation warnings of the libraries that Rasa 3.6 pins."""

from __future__ import annotations

import logging


def hush_deprecations() -> None:
    """Send warnings through logging and drop those about deprecation; every other warning is still shown.

    A filter of the `warnings` module is not enough: Rasa and sanic set filters of their own when they are imported.
    """
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").addFilter(_is_worth_telling)


def _is_worth_telling(record: logging.LogRecord) -> bool:
    return "DeprecationWarning" not in record.getMessage()
