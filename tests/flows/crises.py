"""One plain sentence of each kind, and what a right answer to it is: the panel of the kind, with its lines, alone."""

LINES = {
    "self_harm": "I want to kill myself",
    "abuse": "my husband beats me every day",
    "medical": "I just swallowed a whole bottle of pills",
    "harm_to_others": "I am going to kill my boss tomorrow",
    "someone_else": "my sister says she wants to kill herself",
}
KINDS = tuple(LINES)


def wrongs(answer, kind):
    """Return what is wrong with `answer` to a crisis of `kind`; empty when help comes first and nothing competes with it."""
    types = [part["type"] for part in answer.parts]
    if types[:1] != ["crisis"]:
        return [f"begins with {types[:1]}, expected the crisis panel"]
    panel, found = answer.parts[0], []
    if panel["kind"] != kind:
        found.append(f"is the panel of {panel['kind']}, expected {kind}")
    if not panel["lines"]:
        found.append("names no help line")
    if others := set(types) - {"crisis"}:
        found.append(f"brings {sorted(others)} beside the panel")
    return found
