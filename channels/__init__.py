"""Connectors: one file a platform, on Rasa's InputChannel; what they share stands in base.py and its neighbours."""
