"""Questions: a short story, and questions that it answers, or does not.

Explained in the chapter "data".  The text is the story, an empty line, and for each question two lines::

    Question: Where is the kite now?
    Answer: at the mill

An answer is short, it has one canonical form, and it follows from the text alone: what the text does
not say has the answer "not said", whatever the simulator knows.

Pairs: adjectives and nouns of the things, those of the story and those that only a question names.

Truth: ``story``, its ``text``, its ``events``, and whether it is ``plain``; and ``questions``, each
with ``question``, ``answer``, every accepted form as ``answers``, ``kind``, and ``hops``, the number
of told facts from which the answer follows.
"""

import re

from llmbook.world import question_phrases as words
from llmbook.world.document import Document
from llmbook.world.draw import Draw
from llmbook.world.lexicon import MEN, PLACES, WOMEN
from llmbook.world.meaning import Animal
from llmbook.world.plots import episode, harvest
from llmbook.world.question_kinds import (
    Question,
    Told,
    clause,
    pronouns,
)
from llmbook.world.question_reader import Reader
from llmbook.world.question_said import SAID
from llmbook.world.question_unsaid import unanswerable
from llmbook.world.stories import sentences

UNSAID_SHARE = 0.155
HARVESTS = 0.2  # the share of stories that have something to count, more than by chance
LONGEST = 520  # characters of a story, so that it and its questions fit in the context of the model
# How often a kind is asked for, where the story has it.
KINDS = {
    "where": 3.0, "who": 2.0, "what": 1.3, "how many": 3.0,
    "feel": 1.2, "weather": 0.7, "why": 2.0, "yes or no": 2.0,
}  # fmt: skip
UNSAID_KINDS = KINDS | {"why": 4.5, "how many": 3.5, "who": 1.5, "what": 1.1, "weather": 0.1}

# What one goes somewhere for, so that "because" sounds right.
GO_REASONS = ("weather", "want", "lose", "break", "steal", "refuse", "find")

NAMES = frozenset((*WOMEN, *MEN))
_PLACES = re.compile(rf"\bthe ({'|'.join(PLACES)})\b")


def tell(draw: Draw) -> Document:
    """Tell a story and ask about it.

    Example:
        >>> tell(Draw("question", 5)).truth["questions"][0]["kind"]
        'who'
    """
    told = story(draw)
    asked = questions(told, draw)
    entries = []
    for question in asked:
        text = phrase(question, draw)
        entries.append({
            "question": text,
            "answer": question.answer,
            "hops": question.hops,
            "kind": question.kind,
            "answers": question.accepted,
        })  # fmt: skip
    lines = [f"Question: {entry['question']}\nAnswer: {entry['answer']}" for entry in entries]
    truth = {
        "story": {
            "text": told.text,
            "events": [str(event) for event in told.events],
            "plain": told.plain,
        },
        "questions": entries,
    }
    return Document("questions", told.text + "\n\n" + "\n".join(lines), truth)


def phrase(question: Question, draw: Draw) -> str:
    """Return a question in words."""
    named = {"x": "", "y": "", "t": "", **question.slots}
    options = [
        option
        for option in words.ASK[question.ask]
        if all(question.slots.get(slot) for slot in re.findall(r"\{(\w+)\}", option))
    ]
    text = draw.choice(options).format(**named)
    return text[0].upper() + text[1:]


# --- The story ----------------------------------------------------------------------------------


def story(draw: Draw) -> Told:
    """Tell a story that is short enough, and read it as a stranger would."""
    while True:
        told = _story(draw, draw.weighted([(1, 0.7), (2, 0.3)]), draw.chance(0.35))
        if 60 <= len(told.text) <= LONGEST:
            return told


def _story(draw: Draw, plots: int, plain: bool) -> Told:
    life = episode(draw, plots, harvest if draw.chance(HARVESTS) else None)
    lines = sentences(life, draw, plain=plain)
    if not plain and re.search(r"\b(I|me|my|we|us)\b", " ".join(text for text, _ in lines)):
        plain, lines = True, sentences(life, draw, plain=True)
    told = Told(life, Reader(), plain)
    state = life.start.copy()  # as it is before a sentence that tells of no event
    passed = heard = 0
    texts = []
    for text, numbers in lines:
        if not numbers:
            for event in life.events[passed:heard]:
                state.apply(event)
            passed = heard
            told.reader.scene(text, list(told.beings), list(life.things), state)
        for number in numbers:
            told.reader.hear(life.events[number])
        if plain and len(numbers) == 1:
            text = _reason(told, text, numbers[0], draw)
        elif not plain:
            _implied(told, numbers)
        heard += len(numbers)
        texts.append(text)
    if plain and draw.chance(0.9):
        start = draw.choice(words.MORNINGS)
        texts[0] = start + (_lower(texts[0]) if start.endswith(", ") else texts[0])
    told.text = " ".join(texts)
    return told


def _lower(text: str) -> str:
    """Return a sentence as it stands behind "one morning,"."""
    return text if text.split()[0].removesuffix("'s") in NAMES else text[0].lower() + text[1:]


def _reason(told: Told, text: str, number: int, draw: Draw) -> str:
    """Give the reason of an event, sometimes, and remember that it was given."""
    event = told.events[number]
    if (
        re.search(r"\b(because|so|when|after|to look|in search)\b|[\"!?]", text)
        or event.actor is None
    ):
        return text
    he, him, his = pronouns(event.actor)
    if event.kind == "refuse" or (event.kind in words.REASONS and event.because is None):
        if not draw.chance(0.45):
            return text
        reason = draw.choice(words.REASONS[event.kind]).format(he=he, him=him, his=his)
        told.reasons[number] = (reason, 1)
        return f"{text[:-1]} because {reason}."
    if event.because is None or event.kind not in ("feel", "go", "rest") or not draw.chance(0.6):
        return text
    cause = told.events[event.because]
    reason = clause(cause, event.actor)
    given = [reason for reason, _ in told.reasons.values()]
    odd = event.kind == "go" and (
        cause.kind not in GO_REASONS or (cause.kind == "steal" and cause.actor == event.actor)
    )
    if odd or event.kind == cause.kind == "feel" or reason in given:
        return text
    if event.because == number - 1:
        told.reasons[number] = (reason, 2)
        shapes = (
            "{s} because of that.",
            "{s} for that reason.",
            "That is why {l}.",
            "For that reason, {l}.",
            "So {l}.",
        )
        return draw.choice(shapes).format(s=text[:-1], l=_lower(text[:-1]))
    told.reasons[number] = (reason, 1)
    return (
        f"{text[:-1]} because {reason}."
        if draw.chance(0.7)
        else f"Because {reason}, {_lower(text)}"
    )


def _implied(told: Told, numbers: tuple[int, ...]) -> None:
    """Remember the reasons that stand right in front of what people feel."""
    for number in numbers:
        event, cause = told.events[number], told.events[number - 1]
        if event.kind == "feel" and event.because == number - 1 and cause.kind != "feel":
            told.reasons[number] = (clause(cause, event.actor), 2)


# --- The questions ------------------------------------------------------------------------------


def questions(told: Told, draw: Draw) -> list[Question]:
    """Return one to three different questions about a story."""
    wanted = draw.weighted([(1, 0.3), (2, 0.4), (3, 0.3)])
    found: list[Question] = []
    options: dict[str, list[Question]] = {}
    tries = 0
    while len(found) < wanted and (tries := tries + 1) < 20:
        if draw.chance(UNSAID_SHARE):
            question = unanswerable(told, draw, list(UNSAID_KINDS.items()))
        else:
            kind = draw.weighted(KINDS.items())
            if kind not in options:
                options[kind] = _said(told, kind, draw)
            hops = draw.weighted([(1, 0.2), (2, 0.35), (3, 0.45)])
            fitting = [q for q in options[kind] if q.hops == hops] or options[kind]
            question = draw.choice(fitting) if fitting else None
        if question is not None and all(
            (q.ask, q.slots) != (question.ask, question.slots) for q in found
        ):
            found.append(question)
    return found


def _said(told: Told, kind: str, draw: Draw) -> list[Question]:
    options = [question for family in SAID[kind] for question in family(told, draw)]
    if kind == "where":
        return _fair(options, _PLACES.findall(told.text), draw, 0.87)
    if kind == "who":
        names = "|".join(
            being.noun.en if isinstance(being, Animal) else being.name for being in told.beings
        )
        return _fair(options, re.findall(rf"\b({names})\b", told.text), draw, 1.05)
    return options


def _fair(options: list[Question], named: list[str], draw: Draw, share: float) -> list[Question]:
    """Keep what the text names last from being the answer more often than chance would."""
    if not named:
        return options
    last = draw.chance(share / len(set(named)))
    return [question for question in options if question.answer.endswith(named[-1]) == last]
