"""What a model of the valley is asked to do, and how one sees whether it did.

Explained in the chapter "Evaluation" of the part "Training process".  A task cuts a document of the
valley in two: a model is given the first part, and what it says in place of the second is graded by
the truth that comes with the document.  So a model that was only pre-trained can be examined: it
goes on with the kind of text that it has read.  Another way to ask, such as an instruction to an
assistant, is a function like :func:`complete`; examples and grades stay the same.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from llmbook.chat import Message
from llmbook.sampling import Settings
from llmbook.world import dialogue_check, prosody, reader
from llmbook.world.document import Document

GREEDY: Settings = {"temperature": 0.0}

Marks = dict[str, bool]  # "right", and what else is to be counted


@dataclass(frozen=True)
class Example:
    """One thing to do.

    Args:
        prompt: A document up to where the answer begins.
        answer: How the document goes on.
        known_by: The beginning of a document, up to the end of a line.  A model that was trained on
            a document that begins so may remember it, and the example is no test.
        statement: The sentences in which the answer stands.
        facts: What else is true of it, for the grade.
    """

    prompt: str
    answer: str
    known_by: str
    statement: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The document from its beginning to the end of the answer."""
        return self.prompt + self.answer


@dataclass(frozen=True)
class Task:
    """A kind of example, and how to grade what a model says.

    Args:
        narrator: Whose documents the examples are made of.
        example: Makes an example of a document and its number; None if there is none in it.
        grade: Says of an example and a model's text what is right.
        max_tokens: The most tokens that the model may write.
        stop: Where its text ends, if it does not end it itself.
        settings: How to choose a token.
        drawn: How to choose one where several answers are drawn, and one of them may be right; None
            if a single answer says it all.
    """

    narrator: str
    example: Callable[[Document, int], Example | None]
    grade: Callable[[Example, str], Marks]
    max_tokens: int
    stop: tuple[str, ...] = ("\n",)
    settings: Settings = field(default_factory=lambda: GREEDY)
    drawn: Settings | None = None


Ask = Callable[[str, Example], str | Sequence[Message]]  # from a task's name and an example


def complete(task: str, example: Example) -> str:  # noqa: ARG001 - another way to ask may need it
    """Ask a model that continues texts: it gets the beginning of the document."""
    return example.prompt


def translate(document: Document, number: int) -> Example:  # noqa: ARG001
    r"""Ask for the French of an English text.

    Example:
        >>> example = translate(Document("french", "", {"english": "A cat.", "french": "Un chat."}), 0)
        >>> example.prompt, example.answer
        ('English: A cat.\nFrench:', ' Un chat.')
    """
    french, given = document.truth["french"], f"English: {document.truth['english']}"
    return Example(f"{given}\nFrench:", f" {french}", given, french, document.truth)


def same(example: Example, said: str) -> Marks:
    """Compare a text with the one that is right, letter by letter."""
    return {"right": said.strip() == example.answer.strip()}


def question(document: Document, number: int) -> Example | None:
    """Ask one question about a story, in front of which no other is answered."""
    told, asked = document.truth["story"]["text"], document.truth["questions"]
    if not asked:
        return None
    facts = asked[number % len(asked)]
    prompt = f"{told}\n\nQuestion: {facts['question']}\nAnswer:"
    return Example(prompt, f" {facts['answer']}", told, facts["answer"], facts)


def answered(example: Example, said: str) -> Marks:
    """Compare with every accepted form of an answer, and count by what it takes to find it."""
    facts = example.facts
    right = _plain(said) in map(_plain, facts["answers"])
    hops = facts["hops"]
    kind = f"{hops} fact{'s' * (hops > 1)}"
    return {"right": right, "not said" if facts["answer"] == "not said" else kind: right}


def _plain(text: str) -> str:
    """Return a short answer without capitals and a full stop."""
    return text.strip().removesuffix(".").lower()


def reply(document: Document, number: int) -> Example | None:
    """Let a speaker finish a reply that needs something said before, from where it is needed.

    Where the reply begins is given, so that there is one right thing to say next.
    """
    turns = document.truth["turns"]
    places = [place for place, turn in enumerate(turns) if place and turn["slot"]]
    if not places:
        return None
    place = places[number % len(places)]
    turn = turns[place]
    value = re.search(rf"\s*{_word(turn['value'])}", turn["text"], re.IGNORECASE)
    if value is None:
        return None
    before = "".join(f"{turn['speaker']}: {turn['text']}\n" for turn in turns[:place])
    begun = f" {turn['text']}"[: value.start() + 1].rstrip()
    answer = f" {turn['text']}"[len(begun) :]
    prompt = f"{before}{turn['speaker']}:{begun}"
    return Example(prompt, answer, before, turn["text"], turn)


def replied(example: Example, said: str) -> Marks:
    """Look for the value in a reply; count also whether it contradicts what was said before."""
    found = re.search(_word(example.facts["value"]), said, re.IGNORECASE)
    faults = set(dialogue_check.check(f"{example.prompt}{said}\n"))
    known = dialogue_check.check(f"{example.text}\n")  # a talk that breaks off may look strange
    return {"right": found is not None, "no contradiction": faults <= set(known)}


def _word(value: str) -> str:
    """Return a pattern for a value that is not a part of a longer word."""
    return rf"(?<!\w){re.escape(value)}(?!\w)"


def begin(document: Document, number: int) -> Example | None:  # noqa: ARG001
    """Give the first half of a story, if the reader of the valley understands the whole."""
    sentences = list(reader.split(document.text))
    half = len(sentences) // 2
    start, rest = " ".join(sentences[:half]), " ".join(sentences[half:])
    example = Example(start, f" {rest}", document.text, rest)
    fit = half > 0 and example.text == document.text and told(example, example.answer)["right"]
    return example if fit else None


def told(example: Example, said: str) -> Marks:
    """Read a story on: it contradicts nothing, all is understood, and it is about the same."""
    start, story = reader.read(example.prompt), reader.read(example.prompt + said)
    events = story.events[len(start.events) :]
    known = _named(start)
    marks = {
        "no contradiction": not story.contradictions,
        "understood": not story.strange,
        # Somebody or something that the story began with has a part in what happens.
        "goes on": any(f" {name} " in f" {event} " for event in events for name in known or [""]),
    }
    return {"right": all(marks.values()), **marks}


def _named(reading: reader.Reading) -> set[str]:
    """Return whom and what a story speaks of."""
    facts: dict[str, Any] = reading.facts
    counted = (owner.rpartition(" ")[0] for owner in facts["count"])
    return {*facts["at"], *facts["holder"], *facts["holder"].values(), *facts["mood"], *counted}


def rhyme(document: Document, number: int) -> Example:  # noqa: ARG001
    """Give a poem but for its last line."""
    before, _, last = document.text.strip().rpartition("\n")
    return Example(f"{before}\n", last, document.text, last)


def rhymed(example: Example, said: str) -> Marks:
    """Check that a poem with its new last line rhymes and scans."""
    first, second = (*example.prompt.strip().split("\n"), said.strip())[-2:]
    ends = prosody.words(first)[-1:], prosody.words(second)[-1:]
    scanned = prosody.scan(second)
    return {
        "right": not prosody.check(f"{example.prompt}{said.strip()}"),
        "rhyme": all(ends) and prosody.rhymes(ends[0][0], ends[1][0]),
        "meter": scanned is not None and scanned == prosody.scan(first),
    }


TASKS: dict[str, Task] = {
    "translation": Task("french", translate, same, max_tokens=100),
    "questions": Task("questions", question, answered, max_tokens=30),
    "dialogue": Task("dialogue", reply, replied, max_tokens=40),
    "stories": Task("stories", begin, told, max_tokens=200, settings={"temperature": 0.8}),
    "verse": Task("verse", rhyme, rhymed, max_tokens=30),
}
