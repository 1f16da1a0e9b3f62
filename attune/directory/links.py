"""Links into the operator's own site: the same search there, and a therapist's profile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from attune.directory.listing import Listing
from attune.model.wishes import Field, Query, Wish


class LinkError(ValueError):
    """A template of site.yml cannot be used; the message names the entry and the fix."""


@dataclass(frozen=True, slots=True)
class DeepLink:
    """A link that opens a search on the operator's site; `missing` are the wishes that it cannot express."""

    url: str
    missing: tuple[Wish, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkTemplates:
    """What site.yml says under `directory:` about the operator's site; empty addresses switch a link off.

    Attributes:
        search_url: Address of the search page.
        parameters: Name of the query parameter for each wish that the page understands.
        values: For a wish, the site's own word for our value; values that are not named go as they are.
        profile_url: Address of a profile with `{id}` in it, for listings without a link of their own.
    """

    search_url: str = ""
    parameters: Mapping[Field, str] = field(default_factory=dict)
    values: Mapping[Field, Mapping[str, str]] = field(default_factory=dict)
    profile_url: str = ""

    @classmethod
    def from_site(cls, data: Mapping[str, Any]) -> LinkTemplates:
        """Return the templates of `{search: {url, parameters, values}, profile: {url}}`.

        Raises:
            LinkError: When a wish is unknown or an address is not https.
        """
        search, profile = data.get("search") or {}, data.get("profile") or {}
        for name, url in (("search.url", search.get("url")), ("profile.url", profile.get("url"))):
            if url and urlsplit(url).scheme != "https":
                raise LinkError(f"site.yml, directory: `{name}` is {url!r}; it must start with https://")
        try:
            parameters = {Field(key): str(value) for key, value in (search.get("parameters") or {}).items()}
            values = {Field(key): _words(words) for key, words in (search.get("values") or {}).items()}
        except ValueError as error:
            known = ", ".join(item.value for item in Field)
            raise LinkError(f"site.yml, directory: {error}; the wishes are {known}") from None
        return cls(search.get("url") or "", parameters, values, profile.get("url") or "")

    def search(self, query: Query) -> DeepLink | None:
        """Return the link that opens `query` on the operator's site, None when there is no such site."""
        if not self.search_url:
            return None
        pairs, missing = [], []
        for wish in query:
            value = self._value(wish)
            if value is None:
                missing.append(wish)
            else:
                pairs.append((self.parameters[wish.field], value))
        joint = "&" if urlsplit(self.search_url).query else "?"
        return DeepLink(self.search_url + (joint + urlencode(pairs) if pairs else ""), tuple(missing))

    def profile(self, listing: Listing) -> str:
        """Return the address of the listing's profile: its own, else the operator's; empty when there is neither."""
        if listing.profile_url or not self.profile_url:
            return listing.profile_url
        return self.profile_url.replace("{id}", quote(listing.id, safe=""))

    def _value(self, wish: Wish) -> str | None:
        if wish.field not in self.parameters or wish.negated:
            return None
        text = _text(wish.value)
        return self.values.get(wish.field, {}).get(text, text)


def _words(words: Mapping[Any, Any]) -> dict[str, str]:
    return {_text(key): str(value) for key, value in words.items()}


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, float) else str(value)
