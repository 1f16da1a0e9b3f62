"""The demo site of somebody else: a small clinic's home page on a port of its own, which shows the chat in a frame.

`python -m attune.running.demo` serves it until it is ended. On the loopback address only: it is there to be looked at by
whoever runs Attune, never by visitors.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jinja2

from attune.directory.sample import read_sample
from attune.model.vocabulary import terms
from attune.settings import DEMO_KEY, LOOPBACK, ROOT, Settings, load_settings
from attune.site import load_site

FOLDER = ROOT / "widget" / "demo"
SHARED = ROOT / "widget" / "pages"
SHOWN = 6
KINDS = {".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}

#: Kind and content by path.
Files = Mapping[str, tuple[str, bytes]]


def files(settings: Settings) -> Files:
    """Return everything that the site serves, read and filled in once."""
    stored = [FOLDER / "clinic.css", SHARED / "site.css", SHARED / "mark.svg"]
    found = {f"/{path.name}": (KINDS[path.suffix], path.read_bytes()) for path in stored}
    return {"/": ("text/html; charset=utf-8", _home(settings).encode()), **found}


def _home(settings: Settings) -> str:
    template = jinja2.Environment(loader=jinja2.FileSystemLoader(FOLDER), autoescape=True).get_template("home.html")
    site = load_site(settings.site)
    return template.render(
        name=site.name,
        lang=site.language,
        chat=f"{settings.address}/chat",
        key=DEMO_KEY,
        therapists=read_sample()[:SHOWN],
        approaches={code: term.name(site.language) for code, term in terms("approaches").items()},
    )


def policy(settings: Settings) -> str:
    """Return the policy of the page: what a site needs to allow for the framed chat, and nothing more."""
    chat = settings.address
    return f"default-src 'none'; style-src 'self'; img-src 'self'; script-src {chat}; frame-src {chat}; base-uri 'none'"


class _Handler(BaseHTTPRequestHandler):
    """Answers a GET from memory."""

    def __init__(self, found: Files, policy: str, *connection: object) -> None:
        self.found, self.policy = found, policy
        super().__init__(*connection)  # type: ignore[arg-type]  # it answers before it returns

    def do_GET(self) -> None:
        """Send the file of this path."""
        if self.path not in self.found:
            self.send_error(404)
            return
        kind, body = self.found[self.path]
        headers = {"Content-Type": kind, "Content-Length": str(len(body)), "Content-Security-Policy": self.policy}
        self.send_response(200)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep the terminal for what an operator needs to know."""


def server(settings: Settings) -> ThreadingHTTPServer:
    """Return the site's server, listening and not yet serving."""
    return ThreadingHTTPServer((LOOPBACK, settings.demo_port), partial(_Handler, files(settings), policy(settings)))


if __name__ == "__main__":
    server(load_settings()).serve_forever()
