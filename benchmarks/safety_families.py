"""Families held out in turn: what is still caught of an expression family that nobody had thought of?

For each of ten groups of families, patterns are taken out of the detector, and out of the n-grams' training goes every line
that was written for one of them or that their patterns find (whoever wrote it). The encoder was tuned on all families and cannot
be tuned ten times here, so it does not vote. Thresholds and word lists stay as shipped. What is measured is then the reach of the
other families and of the n-grams alone: a lower limit for wordings that no list has.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from attune.safety.classifier import Classifier
from attune.safety.detector import Detector
from attune.safety.devset import Example
from attune.safety.evaluation import Judged, clopper_pearson
from attune.safety.learned import Learned
from attune.safety.meaning import Meaning
from attune.safety.patterns import Library, read_families, read_words
from scripts import build_safety_classifier as builder
from scripts.safety_lines import lines

GROUPS = 10


class WithoutFamilies(Detector):
    """The detector as if some families had never been written."""

    def __init__(self, held_out: frozenset[str], ngrams: Classifier) -> None:
        super().__init__("en")
        self.families = Library(self.families.vocab)
        for family, specs in read_families("en", read_words("en")):
            if family.id not in held_out:
                self.families.add(family, specs)
        self.learned = Learned(ngrams, Meaning(None), self.learned.fusion, self.learned.thresholds)


@dataclass(frozen=True)
class Trained:
    """Everything that the classifier learns from, with the n-grams of each line and the families whose patterns find it."""

    examples: Sequence[Example]
    sets: Sequence[set[str]]
    found: Sequence[frozenset[str]]

    @classmethod
    def read(cls) -> Trained:
        """Read the lines as the script that builds the classifier does."""
        examples = builder.enlarged(lines())
        detector = Detector.load()
        sets = [builder.features(detector, one.text) for one in examples]
        crisis = (detector.look(one.text) if one.kind != "none" else () for one in examples)
        found = [frozenset(hit.family.id for seen in views for hit in seen.hits) for views in crisis]
        return cls(examples, sets, found)

    def without(self, held_out: frozenset[str]) -> Classifier:
        """Return the classifier trained on what is left when the lines of some families are taken out."""
        kept = [at for at, one in enumerate(self.examples) if one.family not in held_out and not self.found[at] & held_out]
        return builder.learn([self.sets[at] for at in kept], [self.examples[at] for at in kept])


def groups(examples: Sequence[Example]) -> list[frozenset[str]]:
    """Return the families that have lines, dealt out to the groups in the order of their ids."""
    ids = sorted({one.family for one in examples if one.kind != "none" and one.family[1:].isdigit()})
    return [frozenset(ids[start::GROUPS]) for start in range(GROUPS)]


def held_out(examples: Sequence[Example]) -> Iterator[Judged]:
    """Yield the verdict on each crisis line, by a detector that does not know its family."""
    trained = Trained.read()
    for group in groups(examples):
        detector = WithoutFamilies(group, trained.without(group))
        for one in examples:
            if one.kind != "none" and one.family in group:
                yield Judged(one, detector.verdict(one.text))


def families_markdown(examples: Sequence[Example]) -> str:
    """Return the part of the report: by kind and tier, by family, and every line that was missed."""
    judged = list(held_out(examples))
    written = ["## Families held out in turn", "", *(__doc__ or "").splitlines()[2:], ""]
    written += [*_table("kind and tier", judged, _kind_and_tier), "", *_table("family", judged, lambda one: one.example.family)]
    missed = [one for one in judged if not one.right]
    written += ["", f"### Missed with the family held out: {len(missed)}", ""]
    written += [f"- {one.example.family}, tier {one.example.tier}: {one.example.text} ({one.verdict.score:.2f})" for one in missed]
    return "\n".join((*written, ""))


def _kind_and_tier(one: Judged) -> str:
    return f"{one.example.kind}, tier {one.example.tier}"


def _table(head: str, judged: Sequence[Judged], key) -> Iterator[str]:  # type: ignore[no-untyped-def]  # Judged to str
    yield f"| {head} | lines | answered | share | 95 % limits | alarms | right kind |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    for name in ("all", *sorted({key(one) for one in judged})):
        rows = [one for one in judged if name in ("all", key(one))]
        right = sum(one.right for one in rows)
        low, high = clopper_pearson(right, len(rows))
        alarms = sum(one.verdict.level == "alarm" for one in rows)
        same = sum(one.right and one.verdict.kind == one.example.kind for one in rows)
        yield f"| {name} | {len(rows)} | {right} | {right / len(rows):.1%} | {low:.1%} to {high:.1%} | {alarms} | {same} |"
