"""`python -m benchmarks.directory`: the directory at 300, 10,000, 100,000 and 1,000,000 listings, on SQLite and PostgreSQL.

`--sizes 300,10000,100000 --databases sqlite,postgresql --runs 3` choose less or more. Each run has a process and a database of its
own, so that its memory can be told. Writes reports/directory.{json,md,png}, the medians of the runs.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import text

from attune.directory import open_directory
from attune.directory.exporters import export
from attune.directory.importers.detect import Format
from attune.directory.importing import Options, import_file
from attune.directory.sample.generate import many_listings
from benchmarks.report import write_report
from benchmarks.shapes import SHAPES, sql_scan
from tests.support.postgres import cluster, programs

SIZES = (300, 10_000, 100_000, 1_000_000)
FEW = 100_000  # up to here a run takes seconds, and each size has several
TODAY = date(2026, 11, 20)
ROOT = Path(__file__).parents[1]


def main() -> None:
    """Run everything, each part in a child process, and write the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=lambda text: [int(part) for part in text.split(",")], default=SIZES)
    parser.add_argument("--databases", type=lambda text: text.split(","), default=["sqlite", "postgresql"])
    parser.add_argument("--runs", type=int, default=3, help="of each size up to 100,000; larger ones run once")
    parser.add_argument("--part", nargs=4, metavar=("DATABASE", "URL", "CSV", "SIZE"), help="one part, for the child process")
    arguments = parser.parse_args()
    if arguments.part:
        database, url, csv, size = arguments.part
        print(json.dumps(_measure(database, url, Path(csv), int(size))))
        return
    work, results = Path(tempfile.mkdtemp(prefix="attune-bench-")), []
    try:
        for size in arguments.sizes:
            csv = work / f"{size}.csv"
            export(many_listings(size), csv, Format.CSV)
            for database in arguments.databases:
                if parts := list(_parts(database, csv, size, work, arguments.runs if size <= FEW else 1)):
                    results.append(median(parts))
                    write_report(results, ROOT / "reports")
            csv.unlink()
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _parts(database: str, csv: Path, size: int, work: Path, runs: int) -> Iterator[dict[str, Any]]:
    binaries = programs() if database == "postgresql" else None
    if database == "postgresql" and binaries is None:
        print("PostgreSQL is not installed: left out", file=sys.stderr)
        return
    for _ in range(runs):
        with ExitStack() as stack:
            url = f"sqlite:///{work}/{size}.sqlite"
            if binaries:
                url = stack.enter_context(cluster(binaries, "-c shared_buffers=512MB -c max_wal_size=4GB")) + "/postgres"
            command = [sys.executable, "-m", "benchmarks.directory", "--part", database, url, str(csv), str(size)]
            done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
        for path in work.glob(f"{size}.sqlite*"):
            path.unlink()
        result = json.loads(done.stdout.splitlines()[-1])
        print(f"{database} {size:,}: import {result['import_per_second']:,.0f}/s", file=sys.stderr)
        yield {**result, "runs": runs}


def median(parts: list[dict[str, Any]]) -> dict[str, Any]:
    """Return one result with the median of each figure of `parts`, which have the same keys at every depth."""
    first, merged = parts[0], {}
    for key, value in first.items():
        values = [part[key] for part in parts]
        if isinstance(value, dict):
            merged[key] = median(values)
        else:
            merged[key] = value if isinstance(value, str | int) else statistics.median(values)
    return merged


def _measure(database: str, url: str, csv: Path, size: int) -> dict[str, Any]:
    directory = open_directory(url, today=lambda: TODAY)
    wall, cpu = time.perf_counter(), time.process_time()
    import_file(directory.engine, directory.rules, csv, Options(), TODAY)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    directory.close()
    before = _resident()
    directory = open_directory(url, today=lambda: TODAY)
    if database == "postgresql":
        with directory.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))
    started = time.perf_counter()
    SHAPES["no wish"](directory)()
    opened = time.perf_counter() - started
    runs = 200 if size <= FEW else 60
    shapes = {name: _time(make(directory), runs) for name, make in SHAPES.items()}
    with directory.engine.connect() as connection:
        shapes["plain SQL scan, five wishes"] = _time(lambda: sql_scan(connection), max(runs // 10, 5))
        kind = (
            "pg_database_size(current_database())"
            if database == "postgresql"
            else "page_count * page_size FROM pragma_page_count, pragma_page_size"
        )
        bytes_ = connection.execute(text(f"SELECT {kind}")).scalar()
    return {
        "database": database,
        "size": size,
        "import_per_second": size / wall,
        "import_per_cpu_second": size / cpu,
        "first_search_seconds": opened,
        "memory_mb": (_resident() - before) / 1e6,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3,
        "file_mb": bytes_ / 1e6,
        "load": os.getloadavg()[0],
        "shapes": shapes,
    }


def _time(run: Callable[[], object], runs: int) -> dict[str, float]:
    """Return p50 and p95 in milliseconds: of the clock, and of this process's own work (less sensitive to neighbours)."""
    run()
    clock, own = [], []
    for _ in range(runs):
        started, worked = time.perf_counter(), time.process_time()
        run()
        clock.append((time.perf_counter() - started) * 1000)
        own.append((time.process_time() - worked) * 1000)
    return {"p50": statistics.median(clock), "p95": _p95(clock), "cpu_p50": statistics.median(own), "cpu_p95": _p95(own)}


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main()
