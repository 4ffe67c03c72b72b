"""Questions that a story answers.

Explained in the chapter "data".  Each function yields questions of one family.  It yields only those
to which one answer fits: who gave the kite to Anna is asked if one being did, and did it once.
"""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import TypeAlias

from llmbook.world import question_phrases as words
from llmbook.world.draw import Draw
from llmbook.world.lexicon import Noun, Place
from llmbook.world.meaning import Event, Thing
from llmbook.world.question_kinds import (
    NUMBERS,
    Question,
    Told,
    asked_why,
    clause,
    goods_name,
    same_why,
    slots,
    to,
    unique,
)

Questions: TypeAlias = Iterator[Question]


def _at(place: Place) -> tuple[str, tuple[str, ...]]:
    forms = [f"{preposition} the {place.en}" for preposition in ("at", "in", "on", "by")]
    return place.where, (f"the {place.en}", place.en, *forms)


def _thing(thing: Thing) -> tuple[str, tuple[str, ...]]:
    noun, both = thing.noun.en, f"{thing.adjective.en} {thing.noun.en}"
    article = "an" if both[0] in "aeiou" else "a"
    return f"the {both}", (both, f"the {noun}", noun, f"{article} {both}")


def where(told: Told, _: Draw) -> Questions:
    """Where somebody or something is in the end."""
    for what in (*told.beings, *told.life.things):
        if (place := told.reader.where(what)) is not None:
            yield Question(
                "where",
                "where",
                {"x": str(what)},
                _at(place)[0],
                told.reader.depth(what),
                _at(place)[1],
            )
    for event in told.of("find", "lose", "break", "mend", "steal", "ask", "want", "give"):
        assert event.actor is not None
        if (place := told.reader.where(event.actor)) is not None and unique(told, event):
            did = words.DID[event.kind][0].format(**slots(event))
            hops = min(3, told.reader.depth(event.actor) + 1)
            yield Question("where", "where did", {"v": did}, _at(place)[0], hops, _at(place)[1])


def that(told: Told) -> Iterator[tuple[str, Thing]]:
    """Yield the things that somebody did something to, described by that: "that Anna lost"."""
    for event in told.of("find", "lose", "break", "want", "mend", "steal"):
        same = {e.thing for e in told.of(event.kind) if e.actor == event.actor}
        if len(same) == 1 and event.thing is not None:
            yield f"{event.actor} {words.DID[event.kind][0].split()[0]}", event.thing


def where_that(told: Told, _: Draw) -> Questions:
    """Where the thing is that somebody did something to."""
    for did, thing in that(told):
        if (place := told.reader.where(thing)) is not None:
            hops = min(3, told.reader.depth(thing) + 1)
            yield Question("where", "where that", {"v": did}, _at(place)[0], hops, _at(place)[1])


def before(told: Told, _: Draw) -> Questions:
    """Where somebody was before going somewhere."""
    for being, journey in told.reader.journeys.items():
        for one, other in pairwise(journey):
            if one is None or other is None or journey.count(other) > 1:
                continue
            named = {"x": str(being), "to": to(other)}
            yield Question("where", "before", named, _at(one)[0], 2, _at(one)[1])


def who_has(told: Told, _: Draw) -> Questions:
    """Who holds a thing in the end."""
    for thing, holder in told.reader.holder.items():
        hands = len(dict.fromkeys(told.reader.had.get(thing, ())))
        if holder is None and hands:
            yield Question(
                "who", "nobody has", {"t": str(thing)}, "nobody", min(3, hands + 1), ("no one",)
            )
        elif holder is not None:
            yield Question("who", "who has", {"t": str(thing)}, str(holder), min(3, max(1, hands)))


def who_has_that(told: Told, _: Draw) -> Questions:
    """Who holds the thing that somebody did something to."""
    for did, thing in that(told):
        if (holder := told.reader.holder.get(thing)) is not None:
            hops = min(3, 1 + len(dict.fromkeys(told.reader.had[thing])))
            yield Question("who", "who has that", {"v": did}, str(holder), hops)


WHO = {
    "give": "gave", "lend": "gave", "ask": "asked", "refuse": "refused", "break": "broke", "mend": "mended",
    "find": "found", "lose": "lost", "steal": "stole", "want": "wanted", "eat": "ate", "gather": "picked",
    "follow": "followed",
}  # fmt: skip


def who_did(told: Told, _: Draw) -> Questions:
    """Who did something."""
    for event in told.events:
        if event.kind in WHO and event.kind not in ("give", "lend"):
            rivals = {
                e.actor
                for e in told.of(event.kind)
                if (e.thing, e.goods) == (event.thing, event.goods)
            }
            if event.kind == "follow":
                rivals = {e.actor for e in told.of("follow") if e.other == event.other}
            if len(rivals) == 1:
                named = slots(event)
                named |= {"x": named["y"]} if "y" in named else {}
                yield Question("who", WHO[event.kind], named, str(event.actor), 1)
        elif event.kind in ("give", "lend") and unique(told, event):
            named = {"x": str(event.other), "t": str(event.thing)}
            yield Question("who", "gave", named, str(event.actor), 1)
        elif event.kind == "meet":
            met = {e.other for e in told.of("meet") if e.actor == event.actor}
            met |= {e.actor for e in told.of("meet") if e.other == event.actor}
            if len(met) == 1:
                yield Question("who", "met", {"x": str(event.actor)}, str(event.other), 1)


WHAT = {
    "give": "what gave", "lend": "what gave", "want": "what wants", "lose": "what lost",
    "break": "what broke",
    "find": "what found", "steal": "what stole", "ask": "what asked", "gather": "what picked",
}  # fmt: skip


def what(told: Told, _: Draw) -> Questions:
    """What somebody gave, wanted, lost."""
    for event in told.events:
        if event.kind not in WHAT:
            continue
        kinds = ("give", "lend", "share") if event.kind in ("give", "lend") else (event.kind,)
        same = [e for e in told.of(*kinds) if e.actor == event.actor]
        if event.kind in ("give", "lend"):
            same = [e for e in same if e.other == event.other]
        if len({(e.thing, e.goods) for e in same}) > 1:
            continue
        if event.thing is not None:
            answer, forms = _thing(event.thing)
            yield Question("what", WHAT[event.kind], slots(event), answer, 1, forms)
        elif event.goods is not None:
            total = sum(e.number for e in same)
            name = goods_name(event.goods, total)
            yield Question(
                "what", WHAT[event.kind], slots(event), name, len(same), (event.goods.plural,)
            )


def how_many(told: Told, _: Draw) -> Questions:
    """How many goods somebody has, picked or ate."""
    counts, reader = told.reader.count, told.reader
    for (being, goods), number in counts.items():
        named = {"x": str(being), "g": goods.plural}
        yield _number("have", named, number, goods, reader.facts[being, goods])
        for kind, ask in (
            ("gather", "picked number"),
            ("eat", "ate number"),
            ("share", "gave number"),
        ):
            done = [e for e in told.of(kind) if e.actor == being and e.goods == goods]
            if done and len({e.other for e in done}) == 1:
                total = sum(event.number for event in done)
                yield _number(ask, named | {"y": str(done[0].other)}, total, goods, len(done))
    for (one, goods), number in counts.items():
        for (other, others), more in counts.items():
            if one != other and goods == others:
                hops = min(3, reader.facts[one, goods] + reader.facts[other, goods])
                named = {"x": str(one), "y": str(other), "g": goods.plural}
                yield _number("together", named, number + more, goods, hops)
                if number > more:
                    yield _number("more", named, number - more, goods, hops)


def _number(ask: str, named: dict[str, str], number: int, goods: Noun, hops: int) -> Question:
    forms = (
        (str(number), goods_name(goods, number)) if number else ("zero", "0", "no " + goods.plural)
    )
    return Question("how many", ask, named, NUMBERS[number], min(3, hops), forms)


def feel(told: Told, _: Draw) -> Questions:
    """How somebody feels."""
    for being, mood in told.reader.mood.items():
        forms = words.MOOD_VARIANTS[mood]
        hops = 1
        yield Question("feel", "feel", {"x": str(being)}, mood, hops, forms)
        for event in told.of("find", "lose", "break", "mend", "steal", "ask", "give"):
            if event.actor == being and unique(told, event):
                did = words.DID[event.kind][0].format(**slots(event))
                yield Question("feel", "feel did", {"v": did}, mood, 2, forms)
    for thing, holder in told.reader.holder.items():
        if holder in told.reader.mood:
            mood = told.reader.mood[holder]
            yield Question(
                "feel", "feel has", {"t": str(thing)}, mood, 2, words.MOOD_VARIANTS[mood]
            )
    for event in told.of("feel"):
        cause = told.events[event.because] if event.because is not None else None
        if cause is None or cause.kind in ("feel", "go", "rest") or not _unique_cause(told, event):
            continue
        named = {"x": str(event.actor), "c": clause(cause, event.actor), "k": clause(cause)}
        yield Question("feel", "feel when", named, event.word, 1, words.MOOD_VARIANTS[event.word])


def _unique_cause(told: Told, event: Event) -> bool:
    assert event.because is not None
    cause = told.events[event.because]
    same = [e for e in told.of(cause.kind) if clause(e) == clause(cause)]
    felt = [e for e in told.of("feel") if e.actor == event.actor and e.because == event.because]
    return len(same) == 1 and len(felt) == 1


def weather(told: Told, _: Draw) -> Questions:
    """What the weather is in the end."""
    if name := told.reader.weather:
        answer, *forms = words.WEATHER_ADJECTIVES[name]
        turns = len(told.of("weather"))
        yield Question("weather", "weather", {}, answer, min(2, turns), tuple(forms))


def why(told: Told, _: Draw) -> Questions:
    """Why somebody did or felt something, where the text says it."""
    for number, (reason, hops) in told.reasons.items():
        named = asked_why(told.events[number])
        if named is not None and len(same_why(told, told.events[number])) == 1:
            yield Question("why", "why", named, f"because {reason}", hops, (reason,))


def yes_or_no(told: Told, draw: Draw) -> Questions:
    """Whether something is so: as many that are as that are not."""
    wanted = draw.chance(0.46)
    for ask, named, so, hops in _claims(told, draw):
        if so == wanted:
            yield Question("yes or no", ask, named, "yes" if so else "no", hops)


def _claims(told: Told, draw: Draw) -> Iterator[tuple[str, dict[str, str], bool, int]]:
    reader, beings = told.reader, told.beings
    for thing, had in reader.had.items():
        holder = reader.holder.get(thing)
        for being in dict.fromkeys(had):
            yield (
                "still",
                {"x": str(being), "t": str(thing)},
                being == holder,
                min(3, len(set(had))),
            )
    visited = list(dict.fromkeys(reader.visited))
    for being in beings:
        place = reader.where(being)
        if place is None:
            continue
        yield "at", {"x": str(being), "p": place.where}, True, reader.depth(being)
        if others := [other for other in visited if other is not place]:
            yield (
                "at",
                {"x": str(being), "p": draw.choice(others).where},
                False,
                reader.depth(being),
            )
    for event in told.of(
        "find", "lose", "break", "mend", "steal", "ask", "give", "share", "gather", "eat"
    ):
        done, do = (form.format(**slots(event)) for form in words.DID[event.kind])
        yield "did", {"x": str(event.actor), "v": do, "vd": done}, True, 1
        doers = {
            e.actor
            for e in told.of(event.kind, *(("give", "lend") if event.kind == "give" else ()))
        }
        if rest := [b for b in beings if b not in doers and b != event.other]:
            yield "did", {"x": str(draw.choice(rest)), "v": do, "vd": done}, False, 1
    for thing, broken in reader.broken.items():
        yield "broken", {"t": str(thing)}, broken, 1 if broken else 2
    for being, mood in reader.mood.items():
        yield "feels", {"x": str(being), "w": mood}, True, 1
        if mood in words.OPPOSITES:
            yield "feels", {"x": str(being), "w": words.OPPOSITES[mood]}, False, 1
    if reader.weather:
        for name in words.WEATHER_ADJECTIVES:
            so = name == reader.weather
            if so or (draw.chance(0.15) and "storm" not in (name, reader.weather)):
                yield "sky", {"w": words.WEATHER_ADJECTIVES[name][0]}, so, 1
    for (one, goods), number in reader.count.items():
        for (other, same), more in reader.count.items():
            if one != other and goods == same and number != more:
                hops = min(3, reader.facts[one, goods] + reader.facts[other, goods])
                yield (
                    "richer",
                    {"x": str(one), "y": str(other), "g": goods.plural},
                    number > more,
                    hops,
                )


SAID: dict[str, tuple[Callable[[Told, Draw], Questions], ...]] = {
    "where": (where, where_that, before), "who": (who_has, who_has_that, who_did), "what": (what,),
    "how many": (how_many,),
    "feel": (feel,), "weather": (weather,), "why": (why,), "yes or no": (yes_or_no,),
}  # fmt: skip
