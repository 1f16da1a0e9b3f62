"""What a measurement was made with: the commit, the machine, the day."""

from __future__ import annotations

import os
import platform
import subprocess
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[1]


def described() -> str:
    """Return a sentence that names the commit (and whether the tree differs from it), the processor and the day."""
    commit = _git("rev-parse", "--short", "HEAD") or "unknown"
    changed = " with changes that are not committed" if _git("status", "--porcelain") else ""
    cores, system = os.cpu_count(), f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    return f"Commit {commit}{changed}; {_processor()}, {cores} cores; {system}; {date.today()}."


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], capture_output=True, text=True, cwd=ROOT, check=False)
    return done.stdout.strip()


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:  # not Linux
        return platform.processor() or platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())
