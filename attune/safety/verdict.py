"""What the detector says about one message: no text of the visitor is in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

KINDS = ("medical", "harm_to_others", "abuse", "self_harm", "someone_else")
Level = Literal["alarm", "check_in", "none"]
LIKELIER_THAN_NOT = 0.5


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict on one message.

    Attributes:
        level: `alarm` (a crisis reply), `check_in` (one caring line beside the normal answer) or `none`.
        kind: One of `KINDS`, or None when there is nothing.
        tier: 1 to 4 of the hit that decided; None when only the classifier spoke or nothing did.
        families: Ids of the families that were found and remained after context.
        score: The classifier's probability that this is a crisis message.
        explicit: An explicit statement, which a later retraction does not unsay.
        now: It happens now or is about to.
        coming: Someone who harms the visitor is close.
        minor: The visitor says an age or a class below eighteen.
        denial: "I am not suicidal" and the like.
        after_risk: Only a sign when an earlier message showed risk.
        answer: What it would mean as an answer inside a crisis: safe, unsafe, false_alarm, wont_call, afraid_of_police.
        country: Two letters when the message names one.
        province: Two letters of a Canadian province when the message names one.
        fallback: Detection failed and a raw key word decided.
    """

    level: Level = "none"
    kind: str | None = None
    tier: int | None = None
    families: tuple[str, ...] = ()
    score: float = 0.0
    explicit: bool = False
    now: bool = False
    coming: bool = False
    minor: bool = False
    denial: bool = False
    after_risk: bool = False
    answer: str = ""
    country: str | None = None
    province: str | None = None
    fallback: bool = False

    @property
    def is_sign(self) -> bool:
        """Whether a check-in counts beside another: an ambiguous expression was found, or a crisis is likelier than not."""
        return self.level == "check_in" and (self.tier is not None or self.score >= LIKELIER_THAN_NOT)

    def to_dict(self) -> dict[str, Any]:
        """Return a JSON-ready mapping without empty values."""
        plain = {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(self).items()}
        return {key: value for key, value in plain.items() if value or key == "level"}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Verdict:
        """Read what `to_dict` wrote; unknown keys are left out."""
        known = {key: value for key, value in data.items() if key in cls.__dataclass_fields__}
        known["families"] = tuple(known.get("families", ()))
        return cls(**known)
