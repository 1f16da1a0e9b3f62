"""The widget's files, joined, compressed and named by their content once, then served from memory.

The sources under widget/src are ordinary ES modules, small enough to read. Visitors get them as one module: this joins
them in the order of their imports and leaves out comments and white space. No tool, no build step.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sanic.request import Request
from sanic.response import HTTPResponse

from channels import squeeze

FOREVER = "public, max-age=31536000, immutable"
_SCRIPT = "text/javascript; charset=utf-8"
CHECKED = "public, max-age=300, must-revalidate"

_IMPORT = re.compile(r'^import\s+(?:\{[^}]*\}\s+from\s+)?"\./([\w-]+)\.js";\n', re.M)


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as served."""

    body: bytes
    kind: str
    packed: bytes
    digest: str

    @classmethod
    def make(cls, text: str, kind: str) -> Asset:
        """Compress a text and name it by its content."""
        body = text.encode()
        return cls(body, kind, gzip.compress(body, 9, mtime=0), hashlib.sha256(body).hexdigest()[:12])

    def respond(self, request: Request, cache: str, headers: dict[str, str] | None = None) -> HTTPResponse:
        """Answer a GET: 304 when the browser has it, compressed when it can."""
        found = {"Cache-Control": cache, "ETag": f'"{self.digest}"', "Vary": "Accept-Encoding"}
        found |= {"X-Content-Type-Options": "nosniff", **(headers or {})}
        if f'"{self.digest}"' in request.headers.get("if-none-match", ""):
            return HTTPResponse(status=304, headers=found)
        if "gzip" in request.headers.get("accept-encoding", ""):
            return HTTPResponse(self.packed, headers=found | {"Content-Encoding": "gzip"}, content_type=self.kind)
        return HTTPResponse(self.body, headers=found, content_type=self.kind)


def join_modules(folder: Path, entry: str) -> str:
    """Return an ES module and all that it imports as one module."""
    done: list[str] = []
    return "".join(_joined(folder, entry, done))


def _joined(folder: Path, name: str, done: list[str]) -> list[str]:
    if name in done:
        return []
    done.append(name)
    text = (folder / f"{name}.js").read_text(encoding="utf-8")
    before = [piece for needed in _IMPORT.findall(text) for piece in _joined(folder, needed, done)]
    return [*before, re.sub(r"^export (?=const|let|function|class|async)", "", _IMPORT.sub("", text), flags=re.M)]


def widget(folder: Path, defaults: dict[str, Any]) -> Asset:
    """The element with its words and help lines in it, so that it can help before and without any request."""
    baked = "const BAKED=" + json.dumps(defaults, ensure_ascii=False, separators=(",", ":")) + ";\n"
    return Asset.make(squeeze.javascript(baked + join_modules(folder / "src", "element")), _SCRIPT)


def loader(folder: Path, defaults: dict[str, Any]) -> Asset:
    """The loader for other sites."""
    text = (folder / "loader.js").read_text(encoding="utf-8")
    baked = json.dumps(defaults, ensure_ascii=False, separators=(",", ":"))
    return Asset.make(squeeze.javascript(text.replace('"BAKED"', baked)), _SCRIPT)
