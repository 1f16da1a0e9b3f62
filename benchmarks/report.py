"""Writes the directory's measurements as JSON, Markdown and a plot."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.machine import described

_PLOTTED = ("no wish", "five wishes", "all wishes", "relaxing ladder, five wishes", "plain SQL scan, five wishes")
_FIGURES = {
    "import, listings a second": ("import_per_second", ",.0f"),
    "import, listings a second of CPU": ("import_per_cpu_second", ",.0f"),
    "first search of a process, s": ("first_search_seconds", ".2f"),
    "memory of the columns and caches, MB": ("memory_mb", ",.0f"),
    "database, MB": ("file_mb", ",.1f"),
    "runs": ("runs", "d"),
    "load of the machine meanwhile": ("load", ".1f"),
}
#: What must hold on SQLite, in milliseconds (p95 by the clock), by number of listings.
_BOUNDS = {
    10_000: {"five wishes": 3, "relaxing ladder, five wishes": 15},
    100_000: {"five wishes": 20, "relaxing ladder, five wishes": 60},
    1_000_000: {"five wishes": 100, "relaxing ladder, five wishes": 100},
}
_IMPORT = 5_000  # listings a second, at least

Result = Mapping[str, Any]


def write_report(results: list[Result], folder: Path) -> None:
    """Write `results` into `folder` as directory.json, directory.md and directory.png."""
    folder.mkdir(exist_ok=True)
    (folder / "directory.json").write_text(json.dumps(results, indent=1) + "\n")
    (folder / "directory.md").write_text("\n".join(_markdown(results)) + "\n")
    _plot(results, folder / "directory.png")


def _markdown(results: list[Result]) -> Iterator[str]:
    yield "# The directory, measured"
    yield ""
    yield f"Made by `make bench-directory`. {described()}"
    yield "Each figure is the median of the runs, each in a new process with an empty database."
    yield ""
    yield "## What must hold"
    yield "| listings | what | at most or at least | by the clock | own work | holds |"
    yield "| ---: | --- | ---: | ---: | ---: | --- |"
    for result in results:
        yield from _bounds(result)
    yield ""
    yield "## All shapes"
    yield "Milliseconds: p50 / p95 by the clock, and p95 of the process's own work, which neighbours on the machine disturb less."
    yield ""
    yield _row("", (f"{result['database']} {result['size']:,}" for result in results))
    yield "| --- |" + " ---: |" * len(results)
    for name in results[0]["shapes"]:
        yield _row(name, (_cell(result["shapes"][name]) for result in results))
    for name, (key, form) in _FIGURES.items():
        yield _row(name, (format(result[key], form) for result in results))
    yield ""
    yield "![p95 by number of listings](directory.png)"


def _bounds(result: Result) -> Iterator[str]:
    if result["database"] != "sqlite":
        return
    size = f"{result['size']:,}"
    for name, most in _BOUNDS.get(result["size"], {}).items():
        clock, own = (result["shapes"][name][key] for key in ("p95", "cpu_p95"))
        yield _row(size, (name, f"{most} ms p95", f"{clock:.2f} ms", f"{own:.2f} ms", _yes(clock <= most)))
    if result["size"] in _BOUNDS:
        clock, own = result["import_per_second"], result["import_per_cpu_second"]
        yield _row(size, ("import from CSV", f"{_IMPORT:,}/s", f"{clock:,.0f}/s", f"{own:,.0f}/s", _yes(clock >= _IMPORT)))


def _yes(holds: bool) -> str:
    return "yes" if holds else "**no**"


def _cell(times: Mapping[str, float]) -> str:
    return f"{times['p50']:.2f} / {times['p95']:.2f}, own {times['cpu_p95']:.2f}"


def _row(name: str, cells: Any) -> str:
    return f"| {name} | " + " | ".join(cells) + " |"


def _plot(results: list[Result], path: Path) -> None:
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    databases = list(dict.fromkeys(result["database"] for result in results))
    figure, grid = plt.subplots(1, len(databases), figsize=(5.5 * len(databases), 4.5), sharey=True, squeeze=False)
    for axis, database in zip(grid[0], databases, strict=True):
        rows = sorted((result for result in results if result["database"] == database), key=lambda result: result["size"])
        for name in _PLOTTED:
            axis.plot([row["size"] for row in rows], [row["shapes"][name]["p95"] for row in rows], marker="o", label=name)
        axis.set(xscale="log", yscale="log", xlabel="listings", title=database)
        axis.grid(visible=True, which="both", alpha=0.2)
    grid[0][0].set_ylabel("milliseconds, p95 by the clock")
    grid[0][0].legend(fontsize=8)
    figure.tight_layout()
    figure.savefig(path, dpi=120)
    plt.close(figure)
