"""The linter of the content: each check yields findings, `attune content check` prints them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from attune.knowledge.checks.backing import check_dates, check_passages, check_sources
from attune.knowledge.checks.completeness import check_answers, check_parity, check_phrasings, check_steps
from attune.knowledge.checks.coverage import check_coverage
from attune.knowledge.checks.findings import Finding, Subject
from attune.knowledge.checks.wording import (
    check_copies,
    check_forbidden,
    check_grade,
    check_length,
    check_numbers,
    check_placeholders,
)

__all__ = ["CHECKS", "Finding", "Subject", "run_checks"]

CHECKS: tuple[Callable[[Subject], Iterator[Finding]], ...] = (
    check_grade,
    check_length,
    check_forbidden,
    check_numbers,
    check_placeholders,
    check_copies,
    check_passages,
    check_sources,
    check_dates,
    check_answers,
    check_parity,
    check_steps,
    check_phrasings,
    check_coverage,
)


def run_checks(subject: Subject) -> list[Finding]:
    """Return everything that the checks find, in the order of the files."""
    return sorted({finding for check in CHECKS for finding in check(subject)})
