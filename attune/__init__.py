"""The core of Attune: plain Python that knows nothing of Rasa, HTTP or channels."""
