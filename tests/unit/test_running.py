import shutil
import socket
from pathlib import Path

import pytest

from attune.running import StartError, checks
from attune.running.checks import check_port, check_ports, check_space, check_yaml
from attune.running.processes import commands
from attune.running.training import MODEL, STAMP, digest, is_current
from attune.settings import Settings


def test_a_taken_port_names_the_setting_that_moves_it():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(StartError, match=rf"port {port} on 127.0.0.1 is taken.*ATTUNE_PORT={port + 100} make run"):
            check_port("127.0.0.1", port, "ATTUNE_PORT")


def test_two_settings_that_name_one_port_are_told_apart():
    with pytest.raises(
        StartError, match="ATTUNE_PORT and ATTUNE_DEMO_PORT both name port 5005; choose another: ATTUNE_DEMO_PORT=5105"
    ):
        check_ports(Settings(demo_port=5005))


def test_the_demo_is_a_process_of_its_own_until_it_is_switched_off():
    assert set(commands(Settings(), Path("model"))) == {"bot", "actions", "demo"}
    assert set(commands(Settings(demo=False), Path("model"))) == {"bot", "actions"}


def test_a_full_disk_is_told_before_anything_is_written(monkeypatch, tmp_path):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(100, 99, 1_000_000))
    with pytest.raises(StartError, match=r"1 MB are free .* 500 MB are needed"):
        check_space(tmp_path)


@pytest.fixture
def project(tmp_path):
    for name in checks.YAML_FILES:
        (tmp_path / name).write_text("a: 1\n")
    (tmp_path / "data").mkdir()
    return tmp_path


def test_sound_yaml_passes(project):
    check_yaml(project)


def test_broken_yaml_is_named_with_line_and_column(project):
    (project / "data" / "nlu.yml").write_text("nlu:\n- intent: greet\n  examples: [\n")
    with pytest.raises(StartError, match=r"data/nlu\.yml:4:1: .*; mend the line"):
        check_yaml(project)


def test_a_file_that_is_not_utf8_is_named(project):
    (project / "data" / "nlu.yml").write_bytes(b"caf\xe9: 1\n")
    with pytest.raises(StartError, match=r"data/nlu\.yml: byte 3 is not UTF-8"):
        check_yaml(project)


def test_a_missing_file_is_named(project):
    (project / "config.yml").unlink()
    with pytest.raises(StartError, match=r"config\.yml: this file is missing"):
        check_yaml(project)


def test_a_model_is_current_until_what_it_is_made_from_changes(project):
    models = project / "models"
    models.mkdir()
    (models / MODEL).write_bytes(b"model")
    (models / STAMP).write_text(digest(project))
    assert is_current(project, models)
    (project / "data" / "nlu").mkdir()
    (project / "data" / "nlu" / "greet.yml").write_text("nlu: []\n")
    assert not is_current(project, models)
