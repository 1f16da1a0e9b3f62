"""Codes as bits: which bit of a mask stands for which approach, concern, language or province."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from attune.directory import schema
from attune.model.vocabulary import terms

BITS = 62  # a signed 64-bit column, one bit kept free
TOPICS = {
    "approach": "approaches",
    "concern": "concerns",
    "language": "languages",
    "client_type": "client_types",
    "gender": "genders",
    "province": "provinces",
}


class Codes:
    """The bits of all topics. Codes that are new get the next bit; past the 62nd they are stored but not searchable."""

    def __init__(self, bits: Mapping[tuple[str, str], int]) -> None:
        """Take `bits` by topic and code."""
        self._bits: dict[str, dict[str, int]] = {topic: {} for topic in TOPICS}
        for (topic, code), position in bits.items():
            self._bits.setdefault(topic, {})[code] = position
        self.new: list[dict[str, object]] = []

    def bit(self, topic: str, code: str) -> int:
        """Return the mask of one code, 0 when nothing in the directory carries it."""
        position = self._bits[topic].get(code)
        return 0 if position is None else 1 << position

    def mask(self, topic: str, codes: Iterable[str]) -> int:
        """Return the mask of several codes, giving a bit to each that has none yet."""
        mask, bits = 0, self._bits[topic]
        for code in codes:
            position = bits.get(code)
            if position is None:
                position = self._add(topic, code)
            if position < BITS:
                mask |= 1 << position
        return mask

    def codes(self, topic: str) -> dict[str, int]:
        """Return code and bit position of every code of `topic`."""
        return {code: bit for code, bit in self._bits[topic].items() if bit < BITS}

    def _add(self, topic: str, code: str) -> int:
        position = min(len(self._bits[topic]), BITS)
        self._bits[topic][code] = position
        self.new.append({"topic": topic, "code": code, "bit": position})
        return position

    def store(self, connection: Connection) -> None:
        """Write the codes that were added since they were read."""
        if self.new:
            connection.execute(insert(schema.code), self.new)
            self.new = []


def read_codes(connection: Connection) -> Codes:
    """Return the codes of the database, and those of the vocabulary that it does not hold yet."""
    rows = connection.execute(select(schema.code.c.topic, schema.code.c.code, schema.code.c.bit))
    codes = Codes({(topic, code): bit for topic, code, bit in rows})
    for topic, vocabulary in TOPICS.items():
        codes.mask(topic, terms(vocabulary))
    return codes
