"""Stories: an episode of the valley, told in English.

Explained in the chapter "data".  A story tells every event of its episode, in order, and nothing
that is not so.  Ten voices tell it, with the phrases of :mod:`llmbook.world.story_phrases`.  What a
listener must know for an event, such as who holds the kite, is told in front of it or within it.  A
pronoun stands only where one being can be meant.

The combinations that are held out of training are those of things: no training story tells of a
"round drum" if that pair is held out.  See :mod:`llmbook.world.draw`.
"""

from typing import Any

from llmbook.world.document import Document
from llmbook.world.draw import Draw
from llmbook.world.meaning import Being, Thing
from llmbook.world.plots import Episode, episode
from llmbook.world.story_teller import Sentence, Teller


def tell(draw: Draw) -> Document:
    """Tell a story of the valley.

    The truth is that of :func:`truth`.

    Example:
        >>> list(tell(Draw("story", 1)).truth)
        ['start', 'events', 'facts']
    """
    life = episode(draw)
    return Document("stories", narrate(life, draw), truth(life))


def narrate(life: Episode, draw: Draw, *, plain: bool = False) -> str:
    """Return the text of a story.

    Args:
        life: What happened.
        draw: Decides the words.
        plain: Short sentences in the past tense, without a frame, as a question can be asked about.

    Example:
        >>> from llmbook.world.lexicon import PLACES
        >>> from llmbook.world.meaning import Event, Person, State
        >>> anna, ben = Person("Anna", "f", "baker"), Person("Ben", "m", "miller")
        >>> events = Event("go", anna, place=PLACES["mill"]), Event("meet", anna, other=ben)
        >>> start = State(at={anna: PLACES["hut"], ben: PLACES["mill"]})
        >>> life = Episode(start, events, people=(anna, ben), animals=(), things=())
        >>> narrate(life, Draw(3), plain=True)
        'Anna was in the hut. She came to the mill. Anna met Ben.'
        >>> narrate(life, Draw(9))
        'Anna arrived at the mill, where Ben was. Before long, Anna ran into him. It had been quite a day.'
    """
    return " ".join(text for text, _ in sentences(life, draw, plain=plain))


def sentences(life: Episode, draw: Draw, *, plain: bool = False) -> list[Sentence]:
    """Return the sentences of a story, each with the numbers of the events that it tells.

    A sentence that tells of no event has the numbers ``()``.  What is true at the start and what an
    event depends on (where somebody is, who holds what) is told before the event or together with
    it.

    Example:
        >>> draw = Draw("story", 1)
        >>> text, numbers = sentences(episode(draw), draw)[-2]
        >>> type(text), type(numbers)
        (<class 'str'>, <class 'tuple'>)
    """
    return Teller(life, draw, plain).story()


def truth(life: Episode) -> dict[str, Any]:
    """Return what is true of a story, as values that JSON can hold.

    Returns:
        ``"start"``: where every being and thing was at first; ``"events"``: what happened, as in
        ``str(event)``; ``"facts"``: how things stand at the end.

    Example:
        >>> from llmbook.world.lexicon import PLACES
        >>> from llmbook.world.meaning import Event, Person, State
        >>> anna, ben = Person("Anna", "f", "baker"), Person("Ben", "m", "miller")
        >>> events = Event("go", anna, place=PLACES["mill"]), Event("meet", anna, other=ben)
        >>> start = State(at={anna: PLACES["hut"], ben: PLACES["mill"]})
        >>> life = Episode(start, events, people=(anna, ben), animals=(), things=())
        >>> truth(life)["events"]
        ['go Anna mill', 'meet Anna Ben']
        >>> truth(life)["facts"]["at"]
        {'Anna': 'mill', 'Ben': 'mill'}
    """
    *_, end = life.states()
    all_of_them: list[Being | Thing] = [*life.people, *life.animals, *life.things]
    return {
        "start": {str(what): life.start.where(what).en for what in all_of_them},
        "events": [str(event) for event in life.events],
        "facts": {
            "at": {str(what): end.where(what).en for what in all_of_them},
            "holder": {str(thing): str(being) for thing, being in end.holder.items()},
            "count": {f"{being} {goods.en}": n for (being, goods), n in end.count.items()},
            "mood": {str(being): mood for being, mood in end.mood.items()},
            "broken": sorted(map(str, end.broken)),
            "lost": sorted(map(str, end.lost)),
            "weather": end.weather,
        },
    }
