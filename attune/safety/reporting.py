"""The evaluation as Markdown and as a plot."""

from __future__ import annotations

from pathlib import Path

from attune.safety.evaluation import Judged, Report, curve, errors


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
