"""A stand-in for the bot behind the real channel: scripted replies in the neutral form, and a tracker store in memory.

`python tests/channels/standin.py 8005` serves it for development.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

from standin_script import CORPUS, PANEL, SCRIPT

from attune.reply import Reply, Text

__all__ = ["CORPUS", "PANEL", "SCRIPT", "Agent", "application", "screen"]


def payload_of(parsed: dict[str, Any]) -> str:
    """The payload that ready parse data came from."""
    intent = parsed["intent"].get("full_retrieval_intent_name") or parsed["intent"]["name"]
    entities = {one["entity"]: one["value"] for one in parsed["entities"]}
    return f"/{intent}" + (json.dumps(entities, ensure_ascii=False) if entities else "")


class Agent:
    """What the channel needs of Rasa's agent."""

    def __init__(self, loaded: bool = True) -> None:
        self.loaded = loaded
        self.tracker_store = SimpleNamespace(store={}, retrieve=self._retrieve)
        self.heard: list[tuple[str, str]] = []

    async def _retrieve(self, _sender: str) -> None:
        return None

    def is_ready(self) -> bool:
        """Whether the model is loaded."""
        return self.loaded

    async def handle_message(self, message: Any) -> None:
        """Answer by the first key word that stands in the text."""
        text = message.text if message.parse_data is None else payload_of(message.parse_data)
        self.heard.append((message.sender_id, text))
        self.tracker_store.store.setdefault(message.sender_id, []).append(text)
        text = text.lower()
        if "boom" in text:
            raise RuntimeError("the bot fell over " + message.text)
        if "slow" in text:
            await asyncio.sleep(2.5)
        if "hang" in text:
            await asyncio.sleep(60)
        if "silence" in text:
            return
        if "delete everything" in text:
            said = {"custom": Reply((Text("Deleted."),)).to_dict(), "utter_action": "utter_request_data_deletion"}
            await message.output_channel.send_response(message.sender_id, said)
            return
        if "default" in text:
            await message.output_channel.send_response(
                message.sender_id, {"text": "One\n\ntwo", "buttons": [{"title": "Yes", "payload": "/affirm"}]}
            )
            return
        reply = next((SCRIPT[key] for key in SCRIPT if key in text and not text.startswith("/inform")), None)
        reply = reply or Reply((Text(f"You said: {self.heard[-1][1]}"),))
        for part in reply.to_dict()["parts"]:
            await message.output_channel.send_response(message.sender_id, {"custom": {"parts": [part]}})


def screen() -> Any:
    """A crisis screen with one key word."""
    from channels.screen import Screen

    def verdict(text: str) -> Any:
        return SimpleNamespace(level="crisis" if "want to die" in text else "none", kind="self_harm")

    return Screen(verdict, lambda _country: Reply((PANEL,)))


def application(options: Any, agent: Agent | None = None, name: str = "standin") -> Any:
    """The real channel on the scripted bot."""
    from rasa.core.channels.channel import register
    from sanic import Sanic

    from channels.web import WebInput

    app = Sanic(name, configure_logging=False)
    app.ctx.agent = agent or Agent()
    register([WebInput(options, screen())], app, route="/webhooks/")
    return app


def main() -> None:
    """Serve on the port that the command line names."""
    from pipeline.lean import import_rasa

    import_rasa()
    from channels.options import WebOptions

    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8005
    partners = {"partner": (f"http://127.0.0.1:{port + 1}", f"http://localhost:{port + 1}")}
    options = WebOptions(
        memory=sys.argv[2] if len(sys.argv) > 2 else ":memory:",
        key_file="var/standin.key",
        partners=partners,
        sessions_per_minute=10_000,
        messages_per_minute=10_000,
        timeout=5.0,
    )
    application(options).run("127.0.0.1", port, access_log=False)


if __name__ == "__main__":
    main()
