"""Compare with stock Rasa: ``python -m benchmarks.stock_rasa [--epochs 100] [--lines path.tsv]`` (`make bench`).

The same data, domain and rules on the same machine, one after the other; only the NLU pipeline differs. Stock Rasa gets an
environment of its own (.cache/stock: Python 3.10, TensorFlow) and its recommended pipeline; its model is trained once and kept.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

import yaml

from pipeline.evaluation.report import REPORTS, commit
from pipeline.training_data import NLU, digest, examples

ROOT = Path(__file__).parents[1]
CACHE = ROOT / ".cache" / "stock"
OURS = [{"name": "pipeline.entities.AttuneEntities"}, {"name": "pipeline.classifier.AttuneClassifier"}]


def stock_pipeline(epochs: int) -> list[dict[str, Any]]:
    """Return Rasa's default pipeline for English, with a ResponseSelector for each retrieval intent."""
    counts = {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4}
    selectors = [{"name": "ResponseSelector", "retrieval_intent": name, "epochs": epochs} for name in ("faq", "crisis")]
    first = ["WhitespaceTokenizer", "RegexFeaturizer", "LexicalSyntacticFeaturizer", "CountVectorsFeaturizer"]
    diet = {"name": "DIETClassifier", "epochs": epochs, "constrain_similarities": True, "random_seed": 7}
    fallback = {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1}
    return [*({"name": name} for name in first), counts, diet, {"name": "EntitySynonymMapper"}, *selectors, fallback]


def stock_python() -> Path:
    """Return the interpreter of stock Rasa's environment, made at the first call."""
    python = CACHE / "venv" / "bin" / "python"
    if not python.exists():
        base = next((p for p in Path.home().glob(".pyenv/versions/3.10.*/bin/python")), None) or shutil.which("python3.10")
        if base is None:
            sys.exit("stock Rasa needs Python 3.10; `uv python install 3.10` gets one")
        subprocess.run([str(base), "-m", "venv", str(CACHE / "venv")], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", "rasa==3.6.21"], check=True)
    return python


def project(name: str, pipeline: list[dict[str, Any]]) -> Path:
    """Write a bot with the given pipeline, one rule an intent, and return its folder."""
    folder = CACHE / name
    shutil.rmtree(folder / "data", ignore_errors=True)
    shutil.copytree(NLU, folder / "data" / "nlu")
    names = sorted({example.intent for example in examples()})
    intents = sorted({intent.partition("/")[0] for intent in names})
    rules = [{"rule": one, "steps": [{"intent": one}, {"action": f"utter_{one}"}]} for one in intents if one != "restart"]
    responses = {f"utter_{one}": [{"text": one}] for one in sorted({*names, *intents} - {"faq", "crisis"})}
    write(folder / "data" / "rules.yml", {"version": "3.1", "rules": rules})
    write(folder / "domain.yml", {"version": "3.1", "intents": intents, "responses": responses})
    policies = [{"name": "RulePolicy"}]
    write(
        folder / "config.yml",
        {"recipe": "default.v1", "language": "en", "assistant_id": name, "pipeline": pipeline, "policies": policies},
    )
    return folder


def write(path: Path, data: Any) -> None:
    """Write YAML."""
    path.write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True), encoding="utf-8")


def trained(folder: Path, command: list[str], keep: bool) -> tuple[Path, dict[str, float]]:
    """Train where needed; return the model and how long training took, by the clock and in processor seconds."""
    model, note = folder / "models" / "model.tar.gz", folder / "trained.json"
    state = {"data": digest(examples()), "config": (folder / "config.yml").read_text(encoding="utf-8")}
    if keep and model.exists() and note.exists() and (kept := json.loads(note.read_text()))["state"] == state:
        return model, kept["took"]
    started, before = time.time(), _processor_seconds()
    subprocess.run(
        [*command, "train", "--fixed-model-name", "model"], cwd=folder, env=_environment(), check=True, stdout=subprocess.DEVNULL
    )
    took = {"clock": time.time() - started, "processor": _processor_seconds() - before}
    note.write_text(json.dumps({"state": state, "took": took}), encoding="utf-8")
    return model, took


def _processor_seconds() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def _environment() -> dict[str, str]:
    return {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "PYTHONPATH": str(ROOT), "TF_CPP_MIN_LOG_LEVEL": "3"}


def measured(python: Path, model: Path, lines: Path, out: Path) -> dict[str, Any]:
    """Run agent_run.py in an environment and return what it wrote."""
    script = str(ROOT / "benchmarks" / "agent_run.py")
    subprocess.run(
        [str(python), script, str(model), str(lines), str(out)], env=_environment(), check=True, stderr=subprocess.DEVNULL
    )
    result: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return result


def table(ours: dict[str, Any], stock: dict[str, Any], took: tuple[dict[str, float], dict[str, float]]) -> list[str]:
    """Return the rows of the comparison."""
    figures = {
        "intent accuracy": (ours["right"], stock["right"], "{:.3f}"),
        "parse, median ms": (median(ours["parse_ms"]), median(stock["parse_ms"]), "{:.1f}"),
        "turn, median ms": (median(ours["turn_ms"]), median(stock["turn_ms"]), "{:.1f}"),
        "until ready, s": (ours["ready_s"], stock["ready_s"], "{:.1f}"),
        "resident memory, MB": (ours["memory_mb"], stock["memory_mb"], "{:.0f}"),
        "training, s by the clock": (took[0]["clock"], took[1]["clock"], "{:.0f}"),
        "training, processor s": (took[0]["processor"], took[1]["processor"], "{:.0f}"),
    }
    rows = ["| | Attune | stock Rasa | stock / Attune |", "| --- | ---: | ---: | ---: |"]
    for name, (mine, theirs, form) in figures.items():
        rows.append(f"| {name} | {form.format(mine)} | {form.format(theirs)} | {theirs / mine:.2f} |")
    return rows


def main() -> None:
    """Run the comparison and write reports/benchmark.md."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--epochs", type=int, default=100, help="of DIET and the ResponseSelectors; 100 is what Rasa recommends")
    parser.add_argument("--lines", type=Path, default=ROOT / "tests" / "frozen" / "intents.tsv")
    arguments = parser.parse_args()
    python = stock_python()
    stock_folder, our_folder = project("stock", stock_pipeline(arguments.epochs)), project("ours", OURS)
    stock_model, stock_took = trained(stock_folder, [str(python), "-m", "rasa"], keep=True)
    our_model, our_took = trained(our_folder, [sys.executable, "-m", "pipeline.lean"], keep=False)
    stock = measured(python, stock_model, arguments.lines, CACHE / "stock.json")
    ours = measured(Path(sys.executable), our_model, arguments.lines, CACHE / "ours.json")
    facts = {
        "commit": commit(),
        "training data": digest(examples()),
        "lines": arguments.lines.name,
        "stock": f"Rasa 3.6.21, default pipeline, {arguments.epochs} epochs, Python 3.10",
    }
    rows = table(ours, stock, (our_took, stock_took))
    head = ["# Against stock Rasa", "", *(f"- {name}: {value}" for name, value in facts.items()), "", *rows]
    REPORTS.mkdir(exist_ok=True)
    (REPORTS / "benchmark.md").write_text("\n".join(head) + "\n", encoding="utf-8")
    print("\n".join(rows))


if __name__ == "__main__":
    main()
