"""When detection itself fails: raw key words decide, and doubt goes to help."""

from __future__ import annotations

from attune.safety.verdict import Verdict

# Kept in code on purpose: this must work when no data file can be read.
RAW = {
    "medical": (
        "overdose",
        "took pills",
        "took all my pills",
        "can't breathe",
        "cant breathe",
        "chest pain",
        "unconscious",
        "poison",
    ),
    "self_harm": (
        "suicid",
        "kill my",
        "kms",
        "end it all",
        "end my life",
        "want to die",
        "wanna die",
        "self harm",
        "self-harm",
        "selfharm",
        "cut myself",
        "hurt myself",
        "unalive",
        "die",
        "not wake up",
    ),
    "abuse": ("hits me", "hit me", "beats me", "chokes me", "raped", "rape", "abuses me", "threatens me"),
    "harm_to_others": ("kill him", "kill her", "kill them", "shoot up"),
    "someone_else": ("kill himself", "kill herself", "kill themselves"),
}


def fallback_verdict(text: object) -> Verdict:
    """Return an alarm when a raw key word is present, else nothing; never raises."""
    try:
        folded = str(text).casefold()
    except Exception:  # an object that cannot even be written out holds no key word
        return Verdict(fallback=True)
    for kind in ("medical", "someone_else", "harm_to_others", "abuse", "self_harm"):
        if any(word in folded for word in RAW[kind]):
            return Verdict(level="alarm", kind=kind, fallback=True)
    return Verdict(fallback=True)
