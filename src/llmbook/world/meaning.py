"""What can happen in the valley: beings, things, events, and what each event changes.

Explained in the chapter "data".  A :class:`State` says where everything is, who holds what and how
everyone feels.  An :class:`Event` is one change with a reason.  The rules at the end of this file
say when an event is possible and what it does; whatever narrates an event, in whatever language,
they are its truth.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias, cast

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
        return " ".join(
            [self.kind, *(str(part) for part in parts if part is not None), self.word]
        ).strip()


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
        return RULES[event.kind][0](self, cast(_Whole, event))

    def apply(self, event: Event) -> None:
        """Let an event happen.

        Raises:
            ValueError: If it cannot happen now.
        """
        if not self.allows(event):
            raise ValueError(f"this cannot happen now: {event}")
        RULES[event.kind][1](self, cast(_Whole, event))


# --- When an event is possible, and what it does --------------------------------------------------


class _Whole(Protocol):
    """An event as its rule sees it: a rule reads only the parts that its kind of event has."""

    actor: Being
    thing: Thing
    other: Being
    place: Place
    goods: Noun
    number: int
    word: str


def _lies(state: State, event: _Whole) -> bool:
    """Say whether the thing lies where the actor is."""
    return event.thing not in state.holder and state.together(event.actor, event.thing)


def _holds(state: State, event: _Whole) -> bool:
    """Say whether the actor holds the thing."""
    return state.holds(event.actor, event.thing)


def _meets(state: State, event: _Whole) -> bool:
    """Say whether the actor and the other are two, at one place."""
    return event.actor != event.other and state.together(event.actor, event.other)


def _hands(state: State, event: _Whole) -> bool:
    """Say whether the actor holds the thing and stands beside the other."""
    return _holds(state, event) and _meets(state, event)


def _other_holds(state: State, event: _Whole) -> bool:
    """Say whether the other holds the thing and stands beside the actor."""
    return state.holds(event.other, event.thing) and _meets(state, event)


def _has(state: State, event: _Whole) -> bool:
    """Say whether the actor has as many goods."""
    return state.has(event.actor, event.goods) >= event.number > 0


def _receive(state: State, being: Being, thing: Thing) -> None:
    state.at.pop(thing, None)
    state.holder[thing] = being
    state.lost.discard(thing)
    if state.wants.get(being) == thing:
        del state.wants[being]


def _add(state: State, being: Being, goods: Noun, number: int) -> None:
    state.count[being, goods] = state.has(being, goods) + number


def _get(state: State, event: _Whole) -> None:
    _receive(state, event.actor, event.thing)


def _lend(state: State, event: _Whole) -> None:
    _receive(state, event.other, event.thing)


def _give(state: State, event: _Whole) -> None:
    _receive(state, event.other, event.thing)
    state.owner[event.thing] = event.other


def _drop(state: State, event: _Whole) -> None:
    del state.holder[event.thing]
    state.at[event.thing] = state.at[event.actor]


def _lose(state: State, event: _Whole) -> None:
    _drop(state, event)
    state.lost.add(event.thing)


def _want(state: State, event: _Whole) -> None:
    state.wants[event.actor] = event.thing


def _break(state: State, event: _Whole) -> None:
    state.broken.add(event.thing)


def _mend(state: State, event: _Whole) -> None:
    state.broken.discard(event.thing)


def _go(state: State, event: _Whole) -> None:
    state.at[event.actor] = event.place


def _follow(state: State, event: _Whole) -> None:
    state.at[event.actor] = state.at[event.other]


def _gather(state: State, event: _Whole) -> None:
    _add(state, event.actor, event.goods, event.number)


def _eat(state: State, event: _Whole) -> None:
    _add(state, event.actor, event.goods, -event.number)


def _share(state: State, event: _Whole) -> None:
    _add(state, event.actor, event.goods, -event.number)
    _add(state, event.other, event.goods, event.number)


def _turn(state: State, event: _Whole) -> None:
    state.weather = event.word


def _feel(state: State, event: _Whole) -> None:
    state.mood[event.actor] = event.word


def _nothing(_state: State, _event: _Whole) -> None:
    """Change nothing: it was said, or done, and left no trace."""


Rule: TypeAlias = tuple[Callable[[State, _Whole], bool], Callable[[State, _Whole], None]]

# For each kind of event: when it can happen, and what it does.
RULES: dict[str, Rule] = {
    "go": (lambda state, event: state.at[event.actor] is not event.place, _go),
    "follow": (lambda state, event: not state.together(event.actor, event.other), _follow),
    "meet": (_meets, _nothing),
    "rest": (lambda _state, _event: True, _nothing),
    "take": (lambda state, event: _lies(state, event) and event.thing not in state.lost, _get),
    "find": (lambda state, event: _lies(state, event) and event.thing in state.lost, _get),
    "drop": (_holds, _drop),
    "lose": (_holds, _lose),
    "lend": (_hands, _lend),
    "give": (_hands, _give),
    "steal": (_other_holds, _get),
    "want": (lambda state, event: not _holds(state, event), _want),
    "ask": (_other_holds, _nothing),
    "refuse": (_hands, _nothing),
    "break": (lambda s, event: _holds(s, event) and event.thing not in s.broken, _break),
    "mend": (lambda s, event: _holds(s, event) and event.thing in s.broken, _mend),
    "gather": (lambda _state, event: event.number > 0, _gather),
    "share": (lambda state, event: _has(state, event) and _meets(state, event), _share),
    "eat": (_has, _eat),
    "weather": (lambda state, event: state.weather != event.word, _turn),
    "feel": (lambda state, event: state.mood.get(event.actor) != event.word, _feel),
}
