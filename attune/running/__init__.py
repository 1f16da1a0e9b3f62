"""Bringing the whole service up on one machine: checks, training, sample data, processes, readiness."""


class StartError(Exception):
    """The service cannot start; the message is one sentence that says why and what to do."""
