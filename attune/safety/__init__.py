"""Crisis detection, the crisis state, fixed replies and help lines. Pure: knows nothing of Rasa or channels."""

from attune.safety.detector import Detector
from attune.safety.verdict import KINDS, Verdict

__all__ = ["KINDS", "Detector", "Verdict"]
