"""Show what is understood: ``python -m attune.text "somatic, near Hamilton, under 150"``."""

from __future__ import annotations

import sys

from attune.text.parser import parse


def main() -> None:
    """Print one line a mention."""
    for mention in parse(" ".join(sys.argv[1:])):
        extra = f" only={mention.only}" if mention.only is not None else ""
        print(f"{mention.entity}={mention.value}{f' [{mention.role}]' if mention.role else ''}{extra}  «{mention.text}»")  # noqa: T201


if __name__ == "__main__":
    main()
