"""Where a visitor says they are, for the choice of help lines. Only the country and the province, nothing closer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import yaml

from attune.safety.views import DATA


@dataclass(frozen=True)
class Places:
    """Names of countries and provinces, as phrases."""

    countries: Mapping[str, str]
    provinces: Mapping[str, str]
    leads: tuple[str, ...]

    @classmethod
    def load(cls, language: str) -> Places:
        """Read countries.yml."""
        data = yaml.safe_load((DATA / language / "countries.yml").read_text(encoding="utf-8"))
        by_name = {
            key: {f" {name} ": str(code) for code, names in data[key].items() for name in names}
            for key in ("countries", "provinces")
        }
        return cls(by_name["countries"], by_name["provinces"], tuple(f" {lead}" for lead in data["lead"]))

    def find(self, words: Sequence[str]) -> tuple[str | None, str | None]:
        """Return country and province when the words name one after "in", "from" and the like."""
        text = f" {' '.join(words)} "
        province = next((code for name, code in self.provinces.items() if self._said(name, text)), None)
        country = next((code for name, code in self.countries.items() if self._said(name, text)), None)
        return ("CA" if province and not country else country), (province if country in (None, "CA") else None)

    def _said(self, name: str, text: str) -> bool:
        return name in text and any(f"{lead}{name}" in text or f"{lead} the{name}" in text for lead in self.leads)
