"""all-MiniLM-L6-v2 in PyTorch, with the published names of its tensors, so that tuned ones go straight into the ONNX graph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

LAYERS, HEADS, WIDTH = 6, 12, 384


class Bert(nn.Module):
    """The encoder with mean pooling and unit length, as attune/encoder/graph.py has it."""

    def __init__(self, weights: Mapping[str, np.ndarray], dropout: float) -> None:
        super().__init__()
        floating = {name: torch.tensor(value) for name, value in weights.items() if value.dtype == np.float32}
        kept = {name: value for name, value in floating.items() if not name.startswith("pooler")}
        # A dot is not allowed in a parameter's name.
        self.tensors = nn.ParameterDict({name.replace(".", "/"): nn.Parameter(value) for name, value in kept.items()})
        self.dropout = dropout

    def weights(self) -> dict[str, np.ndarray]:
        """Return the tensors by their published names."""
        return {name.replace("/", "."): value.detach().numpy() for name, value in self.tensors.items()}

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Return one vector of unit length a row."""
        tokens = ids.shape[1]
        hidden = F.embedding(ids, self._get("embeddings.word_embeddings.weight"))
        hidden = hidden + self._get("embeddings.position_embeddings.weight")[:tokens]
        hidden = hidden + self._get("embeddings.token_type_embeddings.weight")[0]
        hidden = self._drop(self._norm(hidden, "embeddings.LayerNorm"))
        for number in range(LAYERS):
            hidden = self._layer(hidden, mask[:, None, None, :].bool(), f"encoder.layer.{number}.")
        kept = mask[..., None].float()
        return F.normalize((hidden * kept).sum(1) / kept.sum(1), dim=-1)

    def _layer(self, hidden: Tensor, mask: Tensor, at: str) -> Tensor:
        rows, tokens, _ = hidden.shape
        heads = (rows, tokens, HEADS, WIDTH // HEADS)
        parts = [self._linear(hidden, f"{at}attention.self.{name}").view(heads) for name in ("query", "key", "value")]
        query, key, value = (part.transpose(1, 2) for part in parts)
        # No dropout among the attention weights: on a processor it costs a fifth of the time and gained nothing.
        seen = F.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        seen = self._linear(seen.transpose(1, 2).reshape(rows, tokens, WIDTH), f"{at}attention.output.dense")
        hidden = self._norm(self._drop(seen) + hidden, f"{at}attention.output.LayerNorm")
        wide = F.gelu(self._linear(hidden, f"{at}intermediate.dense"))
        narrow = self._drop(self._linear(wide, f"{at}output.dense"))
        return self._norm(narrow + hidden, f"{at}output.LayerNorm")

    def _get(self, name: str) -> Tensor:
        return self.tensors[name.replace(".", "/")]

    def _linear(self, value: Tensor, name: str) -> Tensor:
        return F.linear(value, self._get(f"{name}.weight"), self._get(f"{name}.bias"))

    def _norm(self, value: Tensor, name: str) -> Tensor:
        return F.layer_norm(value, (WIDTH,), self._get(f"{name}.weight"), self._get(f"{name}.bias"), 1e-12)

    def _drop(self, value: Tensor) -> Tensor:
        return F.dropout(value, self.dropout, self.training)


def batch(tokens: Sequence[Sequence[int]], rows: Sequence[int]) -> tuple[Tensor, Tensor]:
    """Return padded ids and mask of the given rows."""
    width = max(len(tokens[row]) for row in rows)
    ids, mask = torch.zeros(len(rows), width, dtype=torch.long), torch.zeros(len(rows), width, dtype=torch.long)
    for at, row in enumerate(rows):
        ids[at, : len(tokens[row])] = torch.tensor(tokens[row])
        mask[at, : len(tokens[row])] = 1
    return ids, mask


@torch.no_grad()
def embed(model: Bert, tokens: Sequence[Sequence[int]]) -> np.ndarray:
    """Return the vector of every row, in order."""
    model.eval()
    order = sorted(range(len(tokens)), key=lambda row: len(tokens[row]))
    vectors = np.zeros((len(tokens), WIDTH), dtype=np.float32)
    for start in range(0, len(order), 64):
        rows = order[start : start + 64]
        vectors[rows] = model(*batch(tokens, rows)).numpy()
    return vectors
