"""What can happen in the valley: beings, things, events, and what each event changes.

Explained in the chapter "data".  A :class:`State` says where everything is, who holds what and how
everyone feels.  An :class:`Event` is one change with a reason.  The rules at the end of this file
say when an event is possible and what it does; whatever narrates an event, in whatever language,
they are its truth.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from llmbook.world.lexicon import Adjective, Noun, Place


@dataclass(frozen=True)
class Person:
    """Somebody of the valley.

    Args:
        name: The name, which no two people of one episode share.
        gender: ``"f"`` or ``"m"``.
        job: What the person does, in English.
    """

    name: str
    gender: str
    job: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Animal:
    """An animal; no two of one kind live in one episode."""

    noun: Noun

    def __str__(self) -> str:
        return f"the {self.noun.en}"


@dataclass(frozen=True)
class Thing:
    """Something that can be carried; no two of one kind lie about in one episode."""

    noun: Noun
    adjective: Adjective

    def __str__(self) -> str:
        return f"the {self.adjective.en} {self.noun.en}"


Being: TypeAlias = Person | Animal


@dataclass(frozen=True)
class Event:
    """One thing that happens.

    Args:
        kind: Its name in :data:`RULES`.
        actor: Who does it or feels it; None for the weather.
        thing: What is taken, lost, wanted.
        other: The second being: who is given something, asked or stolen from.
        place: Where the actor goes.
        goods: What is gathered, shared or eaten.
        number: How many of the goods.
        word: The mood, or the weather.
        because: The number of the earlier event that is its reason, counted from 0.

    Example:
        >>> from llmbook.world.lexicon import PLACES
        >>> anna = Person("Anna", "f", "baker")
        >>> str(Event("go", anna, place=PLACES["mill"]))
        'go Anna mill'
    """

    kind: str
    actor: Being | None = None
    thing: Thing | None = None
    other: Being | None = None
    place: Place | None = None
    goods: Noun | None = None
    number: int = 0
    word: str = ""
    because: int | None = None

    def __str__(self) -> str:
        parts = (self.actor, self.thing, self.other, self.place, self.number or None, self.goods)
        return " ".join([self.kind, *(str(part) for part in parts if part is not None), self.word]).strip()


@dataclass
class State:
    """How things stand between two events.

    Args:
        at: Where each being is, and each thing that nobody holds.
        holder: Who holds each thing that somebody holds.
        owner: Whose thing it is, if it is anybody's.
        mood: How each being feels, if the story has said so.
        wants: What each being wants to have.
        lost: The things whose owners do not know where they are.
        broken: The things that are broken.
        count: How many goods a being has.
        weather: The weather, if the story has said so.
    """

    at: dict[Being | Thing, Place] = field(default_factory=dict)
    holder: dict[Thing, Being] = field(default_factory=dict)
    owner: dict[Thing, Being] = field(default_factory=dict)
    mood: dict[Being, str] = field(default_factory=dict)
    wants: dict[Being, Thing] = field(default_factory=dict)
    lost: set[Thing] = field(default_factory=set)
    broken: set[Thing] = field(default_factory=set)
    count: dict[tuple[Being, Noun], int] = field(default_factory=dict)
    weather: str = ""

    def where(self, what: Being | Thing) -> Place:
        """Return where a being or a thing is; what is held is where its holder is."""
        return self.at[self.holder.get(what, what)] if isinstance(what, Thing) else self.at[what]

    def together(self, one: Being | Thing, other: Being | Thing) -> bool:
        """Say whether two are at the same place."""
        return self.where(one) is self.where(other)

    def holds(self, being: Being, thing: Thing) -> bool:
        """Say whether a being holds a thing."""
        return self.holder.get(thing) == being

    def has(self, being: Being, goods: Noun) -> int:
        """Return how many goods a being has."""
        return self.count.get((being, goods), 0)

    def copy(self) -> "State":
        """Return a state that changes on its own."""
        return State(
            dict(self.at), dict(self.holder), dict(self.owner), dict(self.mood), dict(self.wants),
            set(self.lost), set(self.broken), dict(self.count), self.weather,
        )  # fmt: skip

    def allows(self, event: Event) -> bool:
        """Say whether an event can happen now."""
        return RULES[event.kind][0](self, event)

    def apply(self, event: Event) -> None:
        """Let an event happen.

        Raises:
            ValueError: If it cannot happen now.
        """
        if not self.allows(event):
            raise ValueError(f"this cannot happen now: {event}")
        RULES[event.kind][1](self, event)


# --- When an event is possible, and what it does --------------------------------------------------
# A rule reads only the parts that its kind of event has, so the types below are asserted by use.


def _go(state: State, event: Event) -> None:
    state.at[event.actor] = event.place


def _put(state: State, event: Event) -> None:
    del state.holder[event.thing]
    state.at[event.thing] = state.at[event.actor]


def _get(state: State, event: Event) -> None:
    state.at.pop(event.thing, None)
    state.holder[event.thing] = event.actor
    state.lost.discard(event.thing)
    if state.wants.get(event.actor) == event.thing:
        del state.wants[event.actor]


def _lose(state: State, event: Event) -> None:
    _put(state, event)
    state.lost.add(event.thing)


def _give(state: State, event: Event) -> None:
    _get(state, Event("take", event.other, event.thing))


def _present(state: State, event: Event) -> None:
    _give(state, event)
    state.owner[event.thing] = event.other


def _change(state: State, being: Being, goods: Noun, number: int) -> None:
    state.count[being, goods] = state.has(being, goods) + number


def _share(state: State, event: Event) -> None:
    _change(state, event.actor, event.goods, -event.number)
    _change(state, event.other, event.goods, event.number)


def _lies(state: State, event: Event) -> bool:
    """The thing lies where the actor is."""
    return event.thing not in state.holder and state.together(event.actor, event.thing)


def _meets(state: State, event: Event) -> bool:
    """The actor and the other are two, at one place."""
    return event.actor != event.other and state.together(event.actor, event.other)


def _nothing(state: State, event: Event) -> None:
    """What is said or done changes nothing that a state holds."""


Rule: TypeAlias = tuple[Callable[[State, Event], bool], Callable[[State, Event], None]]

# For each kind of event: when it can happen, and what it does.
RULES: dict[str, Rule] = {
    "go": (lambda s, e: s.at[e.actor] is not e.place, _go),
    "take": (lambda s, e: _lies(s, e) and e.thing not in s.lost, _get),
    "find": (lambda s, e: _lies(s, e) and e.thing in s.lost, _get),
    "drop": (lambda s, e: s.holds(e.actor, e.thing), _put),
    "lose": (lambda s, e: s.holds(e.actor, e.thing), _lose),
    "lend": (lambda s, e: s.holds(e.actor, e.thing) and _meets(s, e), _give),
    "give": (lambda s, e: s.holds(e.actor, e.thing) and _meets(s, e), _present),
    "steal": (lambda s, e: s.holds(e.other, e.thing) and _meets(s, e), _get),
    "ask": (lambda s, e: s.holds(e.other, e.thing) and _meets(s, e), _nothing),
    "refuse": (lambda s, e: s.holds(e.actor, e.thing) and _meets(s, e), _nothing),
    "want": (
        lambda s, e: not s.holds(e.actor, e.thing),
        lambda s, e: s.wants.__setitem__(e.actor, e.thing),
    ),
    "break": (
        lambda s, e: s.holds(e.actor, e.thing) and e.thing not in s.broken,
        lambda s, e: s.broken.add(e.thing),
    ),
    "mend": (
        lambda s, e: s.holds(e.actor, e.thing) and e.thing in s.broken,
        lambda s, e: s.broken.discard(e.thing),
    ),
    "gather": (
        lambda s, e: e.number > 0,
        lambda s, e: _change(s, e.actor, e.goods, e.number),
    ),
    "share": (lambda s, e: s.has(e.actor, e.goods) >= e.number > 0 and _meets(s, e), _share),
    "eat": (
        lambda s, e: s.has(e.actor, e.goods) >= e.number > 0,
        lambda s, e: _change(s, e.actor, e.goods, -e.number),
    ),
    "meet": (_meets, _nothing),
    "follow": (
        lambda s, e: not _meets(s, e) and e.actor != e.other,
        lambda s, e: s.at.__setitem__(e.actor, s.at[e.other]),
    ),
    "rest": (lambda s, e: True, _nothing),
    "weather": (
        lambda s, e: s.weather != e.word,
        lambda s, e: setattr(s, "weather", e.word),
    ),
    "feel": (
        lambda s, e: s.mood.get(e.actor) != e.word,
        lambda s, e: s.mood.__setitem__(e.actor, e.word),
    ),
}
