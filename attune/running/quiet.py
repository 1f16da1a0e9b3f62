"""What our processes keep to themselves: warnings that are not ours to mend, and every word of a visitor."""

from __future__ import annotations

import logging
import resource
import sys
import traceback
from collections.abc import Iterator


def hush_deprecations() -> None:
    """Send warnings through logging and drop those about deprecation; every other warning is still shown.

    A filter of the `warnings` module is not enough: Rasa and sanic set filters of their own when they are imported.
    """
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").addFilter(_is_worth_telling)


def _is_worth_telling(record: logging.LogRecord) -> bool:
    return "DeprecationWarning" not in record.getMessage()


def keep_words_out_of_reports() -> None:
    """Report errors by type and place, without their messages, and leave no core file.

    An error's message may quote a visitor: Rasa logs the answer of a failing action server, which holds the whole conversation.
    Everything in Python that prints an error (logging, structlog, Sanic, threads) asks `traceback` for its words.
    """
    traceback.TracebackException.format_exception_only = _type_alone  # type: ignore[method-assign, assignment]
    sys.excepthook = traceback.print_exception
    logging.getLogger("asyncio").addFilter(_first_line)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _type_alone(error: traceback.TracebackException, *_options: object, **_more: object) -> Iterator[str]:
    kind = error.exc_type.__name__ if error.exc_type else "Error"
    yield f"{kind} (its message is left out: it may quote a visitor)\n"


def _first_line(record: logging.LogRecord) -> bool:
    """Keep what asyncio says and drop what it was about: that is an error as Python writes it, message and all."""
    record.msg, record.args = record.getMessage().partition("\n")[0], None
    return True
