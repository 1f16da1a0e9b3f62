"""The evaluation as Markdown and as a plot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from attune.safety.dialogues import TurnResult
from attune.safety.evaluation import Judged, Report, clopper_pearson, curve, errors

SLOW_MS = 50


def markdown(report: Report) -> str:
    """Return the report as Markdown: tables with exact limits, then every error."""
    lines = [
        f"# {report.title}",
        "",
        f"Detection: median {report.median_ms:.2f} ms, slowest {report.slowest_ms:.1f} ms a message.",
        "",
    ]
    for table in ("crisis", "kind", "kind and tier", "register", "ordinary"):
        rows = {row: cell for (name, row), cell in report.cells.items() if name == table}
        if not rows:
            continue
        lines += [f"## {table.capitalize()}", "", "| row | lines | right | share | 95 % limits | same kind | check-ins |"]
        lines += ["| --- | ---: | ---: | ---: | ---: | ---: | ---: |"]
        for row, cell in sorted(rows.items()):
            low, high = cell.limits()
            share = f"{cell.right / cell.lines:.2%} | {low:.2%} to {high:.2%}"
            lines.append(f"| {row} | {cell.lines} | {cell.right} | {share} | {cell.same_kind} | {cell.check_ins} |")
        lines.append("")
    misses, alarms, other = errors(report)
    for title, found in (("Misses", misses), ("False alarms", alarms), ("Answered as another kind", other)):
        lines += [f"## {title}: {len(found)}", "", *map(_line, found), ""]
    return "\n".join(lines)


def _line(one: Judged) -> str:
    families = ", ".join(one.verdict.families) or "no family"
    return (
        f"- `{one.example.kind}` tier {one.example.tier}, {one.example.family}: {one.example.text} "
        f"({one.verdict.level}, {one.verdict.kind}, {families}, {one.verdict.score:.2f})"
    )


def dialogues_markdown(title: str, measured: Mapping[str, Sequence[TurnResult]]) -> str:
    """Return the part about dialogues: one row for each way of holding them, then every turn that was not answered rightly."""
    heads = ("held with", "crisis turns", "crisis reply first", "check-in", "missed", "95 % limits", "turns before", "alarms")
    lines = [f"## Dialogues: {title}", "", f"| {' | '.join(heads)} |", "| --- |" + " ---: |" * (len(heads) - 1)]
    lines += [_dialogue_row(way, results) for way, results in measured.items()]
    for way, results in measured.items():
        wrong = [one for one in results if not one.right or one.only_check_in]
        lines += ["", f"### {way}: {sum(not one.right for one in wrong)} turns answered wrongly, {len(wrong)} listed", ""]
        lines += [
            f"- {one.dialogue.name}, turn {one.position}: {one.dialogue.turns[one.position]!r} got {one.heard}"
            + (f", expected a crisis reply {one.wanted}" if one.wanted else ", and there is no crisis yet")
            for one in wrong
        ]
    return "\n".join((*lines, ""))


def _dialogue_row(way: str, results: Sequence[TurnResult]) -> str:
    due = [one for one in results if one.wanted]
    counts = Counter("reply" if one.crisis_reply else "check-in" if one.only_check_in else "missed" for one in due)
    low, high = clopper_pearson(len(due) - counts["missed"], len(due))
    before = [one for one in results if not one.wanted]
    return (
        f"| {way} | {len(due)} | {counts['reply']} | {counts['check-in']} | {counts['missed']} | {low:.1%} to {high:.1%} "
        f"| {len(before)} | {sum(not one.right for one in before)} |"
    )


def speed_markdown(slowest: Sequence[float]) -> str:
    """Return the part about adversarial texts."""
    over = sum(time > SLOW_MS for time in slowest)
    return (
        f"## Adversarial texts\n\n{len(slowest)} texts made to be slow: slowest {slowest[0]:.1f} ms, median "
        f"{slowest[len(slowest) // 2]:.1f} ms of CPU time, {over} over {SLOW_MS} ms.\n"
    )


def plot(report: Report, path: Path) -> bool:
    """Draw recall against false alarms; False where matplotlib or one of the two classes is missing."""
    points = curve(report.judged)
    try:
        import matplotlib as mpl

        mpl.use("Agg")
        from matplotlib import pyplot
    except ImportError:
        return False
    if not points:
        return False
    figure, axes = pyplot.subplots(figsize=(6, 4))
    axes.step([x for x, _ in points], [y for _, y in points], where="post")
    axes.set_xscale("symlog", linthresh=0.002)
    axes.set_xlabel("share of ordinary lines answered as a crisis")
    axes.set_ylabel("recall")
    axes.set_title(report.title)
    axes.grid(visible=True, alpha=0.3)
    figure.tight_layout()
    figure.savefig(path, dpi=120)
    pyplot.close(figure)
    return True
