"""Measure understanding: ``python -m pipeline.evaluate [--data path.tsv | --queries path.yml]`` (`make evaluate`).

Without `--data` and `--queries`: cross-validation on the training data, then the frozen test set (tests/frozen). With `--data`: the
lines of that file, `label<TAB>text`. Labels that are no intents of ours count as out of scope. With `--queries`: the
whole queries of that file, as figures only, so that a half that is kept back stays unseen.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.classifier.decision import Thresholds
from pipeline.classifier.model import OUT_OF_SCOPE, IntentModel, Settings
from pipeline.evaluation.config import configured
from pipeline.evaluation.lines import FROZEN, Line, file_digest, read_lines, read_queries
from pipeline.evaluation.measure import cross_validation, outcomes, query_scores
from pipeline.evaluation.metrics import summary
from pipeline.evaluation.report import Report
from pipeline.training_data import digest, examples


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, help="measure this file instead of the frozen test set")
    parser.add_argument("--folds", type=int, default=5, help="of the cross-validation; 0 leaves it out")
    parser.add_argument("--queries", type=Path, help="count how many whole queries of this file are understood, in halves")
    arguments = parser.parse_args()
    if arguments.queries is not None:
        _count(arguments.queries)
        return
    lines = examples()
    settings, thresholds = configured()
    report = Report("understanding" if arguments.data is None else f"understanding-{arguments.data.stem}")
    model = IntentModel.learn([line.text for line in lines], [line.intent for line in lines], settings)
    if arguments.data is None:
        if arguments.folds:
            _cross_validate(report, settings, thresholds, arguments.folds)
        _measure(report, model, thresholds, FROZEN / "intents.tsv", "Frozen test set")
        _queries(report, FROZEN / "queries.yml")
    else:
        _measure(report, model, thresholds, arguments.data, f"Lines of {arguments.data}")
    print(report.write({"training data": f"{len(lines)} lines, digest {digest(lines)}"}))  # noqa: T201


def _count(path: Path) -> None:
    queries = read_queries(path)
    for half, start in (("worked on", 0), ("only counted", 1)):
        figures, _ = query_scores(queries[start::2])
        print(half, {name: round(value, 3) for name, value in figures.items()})  # noqa: T201


def _cross_validate(report: Report, settings: Settings, thresholds: Thresholds, folds: int) -> None:
    lines = [Line(line.intent, line.text) for line in examples()]
    report.heading(
        f"Cross-validation, {folds} folds",
        "On the training data, with the published encoder: the tuned one has seen these lines. What tuning adds is "
        "measured apart (docs/understanding.md).",
    )
    found = cross_validation(lines, settings, thresholds, folds)
    report.outcomes(found, "cross-validation")
    print({name: round(value, 3) for name, value in summary(found).items()})  # noqa: T201


def _measure(report: Report, model: IntentModel, thresholds: Thresholds, path: Path, title: str) -> None:
    if not path.exists():
        report.heading(title, f"{path} is not there.")
        return
    lines = [Line(line.label if line.label in model.labels else OUT_OF_SCOPE, line.text) for line in read_lines(path)]
    report.heading(title, f"`{path.name}`, digest {file_digest(path)}; how it was written stands beside it.")
    found = outcomes(model, lines, thresholds)
    report.outcomes(found, path.stem)
    wrong = [(o.label, o.first, f"{o.confidence:.2f}", o.kind, o.text.replace("|", "/")) for o in found if not o.right]
    report.table(("is", "read as", "confidence", "done", "line"), wrong)
    print({name: round(value, 3) for name, value in summary(found).items()})  # noqa: T201


def _queries(report: Report, path: Path) -> None:
    if not path.exists():
        return
    figures, wrong = query_scores(read_queries(path))
    report.heading("Whole queries", f"`{path.name}`, digest {file_digest(path)}: every wish, value and weight of a message.")
    report.figures(figures)
    rows = [(query.text.replace("|", "/"), _listed(query.wishes - found), _listed(found - query.wishes)) for query, found in wrong]
    report.table(("query", "missing", "too much"), rows)
    print({name: round(value, 3) for name, value in figures.items()})  # noqa: T201


def _listed(wishes: frozenset[tuple[str, str, str]]) -> str:
    return ", ".join(" ".join(part for part in wish if part) for wish in sorted(wishes))


if __name__ == "__main__":
    main()
