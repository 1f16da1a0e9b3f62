"""Rasa without TensorFlow: every entry point starts, nothing stays behind, and what needs TensorFlow says so."""

import importlib.util
import subprocess
import sys

import pytest

from attune.settings import ROOT, load_settings
from pipeline import lean


def run(*arguments, cwd=ROOT, check=True):
    command = [sys.executable, "-W", "ignore", "-m", "pipeline.lean", *arguments]
    environment = {**load_settings().process_environment(), "PYTHONPATH": str(ROOT)}
    result = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=120)
    assert not check or result.returncode == 0, result.stdout + result.stderr
    return result


def python(code):
    result = subprocess.run([sys.executable, "-W", "ignore", "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


@pytest.fixture
def project(tmp_path):
    """A tiny Rasa project with a component that needs no TensorFlow."""
    (tmp_path / "data").mkdir()
    (tmp_path / "domain.yml").write_text(
        'version: "3.1"\nintents: [greet, leave]\nresponses:\n  utter_greet: [{text: Hello}]\n  utter_leave: [{text: Bye}]\n'
    )
    (tmp_path / "data/nlu.yml").write_text(
        'version: "3.1"\nnlu:\n- intent: greet\n  examples: |\n    - hello\n    - hi there\n'
        "- intent: leave\n  examples: |\n    - bye\n    - see you\n"
    )
    (tmp_path / "data/rules.yml").write_text(
        'version: "3.1"\nrules:\n- rule: hello\n  steps: [{intent: greet}, {action: utter_greet}]\n'
        "- rule: bye\n  steps: [{intent: leave}, {action: utter_leave}]\n"
    )
    (tmp_path / "config.yml").write_text(CONFIG.format(component="LogisticRegressionClassifier", policy="RulePolicy"))
    return tmp_path


CONFIG = """
assistant_id: tiny
recipe: default.v1
language: en
pipeline: [{{name: WhitespaceTokenizer}}, {{name: CountVectorsFeaturizer}}, {{name: {component}}}]
policies: [{{name: {policy}}}]
"""


def test_rasa_trains_validates_and_tests_without_tensorflow(project):
    run("train", "--quiet", cwd=project)
    assert list((project / "models").glob("*.tar.gz"))
    run("data", "validate", cwd=project)
    (project / "tests").mkdir()
    (project / "tests/test_stories.yml").write_text(
        'version: "3.1"\nstories:\n- story: hello\n  steps: [{user: "hello", intent: greet}, {action: utter_greet}]\n'
    )
    run("test", "core", "--stories", "tests/test_stories.yml", "--fail-on-prediction-errors", cwd=project)


@pytest.mark.parametrize("command", ["run", "shell", "train", "test", "data", "visualize", "interactive", "export"])
def test_every_entry_point_goes_through_the_launcher(command):
    assert "usage:" in run(command, "--help").stdout


@pytest.mark.parametrize(
    ("component", "policy", "named"),
    [
        ("DIETClassifier", "RulePolicy", "DIETClassifier"),
        ("ResponseSelector", "RulePolicy", "ResponseSelector"),
        ("LogisticRegressionClassifier", "TEDPolicy", "TEDPolicy"),
        ("LogisticRegressionClassifier", "UnexpecTEDIntentPolicy", "UnexpecTEDIntentPolicy"),
    ],
)
def test_a_component_that_needs_tensorflow_is_named_in_one_sentence(component, policy, named, project):
    (project / "config.yml").write_text(CONFIG.format(component=component, policy=policy))
    result = run("train", cwd=project, check=False)
    assert result.returncode == 1
    assert f"Component '{named}' requires the following packages which are currently not installed" in result.stderr + result.stdout
    assert "Traceback" not in result.stderr


def test_nothing_of_the_stand_ins_stays_behind():
    code = (
        "import sys; from pipeline.lean import import_rasa; import_rasa(); import importlib.util as u;"
        "print([n for n in sys.modules if n.split('.')[0] in ('tensorflow', 'keras')], u.find_spec('tensorflow'))"
    )
    assert python(code) == "[] None"


def test_usage_and_crash_reports_are_off_before_rasa_is_imported():
    code = "from pipeline.lean import import_rasa; import_rasa(); import rasa.telemetry as t; print(t.is_telemetry_enabled())"
    assert python(code) == "False"


def test_the_real_tensorflow_is_left_alone(monkeypatch):
    found = importlib.util.find_spec("json")
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: found)
    assert lean.absent_packages() == []
    before = list(sys.meta_path)
    with lean.stand_ins():
        assert sys.meta_path == before


def test_a_stand_in_serves_as_base_decorator_index_and_union():
    with lean.stand_ins():
        import tensorflow as tf
        from tensorflow.keras.layers import Layer

        class Mine(Layer):
            pass

        @tf.function
        def bare():
            return 1

        @tf.keras.utils.register_keras_serializable(package="x")
        def called():
            return 2

        assert issubclass(Mine, Layer)
        assert (bare(), called()) == (1, 2)
        assert tf.Tensor | None
        assert tf.RaggedTensor[int]
    assert "tensorflow" not in sys.modules
