"""Alembic's migrations of the directory."""
