"""Embed text: WordPiece tokens → ONNX Runtime → 384 numbers of unit length."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from attune.encoder.prepare import ARTEFACTS, prepared, tokenizer, tuned

Vectors = npt.NDArray[np.float32]

#: Messages are short; what comes after so many word pieces says little about the intent and costs time.
MAX_TOKENS = 96
#: No word piece comes from fewer than one character, so a pasted book need not be tokenised whole.
MAX_CHARACTERS = 1500


class Encoder:
    """One loaded encoder.

    It embeds one message at a time: int8 scales depend on the batch, so that a batch would embed the same sentence
    differently than the live bot does.
    """

    def __init__(self, path: Path, threads: int = 1) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        # A thread that spins for work takes the core from the other worker.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(tokenizer()))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._last: tuple[str, Vectors] | None = None

    def embed(self, text: str) -> Vectors:
        """Return the sentence embedding of `text`, 384 numbers of unit length.

        The last one is kept: the classifier and the crisis gate ask for the same message one after the other.
        """
        last = self._last
        if last and last[0] == text:
            return last[1]
        vector = self._embed(text)
        self._last = text, vector
        return vector

    def _embed(self, text: str) -> Vectors:
        ids = np.array([self._tokenizer.encode(text[:MAX_CHARACTERS]).ids], dtype=np.int32)
        outputs = self._session.run(["embedding"], {"input_ids": ids, "attention_mask": np.ones_like(ids)})
        vector: Vectors = outputs[0][0]
        return vector

    def embed_all(self, texts: Iterable[str]) -> Vectors:
        """Return one row a text."""
        rows = [self.embed(text) for text in texts]
        return np.stack(rows) if rows else np.zeros((0, 384), dtype=np.float32)


def encoder(threads: int = 1, published: bool = False) -> Encoder:
    """Return the process's encoder, loaded at first use: the tuned one, unless the published one is asked for."""
    return _load(threads, published)


@cache
def _load(threads: int, published: bool) -> Encoder:
    ours = not published and (ARTEFACTS / "encoder.json").exists()
    return Encoder(tuned() if ours else prepared(), threads)
