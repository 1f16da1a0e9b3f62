"""Understand what a message says about a search, without Rasa: `parse("online, a woman if possible")`."""

from attune.text.mention import Mention
from attune.text.parser import parse, says_only

__all__ = ["Mention", "parse", "says_only"]
