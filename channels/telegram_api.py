"""Calls to Telegram's Bot API."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import aiohttp

logger = logging.getLogger(__name__)

_TRIES = 3

Json = dict[str, Any]


class Api:
    """Calls to the Bot API. The token stands in every address, so addresses are never logged."""

    def __init__(self, base: str, token: str) -> None:
        self._base = f"{base.rstrip('/')}/bot{token}"
        self._session: aiohttp.ClientSession | None = None

    async def call(self, method: str, payload: Json) -> bool:
        """Call a method; wait and try again when Telegram asks for it or cannot be reached."""
        self._session = self._session or aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=15))
        for attempt in range(_TRIES):
            wait = float(2**attempt)
            try:
                async with self._session.post(f"{self._base}/{method}", json=payload) as found:
                    if found.status == 200:
                        return True
                    if found.status != 429 and found.status < 500:
                        logger.error("Telegram refused %s with status %s.", method, found.status)
                        return False
                    told = await found.json(content_type=None)
                    wait = float((told.get("parameters") or {}).get("retry_after", wait)) if told else wait
            except (aiohttp.ClientError, TimeoutError, ValueError) as error:
                logger.warning("Telegram could not be reached for %s: %s.", method, type(error).__name__)
            await asyncio.sleep(min(wait, 30.0))
        return False

    async def close(self) -> None:
        """Close the connections."""
        if self._session:
            await self._session.close()
