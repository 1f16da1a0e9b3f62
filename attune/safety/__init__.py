"""Crisis detection, the crisis state, fixed replies and help lines. Pure: knows nothing of Rasa or channels."""

from attune.safety.detector import Detector
from attune.safety.lines import Lines
from attune.safety.replies import check_in_part, crisis_reply, pinned_notice, static_replies, static_reply
from attune.safety.respond import beside, crisis_state, pinned, respond
from attune.safety.state import CrisisState, VisitorTurn, state_of, turns_from_events
from attune.safety.verdict import KINDS, Verdict

__all__ = [
    "KINDS",
    "CrisisState",
    "Detector",
    "Lines",
    "Verdict",
    "VisitorTurn",
    "beside",
    "check_in_part",
    "crisis_reply",
    "crisis_state",
    "pinned",
    "pinned_notice",
    "respond",
    "state_of",
    "static_replies",
    "static_reply",
    "turns_from_events",
]
