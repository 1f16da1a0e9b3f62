"""Measurements against others: run by `make bench` and `make bench-directory`."""
