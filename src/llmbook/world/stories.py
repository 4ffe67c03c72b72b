"""Stories: an episode of the valley, told in English.

Explained in the chapter "data".
"""

from llmbook.world.document import Document
from llmbook.world.draw import Draw
from llmbook.world.meaning import Event, State
from llmbook.world.plots import Episode, episode

PLAIN = {
    "go": "{actor} went to {place}.",
    "take": "{actor} took {thing}.",
    "find": "{actor} found {thing}.",
    "drop": "{actor} put down {thing}.",
    "lose": "{actor} lost {thing}.",
    "lend": "{actor} handed {thing} to {other}.",
    "give": "{actor} gave {thing} to {other}.",
    "steal": "{actor} stole {thing} from {other}.",
    "ask": "{actor} asked {other} for {thing}.",
    "refuse": "{actor} would not give {other} {thing}.",
    "want": "{actor} wanted {thing}.",
    "break": "{actor} broke {thing}.",
    "mend": "{actor} mended {thing}.",
    "gather": "{actor} picked {goods}.",
    "share": "{actor} gave {goods} to {other}.",
    "eat": "{actor} ate {goods}.",
    "meet": "{actor} met {other}.",
    "follow": "{actor} followed {other}.",
    "rest": "{actor} rested.",
    "feel": "{actor} was {word}.",
}
WEATHER = {
    "sun": "The sun came out.",
    "rain": "It began to rain.",
    "wind": "The wind rose.",
    "snow": "It began to snow.",
    "fog": "Fog came down.",
    "storm": "A storm broke.",
}
NUMBERS = "no one two three four five six seven eight nine ten eleven twelve thirteen".split()


def tell(draw: Draw) -> Document:
    """Tell a story of the valley.

    Example:
        >>> tell(Draw("story", 0)).narrator
        'story'
    """
    life = episode(draw)
    return Document("story", narrate(life, draw), truth(life))


def narrate(life: Episode, draw: Draw, *, plain: bool = False) -> str:
    """Return the text of a story.

    Args:
        life: What happened.
        draw: Decides the words.
        plain: Short sentences in the past tense, without a frame, as a question can be asked about.
    """
    return " ".join(text for text, _ in sentences(life, draw, plain=plain))


def sentences(
    life: Episode, draw: Draw, *, plain: bool = False
) -> list[tuple[str, tuple[int, ...]]]:
    """Return the sentences of a story, each with the numbers of the events that it tells.

    A sentence that tells of no event has the numbers ``()``.  All that is true at the start and
    that an event depends on (where somebody is, who holds what) is told before the event.
    """
    told = [
        (f"{_name(being)} was {place.where}.", ())
        for being, place in life.start.at.items()
        if being in life.people or being in life.animals
    ]
    told += [
        (f"{_name(being)} had {_name(thing, 'a')}.", ())
        for thing, being in life.start.holder.items()
    ]
    told += [
        (f"{_name(thing, 'A')} lay {life.start.at[thing].where}.", ())
        for thing in life.things
        if thing in life.start.at
    ]
    return [*told, *((_plain(event), (number,)) for number, event in enumerate(life.events))]


def truth(life: Episode) -> dict[str, object]:
    """Return the events and the final state, as values that JSON can hold."""
    *_, state = life.states()
    return {"events": [str(event) for event in life.events], "facts": facts(state, life)}


def facts(state: State, life: Episode) -> dict[str, object]:
    """Return how things stand, as values that JSON can hold."""
    beings = (*life.people, *life.animals)
    return {
        "at": {str(what): state.where(what).en for what in (*beings, *life.things)},
        "holder": {str(thing): str(being) for thing, being in state.holder.items()},
        "count": {f"{being} {goods.en}": n for (being, goods), n in state.count.items()},
        "mood": {str(being): mood for being, mood in state.mood.items()},
        "broken": sorted(map(str, state.broken)),
        "lost": sorted(map(str, state.lost)),
        "weather": state.weather,
    }


def _name(what: object, article: str = "the") -> str:
    text = str(what)
    if article != "the" and text.startswith("the "):
        text = text[4:]
        return f"{article}{'n' if text[0] in 'aeiou' else ''} {text}"
    return text


def _plain(event: Event) -> str:
    if event.kind == "weather":
        return WEATHER[event.word]
    goods = event.goods and (event.goods.en if event.number == 1 else event.goods.plural)
    text = PLAIN[event.kind].format(
        actor=event.actor,
        thing=event.thing,
        other=event.other,
        word=event.word,
        place=event.place and f"the {event.place.en}",
        goods=f"{NUMBERS[event.number]} {goods}",
    )
    return text[0].upper() + text[1:]
