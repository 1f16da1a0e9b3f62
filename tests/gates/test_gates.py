"""Each gate is seen red once: a fault is planted in a copy of the project, and the check that should find it must fail."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from attune.commands.check import CHECKS
from attune.settings import ROOT

LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "models", "var", "reports", "node_modules", "__pycache__", ".*_cache", "frozen")


@pytest.fixture(scope="module")
def pristine(tmp_path_factory):
    copy = tmp_path_factory.mktemp("gates") / "project"
    shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
    return copy


@pytest.fixture
def project(pristine):
    """The copy; every file that a test changes is put back."""
    changed = {}

    class Project:
        root = pristine

        def write(self, name, text):
            path = pristine / name
            changed[path] = path.read_text() if path.exists() else None
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)

        def replace(self, name, old, new):
            text = (pristine / name).read_text()
            assert old in text, f"{name} has no {old!r}: plant another fault"
            self.write(name, text.replace(old, new, 1))

    yield Project()
    for path, before in changed.items():
        path.unlink() if before is None else path.write_text(before)


def run(name, root):
    command = CHECKS[name]
    if command[0] != sys.executable:
        command = [str(Path(sys.executable).parent / command[0]), *command[1:]]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=280)


FAULTS = {
    "style (ruff)": ("attune/planted.py", "import os\n", "F401"),
    "format (ruff)": ("attune/planted.py", "x = [1,2]\n", "planted.py"),
    "types (mypy)": ("attune/planted.py", 'def f() -> int:\n    return "no"\n', "Incompatible return value"),
    "imports (import-linter)": ("attune/planted.py", "import actions\n", "attune.planted -> actions"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_in_code_is_found(name, project):
    path, text, said = FAULTS[name]
    project.write(path, f'"""Planted."""\n\n{text}')
    result = run(name, project.root)
    assert result.returncode != 0
    assert said in result.stdout + result.stderr


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("next: [", "next: [nowhere_at_all, ", "nowhere_at_all"),
        ("short:", "shrot:", "shrot"),
    ],
)
def test_a_fault_in_content_is_found(old, new, said, project):
    project.replace("content/en/faq/attunement_origins.yml", old, new)
    result = run("content", project.root)
    assert result.returncode != 0
    assert "content/en/faq/attunement_origins.yml" in result.stdout + result.stderr
    assert said in result.stdout + result.stderr


def test_an_example_under_two_intents_is_found(project):
    project.replace(
        "data/nlu/conversation/opening_closing.yml",
        "- intent: goodbye\n  examples: |\n",
        "- intent: goodbye\n  examples: |\n    - hello there friend of mine\n",
    )
    project.replace(
        "data/nlu/conversation/opening_closing.yml",
        "- intent: greet\n  examples: |\n",
        "- intent: greet\n  examples: |\n    - hello there friend of mine\n",
    )
    result = run("training data", project.root)
    assert result.returncode != 0
    assert "hello there friend of mine" in result.stdout + result.stderr


def test_a_rule_with_an_unknown_action_is_found(project):
    project.replace("data/rules/learn.yml", "action: utter_faq", "action: utter_nothing_of_the_kind")
    result = run("Rasa's own validation", project.root)
    assert result.returncode != 0
    assert "utter_nothing_of_the_kind" in result.stdout + result.stderr


def test_a_forbidden_word_in_a_crisis_reply_is_found(project):
    project.replace("content/en/crisis.yml", "You can", "You may have committed suicide, but you can")
    result = run("help lines and wording", project.root)
    assert result.returncode != 0
