"""What can be asked about a story: questions with an answer in the text, and questions without one.

Explained in the chapter "data".  Each function yields questions of one family.  It yields only those
to which one answer fits: who gave the kite to Anna is asked if one being did, and did it once.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from llmbook.world import question_phrases as words
from llmbook.world.draw import Draw
from llmbook.world.lexicon import (
    ADJECTIVES,
    ANIMALS,
    GOODS,
    MEN,
    PLACES,
    THINGS,
    WOMEN,
    Noun,
    Place,
)
from llmbook.world.meaning import Animal, Being, Event, Person, Thing
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


Questions = Iterator[Question]


# --- Questions with an answer ---------------------------------------------------------------------


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
    "give": "what gave", "lend": "what gave", "want": "what wants", "lose": "what lost", "break": "what broke",
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
        if holder is not None and (mood := told.reader.mood.get(holder)):
            named = {"t": str(thing)}
            yield Question("feel", "feel has", named, mood, 2, words.MOOD_VARIANTS[mood])
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


def _same_why(told: Told, event: Event) -> list[Event]:
    return [e for e in told.events if e.kind != "weather" and asked_why(e) == asked_why(event)]


def why(told: Told, _: Draw) -> Questions:
    """Why somebody did or felt something, where the text says it."""
    for number, (reason, hops) in told.reasons.items():
        named = asked_why(told.events[number])
        if named is not None and len(_same_why(told, told.events[number])) == 1:
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
        if others := [b for b in beings if b not in doers and b != event.other]:
            yield "did", {"x": str(draw.choice(others)), "v": do, "vd": done}, False, 1
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
        for (other, others), more in reader.count.items():
            if one != other and goods == others and number != more:
                hops = min(3, reader.facts[one, goods] + reader.facts[other, goods])
                yield (
                    "richer",
                    {"x": str(one), "y": str(other), "g": goods.plural},
                    number > more,
                    hops,
                )


# --- Questions to which the text has no answer ----------------------------------------------------


def stranger(told: Told, draw: Draw) -> str:
    """Return somebody who does not occur."""
    if draw.chance(0.25):
        animals = [noun.en for noun in ANIMALS.values() if noun.en not in told.text]
        return f"the {draw.choice(animals)}"
    return draw.choice([name for name in (*WOMEN, *MEN) if name not in told.text])


def novelty(told: Told, draw: Draw) -> str:
    """Return a thing that does not occur."""
    nouns = [noun for noun in THINGS.values() if noun.en not in told.text]
    adjective, noun = draw.pair(list(ADJECTIVES.values()), nouns)
    return f"the {adjective} {noun}"


def somebody(told: Told, draw: Draw, known: Callable[[Being], bool]) -> str:
    """Return somebody of whom a fact is not told: of the story if there is one, else a stranger."""
    unknown = [being for being in told.beings if not known(being)]
    return str(draw.choice(unknown)) if unknown and draw.chance(0.8) else stranger(told, draw)


def unanswerable(told: Told, draw: Draw, kinds: list[tuple[str, float]]) -> Question | None:
    """Return a question that the story does not answer, or None if none was found.

    Args:
        told: The story.
        draw: Decides everything.
        kinds: The kinds of question, each with how often it is wanted.
    """
    kind = draw.weighted(kinds)
    asked = UNSAID[kind](told, draw)
    return asked and Question(kind, asked[0], asked[1], NOT_SAID, 1)


Asked = tuple[str, dict[str, str]] | None


def _where_unsaid(told: Told, draw: Draw) -> Asked:
    unknown = [b for b in told.beings if told.reader.where(b) is None and b not in told.reader.met]
    things = [t for t, h in told.reader.holder.items() if h in unknown]
    if told.plain and (unknown or things) and draw.chance(0.7):
        return "where", {"x": str(draw.choice([*unknown, *things]))}
    return "where", {"x": stranger(told, draw) if draw.chance(0.6) else novelty(told, draw)}


def _who_unsaid(told: Told, draw: Draw) -> Asked:
    given = {e.thing for e in told.of("give", "lend", "find", "take", "steal")}
    kept = [t for t, had in told.reader.had.items() if t not in given and had]
    shape = draw.integer(0, 4)
    if shape == 0 and kept:
        thing = draw.choice(kept)
        return "gave", {"x": str(told.reader.had[thing][0]), "t": str(thing)}
    if shape <= 1 and told.life.things:
        return "made", {"t": str(draw.choice(told.life.things))}
    whole = [t for t in told.life.things if t not in told.reader.broken]
    if shape == 2 and whole:
        return "broke", {"t": str(draw.choice(whole))}
    return draw.choice(("who has", "found", "lost", "who has", "wanted")), {
        "t": novelty(told, draw)
    }


def _what_unsaid(told: Told, draw: Draw) -> Asked:
    ask, kind = draw.choice(
        (
            ("what wants", "want"),
            ("what lost", "lose"),
            ("what broke", "break"),
            ("what found", "find"),
        )
    )
    done = {event.actor for event in told.of(kind, "ask", "lose") if event.actor is not None}
    return ask, {"x": somebody(told, draw, lambda being: being in done)}


def _how_many_unsaid(told: Told, draw: Draw) -> Asked:
    counted = list(told.reader.count)
    if not counted:
        return None
    being, goods = draw.choice(counted)
    if draw.chance(0.5):
        who = somebody(told, draw, lambda b: (b, goods) in counted)
        return draw.choice(("have", "have", "picked number", "ate number")), {
            "x": who,
            "g": goods.plural,
        }
    other = draw.choice(
        [g for g in GOODS.values() if g.en not in told.text and g.plural not in told.text]
    )
    return draw.choice(("have", "have", "picked number", "ate number")), {
        "x": str(being),
        "g": other.plural,
    }


def _feel_unsaid(told: Told, draw: Draw) -> Asked:
    return "feel", {"x": somebody(told, draw, lambda being: being in told.reader.mood)}


def _weather_unsaid(told: Told, _: Draw) -> Asked:
    return None if told.of("weather") else ("weather", {})


def _why_unsaid(told: Told, draw: Draw) -> Asked:
    kinds = ("want", "break", "lose", "refuse") if told.plain else ("want", "lose")
    open_ones = [
        event
        for number, event in enumerate(told.events)
        if event.kind in kinds and number not in told.reasons and len(_same_why(told, event)) == 1
    ]
    return ("why", asked_why(draw.choice(open_ones)) or {}) if open_ones else None


def _yes_or_no_unsaid(told: Told, draw: Draw) -> Asked:
    if draw.chance(0.4):
        who = somebody(told, draw, lambda being: being in told.reader.mood)
        return "feels", {"x": who, "w": draw.choice(list(words.OPPOSITES))}
    if draw.chance(0.4) and not told.of("weather"):
        return "sky", {"w": draw.choice(list(words.WEATHER_ADJECTIVES.values()))[0]}
    place = draw.choice(list(told.reader.visited) or list(PLACES.values()))
    return "at", {"x": stranger(told, draw), "p": place.where}


UNSAID: dict[str, Callable[[Told, Draw], Asked]] = {
    "where": _where_unsaid, "who": _who_unsaid, "what": _what_unsaid, "how many": _how_many_unsaid,
    "feel": _feel_unsaid, "weather": _weather_unsaid, "why": _why_unsaid, "yes or no": _yes_or_no_unsaid,
}  # fmt: skip
SAID: dict[str, tuple[Callable[[Told, Draw], Questions], ...]] = {
    "where": (where, where_that, before), "who": (who_has, who_has_that, who_did), "what": (what,), "how many": (how_many,),
    "feel": (feel,), "weather": (weather,), "why": (why,), "yes or no": (yes_or_no,),
}  # fmt: skip
