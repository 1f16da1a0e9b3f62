"""What the web channel serves to a GET: the element, the loader, and our own pages, each under a strict policy."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jinja2
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from channels import assets
from channels.assets import CHECKED, FOREVER, Asset
from channels.http import route, scheme
from channels.options import WebOptions

_OFF = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


def policy(ancestors: Sequence[str] = (), form: str = "'none'") -> dict[str, str]:
    """The headers of one of our pages."""
    rules = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; "
        f"form-action {form}; base-uri 'none'; frame-ancestors {' '.join(ancestors) or chr(39) + 'none' + chr(39)}; "
        "require-trusted-types-for 'script'"
    )
    return {
        "Content-Security-Policy": rules,
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "Permissions-Policy": _OFF,
    }


class Pages:
    """Templates and assets, read once; `words` is what the element needs, `strings` is everything."""

    def __init__(self, options: WebOptions, words: dict[str, Any], strings: dict[str, str]) -> None:
        folder = options.folder("widget")
        self.options, self.words, self.strings = options, words, strings
        baked = {**words, "base": options.path, "name": options.name, "colours": dict(options.colours)}
        self.element = assets.widget(folder, baked)
        self.loader = assets.loader(folder, self._loader_defaults())
        self.files = {path.name: self._file(path) for path in sorted((folder / "pages").glob("*.*s"))}
        self.files |= {path.name: self._file(path) for path in sorted((folder / "pages").glob("*.svg"))}
        loader = jinja2.FileSystemLoader(folder / "pages")
        self.templates = jinja2.Environment(loader=loader, autoescape=True)
        self.module = f"attune-chat.{self.element.digest}.js"

    def _loader_defaults(self) -> dict[str, Any]:
        words = self.strings
        names = ("launcher", "frame_failed", "frame_open", "title")
        numbers = [link for line in self.words["help"] for link in line["links"] if link["url"].startswith("tel:")]
        return {"s": {name: words[name] for name in names}, "help": numbers[:2], "exit": self.words["exit_url"]}

    @staticmethod
    def _file(path: Path) -> Asset:
        kinds = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
        return Asset.make(path.read_text(encoding="utf-8"), kinds[path.suffix])

    def render(self, name: str, headers: dict[str, str], status: int = 200, **values: Any) -> HTTPResponse:
        """Fill in a template; every value is escaped."""
        html = self.templates.get_template(name).render(
            site=self.options,
            t=self.strings,
            help=self.words["help"],
            lang=self.words["lang"],
            module=self.module,
            **values,
        )
        return response.html(html, status=status, headers={"Cache-Control": "no-store", **headers})

    def mount(self, blueprint: Blueprint) -> None:
        """Add the routes."""
        route(blueprint, self.file, "/<name:[a-z.0-9-]+[.](?:js|css|svg)>", "file")
        route(blueprint, self.page, "/page", "page")
        route(blueprint, self.frame, "/frame", "frame")
        if self.options.demo:
            route(blueprint, self.demo, "/", "demo")
            route(blueprint, self.operators, "/operators", "operators")

    async def file(self, request: Request, name: str) -> HTTPResponse:
        """The element, the loader, and the pages' own styles and pictures; nothing else can be named."""
        if name == self.module:
            return self.element.respond(request, FOREVER)
        if name == "attune-chat.js":
            return self.element.respond(request, CHECKED)
        if name == "loader.js":
            return self.loader.respond(request, CHECKED, {"Cross-Origin-Resource-Policy": "cross-origin"})
        if name in self.files:
            return self.files[name].respond(request, CHECKED)
        return response.text("There is nothing here.", status=404)

    async def page(self, _request: Request) -> HTTPResponse:
        """The guide on a page of its own."""
        return self.render("frame.html", policy(), host="", org="")

    async def frame(self, request: Request) -> HTTPResponse:
        """The guide for an iframe; only the pages of that partner may frame it."""
        org = request.args.get("site", "")
        if org not in self.options.partners:
            return response.text("This site is not known here.", status=403, headers=policy())
        origins = self.options.partners[org]
        asked = request.args.get("from", "")
        host = asked if asked in origins else origins[0]
        return self.render("frame.html", policy(origins), host=host, org=org)

    async def demo(self, _request: Request) -> HTTPResponse:
        """A small directory site with the guide on it."""
        return self.render("demo.html", policy(form="'self'"))

    async def operators(self, request: Request) -> HTTPResponse:
        """The two snippets to paste."""
        host = f"{scheme(request, self.options.proxies)}://{request.headers.get('host', '')}"
        return self.render("operators.html", policy(), host=host)
