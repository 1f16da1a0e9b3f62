"""The encoder's model file: the tuned one that comes with the project, or the published one, prepared here.

The tuned model (attune/encoder/artefacts/, checked by digest) needs nothing else. The published one is written as an ONNX
graph, quantized and kept under models/encoder/: it is for those who change the data so much that the tuned one no longer
fits, and for an evaluation that must not have seen the data. ``python -m attune.encoder.prepare`` prepares it.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from attune.encoder.source import TOKENIZER_SHA256, WEIGHTS_SHA256, EncoderError, checked, load_weights, sha256

ARTEFACTS = Path(__file__).with_name("artefacts")
CACHE = Path(__file__).parents[2] / "models" / "encoder"
RECIPE = Path(__file__).with_name("graph.py")


def tuned() -> Path:
    """Return the path of the tuned model after comparing its digest."""
    path, about = ARTEFACTS / "encoder.onnx", json.loads((ARTEFACTS / "encoder.json").read_text(encoding="utf-8"))
    if not path.exists() or sha256(path) != about["sha256"]:
        raise EncoderError(f"{path} is missing or not the one that encoder.json describes; get it again with `git checkout`")
    return path


def tokenizer() -> Path:
    """Return the path of the tokenizer, which is the published one for both models."""
    path = ARTEFACTS / "tokenizer.json"
    return path if path.exists() and sha256(path) == TOKENIZER_SHA256 else checked("tokenizer.json", TOKENIZER_SHA256)


def intent_centres(labels: Sequence[str]) -> npt.NDArray[np.float32] | None:
    """Return the centre of every intent that tuning left, or None where it was for other intents."""
    data = _left_by_tuning()
    if data is None or data["labels"].tolist() != list(labels):
        return None
    centres: npt.NDArray[np.float32] = data["centres"].astype(np.float32)
    return centres


def danger_directions() -> npt.NDArray[np.float32] | None:
    """Return one unit vector for ordinary talk and each kind of danger, or None where the encoder was not tuned on them."""
    data = _left_by_tuning()
    return None if data is None or "dangers" not in data else data["dangers"].astype(np.float32)


def _left_by_tuning() -> Mapping[str, npt.NDArray[Any]] | None:
    path = ARTEFACTS / "centres.npz"
    return np.load(path, allow_pickle=False) if path.exists() else None


def recipe_digest() -> str:
    """Return the key of the prepared model: it changes with the weights and with how the graph is written."""
    recipe = RECIPE.read_bytes() + Path(__file__).read_bytes()
    return hashlib.sha256(WEIGHTS_SHA256.encode() + recipe).hexdigest()[:16]


def prepared() -> Path:
    """Return the path of the int8 model, preparing it first where it is not there (about ten seconds, once)."""
    path = CACHE / f"{recipe_digest()}.onnx"
    if not path.exists():
        _prepare(path)
    return path


def _prepare(path: Path) -> None:
    try:
        import onnx
        from onnxruntime.quantization import QuantType, quantize_dynamic

        from attune.encoder.graph import build
    except ImportError as error:
        raise EncoderError(f"the encoder is not prepared and {error.name} is missing; run `make install`") from error
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        exact, small = Path(folder, "fp32.onnx"), Path(folder, "int8.onnx")
        onnx.save(build(load_weights()), exact)
        # Reduced range: on processors without VNNI, full 8-bit products overflow and embeddings differ.
        options = {"DefaultTensorType": onnx.TensorProto.FLOAT}  # shape inference does not know the fused operators
        quantize_dynamic(exact, small, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True, extra_options=options)
        small.replace(path)


if __name__ == "__main__":
    print(prepared())  # noqa: T201
