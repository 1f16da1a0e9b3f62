"""YAML files with the line of every entry, so that each message can name the place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from attune.knowledge.errors import ContentError

Key = str | int


@dataclass(frozen=True, slots=True)
class Document:
    """One content file: its data, and the line on which each entry begins."""

    path: str
    data: Mapping[str, Any]
    lines: Mapping[tuple[Key, ...], int]

    def where(self, *keys: Key) -> str:
        """Return `content/en/x.yml:14` for an entry, or for the nearest one above it."""
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return f"{self.path}:{self.lines.get(keys, 1)}"


def read(path: Path, root: Path) -> Document:
    """Return the document at `path`; paths in messages are relative to the folder above `root`.

    Raises:
        ContentError: When the file is not YAML, holds a key twice, or is not a mapping.
    """
    shown = path.relative_to(root.parent).as_posix()
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ContentError(f"{shown}:{line}: this is not YAML: {error.problem}") from None
    if not isinstance(node, yaml.MappingNode):
        raise ContentError(f"{shown}:1: the file must hold `name: value` entries")
    lines = dict(_lines(node, (), shown))
    return Document(shown, yaml.SafeLoader("").construct_document(node), lines)


def _lines(node: yaml.Node, keys: tuple[Key, ...], shown: str) -> Iterator[tuple[tuple[Key, ...], int]]:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key_node, value in node.value:
            key, line = str(key_node.value), key_node.start_mark.line + 1
            if key in seen:
                raise ContentError(f"{shown}:{line}: `{key}` stands here twice; keep one")
            seen.add(key)
            yield (*keys, key), line
            yield from _lines(value, (*keys, key), shown)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield (*keys, index), item.start_mark.line + 1
            yield from _lines(item, (*keys, index), shown)
