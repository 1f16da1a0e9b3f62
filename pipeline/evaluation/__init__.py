"""Measure understanding: lines in, figures, pictures and a Markdown report out."""
