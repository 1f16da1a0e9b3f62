"""The command line over the directory."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from attune.commands import cli
from attune.directory import DeepLink, open_directory
from attune.directory.sample import ensure_sample
from attune.guidance.results import same_search
from attune.knowledge import load_content
from attune.model.wishes import Field, Query, Wish
from tests.directory.makers import wishing

CSV = "id,name,city,province,fee_from,approaches,online\na,Ann Alder,Halifax,NS,-5,somatic,yes\nb,[bold]Ben,Nowhere,,,,\n"


@pytest.fixture
def run(sqlite_url):
    """Give what runs a verb on a directory of its own."""

    def invoke(*words, ok=True):
        result = CliRunner().invoke(cli, [*words, *([] if "sample" in words or "order" in words else ["--database", sqlite_url])])
        assert (result.exit_code == 0) is ok, result.output
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result.output

    return invoke


def test_search_reads_plain_words_and_prints_what_the_directory_finds(run, sqlite_url):
    ensure_sample(sqlite_url)
    words = "somatic therapist in Halifax under $140"
    query = wishing(approach="somatic", city="Halifax", max_fee=140)
    printed = json.loads(run("search", words, "--json"))
    assert Query.from_list(printed["query"]) == query
    page = open_directory(sqlite_url).search(query)
    assert [match["id"] for match in printed["matches"]] == [match.listing.id for match in page.matches]
    assert printed["total"] == page.total
    assert [reason["kind"] for reason in printed["matches"][0]["reasons"]] == [
        reason.kind.value for reason in page.matches[0].reasons
    ]
    table = run("directory", "search", words)
    assert page.matches[0].listing.name.split()[0] in table
    assert "(sample)" in table
    following = json.loads(run("search", words, "--json", "--after", printed["next"]))
    assert following["first"] == 4


@pytest.fixture
def site(tmp_path, monkeypatch):
    """Let site.yml name a site that can search by approach and city, and that has a page for each therapist."""
    path = tmp_path / "site.yml"
    path.write_text(
        "name: Attune\nlanguages: [en]\ndirectory:\n"
        "  search: {url: 'https://example.org/find', parameters: {approach: type, city: where}}\n"
        "  profile: {url: 'https://example.org/therapists/{id}'}\n"
    )
    monkeypatch.setenv("ATTUNE_SITE", str(path))


def test_search_prints_the_links_into_the_operators_site_and_what_they_cannot_hold(run, site, tmp_path):
    path = tmp_path / "people.csv"
    path.write_text(
        "id,name,city,province,approaches,in_person,fee_from,profile_url\n"
        "a b,Ann Alder,Halifax,NS,somatic,yes,100,\nb,Ben Birch,Halifax,NS,somatic,yes,110,https://ben.example.org/me\n"
    )
    run("directory", "import", str(path))
    words = "somatic therapist in Halifax under $140"
    link = "https://example.org/find?type=somatic&where=Halifax"
    printed = json.loads(run("search", words, "--json"))
    assert (printed["link"]["url"], [wish["field"] for wish in printed["link"]["missing"]]) == (link, ["max_fee"])
    profiles = {match["id"]: match["profile_url"] for match in printed["matches"]}
    assert profiles == {"a b": "https://example.org/therapists/a%20b", "b": "https://ben.example.org/me"}
    table = run("directory", "search", words).splitlines()
    missing = (Wish(Field.MAX_FEE, 140.0),)
    notice = same_search(DeepLink(link, missing), load_content(), "en")  # as the bot says it
    assert {f"{notice.links[0].title}: {link}", notice.text} <= set(table)
    assert {line.split()[-1] for line in table if line[:1] in "12" and "https" in line} == set(profiles.values())


def test_search_without_a_site_of_the_operator_prints_no_link(run, sqlite_url):
    ensure_sample(sqlite_url)
    assert json.loads(run("search", "online", "--json"))["link"] is None
    assert "Open this search" not in run("search", "online")


def test_a_wrong_template_in_site_yml_is_one_sentence(run, tmp_path, monkeypatch):
    path = tmp_path / "site.yml"
    path.write_text("name: Attune\nlanguages: [en]\ndirectory: {search: {url: 'http://example.org'}}\n")
    monkeypatch.setenv("ATTUNE_SITE", str(path))
    assert "must start with https://" in run("search", "online", ok=False)


def test_search_with_nobody_prints_the_ways_out(run, sqlite_url):
    ensure_sample(sqlite_url)
    words = "emotion-focused therapist in Whitehorse, in person"
    assert "nobody fits" in run("search", words)
    assert json.loads(run("search", words, "--json"))["ways_out"][0]["value"] == "online"


def test_import_reports_by_line_and_json_has_it_all(run, tmp_path):
    path = tmp_path / "people.csv"
    path.write_text(CSV)
    text = run("directory", "import", str(path))
    assert "people.csv:2: fee_from: '-5' is negative; the value is left out" in text
    assert "2 records (csv): 2 added, 0 changed, 0 unchanged, 0 closed; 0 rows and 1 values left out" in text
    data = json.loads(run("directory", "import", str(path), "--json", "--dry-run"))
    assert (data["unchanged"], data["problems"][0]["field"]) == (2, "fee_from")
    assert "nothing written" in run("directory", "import", str(path), "--dry-run")


def test_a_broken_file_is_one_sentence_and_a_failure(run, tmp_path):
    assert run("directory", "import", str(tmp_path / "gone.csv"), ok=False).startswith("Error: ")
    (tmp_path / "x.csv").write_text("a,b\n1,2\n")
    assert "the column `id` is missing" in run("directory", "import", str(tmp_path / "x.csv"), ok=False)
    assert "is not a cursor" in run("search", "online", "--after", "zzz", ok=False)


def test_check_and_stats_and_export(run, tmp_path):
    path = tmp_path / "people.csv"
    path.write_text(CSV)
    run("directory", "import", str(path))
    kinds = {item["kind"] for item in json.loads(run("directory", "check", "--json"))}
    assert {"stale", "incomplete", "unreachable"} <= kinds
    assert "[bold]Ben" in run("directory", "check").replace("\n", "")
    assert json.loads(run("directory", "stats", "--json"))["approach"] == {"somatic": 1, "not known": 1}
    assert "somatic" in run("directory", "stats")
    assert "2 listings written" in run("directory", "export", str(tmp_path / "out.json"), "--format", "json")
    assert len(json.loads((tmp_path / "out.json").read_text())["listings"]) == 2


def test_ensure_sample_and_order(run):
    assert "sample listings added" in run("directory", "ensure")
    assert "the directory is there" in run("directory", "ensure")
    assert len(run("directory", "sample").splitlines()) > 290
    assert json.loads(run("directory", "order", "--json"))["payment"] is False
    assert "weight" in run("directory", "order")
