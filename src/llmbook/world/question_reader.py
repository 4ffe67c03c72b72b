"""What a reader of a story knows: only what the text has told, never the hidden state.

Explained in the chapter "data".  A :class:`Reader` hears the told facts and events one by one.  Where
somebody is whom the text has not placed stays unknown, even though the simulator knows it.  It shares
no rule with :mod:`llmbook.world.meaning`, so that the one can be tested against the other.
"""

import re

from llmbook.world.lexicon import PLACES, Noun, Place
from llmbook.world.meaning import Animal, Being, Event, State, Thing

_PLACE = re.compile(rf"\b(?:in|on|at|by) the ({'|'.join(PLACES)})\b")
_HOLDING = re.compile(r"\b(?:had|has|held|holds|carried|carries|hands|kept|keeps)\b")


class Reader:
    """Somebody who reads a story.

    Attributes:
        at: Where each being is, and each thing that nobody holds, as far as the text says.
        holder: Who holds each thing, as far as the text says; None if nobody does.
        count: How many goods a being has, after the first that were told.
        mood: The last mood that was told of each being.
        wants: What each being was last said to want, and has not got.
        broken: Whether each thing that was ever broken is broken now.
        weather: The last weather that was told.
        facts: How many told facts each entry of ``at`` and ``count`` follows from.
        had: Who held each thing at some time.
        met: Everybody whose place could be guessed from company.
        journeys: The places of each being, in order; None where the text has lost sight of it.
        visited: Every place where somebody or something has been.

    Example:
        >>> reader = Reader()
        >>> from llmbook.world.meaning import Person
        >>> anna = Person("Anna", "f", "baker")
        >>> reader.hear(Event("go", anna, place=PLACES["mill"]))
        >>> reader.where(anna).en
        'mill'
    """

    def __init__(self) -> None:
        self.at: dict[Being | Thing, Place] = {}
        self.holder: dict[Thing, Being | None] = {}
        self.count: dict[tuple[Being, Noun], int] = {}
        self.mood: dict[Being, str] = {}
        self.wants: dict[Being, Thing] = {}
        self.broken: dict[Thing, bool] = {}
        self.weather = ""
        self.facts: dict[object, int] = {}
        self.had: dict[Thing, list[Being]] = {}
        self.met: dict[Being, None] = {}
        self.journeys: dict[Being, list[Place | None]] = {}
        self.visited: dict[Place, None] = {}

    def where(self, what: Being | Thing) -> Place | None:
        """Return where something is, or None if the text does not say it."""
        holder = self.holder.get(what) if isinstance(what, Thing) else None
        return self.at.get(holder or what)

    def depth(self, what: Being | Thing) -> int:
        """Return from how many told facts the answer of :meth:`where` follows."""
        holder = self.holder.get(what) if isinstance(what, Thing) else None
        return min(3, self.facts.get(holder or what, 1) + (holder is not None))

    def scene(self, text: str, beings: list[Being], things: list[Thing], truth: State) -> None:
        """Read a sentence that tells of no event: who is where, and who has what.

        What the pattern takes for a fact counts only if it is one; so a pattern that reads too much
        into a sentence leaves something unknown, and makes nothing wrong.
        """
        places = [PLACES[name] for name in _PLACE.findall(text)]
        named = [being for being in beings if re.search(rf"\b{_name(being)}\b", text)]
        for being in named:
            if truth.at[being] in places:
                self._place(being, truth.at[being], 1)
        for thing in things:
            if not re.search(rf"\b{thing.noun.en}\b", text):
                continue
            holder = truth.holder.get(thing)
            if holder is None and truth.at[thing] in places:
                self.holder[thing] = None
                self._place(thing, truth.at[thing], 1)
            elif holder is not None and _HOLDING.search(text):
                self._hold(thing, holder)

    def _place(self, what: Being | Thing, place: Place, facts: int) -> None:
        self.at[what], self.facts[what] = place, facts
        self.visited[place] = None
        if not isinstance(what, Thing):
            journey = self.journeys.setdefault(what, [])
            if not journey or journey[-1] is not place:
                journey.append(place)

    def _hold(self, thing: Thing, being: Being) -> None:
        self.at.pop(thing, None)
        self.holder[thing] = being
        self.had.setdefault(thing, []).append(being)

    def _join(self, one: Being, other: Being) -> None:
        """Two are seen at one place: what is known of the one holds for the other."""
        self.met[one] = self.met[other] = None
        for known, unknown in ((one, other), (other, one)):
            if known in self.at and unknown not in self.at:
                self._place(unknown, self.at[known], self.facts[known] + 1)

    def hear(self, event: Event) -> None:
        """Read of an event."""
        kind, actor, thing, other, goods = (
            event.kind,
            event.actor,
            event.thing,
            event.other,
            event.goods,
        )
        if kind == "weather":
            self.weather = event.word
            return
        assert actor is not None
        if other is not None and kind != "follow":
            self._join(actor, other)
        if kind == "feel":
            self.mood[actor] = event.word
        elif kind == "go" and event.place is not None:
            self._place(actor, event.place, 1)
        elif kind == "follow" and other is not None:
            if other not in self.at and actor in self.at:
                del self.at[actor]
                self.journeys[actor].append(None)
            elif other in self.at:
                self._place(actor, self.at[other], self.facts[other] + 1)
            self._join(actor, other)
        elif goods is not None:
            self._counted(kind, actor, other, goods, event.number)
        elif thing is not None:
            self._handled(kind, actor, other, thing)

    def _counted(
        self, kind: str, actor: Being, other: Being | None, goods: Noun, number: int
    ) -> None:
        changes = [(actor, number if kind == "gather" else -number)]
        changes += [(other, number)] if kind == "share" and other is not None else []
        for being, change in changes:
            self.count[being, goods] = self.count.get((being, goods), 0) + change
            self.facts[being, goods] = self.facts.get((being, goods), 0) + 1

    def _handled(self, kind: str, actor: Being, other: Being | None, thing: Thing) -> None:
        if kind in ("take", "find", "steal"):
            if actor not in self.at and thing in self.at:
                self._place(actor, self.at[thing], self.facts[thing] + 1)
            self._got(actor, thing)
        elif kind in ("lend", "give") and other is not None:
            self.had.setdefault(thing, []).append(actor)
            self._got(other, thing)
        elif kind in ("drop", "lose"):
            self.had.setdefault(thing, []).append(actor)
            self.holder[thing] = None
            if actor in self.at:
                self._place(thing, self.at[actor], self.facts[actor] + 1)
        elif kind == "want":
            self.wants[actor] = thing
        elif kind in ("break", "mend"):
            self.broken[thing] = kind == "break"
            self._hold(thing, actor)
        elif kind == "refuse":
            self._hold(thing, actor)
        elif kind == "ask" and other is not None:
            self._hold(thing, other)

    def _got(self, being: Being, thing: Thing) -> None:
        self._hold(thing, being)
        if self.wants.get(being) == thing:
            del self.wants[being]


def _name(being: Being) -> str:
    return being.noun.en if isinstance(being, Animal) else being.name
