"""Writes the directory's measurements as JSON, Markdown and a plot."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

_PLOTTED = ("no wish", "five wishes", "all wishes", "relaxing ladder, five wishes", "plain SQL scan, five wishes")


def write_report(results: list[dict[str, Any]], folder: Path) -> None:
    """Write `results` into `folder` as directory.json, directory.md and directory.png."""
    folder.mkdir(exist_ok=True)
    (folder / "directory.json").write_text(json.dumps(results, indent=1) + "\n")
    (folder / "directory.md").write_text(_markdown(results))
    _plot(results, folder / "directory.png")


def _markdown(results: list[dict[str, Any]]) -> str:
    heads = [f"{item['database']} {item['size']:,}" for item in results]
    lines = [
        "# The directory, measured",
        "",
        "Made by `make bench-directory`. Milliseconds: p50 / p95 by the clock, and p95 of the process's own work,",
        "",
    ]
    lines[2] += " which neighbours on the machine disturb less. ![growth](directory.png)"
    lines += ["| | " + " | ".join(heads) + " |", "| --- |" + " ---: |" * len(heads)]
    for name in results[0]["shapes"]:
        lines.append(_row(name, (_cell(item["shapes"][name]) for item in results)))
    figures = {
        "import, listings a second": ("import_per_second", ",.0f"),
        "import, listings a second of CPU": ("import_per_cpu_second", ",.0f"),
        "first search of a process, s": ("first_search_seconds", ".2f"),
        "memory of the columns and caches, MB": ("memory_mb", ",.0f"),
        "database, MB": ("file_mb", ",.1f"),
        "load of the machine meanwhile": ("load", ".1f"),
    }
    lines += [_row(name, (format(item[key], form) for item in results)) for name, (key, form) in figures.items()]
    return "\n".join(lines) + "\n"


def _cell(times: dict[str, float]) -> str:
    return f"{times['p50']:.2f} / {times['p95']:.2f}, own {times['cpu_p95']:.2f}"


def _row(name: str, cells: Any) -> str:
    return f"| {name} | " + " | ".join(cells) + " |"


def _plot(results: list[dict[str, Any]], path: Path) -> None:
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(1, 2, figsize=(11, 4.5), sharey=True)
    for axis, database in zip(axes, ("sqlite", "postgresql"), strict=True):
        rows = sorted((item for item in results if item["database"] == database), key=lambda item: item["size"])
        for name in _PLOTTED:
            axis.plot([row["size"] for row in rows], [row["shapes"][name]["p95"] for row in rows], marker="o", label=name)
        axis.set(xscale="log", yscale="log", xlabel="listings", title=database)
        axis.grid(visible=True, which="both", alpha=0.2)
    axes[0].set_ylabel("milliseconds, p95")
    axes[0].legend(fontsize=8)
    figure.tight_layout()
    figure.savefig(path, dpi=120)
    plt.close(figure)
