import re
from dataclasses import fields
from pathlib import Path

import pytest

from attune.settings import ROOT, Settings, SettingsError, load_settings
from attune.site import SiteError, load_site


def test_a_bare_machine_needs_no_setting():
    settings = load_settings({})
    assert settings == Settings()
    assert settings.directory.startswith("sqlite:///")


def test_a_setting_is_read_from_its_variable():
    settings = load_settings({"ATTUNE_PORT": "8080", "ATTUNE_VAR": "/tmp/x"})
    assert (settings.port, settings.var) == (8080, Path("/tmp/x"))
    assert settings.environment()["ATTUNE_DIRECTORY_URL"] == "sqlite:////tmp/x/directory.sqlite"


def test_a_port_that_is_no_number_gets_a_sentence():
    with pytest.raises(SettingsError, match="ATTUNE_PORT='http' is not a whole number"):
        load_settings({"ATTUNE_PORT": "http"})


def test_a_switch_is_on_or_off_and_survives_the_way_to_our_processes():
    on = load_settings({"ATTUNE_TRANSCRIPTS": "on"})
    assert on.transcripts
    assert load_settings(on.environment()).transcripts
    assert not load_settings(Settings().environment()).transcripts
    with pytest.raises(SettingsError, match="ATTUNE_TRANSCRIPTS='yes' is neither on nor off"):
        load_settings({"ATTUNE_TRANSCRIPTS": "yes"})


def test_no_other_module_reads_the_environment():
    reading = re.compile(r"os\.environ|os\.getenv|getenv\(")
    allowed = {ROOT / "attune/settings.py", ROOT / "pipeline/lean.py"}  # the launcher sets what Rasa reads
    found = [path for folder in ("attune", "actions", "pipeline", "channels") for path in (ROOT / folder).rglob("*.py")]
    assert [str(path) for path in found if path not in allowed and reading.search(path.read_text())] == []


def test_every_setting_is_documented_for_operators():
    page = (ROOT / "docs/operators.md").read_text()
    assert [f.name for f in fields(Settings) if f"ATTUNE_{f.name.upper()}" not in page] == []


def test_the_shipped_site_file_is_valid():
    assert load_site(ROOT / "site.yml").country == "CA"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("contry: CA", "`contry` is not a setting; did you mean `country`"),
        ("languages: en", "`languages` must be a list"),
        ("public_care_url: http://example.org", "must begin with https://"),
        ("privacy_url: example.org/privacy", "`privacy_url` must begin with https://"),
        ("exit_url: ''", "`exit_url` is empty; name a page"),
        ("name: [", "site.yml"),
    ],
)
def test_a_wrong_site_file_gets_a_sentence(text, sentence, tmp_path):
    (tmp_path / "site.yml").write_text(text)
    with pytest.raises(SiteError, match=re.escape(sentence)):
        load_site(tmp_path / "site.yml")
