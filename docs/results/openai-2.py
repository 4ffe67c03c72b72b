"""Measure what a conversation costs, and what streaming gains, with OpenAI's client.

The book's assistant answers through ``transformers serve`` on this machine.  In one conversation a
story is asked about again and again, and the server counts what the model reads; the book's own
tokenizer counts along.  Then a story is continued, streamed and whole, and a clock runs.
"""

import sys
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "_ext"))

from openai import OpenAI
from openai.types.responses import ResponseInputParam
from record import record
from serving import serve

from llmbook import load
from llmbook.hub import find_folder
from llmbook.instruct import conversation, source

MODEL = "valley-chat"
QUESTIONS = 6
SHORTEST, LONGEST = 40, 100  # pieces of an answer that is timed
REPEATS = 9


def talk(client: OpenAI, seed: int) -> dict[str, Any]:
    """Return what the model read and wrote in each turn of a conversation about a story."""
    lm = load(MODEL)
    found = (conversation("questions", seed, number, "combinations") for number in range(1000))
    asked = next(c for c in found if c is not None and len(c.messages) == 2 * QUESTIONS)
    said: list[dict[str, str]] = []
    read, written = [], []
    for message in asked.messages[::2]:
        said.append({"role": "user", "content": message["content"]})
        items: ResponseInputParam = said  # type: ignore[assignment]
        response = client.responses.create(model=MODEL, input=items, stream=False)
        assert response.usage
        assert response.usage.input_tokens == len(lm.encode(said)), "the server counts as we do"
        read.append(response.usage.input_tokens)
        written.append(response.usage.output_tokens)
        said.append({"role": "assistant", "content": response.output_text})
    return {
        "read": read,
        "written": written,
        "read_sum": sum(read),
        "written_sum": sum(written),
        "again": 100 * (1 - read[-1] / sum(read)),  # per cent; the last request has all of it once
    }


def arrivals(client: OpenAI, request: dict[str, Any]) -> list[float]:
    """Return when each piece of a streamed answer came, in milliseconds."""
    start, times = perf_counter(), []
    for event in client.responses.create(**request, stream=True):
        if event.type == "response.output_text.delta":
            times.append(1000 * (perf_counter() - start))
    return times


def wait(client: OpenAI, seed: int) -> dict[str, Any]:
    """Return when the pieces of a long answer came, and when the whole did, in milliseconds."""
    request: dict[str, Any] = {}
    for number in range(100):
        story = " ".join(source("stories", seed, number, "combinations").split()[:40])
        request = {"model": MODEL, "input": f"Go on with this story.\n{story}"}
        if SHORTEST <= len(arrivals(client, request)) <= LONGEST:  # which also warms up
            break
    streamed, whole = [], []
    for _ in range(REPEATS):  # by turns, so that whatever else the machine does meets both
        streamed.append(arrivals(client, request))
        start = perf_counter()
        client.responses.create(**request, stream=False)
        whole.append(1000 * (perf_counter() - start))
    pieces = [median(times) for times in zip(*streamed, strict=True)]
    return {
        "pieces": [round(time, 1) for time in pieces],
        "complete": [round(median(whole), 1)],  # of the same answer
        "number": len(pieces),
        "first": pieces[0],
        "last": pieces[-1],
        "whole": median(whole),
        "rate": 1000 * (len(pieces) - 1) / (pieces[-1] - pieces[0]),  # pieces a second
    }


if __name__ == "__main__":
    with serve(find_folder(MODEL)) as url:
        one = OpenAI(base_url=url, api_key="local")
        record(
            "openai-2",
            lambda seed: talk(one, seed) | wait(one, seed),
            seeds=range(5),
            packages=["openai", "torch", "transformers"],
            long=True,
        )
