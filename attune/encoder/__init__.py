"""The sentence encoder: all-MiniLM-L6-v2 (Apache-2.0) on ONNX Runtime, int8, without PyTorch and without a hub.

`source` finds the published weights, `graph` writes them as an ONNX graph, `prepare` quantizes and keeps the result
under models/encoder/, `runtime` embeds text. See docs/adr/0005-encoder.md.
"""
