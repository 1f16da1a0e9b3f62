"""The therapist directory: real data in, fair and explained results out."""

from attune.directory.cursor import CursorError
from attune.directory.directory import Directory, open_directory
from attune.directory.engine import StoreError
from attune.directory.explain import Kind, Reason
from attune.directory.links import DeepLink, LinkTemplates
from attune.directory.listing import Accepting, Licence, Listing, Practice
from attune.directory.results import Match, Page, Relaxation, Relaxations, Way
from attune.directory.wanted import QueryError

__all__ = [
    "Accepting",
    "CursorError",
    "DeepLink",
    "Directory",
    "Kind",
    "Licence",
    "LinkTemplates",
    "Listing",
    "Match",
    "Page",
    "Practice",
    "QueryError",
    "Reason",
    "Relaxation",
    "Relaxations",
    "StoreError",
    "Way",
    "open_directory",
]
