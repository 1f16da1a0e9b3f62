"""Everything the bot says: loaded, checked and handed out with its provenance (docs/content.md)."""

from attune.knowledge.content import Content, load_content
from attune.knowledge.errors import ContentError

__all__ = ["Content", "ContentError", "load_content"]
