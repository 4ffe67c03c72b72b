from collections import Counter
from collections.abc import Callable
from itertools import pairwise

import pytest

from llmbook.world.draw import SPLITS, Draw, held_out
from llmbook.world.lexicon import ADJECTIVES, ANIMALS, GOODS, MOODS, PLACES, THINGS, WEATHERS
from llmbook.world.meaning import RULES, Event, Person, State, Thing
from llmbook.world.plots import PLOTS, Episode, Stage, episode

EPISODES = [episode(Draw("test", i)) for i in range(400)]


def test_every_event_is_possible_when_it_happens() -> None:
    for one in EPISODES:
        assert len(list(one.states())) == len(one.events) + 1  # raises if one is not


def test_every_kind_of_event_happens() -> None:
    kinds = Counter(event.kind for one in EPISODES for event in one.events)
    assert set(kinds) == set(RULES)
    assert min(kinds.values()) >= 5


def test_a_reason_comes_before_what_follows_from_it() -> None:
    reasons = 0
    for one in EPISODES:
        for place, event in enumerate(one.events):
            if event.because is not None:
                reasons += 1
                assert 0 <= event.because < place
    assert reasons > 800
    feelings = [event for one in EPISODES for event in one.events if event.kind == "feel"]
    assert all(event.because is not None for event in feelings)


def test_nothing_is_in_two_places_and_no_count_is_negative() -> None:
    for one in EPISODES:
        for state in one.states():
            for thing in one.things:
                assert (thing in state.holder) != (thing in state.at)
            assert all(number >= 0 for number in state.count.values())
            assert not any(state.holds(being, thing) for being, thing in state.wants.items())


def test_only_what_an_event_says_changes() -> None:
    for one in EPISODES[:100]:
        for (before, after), event in zip(pairwise(one.states()), one.events, strict=True):
            moved = {b for b in before.at if before.where(b) is not after.where(b)}
            named = {event.actor, event.thing}
            carried = {thing for thing in one.things if before.holder.get(thing) == event.actor}
            assert moved <= named | carried


def test_nobody_goes_where_they_are_and_names_do_not_repeat() -> None:
    for one in EPISODES:
        assert len({person.name for person in one.people}) == len(one.people)
        assert len({thing.noun for thing in one.things}) == len(one.things)
        assert one.people


def test_episodes_differ() -> None:
    def shape(one: Episode) -> tuple[str, ...]:
        return tuple(event.kind for event in one.events)

    shapes = Counter(map(shape, EPISODES))
    assert shapes.most_common(1)[0][1] < 0.05 * len(EPISODES)
    assert len({tuple(map(str, one.events)) for one in EPISODES}) > 0.99 * len(EPISODES)


@pytest.mark.parametrize("split", SPLITS)
def test_things_keep_to_the_split(split: str) -> None:
    things = [t for i in range(100) for t in episode(Draw("test", i, split=split)).things]
    assert {held_out(t.adjective, t.noun) for t in things} == {split == "combinations"}


@pytest.mark.parametrize("plot", PLOTS)
def test_a_plot_plays_with_any_cast(plot: Callable[[Stage], None]) -> None:
    for i in range(50):
        stage = Stage(Draw("cast", i))
        plot(stage)
        assert 1 <= len(stage.events) <= 12


ANNA, BEN = Person("Anna", "f", "baker"), Person("Ben", "m", "smith")
KITE = Thing(THINGS["kite"], ADJECTIVES["red"])
MILL, HILL = PLACES["mill"], PLACES["hill"]


def state() -> State:
    return State(at={ANNA: MILL, BEN: HILL}, holder={KITE: ANNA}, owner={KITE: ANNA})


@pytest.mark.parametrize(
    "event",
    [
        Event("go", ANNA, place=MILL),
        Event("take", BEN, thing=KITE),
        Event("lend", ANNA, thing=KITE, other=BEN),
        Event("give", ANNA, thing=KITE, other=ANNA),
        Event("mend", ANNA, thing=KITE),
        Event("find", ANNA, thing=KITE),
        Event("want", ANNA, thing=KITE),
        Event("eat", ANNA, goods=GOODS["pear"], number=1),
        Event("share", ANNA, goods=GOODS["pear"], number=0, other=BEN),
        Event("meet", ANNA, other=BEN),
        Event("follow", ANNA, other=ANNA),
    ],
    ids=str,
)
def test_what_cannot_happen_is_refused(event: Event) -> None:
    with pytest.raises(ValueError, match="cannot happen now"):
        state().apply(event)


def test_what_is_held_goes_along_and_what_is_lost_can_be_found() -> None:
    now = state()
    now.apply(Event("go", ANNA, place=HILL))
    assert now.where(KITE) is HILL
    now.apply(Event("lose", ANNA, thing=KITE))
    assert not now.allows(Event("take", BEN, thing=KITE))
    now.apply(Event("find", BEN, thing=KITE))
    assert now.holds(BEN, KITE)
    assert now.owner[KITE] == ANNA
    now.apply(Event("give", BEN, thing=KITE, other=ANNA))
    assert now.holds(ANNA, KITE)
    assert not now.lost


def test_words_are_of_one_kind() -> None:
    assert not THINGS.keys() & GOODS.keys()
    assert not THINGS.keys() & ANIMALS.keys()
    assert len(WEATHERS) == 6
    assert len(MOODS) >= 12
    for noun in (*THINGS.values(), *GOODS.values(), *ANIMALS.values()):
        assert noun.gender in "mf"
        assert noun.plural != noun.en or noun.en == "sheep"
