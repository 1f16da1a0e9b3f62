"""Ordinary lines made from parts: searches as visitors write them, and plain statements of everyday life."""

from __future__ import annotations

import random

WHO = ("therapist", "counsellor", "psychologist", "someone", "a therapist", "social worker", "somebody", "psychotherapist")
APPROACH = ("somatic", "EFT", "attachment", "relational", "humanistic", "person-centred", "emotion focused", "", "", "")
CITY = ("Halifax", "Toronto", "Laval", "Regina", "Moncton", "Victoria", "Guelph", "Ottawa", "Calgary", "Winnipeg", "St. John's")
FOR = (
    "anxiety",
    "depression",
    "grief",
    "trauma",
    "childhood trauma",
    "burnout",
    "my marriage",
    "us as a couple",
    "my teenager",
    "anger",
    "self esteem",
    "loneliness",
    "a breakup",
    "panic attacks",
    "OCD",
    "ADHD",
    "an eating disorder",
    "addiction",
    "chronic pain",
    "perfectionism",
    "work stress",
    "family conflict",
    "my divorce",
    "parenting",
    "identity questions",
    "postpartum depression",
    "the death of my mother",
    "losing my dad",
    "emotional neglect",
    "life changes",
    "insomnia",
    "the aftermath of an abusive relationship",
    "social anxiety",
    "low mood",
    "caregiver stress",
    "immigration stress",
)
EXTRA = (
    "online",
    "in person",
    "evenings",
    "under $140",
    "max 120",
    "sliding scale",
    "with direct billing",
    "no waitlist",
    "who speaks French",
    "female please",
    "who is queer friendly",
    "who has room",
    "with a free consultation",
    "near downtown",
    "on weekends",
    "covered by Sun Life",
)
OPEN = (
    "",
    "",
    "looking for ",
    "I need ",
    "hi, I'm looking for ",
    "can you find me ",
    "do you have ",
    "please show ",
    "anyone know ",
    "I want ",
)
SUBJECT = (
    "I",
    "we",
    "my husband",
    "my wife",
    "my sister",
    "my boss",
    "my kid",
    "my friend",
    "my mom",
    "my neighbour",
    "she",
    "he",
    "they",
)
DID = (
    "went to the lake",
    "started a new job",
    "bought a car",
    "can't find the keys",
    "hates the new schedule",
    "loves hiking",
    "lost the dog's leash",
    "moved last month",
    "is learning guitar",
    "was late again",
    "cooked dinner",
    "forgot the milk",
    "broke a glass",
    "needs a haircut",
    "got a promotion",
    "is sick of meetings",
    "wants to go home early",
    "wants to travel",
    "is afraid of spiders",
    "hit a pothole",
    "cut the grass",
    "can't wait for the holidays",
    "ended the call",
    "is tired after work",
    "dropped the phone",
    "is dying for a coffee",
    "killed the engine",
    "is scared of flying",
    "fell off the bike",
    "took the bus",
    "took the pills for allergies",
    "is worried about money",
    "feels left out at work",
    "wants to be heard",
    "wants to feel close again",
    "doesn't want to talk about it",
    "doesn't want to be here for the renovation",
    "gave up sugar",
    "is done with dating apps",
    "has no energy",
    "cried at the movie",
    "misses home",
    "hurt a knee playing soccer",
    "burned the toast",
    "is stuck in traffic",
    "yelled at the referee",
    "fought about dishes",
    "hates mondays",
    "is bored",
    "jumped in the pool",
    "shot a video",
)
GREETING = ("my name is {name},", "hi, I'm {name},", "{name} here,", "this is {name}.", "hello, {name} from Canmore,")
SYLLABLES = tuple("ka ri mo xi an te lo da wen zu ji or ba shi mei ol vra ne ek tu hal yo gar im fa qu es dhi lon pe".split())  # noqa: SIM905
WHEN = ("", "", " today", " yesterday", " last week", " this morning", " again", " all weekend", " lol", " tbh", " and it was fine")


def searches(count: int, seed: int) -> list[str]:
    """Return `count` ordinary lines, the same for the same seed."""
    rng = random.Random(seed)  # noqa: S311  (a fixed seed is the point)
    return [_search(rng) if at % 3 else _statement(rng) for at in range(count)]


def _search(rng: random.Random) -> str:
    parts = [rng.choice(OPEN) + " ".join(filter(None, (rng.choice(APPROACH), rng.choice(WHO))))]
    if rng.random() < 0.6:
        parts.append(f"for {rng.choice(FOR)}")
    if rng.random() < 0.6:
        parts.append(f"in {rng.choice(CITY)}")
    if rng.random() < 0.5:
        parts.append(rng.choice(EXTRA))
    if rng.random() < 0.1:
        parts.insert(rng.randrange(len(parts) + 1), _mash(rng))
    if rng.random() < 0.15:
        parts.insert(0, rng.choice(GREETING).format(name=f"{_name(rng)} {_name(rng)}"))
    text = " ".join(parts)
    return text if rng.random() < 0.5 else text.lower()


def _name(rng: random.Random) -> str:
    """Return a name that nobody bears: a name in an unknown spelling is no sign of anything."""
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(2, 4))).capitalize()


def _mash(rng: random.Random) -> str:
    """Return what a slip of the whole hand leaves."""
    return "".join(rng.choice("asdfghjklqwertzuiopyxcvbnm") for _ in range(rng.randint(3, 9)))


def _statement(rng: random.Random) -> str:
    text = f"{rng.choice(SUBJECT)} {rng.choice(DID)}{rng.choice(WHEN)}"
    return text if rng.random() < 0.5 else text.lower()
