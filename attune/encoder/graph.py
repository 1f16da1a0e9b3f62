"""Write the encoder as an ONNX graph: BERT of six layers, mean pooling, unit length.

ONNX Runtime's fused operators (domain com.microsoft) are used from the start, so no optimiser has to
recognise them, and its quantizer knows each of them. The model reads `input_ids` and `attention_mask`
(int32, batch × tokens) and gives `embedding` (float32, batch × 384).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import onnx
from onnx import NodeProto, TensorProto, helper, numpy_helper

from attune.encoder.source import Weights

LAYERS, HEADS, WIDTH = 6, 12, 384
EPSILON = 1e-12
FUSED = "com.microsoft"
OPSETS = (helper.make_opsetid("", 17), helper.make_opsetid(FUSED, 1))


class GraphWriter:
    """Collects nodes and constants."""

    def __init__(self) -> None:
        self.nodes: list[NodeProto] = []
        self.constants: list[TensorProto] = []

    def constant(self, name: str, value: npt.NDArray[np.generic]) -> str:
        """Add a constant and return its name."""
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(self, operator: str, inputs: Sequence[str], output: str, fused: bool = False, **attributes: object) -> str:
        """Add a node with one output and return the output's name."""
        domain = FUSED if fused else ""
        self.nodes.append(helper.make_node(operator, list(inputs), [output], output, domain=domain, **attributes))
        return output


def build(weights: Weights) -> onnx.ModelProto:
    """Return the fp32 model for the published (or tuned) weights."""
    writer = GraphWriter()
    hidden = _embed(writer, weights)
    for number in range(LAYERS):
        hidden = _layer(writer, weights, number, hidden)
    _pool(writer, hidden)
    shape = ["batch", "tokens"]
    inputs = [helper.make_tensor_value_info(n, TensorProto.INT32, shape) for n in ("input_ids", "attention_mask")]
    outputs = [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["batch", WIDTH])]
    graph = helper.make_graph(writer.nodes, "all-MiniLM-L6-v2", inputs, outputs, writer.constants)
    return helper.make_model(graph, opset_imports=OPSETS, ir_version=9, producer_name="attune")


def _embed(writer: GraphWriter, weights: Weights) -> str:
    def table(name: str) -> npt.NDArray[np.float32]:
        return weights[f"embeddings.{name}_embeddings.weight"]

    # There is only one segment, so its embedding joins the positions'.
    positions = table("position") + table("token_type")[0]
    constants = {
        "words": table("word"),
        "positions": positions,
        "embed.gamma": weights["embeddings.LayerNorm.weight"],
        "embed.beta": weights["embeddings.LayerNorm.bias"],
    }
    words, places, gamma, beta = (writer.constant(name, value) for name, value in constants.items())
    inputs = ["input_ids", "", words, places, "", gamma, beta]
    node = helper.make_node("EmbedLayerNormalization", inputs, ["embedded", "unused"], "embedded", domain=FUSED)
    node.attribute.append(helper.make_attribute("epsilon", EPSILON))
    writer.nodes.append(node)
    return "embedded"


def _layer(writer: GraphWriter, weights: Weights, number: int, hidden: str) -> str:
    at = f"encoder.layer.{number}."

    def part(name: str, kind: str) -> npt.NDArray[np.float32]:
        value = weights[f"{at}{name}.{kind}"]
        return value.T if kind == "weight" and value.ndim == 2 else value

    def const(name: str, kind: str) -> str:
        return writer.constant(f"{at}{name}.{kind}", part(name, kind))

    def joined(kind: str) -> npt.NDArray[np.float32]:
        return np.concatenate([part(f"attention.self.{which}", kind) for which in ("query", "key", "value")], axis=-1)

    def norm(name: str, inner: str, outer: str, bias: str, output: str) -> str:
        inputs = [inner, outer, const(name, "weight"), const(name, "bias"), bias]
        return writer.add("SkipLayerNormalization", inputs, output, fused=True, epsilon=EPSILON)

    packed = writer.constant(f"{at}qkv.weight", joined("weight")), writer.constant(f"{at}qkv.bias", joined("bias"))
    seen = writer.add("Attention", [hidden, *packed, "attention_mask"], f"{at}attention", fused=True, num_heads=HEADS)
    seen = writer.add("MatMul", [seen, const("attention.output.dense", "weight")], f"{at}mixed")
    hidden = norm("attention.output.LayerNorm", seen, hidden, const("attention.output.dense", "bias"), f"{at}attended")
    inner = writer.add("MatMul", [hidden, const("intermediate.dense", "weight")], f"{at}wide")
    inner = writer.add("BiasGelu", [inner, const("intermediate.dense", "bias")], f"{at}gelu", fused=True)
    inner = writer.add("MatMul", [inner, const("output.dense", "weight")], f"{at}narrow")
    return norm("output.LayerNorm", inner, hidden, const("output.dense", "bias"), f"{at}hidden")


def _pool(writer: GraphWriter, hidden: str) -> None:
    axis_1 = writer.constant("axis_1", np.array([1], dtype=np.int64))
    axis_2 = writer.constant("axis_2", np.array([2], dtype=np.int64))
    mask = writer.add("Cast", ["attention_mask"], "mask", to=TensorProto.FLOAT)
    mask = writer.add("Unsqueeze", [mask, axis_2], "mask_wide")
    total = writer.add("ReduceSum", [writer.add("Mul", [hidden, mask], "kept"), axis_1], "total", keepdims=0)
    count = writer.add("ReduceSum", [mask, axis_1], "count", keepdims=0)
    mean = writer.add("Div", [total, count], "mean")
    writer.add("LpNormalization", [mean], "embedding", axis=1, p=2)
