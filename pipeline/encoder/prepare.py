"""Prepare the encoder once and keep it: weights → ONNX graph → dynamic int8, under models/encoder/<digest>.onnx.

``python -m pipeline.encoder.prepare`` does it by hand; `make train` comes through here.
"""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

from pipeline.encoder.source import WEIGHTS_SHA256, EncoderError, load_weights

CACHE = Path(__file__).parents[2] / "models" / "encoder"
RECIPE = Path(__file__).with_name("graph.py")


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

        from pipeline.encoder.graph import build
    except ImportError as error:
        raise EncoderError(f"the encoder is not prepared and {error.name} is missing; run `make install`") from error
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        exact, small = Path(folder, "fp32.onnx"), Path(folder, "int8.onnx")
        onnx.save(build(load_weights()), exact)
        # Reduced range: on processors without VNNI, full 8-bit products overflow and embeddings differ.
        options = {"DefaultTensorType": onnx.TensorProto.FLOAT}  # shape inference does not know the fused operators
        quantize_dynamic(
            exact, small, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True, extra_options=options
        )
        small.replace(path)


if __name__ == "__main__":
    print(prepared())
