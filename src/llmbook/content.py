"""Facts, as notes, and whether a text says all of them and nothing else.

Explained in the chapter "Text generation" of the part "Applications".  The notes come from what is
true of a story: who was where, and what happened.  What a text makes of them is read by the valley's
own reader, which has written none of it and keeps its own account.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from llmbook.world.lexicon import ADJECTIVES, ANIMALS, GOODS, JOBS, MEN, PLACES, THINGS, WOMEN
from llmbook.world.reader import mismatches, read

FEWEST, MOST = 2, 8  # events of a story that is short enough to be told from notes


def _any(words: Iterable[str]) -> str:
    """Return a pattern for any of some words, the longest first."""
    return "|".join(sorted(words, key=len, reverse=True))


_JOBS, _NAMES = _any(JOBS), _any((*WOMEN, *MEN))
_JOB = re.compile(rf"\b(?:{_JOBS})\b")
# Who does what: "the baker Anna", "a baker named Anna", "Anna the baker", "Anna, the baker".
_WORKS = re.compile(
    rf"\b(?P<job>{_JOBS}) (?:named |called )?(?P<name>{_NAMES})\b"
    rf"|\b(?P<name_>{_NAMES}),? the (?P<job_>{_JOBS})\b"
)
# The parts of an event as ``str(event)`` has them.
_PART = re.compile(
    rf"the (?:{_any(ADJECTIVES)}) (?:{_any(THINGS)})\b|the (?:{_any(ANIMALS)})\b"
    rf"|\b(?:{_NAMES})\b|\d+ (?:{_any(GOODS)})\b|\b(?:{_any(PLACES)})\b|\w+"
)
_FIRST_PERSON = re.compile(r"\b(?:I|me|my|mine|we|us|our|uncle|aunt)\b")


def notes(text: str, truth: Mapping[str, Any]) -> list[str] | None:
    """Return the facts of a story as notes, one line each; None if they cannot be its only source.

    A story serves if it has few events, and is told of others than the one who tells it.

    Args:
        text: The story.
        truth: What is true of it, see :func:`llmbook.world.stories.truth`.

    Example:
        >>> truth = {"events": ["go Anna mill", "share Anna Ben 3 cherry"], "facts": {}}
        >>> notes("Ben was at the mill. Anna came to the mill and gave him three cherries.", truth)
        ['Ben: mill', 'go: Anna, mill', 'share: Anna, Ben, 3 cherry']
    """
    if not FEWEST <= len(truth["events"]) <= MOST:
        return None
    works = jobs(text)
    if works is None or _FIRST_PERSON.search(text):
        return None
    places = [f"{what.removeprefix('the ')}: {place}" for what, place in read(text).start.items()]
    return works + places + [_note(event) for event in truth["events"]]


def jobs(text: str) -> list[str] | None:
    """Return what a text says that people do for a living; None if it is not plain who does it.

    Example:
        >>> jobs("The baker Anna met Ben, the smith. The smith was sad.")
        ['Anna: baker', 'Ben: smith']
        >>> jobs("Anna met the smith.") is None
        True
    """
    found = {}
    for match in _WORKS.finditer(text):
        found[match["name"] or match["name_"]] = match["job"] or match["job_"]
    if not set(_JOB.findall(text)) <= set(found.values()):
        return None
    return [f"{name}: {job}" for name, job in found.items()]


def _note(event: str) -> str:
    """Return an event as a note."""
    kind, _, rest = event.partition(" ")
    return f"{kind}: {', '.join(part.removeprefix('the ') for part in _PART.findall(rest))}"


def faults(text: str, facts: Sequence[str], truth: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return what a text leaves out of the facts, and what it says beside or against them.

    Args:
        text: What was made of the facts.
        facts: The notes.
        truth: What is true of the story that they come from.

    Example:
        >>> truth = {"events": ["go Anna mill"], "facts": {"at": {"Anna": "mill"}}}
        >>> faults("Anna went to the hut.", ["go: Anna, mill"], truth)["omitted"]
        ['not told: go Anna mill']
        >>> faults("Anna went to the mill. She was sad.", ["go: Anna, mill"], truth)
        {'omitted': [], 'invented': ['told: feel Anna sad']}
    """
    found = mismatches(text, truth)
    omitted = [line for line in found if line.startswith("not told:")]
    invented = [line for line in found if line not in omitted]
    said = jobs(text)
    if said is None:
        invented.append("it is not plain who does this work")
    else:
        wanted = {fact for fact in facts if _JOB.fullmatch(fact.partition(": ")[2])}
        omitted += [f"not told: {fact}" for fact in sorted(wanted - {*said})]
        invented += [f"told: {fact}" for fact in sorted({*said} - wanted)]
    return {"omitted": omitted, "invented": invented}
