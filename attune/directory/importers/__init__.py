"""Reads other people's files, one module a format; each yields records in the shape of our own JSON."""
