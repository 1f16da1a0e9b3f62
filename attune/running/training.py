"""Training when something that the model depends on has changed, and not otherwise.

Rasa's own fingerprint decides what is trained again. A digest of its inputs, kept beside the model, saves the ten
seconds that asking Rasa takes: only when the digest differs is Rasa started at all.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from attune.running import StartError

DATA = ("config.yml", "domain.yml", "data/nlu", "data/rules", "data/stories")
CODE = ("pipeline/classifier", "attune/encoder", "requirements/base.txt")
MODEL = "attune.tar.gz"
STAMP = "attune.digest"


def digest(root: Path) -> str:
    """Return the digest of everything that goes into a model: that of the data, a dot, that of the code."""
    return f"{_digest(root, DATA)}.{_digest(root, CODE)}"


def _digest(root: Path, names: Iterable[str]) -> str:
    sha = hashlib.sha256()
    for name in names:
        top = root / name
        inside = sorted(top.rglob("*")) if top.is_dir() else [top]
        for path in inside:
            if path.is_file() and "__pycache__" not in path.parts:
                sha.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes() + b"\0")
    return sha.hexdigest()


def is_current(root: Path, models: Path) -> bool:
    """Return whether `models` holds a model made from the inputs as they are now."""
    stamp = models / STAMP
    return (models / MODEL).exists() and stamp.exists() and stamp.read_text().strip() == digest(root)


def train(root: Path, models: Path) -> Path:
    """Train through Rasa and return the model's path.

    Raises:
        StartError: When training fails, with the last lines that Rasa said.
    """
    models.mkdir(exist_ok=True)
    made_from, stamp = digest(root), models / STAMP
    before = stamp.read_text() if stamp.exists() else ""
    command = [sys.executable, "-W", "ignore", "-m", "pipeline.lean", "train", "--out", str(models), "--quiet"]
    command += ["--fixed-model-name", MODEL.removesuffix(".tar.gz")]
    if before.rpartition(".")[2].strip() != made_from.rpartition(".")[2]:
        command.append("--force")  # Rasa's fingerprint sees a component's class, not the modules that it uses
    result = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if result.returncode or not (models / MODEL).exists():
        said = [line for line in (result.stdout + result.stderr).splitlines() if line.strip()]
        raise StartError("training failed:\n" + "\n".join(said[-15:]))
    stamp.write_text(made_from)
    return models / MODEL
