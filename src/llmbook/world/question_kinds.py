"""What a question is, and how an event is put into words: after "why", "the one who", "because".

Explained in the chapter "data".
"""

from dataclasses import dataclass, field

from llmbook.world import question_phrases as words
from llmbook.world.lexicon import (
    Noun,
    Place,
)
from llmbook.world.meaning import Animal, Being, Event
from llmbook.world.plots import Episode
from llmbook.world.question_reader import Reader

NOT_SAID = "not said"
NUMBERS = "none one two three four five six seven eight nine ten eleven twelve thirteen".split()  # noqa: SIM905


@dataclass(frozen=True)
class Question:
    """A question about a story.

    Args:
        kind: Its family, such as ``"where"``.
        ask: Its key in :data:`llmbook.world.question_phrases.ASK`.
        slots: What stands in the braces.
        answer: The canonical answer.
        hops: From how many told facts it follows; 1 if the story does not say it.
        answers: Every form that is accepted, the canonical one first.
    """

    kind: str
    ask: str
    slots: dict[str, str]
    answer: str
    hops: int
    answers: tuple[str, ...] = ()

    @property
    def accepted(self) -> list[str]:
        """Every form that is accepted, the canonical one first."""
        return list(dict.fromkeys((self.answer, *self.answers)))


@dataclass
class Told:
    """A story as a reader has it.

    Args:
        life: What happened.
        reader: What the text says of it.
        plain: Whether it is told in plain sentences, whose reasons are all known.
        reasons: For the number of an event: its reason as a clause, and the number of facts.
        text: The text.
    """

    life: Episode
    reader: Reader
    plain: bool
    reasons: dict[int, tuple[str, int]] = field(default_factory=dict)
    text: str = ""

    @property
    def events(self) -> tuple[Event, ...]:
        """What happened."""
        return self.life.events

    @property
    def beings(self) -> tuple[Being, ...]:
        """Everybody who occurs."""
        return (*self.life.people, *self.life.animals)

    def of(self, *kinds: str) -> list[Event]:
        """Return the events of some kinds."""
        return [event for event in self.events if event.kind in kinds]


def goods_name(goods: Noun, number: int) -> str:
    """Return a number of goods in words.

    Example:
        >>> from llmbook.world.lexicon import GOODS
        >>> goods_name(GOODS["cherry"], 3)
        'three cherries'
    """
    return f"{NUMBERS[number]} {goods.en if number == 1 else goods.plural}"


def to(place: Place) -> str:
    """Return where somebody goes."""
    return f"to the {place.en}"


def slots(event: Event) -> dict[str, str]:
    """Return the words for the parts of an event."""
    found = {"x": event.actor, "y": event.other, "t": event.thing}
    named = {slot: str(part) for slot, part in found.items() if part is not None}
    if event.goods is not None:
        named |= {"g": event.goods.plural, "n": goods_name(event.goods, event.number)}
    if event.place is not None:
        named |= {"to": to(event.place), "p": event.place.where}
    return named


def clause(event: Event, subject: Being | None = None) -> str:
    """Return an event as a clause in the past tense, with pronouns for one being.

    Example:
        >>> from llmbook.world.lexicon import PLACES
        >>> from llmbook.world.meaning import Person
        >>> anna = Person("Anna", "f", "baker")
        >>> clause(Event("go", anna, place=PLACES["mill"]), anna)
        'she went to the mill'
    """
    if event.kind == "weather":
        return words.WEATHER_CLAUSES[event.word]
    named = slots(event)
    if subject is not None and event.actor == subject:
        named["x"] = pronouns(subject)[0]
    if subject is not None and event.other == subject:
        named["y"] = pronouns(subject)[1]
    if event.kind == "feel":
        return f"{named['x']} was {event.word}"
    if event.kind == "rest":
        return f"{named['x']} rested"
    return f"{named['x']} {words.DID[event.kind][0].format(**named)}"


def pronouns(being: Being) -> tuple[str, str, str]:
    """Return "she", "her" and "her" for a woman, and so on."""
    if isinstance(being, Animal):
        return "it", "it", "its"
    return ("she", "her", "her") if being.gender == "f" else ("he", "him", "his")


def unique(told: Told, event: Event) -> bool:
    """Say whether "the one who" did this is one being."""
    same = [
        e
        for e in told.of(event.kind)
        if (e.thing, e.other, e.goods) == (event.thing, event.other, event.goods)
    ]
    if event.kind in ("give", "lend"):
        same = [
            e for e in told.of("give", "lend") if (e.thing, e.other) == (event.thing, event.other)
        ]
    return len({e.actor for e in same}) == 1


# Events as a question after "why": "why did Anna lose the kite", and "Anna lost the kite".
def asked_why(event: Event) -> dict[str, str] | None:
    """Return an event as the two clauses of a question for its reason."""
    named = slots(event)
    if event.kind == "feel":
        return {"c": f"was {named['x']} {event.word}", "d": f"{named['x']} was {event.word}"}
    if event.kind == "refuse":
        text = "not give {y} {t}".format(**named)
        return {"c": f"would {named['x']} {text}", "d": f"{named['x']} would {text}"}
    if event.kind in words.DID and event.kind != "meet":
        done, do = (form.format(**named) for form in words.DID[event.kind])
        return {"c": f"did {named['x']} {do}", "d": f"{named['x']} {done}"}
    return None


def same_why(told: Told, event: Event) -> list[Event]:
    """Return the events whose reason the same question asks for."""
    return [e for e in told.events if e.kind != "weather" and asked_why(e) == asked_why(event)]
