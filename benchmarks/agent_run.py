"""Load a trained model and measure it; runs in either environment: ``python agent_run.py model lines.tsv out.json``.

Prints nothing; writes seconds until ready, resident memory, times of a parse and of a turn, and the readings.
"""

import asyncio
import json
import logging
import os
import resource
import sys
import time
from pathlib import Path


def lines_of(path):
    """Return (label, text) pairs."""
    rows = Path(path).read_text(encoding="utf-8").splitlines()
    return [tuple(row.split("\t")[:2]) for row in rows if "\t" in row and row != "label\ttext"]


def full_name(result):
    """Return the full name of what was read; a fallback counts as its likeliest reading."""
    ranking = result.get("intent_ranking") or [result["intent"]]
    first = ranking[1] if ranking[0]["name"] == "nlu_fallback" and len(ranking) > 1 else ranking[0]
    selector = (result.get("response_selector") or {}).get(first["name"])
    return selector["response"]["intent_response_key"] if selector else first["name"]


async def measure(agent, lines):
    """Return times in milliseconds and what each line was read as."""
    parses, turns, read = [], [], []
    for _, text in lines:
        started = time.perf_counter()
        result = await agent.parse_message(text)
        parses.append((time.perf_counter() - started) * 1000)
        read.append(full_name(result))
    for number, (_, text) in enumerate(lines[:300]):
        started = time.perf_counter()
        await agent.handle_text(text, sender_id=f"bench-{number}")
        turns.append((time.perf_counter() - started) * 1000)
    return parses, turns, read


def main(model, path, out):
    """Measure and write the result."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    started = time.perf_counter()
    try:
        from pipeline.lean import import_rasa

        import_rasa()
    except ImportError:
        pass  # the stock environment has no need of it
    import structlog
    from rasa.core.agent import Agent

    # Debug lines on a terminal would be timed too.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    agent = Agent.load(model)
    lines = lines_of(path)
    asyncio.run(agent.parse_message("hello"))
    ready = time.perf_counter() - started
    parses, turns, read = asyncio.run(measure(agent, lines))
    right = sum(label == name for (label, _), name in zip(lines, read, strict=True)) / len(lines)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    result = {"ready_s": ready, "memory_mb": memory, "parse_ms": parses, "turn_ms": turns, "right": right}
    Path(out).write_text(json.dumps(result), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:4])
