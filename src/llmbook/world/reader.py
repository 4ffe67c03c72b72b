"""A reader of stories who did not write them: it keeps its own account of the valley.

Explained in the chapter "data".  The reader knows the words of the lexicon and what verbs mean.  It
shares no phrase and no rule with the writer of the stories, nor with the simulator.  So when its
account agrees with the simulator's, the story has told what happened; and it can check a story that
a language model wrote.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from llmbook.world.reader_account import Account
from llmbook.world.reader_grammar import Grammar

# Behind direct speech: who has said it.
ATTRIBUTION = re.compile(
    r"\s+(?:[a-z]|(?!(?:He|She|It|They|That|This)\b)[A-Z]\w*(?: (?:the )?\w+)? "
    r"(?:asks?|asked|sa(?:y|ys|id)|calls?|called|cr(?:y|ies|ied)|sigh|sighs|sighed|answers?|answered|"
    r"repl(?:y|ies|ied)|tells?|told|shout\w*|whisper\w*)\b)"
)


@dataclass
class Reading:
    """What a reader makes of a text.

    Args:
        events: What happened, in the words of ``str(event)``; a gift that is given back or lent is
            ``"give"``, since a text need not say which.
        facts: How things stand at the end: ``"at"``, ``"holder"``, ``"count"``, ``"mood"``,
            ``"broken"``, ``"lost"``, ``"weather"``; only what the text says or implies.
        start: Where beings and things were before anything happened to them, as far as it is said.
        contradictions: What the text says against itself, one line each.
        strange: The sentences that are not understood.
        sentences: How many sentences there are.
    """

    events: list[str] = field(default_factory=list)
    facts: dict[str, object] = field(default_factory=dict)
    start: dict[str, str] = field(default_factory=dict)
    contradictions: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    sentences: int = 0

    @property
    def understood(self) -> float:
        """The share of the sentences that are understood; of no sentences, all are."""
        return 1 - len(self.strange) / self.sentences if self.sentences else 1.0


def read(text: str) -> Reading:
    """Read a story, sentence by sentence.

    It never fails: what it does not understand, it counts.

    Example:
        >>> reading = read("Anna went to the mill. Ben gave her the red kite.")
        >>> reading.facts["holder"], reading.facts["at"]["Ben"], reading.contradictions
        ({'the red kite': 'Anna'}, 'mill', [])
        >>> read("Anna had a red kite. Ben broke the kite.").contradictions
        ['Ben breaks the red kite, which Anna holds']
    """
    text = re.sub("[“”]", '"', text).replace("’", "'")
    grammar, account, reading = Grammar(text), Account(), Reading()
    for sentence in split(text):
        claims, understood = grammar.sentence(sentence)
        reading.sentences += 1
        if not understood:
            reading.strange.append(sentence)
        for claim in claims:
            account.hear(claim)
    reading.events, reading.contradictions = account.events, account.contradictions
    reading.facts, reading.start = account.facts(), account.start
    return reading


def mismatches(text: str, truth: Mapping[str, Any]) -> list[str]:
    """Compare a story with what is true of it.

    Args:
        text: The story.
        truth: Its ``"start"``, ``"events"`` and ``"facts"``, as
            :func:`llmbook.world.stories.truth` gives them.

    Returns:
        What the story contradicts, itself or the truth, and the sentences that are not understood,
        one line each.

    Example:
        >>> truth = {"events": ["go Anna mill"], "facts": {"at": {"Anna": "mill"}}}
        >>> mismatches("Anna went to the mill.", truth)
        []
        >>> mismatches("Anna went to the hut.", truth)
        ['told: go Anna hut', 'not told: go Anna mill', "at: {'Anna': 'hut'}, not {'Anna': 'mill'}"]
    """
    reading = read(text)
    lines = [*reading.contradictions, *(f"not understood: {line}" for line in reading.strange)]
    true_events = [re.sub("^lend ", "give ", event) for event in truth["events"]]
    if true_events != reading.events:
        told, true = Counter(reading.events), Counter(true_events)
        lines += [f"told: {event}" for event in told - true]
        lines += [f"not told: {event}" for event in true - told]
        if told == true:
            lines.append("the events are told in another order")
    for what, place in reading.start.items():
        if truth.get("start", {}).get(what, place) != place:
            lines.append(f"at the start: {what} at {place}, not {truth['start'][what]}")
    for kind, true in truth["facts"].items():
        if reading.facts[kind] != true:
            lines.append(f"{kind}: {reading.facts[kind]}, not {true}")
    return lines


def split(text: str) -> Iterator[str]:
    """Yield the sentences of a text; direct speech stays with the one who speaks.

    Example:
        >>> list(split('"May I?" Anna asked Ben. "No," he said. She left.'))
        ['"May I?" Anna asked Ben.', '"No," he said.', 'She left.']
    """
    start, inside = 0, False
    for place, letter in enumerate(text):
        ended = False
        if letter == '"':
            inside = not inside
            if not inside and text[place - 1 : place] in tuple(".!?"):
                before = text[start:place].split('"')[0].strip()
                ended = bool(before) or not ATTRIBUTION.match(text, place + 1)
        elif letter in ".!?" and not inside:
            ended = True
        if ended:
            if sentence := text[start : place + 1].strip():
                yield sentence
            start = place + 1
    if rest := text[start:].strip():
        yield rest
