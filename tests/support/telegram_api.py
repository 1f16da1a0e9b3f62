"""Telegram's side: keeps what it was sent, and answers with the statuses that a test lines up."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class BotApi:
    """A Bot API on a port of its own."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.statuses: list[int] = []
        api = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                status = api.statuses.pop(0) if api.statuses else 200
                api.calls.append((self.path, body))
                self.send_response(status)
                self.end_headers()
                self.wfile.write(b'{"ok": true, "parameters": {"retry_after": 0}}')

            def log_message(self, *_args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def sent(self) -> list[dict[str, Any]]:
        """The messages that went to the visitor."""
        return [body for path, body in self.calls if path.endswith("/sendMessage")]

    def stop(self) -> None:
        """Close the port."""
        self.server.shutdown()
        self.server.server_close()
