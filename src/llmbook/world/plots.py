"""The simulator: people who want something, what stands in their way, and what comes of it.

Explained in the chapter "data".  A *plot* is a small play for the cast of an episode: somebody wants
a thing, breaks one, loses one, shares cherries, is surprised by rain.  Its steps are events, and
every event must be possible in the state that the earlier ones have left.  An *episode* joins one or
two plots with one cast, with interludes between them, so that no two of them run alike.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from llmbook.world.draw import Draw
from llmbook.world.lexicon import (
    ADJECTIVES,
    ANIMALS,
    BAD_WEATHERS,
    GOODS,
    JOBS,
    MEN,
    PLACES,
    THINGS,
    WEATHERS,
    WOMEN,
    Noun,
    Place,
)
from llmbook.world.meaning import Animal, Being, Event, Person, State, Thing


@dataclass(frozen=True)
class Episode:
    """A piece of the valley's life.

    Args:
        start: How things stood before the first event.
        events: What happened, in order.
        people: The people who occur, the main one first.
        animals: The animals who occur.
        things: The things that occur.

    Example:
        >>> for event in episode(Draw("example", 19), plots=1).events:
        ...     print(event)
        want Louis the round bottle
        ask Louis the round bottle Paula
        refuse Paula the round bottle Louis
        feel Louis sad
        go Louis well
    """

    start: State
    events: tuple[Event, ...]
    people: tuple[Person, ...]
    animals: tuple[Animal, ...]
    things: tuple[Thing, ...]

    def states(self) -> Iterator[State]:
        """Yield the state before the first event, and the one after each."""
        state = self.start.copy()
        yield state.copy()
        for event in self.events:
            state.apply(event)
            yield state.copy()


class Stage:
    """The cast of an episode in the making, the state, and the events so far."""

    def __init__(self, draw: Draw) -> None:
        self.draw = draw
        self.events: list[Event] = []
        self.places = draw.some(PLACES.values(), draw.integer(3, 5))
        names = [(name, "f") for name in WOMEN] + [(name, "m") for name in MEN]
        jobs = draw.shuffled(JOBS)
        self.people = [
            Person(name, gender, job)
            for (name, gender), job in zip(draw.some(names, draw.integer(2, 3)), jobs, strict=False)
        ]
        self.animals = [Animal(noun) for noun in draw.some(ANIMALS.values(), 1)]
        self.things: list[Thing] = []
        self.state = State()
        self.beings: list[Being] = [*self.people, *self.animals]
        for being in self.beings:
            self.state.at[being] = draw.choice(self.places)
        self.start = self.state.copy()

    def do(self, kind: str, actor: Being | None = None, **parts: object) -> int:
        """Let something happen, and return its number as a reason for what follows."""
        event = Event(kind, actor, **parts)  # type: ignore[arg-type]  # the rules know the parts
        self.state.apply(event)
        self.events.append(event)
        return len(self.events) - 1

    def feel(self, being: Being, moods: str, because: int) -> None:
        """Let a being feel one of some moods, if it does not feel so already."""
        mood = self.draw.choice(moods.split())
        if self.state.mood.get(being) != mood:
            self.do("feel", being, word=mood, because=because)

    def go(self, being: Being, place: Place, because: int | None = None) -> int | None:
        """Let a being go to a place, if it is elsewhere."""
        if self.state.at[being] is place:
            return because
        return self.do("go", being, place=place, because=because)

    def thing(
        self, tag: str = "", *, held_by: Being | None = None, at: Place | None = None
    ) -> Thing:
        """Bring a new thing into the episode, in somebody's hands or at a place."""
        known = {thing.noun for thing in self.things}
        nouns = [n for n in THINGS.values() if n not in known and (not tag or tag in n.tags)]
        adjective, noun = self.draw.pair(list(ADJECTIVES.values()), nouns)
        thing = Thing(noun, adjective)
        self.things.append(thing)
        for state in (self.state, self.start):
            if held_by is not None:
                state.holder[thing] = held_by
                state.owner[thing] = held_by
            else:
                state.at[thing] = at or self.draw.choice(self.places)
        return thing

    def elsewhere(self, *beings: Being) -> Place:
        """Return a place where none of some beings is."""
        taken = [self.state.at[being] for being in beings]
        return self.draw.choice([place for place in self.places if place not in taken])

    def two(self) -> tuple[Person, Person]:
        """Return two people, either of whom may be the main one."""
        one, other = self.draw.some(self.people, 2)
        return one, other


# --- Plots -------------------------------------------------------------------------------------


def quest(stage: Stage) -> None:
    """Somebody wants a thing that lies elsewhere, gets it, and carries it somewhere."""
    draw, (hero, _) = stage.draw, stage.two()
    thing = stage.thing(at=stage.elsewhere(hero))
    reason: int | None = stage.do("want", hero, thing=thing)
    if draw.chance(0.4):  # first a wrong place
        wrong = stage.elsewhere(hero)
        if wrong is not stage.state.where(thing):
            stage.go(hero, wrong, reason)
    stage.go(hero, stage.state.where(thing), reason)
    got = stage.do("take", hero, thing=thing, because=reason)
    if draw.chance(0.5):
        stage.feel(hero, "happy proud", got)
    if draw.chance(0.6):
        stage.go(hero, stage.elsewhere(hero))
        if draw.chance(0.5):
            stage.do("drop", hero, thing=thing)


def request(stage: Stage) -> None:
    """Somebody asks another for a thing, and gets it or not."""
    draw, (hero, other) = stage.draw, stage.two()
    thing = stage.thing(held_by=other)
    reason = stage.do("want", hero, thing=thing)
    if not stage.state.together(hero, other):
        reason = stage.go(hero, stage.state.at[other], reason) or reason
    asked = stage.do("ask", hero, thing=thing, other=other, because=reason)
    if draw.chance(0.65):
        got = stage.do("lend", other, thing=thing, other=hero, because=asked)
        stage.feel(hero, "happy grateful", got)
        if draw.chance(0.6):
            stage.go(hero, stage.elsewhere(hero))
            if draw.chance(0.5):
                stage.go(hero, stage.state.at[other])
                stage.do("lend", hero, thing=thing, other=other)
    else:
        no = stage.do("refuse", other, thing=thing, other=hero, because=asked)
        stage.feel(hero, "sad angry jealous", no)
        if draw.chance(0.4):
            stage.go(hero, stage.elsewhere(hero), no)


def loss(stage: Stage) -> None:
    """Somebody loses a thing; it is looked for, and somebody finds it."""
    draw, (hero, other) = stage.draw, stage.two()
    thing = stage.thing(held_by=hero)
    if draw.chance(0.5):
        stage.go(hero, stage.elsewhere(hero))
    lost = stage.do("lose", hero, thing=thing)
    spot = stage.state.where(thing)
    stage.go(hero, stage.elsewhere(hero))
    stage.feel(hero, "sad worried", lost)
    if draw.chance(0.5):
        stage.go(hero, spot, lost)
        got = stage.do("find", hero, thing=thing, because=lost)
        stage.feel(hero, "happy calm", got)
    else:
        stage.go(other, spot)
        found = stage.do("find", other, thing=thing)
        stage.go(other, stage.state.at[hero], found)
        back = stage.do("give", other, thing=thing, other=hero, because=found)
        stage.feel(hero, "happy grateful surprised", back)


def accident(stage: Stage) -> None:
    """Somebody breaks a thing; somebody may mend it."""
    draw, (hero, other) = stage.draw, stage.two()
    thing = stage.thing("breakable", held_by=hero)
    broke = stage.do("break", hero, thing=thing)
    stage.feel(hero, "sad angry worried", broke)
    if draw.chance(0.25):
        stage.do("drop", hero, thing=thing, because=broke)
        return
    if draw.chance(0.4):
        done = stage.do("mend", hero, thing=thing, because=broke)
    else:
        stage.go(hero, stage.state.at[other], broke)
        stage.do("lend", hero, thing=thing, other=other, because=broke)
        done = stage.do("mend", other, thing=thing, because=broke)
        if draw.chance(0.7):
            stage.do("lend", other, thing=thing, other=hero)
    stage.feel(hero, "happy grateful calm", done)


def theft(stage: Stage) -> None:
    """An animal takes what somebody holds, and leaves it somewhere."""
    draw, (hero, other) = stage.draw, stage.two()
    animal = stage.animals[0]
    thing = stage.thing(held_by=hero)
    stage.go(animal, stage.state.at[hero])
    stolen = stage.do("steal", animal, thing=thing, other=hero)
    stage.feel(hero, "angry surprised sad", stolen)
    stage.go(animal, stage.elsewhere(hero), stolen)
    if draw.chance(0.5):
        stage.do("drop", animal, thing=thing)
        finder = draw.choice((hero, other))
        stage.go(finder, stage.state.where(thing), stolen if finder is hero else None)
        got = stage.do("take", finder, thing=thing)
        if finder is other:
            stage.go(finder, stage.state.at[hero], got)
            got = stage.do("give", finder, thing=thing, other=hero, because=got)
        stage.feel(hero, "happy grateful", got)
    else:
        stage.do("follow", hero, other=animal, because=stolen)
        stage.feel(animal, "scared", len(stage.events) - 1)
        stage.do("drop", animal, thing=thing, because=len(stage.events) - 1)
        got = stage.do("take", hero, thing=thing)
        stage.feel(hero, "happy calm proud", got)


def harvest(stage: Stage) -> None:
    """Somebody gathers goods, shares them, and eats some."""
    draw, (hero, other) = stage.draw, stage.two()
    goods: Noun = draw.choice(list(GOODS.values()))
    if draw.chance(0.6):
        stage.go(hero, stage.elsewhere(hero))
    gathered = stage.do("gather", hero, goods=goods, number=draw.integer(2, 9))
    if draw.chance(0.3):
        stage.do("gather", hero, goods=goods, number=draw.integer(1, 4))
    if draw.chance(0.7):
        stage.go(hero, stage.state.at[other], gathered)
        number = draw.integer(1, stage.state.has(hero, goods))
        shared = stage.do("share", hero, goods=goods, number=number, other=other)
        stage.feel(other, "happy grateful", shared)
        if draw.chance(0.4):
            stage.do("eat", other, goods=goods, number=draw.integer(1, number))
    if (left := stage.state.has(hero, goods)) and draw.chance(0.6):
        stage.do("eat", hero, goods=goods, number=draw.integer(1, left))


def storm(stage: Stage) -> None:
    """The weather turns, and drives somebody under a roof."""
    draw, (hero, other) = stage.draw, stage.two()
    outside = [place for place in stage.places if not place.inside]
    roofs = [place for place in stage.places if place.inside]
    if not outside or not roofs:
        return meeting(stage)
    stage.go(hero, draw.choice(outside))
    turned = stage.do(
        "weather", word=draw.choice([w for w in BAD_WEATHERS if w != stage.state.weather])
    )
    if draw.chance(0.4):
        stage.feel(hero, "scared worried", turned)
    stage.go(hero, draw.choice(roofs), turned)
    if draw.chance(0.5):
        stage.go(other, stage.state.at[hero], turned)
        if stage.state.together(hero, other):
            met = stage.do("meet", hero, other=other)
            stage.feel(hero, "happy calm", met)
    if draw.chance(0.4):
        better = stage.do("weather", word="sun")
        stage.feel(hero, "happy calm", better)
    return None


def gift(stage: Stage) -> None:
    """Somebody brings another a present."""
    draw, (hero, other) = stage.draw, stage.two()
    thing = stage.thing(at=stage.state.at[hero])
    reason = stage.do("want", other, thing=thing) if draw.chance(0.4) else None
    got = stage.do("take", hero, thing=thing, because=reason)
    if not stage.state.together(hero, other):
        stage.go(hero, stage.state.at[other], got)
    given = stage.do("give", hero, thing=thing, other=other, because=reason)
    stage.feel(other, "happy surprised grateful", given)
    if draw.chance(0.4):
        stage.feel(hero, "happy proud", given)


def meeting(stage: Stage) -> None:
    """Two meet; one may follow the other, or rest."""
    draw, (hero, other) = stage.draw, stage.two()
    if not stage.state.together(hero, other):
        stage.go(hero, stage.state.at[other])
    met = stage.do("meet", hero, other=other)
    if draw.chance(0.6):
        stage.feel(draw.choice((hero, other)), "happy surprised curious", met)
    if draw.chance(0.5):
        stage.go(other, stage.elsewhere(other))
        stage.do("follow", hero, other=other)
    if draw.chance(0.5):
        tired = len(stage.events)
        stage.feel(hero, "tired", len(stage.events) - 1)
        if len(stage.events) > tired:
            stage.do("rest", hero, because=tired)


def company(stage: Stage) -> None:
    """An animal keeps somebody company."""
    draw, (hero, _) = stage.draw, stage.two()
    animal = stage.animals[0]
    if not stage.state.together(hero, animal):
        stage.go(hero, stage.state.at[animal])
    met = stage.do("meet", hero, other=animal)
    if draw.chance(0.5):
        stage.feel(hero, "happy surprised curious", met)
    else:
        stage.feel(animal, "curious calm scared", met)
    if draw.chance(0.7):
        stage.go(hero, stage.elsewhere(hero))
        stage.do("follow", animal, other=hero)
    if draw.chance(0.4):
        beings: list[Being] = [hero, animal]
        stage.do("rest", draw.choice(beings))


PLOTS: tuple[Callable[[Stage], None], ...] = (
    quest, request, loss, accident, theft, harvest, storm, gift, meeting, company,
)  # fmt: skip


def interlude(stage: Stage) -> None:
    """Something small that belongs to no plot."""
    draw = stage.draw
    if draw.chance(0.5):
        weather = draw.choice([w for w in WEATHERS if w != stage.state.weather])
        stage.do("weather", word=weather)
    else:
        being = draw.choice(stage.beings)
        stage.go(being, stage.elsewhere(being))


def episode(
    draw: Draw, plots: int | None = None, first: Callable[[Stage], object] | None = None
) -> Episode:
    """Let something happen in the valley.

    Args:
        draw: Decides everything.
        plots: How many plots the episode joins: one or two, if it is not given.
        first: The plot that comes first, one of :data:`PLOTS`: any, if it is not given.
    """
    stage = Stage(draw)
    number = plots or draw.weighted([(1, 0.6), (2, 0.4)])
    chosen: list[Callable[[Stage], object]] = list(draw.some(PLOTS, number))
    if first is not None:
        chosen = [first, *(plot for plot in chosen if plot is not first)][:number]
    for place, plot in enumerate(chosen):
        if draw.chance(0.3 if place == 0 else 0.4):
            interlude(stage)
        plot(stage)
    occurring = {part for event in stage.events for part in (event.actor, event.other)}
    return Episode(
        start=stage.start,
        events=tuple(stage.events),
        people=tuple(person for person in stage.people if person in occurring),
        animals=tuple(animal for animal in stage.animals if animal in occurring),
        things=tuple(stage.things),
    )
