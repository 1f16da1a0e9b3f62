"""Each fault that training data can have, planted and found with its file and line."""

from __future__ import annotations

from pathlib import Path

from pipeline import data_checks
from pipeline.training_data import Example, examples


def written(folder: Path, *blocks: tuple[str, list[str]]) -> list[Example]:
    text = 'version: "3.1"\nnlu:\n'
    for intent, lines in blocks:
        text += f"- intent: {intent}\n  examples: |\n" + "".join(f"    - {line}\n" for line in lines)
    (folder / "planted.yml").write_text(text, encoding="utf-8")
    return examples(folder)


def test_examples_know_where_they_stand(tmp_path: Path) -> None:
    (first, second) = written(tmp_path, ("greet", ["hi"]), ("faq/who_benefits", ["who is it for"]))
    assert (first.intent, first.text, first.line) == ("greet", "hi", 5)
    assert second.intent == "faq/who_benefits"


def test_an_example_that_stands_twice_is_found(tmp_path: Path) -> None:
    (fault,) = data_checks.repeated(written(tmp_path, ("greet", ["Hi!", "hello", "hi"])))
    assert "planted.yml:7" in fault
    assert "planted.yml:5" in fault


def test_an_example_under_two_intents_is_found(tmp_path: Path) -> None:
    (fault,) = data_checks.repeated(written(tmp_path, ("greet", ["hi"]), ("goodbye", ["hi"])))
    assert "is goodbye here and greet in" in fault


def test_near_repeats_are_noted(tmp_path: Path) -> None:
    lines = ["where can I find a good therapist", "where can I find a good therapists"]
    assert len(list(data_checks.near_repeats(written(tmp_path, ("find_therapist", lines))))) == 1


def test_a_small_intent_is_found(tmp_path: Path) -> None:
    (fault,) = data_checks.unbalanced(written(tmp_path, ("greet", ["hi"])))
    assert "greet has 1 examples" in fault


def test_values_that_the_contract_does_not_know_are_found(tmp_path: Path) -> None:
    lines = [
        '[reiki]{"entity": "approach"}',
        '[Atlantis]{"entity": "city"}',
        '[somatic]{"entity": "approach", "value": "somatic"}',
        "[x](colour)",
    ]
    faults = list(data_checks.strange_values(written(tmp_path, ("inform", lines))))
    assert len(faults) == 3
    assert "approach has no value `reiki`" in faults[0]
    assert "Atlantis" in faults[1]
    assert "there is no entity `colour`" in faults[2]
