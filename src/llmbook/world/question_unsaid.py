"""Questions that a story does not answer, though they sound as if it did.

Explained in the chapter "data".  They ask for a fact that is not told of somebody who occurs, or for
somebody or something that does not occur; the words are those of the questions that have an answer.
"""

from collections.abc import Callable
from typing import TypeAlias

from llmbook.world import question_phrases as words
from llmbook.world.draw import Draw
from llmbook.world.lexicon import ADJECTIVES, ANIMALS, GOODS, MEN, PLACES, THINGS, WOMEN
from llmbook.world.meaning import Being
from llmbook.world.question_kinds import NOT_SAID, Question, Told, asked_why, same_why


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


Asked: TypeAlias = tuple[str, dict[str, str]] | None


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
        if event.kind in kinds and number not in told.reasons and len(same_why(told, event)) == 1
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
