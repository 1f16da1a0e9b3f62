"""Links into the operator's own site."""

from __future__ import annotations

import pytest

from attune.directory import LinkTemplates, open_directory
from attune.directory.links import LinkError
from attune.model.wishes import Field, Query, Wish
from tests.directory.makers import therapist, wishing

SITE = {
    "search": {
        "url": "https://example.org/find?lang=en",
        "parameters": {"approach": "type", "city": "where", "max_fee": "to", "sliding_scale": "sliding"},
        "values": {"approach": {"eft": "emotion-focused"}, "sliding_scale": {True: "1"}},
    },
    "profile": {"url": "https://example.org/t/{id}"},
}


def test_a_search_is_opened_with_the_sites_own_words_and_says_what_it_cannot(sqlite_url):
    directory = open_directory(sqlite_url, links=LinkTemplates.from_site(SITE))
    link = directory.link(
        wishing(approach=["eft", "somatic"], city="St. John's", max_fee=140.0, sliding_scale=True, gender="woman")
    )
    assert link.url == "https://example.org/find?lang=en&type=emotion-focused&type=somatic&where=St.+John%27s&to=140&sliding=1"
    assert [wish.field for wish in link.missing] == [Field.GENDER]
    directory.close()


def test_a_negated_wish_cannot_be_expressed():
    link = LinkTemplates.from_site(SITE).search(Query.of([Wish(Field.APPROACH, "eft", negated=True)]))
    assert (link.url, len(link.missing)) == ("https://example.org/find?lang=en", 1)


def test_profiles_come_from_the_listing_or_from_the_site():
    links = LinkTemplates.from_site(SITE)
    assert links.profile(therapist("a")) == "https://example.org/a"
    assert links.profile(therapist("a/b c", profile_url="")) == "https://example.org/t/a%2Fb%20c"


def test_a_profile_without_an_address_of_its_own_leads_to_the_operators_site(opened_sqlite, sqlite_url):
    opened_sqlite(therapist("a", profile_url=""), therapist("b"))
    directory = open_directory(sqlite_url, links=LinkTemplates.from_site(SITE))
    shown = {match.listing.id: match.listing.profile_url for match in directory.search(Query()).matches}
    assert shown == {"a": "https://example.org/t/a", "b": "https://example.org/b"}
    assert [listing.profile_url for listing in directory.get(["a", "b"])] == [shown["a"], shown["b"]]
    directory.close()


def test_without_a_site_there_is_no_link():
    assert LinkTemplates().search(Query()) is None
    assert LinkTemplates().profile(therapist("a", profile_url="")) == ""
    assert LinkTemplates.from_site({"search": {"url": ""}, "profile": {"url": ""}}).search(Query()) is None


@pytest.mark.parametrize(
    ("site", "message"),
    [
        ({"search": {"url": "http://example.org"}}, "`search.url` is 'http://example.org'; it must start with https://"),
        (
            {"search": {"url": "https://example.org", "parameters": {"shoe": "x"}}},
            "'shoe' is not a valid Field; the wishes are approach",
        ),
    ],
)
def test_a_wrong_template_is_refused_in_a_sentence(site, message):
    with pytest.raises(LinkError) as raised:
        LinkTemplates.from_site(site)
    assert message in str(raised.value)
